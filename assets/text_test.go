package assets_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/assets"
)

var placeholder = regexp.MustCompile(`\{\{\s*\.(\w+)\s*\}\}`)

func TestCataloguesHoldTheSameKeysAndPlaceholders(t *testing.T) {
	zh, en := text(t, "zh-CN"), text(t, "en")
	if diff := cmp.Diff(zh.Keys(), en.Keys()); diff != "" {
		t.Fatalf("keys differ (-zh-CN +en):\n%s", diff)
	}
	for _, key := range zh.Keys() {
		if a, b := names(zh.Template(key)), names(en.Template(key)); !slices.Equal(a, b) {
			t.Errorf("%s: placeholders %v in zh-CN, %v in en", key, a, b)
		}
	}
}

func TestNoTextIsEmptyAndNoChineseSlipsIntoEnglish(t *testing.T) {
	for _, lang := range assets.Languages {
		cat := text(t, lang)
		for _, key := range cat.Keys() {
			if cat.Template(key) == "" {
				t.Errorf("%s: %s is empty", lang, key)
			}
		}
	}
}

func TestMissingKeyShowsItself(t *testing.T) {
	if got, want := text(t, "en").T("no.such.key"), "[no.such.key]"; got != want {
		t.Errorf("T = %q, want %q", got, want)
	}
}

func text(t *testing.T, lang string) *assets.Text {
	t.Helper()
	cat, err := assets.NewText(lang)
	if err != nil {
		t.Fatal(err)
	}
	return cat
}

func names(s string) []string {
	var out []string
	for _, m := range placeholder.FindAllStringSubmatch(s, -1) {
		out = append(out, m[1])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// halfWidth finds ASCII punctuation beside Chinese characters, which no
// Chinese editor would let pass.
var halfWidth = regexp.MustCompile(`\p{Han}[,:;?!(]|[,:;?!)]\p{Han}`)

func TestChineseTextsUseFullWidthPunctuation(t *testing.T) {
	cat := text(t, "zh-CN")
	for _, key := range cat.Keys() {
		if at := halfWidth.FindString(cat.Template(key)); at != "" {
			t.Errorf("%s: half-width punctuation at %q", key, at)
		}
	}
}
