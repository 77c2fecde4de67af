package programme

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const sampleDir = "sample/1.0"

func concepts(t testing.TB) Concepts {
	t.Helper()
	data, err := os.ReadFile("testdata/concepts.yaml")
	if err != nil {
		t.Fatal(err)
	}
	reg, err := LoadConcepts(data)
	if err != nil {
		t.Fatal(err)
	}
	return reg
}

func samplePack(t testing.TB) *Pack {
	t.Helper()
	p, err := Load(os.DirFS("testdata/good"), sampleDir, concepts(t))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// sampleFiles is the good pack in memory, to be broken.
func sampleFiles(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	root := os.DirFS("testdata/good")
	err := fs.WalkDir(root, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// replace changes the one place where old stands in a file and gives the line.
func replace(t testing.TB, files fstest.MapFS, name, old, with string) int {
	t.Helper()
	text := string(files[name].Data)
	if strings.Count(text, old) != 1 {
		t.Fatalf("%q stands %d times in %s", old, strings.Count(text, old), name)
	}
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, with, 1))}
	return 1 + strings.Count(text[:strings.Index(text, old)], "\n")
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", name, diff)
	}
}

func TestSamplePackLoadsAndLintsClean(t *testing.T) {
	p := samplePack(t)
	for _, x := range Lint(os.DirFS("testdata/good"), sampleDir, concepts(t)) {
		t.Error(x)
	}
	if got := len(p.Requirements); got != 2 {
		t.Errorf("%d requirements, want 2", got)
	}
	if got := p.Dimensions[1].Weight.String(); got != "40" {
		t.Errorf("weight %s, want 40", got)
	}
	if got := p.Parameters[0].Value.String(); got != "3" {
		t.Errorf("value %s, want 3", got)
	}
	for _, id := range []string{"founded", "incident", "rd", "revenue"} {
		if _, ok := p.Concepts[id]; !ok {
			t.Errorf("the pack does not hold the concept %s it uses", id)
		}
	}
	if _, ok := p.Concepts["staff"]; ok {
		t.Error("the pack holds a concept it does not use")
	}
	if len(p.Digest()) != 64 {
		t.Errorf("digest %q", p.Digest())
	}
}

func TestLookups(t *testing.T) {
	p := samplePack(t)
	found := map[string]bool{}
	_, found["track"] = p.Track("certification")
	_, found["param"] = p.Param("look-back")
	_, found["dimension"] = p.Dimension("quality")
	_, found["slot"] = p.Slot("licence")
	_, found["gate"] = p.Gate("g-years")
	_, found["requirement"] = p.Requirement("r-rd")
	_, found["annex"] = p.Annex("a-form")
	_, found["state"] = p.State("draft")
	_, found["duty"] = p.Duty("renewal")
	_, found["section"] = p.Section("form-enterprise")
	scale, ok := p.Scale("maturity")
	found["scale"] = ok
	for kind, ok := range found {
		if !ok {
			t.Errorf("%s not found", kind)
		}
	}
	if i, ok := scale.Level("2"); i != 2 || !ok {
		t.Errorf("level 2 at %d, %v", i, ok)
	}
	if _, ok := scale.Level("9"); ok {
		t.Error("found a level that is not there")
	}
	if _, ok := p.Gate("r-rd"); ok {
		t.Error("found a requirement as a gate")
	}
}

func TestText(t *testing.T) {
	p := &Pack{Texts: map[string]map[string]string{
		"zh-CN": {"a.title": "甲", "b.title": "乙"},
		"en":    {"a.title": "A", "c.title": "C"},
	}}
	for _, c := range []struct{ lang, id, want string }{
		{"en", "a", "A"},
		{"zh-CN", "a", "甲"},
		{"de", "a", "甲"},
		{"en", "b", "乙"},
		{"zh-CN", "c", "C"},
		{"zh-CN", "d", "[d.title]"},
	} {
		if got := p.Text(c.lang, c.id, "title"); got != c.want {
			t.Errorf("Text(%s, %s) = %q, want %q", c.lang, c.id, got, c.want)
		}
	}
	if p.HasText("en", "b", "title") || !p.HasText("zh-CN", "b", "title") {
		t.Error("HasText looks beyond its own language")
	}
}
