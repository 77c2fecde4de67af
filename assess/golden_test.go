package assess_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path"
	"slices"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/assets"
)

// A goldenCase is one file of a pack's golden folder: facts and answers, and
// what they have to amount to.
type goldenCase struct {
	Name     string          `json:"name"`
	Date     assess.Date     `json:"date"`
	Snapshot assess.Snapshot `json:"snapshot"`
	Expect   goldenResult    `json:"expect"`
}

type goldenResult struct {
	Gates   map[string]programme.State `json:"gates"`
	Score   string                     `json:"score"`
	Outcome string                     `json:"outcome"`
	Blocks  []string                   `json:"blocks"` // ids of the blocking rules, each once, sorted
}

func TestPackGoldens(t *testing.T) {
	files, err := fs.Glob(assets.Programmes(), "*/*/golden/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatal("the shipped packs have no golden cases")
	}
	packs := map[string]*programme.Pack{}
	for _, name := range files {
		t.Run(name, func(t *testing.T) {
			dir := path.Dir(path.Dir(name))
			if packs[dir] == nil {
				packs[dir] = shippedPack(t, dir)
			}
			c := readGolden(t, name)
			if diff := cmp.Diff(c.Expect, resultOf(packs[dir], c)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.Name, diff)
			}
		})
	}
}

func shippedPack(t testing.TB, dir string) *programme.Pack {
	t.Helper()
	reg, err := programme.LoadConcepts(assets.Concepts())
	if err != nil {
		t.Fatal(err)
	}
	p, err := programme.Load(assets.Programmes(), dir, reg)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func readGolden(t testing.TB, name string) goldenCase {
	t.Helper()
	text, err := fs.ReadFile(assets.Programmes(), name)
	if err != nil {
		t.Fatal(err)
	}
	data, err := yaml.YAMLToJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	var c goldenCase
	if err := d.Decode(&c); err != nil {
		t.Fatal(err)
	}
	if c.Snapshot.Date == "" {
		c.Snapshot.Date = c.Date
	}
	return c
}

func resultOf(p *programme.Pack, c goldenCase) goldenResult {
	e := assess.Evaluate(p, c.Snapshot)
	r := goldenResult{Gates: map[string]programme.State{}, Score: e.Score.Value.String(), Outcome: e.Outcome, Blocks: []string{}}
	for _, g := range e.Gates {
		if _, asked := c.Expect.Gates[g.Gate]; asked {
			r.Gates[g.Gate] = g.State
		}
	}
	for _, i := range e.Issues {
		if i.Severity == assess.Block {
			r.Blocks = append(r.Blocks, i.Rule)
		}
	}
	slices.Sort(r.Blocks)
	r.Blocks = slices.Compact(r.Blocks)
	return r
}
