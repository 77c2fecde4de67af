package main

import (
	"errors"
	"fmt"
	"strings"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/assess/quantity"
	"mingpin/assess/store"
)

type factCommand struct {
	Set      factSet      `cmd:"" help:"${help_fact_set}"`
	Concepts factConcepts `cmd:"" help:"${help_fact_concepts}"`
}

type factSet struct {
	Concept  string   `arg:"" help:"${help_fact_concept}"`
	Value    string   `arg:"" optional:"" help:"${help_fact_value}"`
	Year     int      `help:"${help_fact_year}"`
	Subject  string   `help:"${help_fact_subject}"`
	None     bool     `help:"${help_fact_none}"`
	From     string   `help:"${help_fact_from}"`
	To       string   `help:"${help_fact_to}"`
	Source   string   `help:"${help_fact_source}"`
	Evidence []string `help:"${help_fact_evidence}"`
}

// Run states a fact. The id follows from concept, subject and year, so that
// stating it again replaces it.
func (c factSet) Run(s *session) error {
	reg, err := concepts()
	if err != nil {
		return err
	}
	concept, ok := reg[c.Concept]
	if !ok {
		return &assess.Fault{Kind: assess.Usage, Key: "fault.unknown_concept", Args: assess.Args{"Concept": c.Concept}}
	}
	f, err := c.fact(s, concept)
	if err != nil {
		return err
	}
	if err := assess.CheckFact(concept, f); err != nil {
		return err
	}
	v, err := s.open()
	if err != nil {
		return err
	}
	defer v.Close()
	if err := s.factStands(v, f); err != nil {
		return err
	}
	if err := v.Save(s.ctx, f); err != nil {
		return err
	}
	value := strings.TrimSpace(f.Value + " " + s.unit(f.Unit))
	s.tell("ctl.fact_set", map[string]string{"Fact": concept.Name[s.say.Lang()], "ID": f.ID, "Value": value})
	return nil
}

// factStands holds a fact against what else the vault says.
func (s *session) factStands(v *store.Vault, f assess.Fact) error {
	subjects, err := store.All[assess.Subject](s.ctx, v, "")
	if err != nil {
		return err
	}
	evidence, err := store.All[assess.Evidence](s.ctx, v, "")
	if err != nil {
		return err
	}
	facts, err := store.All[assess.Fact](s.ctx, v, "")
	if err != nil {
		return err
	}
	if err := errors.Join(assess.CheckFactRefs(f, subjects, evidence), assess.CheckFactAgainst(f, facts)); err != nil {
		return err
	}
	return printable(f)
}

// unit is a unit as people write it.
func (s *session) unit(u string) string {
	parsed, err := quantity.ParseUnit(u)
	if err != nil {
		return u
	}
	return parsed.Print(s.say.Lang())
}

func (c factSet) fact(s *session, concept programme.Concept) (assess.Fact, error) {
	f := assess.Fact{
		ID: c.id(), Concept: c.Concept, Subject: c.Subject, Year: c.Year, None: c.None,
		Source: c.Source, Evidence: c.Evidence, Value: c.Value,
	}
	var err error
	if f.Period.From, err = date(c.From); err != nil {
		return f, err
	}
	if f.Period.To, err = date(c.To); err != nil {
		return f, err
	}
	if concept.Type == programme.Amount {
		return amount(s, f, concept)
	}
	return f, nil
}

// amount parts the number from the unit behind it and turns it into the unit
// of the concept, so that years add up whatever unit each was written in.
func amount(s *session, f assess.Fact, concept programme.Concept) (assess.Fact, error) {
	invalid := &assess.Fault{Kind: assess.Invalid, Key: "fault.fact_amount", Args: assess.Args{"Value": f.Value, "Unit": s.unit(concept.Unit)}}
	to, err := quantity.ParseUnit(concept.Unit)
	if err != nil {
		return f, err
	}
	v, err := quantity.ParseValue(f.Value, to, nil)
	if err != nil || v.Number == nil {
		return f, invalid
	}
	n := *v.Number
	if v.Unit != "" && v.Unit != to {
		if n, err = quantity.Convert(n, v.Unit, to, ""); err != nil {
			return f, invalid
		}
	}
	f.Value, f.Unit = n.String(), concept.Unit
	return f, nil
}

func (c factSet) id() string {
	parts := []string{c.Concept}
	if c.Subject != "" {
		parts = append(parts, c.Subject)
	}
	switch {
	case c.Year != 0:
		parts = append(parts, fmt.Sprint(c.Year))
	case c.None:
		parts = append(parts, "none")
	}
	return strings.Join(parts, "_")
}

func date(text string) (assess.Date, error) {
	d, err := programme.ParseDate(text)
	if err != nil {
		return "", &assess.Fault{Kind: assess.Invalid, Key: "fault.date", Args: assess.Args{"Value": text}}
	}
	return d, nil
}

type factConcepts struct{}

// Run lists what facts can be stated about.
func (factConcepts) Run(s *session) error {
	reg, err := concepts()
	if err != nil {
		return err
	}
	for _, id := range sortedKeys(reg) {
		c := reg[id]
		fmt.Fprintf(s.out, "%s\t%s\t%s\t%s\n", id, s.say.T("ctl.type."+string(c.Type)), s.unit(c.Unit), c.Name[s.say.Lang()])
	}
	return nil
}
