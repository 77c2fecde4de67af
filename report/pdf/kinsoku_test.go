package pdf_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"mingpin/report/pdf"
)

func TestLineBreaks(t *testing.T) {
	const size = 10 // one ideograph is 10 points wide
	for name, c := range map[string]struct {
		text  string
		width float64
		want  []string
	}{
		"between any two ideographs":              {"天府名品申报", 40, []string{"天府名品", "申报"}},
		"a line does not begin with a comma":      {"天府名品，申报", 40, []string{"天府名", "品，申报"}},
		"nor with two closing signs":              {"天府《名品》，申报", 50, []string{"天府《名", "品》，申报"}},
		"a line does not end with a bracket":      {"天府名《品牌》", 40, []string{"天府名", "《品牌》"}},
		"a dash of two signs is not parted":       {"天府名品——申报", 50, []string{"天府名", "品——申报"}},
		"dots of two signs are not parted":        {"天府名品……申报", 50, []string{"天府名", "品……申报"}},
		"words stay whole":                        {"产品 rapeseed oil 等级", 60, []string{"产品", "rapeseed oil", "等级"}},
		"a number stays with its unit":            {"酸价为 0.30 mg/kg 以下", 65, []string{"酸价为", "0.30 mg/kg 以", "下"}},
		"a relation stays with its number":        {"酸价实测值 ≤ 0.30 合格", 65, []string{"酸价实测值", "≤ 0.30 合格"}},
		"a standard stays with its number":        {"执行标准 GB 2716 规定", 65, []string{"执行标准", "GB 2716 规定"}},
		"a number stays with its counter":         {"成立于二零的2026年", 80, []string{"成立于二零的", "2026年"}},
		"a per cent sign stays with its number":   {"天府名品占95%以上", 65, []string{"天府名品占", "95%以上"}},
		"a code is parted at its blank first":     {"GB/T 1536-2021", 60, []string{"GB/T", "1536-2021"}},
		"a poor break is taken where none better": {"GB/T1536-2021", 50, []string{"GB/T1536-", "2021"}},
		"a digest breaks anywhere":                {strings.Repeat("0123456789abcdef", 2), 60, nil},
		"a line feed ends a line":                 {"甲\n乙\n\n丙", 60, []string{"甲", "乙", "", "丙"}},
		"blanks at the end do not count":          {"天府名品    申报", 40, []string{"天府名品", "申报"}},
		"an apostrophe does not part a word":      {"it’s oil", 30, []string{"it’s", "oil"}},
		"one character too wide for its line":     {"天府", 5, []string{"天", "府"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := pdf.Lines(c.text, c.width, size, fonts(t))
			if err != nil {
				t.Fatal(err)
			}
			if c.want != nil {
				if d := cmp.Diff(c.want, got); d != "" {
					t.Errorf("lines differ (-want +got):\n%s", d)
				}
			} else if len(got) < 2 || strings.Join(got, "") != c.text {
				t.Errorf("lines %q", got)
			}
		})
	}
}

// TestKinsokuHolds breaks one text at every width that has room for what may
// not be parted.
func TestKinsokuHolds(t *testing.T) {
	const notFirst, notLast = "，。、；：？！）》」』】〕…—·％℃", "（《「『【〔“‘"
	text := strings.Repeat(statement+"“二级（GB/T 1536）”——见附件；【注】10 ℃、20%……", 3)
	for width := 60.0; width < 400; width += 3 {
		lines, err := pdf.Lines(text, width, 10, fonts(t))
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lines {
			first, _ := utf8.DecodeRuneInString(l)
			last, _ := utf8.DecodeLastRuneInString(l)
			if strings.ContainsRune(notFirst, first) || strings.ContainsRune(notLast, last) {
				t.Fatalf("at width %.0f: line %q", width, l)
			}
		}
		if got := strings.ReplaceAll(strings.Join(lines, ""), " ", ""); got != strings.ReplaceAll(text, " ", "") {
			t.Fatalf("at width %.0f characters were lost", width)
		}
	}
}
