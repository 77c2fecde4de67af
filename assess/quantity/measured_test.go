package quantity_test

import (
	"slices"
	"testing"

	"mingpin/assess/quantity"
)

func TestCompareMeasured(t *testing.T) {
	lower := quantity.Indicator{Unit: "mg/kg", Direction: quantity.Lower}
	higher := quantity.Indicator{Unit: "mg/kg", Direction: quantity.Higher}
	rounded := quantity.Indicator{Unit: "mg/kg", Direction: quantity.Lower, Method: quantity.Rounded}
	between := quantity.Indicator{Unit: "mg/kg", Direction: quantity.Between}
	grades := quantity.Indicator{Grades: classes}
	for name, tt := range map[string]struct {
		ind                 quantity.Indicator
		measured, limit     string
		want                quantity.Verdict
		margin, improvement string
		reason              string
	}{
		"less than allowed":              {lower, "0.30", "≤0.50", quantity.Better, "0.20", "40.0", "verdict.beyond"},
		"just what is allowed":           {lower, "0.50", "≤0.5", quantity.Equal, "0.00", "0.0", "verdict.at_limit"},
		"more than allowed":              {lower, "0.60", "≤0.5", quantity.Worse, "-0.10", "-20.0", "verdict.fails"},
		"on an open end":                 {lower, "0.5", "<0.5", quantity.Worse, "0.0", "0.0", "verdict.fails"},
		"more than asked":                {higher, "6", "≥5", quantity.Better, "1", "20.0", "verdict.beyond"},
		"on the limit after rounding":    {rounded, "0.054", "≤0.05", quantity.Equal, "0.000", "0.0", "verdict.at_limit"},
		"above it as measured":           {lower, "0.054", "≤0.05", quantity.Worse, "-0.004", "-8.0", "verdict.fails"},
		"inside a range is no more":      {between, "1.0", "0.5~1.5", quantity.Equal, "0.5", "-", "verdict.inside"},
		"outside a range":                {between, "1.6", "0.5~1.5", quantity.Worse, "-0.1", "-", "verdict.fails"},
		"a bound where middle is best":   {between, "1.0", "≤1.5", quantity.Equal, "0.5", "33.3", "verdict.inside"},
		"limit on the good side":         {lower, "6", "≥5", quantity.Incomparable, "-", "-", "verdict.direction"},
		"not detected":                   {lower, "未检出(<0.01)", "≤0.05", quantity.Better, "0.04", "80.0", "verdict.beyond"},
		"not detected at the limit":      {lower, "未检出(<0.05)", "≤0.05", quantity.Better, "0.00", "0.0", "verdict.beyond"},
		"not detected, nobody knows how": {lower, "未检出", "≤0.05", quantity.Incomparable, "-", "-", "verdict.detection_missing"},
		"nothing where nothing may be":   {lower, "未检出", "不得检出", quantity.Equal, "-", "-", "verdict.not_detected"},
		"something where nothing may be": {lower, "0.1", "不得检出", quantity.Worse, "-", "-", "verdict.detected"},
		"in another unit":                {lower, "300 µg/kg", "≤0.50", quantity.Better, "0.2", "40.0", "verdict.beyond"},
		"of another dimension":           {lower, "3 mg/L", "≤0.50", quantity.Incomparable, "-", "-", "verdict.units"},
		"grade above":                    {grades, "特级", "二级", quantity.Better, "2", "-", "verdict.grade_better"},
		"grade below":                    {grades, "二级", "一级", quantity.Worse, "-1", "-", "verdict.grade_worse"},
		"有 where it is welcome":          {quantity.Indicator{Direction: quantity.Higher}, "有", "无", quantity.Better, "-", "-", "verdict.feature_better"},
		"degrees have no proportion":     {quantity.Indicator{Unit: "Cel", Direction: quantity.Lower}, "60", "≤80", quantity.Better, "20", "-", "verdict.beyond"},
		"peroxide in another unit":       {quantity.Indicator{Unit: "g/(100.g)", Direction: quantity.Lower, Quantity: quantity.PeroxideValue}, "0.125", "≤9.85 mmol/kg", quantity.Better, "0.125", "50.0", "verdict.beyond"},
		"nothing measured":               {lower, "", "≤1", quantity.Incomparable, "-", "-", "verdict.not_measured"},
		"no limit":                       {lower, "1", "—", quantity.Incomparable, "-", "-", "verdict.no_limit"},
		"words":                          {lower, "1", "无异味", quantity.Incomparable, "-", "-", "verdict.words"},
	} {
		side := quantity.Side{Limit: limit(t, tt.ind, tt.limit)}
		r := quantity.CompareMeasured(tt.ind, value(t, tt.ind, tt.measured), nil, side, nil)
		if r.Verdict != tt.want || optional(r.Margin) != tt.margin || optional(r.Improvement) != tt.improvement || r.Reason.Key != tt.reason {
			t.Errorf("%s: %s %s %s %s; want %s %s %s %s", name, r.Verdict, optional(r.Margin), optional(r.Improvement), r.Reason.Key,
				tt.want, tt.margin, tt.improvement, tt.reason)
		}
	}
}

func TestTestMethodsMustBeTheSame(t *testing.T) {
	recorded := func(a, b string) bool { return a == "GB 5009.229-2016" && b == "ISO 660:2020" }
	for name, tt := range map[string]struct {
		own, other []string
		key        string // of the reason; the note where it is one
	}{
		"the same":                    {[]string{"GB 5009.229-2016"}, []string{"GB 5009.229-2016"}, ""},
		"written otherwise":           {[]string{"GB5009.229—2016"}, []string{"ＧＢ ５００９．２２９－２０１６"}, ""},
		"one of several":              {[]string{"GB 1", "GB 2"}, []string{"GB 3", "GB 2"}, ""},
		"recorded as equivalent":      {[]string{"GB 5009.229-2016"}, []string{"ISO 660:2020"}, ""},
		"recorded the other way":      {[]string{"ISO 660:2020"}, []string{"GB 5009.229-2016"}, ""},
		"another edition":             {[]string{"GB 5009.229-2016"}, []string{"GB 5009.229-2025"}, "verdict.method_edition"},
		"with and without year":       {[]string{"GB 5009.229"}, []string{"GB 5009.229-2025"}, "verdict.method_edition"},
		"another standard":            {[]string{"GB 5009.229-2016"}, []string{"GB 5009.227-2016"}, "verdict.method"},
		"another way in the standard": {[]string{"GB 5009.229-2016 第一法"}, []string{"GB 5009.229-2016 第二法"}, "verdict.method"},
		"one names none":              {[]string{"GB 5009.229-2016"}, nil, "verdict.note.method_unstated"},
		"neither names one":           {nil, []string{" "}, "verdict.note.method_unstated"},
	} {
		ind := quantity.Indicator{Unit: "mg/kg", Direction: quantity.Lower}
		own := quantity.Side{Limit: limit(t, ind, "≤1"), TestMethods: tt.own}
		other := quantity.Side{Limit: limit(t, ind, "≤2"), TestMethods: tt.other}
		for _, r := range []quantity.Result{
			quantity.CompareLimits(ind, own, other, recorded),
			quantity.CompareMeasured(ind, value(t, ind, "1"), tt.own, other, recorded),
		} {
			noted := slices.Contains(r.Reason.Notes, tt.key)
			apart := r.Verdict == quantity.Incomparable && r.Reason.Key == tt.key
			if compared := r.Verdict == quantity.Better && (noted || tt.key == "" && len(r.Reason.Notes) == 0); !compared && !apart {
				t.Errorf("%s: %+v", name, r)
			}
		}
	}
}

func TestOverall(t *testing.T) {
	ind := quantity.Indicator{Unit: "mg/kg", Direction: quantity.Lower}
	for name, tt := range map[string]struct {
		own         string
		others      []string
		want        quantity.Verdict
		improvement string
		reason      string
	}{
		"nobody else limits it":           {"≤1", []string{"—", "", "/"}, quantity.Gap, "-", "verdict.gap"},
		"one does, so it is no gap":       {"≤1", []string{"—", "≤2"}, quantity.Better, "50.0", "verdict.overall_better"},
		"better than each, by the least":  {"≤1", []string{"≤4", "≤2", "≤10"}, quantity.Better, "50.0", "verdict.overall_better"},
		"equal to one of them":            {"≤1", []string{"≤2", "≤1"}, quantity.Equal, "0.0", "verdict.overall_equal"},
		"worse than one of them":          {"≤1", []string{"≤2", "≤0.5", "≤0.8"}, quantity.Worse, "-100.0", "verdict.overall_worse"},
		"one cannot be compared":          {"≤1", []string{"≤2", "无异味"}, quantity.Incomparable, "-", "verdict.overall_incomparable"},
		"worse is known all the same":     {"≤1", []string{"无异味", "≤0.5"}, quantity.Worse, "-100.0", "verdict.overall_worse"},
		"words alone are no gap":          {"≤1", []string{"无异味"}, quantity.Incomparable, "-", "verdict.overall_incomparable"},
		"no own limit, none elsewhere":    {"—", []string{"—", "—"}, quantity.Incomparable, "-", "verdict.neither_limit"},
		"no own limit, one elsewhere":     {"—", []string{"≤2"}, quantity.Worse, "-", "verdict.overall_worse"},
		"no own limit, one of two has it": {"—", []string{"—", "≤2"}, quantity.Worse, "-", "verdict.overall_worse"},
		"nothing was compared with":       {"≤1", nil, quantity.Incomparable, "-", "verdict.no_comparators"},
	} {
		var results []quantity.Result
		for _, other := range tt.others {
			results = append(results, quantity.CompareLimits(ind, quantity.Side{Limit: limit(t, ind, tt.own)}, quantity.Side{Limit: limit(t, ind, other)}, nil))
		}
		r := quantity.Overall(results)
		if r.Verdict != tt.want || optional(r.Improvement) != tt.improvement || r.Reason.Key != tt.reason {
			t.Errorf("%s: %s %s %s; want %s %s %s", name, r.Verdict, optional(r.Improvement), r.Reason.Key, tt.want, tt.improvement, tt.reason)
		}
	}
}
