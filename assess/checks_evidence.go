package assess

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"mingpin/assess/programme"
)

const (
	clauseCMA     = "《检验检测机构资质认定管理办法》第二条"
	clauseSupport = "GB/T 27050.2-2006《合格评定 供方的符合性声明 第2部分：支持性文件》"
)

// evidenceRules are the checks of evidence (佐证材料) by itself and as proof.
var evidenceRules = []rule{
	{"MP-E01", Quality, clauseSupport, weakRule(weakExpired)},
	{"MP-E02", Quality, clauseSupport, weakRule(weakOld)},
	{"MP-E03", Quality, clauseSupport, weakRule(weakField)},
	{"MP-E04", Block, clauseSupport, emptyFiles},
	{"MP-E05", Quality, clauseSupport, sameFiles},
	{"MP-E06", Hint, clauseSupport, unusedEvidence},
	{"MP-E07", Quality, clauseCMA, reportsWithoutMark},
	{"MP-E08", Block, clauseSupport, issuedLater},
	{"MP-E09", Block, clauseSupport, expiresBeforeIssue},
	{"MP-E10", Hint, clauseSupport, withoutKind},
	{"MP-E11", Quality, clauseSupport, conformsWithoutProof},
	{"MP-E12", Quality, clauseSupport, unfilledSlots},
	{"MP-E13", Block, clauseSupport, danglingEvidence},
	{"MP-E14", Quality, clauseSupport, weakRule(weakUndated)},
	{"MP-E15", Quality, clauseSupport, weakRule(weakNoExpiry)},
	{"MP-E16", Hint, clauseSupport, expiresSoon},
	{"MP-E17", Hint, clauseSupport, notBoundAsPages},
	{"MP-E18", Quality, clauseSupport, missingAnnexes},
	{"MP-E19", Quality, clauseSupport, unprovenGates},
}

func (c *context) result(requirement string) *RequirementResult {
	return &c.e.Requirements[c.results[requirement]]
}

// weakRule finds every record with one kind of weakness, each place once.
func weakRule(key string) func(*context) []finding {
	return func(c *context) []finding {
		var out []finding
		seen := map[Field]bool{}
		for _, x := range c.shortcomings() {
			at := evidenceField(x.evidence.ID, x.weakness.path)
			if x.weakness.key == key && !seen[at] {
				seen[at] = true
				out = append(out, finding{field: at, args: x.evidence.facts(x.weakness.args)})
			}
		}
		return out
	}
}

// facts are what every message about e names.
func (e *Evidence) facts(more Args) Args {
	args := Args{"Title": cmp.Or(e.Title, e.Name, e.ID)}
	for k, v := range more {
		args[k] = v
	}
	return args
}

func emptyFiles(c *context) []finding {
	return c.evidenceWhere("digest", func(e *Evidence) bool { return e.Size == 0 }, nil)
}

func sameFiles(c *context) []finding {
	first := make(map[string]*Evidence, len(c.s.Evidence))
	twice := func(e *Evidence) bool {
		if first[e.Digest] == nil {
			first[e.Digest] = e
		}
		return first[e.Digest] != e
	}
	return c.evidenceWhere("digest", twice, func(e *Evidence) Args {
		return Args{"Other": first[e.Digest].facts(nil)["Title"]}
	})
}

func unusedEvidence(c *context) []finding {
	used := maps.Clone(c.used())
	for _, a := range c.e.Annexes {
		for _, id := range a.Evidence {
			used[id] = append(used[id], c.applicationField("annexes"))
		}
	}
	for _, g := range c.e.Gates {
		for _, id := range g.Evidence {
			used[id] = append(used[id], c.gateField(g.Gate))
		}
	}
	return c.evidenceWhere("slots", func(e *Evidence) bool { return len(used[e.ID]) == 0 }, nil)
}

// slotTestReport is the kind of evidence that test reports are.
const slotTestReport = "test-report"

// isReport reports whether e serves as a test report (检验报告).
func (e *Evidence) isReport() bool { return slices.Contains(e.Slots, slotTestReport) }

func reportsWithoutMark(c *context) []finding {
	unmarked := func(e *Evidence) bool {
		return e.isReport() && !slices.ContainsFunc(e.Marks, func(m string) bool {
			m = strings.ToUpper(strings.TrimSpace(m))
			return m == "CMA" || m == "CNAS"
		})
	}
	return c.evidenceWhere("marks", unmarked, func(e *Evidence) Args { return Args{"Number": e.Number} })
}

func issuedLater(c *context) []finding {
	return c.evidenceWhere("issued", func(e *Evidence) bool { return e.Issued > c.s.Date }, func(e *Evidence) Args {
		return Args{"Issued": string(e.Issued), "Date": string(c.s.Date)}
	})
}

func expiresBeforeIssue(c *context) []finding {
	wrong := func(e *Evidence) bool { return e.Issued != "" && e.Expires != "" && e.Expires < e.Issued }
	return c.evidenceWhere("expires", wrong, func(e *Evidence) Args {
		return Args{"Issued": string(e.Issued), "Expires": string(e.Expires)}
	})
}

func withoutKind(c *context) []finding { return c.evidenceWhere("slots", c.withoutKind, nil) }

// withoutKind reports whether e is of no kind the pack knows.
func (c *context) withoutKind(e *Evidence) bool {
	return !slices.ContainsFunc(e.Slots, func(slot string) bool { _, ok := c.slots[slot]; return ok })
}

// conformsWithoutProof finds requirements rated as met for which the pack asks
// no particular evidence and none is attached.
func conformsWithoutProof(c *context) []finding {
	return c.requirementsWhere("evidence", func(x answered) bool {
		return x.result.Conforming && len(x.result.Slots) == 0 && blank(x.finding.Statement) &&
			len(c.requirementPool(x.requirement, x.finding)) == 0
	})
}

// unfilledSlots finds requirements rated as met whose evidence is not complete.
func unfilledSlots(c *context) []finding {
	return each(c.p.Requirements, func(q programme.Requirement) []finding {
		r := c.result(q.ID)
		if !r.Conforming || r.Proven {
			return nil
		}
		return each(r.Slots, func(s SlotResult) []finding {
			return one(!s.Filled, c.findingField(q.ID, "evidence"), Args{
				"Requirement": q.ID, "Clause": q.Clause, "Slot": s.Slot, "Need": itoa(s.Need), "Valid": itoa(len(s.Valid)),
			})
		})
	})
}

func danglingEvidence(c *context) []finding {
	var out []finding
	for id, places := range c.used() {
		if _, there := c.evidence[id]; there {
			continue
		}
		for _, at := range places {
			out = append(out, finding{field: at, args: Args{"Evidence": id}})
		}
	}
	return out
}

func expiresSoon(c *context) []finding {
	limit := c.s.Date.Plus(programme.Period{Months: 6})
	soon := func(e *Evidence) bool { return e.Expires != "" && e.Expires >= c.s.Date && e.Expires < limit }
	return c.evidenceWhere("expires", soon, func(e *Evidence) Args { return Args{"Expires": string(e.Expires)} })
}

// boundMedia are the formats whose pages stand in the volume.
var boundMedia = []string{"application/pdf", "image/jpeg", "image/png"}

func notBoundAsPages(c *context) []finding {
	foreign := func(e *Evidence) bool { return !slices.Contains(boundMedia, e.Media) }
	return c.evidenceWhere("name", foreign, func(e *Evidence) Args { return Args{"Name": e.Name} })
}

func missingAnnexes(c *context) []finding {
	var out []finding
	for i, a := range c.p.Annexes {
		r := c.e.Annexes[i]
		if a.Section != "" {
			continue // the program makes it; what it is made of has checks of its own
		}
		if a.Required && r.Applies && !r.Filled {
			f := finding{field: c.applicationField("annexes." + a.ID), args: Args{"Annex": a.ID, "Slots": strings.Join(a.Slots, ", ")}}
			if a.Provenance.Blocks() {
				f.severity = Block
			}
			out = append(out, f)
		}
	}
	return out
}

// unprovenGates finds gates that pass but lack the evidence they ask for.
func unprovenGates(c *context) []finding {
	return each(c.p.Gates, func(g programme.Gate) []finding {
		r := c.gateResults[g.ID]
		if !r.Passes() || r.State == programme.Skipped {
			return nil
		}
		return each(c.fill(g.Evidence, c.gatePool(g)), func(s SlotResult) []finding {
			return one(!s.Filled, c.gateField(g.ID), Args{"Gate": g.ID, "Slot": s.Slot, "Need": itoa(s.Need), "Valid": itoa(len(s.Valid))})
		})
	})
}

// gateField is where a gate is answered.
func (c *context) gateField(gate string) Field {
	return field(KindAttestation, c.s.Application.ID+"/"+gate, "holds")
}
