package assess_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/assess"
	"mingpin/assess/quantity"
)

func TestCreditCode(t *testing.T) {
	for name, tt := range map[string]struct {
		code string
		key  string
		at   string // position or length the fault names
	}{
		"a valid code":                     {"91510100MA6EXAMP0J", "", ""},
		"another valid code":               {"91510182MA6XHL8Y0T", "", ""},
		"one character short":              {"91510100MA6EXAMP0", "fault.code_length", "17"},
		"one character too many":           {"91510100MA6EXAMP0JJ", "fault.code_length", "19"},
		"nothing":                          {"", "fault.code_length", "0"},
		"full-width digits count as one":   {"９1510100MA6EXAMP0J", "fault.code_char", "1"},
		"the letter O for a zero":          {"91510100MA6EXAMPOJ", "fault.code_char", "17"},
		"the letter I":                     {"9151010IMA6EXAMP0J", "fault.code_char", "8"},
		"the letters S, V and Z":           {"91510100MA6EXAMPSJ", "fault.code_char", "17"},
		"a small letter":                   {"91510100ma6EXAMP0J", "fault.code_char", "9"},
		"a wrong check digit":              {"91510100MA6EXAMP0K", "fault.code_check", ""},
		"two neighbouring characters swap": {"91510100AM6EXAMP0J", "fault.code_check", ""},
		"one mistyped character":           {"91510100MA7EXAMP0J", "fault.code_check", ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := assess.CheckCreditCode(tt.code)
			var f *assess.Fault
			if !errors.As(err, &f) {
				if tt.key != "" || err != nil {
					t.Errorf("error = %v, want %s", err, tt.key)
				}
				return
			}
			if at := f.Args["Position"] + f.Args["Length"]; f.Key != tt.key || at != tt.at {
				t.Errorf("fault %s at %q, want %s at %q", f.Key, at, tt.key, tt.at)
			}
		})
	}
}

// Every single wrong character and every swap of two unlike neighbours is
// found: that is what the check digit is for.
func TestCreditCodeFindsEverySlip(t *testing.T) {
	const code, alphabet = "91510100MA6EXAMP0J", "0123456789ABCDEFGHJKLMNPQRTUWXY"
	for i := range len(code) {
		for _, c := range alphabet {
			if wrong := code[:i] + string(c) + code[i+1:]; wrong != code && assess.CheckCreditCode(wrong) == nil {
				t.Errorf("%s passes", wrong)
			}
		}
		if i+1 < len(code) && code[i] != code[i+1] {
			if wrong := code[:i] + string(code[i+1]) + string(code[i]) + code[i+2:]; assess.CheckCreditCode(wrong) == nil {
				t.Errorf("%s passes", wrong)
			}
		}
	}
}

// faultsIn are the keys and fields of all faults joined in err.
func faultsIn(err error) []string {
	var out []string
	var walk func(error)
	walk = func(err error) {
		if joined, ok := err.(interface{ Unwrap() []error }); ok {
			for _, e := range joined.Unwrap() {
				walk(e)
			}
			return
		}
		var f *assess.Fault
		if errors.As(err, &f) {
			out = append(out, strings.TrimPrefix(f.Key, "fault.")+" "+f.Args["Field"])
		}
	}
	walk(err)
	return out
}

func TestEntitiesCheckThemselves(t *testing.T) {
	one := quantity.FromInt(1)
	for name, tt := range map[string]struct {
		entity assess.Entity
		want   []string
	}{
		"a client with nothing":         {assess.Client{}, []string{"bad_id client//id", "required client//name"}},
		"a client with a wrong code":    {assess.Client{ID: "c", Name: "示例", Code: "9151"}, []string{"code_length client/c/code"}},
		"a client of no region":         {assess.Client{ID: "c", Name: "示例", Region: "990000"}, []string{"bad_region client/c/region"}},
		"a county without prefecture":   {assess.Client{ID: "c", Name: "示例", Region: "510012"}, []string{"bad_region client/c/region"}},
		"a province":                    {assess.Client{ID: "c", Name: "示例", Region: "510000"}, nil},
		"several faults at once":        {assess.Client{ID: "c", Name: "示\x00例", Founded: "2010-02-30", Scale: "huge", Employees: "many"}, []string{"control_character client/c/name", "unknown_word client/c/scale", "bad_date client/c/founded", "not_count client/c/employees"}},
		"a name without end":            {assess.Client{ID: "c", Name: strings.Repeat("长", 301)}, []string{"too_long client/c/name"}},
		"a subject below itself":        {assess.Subject{ID: "s", Class: "site", Name: "一厂", Parent: "s"}, []string{"own_parent subject/s/parent"}},
		"a subject of no class":         {assess.Subject{ID: "s", Name: "一厂"}, []string{"unknown_word subject/s/class"}},
		"a fact":                        {assess.Fact{ID: "f", Concept: "revenue", Year: 2025, Value: "1"}, nil},
		"none with a value":             {assess.Fact{ID: "f", Concept: "x", None: true, Value: "1"}, []string{"none_with_value fact/f/value", "none_without_period fact/f/period.from"}},
		"a period that runs backwards":  {assess.Fact{ID: "f", Concept: "x", Period: assess.Span{From: "2026-01-02", To: "2026-01-01"}}, []string{"date_order fact/f/period.to"}},
		"a year out of time":            {assess.Fact{ID: "f", Concept: "x", Year: 20}, []string{"bad_year fact/f/year"}},
		"evidence twice":                {assess.Fact{ID: "f", Concept: "x", Evidence: []string{"e", "e"}}, []string{"twice fact/f/evidence"}},
		"a standard without number":     {assess.Standard{ID: "s", Class: "mandatory"}, []string{"required standard/s/number"}},
		"an unknown status":             {assess.Standard{ID: "s", Number: "GB 1", Class: "mandatory", Status: "alive"}, []string{"unknown_word standard/s/status"}},
		"an application":                {assess.Application{ID: "a", Programme: "p", Version: "1"}, nil},
		"licences neither yes nor no":   {assess.Application{ID: "a", Programme: "p", Version: "1", Licences: "maybe"}, []string{"unknown_word application/a/licences"}},
		"a form field with odd id":      {assess.Application{ID: "a", Programme: "p", Version: "1", Form: map[string]string{"a b": "x"}}, []string{"bad_id application/a/form.a b"}},
		"an attestation by nobody":      {assess.Attestation{Application: "a", Gate: "g", On: "2026-01-01"}, []string{"required attestation/a/g/by"}},
		"a threshold without reason":    {assess.Threshold{Application: "a", Parameter: "p", Value: "1", By: "x", On: "2026-01-01"}, []string{"required threshold/a/p/why"}},
		"rated and left out":            {assess.Finding{Application: "a", Requirement: "r", Rating: "1", NotApplicable: "na"}, []string{"rated_and_not_applicable finding/a/r/rating"}},
		"evidence with a short digest":  {assess.Evidence{ID: "e", Digest: "ab", Name: "x.pdf"}, []string{"bad_digest evidence/e/digest"}},
		"evidence of negative size":     {assess.Evidence{ID: "e", Digest: strings.Repeat("a", 64), Name: "x.pdf", Size: -1}, []string{"bad_size evidence/e/size"}},
		"an incomplete limit":           {assess.Indicator{ID: "i", Application: "a", Name: "x", Own: assess.OwnLimit{Limit: quantity.Limit{Kind: quantity.GE}}}, []string{"limit_incomplete indicator/i/own.limit"}},
		"a unit nobody knows":           {assess.Indicator{ID: "i", Application: "a", Name: "x", Own: assess.OwnLimit{Limit: quantity.Limit{Kind: quantity.GE, Low: &one, Unit: "furlong"}}}, []string{"unit.unknown indicator/i/own.limit.unit"}},
		"one comparator twice":          {assess.Indicator{ID: "i", Application: "a", Name: "x", Comparators: []assess.Comparator{{Standard: "s"}, {Standard: "s"}}}, []string{"twice indicator/i/comparators.1.standard"}},
		"an equivalence without basis":  {assess.Indicator{ID: "i", Application: "a", Name: "x", Equivalents: []assess.Equivalence{{A: "x", B: "y"}}}, []string{"required indicator/i/equivalents.0.source"}},
		"a verdict of our own making":   {assess.Indicator{ID: "i", Application: "a", Name: "x", Claim: "superb"}, []string{"unknown_word indicator/i/claim"}},
		"an action that costs words":    {assess.Action{ID: "x", Application: "a", Target: "r", Text: "改", Cost: "1,000"}, []string{"not_amount action/x/cost"}},
		"a review of no step":           {assess.Review{ID: "v", Application: "a", By: "x", On: "2026-01-01", Digest: strings.Repeat("a", 64)}, []string{"unknown_word review/v/step"}},
		"a signer without name":         {assess.Signer{Application: "a", Role: "legal-representative"}, []string{"required signer/a/legal-representative/name"}},
		"a declaration that ends first": {assess.Declaration{Application: "a", On: "2026-01-02", ValidUntil: "2026-01-01"}, []string{"date_order declaration/a/validUntil"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, faultsIn(tt.entity.Check())); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}
