package assesstest

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"mingpin/assess"
	"mingpin/assess/programme"
)

// Days on which the people of the sample rated and answered.
const (
	ratedOn    = "2026-11-10"
	answeredOn = "2026-11-12"
)

func (s sample) build(concepts programme.Concepts) (Case, error) {
	c := Case{Date: s.Date, Client: s.Client, Application: sampleApplication, reviews: s.Reviews}
	c.Client.Code = cmp.Or(c.Client.Code, clientCode)
	facts, err := s.facts(concepts)
	if err != nil {
		return c, err
	}
	rows, err := s.rows()
	if err != nil {
		return c, err
	}
	c.Entities = slices.Concat(s.before(), facts)
	c.After = slices.Concat(rows, s.answers())
	for _, p := range s.Evidence {
		c.Papers = append(c.Papers, p.paper(c.Client))
	}
	for i := range c.reviews {
		c.reviews[i].Application, c.reviews[i].Order = sampleApplication, i+1
	}
	return c, nil
}

// before are the entities that need neither a concept nor evidence.
func (s sample) before() []assess.Entity {
	s.Application.ID = sampleApplication
	s.Declaration.Application = sampleApplication
	s.Declaration.On = cmp.Or(s.Declaration.On, s.Date)
	out := slices.Concat(entities(s.Subjects), entities(s.Standards), []assess.Entity{s.Application, s.Declaration})
	for _, a := range s.Actions {
		a.Application = sampleApplication
		out = append(out, a)
	}
	for _, x := range s.Signers {
		x.Application = sampleApplication
		out = append(out, x)
	}
	return out
}

func entities[E assess.Entity](list []E) []assess.Entity {
	out := make([]assess.Entity, 0, len(list))
	for _, e := range list {
		out = append(out, e)
	}
	return out
}

// answers are the attestations, given by the chief quality officer, and the
// findings, in the order of their requirements' ids.
func (s sample) answers() []assess.Entity {
	var out []assess.Entity
	for _, a := range s.Attestations {
		a.Application, a.Holds = sampleApplication, true
		a.By = cmp.Or(a.By, s.Client.Quality.Name)
		a.On = cmp.Or(a.On, answeredOn)
		out = append(out, a)
	}
	for _, id := range slices.Sorted(maps.Keys(s.Findings)) {
		f := s.Findings[id]
		f.Application, f.Requirement = sampleApplication, id
		f.By = cmp.Or(f.By, f.Department)
		f.On = cmp.Or(f.On, ratedOn)
		out = append(out, f)
	}
	return out
}

// extensions are the endings of file names by format.
var extensions = map[string]string{"pdf": ".pdf", "jpeg": ".jpg", "png": ".png", "xlsx": ".xlsx", "docx": ".docx"}

func (p paper) paper(client assess.Client) Paper {
	if p.Issuer == "client" {
		p.Issuer = client.Name
	}
	if p.Holder == "client" {
		p.Holder, p.HolderCode = client.Name, client.Code
	}
	p.Name = p.Title + extensions[p.Format]
	return Paper{
		Record: p.Evidence, File: p.Name, Format: p.Format, Pages: max(p.Pages, 1),
		Landscape: p.Landscape, Turned: p.Turned, Body: p.Body,
	}
}

// missing says that something the sample names does not exist.
func missing(what, id string) error {
	return fmt.Errorf("sample names %s %q, which does not exist", what, id)
}
