package quantity_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/assess/quantity"
)

func FuzzParseDecimal(f *testing.F) {
	for _, s := range []string{"0.30", "-5", "1,234.5", "1.2e3", "１２．５", "", ".", "+0", "00.10", "9999999999999999999999999999999999999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := quantity.ParseDecimal(s)
		if err != nil {
			return
		}
		back, err := quantity.ParseDecimal(d.String())
		if err != nil || back != d {
			t.Fatalf("%q reads as %s, which reads as %s, %v", s, d, back, err)
		}
		if d.Sub(d).Sign() != 0 || d.Neg().Neg() != d || d.Round(d.Places()) != d {
			t.Fatalf("%s is at odds with itself", d)
		}
	})
}

func FuzzParseLimit(f *testing.F) {
	for _, s := range limitSamples {
		f.Add(s, "mm")
	}
	for _, r := range readRows(f) {
		f.Add(r.own, string(r.ind.Unit))
	}
	f.Add("(10±5)%", "%")
	f.Add("≥0.5且≤1.5", "")
	f.Fuzz(func(t *testing.T, s, unit string) {
		u, err := quantity.ParseUnit(unit)
		if err != nil {
			return
		}
		l, err := quantity.ParseLimit(s, u, classes[:1])
		if err != nil {
			return
		}
		if !l.Whole() {
			t.Fatalf("%q reads as %+v, which is not whole", s, l)
		}
		ind := quantity.Indicator{Unit: u, Grades: classes}
		if l.Unit != "" {
			ind.Unit = l.Unit
		}
		if r := against(ind, l, l); !l.IsZero() && l.Kind != quantity.Words && r.Verdict != quantity.Equal {
			t.Fatalf("%q against itself: %+v", s, r)
		}
		back, err := quantity.ParseLimit(l.String(), u, classes[:1])
		if err != nil || !cmp.Equal(l, back) {
			t.Fatalf("%q prints as %q, which reads as %+v, %v", s, l, back, err)
		}
	})
}

func FuzzParseValue(f *testing.F) {
	for _, s := range []string{"0.31", "未检出", "未检出(<0.01)", "<0.01", "一级", "有", "0.005(检出限0.01)", "300 µg/kg", "未检出(<0.01 g/100g)", "5±1", "ND"} {
		f.Add(s, "mg/kg")
	}
	f.Fuzz(func(t *testing.T, s, unit string) {
		u, err := quantity.ParseUnit(unit)
		if err != nil {
			return
		}
		v, err := quantity.ParseValue(s, u, nil)
		if err != nil {
			return
		}
		zero := quantity.FromInt(0)
		quantity.Conforms(quantity.Indicator{Unit: u}, v, quantity.Limit{Kind: quantity.LE, High: &zero})
		back, err := quantity.ParseValue(v.String(), u, nil)
		if err != nil || !cmp.Equal(v, back) {
			t.Fatalf("%q prints as %q, which reads as %+v, %v", s, v, back, err)
		}
	})
}
