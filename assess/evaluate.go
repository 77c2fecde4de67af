package assess

import (
	"cmp"
	"strings"

	"mingpin/assess/programme"
	"mingpin/assess/quantity"
)

// Evaluate holds the application in s against the pack on the declaration date
// of s: gates first, then scores, four separate meters, the comparison table,
// the list of materials and the checks. It is pure, and the same snapshot gives
// the same evaluation whatever the order of its lists.
func Evaluate(p *programme.Pack, s Snapshot) Evaluation {
	c := newContext(p, s.Normal())
	c.e.Approval = approval(&c.s)
	c.gates()
	c.requirements()
	c.scores()
	c.indicators()
	c.annexes()
	c.meters()
	c.issues()
	c.outcome()
	return c.e
}

// context is what one evaluation works on: the normal snapshot, indexed, and
// the evaluation as far as it has come.
type context struct {
	p   *programme.Pack
	s   Snapshot
	env *environment
	e   Evaluation

	evidence     map[string]*Evidence
	standards    map[string]Standard
	subjects     map[string]Subject
	findings     map[string]*Finding // by requirement
	attestations map[string]Attestation
	slots        map[string]programme.Slot
	slotTerms    map[string]terms
	bySlot       map[string][]string // ids of evidence by kind
	weak         []shortcoming
	judged       bool // weak has been found
	uses         map[string][]Field
	texts        []statement
	scales       map[string]programme.Scale
	gateResults  map[string]GateResult
	results      map[string]int // index in e.Requirements by requirement id
}

func newContext(p *programme.Pack, s Snapshot) *context {
	c := &context{p: p, s: s, gateResults: map[string]GateResult{}, results: map[string]int{}}
	c.env = newEnvironment(p, &c.s)
	c.evidence = pointers(c.s.Evidence, func(e *Evidence) string { return e.ID })
	c.standards = byKey(s.Standards, func(x Standard) string { return x.ID })
	c.subjects = byKey(s.Subjects, func(x Subject) string { return x.ID })
	c.findings = pointers(c.s.Findings, func(x *Finding) string { return x.Requirement })
	c.attestations = byKey(s.Attestations, func(x Attestation) string { return x.Gate })
	c.slots = byKey(p.Slots, func(x programme.Slot) string { return x.ID })
	c.scales = byKey(p.Scales, func(x programme.Scale) string { return x.ID })
	c.slotTerms = make(map[string]terms, len(p.Slots))
	for _, slot := range p.Slots {
		c.slotTerms[slot.ID] = c.newTerms(slot.Valid, slot.MustShow)
	}
	c.bySlot = map[string][]string{}
	for _, e := range s.Evidence {
		for _, slot := range e.Slots {
			c.bySlot[slot] = append(c.bySlot[slot], e.ID)
		}
	}
	return c
}

func byKey[T any](list []T, key func(T) string) map[string]T {
	m := make(map[string]T, len(list))
	for _, x := range list {
		m[key(x)] = x
	}
	return m
}

// pointers indexes the long lists without copying them.
func pointers[T any](list []T, key func(*T) string) map[string]*T {
	m := make(map[string]*T, len(list))
	for n := range list {
		m[key(&list[n])] = &list[n]
	}
	return m
}

// finding is the answer to a requirement, empty where there is none.
func (c *context) finding(requirement string) *Finding {
	if f := c.findings[requirement]; f != nil {
		return f
	}
	return &Finding{}
}

// report is the evidence an indicator's measured value refers to, empty where
// there is none.
func (c *context) report(i Indicator) (*Evidence, bool) {
	if e := c.evidence[i.Measured.Report]; e != nil {
		return e, true
	}
	return &Evidence{}, false
}

// truth evaluates a condition of the pack; an empty one holds.
func (c *context) truth(condition string) programme.Truth {
	if condition == "" {
		return programme.Truth{State: programme.Holds}
	}
	return c.p.Truth(condition, c.env)
}

// applies reports whether something under a condition is asked for: unless the
// condition is known to fail, it is.
func (c *context) applies(when string) bool { return c.truth(when).State != programme.Fails }

// conditionParts are the derivation of what a condition looked up.
func (c *context) conditionParts(t programme.Truth) []Derivation {
	var parts []Derivation
	for _, u := range t.Used {
		parts = append(parts, Derivation{Key: "derivation.lookup", Args: Args{"Call": u.Call}, Value: u.Value})
	}
	for _, m := range t.Missing {
		parts = append(parts, Derivation{Key: "derivation.missing", Args: Args{"Concept": m}, Field: c.entry(m)})
	}
	return parts
}

// factField is where facts of a concept are entered.
func factField(concept string) Field { return Field(KindFact + "/" + concept) }

// entry is where something a condition misses is entered: a fact of a concept,
// or an attribute of the application, its client or its executed standard.
func (c *context) entry(missing string) Field {
	if _, concept := c.p.Concepts[missing]; concept {
		return factField(missing)
	}
	kind, name, _ := strings.Cut(missing, ".")
	path := cmp.Or(attributePaths[name], name)
	switch kind {
	case KindApplication:
		return c.applicationField(path)
	case KindClient:
		return c.clientField(path)
	case KindStandard:
		return standardField(c.s.Application.Standard, path)
	}
	return factField(missing)
}

// attributePaths are the attributes whose names differ from their place.
var attributePaths = map[string]string{
	"product": "productName", "launched_on": "launchedOn", "published_on": "published.on",
	"brand": "brand.name", "brand_number": "brand.number", "brand_holder": "brand.holder", "brand_expires": "brand.expires",
}

func field(kind, key, path string) Field { return Field(kind + "/" + key + "/" + path) }

// outcome is the readiness tier (准备度): the first of the pack's whose
// condition holds. A reference pack gives none.
func (c *context) outcome() {
	if c.p.Status == programme.Reference {
		return
	}
	c.figures()
	for _, o := range c.p.Scoring.Outcomes {
		if c.truth(o.When).State == programme.Holds {
			c.e.Outcome = o.ID
			return
		}
	}
}

// figures are what the conditions of outcomes may ask about the evaluation
// itself. Every gate counts as failed or unknown, also one that only warns: it
// stops nobody, but nobody is ready with it.
func (c *context) figures() {
	failed, unknown := 0, 0
	for _, g := range c.e.Gates {
		switch g.State {
		case programme.Fails:
			failed++
		case programme.Unknown:
			unknown++
		}
	}
	blocks := 0
	for _, i := range c.e.Issues {
		if i.Severity == Block {
			blocks++
		}
	}
	c.env.figures = map[string]string{
		"score":         c.e.Score.Value.String(),
		"answered":      c.e.Meters.Answered.share().String(),
		"proven":        c.e.Meters.Proven.share().String(),
		"conforming":    c.e.Meters.Conforming.share().String(),
		"approved":      c.e.Meters.Approved.share().String(),
		"gates_failed":  itoa(failed),
		"gates_unknown": itoa(unknown),
		"blocks":        itoa(blocks),
	}
}

// share is Done/Of with four places, cut off so that it never looks better than
// it is; nothing asked for is everything done.
func (m Meter) share() quantity.Decimal {
	if m.Of == 0 {
		return decimal("1")
	}
	tenThousandths := m.Done * 10_000 / m.Of
	return decimal(itoa(tenThousandths/10_000) + "." + fourDigits(tenThousandths%10_000))
}

func fourDigits(n int) string {
	s := itoa(n)
	return "0000"[len(s):] + s
}
