package assess

import (
	"slices"
	"strings"

	"mingpin/assess/programme"
	"mingpin/assess/quantity"
)

// requirements judges every requirement by itself; points are cut back when
// the scores are made.
func (c *context) requirements() {
	c.e.Requirements = make([]RequirementResult, 0, len(c.p.Requirements))
	for n := range c.p.Requirements {
		q := &c.p.Requirements[n]
		c.results[q.ID] = n
		c.e.Requirements = append(c.e.Requirements, c.requirement(q))
	}
}

func (c *context) requirement(q *programme.Requirement) RequirementResult {
	r := RequirementResult{Requirement: q.ID, Points: decimal("0")}
	when := c.truth(q.When)
	if when.State == programme.Fails {
		r.From = c.requirementNode(q, "derivation.requirement.skipped", Args{}, "")
		r.From.Parts = c.conditionParts(when)
		return r
	}
	r.Applies = true
	f := c.finding(q.ID)
	r.Slots = c.fill(q.Evidence, c.requirementPool(q, f))
	r.Proven = !slices.ContainsFunc(r.Slots, func(s SlotResult) bool { return !s.Filled })
	level, rated := c.level(q, f.Rating)
	switch {
	case f.leftOut(q):
		r.Answered, r.NotApplicable = true, true
		r.From = c.requirementNode(q, "derivation.requirement.not_applicable", Args{"Reason": f.NotApplicable}, "")
	case !rated:
		r.From = c.requirementNode(q, "derivation.requirement.unanswered", Args{}, "0")
	default:
		r.Answered = true
		r.Points = c.scales[q.Scale].Levels[level].Points
		r.Conforming = c.conforms(q, level)
		r.From = c.requirementNode(q, "derivation.requirement.rated", Args{"Level": levelText(q, f.Rating)}, r.Points.String())
	}
	return r
}

// requirementNode is the node of a requirement's points; args are its own to
// fill.
func (c *context) requirementNode(q *programme.Requirement, key string, args Args, value string) Derivation {
	args["Requirement"], args["Weight"] = q.ID, q.Weight.String()
	return Derivation{Key: key, Args: args, Value: value, Field: c.findingField(q.ID, "rating")}
}

func (c *context) findingField(requirement, path string) Field {
	return Field(KindFinding + "/" + c.s.Application.ID + "/" + requirement + "/" + path)
}

// leftOut reports whether the finding leaves q out for a reason the pack
// accepts, explained in the user's words.
func (x *Finding) leftOut(q *programme.Requirement) bool {
	return x.NotApplicable != "" && slices.Contains(q.Reasons, x.NotApplicable) && strings.TrimSpace(x.Reason) != ""
}

// level is the place of a rating on the requirement's scale.
func (c *context) level(q *programme.Requirement, rating string) (int, bool) {
	if rating == "" {
		return 0, false
	}
	n := slices.IndexFunc(c.scales[q.Scale].Levels, func(l programme.Level) bool { return l.ID == rating })
	return n, n >= 0
}

// levelText is the id under which the pack names a rating of q.
func levelText(q *programme.Requirement, rating string) string { return q.Scale + "." + rating }

// conforms reports whether the level reaches the pass mark and the linked gate,
// if there is one, is fulfilled.
func (c *context) conforms(q *programme.Requirement, level int) bool {
	pass, known := c.level(q, q.Pass)
	if !known || level < pass {
		return false
	}
	gate, linked := c.gateResults[q.Gate]
	return q.Gate == "" || (linked && gate.Passes())
}

// requirementPool are the ids of the evidence that speaks for q: attached to
// the finding, or to the facts of its concept.
func (c *context) requirementPool(q *programme.Requirement, f *Finding) []string {
	pool := slices.Clone(f.Evidence)
	if q.Concept != "" {
		pool = append(pool, c.factEvidence(q.Concept)...)
	}
	return pool
}

// passPoints are the points of the pass mark of q.
func (c *context) passPoints(q *programme.Requirement) quantity.Decimal {
	pass, known := c.level(q, q.Pass)
	if !known {
		return decimal("0")
	}
	return c.scales[q.Scale].Levels[pass].Points
}
