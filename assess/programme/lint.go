package programme

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// Lint gives everything that is wrong with the pack in dir: what Load refuses,
// as errors, and what an author should mend, as warnings. Warnings are looked
// for once the pack can be read at all.
func Lint(fsys fs.FS, dir string, reg Concepts) []Problem {
	d := draft{reg: reg, dir: dir}
	d.read(fsys)
	if d.pack != nil {
		d.check()
		d.warn()
	}
	return d.sorted()
}

// warn finds what does not stop a pack but should not stay.
func (d *draft) warn() {
	d.texts()
	d.orphans()
	d.provenances()
	d.weights()
	d.process()
	d.proofs()
	d.outcomes()
	d.unused()
}

// texts looks for texts that are missing or empty: those every item needs, and
// optional ones that only some languages have.
func (d *draft) texts() {
	for _, lang := range Languages {
		if d.pack.Texts[lang] == nil {
			d.add(d.at("pack", "id"), ruleTranslation, "name", "locales/"+lang+".yaml", "lang", lang)
		}
	}
	seen := map[string]bool{}
	for _, x := range d.items {
		if seen[x.id] {
			continue
		}
		seen[x.id] = true
		for _, aspect := range kinds[x.kind].need {
			d.text(x, aspect, true)
		}
		for _, aspect := range kinds[x.kind].may {
			d.text(x, aspect, false)
		}
	}
}

func (d *draft) text(x item, aspect string, needed bool) {
	key := x.id + "." + aspect
	there := func(l *locale) bool { _, ok := l.texts[key]; return ok }
	if !needed && !slices.ContainsFunc(d.locales, there) {
		return
	}
	for _, l := range d.locales {
		switch {
		case !there(l):
			at := d.at(x.id, x.path...)
			at.file, at.line = l.file, 0
			d.add(at, ruleTranslation, "name", key, "lang", l.lang)
		case l.texts[key] == "":
			d.add(l.at(key, x.id), ruleEmptyText, "name", key)
		}
	}
}

// orphans looks for texts of nothing.
func (d *draft) orphans() {
	known := map[string]bool{}
	for _, x := range d.items {
		for _, aspects := range [][]string{kinds[x.kind].need, kinds[x.kind].may} {
			for _, aspect := range aspects {
				known[x.id+"."+aspect] = true
			}
		}
	}
	for _, l := range d.locales {
		for key := range l.texts {
			if !known[key] {
				d.add(l.at(key, key), ruleOrphanText, "name", key)
			}
		}
	}
}

var idLike = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

// provenances holds what items say of their source against the basis.
func (d *draft) provenances() {
	basis := map[string]bool{}
	for _, b := range d.pack.Basis {
		basis[b.ID] = true
	}
	for _, x := range d.items {
		if x.proof != nil {
			d.provenance(x.id, *x.proof, basis, x.path)
		}
	}
	d.provenance("indicators", d.pack.Indicators.Provenance, basis, []string{"indicators"})
	d.provenance("scoring", d.pack.Scoring.Provenance, basis, []string{"scoring"})
}

func (d *draft) provenance(id string, p Provenance, basis map[string]bool, path []string) {
	at := append(path[:len(path):len(path)], "provenance")
	warn := func(why string) { d.add(d.at(id, at...), ruleProvenance, "why", why) }
	switch {
	case p.Mark == Proposed && p.Law:
		warn("what rests on a law is not proposed by us")
	case p.Mark != Proposed && p.From == "":
		warn(string(p.Mark) + " without a document")
	case p.Mark == Official && !p.Law && !basis[p.From]:
		warn(p.From + " is not in the basis")
	case idLike.MatchString(p.From) && !basis[p.From]:
		warn(p.From + " is not in the basis")
	}
}

// weights sums the dimensions.
func (d *draft) weights() {
	var sum decimal
	holders := map[string]bool{}
	for _, x := range d.pack.Dimensions {
		sum = sum.Add(x.Weight)
	}
	if sum.Cmp(whole(100)) != 0 {
		d.add(d.at("pack", "dimensions"), ruleWeights, "value", sum.String())
	}
	for _, r := range d.pack.Requirements {
		holders[r.Dimension] = true
	}
	for i, x := range d.pack.Dimensions {
		if !holders[x.ID] {
			d.add(d.at(x.ID, "dimensions", itoa(i)), ruleNoItems)
		}
	}
}

// process looks for states nobody reaches and for states that lead nowhere but
// round.
func (d *draft) process() {
	states := d.pack.States
	if len(states) == 0 {
		return
	}
	next := map[string][]string{}
	back := map[string][]string{}
	var ends []string
	for _, s := range states {
		next[s.ID] = s.Next
		for _, n := range s.Next {
			back[n] = append(back[n], s.ID)
		}
		if len(s.Next) == 0 {
			ends = append(ends, s.ID)
		}
	}
	reached := walk(next, states[0].ID)
	leads := walk(back, ends...)
	for i, s := range states {
		if !reached[s.ID] {
			d.add(d.at(s.ID, "states", itoa(i)), ruleUnreachable, "from", states[0].ID)
		}
		if !leads[s.ID] {
			d.add(d.at(s.ID, "states", itoa(i)), ruleEndless)
		}
	}
}

func walk(edges map[string][]string, from ...string) map[string]bool {
	seen := map[string]bool{}
	for len(from) > 0 {
		id := from[len(from)-1]
		from = from[:len(from)-1]
		if !seen[id] {
			seen[id] = true
			from = append(from, edges[id]...)
		}
	}
	return seen
}

// proofs looks at what is asked for as evidence, and where it is bound.
func (d *draft) proofs() {
	asked := map[string]bool{}
	note := func(rules []EvidenceRule) {
		for _, e := range rules {
			asked[e.Slot] = true
		}
	}
	for i, g := range d.pack.Gates {
		note(g.Evidence)
		if len(g.Evidence) == 0 {
			d.add(d.at(g.ID, "gates", itoa(i)), ruleGateProof)
		}
	}
	for i, r := range d.pack.Requirements {
		note(r.Evidence)
		if len(r.Evidence) == 0 && r.Modality == Shall {
			d.add(d.at(r.ID, "requirements", itoa(i)), ruleShallProof)
		}
	}
	placed := map[string]bool{}
	for i, a := range d.pack.Annexes {
		for j, s := range a.Slots {
			placed[s] = true
			if !asked[s] && !a.Required {
				d.add(d.at(a.ID, "annexes", itoa(i), "slots", itoa(j)), ruleAnnexSlot, "name", s)
			}
		}
	}
	for i, s := range d.pack.Slots {
		if !asked[s.ID] && !placed[s.ID] {
			d.add(d.at(s.ID, "slots", itoa(i)), ruleSlotUnused)
		}
		if asked[s.ID] && !placed[s.ID] {
			d.add(d.at(s.ID, "slots", itoa(i)), ruleSlotPlace)
		}
	}
}

// always reports whether a condition holds by its text alone.
func always(condition string) bool { return condition == "" || condition == "true" }

// outcomes looks at the tiers: the last one, and only it, always holds.
func (d *draft) outcomes() {
	list := d.pack.Scoring.Outcomes
	if d.pack.Status == Reference {
		if len(list) > 0 {
			d.add(d.at("scoring", "scoring", "outcomes"), ruleReferenceUp, "name", "outcome")
		}
		if d.pack.Declaration.ID != "" {
			d.add(d.at(d.pack.Declaration.ID, "declaration"), ruleReferenceUp, "name", "declaration")
		}
		return
	}
	if len(list) == 0 || !always(list[len(list)-1].When) {
		d.add(d.at("scoring", "scoring", "outcomes"), ruleOutcomes, "why", "the last one has a condition, so that there may be none")
	}
	for i, o := range list[:max(0, len(list)-1)] {
		if always(o.When) {
			d.add(d.at(o.ID, "scoring", "outcomes", itoa(i)), ruleOutcomes, "why", "nothing after this one is ever reached")
		}
	}
}

// unused looks for parameters no condition reads.
func (d *draft) unused() {
	var all strings.Builder
	for _, c := range conditionsOf(d.pack) {
		all.WriteString(c.text)
		all.WriteByte('\n')
	}
	for i, x := range d.pack.Parameters {
		read := regexp.MustCompile(`param\(\s*["']` + regexp.QuoteMeta(x.ID) + `["']\s*\)`)
		if !read.MatchString(all.String()) {
			d.add(d.at(x.ID, "parameters", itoa(i)), ruleParamUnused)
		}
	}
}
