package report_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode"

	"mingpin/report"
)

// The English volume is English but for what the applicant entered and for the
// names, numbers and articles of documents, which have no official English.
func TestTheEnglishVolumeIsEnglish(t *testing.T) {
	for what, in := range map[string]report.Input{"sample": sample(t, "en"), "empty": empty(t, "en")} {
		text := dump(report.Volume(in).Blocks)
		for _, own := range exceptions(t, in) {
			text = strings.ReplaceAll(text, strings.ReplaceAll(own, "\n", " / "), "")
		}
		for line := range strings.Lines(text) {
			if strings.ContainsFunc(line, han) {
				t.Errorf("%s: Chinese in the English volume: %s", what, line)
			}
		}
	}
}

func han(r rune) bool { return unicode.Is(unicode.Han, r) }

// exceptions are the strings of the snapshot and the documents of the pack,
// longest first, so that none hides a part of another.
func exceptions(t testing.TB, in report.Input) []string {
	t.Helper()
	data, err := json.Marshal(in.Snapshot)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	all := leaves(tree)
	for _, b := range in.Pack.Basis {
		all = append(all, b.Title, b.Number)
	}
	for _, g := range in.Pack.Gates {
		all = append(all, g.Provenance.From, g.Provenance.At)
	}
	all = slices.DeleteFunc(all, func(s string) bool { return !strings.ContainsFunc(s, han) })
	slices.SortFunc(all, func(a, b string) int { return len(b) - len(a) })
	return all
}

func leaves(v any) []string {
	var out []string
	switch v := v.(type) {
	case string:
		out = append(out, v)
	case []any:
		for _, e := range v {
			out = append(out, leaves(e)...)
		}
	case map[string]any:
		for _, e := range v {
			out = append(out, leaves(e)...)
		}
	}
	return out
}
