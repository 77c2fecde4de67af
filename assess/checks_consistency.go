package assess

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

const (
	clauseMark    = "《中华人民共和国商标法》第五十六条"
	clauseNumber  = "《企业标准化促进办法》"
	clauseCode    = "GB 32100-2015"
	clauseRegion  = "GB 32100-2015、GB/T 2260"
	clauseTable   = "川质强省发〔2021〕1号 三（二）"
	clauseOfficer = "川质强省发〔2021〕1号 四（四）"
)

// consistencyRules are the checks between documents: the same name, number and
// date everywhere.
var consistencyRules = []rule{
	{"MP-C01", Block, clauseSupport, otherHolder},
	{"MP-C02", Block, clauseCode, otherHolderCode},
	{"MP-C03", Block, clauseCode, wrongClientCode},
	{"MP-C04", Block, clauseSupport, reportForOtherProduct},
	{"MP-C05", Quality, clauseSupport, modelsWithoutReport},
	{"MP-C06", Block, clauseMark, markOfOther},
	{"MP-C07", Quality, clauseMark, markForOtherGoods},
	{"MP-C08", Block, clauseContents, otherLegalRepresentative},
	{"MP-C09", Quality, clauseReview, reviewerSigns},
	{"MP-C10", Quality, clauseReview, sameHand},
	{"MP-C11", Hint, clauseNumber, oddStandardNumber},
	{"MP-C12", Block, clauseTable, otherStandardInTable},
	{"MP-C13", Quality, clauseTable, sameIndicatorName},
	{"MP-C14", Quality, clauseReview, reviewsOutOfOrder},
	{"MP-C15", Quality, clauseSupport, datesOutOfOrder},
	{"MP-C16", Quality, clauseSupport, measuredAfterReport},
	{"MP-C17", Quality, clauseSupport, measuredOtherModel},
	{"MP-C18", Quality, clauseSupport, contradictingFacts},
	{"MP-C19", Quality, clauseSupport, factsOfWrongForm},
	{"MP-C20", Hint, clauseSupport, pendingFacts},
	{"MP-C21", Block, clauseContents, danglingSubjects},
	{"MP-C22", Quality, clauseOfficer, otherQualityOfficer},
	{"MP-C23", Block, clausePack, otherPack},
	{"MP-C24", Hint, clauseRegion, codeOfOtherProvince},
	{"MP-C25", Hint, clausePack, orphanAnswers},
	{"MP-C26", Quality, clauseSupport, factsAgainstRecords},
}

// same compares names as documents print them: without spaces, full-width
// brackets as half-width ones.
func same(a, b string) bool { return a == b || plain(a) == plain(b) }

var printing = strings.NewReplacer("（", "(", "）", ")", "　", "", " ", "", "，", ",", "－", "-", "—", "-", "–", "-")

func plain(s string) string { return strings.ToLower(printing.Replace(strings.TrimSpace(s))) }

func otherHolder(c *context) []finding {
	other := func(e *Evidence) bool { return e.Holder != "" && !same(e.Holder, c.s.Client.Name) }
	return c.evidenceWhere("holder", other, func(e *Evidence) Args {
		return Args{"Holder": e.Holder, "Client": c.s.Client.Name}
	})
}

func otherHolderCode(c *context) []finding {
	other := func(e *Evidence) bool { return e.HolderCode != "" && e.HolderCode != c.s.Client.Code }
	return c.evidenceWhere("holderCode", other, func(e *Evidence) Args {
		return Args{"Holder": e.HolderCode, "Client": c.s.Client.Code}
	})
}

func wrongClientCode(c *context) []finding {
	return one(CheckCreditCode(c.s.Client.Code) != nil, c.clientField("code"), Args{"Code": c.s.Client.Code})
}

func reportForOtherProduct(c *context) []finding {
	declared := plain(c.s.Application.ProductName)
	other := func(e *Evidence) bool {
		if !e.isReport() || e.Product == "" || declared == "" || e.Product == c.s.Application.ProductName {
			return false
		}
		product := plain(e.Product)
		return !strings.Contains(product, declared) && !strings.Contains(declared, product)
	}
	return c.evidenceWhere("product", other, func(e *Evidence) Args {
		return Args{"Product": e.Product, "Declared": c.s.Application.ProductName}
	})
}

// modelsWithoutReport finds declared models that no test report names. Reports
// that name no model at all are a matter of their must-show fields.
func modelsWithoutReport(c *context) []finding {
	named := map[string]bool{}
	for _, e := range c.s.Evidence {
		if e.isReport() {
			for _, m := range e.Models {
				named[m] = true
			}
		}
	}
	if len(named) == 0 {
		return nil
	}
	covered := map[string]bool{}
	for m := range named {
		covered[plain(m)] = true
	}
	return each(c.s.Application.Models, func(m string) []finding {
		return one(!covered[plain(m)], c.applicationField("models"), Args{"Model": m})
	})
}

func markOfOther(c *context) []finding {
	b := c.s.Application.Brand
	return one(b.Holder != "" && !same(b.Holder, c.s.Client.Name), c.applicationField("brand.holder"), Args{"Mark": b.Name, "Holder": b.Holder, "Client": c.s.Client.Name})
}

// markForOtherGoods compares the goods of the registration with the declared
// product by their words.
func markForOtherGoods(c *context) []finding {
	b := c.s.Application.Brand
	if b.Number == "" {
		return nil // a missing mark is a veto of its own
	}
	product := plain(c.s.Application.ProductName)
	goods := strings.FieldsFunc(b.Goods, func(r rune) bool { return strings.ContainsRune(";；,，、。\n", r) })
	covered := slices.ContainsFunc(goods, func(g string) bool {
		g = plain(g)
		return g != "" && (strings.Contains(product, g) || strings.Contains(g, product))
	})
	return one(!covered, c.applicationField("brand.goods"), Args{"Mark": b.Name, "Goods": b.Goods, "Product": c.s.Application.ProductName})
}

func otherLegalRepresentative(c *context) []finding {
	signer, there := c.signer(RoleLegal)
	legal := c.s.Client.Legal.Name
	other := there && signer.Name != "" && legal != "" && !same(signer.Name, legal)
	return one(other, field(KindSigner, signer.Key(), "name"), Args{"Signer": signer.Name, "Legal": legal})
}

func otherQualityOfficer(c *context) []finding {
	signer, there := c.signer(RoleQuality)
	officer := c.s.Client.Quality.Name
	other := there && signer.Name != "" && officer != "" && !same(signer.Name, officer)
	return one(other, field(KindSigner, signer.Key(), "name"), Args{"Signer": signer.Name, "Officer": officer})
}

// by gives who took a step last, or "".
func (c *context) by(step string) string {
	name := ""
	for _, r := range reviewsInOrder(c.s.Reviews) {
		if r.Step == step {
			name = r.By
		}
	}
	return name
}

func reviewerSigns(c *context) []finding {
	reviewer := c.by(StepReviewed)
	return each(c.s.Signers, func(s Signer) []finding {
		return one(reviewer != "" && same(s.Name, reviewer), field(KindSigner, s.Key(), "name"), Args{"Name": s.Name, "Role": s.Role})
	})
}

func sameHand(c *context) []finding {
	preparer := c.by(StepPrepared)
	return each([]string{StepReviewed, StepApproved}, func(step string) []finding {
		twice := preparer != "" && same(c.by(step), preparer)
		return one(twice, c.applicationField("reviews"), Args{"Name": preparer, "Step": step})
	})
}

// enterpriseForm is how enterprise standards number themselves: Q/code
// sequence-year, with many local variants.
var enterpriseForm = regexp.MustCompile(`^Q/[A-Z0-9]{1,12}\s?[0-9A-Z.\-]{1,12}[-—](19|20)\d{2}$`)

func oddStandardNumber(c *context) []finding {
	s, there := c.executed()
	odd := there && s.Class == ClassEnterprise && s.Number != "" && !enterpriseForm.MatchString(s.Number)
	return one(odd, standardField(s.ID, "number"), Args{"Number": s.Number})
}

func otherStandardInTable(c *context) []finding {
	return each(c.s.Indicators, func(i Indicator) []finding {
		other := i.Own.Standard != "" && c.s.Application.Standard != "" && i.Own.Standard != c.s.Application.Standard
		return one(other, indicatorField(i.ID, "own.standard"), Args{
			"Indicator": i.Name, "Standard": c.number(i.Own.Standard), "Executed": c.number(c.s.Application.Standard),
		})
	})
}

func sameIndicatorName(c *context) []finding {
	seen := map[string]bool{}
	return each(c.s.Indicators, func(i Indicator) []finding {
		name := plain(i.Name)
		twice := seen[name]
		seen[name] = true
		return one(twice, indicatorField(i.ID, "name"), Args{"Indicator": i.Name})
	})
}

// reviewsOutOfOrder finds steps without the step before them, and steps dated
// after the declaration.
func reviewsOutOfOrder(c *context) []finding {
	before := map[string]string{StepReviewed: StepPrepared, StepApproved: StepReviewed}
	done := map[string]bool{}
	return each(reviewsInOrder(c.s.Reviews), func(r Review) []finding {
		need := before[r.Step]
		wrong := (need != "" && !done[need]) || r.On > c.s.Date
		if r.Step == StepReturned {
			clear(done)
		} else {
			done[r.Step] = true
		}
		return one(wrong, c.applicationField("reviews"), Args{"Step": r.Step, "By": r.By, "On": string(r.On), "Date": string(c.s.Date)})
	})
}

// orphanAnswers finds what answers something the pack does not ask. Replaced
// parameters have a rule of their own, since they are printed.
func orphanAnswers(c *context) []finding {
	out := each(c.s.Findings, func(f Finding) []finding {
		if _, known := c.results[f.Requirement]; known {
			return nil
		}
		return one(true, c.findingField(f.Requirement, "requirement"), Args{"Item": f.Requirement})
	})
	out = append(out, each(c.s.Attestations, func(a Attestation) []finding {
		_, known := c.gateResults[a.Gate]
		return one(!known, c.gateField(a.Gate), Args{"Item": a.Gate})
	})...)
	out = append(out, each(c.s.Signers, func(s Signer) []finding {
		known := slices.Contains(signingRoles(c.p), s.Role)
		return one(!known, field(KindSigner, s.Key(), "role"), Args{"Item": s.Role})
	})...)
	return append(out, c.orphanKinds()...)
}

// orphanKinds finds kinds of evidence the pack does not know, beside one it
// does; evidence of no known kind has a rule of its own.
func (c *context) orphanKinds() []finding {
	var out []finding
	for n := range c.s.Evidence {
		e := &c.s.Evidence[n]
		if c.withoutKind(e) {
			continue
		}
		for _, slot := range e.Slots {
			if _, known := c.slots[slot]; !known {
				out = append(out, finding{field: evidenceField(e.ID, "slots"), args: Args{"Item": slot}})
			}
		}
	}
	return out
}

func otherPack(c *context) []finding {
	ref, a := c.s.Pack, c.s.Application
	other := ref.ID != c.p.ID || ref.Version != c.p.Version || (ref.Digest != "" && c.p.Digest() != "" && ref.Digest != c.p.Digest()) ||
		a.Programme != c.p.ID || a.Version != c.p.Version
	return one(other, c.applicationField("version"), Args{
		"Want": c.p.ID + " " + c.p.Version, "Pack": ref.ID + " " + ref.Version, "Application": a.Programme + " " + a.Version,
	})
}

// codeOfOtherProvince compares the registering region in the credit code
// (characters 3 to 8) with the registered address, by province. Enterprises
// registered with the central authority carry 10.
func codeOfOtherProvince(c *context) []finding {
	code, region := c.s.Client.Code, c.s.Client.Region
	if CheckCreditCode(code) != nil || len(region) != 6 {
		return nil
	}
	other := code[2:4] != region[:2] && code[2:4] != "10"
	return one(other, c.clientField("region"), Args{"Code": code[2:8], "Region": region})
}

func danglingSubjects(c *context) []finding {
	a := c.s.Application
	_, there := c.subjects[a.Product]
	out := one(a.Product == "" || !there, c.applicationField("product"), Args{"Subject": cmp.Or(a.Product, "—")})
	return append(out, each(a.Places, func(id string) []finding {
		_, there := c.subjects[id]
		return one(!there, c.applicationField("places"), Args{"Subject": id})
	})...)
}
