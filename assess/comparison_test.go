package assess_test

import (
	"slices"
	"testing"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/assess/quantity"
)

func TestComparison(t *testing.T) {
	base := testPack(t)
	row := func(f func(*assess.Snapshot, *assess.Indicator)) change {
		return func(_ *programme.Pack, s *assess.Snapshot) { f(s, &s.Indicators[0]) }
	}
	for name, tt := range map[string]struct {
		change   change
		level    quantity.Verdict // against the recommended standard
		overall  quantity.Verdict
		physical quantity.Verdict
		conforms bool
	}{
		"three separate results": {nil, quantity.Better, quantity.Better, quantity.Better, true},
		"a good product does not make a good standard": {row(func(s *assess.Snapshot, i *assess.Indicator) {
			i.Own.Limit, i.Lower = limit(t, "≤2"), "已明示。"
		}), quantity.Worse, quantity.Worse, quantity.Better, true},
		"a good standard does not make a good product": {row(func(s *assess.Snapshot, i *assess.Indicator) {
			i.Measured.Value = value(t, "0.7")
		}), quantity.Better, quantity.Better, quantity.Better, false},
		"a group standard does not count for the whole": {row(func(s *assess.Snapshot, i *assess.Indicator) {
			s.Standards = append(s.Standards, assess.Standard{ID: "group", Number: "T/SHILI 1-2025", Class: assess.ClassGroup})
			i.Comparators = append(i.Comparators, assess.Comparator{Standard: "group", Limit: limit(t, "≤0.1")})
		}), quantity.Better, quantity.Better, quantity.Better, true},
		"nothing counts beside a group standard": {row(func(s *assess.Snapshot, i *assess.Indicator) {
			s.Standards[1].Class, s.Standards[2].Class = assess.ClassGroup, assess.ClassLocal
		}), quantity.Better, quantity.Incomparable, quantity.Better, true},
		"no standard sets a limit": {row(func(s *assess.Snapshot, i *assess.Indicator) {
			i.Comparators[0].Limit, i.Comparators[1].Limit = quantity.Limit{}, quantity.Limit{}
		}), quantity.Incomparable, quantity.Gap, quantity.Incomparable, true},
	} {
		t.Run(name, func(t *testing.T) {
			p, s := made(t, base, example{}, tt.change)
			r := assess.Evaluate(p, *s).Indicators[0]
			if got := r.Level[0].Result.Verdict; got != tt.level {
				t.Errorf("level = %s, want %s", got, tt.level)
			}
			if got := r.Overall.Verdict; got != tt.overall {
				t.Errorf("overall = %s, want %s", got, tt.overall)
			}
			if got := r.Physical[0].Result.Verdict; got != tt.physical {
				t.Errorf("physical = %s, want %s", got, tt.physical)
			}
			if got := r.Conforms; !got.Known || got.Holds != tt.conforms {
				t.Errorf("conforms = %v", got)
			}
		})
	}
}

// The law knows no way out through another test method.
func TestMandatoryLimitBindsWhateverTheMethod(t *testing.T) {
	p, s := made(t, testPack(t), example{}, func(_ *programme.Pack, s *assess.Snapshot) {
		s.Indicators[0].Own.Limit, s.Indicators[0].Lower = limit(t, "≤4"), "已明示。"
		s.Indicators[0].Comparators[1].Methods = []string{"GB 9999"}
	})
	if got := broken(p, s, false); !slices.Contains(got, "MP-L01") {
		t.Errorf("broken rules: %v", got)
	}
}

func TestRowsKeepTheOrderOfTheTable(t *testing.T) {
	p, s := made(t, testPack(t), example{}, func(_ *programme.Pack, s *assess.Snapshot) {
		first := second(s, limit(t, "≤0.5"), "")
		first.ID, first.Order = "z", 0
		s.Indicators = append(s.Indicators, first)
	})
	if e := assess.Evaluate(p, *s); e.Indicators[0].Indicator != "z" || e.Indicators[1].Indicator != "i1" {
		t.Errorf("rows %s, %s", e.Indicators[0].Indicator, e.Indicators[1].Indicator)
	}
}
