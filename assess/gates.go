package assess

import (
	"slices"

	"mingpin/assess/programme"
)

// gates decides every gate of the pack, in its order.
func (c *context) gates() {
	c.e.Gates = make([]GateResult, 0, len(c.p.Gates))
	for _, g := range c.p.Gates {
		r := c.gate(g)
		c.e.Gates = append(c.e.Gates, r)
		c.gateResults[g.ID] = r
	}
}

func (c *context) gate(g programme.Gate) GateResult {
	r := GateResult{Gate: g.ID, Blocks: g.Provenance.Blocks()}
	when := c.truth(g.When)
	switch when.State {
	case programme.Fails:
		r.State = programme.Skipped
		r.From = Derivation{Key: "derivation.gate.skipped", Args: Args{"Gate": g.ID}, Parts: c.conditionParts(when)}
		return r
	case programme.Unknown:
		return c.unknownGate(r, when)
	}
	r.Evidence = c.gateEvidence(g)
	if g.Test != "" {
		test := c.truth(g.Test)
		if test.State != programme.Unknown || !g.Attested {
			return c.testedGate(r, test)
		}
	}
	return c.attestedGate(r)
}

func (c *context) unknownGate(r GateResult, t programme.Truth) GateResult {
	r.State, r.Missing = programme.Unknown, t.Missing
	r.From = Derivation{Key: "derivation.gate.unknown", Args: Args{"Gate": r.Gate}, Parts: c.conditionParts(t)}
	return r
}

func (c *context) testedGate(r GateResult, t programme.Truth) GateResult {
	switch t.State {
	case programme.Holds:
		r.State = programme.Holds
		r.From = Derivation{Key: "derivation.gate.holds", Args: Args{"Gate": r.Gate}, Parts: c.conditionParts(t)}
	case programme.Fails:
		r.State = programme.Fails
		r.From = Derivation{Key: "derivation.gate.fails", Args: Args{"Gate": r.Gate}, Parts: c.conditionParts(t)}
	default:
		return c.unknownGate(r, t)
	}
	return r
}

// attestedGate takes a person's answer. One without a name, without a date or
// dated after the declaration does not count.
func (c *context) attestedGate(r GateResult) GateResult {
	a, answered := c.attestations[r.Gate]
	at := field(KindAttestation, c.s.Application.ID+"/"+r.Gate, "holds")
	if !answered || a.By == "" || a.On == "" || a.On > c.s.Date {
		r.State = programme.Unknown
		r.From = Derivation{Key: "derivation.gate.unanswered", Args: Args{"Gate": r.Gate}, Field: at}
		return r
	}
	r.By, r.On = a.By, a.On
	args := Args{"Gate": r.Gate, "By": a.By, "On": string(a.On)}
	if a.Holds {
		r.State = programme.Attested
		r.From = Derivation{Key: "derivation.gate.attested", Args: args, Field: at}
	} else {
		r.State = programme.Fails
		r.From = Derivation{Key: "derivation.gate.denied", Args: args, Field: at}
	}
	return r
}

// gateEvidence are the valid pieces of evidence in the gate's slots.
func (c *context) gateEvidence(g programme.Gate) []string {
	var filled []string
	for _, slot := range c.fill(g.Evidence, c.gatePool(g)) {
		for _, id := range slot.Valid {
			if !slices.Contains(filled, id) {
				filled = append(filled, id)
			}
		}
	}
	return filled
}

// gatePool are the ids of the evidence of the kinds a gate asks for: a licence
// speaks for the whole application, wherever it is attached.
func (c *context) gatePool(g programme.Gate) []string {
	var pool []string
	for _, rule := range g.Evidence {
		pool = append(pool, c.bySlot[rule.Slot]...)
	}
	return pool
}

// factEvidence are the ids of the evidence for the counting facts of a concept.
func (c *context) factEvidence(concept string) []string {
	var ids []string
	for _, f := range c.env.sources[concept] {
		ids = append(ids, f.Evidence...)
	}
	return ids
}
