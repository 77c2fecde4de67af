package assess_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/assess"
)

func TestEntitiesFitThePack(t *testing.T) {
	p := testPack(t)
	app := func(f func(*assess.Application)) assess.Application {
		a := good(t, p).Application
		f(&a)
		return a
	}
	for name, tt := range map[string]struct {
		entity assess.Entity
		want   []string
	}{
		"an application":                 {app(func(*assess.Application) {}), nil},
		"another programme and version":  {app(func(a *assess.Application) { a.Programme, a.Version = "other", "9" }), []string{"fit_programme application/a1/programme", "fit_version application/a1/version"}},
		"an unknown track":               {app(func(a *assess.Application) { a.Track = "lottery" }), []string{"fit_track application/a1/track"}},
		"no object":                      {app(func(a *assess.Application) { a.Object = "" }), []string{"fit_object application/a1/object"}},
		"a rating":                       {assess.Finding{Application: "a1", Requirement: "r-report", Rating: "4"}, nil},
		"no level of the scale":          {assess.Finding{Application: "a1", Requirement: "r-report", Rating: "6"}, []string{"fit_rating finding/a1/r-report/rating"}},
		"an unknown requirement":         {assess.Finding{Application: "a1", Requirement: "r-old", Rating: "4"}, []string{"fit_requirement finding/a1/r-old/requirement"}},
		"an accepted reason":             {assess.Finding{Application: "a1", Requirement: "r-leader", NotApplicable: "na-none"}, nil},
		"another reason":                 {assess.Finding{Application: "a1", Requirement: "r-leader", NotApplicable: "na-lazy"}, []string{"fit_reason finding/a1/r-leader/notApplicable"}},
		"what may not be left out":       {assess.Finding{Application: "a1", Requirement: "r-report", NotApplicable: "na-none"}, []string{"fit_no_reason finding/a1/r-report/notApplicable"}},
		"an attested gate":               {assess.Attestation{Application: "a1", Gate: "g-truth"}, nil},
		"an unknown gate":                {assess.Attestation{Application: "a1", Gate: "g-old"}, []string{"fit_gate attestation/a1/g-old/gate"}},
		"a gate that facts decide":       {assess.Attestation{Application: "a1", Gate: "g-mark"}, []string{"fit_computed attestation/a1/g-mark/gate"}},
		"a length of time":               {assess.Threshold{Application: "a1", Parameter: "p-years", Value: "P5Y"}, nil},
		"a number for a length of time":  {assess.Threshold{Application: "a1", Parameter: "p-years", Value: "5"}, []string{"fit_period threshold/a1/p-years/value"}},
		"an unknown parameter":           {assess.Threshold{Application: "a1", Parameter: "p-old", Value: "5"}, []string{"fit_parameter threshold/a1/p-old/parameter"}},
		"the legal representative":       {assess.Signer{Application: "a1", Role: assess.RoleLegal}, nil},
		"somebody who does not sign":     {assess.Signer{Application: "a1", Role: "boss"}, []string{"fit_role signer/a1/boss/role"}},
		"kinds of evidence, one unknown": {assess.Evidence{ID: "e", Slots: []string{"test-report", "poem"}}, []string{"fit_slot evidence/e/slots"}},
		"a fact of the pack":             {assess.Fact{ID: "f", Concept: "operating.since", Value: "gestern"}, []string{"fact_date fact/f/value"}},
		"a fact of other programmes":     {assess.Fact{ID: "f", Concept: "unheard-of", Value: "x"}, nil},
		"what no pack says anything of":  {assess.Action{ID: "x", Application: "a1"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, faultsIn(assess.Fits(p, tt.entity))); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFitsOfNumbers(t *testing.T) {
	p := shippedPack(t, "tianfu-mingpin/2025.12")
	for value, fits := range map[string]bool{"60": true, "60.5": true, "sixty": false, "P3Y": false} {
		err := assess.Fits(p, assess.Threshold{Application: "a1", Parameter: "p-domestic-content", Value: value})
		if (err == nil) != fits {
			t.Errorf("%s: %v", value, err)
		}
	}
}

func TestLevelsAreNamedInTheReadersLanguage(t *testing.T) {
	p := shippedPack(t, "tianfu-mingpin/2025.12")
	err := assess.Fits(p, assess.Finding{Application: "a1", Requirement: "r-kpi-table", Rating: "9"})
	var f *assess.Fault
	if !errors.As(err, &f) {
		t.Fatal(err)
	}
	want := "0 0级 未开展；1 1级 起步；2 2级 部分开展；3 3级 达到要求；4 4级 有成效；5 5级 标杆"
	if f.Args["Levels"] != want {
		t.Errorf("levels = %q", f.Args["Levels"])
	}
	for lang, text := range texts(t) {
		levels := assess.Readable(p, text, f.Args)["Levels"]
		if (levels == want) != (lang == "zh-CN") {
			t.Errorf("%s: levels = %q", lang, levels)
		}
	}
}
