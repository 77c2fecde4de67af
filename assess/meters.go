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
		c.tick(&m.Answered, r.Answered, q.ID, "rating")
		c.tick(&m.Approved, approved, q.ID, "")
		if r.NotApplicable {
			continue
		}
		if len(r.Slots) > 0 {
			c.tick(&m.Proven, r.Proven, q.ID, "evidence")
		}
		c.tick(&m.Conforming, r.Conforming, q.ID, "rating")
	}
	for _, meter := range []*Meter{&m.Answered, &m.Proven, &m.Conforming, &m.Approved} {
		meter.From.Value = itoa(meter.Done) + "/" + itoa(meter.Of)
	}
	return m
}

func newMeter(key string) Meter { return Meter{From: Derivation{Key: key}} }

// tick counts one requirement and keeps what is open for the derivation: the
// path of the finding, or without one the reviews of the application.
func (c *context) tick(m *Meter, done bool, requirement, path string) {
	m.Of++
	if done {
		m.Done++
		return
	}
	at := c.applicationField("reviews")
	if path != "" {
		at = c.findingField(requirement, path)
	}
	m.From.Parts = append(m.From.Parts, Derivation{
		Key: "derivation.open", Args: Args{"Requirement": requirement}, Field: at,
	})
}
