package assess_test

import (
	"mingpin/assess"
	"mingpin/assess/programme"
)

type change = func(*programme.Pack, *assess.Snapshot)

// extra adds a further piece of evidence like the report, changed by f.
func extra(f func(*assess.Evidence)) change {
	return func(_ *programme.Pack, s *assess.Snapshot) {
		e := s.Evidence[0]
		e.ID, e.Digest, e.Title = "extra", "00000000000000000000000000000000000000000000000000000000000000ff", "另一份示例材料"
		f(&e)
		s.Evidence = append(s.Evidence, e)
	}
}

func evidenceExamples() []example {
	return []example{
		{
			rule: "MP-E01", fails: extra(func(e *assess.Evidence) { e.Expires = "2026-05-31" }),
			passes: extra(func(e *assess.Evidence) { e.Expires = today }),
		},
		{
			rule: "MP-E02", fails: extra(func(e *assess.Evidence) {
				e.Slots, e.Marks, e.Issued = []string{"test-report", "standard-text"}, []string{"CNAS"}, "2025-05-31"
			}),
			passes: extra(func(e *assess.Evidence) {
				e.Slots, e.Marks, e.Issued = []string{"test-report", "standard-text"}, []string{"CNAS"}, "2025-06-01"
			}),
		},
		{rule: "MP-E03", fails: extra(func(e *assess.Evidence) { e.Number = "" })},
		{rule: "MP-E04", fails: extra(func(e *assess.Evidence) { e.Size = 0 }), also: []string{"MP-E06"}},
		{rule: "MP-E05", fails: extra(func(e *assess.Evidence) {
			e.Digest = "0000000000000000000000000000000000000000000000000000000000000001"
		})},
		{rule: "MP-E06", fails: extra(func(e *assess.Evidence) { e.Slots = []string{"audit-report"} })},
		{
			rule: "MP-E07", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Evidence[3].Marks = []string{"IAF"} },
			passes: func(_ *programme.Pack, s *assess.Snapshot) { s.Evidence[3].Marks = []string{"cnas"} },
		},
		{
			rule: "MP-E08", fails: extra(func(e *assess.Evidence) { e.Issued = "2026-06-02" }),
			passes: extra(func(e *assess.Evidence) { e.Issued = today }),
		},
		{rule: "MP-E09", fails: extra(func(e *assess.Evidence) { e.Issued, e.Expires = "2026-03-01", "2026-02-28" }), also: []string{"MP-E01"}},
		{rule: "MP-E10", also: []string{"MP-E06"}, fails: extra(func(e *assess.Evidence) { e.Slots = []string{"unheard-of"} })},
		{
			rule: "MP-E11", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Findings[2].Statement = "" },
			passes: func(_ *programme.Pack, s *assess.Snapshot) {
				s.Findings[2].Statement, s.Findings[2].Evidence = "", []string{"standard"}
			},
		},
		{rule: "MP-E12", also: []string{"MP-E06"}, fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Findings[1].Evidence = nil }},
		{
			rule: "MP-E13", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Facts[0].Evidence = []string{"gone"} },
			passes: func(_ *programme.Pack, s *assess.Snapshot) { s.Facts[0].Evidence = []string{"licence"} },
		},
		{rule: "MP-E14", also: []string{"MP-E03"}, fails: extra(func(e *assess.Evidence) {
			e.Slots, e.Marks, e.Issued = []string{"test-report", "standard-text"}, []string{"CMA"}, ""
		})},
		{rule: "MP-E15", also: []string{"MP-E06"}, fails: extra(func(e *assess.Evidence) { e.Slots = []string{"licence"} })},
		{
			rule: "MP-E16", fails: extra(func(e *assess.Evidence) { e.Expires = "2026-11-30" }),
			passes: extra(func(e *assess.Evidence) { e.Expires = "2026-12-01" }),
		},
		{rule: "MP-E17", fails: extra(func(e *assess.Evidence) { e.Media = "application/zip" })},
		{rule: "MP-E18", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Evidence[1].Slots = []string{"business-licence"} }},
		{rule: "MP-E19", also: []string{"MP-E18"}, fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Evidence[0].Slots = []string{"standard-text"} }},
	}
}

// replaced replaces a parameter.
func replaced(parameter, value string) change {
	return func(_ *programme.Pack, s *assess.Snapshot) {
		s.Thresholds = []assess.Threshold{{Application: "a1", Parameter: parameter, Value: value, Why: "示例通知", By: "丁某", On: "2026-05-20"}}
	}
}

func declarationExamples() []example {
	finding := func(n int, f func(*assess.Finding)) change {
		return func(_ *programme.Pack, s *assess.Snapshot) { f(&s.Findings[n]) }
	}
	declared := func(f func(*assess.Declaration)) change {
		return func(_ *programme.Pack, s *assess.Snapshot) { f(&s.Declaration) }
	}
	return []example{
		{rule: "MP-D01", fails: declared(func(d *assess.Declaration) { d.Number = " " })},
		{rule: "MP-D02", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Client.Address = "" }},
		{
			rule: "MP-D03", fails: func(_ *programme.Pack, s *assess.Snapshot) {
				s.Application.Models, s.Indicators[0].Measured.Model = nil, ""
			},
			passes: func(_ *programme.Pack, s *assess.Snapshot) {
				s.Application.Models, s.Application.Object = nil, "service"
			},
		},
		{rule: "MP-D04", fails: func(p *programme.Pack, _ *assess.Snapshot) { p.Status = programme.Reference }},
		{rule: "MP-D05", fails: declared(func(d *assess.Declaration) { d.On = "2026-05-31" })},
		{rule: "MP-D06", fails: declared(func(d *assess.Declaration) { d.Place = "" })},
		{rule: "MP-D07", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Signers = s.Signers[:1] }},
		{rule: "MP-D08", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Signers[1].Title = "" }},
		{
			rule: "MP-D09", fails: declared(func(d *assess.Declaration) { d.ValidUntil = today }),
			passes: declared(func(d *assess.Declaration) { d.ValidUntil = "2026-06-02" }),
		},
		{
			rule: "MP-D10", fails: declared(func(d *assess.Declaration) { d.ValidUntil = "2029-06-02" }),
			passes: declared(func(d *assess.Declaration) { d.ValidUntil = "2029-06-01" }),
		},
		{
			rule: "MP-D11", fails: func(p *programme.Pack, _ *assess.Snapshot) { p.Effective.To = "2026-05-31" },
			passes: func(p *programme.Pack, _ *assess.Snapshot) { p.Effective.To = today },
		},
		{rule: "MP-D12", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Application.Track = "certification" }},
		{rule: "MP-D13", fails: finding(2, func(f *assess.Finding) { f.Rating, f.Statement = "", "" })},
		{
			rule: "MP-D14", fails: finding(0, func(f *assess.Finding) { f.Rating = "2" }),
			passes: finding(1, func(f *assess.Finding) { f.Rating = "2" }),
		},
		{rule: "MP-D15", fails: finding(3, func(f *assess.Finding) { f.Reason = "" })},
		{rule: "MP-D16", fails: finding(2, func(f *assess.Finding) { f.Rating = "6" })},
		{
			rule: "MP-D17", fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Application.Form = nil },
			passes: func(_ *programme.Pack, s *assess.Snapshot) { s.Client.Profile = "" },
		},
		{
			rule: "MP-D18", raw: true, fails: func(_ *programme.Pack, s *assess.Snapshot) { s.Client.Address = "成都市示例路2号" },
			passes: func(_ *programme.Pack, s *assess.Snapshot) { s.Findings[0].Comment = "内部批注不影响批准" },
		},
		{rule: "MP-D19", fails: func(_ *programme.Pack, s *assess.Snapshot) {
			s.Thresholds = []assess.Threshold{{Application: "a1", Parameter: "p-years", Value: "P5Y", Why: "本轮通知", By: "乙某", On: "2026-05-01"}}
		}},
		{rule: "MP-D20", fails: finding(0, func(f *assess.Finding) { f.Recheck = true })},
		{rule: "MP-D22", also: []string{"MP-D19"}, fails: replaced("p-gone", "5"), passes: replaced("p-years", "P5Y")},
		{rule: "MP-D22", also: []string{"MP-D19", "MP-V15"}, fails: replaced("p-years", "five"), passes: nil},
		{rule: "MP-D21", fails: finding(0, func(f *assess.Finding) { f.Statement = "" })},
	}
}

func humanExamples() []example {
	without := func(f func(*assess.Snapshot)) change { return func(_ *programme.Pack, s *assess.Snapshot) { f(s) } }
	noEvidence := without(func(s *assess.Snapshot) { s.Evidence = nil })
	return []example{
		{rule: "MP-H01", passes: noEvidence},
		{rule: "MP-H02", passes: without(func(s *assess.Snapshot) { s.Signers = nil })},
		{rule: "MP-H03", passes: without(func(s *assess.Snapshot) { s.Findings = nil })},
		{rule: "MP-H04", passes: without(func(s *assess.Snapshot) { s.Client.Name = "" })},
		{rule: "MP-H05", passes: noEvidence},
		{rule: "MP-H06", passes: without(func(s *assess.Snapshot) { s.Application.Brand = assess.TradeMark{} })},
		{rule: "MP-H07", passes: without(func(s *assess.Snapshot) { s.Indicators[0].Comparators = nil })},
		{rule: "MP-H08", passes: noEvidence},
		{rule: "MP-H09", passes: noEvidence},
		{rule: "MP-H10", passes: without(func(s *assess.Snapshot) { s.Indicators = nil })},
	}
}
