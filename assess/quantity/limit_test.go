package quantity_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/assess/quantity"
)

var classes = []string{"特级", "一级", "二级"}

func ptr(s string) *quantity.Decimal { d := dec(s); return &d }

func truth(b bool) *bool { return &b }

func TestParseLimit(t *testing.T) {
	ge := func(s string) quantity.Limit { return quantity.Limit{Kind: quantity.GE, Low: ptr(s)} }
	le := func(s string) quantity.Limit { return quantity.Limit{Kind: quantity.LE, High: ptr(s)} }
	between := func(a, b string) quantity.Limit {
		return quantity.Limit{Kind: quantity.Range, Low: ptr(a), High: ptr(b)}
	}
	around := func(a, b string) quantity.Limit {
		return quantity.Limit{Kind: quantity.Nominal, Nominal: ptr(a), Tol: ptr(b)}
	}
	with := func(l quantity.Limit, change func(*quantity.Limit)) quantity.Limit { change(&l); return l }
	for in, want := range map[string]quantity.Limit{
		"≥0.30": ge("0.30"), ">=0.30": ge("0.30"), "≧ 0.30": ge("0.30"), "不低于0.30": ge("0.30"), "不小于 0.30 mg/kg": ge("0.30"),
		"0.30以上": ge("0.30"), "大于或等于0.30": ge("0.30"), "＞＝0.30": ge("0.30"), "[0.5,1.5] mg/kg": between("0.5", "1.5"),
		"≤2.0": le("2.0"), "<= 2.0": le("2.0"), "不大于2.0": le("2.0"), "不超过 2.0mg/kg": le("2.0"), "2.0及以下": le("2.0"), "≤－5": le("-5"),
		">5": {Kind: quantity.GT, Low: ptr("5")}, "＜5": {Kind: quantity.LT, High: ptr("5")}, "小于5": {Kind: quantity.LT, High: ptr("5")},
		"0.5~1.5": between("0.5", "1.5"), "0.5～1.5": between("0.5", "1.5"), "0.5-1.5": between("0.5", "1.5"), "0.5—1.5": between("0.5", "1.5"),
		"0.5至1.5": between("0.5", "1.5"), "-5~10": between("-5", "10"), "-5-10": between("-5", "10"), "-10~-5": between("-10", "-5"),
		"0.5mg/kg～1.5mg/kg": between("0.5", "1.5"), "≥0.5且≤1.5": between("0.5", "1.5"), "≤1.5，≥0.5": between("0.5", "1.5"),
		"(0.5,1.5]":        with(between("0.5", "1.5"), func(l *quantity.Limit) { l.LowOpen = true }),
		"［0.5，1.5）":        with(between("0.5", "1.5"), func(l *quantity.Limit) { l.HighOpen = true }),
		">0.5，<1.5":        with(between("0.5", "1.5"), func(l *quantity.Limit) { l.LowOpen, l.HighOpen = true, true }),
		"10±0.5":           around("10", "0.5"),
		"10 +/- 0.5":       around("10", "0.5"),
		"（10±0.5）mg/kg":    around("10", "0.5"),
		"±0.5":             around("0", "0.5"),
		"±5%":              with(around("0", "5"), func(l *quantity.Limit) { l.Unit = "%" }),
		"10±5%":            with(around("10", "5"), func(l *quantity.Limit) { l.TolPercent = true }),
		"10g±5%":           with(around("10", "5"), func(l *quantity.Limit) { l.TolPercent, l.Unit = true, "g" }),
		"(10±5)%":          with(around("10", "5"), func(l *quantity.Limit) { l.Unit = "%" }),
		"10%±0.5%":         with(around("10", "0.5"), func(l *quantity.Limit) { l.Unit = "%" }),
		"10.0±0.1(不含0.1)":  with(around("10.0", "0.1"), func(l *quantity.Limit) { l.LowOpen, l.HighOpen = true, true }),
		"10.0±0.1(不含+0.1)": with(around("10.0", "0.1"), func(l *quantity.Limit) { l.HighOpen = true }),
		"10.0±0.1(不含-0.1)": with(around("10.0", "0.1"), func(l *quantity.Limit) { l.LowOpen = true }),
		"≤300 µg/kg":       with(le("300"), func(l *quantity.Limit) { l.Unit = "ug/kg" }),
		"≥0.2 g/100g":      with(ge("0.2"), func(l *quantity.Limit) { l.Unit = "g/(100.g)" }),
		"133项":             {Kind: quantity.Count, Nominal: ptr("133"), Unit: "{item}"},
		"一级":               {Kind: quantity.Grade, Grade: "一级"},
		"≥一级":              {Kind: quantity.Grade, Grade: "一级"},
		"二级及以上":            {Kind: quantity.Grade, Grade: "二级"},
		"有":                {Kind: quantity.Boolean, Bool: truth(true)},
		"是":                {Kind: quantity.Boolean, Bool: truth(true)},
		"无":                {Kind: quantity.Boolean, Bool: truth(false)},
		"否":                {Kind: quantity.Boolean, Bool: truth(false)},
		"不得检出":             {Kind: quantity.None},
		"未检出":              {Kind: quantity.None},
		"":                 {}, "—": {}, "/": {}, "－": {}, "无要求": {}, "  ": {},
	} {
		got, err := quantity.ParseLimit(in, "mg/kg", classes)
		if err != nil {
			t.Errorf("ParseLimit(%q): %v", in, err)
		} else if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("ParseLimit(%q) (-want +got):\n%s", in, diff)
		}
	}
}

func TestParseLimitKeepsTextAsEntered(t *testing.T) {
	for _, in := range []string{"具有菜籽油固有的气味和滋味，无异味", "不低于GB 2716的规定", "符合附录 A", "大于标称", "（见附录A）"} {
		got, err := quantity.ParseLimit(" "+in+" ", "", nil)
		if err != nil || got.Kind != quantity.Words || got.Text != in {
			t.Errorf("ParseLimit(%q) = %+v, %v", in, got, err)
		}
	}
}

func TestParseLimitSaysWhatIsWrong(t *testing.T) {
	for in, want := range map[string]string{
		"25": quantity.SyntaxSignMissing, "0.5 mg/kg": quantity.SyntaxSignMissing, "1.5个": quantity.SyntaxSignMissing, "-3个": quantity.SyntaxSignMissing,
		"≥1,234": quantity.SyntaxThousands, "(1,234,5]": quantity.SyntaxThousands, "≤1.2e3": quantity.SyntaxExponent,
		"1.5~0.5": quantity.SyntaxReversed, "≥2且≤1": quantity.SyntaxReversed, "(1,1]": quantity.SyntaxEmptyRange,
		"10±-1": quantity.SyntaxTolerance, "10±0(不含0)": quantity.SyntaxEmptyRange, "10±0.1(不含0.2)": quantity.SyntaxMalformed,
		"5mg/kg~10g/kg": quantity.SyntaxUnits, "10mm±1cm": quantity.SyntaxUnits, "0±5%": quantity.SyntaxPercent,
		"≥": quantity.SyntaxMalformed, "≥x": quantity.SyntaxMalformed, "1.2.3~4": quantity.SyntaxMalformed, "(1,2": quantity.SyntaxMalformed,
		"≥1且≥2": quantity.SyntaxMalformed, "三级": quantity.SyntaxGradeUnknown, "(10±1": quantity.SyntaxMalformed,
		"≤" + strings.Repeat("1", 3000): quantity.SyntaxTooLong,
	} {
		_, err := quantity.ParseLimit(in, "mg/kg", classes)
		var s *quantity.SyntaxError
		if !errors.As(err, &s) || s.Reason != want {
			t.Errorf("ParseLimit(%.30q): %v; want %s", in, err, want)
		}
	}
	if _, err := quantity.ParseLimit("10±5%", "%", nil); err == nil || !strings.Contains(err.Error(), quantity.SyntaxPercent) {
		t.Errorf("a tolerance in percent of a percentage: %v", err)
	}
	var u *quantity.UnitError
	if _, err := quantity.ParseLimit("≥480h无红锈", "h", nil); !errors.As(err, &u) {
		t.Errorf("words behind a number: %v", err)
	}
}

func TestEveryLimitIsReadBackFromItsPrint(t *testing.T) {
	for _, in := range limitSamples {
		l, err := quantity.ParseLimit(in, "mm", classes)
		if err != nil {
			t.Errorf("ParseLimit(%q): %v", in, err)
			continue
		}
		back, err := quantity.ParseLimit(l.String(), "mm", classes)
		if diff := cmp.Diff(l, back); err != nil || diff != "" {
			t.Errorf("%q prints as %q: %v %s", in, l.String(), err, diff)
		}
	}
}

var limitSamples = []string{
	"≥0.30", ">5", "≤2.0", "<-5", "0.5~1.5", "(0.5,1.5]", "[-1,3)", "10±0.5", "10±5%", "10cm±5%", "±0.5", "±5%",
	"10.0±0.1(不含0.1)", "10.0±5%(不含+5%)", "≤300 μm", "5~10 cm", "(1,2) cm", "133项", "一级", "有", "无", "不得检出", "—",
	"0.0±1", "≤2 g/100g", "(1,2) g/100g", "≥3 ℃",
}

func TestLimitsInJSON(t *testing.T) {
	l, err := quantity.ParseLimit("(0.50,1.5] µg/kg", "mg/kg", nil)
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(l)
	if want := `{"kind":"range","low":"0.50","high":"1.5","lowOpen":true,"unit":"ug/kg"}`; err != nil || string(b) != want {
		t.Fatalf("Marshal = %s, %v", b, err)
	}
	var back quantity.Limit
	if err := json.Unmarshal(b, &back); err != nil || !cmp.Equal(l, back) {
		t.Errorf("Unmarshal = %+v, %v", back, err)
	}
}

func TestLimitsFromFilesAreCheckedToBeWhole(t *testing.T) {
	for name, l := range map[string]quantity.Limit{
		"≥ without number": {Kind: quantity.GE}, "≤ without number": {Kind: quantity.LE, Low: ptr("1")},
		"range with one end": {Kind: quantity.Range, Low: ptr("1")}, "range upside down": {Kind: quantity.Range, Low: ptr("2"), High: ptr("1")},
		"tolerance missing": {Kind: quantity.Nominal, Nominal: ptr("1")}, "tolerance below zero": {Kind: quantity.Nominal, Nominal: ptr("1"), Tol: ptr("-1")},
		"count of nothing": {Kind: quantity.Count}, "no grade": {Kind: quantity.Grade}, "neither 有 nor 无": {Kind: quantity.Boolean},
		"no words": {Kind: quantity.Words, Text: " "}, "kind unknown": {Kind: "about"},
	} {
		if l.Whole() {
			t.Errorf("%s counts as whole", name)
		}
		for _, kind := range []quantity.Limit{l, {Kind: quantity.LE, High: ptr("1")}} {
			r := quantity.CompareLimits(quantity.Indicator{}, quantity.Side{Limit: l}, quantity.Side{Limit: kind}, nil)
			if r.Verdict != quantity.Incomparable {
				t.Errorf("%s is compared: %+v", name, r)
			}
		}
		if c := quantity.Conforms(quantity.Indicator{}, quantity.Value{Number: ptr("1")}, l); c.Known {
			t.Errorf("%s is conformed to: %+v", name, c)
		}
	}
}

func TestLimitsPrintInEnglish(t *testing.T) {
	for in, want := range map[string]string{"不得检出": "not detectable", "有": "yes", "≤5 ℃": "≤5 °C", "133项": "133 items"} {
		l, err := quantity.ParseLimit(in, "mm", nil)
		if err != nil || l.Print("en") != want {
			t.Errorf("%s prints as %q, %v", in, l.Print("en"), err)
		}
	}
}
