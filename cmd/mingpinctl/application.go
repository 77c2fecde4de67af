package main

import (
	"os"
	"slices"
	"strings"

	"github.com/google/uuid"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/assess/store"
)

type applicationCommand struct {
	New     applicationNew     `cmd:"" help:"${help_application_new}"`
	Show    applicationShow    `cmd:"" help:"${help_application_show}"`
	Set     applicationSet     `cmd:"" help:"${help_application_set}"`
	Remove  applicationRemove  `cmd:"" help:"${help_application_remove}"`
	Upgrade applicationUpgrade `cmd:"" help:"${help_application_upgrade}"`
}

type applicationNew struct {
	Programme string   `required:"" help:"${help_application_programme}"`
	Version   string   `help:"${help_application_version}"`
	Track     string   `default:"self-declaration" help:"${help_application_track}"`
	Object    string   `default:"product" help:"${help_application_object}"`
	Product   string   `required:"" help:"${help_application_product}"`
	Model     []string `help:"${help_application_model}"`
}

// Run begins an application for a product, which becomes a subject of the
// client, with the signers the programme asks for.
func (c applicationNew) Run(s *session) error {
	p, err := loadPack(c.Programme, c.Version)
	if err != nil {
		return err
	}
	if err := c.offered(p); err != nil {
		return err
	}
	v, err := s.open()
	if err != nil {
		return err
	}
	defer v.Close()
	client, err := v.Client(s.ctx)
	if err != nil {
		return err
	}
	signers, err := s.signers(p, client)
	if err != nil {
		return err
	}
	id, product := newID(), assess.Subject{ID: newID(), Class: "product", Name: c.Product}
	entities := []assess.Entity{product, assess.Application{
		ID: id, Programme: p.ID, Version: p.Version, Track: c.Track, Object: c.Object,
		Product: product.ID, ProductName: c.Product, Models: c.Model, Created: programme.DateOf(s.now()),
	}}
	for _, sg := range signers {
		sg.Application = id
		entities = append(entities, sg)
	}
	if err := s.accept(v, entities...); err != nil {
		return err
	}
	if err := v.Save(s.ctx, entities...); err != nil {
		return err
	}
	s.tell("ctl.application_made", map[string]string{"Product": c.Product, "ID": id})
	return nil
}

// offered refuses a track or an object the programme does not have.
func (c applicationNew) offered(p *programme.Pack) error {
	if _, ok := p.Track(c.Track); !ok {
		var all []string
		for _, t := range p.Tracks {
			all = append(all, t.ID)
		}
		return &assess.Fault{Kind: assess.Usage, Key: "fault.unknown_track", Args: assess.Args{"Track": c.Track, "All": strings.Join(all, ", ")}}
	}
	if !slices.Contains(p.Objects, c.Object) {
		return &assess.Fault{Kind: assess.Usage, Key: "fault.unknown_object", Args: assess.Args{"Object": c.Object, "All": strings.Join(p.Objects, ", ")}}
	}
	return nil
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

// signers are the people of the client who sign in the roles the programme asks
// for.
func (s *session) signers(p *programme.Pack, c assess.Client) ([]assess.Signer, error) {
	var all []assess.Signer
	for _, role := range p.Declaration.Signers {
		person, field := c.Legal, "legal.name"
		if role == "quality-officer" {
			person, field = c.Quality, "quality.name"
		}
		if person.Name == "" {
			return nil, &assess.Fault{Kind: assess.Usage, Key: "fault.signer_unnamed", Args: assess.Args{"Role": s.role(role), "Field": field}}
		}
		all = append(all, assess.Signer{Role: role, Name: person.Name, Title: person.Title})
	}
	return all, nil
}

type applicationShow struct{}

// Run prints the snapshot of the application as it stands.
func (applicationShow) Run(s *session) error {
	j, err := s.job()
	if err != nil {
		return err
	}
	defer j.close()
	return s.json(j.snapshot)
}

type applicationSet struct {
	Field string   `arg:"" help:"${help_set_field}"`
	Value string   `arg:"" help:"${help_set_value}"`
	More  []string `arg:"" optional:"" help:"${help_set_more}"`
}

// Run sets fields of anything that belongs to the application: all of them or,
// where one cannot be, none. What is new often needs several at once.
func (c applicationSet) Run(s *session) error {
	return s.setAll(append([]string{c.Field, c.Value}, c.More...), func(*store.Vault) string { return "" })
}

type applicationUpgrade struct {
	To      string `required:"" help:"${help_upgrade_to}"`
	Apply   bool   `help:"${help_upgrade_apply}"`
	Receipt string `type:"path" placeholder:"FILE" help:"${help_upgrade_receipt}"`
}

// Run shows what moving to another version of the programme does to this
// application and, with --apply, does it. Nothing is lost: what the new
// version has no place for goes into the receipt.
func (c applicationUpgrade) Run(s *session) error {
	j, err := s.job()
	if err != nil {
		return err
	}
	defer j.close()
	to, err := loadPack(j.pack.ID, c.To)
	if err != nil {
		return err
	}
	plan, err := programme.Plan(j.pack, to)
	if err != nil {
		return err
	}
	after, receipt, err := assess.ApplyUpgrade(j.snapshot, plan, packRef(to))
	if err != nil {
		return err
	}
	s.upgrade(receipt)
	if !c.Apply {
		s.tell("ctl.upgrade_preview")
		return nil
	}
	if err := c.writeReceipt(s, receipt); err != nil {
		return err
	}
	if err := saveUpgrade(s, j, after); err != nil {
		return err
	}
	s.tell("ctl.upgraded", map[string]string{"Version": to.Version})
	return nil
}

func (c applicationUpgrade) writeReceipt(s *session, receipt assess.Receipt) error {
	if c.Receipt == "" {
		return nil
	}
	f, err := os.Create(c.Receipt)
	if err != nil {
		return err
	}
	defer f.Close()
	file := *s
	file.out = f
	if err := file.json(receipt); err != nil {
		return err
	}
	return f.Close()
}

// saveUpgrade writes the moved answers and removes those that were archived,
// in that order, each as one transaction of the vault's history.
func saveUpgrade(s *session, j *job, after assess.Snapshot) error {
	keep := map[string]bool{}
	var entities []assess.Entity
	add := func(e assess.Entity) { entities = append(entities, e); keep[e.Kind()+"/"+e.Key()] = true }
	a := after.Application
	a.Version = after.Pack.Version
	add(a)
	for _, e := range answers(after) {
		add(e)
	}
	if err := j.vault.Save(s.ctx, entities...); err != nil {
		return err
	}
	var gone []assess.Entity
	for _, e := range answers(j.snapshot) {
		if !keep[e.Kind()+"/"+e.Key()] {
			gone = append(gone, e)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	return j.vault.Delete(s.ctx, gone...)
}

// answers are the entities of a snapshot that hang on items of the pack.
func answers(s assess.Snapshot) []assess.Entity {
	var es []assess.Entity
	for _, f := range s.Findings {
		es = append(es, f)
	}
	for _, a := range s.Attestations {
		es = append(es, a)
	}
	for _, t := range s.Thresholds {
		es = append(es, t)
	}
	return es
}
