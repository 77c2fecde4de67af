package assess

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"mingpin/assess/programme"
)

// A Rule is one check every application goes through. Its id is frozen: it is
// never changed and never given to another check.
type Rule struct {
	ID       string   `json:"id"`       // MP-L01
	Severity Severity `json:"severity"` // the most it can weigh; a finding may weigh less
	Clause   string   `json:"clause"`   // document and article it rests on
	Key      string   `json:"key"`      // catalogue key of its message
}

// A rule finds what is wrong in an evaluated application.
type rule struct {
	ID       string
	Severity Severity
	Clause   string
	find     func(*context) []finding
}

// A finding is one hit of a rule: where, and with what facts. Severity is that
// of the rule unless given.
type finding struct {
	field    Field
	args     Args
	severity Severity
}

// groups are all rules, group by group.
func groups() [][]rule {
	return [][]rule{
		lawRules, tableRules, evidenceRules, declarationRules, consistencyRules, vetoRules, humanRules,
	}
}

// Rules lists every check, by id.
func Rules() []Rule {
	var out []Rule
	for _, group := range groups() {
		for _, r := range group {
			out = append(out, Rule{ID: r.ID, Severity: r.Severity, Clause: r.Clause, Key: r.key()})
		}
	}
	slices.SortFunc(out, func(a, b Rule) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

func (r rule) key() string { return "check." + strings.ToLower(r.ID) }

// issues runs every rule. Blocks come first, then by rule and field.
func (c *context) issues() {
	c.e.Issues = []Issue{}
	for _, group := range groups() {
		for _, r := range group {
			c.run(r)
		}
	}
	slices.SortStableFunc(c.e.Issues, func(a, b Issue) int {
		return cmp.Or(
			cmp.Compare(severityRank[a.Severity], severityRank[b.Severity]),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Field, b.Field), compareArgs(a.Args, b.Args),
		)
	})
}

func (c *context) run(r rule) {
	for _, f := range r.find(c) {
		c.e.Issues = append(c.e.Issues, Issue{
			Rule: r.ID, Severity: cmp.Or(f.severity, r.Severity), Clause: r.Clause,
			Key: r.key(), Args: f.args, Field: f.field,
		})
	}
}

var severityRank = map[Severity]int{Block: 0, Quality: 1, Hint: 2, Human: 3}

func compareArgs(a, b Args) int {
	keys := slices.Sorted(maps.Keys(a))
	if n := slices.Compare(keys, slices.Sorted(maps.Keys(b))); n != 0 {
		return n
	}
	for _, k := range keys {
		if n := cmp.Compare(a[k], b[k]); n != 0 {
			return n
		}
	}
	return 0
}

// one is the single finding of a rule about the whole application when bad.
func one(bad bool, at Field, args Args) []finding {
	if !bad {
		return nil
	}
	return []finding{{field: at, args: args}}
}

// Places rules point at.
func (c *context) clientField(path string) Field { return field(KindClient, c.s.Client.ID, path) }

func (c *context) applicationField(path string) Field {
	return field(KindApplication, c.s.Application.ID, path)
}

func (c *context) declarationField(path string) Field {
	return field(KindDeclaration, c.s.Application.ID, path)
}

func evidenceField(id, path string) Field { return field(KindEvidence, id, path) }

func indicatorField(id, path string) Field { return field(KindIndicator, id, path) }

func standardField(id, path string) Field { return field(KindStandard, id, path) }

// executed is the standard the product is made to, if it is recorded.
func (c *context) executed() (Standard, bool) {
	s, ok := c.standards[c.s.Application.Standard]
	return s, ok
}

// number names a standard in a message: by number, else by the id used.
func (c *context) number(id string) string { return cmp.Or(c.standards[id].Number, id) }

// each makes findings from a list.
func each[T any](list []T, look func(T) []finding) []finding {
	var out []finding
	for _, x := range list {
		out = append(out, look(x)...)
	}
	return out
}

// evidenceWhere finds the evidence that is bad, at path of its record; more adds
// to the facts of its message.
func (c *context) evidenceWhere(path string, bad func(*Evidence) bool, more func(*Evidence) Args) []finding {
	var out []finding
	for n := range c.s.Evidence {
		e := &c.s.Evidence[n]
		if !bad(e) {
			continue
		}
		var args Args
		if more != nil {
			args = more(e)
		}
		out = append(out, finding{field: evidenceField(e.ID, path), args: e.facts(args)})
	}
	return out
}

// An answered is a requirement with its answer and what that amounts to.
type answered struct {
	requirement *programme.Requirement
	finding     *Finding
	result      *RequirementResult
}

// requirementsWhere finds the requirements whose answer is bad, at path of the
// finding.
func (c *context) requirementsWhere(path string, bad func(answered) bool) []finding {
	var out []finding
	for n := range c.p.Requirements {
		q := &c.p.Requirements[n]
		if bad(answered{q, c.finding(q.ID), c.result(q.ID)}) {
			out = append(out, finding{field: c.findingField(q.ID, path), args: Args{"Requirement": q.ID, "Clause": q.Clause}})
		}
	}
	return out
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }
