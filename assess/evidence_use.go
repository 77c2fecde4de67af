package assess

import (
	"slices"

	"mingpin/assess/programme"
)

// judged calls look for every piece of evidence under the terms it is held
// against: those of a requirement or gate that sets its own, else those of its
// slots.
func (c *context) judged(look func(e Evidence, v programme.Validity, mustShow []string)) {
	special := map[string]bool{} // evidence and slot held against terms of their own
	for _, use := range c.ownTerms() {
		for _, id := range use.pool {
			if e, there := c.evidence[id]; there && slices.Contains(e.Slots, use.rule.Slot) {
				special[id+"/"+use.rule.Slot] = true
				valid, mustShow := c.terms(use.rule)
				look(e, valid, mustShow)
			}
		}
	}
	for _, e := range c.s.Evidence {
		for _, id := range e.Slots {
			if slot, known := c.slots[id]; known && !special[e.ID+"/"+id] {
				look(e, slot.Valid, slot.MustShow)
			}
		}
	}
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
	for _, q := range c.p.Requirements {
		if c.result(q.ID).Applies {
			add(q.Evidence, c.requirementPool(q, c.findings[q.ID]))
		}
	}
	for _, g := range c.p.Gates {
		add(g.Evidence, c.gatePool(g))
	}
	return out
}

// used are the ids of all evidence something refers to.
func (c *context) used() map[string][]Field {
	used := map[string][]Field{}
	add := func(at Field, ids ...string) {
		for _, id := range ids {
			used[id] = append(used[id], at)
		}
	}
	for _, f := range c.s.Findings {
		add(c.findingField(f.Requirement, "evidence"), f.Evidence...)
	}
	for _, f := range c.s.Facts {
		add(field(KindFact, f.ID, "evidence"), f.Evidence...)
	}
	for _, a := range c.s.Attestations {
		add(field(KindAttestation, a.Key(), "evidence"), a.Evidence...)
	}
	for _, i := range c.s.Indicators {
		if i.Measured.Report != "" {
			add(indicatorField(i.ID, "measured.report"), i.Measured.Report)
		}
	}
	return used
}
