package assess_test

import (
	"slices"
	"strings"
	"testing"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/assess/quantity"
)

func lawExamples(t testing.TB) []example {
	return []example{
		{rule: "MP-L01", also: []string{"MP-T02"}, fails: func(_ *programme.Pack, s *assess.Snapshot) {
			s.Indicators[0].Own.Limit, s.Indicators[0].Lower, s.Indicators[0].Claim = limit(t, "≤4"), "低于推荐性标准,已在平台明示。", quantity.Worse
		}},
		{rule: "MP-L02", also: []string{"MP-T02"}, fails: func(_ *programme.Pack, s *assess.Snapshot) {
			s.Indicators[0].Own.Limit, s.Indicators[0].Claim = limit(t, "≤2"), quantity.Worse
		}, passes: func(_ *programme.Pack, s *assess.Snapshot) {
			s.Indicators[0].Own.Limit, s.Indicators[0].Lower = limit(t, "≤2"), "低于推荐性标准,已在平台明示。"
		}},
		{rule: "MP-L03", also: []string{"MP-T02"}, fails: func(_ *programme.Pack, s *assess.Snapshot) {
			s.Indicators[0].Own.Limit, s.Indicators[0].Claim = quantity.Limit{}, ""
		}},
		{rule: "MP-L04", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Indicators[0].Own.Methods = nil }},
		{rule: "MP-L05", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Standards[0].Status = assess.StatusWithdrawn }},
		{
			rule: "MP-L06", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Standards[0].From = "2026-06-02" },
			passes: func(_ *programme.Pack, s *assess.Snapshot) { s.Standards[0].From = today },
		},
		{rule: "MP-L07", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Application.Standard = "" }},
		{rule: "MP-L08", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Standards[0].Published.Platform = "" }},
		{
			rule: "MP-L09", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Indicators[0].Measured.Value = value(t, "0.51") },
			passes: func(_ *programme.Pack, s *assess.Snapshot) { s.Indicators[0].Measured.Value = value(t, "0.50") },
		},
		{rule: "MP-L10", also: []string{"MP-L09"}, fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Indicators[0].Measured.Value = value(t, "3.1") }},
		{rule: "MP-L11", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Standards[0].StatusOn = "" }},
		{
			rule: "MP-L12", fails: func(_ *programme.Pack, s *assess.Snapshot) {
				s.Application.Description = "国内唯一、销量第一的菜籽油。"
			},
			passes: func(_ *programme.Pack, s *assess.Snapshot) {
				s.Findings[0].Statement = "销量第一,见所附证明。"
			},
		},
		{rule: "MP-L13", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Client.Profile = "拥有中国驰名商标。" }},
	}
}

func tableExamples(t testing.TB) []example {
	return []example{
		{rule: "MP-T01", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Indicators = nil }},
		{rule: "MP-T02", fails: func(_ *programme.Pack, s *assess.Snapshot) {
			s.Indicators[0].Own.Limit, s.Indicators[0].Claim, s.Indicators[0].Measured.Value = limit(t, "≤1.0"), quantity.Equal, value(t, "1.0")
		}},
		{rule: "MP-T03", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Standards[1].Status = assess.StatusReplaced }},
		{
			rule: "MP-T04", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Standards[1].Number = "GB/T 0001-2016" },
			passes: func(_ *programme.Pack, s *assess.Snapshot) {
				s.Standards[1].Number, s.Standards[1].Reviewed = "GB/T 0001-2016", "2022-01-01"
			},
		},
		{rule: "MP-T05", also: []string{"MP-T02"}, fails: func(_ *programme.Pack, s *assess.Snapshot) {
			s.Indicators[0].Comparators[0].Limit.Unit, s.Indicators[0].Claim = "Cel", quantity.Incomparable
		}},
		{rule: "MP-T06", also: []string{"MP-T02"}, fails: func(_ *programme.Pack, s *assess.Snapshot) {
			s.Indicators[0].Comparators[0].Methods, s.Indicators[0].Claim = []string{"GB/T 9999"}, ""
		}, passes: func(_ *programme.Pack, s *assess.Snapshot) {
			s.Indicators[0].Comparators[0].Methods = []string{"GB/T 9999"}
			s.Indicators[0].Equivalents = []assess.Equivalence{{A: "GB/T 9999", B: "GB 5009.229", Source: "示例比对报告"}}
		}},
		{rule: "MP-T07", fails: func(_ *programme.Pack, s *assess.Snapshot) {
			s.Evidence[3].Issued, s.Indicators[0].Measured.On = "2025-08-31", "2025-08-01"
		}, passes: func(_ *programme.Pack, s *assess.Snapshot) {
			s.Evidence[3].Issued, s.Indicators[0].Measured.On = "2025-09-01", "2025-08-01"
		}},
		{
			rule: "MP-T08", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Indicators[0].Claim = quantity.Gap },
			passes: func(_ *programme.Pack, s *assess.Snapshot) {
				s.Indicators[0].Claim = quantity.Gap
				for n := range s.Indicators[0].Comparators {
					s.Indicators[0].Comparators[n].Limit = quantity.Limit{}
				}
			},
		},
		{
			rule: "MP-T09", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Standards[0].From = "2026-03-02" },
			passes: func(_ *programme.Pack, s *assess.Snapshot) { s.Standards[0].From = "2026-03-01" },
		},
		{rule: "MP-T10", fails: func(_ *programme.Pack, s *assess.Snapshot) {
			s.Indicators = append(s.Indicators, second(s, limit(t, "≤1.0"), quantity.Better))
		}, passes: func(_ *programme.Pack, s *assess.Snapshot) {
			s.Indicators = append(s.Indicators, second(s, limit(t, "≤1.0"), quantity.Equal))
		}, also: []string{"MP-T18"}},
	}
}

func rowExamples(t testing.TB) []example {
	return []example{
		{rule: "MP-T11", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Indicators[0].Measured = assess.Measurement{} }},
		{rule: "MP-T12", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Indicators[0].Measured.Report = "" }},
		{rule: "MP-T13", fails: func(_ *programme.Pack, s *assess.Snapshot) {
			s.Indicators[0].Measured.Methods = []string{"SN/T 0000"}
		}},
		{rule: "MP-T14", also: []string{"MP-T02"}, fails: func(_ *programme.Pack, s *assess.Snapshot) {
			s.Indicators[0].Comparators, s.Indicators[0].Claim = nil, ""
		}},
		{rule: "MP-T15", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Indicators[0].Comparators[1].Standard = "gone" }},
		{rule: "MP-T16", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Indicators[0].Comparators[0].Unverified = true }},
		{
			rule: "MP-T17", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Standards[1].StatusOn = "2025-05-31" },
			passes: func(_ *programme.Pack, s *assess.Snapshot) { s.Standards[1].StatusOn = today },
		},
		{rule: "MP-T18", fails: func(_ *programme.Pack, s *assess.Snapshot) {
			s.Indicators = append(s.Indicators, second(s, limit(t, "≤1.0"), quantity.Equal))
		}},
		{rule: "MP-T19", fails: func(_ *programme.Pack, s *assess.Snapshot) {
			s.Indicators = append(s.Indicators, second(s, quantity.Limit{}, ""))
			s.Indicators[1].Lower = "本企业标准未设此项,已明示。"
		}},
		{
			rule: "MP-T20", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Indicators[0].Measured.Report = "audit" },
			passes: survey("service"),
		},
		{rule: "MP-T20", fails: survey("product")},
	}
}

// survey measures the first row by a survey of satisfaction.
func survey(object string) change {
	return func(p *programme.Pack, s *assess.Snapshot) {
		p.Slots = append(slices.Clone(p.Slots), programme.Slot{ID: "satisfaction-report"})
		s.Application.Object = object
		e := s.Evidence[3]
		e.ID, e.Digest, e.Slots = "survey", strings.Repeat("a", 64), []string{"satisfaction-report"}
		s.Evidence = append(s.Evidence, e)
		s.Indicators[0].Measured.Report = "survey"
	}
}

// second is another row of the table with its own limit and claim.
func second(s *assess.Snapshot, own quantity.Limit, claim quantity.Verdict) assess.Indicator {
	row := s.Indicators[0]
	row.ID, row.Order, row.Name, row.Claim = "i2", 2, "过氧化值", claim
	row.Own.Limit = own
	return row
}
