package assess

import (
	"slices"

	"mingpin/assess/programme"
)

// humanRules name what no program can check. They stand in every evaluation
// that has the thing to check, so that a person does.
var humanRules = []rule{
	{"MP-H01", Human, clauseSupport, checkOriginals},
	{"MP-H02", Human, clauseContents + " g)", checkSeal},
	{"MP-H03", Human, clauseContents + " d)", checkStatements},
	{"MP-H04", Human, "川质强省发〔2021〕1号 二（二）", checkOpinion},
	{"MP-H05", Human, clauseSupport, checkSamples},
	{"MP-H06", Human, clauseMark, checkGoods},
	{"MP-H07", Human, clauseTable, checkComparators},
	{"MP-H08", Human, clauseCMA, checkIssuers},
	{"MP-H09", Human, "《中华人民共和国个人信息保护法》第十三条", checkPrivacy},
	{"MP-H10", Human, "川质强省发〔2021〕1号 三（二）", checkLabels},
}

// checkOriginals: copies have to be held against their originals.
func checkOriginals(c *context) []finding {
	return one(len(c.s.Evidence) > 0, "", Args{"Count": itoa(len(c.s.Evidence))})
}

// checkSeal: hand-written signatures and the seal on the printed volume.
func checkSeal(c *context) []finding {
	return one(len(c.s.Signers) > 0, c.declarationField("signers"), Args{"Client": c.s.Client.Name})
}

// checkStatements: qualitative ratings are the applicant's own until an expert
// has looked (自评、待专家).
func checkStatements(c *context) []finding {
	rated := 0
	for _, r := range c.e.Requirements {
		if r.Answered && !r.NotApplicable {
			rated++
		}
	}
	return one(rated > 0, field(KindApplication, c.s.Application.ID, "findings"), Args{"Count": itoa(rated)})
}

// checkOpinion: media reports and complaints on the day of signing.
func checkOpinion(c *context) []finding {
	return one(!blank(c.s.Client.Name), c.clientField("name"), Args{"Client": c.s.Client.Name, "Product": c.s.Application.ProductName})
}

// checkSamples: whether the tested sample is what is sold.
func checkSamples(c *context) []finding {
	reports := 0
	for _, e := range c.s.Evidence {
		if e.isReport() {
			reports++
		}
	}
	return one(reports > 0, c.applicationField("models"), Args{"Count": itoa(reports)})
}

// checkGoods: words cannot tell whether registered goods legally cover the
// product.
func checkGoods(c *context) []finding {
	b := c.s.Application.Brand
	return one(!blank(b.Number), c.applicationField("brand.goods"), Args{"Mark": b.Name, "Class": b.Class})
}

// checkComparators: limits of other standards against the official texts.
func checkComparators(c *context) []finding {
	some := slices.ContainsFunc(c.s.Indicators, func(i Indicator) bool { return len(i.Comparators) > 0 })
	return one(some, field(KindApplication, c.s.Application.ID, "indicators"), nil)
}

// checkIssuers: certificates and reports are looked up at who issued them.
func checkIssuers(c *context) []finding {
	some := slices.ContainsFunc(c.s.Evidence, func(e Evidence) bool { return e.Number != "" && e.Issuer != "" })
	return one(some, "", nil)
}

// checkPrivacy: personal data and trade secrets in what is handed in.
func checkPrivacy(c *context) []finding {
	some := slices.ContainsFunc(c.s.Evidence, func(e Evidence) bool { return slices.Contains(boundMedia, e.Media) })
	return one(some, "", nil)
}

// checkLabels: the comparison table on the product, in the manual and on the
// premises has to say what was declared.
func checkLabels(c *context) []finding {
	shown := c.p.Status != programme.Reference && len(c.s.Indicators) > 0
	return one(shown, field(KindApplication, c.s.Application.ID, "indicators"), nil)
}
