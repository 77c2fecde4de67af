package assess

import (
	"cmp"
	"slices"

	"mingpin/assess/programme"
)

// annexes is the state of the list of materials (材料清单), in its order.
func (c *context) annexes() {
	c.e.Annexes = make([]AnnexResult, 0, len(c.p.Annexes))
	for _, a := range c.p.Annexes {
		c.e.Annexes = append(c.e.Annexes, c.annex(a))
	}
}

func (c *context) annex(a programme.Annex) AnnexResult {
	r := AnnexResult{Annex: a.ID, Applies: c.applies(a.When)}
	if !r.Applies {
		return r
	}
	for _, slot := range a.Slots {
		for _, e := range c.bound(slot) {
			if !slices.Contains(r.Evidence, e.ID) {
				r.Evidence = append(r.Evidence, e.ID)
			}
		}
	}
	r.Filled = len(r.Evidence) > 0 || c.hasSection(a.Section)
	return r
}

// bound is the evidence of a slot in the order it is bound: by date of issue,
// then id. Empty files are not bound.
func (c *context) bound(slot string) []Evidence {
	var list []Evidence
	for _, e := range c.s.Evidence {
		if e.Size > 0 && slices.Contains(e.Slots, slot) {
			list = append(list, e)
		}
	}
	slices.SortStableFunc(list, func(a, b Evidence) int {
		return cmp.Or(cmp.Compare(a.Issued, b.Issued), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// hasSection reports whether a part of the volume itself has something to show.
func (c *context) hasSection(section string) bool {
	switch section {
	case "table":
		return len(c.s.Indicators) > 0
	case "self-assessment":
		return len(c.s.Findings) > 0
	case "evidence-index":
		return len(c.s.Evidence) > 0
	}
	return section != ""
}
