package quantity_test

import (
	"testing"

	"mingpin/assess/quantity"
)

func limit(t testing.TB, ind quantity.Indicator, s string) quantity.Limit {
	t.Helper()
	l, err := quantity.ParseLimit(s, ind.Unit, ind.Grades)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func value(t testing.TB, ind quantity.Indicator, s string) quantity.Value {
	t.Helper()
	v, err := quantity.ParseValue(s, ind.Unit, ind.Grades)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// The examples of GB/T 8170-2008, 4.3.4: what keeps a limit when compared as
// measured, and what when rounded first.
func TestBothComparisonMethodsOfTheStandard(t *testing.T) {
	for _, tt := range []struct {
		limit, measured string
		full, rounded   bool
	}{
		{"≥97.0", "97.01", true, true},
		{"≥97.0", "97.00", true, true},
		{"≥97.0", "96.96", false, true},
		{"≥97.0", "96.94", false, false},
		{"≤0.5", "0.452", true, true},
		{"≤0.5", "0.500", true, true},
		{"≤0.5", "0.549", false, true},
		{"≤0.5", "0.551", false, false},
		{"1.2~1.6", "1.151", false, true},
		{"1.2~1.6", "1.200", true, true},
		{"1.2~1.6", "1.649", false, true},
		{"1.2~1.6", "1.651", false, false},
		{"10.0±0.1", "9.89", false, true},
		{"10.0±0.1", "9.85", false, false},
		{"10.0±0.1", "10.10", true, true},
		{"10.0±0.1", "10.16", false, false},
		{"10.0±0.1(不含0.1)", "9.94", true, false},
		{"10.0±0.1(不含0.1)", "9.96", true, true},
		{"10.0±0.1(不含0.1)", "10.06", true, false},
		{"10.0±0.1(不含0.1)", "10.05", true, true},
		{"10.0±0.1(不含+0.1)", "9.94", true, true},
		{"10.0±0.1(不含+0.1)", "9.86", false, true},
		{"10.0±0.1(不含+0.1)", "10.06", true, false},
		{"10.0±0.1(不含+0.1)", "10.05", true, true},
		{"10.0±0.1(不含-0.1)", "9.94", true, false},
		{"10.0±0.1(不含-0.1)", "9.86", false, false},
		{"10.0±0.1(不含-0.1)", "10.06", true, true},
		{"10.0±0.1(不含-0.1)", "10.05", true, true},
		{"≤0.05", "0.054", false, true}, // the limit of the issue
		{"≤0.05", "0.055", false, false},
		{"<0.05", "0.046", true, false},
		{"100±5%", "105.4", false, true},
		{"100±5%", "105.6", false, false},
	} {
		for method, want := range map[quantity.Method]bool{quantity.Full: tt.full, quantity.Rounded: tt.rounded, "": tt.full} {
			ind := quantity.Indicator{Method: method, Unit: "mm"}
			c := quantity.Conforms(ind, value(t, ind, tt.measured), limit(t, ind, tt.limit))
			if !c.Known || c.Holds != want || c.Fails() == want {
				t.Errorf("%s against %s, method %q: %+v, want holds %v", tt.measured, tt.limit, method, c, want)
			}
		}
	}
}

func TestConforms(t *testing.T) {
	const mgkg = "mg/kg"
	for name, tt := range map[string]struct {
		ind             quantity.Indicator
		measured, limit string
		want            string // holds, fails or unknown
		margin          string
		reason          string
	}{
		"below a limit":                      {quantity.Indicator{Unit: mgkg}, "0.31", "≤0.50", "holds", "0.19", "verdict.holds"},
		"above it":                           {quantity.Indicator{Unit: mgkg}, "0.61", "≤0.50", "fails", "-0.11", "verdict.fails"},
		"on it":                              {quantity.Indicator{Unit: mgkg}, "0.5", "≤0.50", "holds", "0.00", "verdict.holds"},
		"on an open end":                     {quantity.Indicator{Unit: mgkg}, "0.5", "<0.50", "fails", "0.00", "verdict.fails"},
		"nearest end of a range":             {quantity.Indicator{Unit: mgkg}, "1.4", "0.5~1.5", "holds", "0.1", "verdict.holds"},
		"in another unit":                    {quantity.Indicator{Unit: mgkg}, "310 µg/kg", "≤0.50", "holds", "0.19", "verdict.holds"},
		"limit in another unit":              {quantity.Indicator{Unit: mgkg}, "0.31", "≤300 µg/kg", "fails", "-0.01", "verdict.fails"},
		"rounded in the limit's unit":        {quantity.Indicator{Unit: mgkg, Method: quantity.Rounded}, "0.3004", "≤300 µg/kg", "holds", "0", "verdict.holds"},
		"unit of something else":             {quantity.Indicator{Unit: mgkg}, "0.31 mg/L", "≤0.50", "unknown", "-", "verdict.units"},
		"not detected, detection limit fine": {quantity.Indicator{Unit: mgkg}, "未检出(<0.01)", "≤0.05", "holds", "0.04", "verdict.holds"},
		"detection limit just the limit":     {quantity.Indicator{Unit: mgkg}, "未检出(<0.05)", "≤0.05", "holds", "0.00", "verdict.holds"},
		"detection limit on an open end":     {quantity.Indicator{Unit: mgkg}, "未检出(<0.05)", "<0.05", "holds", "0.00", "verdict.holds"},
		"detection limit too high":           {quantity.Indicator{Unit: mgkg}, "未检出(<0.1)", "≤0.05", "unknown", "-", "verdict.detection_high"},
		"detection limit in another unit":    {quantity.Indicator{Unit: mgkg}, "未检出(<10µg/kg)", "≤0.05", "holds", "0.04", "verdict.holds"},
		"no detection limit":                 {quantity.Indicator{Unit: mgkg}, "未检出", "≤0.05", "unknown", "-", "verdict.detection_missing"},
		"not detected where some is needed":  {quantity.Indicator{Unit: mgkg}, "未检出(<0.1)", "≥0.5", "fails", "-", "verdict.fails"},
		"perhaps some":                       {quantity.Indicator{Unit: mgkg}, "未检出(<1)", "≥0.5", "unknown", "-", "verdict.detection_high"},
		"not detected, no amount asked":      {quantity.Indicator{Unit: mgkg}, "未检出", "≥0", "holds", "-", "verdict.holds"},
		"not detected keeps 不得检出":            {quantity.Indicator{Unit: mgkg}, "未检出", "不得检出", "holds", "-", "verdict.not_detected"},
		"nought keeps 不得检出":                  {quantity.Indicator{Unit: mgkg}, "0", "不得检出", "holds", "-", "verdict.not_detected"},
		"a number does not":                  {quantity.Indicator{Unit: mgkg}, "0.001", "不得检出", "fails", "-", "verdict.detected"},
		"unless below the detection limit":   {quantity.Indicator{Unit: mgkg}, "0.005(检出限0.01)", "不得检出", "holds", "-", "verdict.below_detection"},
		"at the detection limit is found":    {quantity.Indicator{Unit: mgkg}, "0.01(检出限0.01)", "不得检出", "fails", "-", "verdict.detected"},
		"better grade":                       {quantity.Indicator{Grades: classes}, "特级", "一级", "holds", "1", "verdict.holds"},
		"lower grade":                        {quantity.Indicator{Grades: classes}, "二级", "一级", "fails", "-1", "verdict.fails"},
		"有 as promised":                      {quantity.Indicator{}, "有", "有", "holds", "-", "verdict.holds"},
		"无 although promised":                {quantity.Indicator{}, "无", "有", "fails", "-", "verdict.fails"},
		"有 where none may be":                {quantity.Indicator{}, "有", "无", "fails", "-", "verdict.fails"},
		"有 where it is welcome":              {quantity.Indicator{Direction: quantity.Higher}, "有", "无", "holds", "-", "verdict.holds"},
		"enough things":                      {quantity.Indicator{Unit: "{item}", Direction: quantity.Higher}, "133", "80", "holds", "53", "verdict.holds"},
		"too many faults":                    {quantity.Indicator{Unit: "{pc}", Direction: quantity.Lower}, "3", "2", "fails", "-1", "verdict.fails"},
		"words":                              {quantity.Indicator{}, "无异味", "无异味", "unknown", "-", "verdict.words"},
		"nothing measured":                   {quantity.Indicator{Unit: mgkg}, "", "≤1", "unknown", "-", "verdict.not_measured"},
		"no limit":                           {quantity.Indicator{Unit: mgkg}, "1", "—", "unknown", "-", "verdict.no_limit"},
		"grade against number":               {quantity.Indicator{Grades: classes}, "一级", "≤1", "unknown", "-", "verdict.kinds"},
		"number against 有":                   {quantity.Indicator{}, "1", "有", "unknown", "-", "verdict.kinds"},
		"warm enough in kelvin":              {quantity.Indicator{Unit: "Cel"}, "300 K", "≥25", "holds", "1.85", "verdict.holds"},
	} {
		c := quantity.Conforms(tt.ind, value(t, tt.ind, tt.measured), limit(t, tt.ind, tt.limit))
		got := "unknown"
		if c.Known {
			got = map[bool]string{true: "holds", false: "fails"}[c.Holds]
		}
		if got != tt.want || optional(c.Margin) != tt.margin || c.Reason.Key != tt.reason {
			t.Errorf("%s: %s by %s, %s; want %s by %s, %s", name, got, optional(c.Margin), c.Reason.Key, tt.want, tt.margin, tt.reason)
		}
	}
}
