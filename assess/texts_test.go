package assess_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"mingpin/assess"
	"mingpin/assess/quantity"
	"mingpin/assets"
)

func texts(t testing.TB) map[string]*assets.Text {
	t.Helper()
	out := map[string]*assets.Text{}
	for _, lang := range assets.Languages {
		text, err := assets.NewText(lang)
		if err != nil {
			t.Fatal(err)
		}
		out[lang] = text
	}
	return out
}

// says fails where a message is missing or lacks a fact.
func says(t *testing.T, text *assets.Text, key string, args map[string]string) {
	t.Helper()
	if s := text.T(key, args); strings.Contains(s, "<no value>") || strings.HasPrefix(s, "[") {
		t.Errorf("%s: %s with %v says %q", text.Lang(), key, args, s)
	}
}

func TestEveryIssueCanBeSaid(t *testing.T) {
	base := testPack(t)
	all := texts(t)
	said := map[string]bool{}
	for _, x := range examples(t) {
		p, s := made(t, base, x, x.fails)
		for _, i := range assess.Evaluate(p, *s).Issues {
			said[i.Key] = true
			for _, text := range all {
				says(t, text, i.Key, assess.Readable(p, text, i.Args))
			}
		}
	}
	for _, r := range assess.Rules() {
		if !said[r.Key] {
			t.Errorf("%s was never said", r.Key)
		}
	}
}

func TestEveryDerivationCanBeSaid(t *testing.T) {
	base := testPack(t)
	all := texts(t)
	var walk func(d assess.Derivation)
	walk = func(d assess.Derivation) {
		for _, text := range all {
			says(t, text, d.Key, d.Args)
		}
		for _, part := range d.Parts {
			walk(part)
		}
	}
	for _, x := range examples(t) {
		p, s := made(t, base, x, x.fails)
		e := assess.Evaluate(p, *s)
		walk(e.Score.From)
		for _, g := range e.Gates {
			walk(g.From)
		}
		for _, m := range []assess.Meter{e.Meters.Answered, e.Meters.Proven, e.Meters.Conforming, e.Meters.Approved} {
			walk(m.From)
		}
	}
}

func TestEveryVerdictReasonCanBeSaid(t *testing.T) {
	all := texts(t)
	limits := map[string]string{"Own": "≤1", "Other": "≤2"}
	for name, args := range map[string]map[string]string{"limits": limits, "measured": {"Measured": "0.5", "Other": "≤2"}, "conformity": {"Measured": "0.5", "Own": "≤1"}} {
		given := map[string]string{"From": "℃", "To": "%", "Limit": "≤1", "OwnMethod": "A", "OtherMethod": "B", "Count": "1", "Of": "2", "All": "3"}
		maps.Copy(given, args)
		for _, key := range quantity.ReasonKeys {
			for lang, text := range all {
				if !text.Has(key) {
					t.Errorf("%s has no %s", lang, key)
				}
				if s := text.T(key, given); strings.Contains(s, "<no value>") && fits(key, name) {
					t.Errorf("%s: %s of %s says %q", lang, key, name, s)
				}
			}
		}
	}
}

// fits tells which reasons belong to which kind of comparison.
func fits(key, kind string) bool {
	onlyLimits := []string{"stricter", "looser", "same", "overlap", "apart", "own_no_limit", "neither_limit"}
	onlyMeasured := []string{"holds", "fails", "at_limit", "beyond", "inside", "detect"}
	rest := strings.TrimPrefix(key, "verdict.")
	begins := func(p string) bool {
		return strings.Contains(rest, p) && !strings.HasPrefix(rest, "grade") && !strings.HasPrefix(rest, "feature")
	}
	switch {
	case slices.ContainsFunc(onlyLimits, begins):
		return kind == "limits"
	case slices.ContainsFunc(onlyMeasured, begins):
		return kind != "limits"
	case strings.HasPrefix(rest, "grade"), strings.HasPrefix(rest, "feature"):
		return kind != "conformity" // conformity says holds or fails
	}
	return true
}

var faultKey = regexp.MustCompile(`"(fault\.[a-z_.]*[a-z])"`)

func TestEveryFaultHasATextInBothLanguages(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	for _, name := range files {
		source, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range faultKey.FindAllStringSubmatch(string(source), -1) {
			keys[m[1]] = true
		}
	}
	for _, reason := range slices.Concat(quantity.SyntaxReasons, quantity.UnitReasons) {
		keys["fault."+reason] = true
	}
	for lang, text := range texts(t) {
		for _, key := range slices.Sorted(maps.Keys(keys)) {
			if !text.Has(key) {
				t.Errorf("%s has no %s", lang, key)
			}
		}
	}
}

var (
	action      = regexp.MustCompile(`\{\{[^}]*\}\}`)
	placeholder = regexp.MustCompile(`\.[A-Za-z]\w*`)
)

func TestBothLanguagesNameTheSameFacts(t *testing.T) {
	for _, area := range []string{"check", "derivation", "fault", "verdict"} {
		zh, en := facts(t, "zh-CN", area), facts(t, "en", area)
		if diff := cmp.Diff(zh, en); diff != "" {
			t.Errorf("%s (-zh-CN +en):\n%s", area, diff)
		}
	}
}

// facts are the placeholders of every message of one catalogue file.
func facts(t *testing.T, lang, area string) map[string][]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../assets/locales", lang, area+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var messages map[string]string
	if err := yaml.Unmarshal(data, &messages); err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for key, message := range messages {
		var names []string
		for _, a := range action.FindAllString(message, -1) {
			names = append(names, placeholder.FindAllString(a, -1)...)
		}
		slices.Sort(names)
		out[key] = slices.Compact(names)
	}
	return out
}
