package assess

import (
	"slices"

	"mingpin/assess/programme"
)

// A shortcoming is one weakness of one piece of evidence.
type shortcoming struct {
	evidence *Evidence
	weakness weakness
}

// shortcomings are the weaknesses of all evidence under the terms it is held
// against: those of a requirement or gate that sets its own, else those of its
// slots. They are found once for all rules.
func (c *context) shortcomings() []shortcoming {
	if c.judged {
		return c.weak
	}
	c.judged = true
	look := func(e *Evidence, t terms) {
		for _, w := range e.weaknesses(t, c.s.Date) {
			c.weak = append(c.weak, shortcoming{e, w})
		}
	}
	special := map[string]bool{} // evidence and slot held against terms of their own
	for _, use := range c.ownTerms() {
		t := c.termsOf(use.rule)
		for _, id := range use.pool {
			if e, there := c.evidence[id]; there && slices.Contains(e.Slots, use.rule.Slot) {
				special[id+"/"+use.rule.Slot] = true
				look(e, t)
			}
		}
	}
	for n := range c.s.Evidence {
		e := &c.s.Evidence[n]
		for _, id := range e.Slots {
			if t, known := c.slotTerms[id]; known && !special[e.ID+"/"+id] {
				look(e, t)
			}
		}
	}
	return c.weak
}

// A use is an evidence rule with the ids it is held against.
type use struct {
	rule programme.EvidenceRule
	pool []string
}

// ownTerms are the evidence rules that do not leave the terms to their slot.
func (c *context) ownTerms() []use {
	var out []use
	add := func(rules []programme.EvidenceRule, pool []string) {
		for _, r := range rules {
			if (r.Valid != nil || len(r.MustShow) > 0) && c.applies(r.When) {
				out = append(out, use{r, slices.Compact(slices.Sorted(slices.Values(pool)))})
			}
		}
	}
	for n := range c.p.Requirements {
		q := &c.p.Requirements[n]
		if c.result(q.ID).Applies {
			add(q.Evidence, c.requirementPool(q, c.finding(q.ID)))
		}
	}
	for _, g := range c.p.Gates {
		add(g.Evidence, c.gatePool(g))
	}
	return out
}

// used are the ids of all evidence something refers to, and the places, found
// once for all rules.
func (c *context) used() map[string][]Field {
	if c.uses != nil {
		return c.uses
	}
	c.uses = map[string][]Field{}
	add := func(at Field, ids []string) {
		for _, id := range ids {
			c.uses[id] = append(c.uses[id], at)
		}
	}
	for _, f := range c.s.Findings {
		if len(f.Evidence) > 0 {
			add(c.findingField(f.Requirement, "evidence"), f.Evidence)
		}
	}
	for _, f := range c.s.Facts {
		if len(f.Evidence) > 0 {
			add(field(KindFact, f.ID, "evidence"), f.Evidence)
		}
	}
	for _, a := range c.s.Attestations {
		add(field(KindAttestation, a.Key(), "evidence"), a.Evidence)
	}
	for _, i := range c.s.Indicators {
		if i.Measured.Report != "" {
			add(indicatorField(i.ID, "measured.report"), []string{i.Measured.Report})
		}
	}
	return c.uses
}
