package assess

import (
	"cmp"
	"slices"

	"mingpin/assess/programme"
)

// environment answers what the conditions of a pack ask, from a snapshot.
type environment struct {
	s       *Snapshot
	facts   map[string][]programme.Fact // counting facts by concept, latest first
	sources map[string][]Fact           // the same facts as recorded, in the same order
	attrs   map[string]string
	params  map[string]string
	figures map[string]string
}

var _ programme.Env = (*environment)(nil)

func newEnvironment(p *programme.Pack, s *Snapshot) *environment {
	env := &environment{
		s: s, facts: map[string][]programme.Fact{}, sources: map[string][]Fact{},
		params: map[string]string{}, figures: map[string]string{}, attrs: attributes(s),
	}
	for _, t := range s.Thresholds {
		env.params[t.Parameter] = t.Value
	}
	env.index(p)
	env.fromRecords(p)
	return env
}

// A record is a date that some concept shares with a record kept elsewhere.
type record struct {
	concept string
	value   string
}

// recorded are the facts that the records of the application itself state: what
// was entered once need not be entered again.
func (env *environment) recorded() []record {
	a := env.s.Application
	var std Standard
	for _, x := range env.s.Standards {
		if x.ID == a.Standard {
			std = x
		}
	}
	return []record{
		{"standard.published_on", string(std.Published.On)},
		{"standard.reviewed_on", string(std.Reviewed)},
		{"trade-mark.valid_until", string(a.Brand.Expires)},
		{"cqo.appointed_on", string(env.s.Client.Quality.Since)},
		{"product.launched_on", string(a.LaunchedOn)},
	}
}

// fromRecords lets a record stand in where its concept has no fact at all, not
// even one to be confirmed.
func (env *environment) fromRecords(p *programme.Pack) {
	stated := map[string]bool{}
	for _, f := range env.s.Facts {
		stated[f.Concept] = true
	}
	for _, r := range env.recorded() {
		concept, known := p.Concepts[r.concept]
		if known && r.value != "" && !stated[r.concept] {
			env.facts[r.concept] = []programme.Fact{{Concept: r.concept, Type: concept.Type, Value: r.value}}
		}
	}
}

// index gathers the facts that count for the application's object: those of
// the declared product, of its line, site and client, and of the producing
// sites. Facts still to be confirmed and facts later than the declaration date
// do not count.
func (env *environment) index(p *programme.Pack) {
	reach := env.s.reach()
	for _, f := range env.s.Facts {
		if !f.Pending && !f.after(env.s.Date) && reach.counts(f, p.Concepts[f.Concept]) {
			env.sources[f.Concept] = append(env.sources[f.Concept], f)
		}
	}
	for id, list := range env.sources {
		slices.SortStableFunc(list, func(a, b Fact) int {
			return cmp.Or(
				cmp.Compare(b.moment(), a.moment()), // latest first
				cmp.Compare(reach.distance[a.Subject], reach.distance[b.Subject]),
				cmp.Compare(a.ID, b.ID),
			)
		})
		concept := p.Concepts[id]
		for _, f := range list {
			env.facts[id] = append(env.facts[id], programme.Fact{
				Concept: id, Type: concept.Type, Value: f.Value, Unit: f.Unit,
				Year: f.Year, Period: f.Period, None: f.None,
			})
		}
	}
}

// moment is the date by which the latest of several facts is chosen.
func (x Fact) moment() Date {
	switch {
	case x.Year > 0:
		return Date(itoa(x.Year) + "-12-31")
	case x.None && x.Period.To == "":
		return "9999-12-31" // goes on until the declaration date
	case x.Period.To != "":
		return x.Period.To
	case x.Period.From != "":
		return x.Period.From
	}
	if d := Date(x.Value); d.Valid() {
		return d
	}
	return ""
}

// after reports whether f speaks of a time that had not begun on d.
func (x Fact) after(d Date) bool {
	return x.Year > d.Year() || (x.Period.From != "" && x.Period.From > d)
}

// A reach is how far each subject lies from the declared product; subjects
// that do not count are absent.
type reach struct {
	distance map[string]int
	below    map[string]bool // models and parts of the declared product
}

func (s *Snapshot) reach() reach {
	r := reach{distance: map[string]int{}, below: map[string]bool{}}
	for n, id := range s.lineage(s.Application.Product) {
		r.distance[id] = n
	}
	for _, place := range s.Application.Places {
		for _, id := range s.lineage(place) {
			if _, there := r.distance[id]; !there {
				r.distance[id] = len(r.distance)
			}
		}
	}
	for _, x := range s.Subjects {
		_, above := r.distance[x.ID]
		if !above && slices.Contains(s.lineage(x.ID), s.Application.Product) {
			r.below[x.ID] = s.Application.Product != ""
		}
	}
	return r
}

// counts reports whether f counts. What happened to one model of the product
// counts against the product; what did not happen to one model proves nothing
// about the others.
func (r reach) counts(f Fact, concept programme.Concept) bool {
	if _, ok := r.distance[f.Subject]; ok {
		return true
	}
	return r.below[f.Subject] && concept.Type == programme.Event && !f.None
}

func attributes(s *Snapshot) map[string]string {
	a, c := s.Application, s.Client
	attrs := map[string]string{
		"application.programme": a.Programme, "application.version": a.Version,
		"application.track": a.Track, "application.object": a.Object,
		"application.product": a.ProductName, "application.licences": a.Licences,
		"application.launched_on": string(a.LaunchedOn), "application.state": a.State,
		"application.brand": a.Brand.Name, "application.brand_number": a.Brand.Number,
		"application.brand_holder": a.Brand.Holder, "application.brand_expires": string(a.Brand.Expires),
		"client.name": c.Name, "client.code": c.Code, "client.region": c.Region, "client.type": c.Type,
		"client.scale": c.Scale, "client.industry": c.Industry, "client.founded": string(c.Founded),
		"client.employees": c.Employees,
	}
	for _, std := range s.Standards {
		if std.ID == a.Standard {
			attrs["standard.number"], attrs["standard.class"], attrs["standard.status"] = std.Number, std.Class, std.Status
			attrs["standard.from"], attrs["standard.published_on"] = string(std.From), string(std.Published.On)
		}
	}
	return attrs
}

func (env *environment) Date() Date { return env.s.Date }

func (env *environment) Attr(path string) (string, bool) {
	v := env.attrs[path]
	return v, v != ""
}

func (env *environment) Facts(concept string) []programme.Fact { return env.facts[concept] }

func (env *environment) Param(id string) (string, bool) {
	v, ok := env.params[id]
	return v, ok
}

func (env *environment) Figure(name string) (string, bool) {
	v, ok := env.figures[name]
	return v, ok
}
