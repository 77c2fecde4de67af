package assess

import "mingpin/assess/programme"

// meters counts answered, proven, conforming and approved, each by itself,
// overall and per dimension.
func (c *context) meters() {
	byDimension := map[string][]programme.Requirement{}
	for _, q := range c.p.Requirements {
		byDimension[q.Dimension] = append(byDimension[q.Dimension], q)
	}
	c.e.Meters = c.count(c.p.Requirements)
	for i, d := range c.e.Dimensions {
		c.e.Dimensions[i].Meters = c.count(byDimension[d.Dimension])
	}
}

// count counts the requirements that apply. Not applicable ones are answered;
// they ask for no proof and cannot conform, so the other meters leave them
// out. Proven counts only what has evidence to show.
func (c *context) count(list []programme.Requirement) Meters {
	m := Meters{
		Answered: newMeter("derivation.meter.answered"), Proven: newMeter("derivation.meter.proven"),
		Conforming: newMeter("derivation.meter.conforming"), Approved: newMeter("derivation.meter.approved"),
	}
	approved := c.e.Approval.State == StepApproved
	for _, q := range list {
		r := c.e.Requirements[c.results[q.ID]]
		if !r.Applies {
			continue
		}
		m.Answered.add(r.Answered, q.ID, findingField(c.s, q.ID, "rating"))
		m.Approved.add(approved, q.ID, field(KindApplication, c.s.Application.ID, "reviews"))
		if r.NotApplicable {
			continue
		}
		if len(r.Slots) > 0 {
			m.Proven.add(r.Proven, q.ID, findingField(c.s, q.ID, "evidence"))
		}
		m.Conforming.add(r.Conforming, q.ID, findingField(c.s, q.ID, "rating"))
	}
	for _, meter := range []*Meter{&m.Answered, &m.Proven, &m.Conforming, &m.Approved} {
		meter.From.Value = itoa(meter.Done) + "/" + itoa(meter.Of)
	}
	return m
}

func newMeter(key string) Meter { return Meter{From: Derivation{Key: key}} }

// add counts one requirement and keeps what is open for the derivation.
func (m *Meter) add(done bool, requirement string, at Field) {
	m.Of++
	if done {
		m.Done++
		return
	}
	m.From.Parts = append(m.From.Parts, Derivation{
		Key: "derivation.open", Args: Args{"Requirement": requirement}, Field: at,
	})
}
