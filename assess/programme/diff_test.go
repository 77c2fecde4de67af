package programme

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
)

// older is the sample as it might have been in version 0.9: other ids, another
// order, a requirement less, some more.
func older(t testing.TB) *Pack {
	t.Helper()
	files := sampleFiles(t)
	const dir = "sample/0.9"
	for _, name := range []string{packFile, zhFile, enFile} {
		files[strings.Replace(name, "1.0", "0.9", 1)] = files[name]
		delete(files, name)
	}
	pack, zh, en := dir+"/pack.yaml", dir+"/locales/zh-CN.yaml", dir+"/locales/en.yaml"
	text := string(files[pack].Data)
	rd := text[strings.Index(text, "  - id: r-rd\n"):strings.Index(text, "  - id: r-report\n")]
	report := text[strings.Index(text, "  - id: r-report\n"):strings.Index(text, "indicators:\n")]
	as := func(id string) string {
		return strings.Replace(strings.Replace(rd, "- id: r-rd", "- id: "+id, 1), "    concept: rd\n", "", 1)
	}
	text = strings.Replace(text, rd+report, strings.Replace(report, `pass: "2"`, `pass: "1"`, 1)+as("r-old-a")+as("r-old-b")+as("r-gone"), 1)
	text = strings.Replace(text, `version: "1.0"`, `version: "0.9"`, 1)
	text = strings.Replace(text, "- id: innovation", "- id: brand", 1)
	text = strings.ReplaceAll(text, "dimension: innovation", "dimension: brand")
	text = strings.Replace(text, "  - id: self-check\n    every: P1Y\n    provenance: {mark: proposed}\n", "", 1) +
		"  - id: annual-fee\n    every: P1Y\n    provenance: {mark: proposed}\n"
	text = text[:strings.Index(text, "migrations:\n")] + text[strings.Index(text, "  - id: annual-fee"):]
	files[pack].Data = []byte(text)
	for _, name := range []string{zh, en} {
		words := string(files[name].Data)
		words = strings.Replace(words, "innovation:\n", "brand:\n", 1)
		words = strings.Replace(words, "g-years (sample)", "g-years, at least three (sample)", 1)
		files[name].Data = []byte(words)
	}
	p, err := Load(files, dir, concepts(t))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data) + "\n"
}

func TestDiff(t *testing.T) {
	golden(t, "diff.json", asJSON(t, Diff(older(t), samplePack(t))))
}

func TestDiffOfAPackWithItselfIsEmpty(t *testing.T) {
	p := samplePack(t)
	if got := Diff(p, p); len(got) > 0 {
		t.Errorf("got %v", got)
	}
}

func TestDiffBothWaysFindsTheSameItems(t *testing.T) {
	a, b := older(t), samplePack(t)
	count := func(list []Change, kind ChangeKind) (ids []string) {
		for _, c := range list {
			if c.Kind == kind && c.ID != "why-renamed" {
				ids = append(ids, c.Item+"/"+c.ID)
			}
		}
		slices.Sort(ids)
		return ids
	}
	there, back := Diff(a, b), Diff(b, a)
	removed := append(count(there, Removed), "dimension/brand") // renamed one way, unknown the other
	slices.Sort(removed)
	if got := count(back, Added); !slices.Equal(got, removed) {
		t.Errorf("added %v on the way back, removed %v on the way there", got, removed)
	}
}

func TestLongestRising(t *testing.T) {
	for _, c := range []struct {
		list []int
		want int
	}{{nil, 0}, {[]int{1}, 1}, {[]int{1, 2, 3}, 3}, {[]int{3, 2, 1}, 1}, {[]int{2, 3, 4, 1}, 3}, {[]int{1, 4, 2, 3}, 3}} {
		got := 0
		last := -1
		for i, stays := range longestRising(c.list) {
			if stays {
				got++
				if c.list[i] <= last {
					t.Errorf("%v does not rise", c.list)
				}
				last = c.list[i]
			}
		}
		if got != c.want {
			t.Errorf("%v: %d stay, want %d", c.list, got, c.want)
		}
	}
}

func TestPlan(t *testing.T) {
	u, err := Plan(older(t), samplePack(t))
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "plan.json", asJSON(t, u))
}

func TestPlanCoversEveryItemOnce(t *testing.T) {
	from, to := older(t), samplePack(t)
	u, err := Plan(from, to)
	if err != nil {
		t.Fatal(err)
	}
	old := map[ItemID]int{}
	for _, c := range u.Items {
		old[ItemID{c.Kind, c.From}]++
	}
	for _, x := range itemsOf(from) {
		if answered[x.kind] && old[ItemID{x.kind, x.id}] != 1 {
			t.Errorf("%s %s stands %d times in the plan", x.kind, x.id, old[ItemID{x.kind, x.id}])
		}
	}
	reached := map[ItemID]bool{}
	for _, c := range u.Items {
		for _, target := range c.To {
			reached[ItemID{c.Kind, target.ID}] = true
		}
	}
	for _, x := range itemsOf(to) {
		id := ItemID{x.kind, x.id}
		if answered[x.kind] && reached[id] == slices.Contains(u.New, id) {
			t.Errorf("%v is both new and reached, or neither", id)
		}
	}
}

func TestPlanOfASplit(t *testing.T) {
	to := samplePack(t)
	to.Migrations[0].Moves = []Move{{From: []string{"r-gone"}, To: []string{"r-rd", "r-report"}}}
	u, err := Plan(older(t), to)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(u.Items, func(c Carry) bool { return c.From == "r-gone" })
	if c := u.Items[i]; c.Fate != FateSplit || len(c.To) != 2 || !c.Recheck {
		t.Errorf("got %+v", c)
	}
	i = slices.IndexFunc(u.Items, func(c Carry) bool { return c.From == "r-report" })
	if c := u.Items[i]; c.Fate != FateMerged || !c.Recheck {
		t.Errorf("what takes in a part of another: %+v", c)
	}
}

func TestPlanIsRefused(t *testing.T) {
	from := older(t)
	for name, c := range map[string]struct {
		change func(*Pack)
		reason string
	}{
		"another programme":        {func(p *Pack) { p.ID = "other" }, "other-programme"},
		"the same version":         {func(p *Pack) { p.Version = "0.9" }, "same-version"},
		"a move of nothing":        {func(p *Pack) { p.Migrations[0].Moves[0].From = []string{"r-never"} }, "unknown-item"},
		"a gate for a requirement": {func(p *Pack) { p.Migrations[0].Moves[1].To = []string{"g-years"} }, "other-kind"},
	} {
		t.Run(name, func(t *testing.T) {
			to := samplePack(t)
			c.change(to)
			_, err := Plan(from, to)
			var refused *UpgradeError
			if !errors.As(err, &refused) || refused.Reason != c.reason {
				t.Errorf("got %v, want %s", err, c.reason)
			}
		})
	}
}

func TestShippedFormOfTheSchema(t *testing.T) {
	data, err := os.ReadFile("pack.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if string(Schema()) != string(data) {
		t.Error("the embedded schema is another")
	}
}
