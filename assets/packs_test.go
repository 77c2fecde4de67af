package assets_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"mingpin/assets"
)

var link = regexp.MustCompile(`https?://|www\.`)

// Documents are cited by title and number: addresses change and many lead to
// mirrors.
func TestPacksHoldNoAddresses(t *testing.T) {
	eachPackFile(t, func(name, text string) {
		if at := link.FindString(text); at != "" {
			t.Errorf("%s holds an address: %s", name, at)
		}
	})
}

func TestChineseTextsOfPacksUseFullWidthPunctuation(t *testing.T) {
	eachPackFile(t, func(name, text string) {
		if !strings.HasSuffix(name, "locales/zh-CN.yaml") {
			return
		}
		var tree any
		if err := yaml.Unmarshal([]byte(text), &tree); err != nil {
			t.Fatal(err)
		}
		eachString(tree, func(v string) {
			if at := halfWidth.FindString(v); at != "" {
				t.Errorf("%s: half-width punctuation at %q in %q", name, at, v)
			}
		})
	})
}

func eachPackFile(t *testing.T, check func(name, text string)) {
	t.Helper()
	files := 0
	err := fs.WalkDir(assets.Programmes(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(assets.Programmes(), name)
		if err != nil {
			return err
		}
		files++
		check(name, string(data))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 10 {
		t.Fatalf("found only %d files of packs", files)
	}
}

func eachString(v any, check func(string)) {
	switch v := v.(type) {
	case string:
		check(v)
	case map[string]any:
		for _, e := range v {
			eachString(e, check)
		}
	case []any:
		for _, e := range v {
			eachString(e, check)
		}
	}
}
