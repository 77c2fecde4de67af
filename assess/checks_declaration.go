package assess

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"mingpin/assess/programme"
)

const (
	clauseContents = "GB/T 27050.1-2006 第6章"
	clauseReview   = "GB/T 27050.1-2006 第5章"
	clausePack     = "品牌计划规则包"
)

// declarationRules are the checks of the declaration and of the answers it
// rests on: the contents GB/T 27050.1 clause 6 asks for, and that everything
// declared was in fact answered.
var declarationRules = []rule{
	{"MP-D01", Block, clauseContents + " a)", declarationNumber},
	{"MP-D02", Block, clauseContents + " b)", issuer},
	{"MP-D03", Block, clauseContents + " c)", declaredObject},
	{"MP-D04", Block, clauseContents + " d)", nothingToDeclare},
	{"MP-D05", Block, clauseContents + " f)", declarationDate},
	{"MP-D06", Block, clauseContents + " f)", declarationPlace},
	{"MP-D07", Block, clauseContents + " g)", missingSigners},
	{"MP-D08", Quality, clauseContents + " g)", signersWithoutOffice},
	{"MP-D09", Block, clauseContents + " h)", validityPast},
	{"MP-D10", Quality, clausePack, validityTooLong},
	{"MP-D11", Block, clausePack, packNotInForce},
	{"MP-D12", Block, clausePack, trackNotOffered},
	{"MP-D13", Quality, clausePack, unanswered},
	{"MP-D14", Quality, clausePack, shallNotMet},
	{"MP-D15", Quality, clausePack, leftOutWithoutReason},
	{"MP-D16", Block, clausePack, unknownRating},
	{"MP-D17", Quality, clausePack, emptyFormFields},
	{"MP-D18", Quality, clauseReview, notApproved},
	{"MP-D19", Hint, clausePack, replacedThresholds},
	{"MP-D20", Quality, clausePack, toBeConfirmed},
	{"MP-D21", Hint, clausePack, ratedWithoutStatement},
	{"MP-D22", Block, clausePack, wrongThresholds},
}

func declarationNumber(c *context) []finding {
	return one(blank(c.s.Declaration.Number), c.declarationField("number"), nil)
}

func issuer(c *context) []finding {
	return append(
		one(blank(c.s.Client.Name), c.clientField("name"), nil),
		one(blank(c.s.Client.Address), c.clientField("address"), nil)...,
	)
}

func declaredObject(c *context) []finding {
	a := c.s.Application
	return append(
		one(blank(a.ProductName), c.applicationField("productName"), nil),
		one(a.Object == "product" && len(a.Models) == 0, c.applicationField("models"), nil)...,
	)
}

// nothingToDeclare: a reference pack makes no declaration, and a pack without
// declared matters gives no statement of conformity.
func nothingToDeclare(c *context) []finding {
	none := c.p.Status == programme.Reference || len(c.p.Declaration.Clauses) == 0
	return one(none, c.applicationField("programme"), Args{"Programme": c.p.ID, "Version": c.p.Version})
}

func declarationDate(c *context) []finding {
	on := c.s.Declaration.On
	return one(on != c.s.Date, c.declarationField("on"), Args{"On": string(on), "Date": string(c.s.Date)})
}

func declarationPlace(c *context) []finding {
	return one(blank(c.s.Declaration.Place), c.declarationField("place"), nil)
}

// missingSigners finds roles the programme wants a signature of without a name.
func missingSigners(c *context) []finding {
	return each(signingRoles(c.p), func(role string) []finding {
		signer, there := c.signer(role)
		return one(!there || blank(signer.Name), field(KindSigner, c.s.Application.ID+"/"+role, "name"), Args{"Role": role})
	})
}

func (c *context) signer(role string) (Signer, bool) {
	for _, s := range c.s.Signers {
		if s.Role == role {
			return s, true
		}
	}
	return Signer{}, false
}

func signersWithoutOffice(c *context) []finding {
	return each(c.s.Signers, func(s Signer) []finding {
		return one(blank(s.Title), field(KindSigner, s.Key(), "title"), Args{"Name": s.Name, "Role": s.Role})
	})
}

func validityPast(c *context) []finding {
	until := c.s.Declaration.ValidUntil
	return one(until != "" && until <= c.s.Date, c.declarationField("validUntil"), Args{"Until": string(until), "Date": string(c.s.Date)})
}

func validityTooLong(c *context) []finding {
	until := c.s.Declaration.ValidUntil
	length, err := programme.ParsePeriod(c.p.Declaration.Validity)
	if err != nil || until == "" {
		return nil
	}
	return one(until > c.s.Date.Plus(length), c.declarationField("validUntil"), Args{"Until": string(until), "Validity": c.p.Declaration.Validity})
}

func packNotInForce(c *context) []finding {
	status := c.p.Status
	past := status == programme.Superseded || status == programme.Historical || !c.p.Effective.Contains(c.s.Date)
	return one(past, c.applicationField("version"), Args{
		"Version": c.p.Version, "From": cmp.Or(string(c.p.Effective.From), "…"), "To": cmp.Or(string(c.p.Effective.To), "…"), "Date": string(c.s.Date),
	})
}

func trackNotOffered(c *context) []finding {
	a := c.s.Application
	_, offered := c.p.Track(a.Track)
	return append(
		one(!offered, c.applicationField("track"), Args{"Value": a.Track}),
		one(!slices.Contains(c.p.Objects, a.Object), c.applicationField("object"), Args{"Value": a.Object})...,
	)
}

func unanswered(c *context) []finding {
	return c.requirementsWhere("rating", func(x answered) bool {
		return x.result.Applies && !x.result.Answered && x.finding.Rating == "" && x.finding.NotApplicable == ""
	})
}

// shallNotMet finds obligatory requirements rated below the pass mark. It
// stops only where the requirement itself rests on law or an official text.
func shallNotMet(c *context) []finding {
	out := c.requirementsWhere("rating", func(x answered) bool {
		return x.requirement.Modality == programme.Shall && x.result.Answered && !x.result.NotApplicable &&
			x.result.Points.Cmp(c.passPoints(x.requirement)) < 0
	})
	for n, f := range out {
		q, _ := c.p.Requirement(f.args["Requirement"])
		f.args["Level"], f.args["Pass"] = levelText(&q, c.finding(q.ID).Rating), levelText(&q, q.Pass)
		if q.Provenance.Blocks() {
			out[n].severity = Block
		}
	}
	return out
}

func leftOutWithoutReason(c *context) []finding {
	return c.requirementsWhere("notApplicable", func(x answered) bool {
		return x.finding.NotApplicable != "" && !x.finding.leftOut(x.requirement) && x.result.Applies
	})
}

func unknownRating(c *context) []finding {
	out := c.requirementsWhere("rating", func(x answered) bool {
		_, known := c.level(x.requirement, x.finding.Rating)
		return x.finding.Rating != "" && !known
	})
	for _, f := range out {
		q, _ := c.p.Requirement(f.args["Requirement"])
		f.args["Level"] = c.finding(q.ID).Rating
		levels := mapped(levelIDs(c.scales[q.Scale]), func(id string) string { return levelText(&q, id) })
		f.args["Scale"] = strings.Join(levels, ", ")
	}
	return out
}

func notApproved(c *context) []finding {
	a := c.e.Approval
	if a.State == StepApproved {
		return nil
	}
	changed := strings.Join(a.Changed, ", ")
	return one(true, c.applicationField("reviews"), Args{"State": a.State, "Stale": yesNo(a.Stale), "Changed": changed})
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

func replacedThresholds(c *context) []finding {
	return each(c.s.Thresholds, func(t Threshold) []finding {
		return one(true, field(KindThreshold, t.Key(), "value"), Args{"Parameter": t.Parameter, "Value": t.Value, "By": t.By, "Why": t.Why})
	})
}

// wrongThresholds finds replaced parameters that the pack does not have or that
// cannot be read; they would be printed as if they counted.
func wrongThresholds(c *context) []finding {
	return each(c.s.Thresholds, func(t Threshold) []finding {
		return each(faultsWithin(Fits(c.p, t)), func(fault *Fault) []finding {
			args := maps.Clone(fault.Args)
			args["Parameter"], args["Fault"] = t.Parameter, fault.Key
			return one(true, Field(args["Field"]), args)
		})
	})
}

// toBeConfirmed finds answers carried over from an earlier version.
func toBeConfirmed(c *context) []finding {
	return c.requirementsWhere("recheck", func(x answered) bool { return x.finding.Recheck })
}

func ratedWithoutStatement(c *context) []finding {
	return c.requirementsWhere("statement", func(x answered) bool {
		return x.result.Answered && !x.result.NotApplicable && len(x.result.Slots) > 0 && blank(x.finding.Statement)
	})
}
