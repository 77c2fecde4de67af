package programme

import "strconv"

// Aspects of texts. Which item needs which is written at the kinds below.
const (
	aspectTitle  = "title"
	aspectText   = "text"
	aspectIntent = "intent"
	aspectPass   = "pass"
	aspectFail   = "fail"
	aspectAsk    = "ask"
	aspectHint   = "hint"
	aspectShort  = "short"
	aspectCard   = "card"
)

// kinds says which texts the items of each kind need and which they may have.
var kinds = map[string]struct{ need, may []string }{
	"pack":        {need: []string{aspectTitle, aspectShort, aspectCard}, may: []string{aspectText}},
	"authority":   {need: []string{aspectTitle}},
	"track":       {need: []string{aspectTitle}, may: []string{aspectText}},
	"object":      {need: []string{aspectTitle}, may: []string{aspectText}},
	"parameter":   {need: []string{aspectTitle}, may: []string{aspectText}},
	"dimension":   {need: []string{aspectTitle}, may: []string{aspectText}},
	"scale":       {need: []string{aspectTitle}, may: []string{aspectText}},
	"level":       {need: []string{aspectTitle}, may: []string{aspectText}},
	"slot":        {need: []string{aspectTitle, aspectHint}},
	"gate":        {need: []string{aspectTitle, aspectText, aspectAsk}, may: []string{aspectIntent, aspectPass, aspectFail, aspectHint}},
	"requirement": {need: []string{aspectTitle, aspectText, aspectIntent, aspectPass, aspectFail, aspectAsk}, may: []string{aspectHint}},
	"reason":      {need: []string{aspectTitle}, may: []string{aspectText}},
	"outcome":     {need: []string{aspectTitle, aspectText}},
	"section":     {need: []string{aspectTitle}, may: []string{aspectText, aspectHint}},
	"field":       {need: []string{aspectTitle}, may: []string{aspectText, aspectHint}},
	"declaration": {need: []string{aspectTitle}, may: []string{aspectText}},
	"clause":      {need: []string{aspectText}, may: []string{aspectTitle}},
	"annex":       {need: []string{aspectTitle}, may: []string{aspectText, aspectHint}},
	"state":       {need: []string{aspectTitle}, may: []string{aspectText}},
	"duty":        {need: []string{aspectTitle}, may: []string{aspectText}},
	"why":         {need: []string{aspectText}, may: []string{aspectTitle}},
}

// An item is anything in a pack that has an id of its own and texts.
type item struct {
	kind   string
	id     string
	path   []string    // where it stands
	proof  *Provenance // nil for items without one
	shared bool        // may be named more than once: reasons, authorities, whys
}

// itemsOf lists the items of p in the order in which they stand.
func itemsOf(p *Pack) []item {
	l := itemList{}
	l.put(item{kind: "pack", id: "pack", path: []string{"id"}})
	l.names("authority", p.Authority, true, "authority")
	for i := range p.Tracks {
		l.one("track", p.Tracks[i].ID, &p.Tracks[i].Provenance, "tracks", i)
	}
	l.names("object", p.Objects, false, "objects")
	for i := range p.Parameters {
		l.one("parameter", p.Parameters[i].ID, &p.Parameters[i].Provenance, "parameters", i)
	}
	for i := range p.Dimensions {
		l.one("dimension", p.Dimensions[i].ID, &p.Dimensions[i].Provenance, "dimensions", i)
	}
	for i, s := range p.Scales {
		l.one("scale", s.ID, nil, "scales", i)
		for j, level := range s.Levels {
			l.put(item{kind: "level", id: s.ID + "." + level.ID, path: []string{"scales", itoa(i), "levels", itoa(j)}})
		}
	}
	for i := range p.Slots {
		l.one("slot", p.Slots[i].ID, &p.Slots[i].Provenance, "slots", i)
	}
	for i := range p.Gates {
		l.one("gate", p.Gates[i].ID, &p.Gates[i].Provenance, "gates", i)
	}
	for i := range p.Requirements {
		l.one("requirement", p.Requirements[i].ID, &p.Requirements[i].Provenance, "requirements", i)
		l.names("reason", p.Requirements[i].Reasons, true, "requirements", itoa(i), "na_reasons")
	}
	l.rest(p)
	return l.items
}

type itemList struct{ items []item }

func (l *itemList) put(x item) { l.items = append(l.items, x) }

func (l *itemList) one(kind, id string, proof *Provenance, list string, i int) {
	l.put(item{kind: kind, id: id, proof: proof, path: []string{list, itoa(i)}})
}

func (l *itemList) names(kind string, ids []string, shared bool, path ...string) {
	for i, id := range ids {
		l.put(item{kind: kind, id: id, shared: shared, path: append(path[:len(path):len(path)], itoa(i))})
	}
}

// rest lists what comes after the requirements.
func (l *itemList) rest(p *Pack) {
	for i, o := range p.Scoring.Outcomes {
		l.put(item{kind: "outcome", id: o.ID, path: []string{"scoring", "outcomes", itoa(i)}})
	}
	for i, s := range p.Form {
		l.one("section", s.ID, nil, "form", i)
		for j := range s.Fields {
			f := &p.Form[i].Fields[j]
			l.put(item{kind: "field", id: f.ID, proof: &f.Provenance, path: []string{"form", itoa(i), "fields", itoa(j)}})
		}
	}
	if d := &p.Declaration; d.ID != "" {
		l.put(item{kind: "declaration", id: d.ID, proof: &d.Provenance, path: []string{"declaration"}})
		l.names("clause", d.Clauses, false, "declaration", "clauses")
		l.names("clause", d.Commitment, false, "declaration", "commitment")
	}
	for i := range p.Annexes {
		l.one("annex", p.Annexes[i].ID, &p.Annexes[i].Provenance, "annexes", i)
	}
	for i := range p.States {
		l.one("state", p.States[i].ID, &p.States[i].Provenance, "states", i)
	}
	for i := range p.Duties {
		l.one("duty", p.Duties[i].ID, &p.Duties[i].Provenance, "duties", i)
	}
	for i, m := range p.Migrations {
		for j, move := range m.Moves {
			if move.Why != "" {
				l.put(item{kind: "why", id: move.Why, shared: true, path: []string{"migrations", itoa(i), "moves", itoa(j), "why"}})
			}
		}
	}
}

// A conditionAt is a condition with its place.
type conditionAt struct {
	condition
	item  string // id
	field string // when, test
	path  []string
}

// A condition is a text with what it may ask; two alike are compiled once.
type condition struct {
	text    string
	figures bool // may ask for the figures of the evaluation
}

// conditionsOf lists the conditions of p that are not empty.
func conditionsOf(p *Pack) []conditionAt {
	var list []conditionAt
	put := func(text, item, field string, figures bool, path ...string) {
		if text != "" {
			list = append(list, conditionAt{condition{text, figures}, item, field, append(path, field)})
		}
	}
	rules := func(holder string, evidence []EvidenceRule, path ...string) {
		for i, e := range evidence {
			put(e.When, holder, "when", false, append(path[:len(path):len(path)], "evidence", itoa(i))...)
		}
	}
	for i, g := range p.Gates {
		put(g.When, g.ID, "when", false, "gates", itoa(i))
		put(g.Test, g.ID, "test", false, "gates", itoa(i))
		rules(g.ID, g.Evidence, "gates", itoa(i))
	}
	for i, r := range p.Requirements {
		put(r.When, r.ID, "when", false, "requirements", itoa(i))
		rules(r.ID, r.Evidence, "requirements", itoa(i))
	}
	for i, o := range p.Scoring.Outcomes {
		put(o.When, o.ID, "when", true, "scoring", "outcomes", itoa(i))
	}
	for i, a := range p.Annexes {
		put(a.When, a.ID, "when", false, "annexes", itoa(i))
	}
	return list
}

func itoa(i int) string { return strconv.Itoa(i) }
