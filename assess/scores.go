package assess

import (
	"mingpin/assess/programme"
	"mingpin/assess/quantity"
)

// scorePlaces is how many decimal places scores are given with.
const scorePlaces = 2

// scores makes the score of every dimension and the total. A requirement
// weighs within its dimension, a dimension within the total; what does not
// apply weighs nothing. An unanswered requirement has no points.
func (c *context) scores() {
	total, weights := decimal("0"), decimal("0")
	parts := make([]Derivation, 0, len(c.p.Dimensions))
	c.e.Dimensions = make([]DimensionResult, 0, len(c.p.Dimensions))
	for _, d := range c.p.Dimensions {
		exact, counts, node := c.dimension(d)
		if counts {
			total = total.Add(exact.Mul(d.Weight))
			weights = weights.Add(d.Weight)
		}
		c.e.Dimensions = append(c.e.Dimensions, DimensionResult{
			Dimension: d.ID, Score: Figure{Value: exact.Round(scorePlaces), From: node},
		})
		parts = append(parts, node)
	}
	score := quotient(total, weights).Round(scorePlaces)
	c.e.Score = Figure{Value: score, From: Derivation{
		Key: "derivation.score.total", Args: Args{"Weights": weights.String()}, Value: score.String(), Parts: parts,
	}}
}

// dimension is the exact score of d and whether anything in it applies.
func (c *context) dimension(d programme.Dimension) (quantity.Decimal, bool, Derivation) {
	sum, weights := decimal("0"), decimal("0")
	short := c.p.Scoring.Cutback && c.short(d.ID)
	var parts []Derivation
	for n := range c.p.Requirements {
		q, r := &c.p.Requirements[n], &c.e.Requirements[n]
		if q.Dimension != d.ID {
			continue
		}
		if short {
			c.cutBack(q, r)
		}
		if r.Applies && !r.NotApplicable {
			sum = sum.Add(r.Points.Mul(q.Weight))
			weights = weights.Add(q.Weight)
		}
		parts = append(parts, r.From)
	}
	exact := quotient(sum, weights)
	return exact, weights.Sign() > 0, Derivation{
		Key: "derivation.score.dimension", Args: Args{"Dimension": d.ID, "Weight": d.Weight.String(), "Weights": weights.String()},
		Value: exact.Round(scorePlaces).String(), Parts: parts,
	}
}

// short reports whether a requirement of force shall (应) in the dimension is
// below its pass mark, unanswered included.
func (c *context) short(dimension string) bool {
	for n := range c.p.Requirements {
		q, r := &c.p.Requirements[n], &c.e.Requirements[n]
		if q.Dimension != dimension || q.Modality != programme.Shall || !r.Applies || r.NotApplicable {
			continue
		}
		if r.Points.Cmp(c.passPoints(q)) < 0 || !r.Answered {
			return true
		}
	}
	return false
}

// cutBack takes the points above the pass mark off: in a dimension where an
// obligatory requirement falls short, they do not make up for it.
func (c *context) cutBack(q *programme.Requirement, r *RequirementResult) {
	pass := c.passPoints(q)
	if r.Points.Cmp(pass) <= 0 {
		return
	}
	uncut := r.From
	r.Points = pass
	r.From = Derivation{
		Key: "derivation.requirement.cut", Args: Args{"Requirement": q.ID, "Weight": q.Weight.String(), "Uncut": uncut.Value},
		Value: pass.String(), Field: uncut.Field, Parts: []Derivation{uncut},
	}
}
