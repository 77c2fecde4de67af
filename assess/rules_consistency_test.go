package assess_test

import (
	"slices"

	"mingpin/assess"
	"mingpin/assess/programme"
)

func consistencyExamples() []example {
	snapshot := func(f func(*assess.Snapshot)) change { return func(_ *programme.Pack, s *assess.Snapshot) { f(s) } }
	return []example{
		{
			rule: "MP-C01", fails: extra(func(e *assess.Evidence) { e.Holder = "另一示例公司" }),
			passes: extra(func(e *assess.Evidence) { e.Holder = "示例粮油 有限公司" }),
		},
		{rule: "MP-C02", fails: extra(func(e *assess.Evidence) { e.HolderCode = "91510100MA6EXAMP08" })},
		{rule: "MP-C03", also: []string{"MP-C02"}, fails: snapshot(func(s *assess.Snapshot) { s.Client.Code = "91510100MA6EXAMP0K" })},
		{
			rule: "MP-C04", fails: snapshot(func(s *assess.Snapshot) { s.Evidence[3].Product = "示例大豆油" }),
			passes: snapshot(func(s *assess.Snapshot) { s.Evidence[3].Product = "示例菜籽油(一级)" }),
		},
		{
			rule: "MP-C05", fails: snapshot(func(s *assess.Snapshot) { s.Application.Models = []string{"5L", "10L"} }),
			passes: snapshot(func(s *assess.Snapshot) {
				s.Application.Models, s.Evidence[3].Models = []string{"5L", "10L"}, []string{"5l", "10L"}
			}),
		},
		{rule: "MP-C06", fails: snapshot(func(s *assess.Snapshot) { s.Application.Brand.Holder = "另一示例公司" })},
		{rule: "MP-C07", fails: snapshot(func(s *assess.Snapshot) { s.Application.Brand.Goods = "酱油；醋" })},
		{rule: "MP-C08", fails: snapshot(func(s *assess.Snapshot) { s.Signers[0].Name = "己某" })},
		{rule: "MP-C09", raw: true, fails: snapshot(func(s *assess.Snapshot) { s.Reviews[1].By = "乙某" })},
		{rule: "MP-C10", raw: true, fails: snapshot(func(s *assess.Snapshot) { s.Reviews[2].By = s.Reviews[0].By })},
		{rule: "MP-C11", fails: snapshot(func(s *assess.Snapshot) { s.Standards[0].Number = "QSLY1" })},
		{rule: "MP-C12", fails: snapshot(func(s *assess.Snapshot) { s.Indicators[0].Own.Standard = "gb" })},
		{rule: "MP-C13", fails: snapshot(func(s *assess.Snapshot) {
			row := s.Indicators[0]
			row.ID, row.Order = "i2", 2
			s.Indicators = append(s.Indicators, row)
		})},
		{
			rule: "MP-C14", raw: true, fails: snapshot(func(s *assess.Snapshot) { s.Reviews[2].On = "2026-06-02" }),
			passes: snapshot(func(s *assess.Snapshot) { s.Reviews[2].On = today }),
		},
		{rule: "MP-C15", fails: snapshot(func(s *assess.Snapshot) { s.Application.LaunchedOn = "2009-01-01" })},
		{
			rule: "MP-C16", fails: snapshot(func(s *assess.Snapshot) { s.Indicators[0].Measured.On = "2026-03-02" }),
			passes: snapshot(func(s *assess.Snapshot) { s.Indicators[0].Measured.On = "2026-03-01" }),
		},
		{rule: "MP-C17", fails: snapshot(func(s *assess.Snapshot) { s.Indicators[0].Measured.Model = "10L" })},
		{rule: "MP-C18", fails: snapshot(func(s *assess.Snapshot) {
			s.Facts = append(s.Facts, assess.Fact{ID: "twice", Concept: "revenue", Year: 2025, Value: "101", Unit: "万元"})
		})},
		{
			rule: "MP-C18", also: []string{"MP-V04"}, fails: snapshot(func(s *assess.Snapshot) {
				s.Facts = append(s.Facts, assess.Fact{ID: "event", Concept: "incident-major", Value: "2024-01-01"})
			}),
			passes: snapshot(func(s *assess.Snapshot) {
				s.Facts = append(s.Facts, assess.Fact{ID: "event", Concept: "incident-major", Value: "2010-02-28"})
			}),
		},
		{rule: "MP-C19", fails: snapshot(func(s *assess.Snapshot) {
			s.Facts = append(s.Facts, assess.Fact{ID: "odd", Concept: "sampling-failed", Subject: "oil"})
		}), also: []string{"MP-V15"}},
		{rule: "MP-C19", fails: snapshot(func(s *assess.Snapshot) {
			s.Facts = append(s.Facts, assess.Fact{ID: "odd", Concept: "revenue", Year: 2019, Value: "约一百", Unit: "万元"})
		})},
		{rule: "MP-C20", fails: snapshot(func(s *assess.Snapshot) {
			s.Facts = append(s.Facts, assess.Fact{ID: "later", Concept: "revenue", Year: 2019, Value: "90", Unit: "万元", Pending: true})
		})},
		{rule: "MP-C21", fails: snapshot(func(s *assess.Snapshot) { s.Application.Places = []string{"gone"} })},
		{rule: "MP-C22", fails: snapshot(func(s *assess.Snapshot) { s.Signers[1].Name = "庚某" })},
		{rule: "MP-C23", fails: snapshot(func(s *assess.Snapshot) { s.Pack.Digest = "00" })},
		{rule: "MP-C24", fails: snapshot(func(s *assess.Snapshot) { s.Client.Region = "500000"; s.Facts = append(s.Facts, inProvince()) })},
		{rule: "MP-C25", fails: snapshot(func(s *assess.Snapshot) {
			s.Findings = append(s.Findings, assess.Finding{Application: "a1", Requirement: "r-old", Rating: "3"})
		})},
		{rule: "MP-C25", fails: snapshot(func(s *assess.Snapshot) {
			s.Evidence[0].Slots = append(s.Evidence[0].Slots, "slot-old")
		})},
		{rule: "MP-C25", fails: snapshot(func(s *assess.Snapshot) {
			s.Signers = append(s.Signers, assess.Signer{Application: "a1", Role: "boss", Name: "辛某", Title: "经理"})
		})},
		{rule: "MP-C26", fails: snapshot(func(s *assess.Snapshot) { s.Application.Brand.Expires = "2031-01-01" })},
	}
}

func inProvince() assess.Fact {
	return assess.Fact{ID: "place", Concept: "province.site", Value: "true"}
}

// fact replaces the fact of the id.
func fact(id string, f func(*assess.Fact)) change {
	return func(_ *programme.Pack, s *assess.Snapshot) {
		n := slices.IndexFunc(s.Facts, func(x assess.Fact) bool { return x.ID == id })
		f(&s.Facts[n])
	}
}

// happened adds an event on a date; that there was none is said from the day
// after only.
func happened(concept string, on assess.Date) change {
	return func(_ *programme.Pack, s *assess.Snapshot) {
		for n := range s.Facts {
			if f := &s.Facts[n]; f.Concept == concept && f.None {
				f.Period.From = on.Plus(programme.Period{Days: 1})
			}
		}
		s.Facts = append(s.Facts, assess.Fact{ID: "event", Concept: concept, Value: string(on)})
	}
}

// ungated takes the gates on a concept out of the pack before f.
func ungated(concept string, f change) change {
	return func(p *programme.Pack, s *assess.Snapshot) {
		p.Gates = slices.DeleteFunc(p.Gates, func(g programme.Gate) bool { return slices.Contains(g.Concepts, concept) })
		f(p, s)
	}
}

func vetoExamples() []example {
	snapshot := func(f func(*assess.Snapshot)) change { return func(_ *programme.Pack, s *assess.Snapshot) { f(s) } }
	within, before := assess.Date("2023-06-01"), assess.Date("2023-05-31")
	return []example{
		{rule: "MP-V01", fails: snapshot(func(s *assess.Snapshot) { s.Attestations[1].Holds = false })},
		{rule: "MP-V02", also: []string{"MP-C24"}, fails: snapshot(func(s *assess.Snapshot) {
			s.Client.Region = "500000"
			place := inProvince()
			place.Value = "false"
			s.Facts = append(s.Facts, place)
		})},
		{
			rule: "MP-V03", fails: fact("since", func(f *assess.Fact) { f.Value = "2023-06-02" }),
			passes: fact("since", func(f *assess.Fact) { f.Value = "2023-06-01" }),
		},
		{rule: "MP-V04", fails: happened("incident-major", within), passes: happened("incident-major", before)},
		{rule: "MP-V04", fails: ungated("incident-major", happened("incident-major", within)), passes: ungated("incident-major", happened("incident-major", before))},
		{rule: "MP-V05", fails: happened("sampling-failed", within), passes: happened("sampling-failed", before)},
		{rule: "MP-V06", fails: happened("penalty-serious", within), passes: happened("penalty-serious", before)},
		{rule: "MP-V07", fails: snapshot(func(s *assess.Snapshot) {
			s.Application.Licences = "yes"
			s.Facts = append(s.Facts, assess.Fact{ID: "licence", Concept: "licence.valid_until", Value: "2026-05-31"})
		}), passes: snapshot(func(s *assess.Snapshot) {
			s.Application.Licences = "yes"
			s.Facts = append(s.Facts, assess.Fact{ID: "licence", Concept: "licence.valid_until", Value: today})
		})},
		{rule: "MP-V07", fails: ungated("licence.valid_until", snapshot(func(s *assess.Snapshot) { s.Application.Licences = "" }))},
		{rule: "MP-V08", fails: fact("own-mark", func(f *assess.Fact) { f.Value = "false" })},
		{rule: "MP-V08", fails: ungated("trade-mark.own", snapshot(func(s *assess.Snapshot) { s.Application.Brand.Number = "" }))},
		{rule: "MP-V09", fails: func(p *programme.Pack, s *assess.Snapshot) {
			fact("net-profit2022", func(f *assess.Fact) { f.Value = "-1" })(p, s)
			fact("net-profit2023", func(f *assess.Fact) { f.Value = "-1" })(p, s)
		}, passes: fact("net-profit2022", func(f *assess.Fact) { f.Value = "-1" })},
		{rule: "MP-V09", fails: ungated("net-profit", func(p *programme.Pack, s *assess.Snapshot) {
			fact("net-profit2022", func(f *assess.Fact) { f.Value = "-1" })(p, s)
			fact("net-profit2023", func(f *assess.Fact) { f.Value = "-1" })(p, s)
		})},
		{rule: "MP-V10", also: []string{"MP-C26"}, fails: fact("public", func(f *assess.Fact) { f.Value = "2026-06-02" })},
		{rule: "MP-V11", fails: happened("tax-evasion", within), passes: happened("tax-evasion", before)},
		{rule: "MP-V12", fails: happened("authorisation-revoked", within), passes: happened("authorisation-revoked", before)},
		{rule: "MP-V13", fails: happened("ip-infringement", within), passes: happened("ip-infringement", before)},
		{rule: "MP-V14", fails: snapshot(func(s *assess.Snapshot) { s.Attestations[0].Holds = false })},
		{rule: "MP-V15", fails: snapshot(func(s *assess.Snapshot) { s.Attestations = s.Attestations[1:] })},
		{rule: "MP-V16", also: []string{"MP-V15"}, fails: snapshot(func(s *assess.Snapshot) { s.Attestations[0].On = "2026-06-02" })},
	}
}
