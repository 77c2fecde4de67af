package assess_test

import (
	"fmt"
	"os"
	"testing"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/assess/quantity"
	"mingpin/assets"
)

// today is the declaration date of the good snapshot.
const today = "2026-06-01"

// testPack is the small programme of testdata.
func testPack(t testing.TB) *programme.Pack {
	t.Helper()
	reg, err := programme.LoadConcepts(assets.Concepts())
	if err != nil {
		t.Fatal(err)
	}
	p, err := programme.Load(os.DirFS("testdata/programmes"), "shili/1.0", reg)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// good is a complete application with nothing to complain about but what no
// program can check. 示例数据
func good(t testing.TB, p *programme.Pack) *assess.Snapshot {
	t.Helper()
	s := &assess.Snapshot{
		Format: assess.SnapshotFormat, Locale: "zh-CN", Date: today,
		Pack: assess.PackRef{ID: p.ID, Version: p.Version, Digest: p.Digest()},
		Client: assess.Client{
			ID: "c1", Name: "示例粮油有限公司", Code: "91510100MA6EXAMP0J", Region: "510100", Address: "成都市示例路1号",
			Founded: "2010-03-01", Legal: assess.Person{Name: "甲某"}, Quality: assess.Person{Name: "乙某", Since: "2020-01-01"},
			Contact: assess.Person{Name: "丙某"}, Sample: true,
		},
		Subjects: []assess.Subject{{ID: "site", Class: "site", Name: "一厂"}, {ID: "oil", Class: "product", Name: "示例菜籽油", Parent: "site"}},
		Application: assess.Application{
			ID: "a1", Programme: p.ID, Version: p.Version, Track: "self-declaration", Object: "product",
			Product: "oil", ProductName: "示例菜籽油", Models: []string{"5L"}, Standard: "own", Places: []string{"site"},
			LaunchedOn: "2015-01-01", Licences: "no", Form: map[string]string{"f-words": "示例"},
			Brand: assess.TradeMark{Name: "示例", Number: "1234567", Class: "29", Goods: "食用油；菜籽油", Holder: "示例粮油有限公司", Expires: "2030-01-01"},
		},
		Declaration: assess.Declaration{Application: "a1", Number: "SM-2026-01", On: today, Place: "成都市", ValidUntil: "2029-05-31"},
		Signers: []assess.Signer{
			{Application: "a1", Role: assess.RoleLegal, Name: "甲某", Title: "董事长"},
			{Application: "a1", Role: assess.RoleQuality, Name: "乙某", Title: "首席质量官"},
		},
		Attestations: []assess.Attestation{
			{Application: "a1", Gate: "g-policy", Holds: true, By: "乙某", On: "2026-05-20"},
			{Application: "a1", Gate: "g-truth", Holds: true, By: "乙某", On: "2026-05-20"},
		},
	}
	s.Standards, s.Indicators = goodTable(t)
	s.Facts, s.Evidence, s.Findings = goodFacts(), goodEvidence(), goodFindings()
	approve(s)
	return s
}

// approve gives s the three reviews for its present content.
func approve(s *assess.Snapshot) {
	s.Reviews = nil
	for n, step := range []string{assess.StepPrepared, assess.StepReviewed, assess.StepApproved} {
		s.Reviews = append(s.Reviews, assess.Review{
			ID: fmt.Sprint("v", n), Application: "a1", Step: step, By: []string{"丁某", "戊某", "甲某总"}[n],
			On: "2026-05-30", Order: n + 1, Digest: s.ContentDigest(), Parts: s.Parts(),
		})
	}
}

func goodTable(t testing.TB) ([]assess.Standard, []assess.Indicator) {
	own := assess.Standard{
		ID: "own", Number: "Q/SLY 0001S-2025", Title: "示例菜籽油", Class: assess.ClassEnterprise, Status: assess.StatusInForce,
		StatusOn: "2026-05-01", From: "2025-06-01", Reviewed: "2025-05-01",
		Published: assess.Publication{Platform: "企业标准信息公共服务平台", On: "2025-06-01"},
	}
	national := assess.Standard{ID: "gb", Number: "GB/T 0001-2023", Title: "示例", Class: assess.ClassRecommended, Status: assess.StatusInForce, StatusOn: "2026-05-01"}
	mandatory := assess.Standard{ID: "must", Number: "GB 0002-2024", Title: "示例", Class: assess.ClassMandatory, Status: assess.StatusInForce, StatusOn: "2026-05-01"}
	row := assess.Indicator{
		ID: "i1", Application: "a1", Order: 1, Name: "酸价", Class: "core", Spec: quantity.Indicator{Direction: quantity.Lower, Unit: "mg/g"},
		Own:      assess.OwnLimit{Standard: "own", Limit: limit(t, "≤0.50"), Methods: []string{"GB 5009.229"}},
		Measured: assess.Measurement{Value: value(t, "0.30"), Methods: []string{"GB 5009.229"}, Report: "report", Page: "2", Model: "5L", On: "2026-02-01"},
		Comparators: []assess.Comparator{
			{Standard: "gb", Limit: limit(t, "≤1.0"), Methods: []string{"GB 5009.229"}},
			{Standard: "must", Limit: limit(t, "≤3"), Methods: []string{"GB 5009.229"}},
		},
		Claim: quantity.Better,
	}
	return []assess.Standard{own, national, mandatory}, []assess.Indicator{row}
}

func limit(t testing.TB, s string) quantity.Limit {
	t.Helper()
	l, err := quantity.ParseLimit(s, "mg/g", nil)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func value(t testing.TB, s string) quantity.Value {
	t.Helper()
	v, err := quantity.ParseValue(s, "mg/g", nil)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func goodFacts() []assess.Fact {
	facts := []assess.Fact{
		{ID: "since", Concept: "operating.since", Value: "2010-03-01"},
		{ID: "own-mark", Concept: "trade-mark.own", Subject: "oil", Value: "true"},
		{ID: "mark-until", Concept: "trade-mark.valid_until", Subject: "oil", Value: "2030-01-01"},
		{ID: "public", Concept: "standard.published_on", Subject: "oil", Value: "2025-06-01"},
	}
	for _, event := range []string{"incident-major", "sampling-failed", "dishonest-listed", "penalty-serious", "tax-evasion", "authorisation-revoked", "ip-infringement"} {
		facts = append(facts, assess.Fact{ID: "no-" + event, Concept: event, None: true, Period: assess.Span{From: "2010-03-01"}})
	}
	for year := 2021; year <= 2025; year++ {
		for _, concept := range []string{"net-profit", "revenue"} {
			facts = append(facts, assess.Fact{ID: fmt.Sprint(concept, year), Concept: concept, Year: year, Value: "100", Unit: "万元"})
		}
	}
	return facts
}

func goodEvidence() []assess.Evidence {
	base := func(id, slot string, n int) assess.Evidence {
		return assess.Evidence{
			ID: id, Digest: fmt.Sprintf("%064d", n), Name: id + ".pdf", Media: "application/pdf", Size: 1000, Title: "示例材料" + id,
			Slots: []string{slot}, Number: "示例" + id, Issuer: "示例机构", Holder: "示例粮油有限公司", HolderCode: "91510100MA6EXAMP0J", Issued: "2026-03-01",
		}
	}
	licence, standard := base("licence", "business-licence", 1), base("standard", "standard-text", 2)
	mark, report, audit := base("mark", "trade-mark-certificate", 3), base("report", "test-report", 4), base("audit", "audit-report", 5)
	mark.Expires = "2030-01-01"
	report.Product, report.Models, report.Methods, report.Marks = "示例菜籽油", []string{"5L"}, []string{"GB 5009.229"}, []string{"CMA"}
	audit.Period = assess.Span{From: "2023-01-01", To: "2025-12-31"}
	return []assess.Evidence{licence, standard, mark, report, audit}
}

func goodFindings() []assess.Finding {
	rate := func(requirement string, evidence ...string) assess.Finding {
		return assess.Finding{Application: "a1", Requirement: requirement, Rating: "4", Statement: "已按要求实施，见佐证材料。", Evidence: evidence, By: "丁某", On: "2026-05-01"}
	}
	findings := []assess.Finding{rate("r-report", "report"), rate("r-accounts", "audit"), rate("r-table"), rate("r-leader")}
	findings[3].Rating, findings[3].NotApplicable, findings[3].Reason = "", "na-none", "本行业未开展领跑者评估。"
	findings[3].Evidence = []string{"mark"}
	return findings
}
