package programme_test

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/assess/programme"
	"mingpin/assets"
)

var (
	factForm  = regexp.MustCompile(`\{([a-z]+)\}`)
	wordsForm = regexp.MustCompile(`\{\{\.([a-z]+)\}\}`)
)

func TestEveryRuleIsSaidInEveryLanguageWithTheSameFacts(t *testing.T) {
	for _, lang := range assets.Languages {
		text, err := assets.NewText(lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range programme.Rules() {
			key := programme.Problem{Rule: r.ID}.Key()
			want, got := names(factForm, r.Says), names(wordsForm, text.Template(key))
			if !text.Has(key) || !cmp.Equal(want, got) {
				t.Errorf("%s %s: facts %v, want %v", lang, key, got, want)
			}
		}
	}
}

func shipped(t *testing.T) (programme.Concepts, []string) {
	t.Helper()
	reg, err := programme.LoadConcepts(assets.Concepts())
	if err != nil {
		t.Fatal(err)
	}
	files, err := fs.Glob(assets.Programmes(), "*/*/pack.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no packs: %v", err)
	}
	for i, name := range files {
		files[i] = path.Dir(name)
	}
	return reg, files
}

func TestShippedPacksLintClean(t *testing.T) {
	reg, dirs := shipped(t)
	for _, dir := range dirs {
		for _, p := range programme.Lint(assets.Programmes(), dir, reg) {
			t.Error(p)
		}
	}
}

func TestShippedPacksGoThroughTheirCanonicalForm(t *testing.T) {
	reg, dirs := shipped(t)
	for _, dir := range dirs {
		p, err := programme.Load(assets.Programmes(), dir, reg)
		if err != nil {
			t.Fatal(err)
		}
		data, err := programme.Encode(p)
		if err != nil {
			t.Fatal(err)
		}
		q, err := programme.Decode(data)
		if err != nil {
			t.Fatalf("%s: %v", dir, err)
		}
		if p.Digest() != q.Digest() {
			t.Errorf("%s: digest %s became %s", dir, p.Digest(), q.Digest())
		}
	}
}

// TestShippedPacksUpgrade plans from each version to the one that supersedes
// it; what is asked in both keeps its answer.
func TestShippedPacksUpgrade(t *testing.T) {
	reg, dirs := shipped(t)
	planned := 0
	for _, dir := range dirs {
		to, err := programme.Load(assets.Programmes(), dir, reg)
		if err != nil {
			t.Fatal(err)
		}
		if to.Supersedes == "" {
			continue
		}
		from, err := programme.Load(assets.Programmes(), path.Join(to.ID, to.Supersedes), reg)
		if err != nil {
			t.Fatal(err)
		}
		u, err := programme.Plan(from, to)
		if err != nil {
			t.Fatal(err)
		}
		planned++
		for _, c := range u.Items {
			if c.Kind == "requirement" && c.Fate == programme.FateArchived {
				if _, still := to.Requirement(c.From); still {
					t.Errorf("%s is archived although the new version asks it", c.From)
				}
			}
		}
		if len(programme.Diff(from, to)) == 0 {
			t.Errorf("%s does not differ from %s", to.Version, from.Version)
		}
	}
	if planned == 0 {
		t.Error("no shipped pack supersedes another")
	}
}

func names(form *regexp.Regexp, s string) []string {
	list := []string{}
	for _, m := range form.FindAllStringSubmatch(s, -1) {
		list = append(list, m[1])
	}
	slices.Sort(list)
	return list
}
