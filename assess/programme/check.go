package programme

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

var idForm = regexp.MustCompile(`\bid:\s*["']?([a-z][a-z0-9._-]*)`)

// Placeholders are what {…} in the texts of a declaration may name. Whoever
// prints the declaration fills them from the snapshot.
var Placeholders = []string{
	"application.brand", "application.models", "application.product", "application.standard",
	"client.address", "client.code", "client.legal", "client.name", "client.quality",
	"declaration.date", "declaration.number", "declaration.place", "declaration.valid_until",
	"pack.title", "pack.version", "standard.number", "standard.platform", "standard.published_on", "standard.title",
}

// Sections are the parts of the volume an annex may stand for instead of slots.
var Sections = []string{
	"commitment", "declaration", "evidence-index", "form", "gates", "self-assessment", "table",
}

// check finds everything that makes the pack unusable.
func (d *draft) check() {
	d.items = itemsOf(d.pack)
	d.identity()
	d.sameIDs()
	d.dates()
	d.scales()
	d.parameters()
	d.gates()
	d.requirements()
	d.rest()
	d.migrations()
	d.placeholders()
	d.concepts()
	d.conditions()
}

func (d *draft) at(id string, path ...string) place {
	p := d.src.at(path...)
	if id != "" {
		p.id = id
	}
	return p
}

// identity holds the folder against what the pack says of itself.
func (d *draft) identity() {
	if d.dir == "" || d.dir == "." {
		return
	}
	version := path.Base(d.dir)
	if version != d.pack.Version {
		d.add(d.at("pack", "version"), ruleIdentity, "want", version, "value", d.pack.Version)
	}
	if programme := path.Base(path.Dir(d.dir)); programme != "." && programme != "/" && programme != d.pack.ID {
		d.add(d.at("pack", "id"), ruleIdentity, "want", programme, "value", d.pack.ID)
	}
}

// sameIDs refuses an id used twice: items share one space of names, since their
// texts do.
func (d *draft) sameIDs() {
	seen := map[string]item{}
	for _, x := range d.items {
		first, twice := seen[x.id]
		if twice && !(x.shared && first.shared) {
			d.add(d.at(x.id, x.path...), ruleSameID, "kind", first.kind)
		}
		if !twice {
			seen[x.id] = x
		}
	}
	basis := map[string]bool{}
	for i, b := range d.pack.Basis {
		if basis[b.ID] {
			d.add(d.at(b.ID, "basis", itoa(i)), ruleSameID, "kind", "basis")
		}
		basis[b.ID] = true
	}
}

func (d *draft) dates() {
	e := d.pack.Effective
	for _, f := range []struct {
		name string
		date Date
	}{{"from", e.From}, {"to", e.To}} {
		if f.date != "" && !f.date.Valid() {
			d.add(d.at("pack", "effective", f.name), ruleDate, "field", "effective."+f.name, "value", string(f.date))
		}
	}
	if e.From != "" && e.To != "" && e.To < e.From {
		d.add(d.at("pack", "effective"), ruleDate, "field", "effective", "value", string(e.From+"/"+e.To))
	}
	for i, b := range d.pack.Basis {
		if b.Date != "" && !b.Date.Valid() {
			d.add(d.at(b.ID, "basis", itoa(i), "date"), ruleDate, "field", "date", "value", string(b.Date))
		}
	}
	if d.pack.Supersedes == d.pack.Version {
		d.add(d.at("pack", "supersedes"), ruleMigration, "from", d.pack.Supersedes, "why", "a version does not supersede itself")
	}
}

func (d *draft) scales() {
	hundred := whole(100)
	for i, s := range d.pack.Scales {
		for j, level := range s.Levels {
			low := level.Points.Cmp(whole(0)) < 0 || level.Points.Cmp(hundred) > 0
			if low || (j > 0 && level.Points.Cmp(s.Levels[j-1].Points) < 0) {
				d.add(d.at(s.ID+"."+level.ID, "scales", itoa(i), "levels", itoa(j), "points"), rulePoints, "value", level.Points.String())
			}
		}
	}
	for i, x := range d.pack.Dimensions {
		d.notNegative(x.ID, x.Weight, "dimensions", itoa(i), "weight")
	}
	for i, x := range d.pack.Requirements {
		d.notNegative(x.ID, x.Weight, "requirements", itoa(i), "weight")
	}
	d.within(d.pack.Scoring.Ready.Score, whole(100), "scoring", "ready", "score")
	d.within(d.pack.Scoring.Ready.Proven, whole(1), "scoring", "ready", "proven")
}

func (d *draft) notNegative(id string, n decimal, path ...string) {
	if n.Cmp(whole(0)) < 0 {
		d.add(d.at(id, path...), ruleValue, "name", path[len(path)-1], "value", n.String(), "want", "wanted 0 or more")
	}
}

func (d *draft) within(n, most decimal, path ...string) {
	if n.Cmp(whole(0)) < 0 || n.Cmp(most) > 0 {
		d.add(d.at("", path...), ruleValue, "name", path[len(path)-1], "value", n.String(), "want", "wanted 0 to "+most.String())
	}
}

func (d *draft) parameters() {
	for i, x := range d.pack.Parameters {
		if (x.Period != "") == d.hasValue(i) {
			d.add(d.at(x.ID, "parameters", itoa(i)), ruleParamKind)
		}
		if x.Unit != "" && !knownUnit(x.Unit) {
			d.add(d.at(x.ID, "parameters", itoa(i), "unit"), ruleUnit, "unit", x.Unit, "type", "parameter")
		}
	}
}

// hasValue reports whether a parameter is a number; in the canonical form the
// number 0 is not written.
func (d *draft) hasValue(i int) bool {
	x := d.pack.Parameters[i]
	if d.src.root == nil {
		return x.Period == "" || !x.Value.IsZero()
	}
	list, _, _ := d.src.root.child("parameters")
	entry, _, _ := list.child(itoa(i))
	_, _, written := entry.child("value")
	return written
}

func (d *draft) gates() {
	for i, g := range d.pack.Gates {
		if (g.Test != "") == g.Attested {
			d.add(d.at(g.ID, "gates", itoa(i)), ruleGateKind)
		}
		d.evidence(g.ID, g.Evidence, "gates", itoa(i))
	}
}

func (d *draft) evidence(holder string, rules []EvidenceRule, path ...string) {
	for i, e := range rules {
		_, ok := d.pack.Slot(e.Slot)
		d.known(ok, reference{holder: holder, field: "evidence.slot", name: e.Slot, kind: "slot"},
			append(path[:len(path):len(path)], "evidence", itoa(i), "slot")...)
	}
}

// A reference from one item to another.
type reference struct{ holder, field, name, kind string }

func (d *draft) known(ok bool, r reference, path ...string) {
	if !ok {
		d.add(d.at(r.holder, path...), ruleReference, "field", r.field, "name", r.name, "kind", r.kind)
	}
}

func (d *draft) requirements() {
	for i, r := range d.pack.Requirements {
		at := func(field string) []string { return []string{"requirements", itoa(i), field} }
		_, ok := d.pack.Dimension(r.Dimension)
		d.known(ok, reference{r.ID, "dimension", r.Dimension, "dimension"}, at("dimension")...)
		scale, ok := d.pack.Scale(r.Scale)
		d.known(ok, reference{r.ID, "scale", r.Scale, "scale"}, at("scale")...)
		if _, on := scale.Level(r.Pass); ok && !on {
			d.add(d.at(r.ID, at("pass")...), rulePass, "name", r.Pass, "scale", r.Scale)
		}
		if r.Gate != "" {
			_, ok := d.pack.Gate(r.Gate)
			d.known(ok, reference{r.ID, "gate", r.Gate, "gate"}, at("gate")...)
		}
		d.evidence(r.ID, r.Evidence, "requirements", itoa(i))
	}
}

// rest checks the references of the annexes, states and outcomes.
func (d *draft) rest() {
	for i, a := range d.pack.Annexes {
		for j, s := range a.Slots {
			_, ok := d.pack.Slot(s)
			d.known(ok, reference{a.ID, "slots", s, "slot"}, "annexes", itoa(i), "slots", itoa(j))
		}
		switch {
		case (a.Section == "") == (len(a.Slots) == 0):
			d.add(d.at(a.ID, "annexes", itoa(i)), ruleAnnexKind, "name", "it has both or neither")
		case a.Section != "" && !slices.Contains(Sections, a.Section):
			d.add(d.at(a.ID, "annexes", itoa(i), "section"), ruleAnnexKind, "name", "no section "+a.Section)
		}
	}
	for i, s := range d.pack.States {
		for j, next := range s.Next {
			_, ok := d.pack.State(next)
			d.known(ok, reference{s.ID, "next", next, "state"}, "states", itoa(i), "next", itoa(j))
		}
	}
	if d.pack.Declaration.ID == "" && d.pack.Status != Reference {
		d.add(d.at("pack", "id"), ruleMissing, "name", "declaration")
	}
}

func (d *draft) migrations() {
	for i, m := range d.pack.Migrations {
		moved := map[string]bool{}
		wrong := func(why string, path ...string) {
			d.add(d.at("migrations", append([]string{"migrations", itoa(i)}, path...)...), ruleMigration, "from", m.From, "why", why)
		}
		if m.From == d.pack.Version {
			wrong("it starts at this version itself", "from")
		}
		for j, move := range m.Moves {
			for k, id := range move.From {
				if moved[id] {
					wrong(id+" is moved twice", "moves", itoa(j), "from", itoa(k))
				}
				moved[id] = true
			}
			for k, id := range move.To {
				ok := slices.ContainsFunc(d.items, func(x item) bool { return x.id == id })
				d.known(ok, reference{"migrations", "to", id, "item"}, "migrations", itoa(i), "moves", itoa(j), "to", itoa(k))
			}
			if len(move.From) > 1 && len(move.To) > 1 {
				wrong("a move is one to many or many to one", "moves", itoa(j))
			}
		}
	}
}

var placeholderForm = regexp.MustCompile(`\{([^{}]*)\}`)

// placeholders checks the texts of the declaration in every language.
func (d *draft) placeholders() {
	for _, x := range d.items {
		if x.kind != "clause" && x.kind != "declaration" {
			continue
		}
		for _, l := range d.locales {
			key := x.id + "." + aspectText
			for _, m := range placeholderForm.FindAllStringSubmatch(l.texts[key], -1) {
				if !slices.Contains(Placeholders, m[1]) {
					d.add(l.at(key, x.id), rulePlaceholder, "name", m[0])
				}
			}
		}
	}
}

// concepts fills in the concepts the pack uses and refuses unknown ones. Those
// in conditions are gathered while compiling.
func (d *draft) concepts() {
	d.pack.Concepts = Concepts{}
	for i, g := range d.pack.Gates {
		for j, id := range g.Concepts {
			d.concept(id, reference{holder: g.ID, field: "concepts"}, "gates", itoa(i), "concepts", itoa(j))
		}
	}
	for i, r := range d.pack.Requirements {
		if r.Concept != "" {
			d.concept(r.Concept, reference{holder: r.ID, field: "concept"}, "requirements", itoa(i), "concept")
		}
	}
	for i, s := range d.pack.Form {
		for j, f := range s.Fields {
			if id, ok := strings.CutPrefix(f.Source, "fact:"); ok {
				d.concept(id, reference{holder: f.ID, field: "source"}, "form", itoa(i), "fields", itoa(j), "source")
			}
		}
	}
}

func (d *draft) concept(id string, r reference, path ...string) {
	if !d.use(id) {
		d.add(d.at(r.holder, path...), ruleConcept, "field", r.field, "name", id)
	}
}

func (d *draft) use(id string) bool {
	c, ok := d.reg[id]
	if ok {
		d.pack.Concepts[id] = c
	}
	return ok
}
