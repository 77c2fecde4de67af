package main

import (
	"slices"
	"strings"

	"mingpin/assess"
	"mingpin/assess/store"
)

type applicationRemove struct {
	Field string `arg:"" help:"${help_remove_field}"`
	Force bool   `help:"${help_remove_force}"`
}

// Run removes one entity that belongs to the application, named as
// application set names it: kind/key. The history keeps it.
func (c applicationRemove) Run(s *session) error {
	v, err := s.open()
	if err != nil {
		return err
	}
	defer v.Close()
	kind, key, _ := strings.Cut(c.Field, "/")
	begin, ok := entries[kind]
	switch {
	case key == "" || strings.HasPrefix(key, "/"):
		return &assess.Fault{Kind: assess.Usage, Key: "fault.field_form", Args: assess.Args{"Field": c.Field}}
	case kind == assess.KindEvidence:
		return &assess.Fault{Kind: assess.Usage, Key: "fault.use_evidence_remove"}
	case kind == assess.KindApplication && !c.Force:
		return &assess.Fault{Kind: assess.Conflict, Key: "fault.remove_application"}
	}
	if !ok || kind == assess.KindClient {
		return &assess.Fault{Kind: assess.Usage, Key: "fault.unknown_kind", Args: assess.Args{"Kind": kind, "All": strings.Join(kinds(), ", ")}}
	}
	e, err := begin(s, v, key, func(any) error { return nil })
	if err != nil {
		return err
	}
	if s.began {
		return &assess.Fault{Kind: assess.Missing, Key: "fault." + kind + "_missing", Args: assess.Args{"Key": key}}
	}
	if err := v.Delete(s.ctx, e); err != nil {
		return err
	}
	s.tell("ctl.removed", map[string]string{"Field": c.Field})
	return nil
}

type evidenceRemove struct {
	ID string `arg:"" help:"${help_evidence_remove_id}"`
}

// Run removes a record of evidence and every reference to it. The file stays
// with the history.
func (c evidenceRemove) Run(s *session) error {
	v, err := s.open()
	if err != nil {
		return err
	}
	defer v.Close()
	e, err := store.One[assess.Evidence](s.ctx, v, c.ID)
	if err != nil {
		return err
	}
	if err := unlink(s, v, c.ID); err != nil {
		return err
	}
	if err := v.Delete(s.ctx, e); err != nil {
		return err
	}
	s.tell("ctl.removed", map[string]string{"Field": e.Title})
	return nil
}

// unlink takes evidence off everything that refers to it.
func unlink(s *session, v *store.Vault, id string) error {
	var changed []assess.Entity
	without := func(ids []string) []string {
		return slices.DeleteFunc(slices.Clone(ids), func(x string) bool { return x == id })
	}
	findings, err := store.All[assess.Finding](s.ctx, v, "")
	if err != nil {
		return err
	}
	for _, f := range findings {
		if slices.Contains(f.Evidence, id) {
			f.Evidence = without(f.Evidence)
			changed = append(changed, f)
		}
	}
	attestations, err := store.All[assess.Attestation](s.ctx, v, "")
	if err != nil {
		return err
	}
	for _, a := range attestations {
		if slices.Contains(a.Evidence, id) {
			a.Evidence = without(a.Evidence)
			changed = append(changed, a)
		}
	}
	facts, err := store.All[assess.Fact](s.ctx, v, "")
	if err != nil {
		return err
	}
	for _, f := range facts {
		if slices.Contains(f.Evidence, id) {
			f.Evidence = without(f.Evidence)
			changed = append(changed, f)
		}
	}
	indicators, err := store.All[assess.Indicator](s.ctx, v, "")
	if err != nil {
		return err
	}
	for _, i := range indicators {
		if i.Measured.Report == id {
			i.Measured.Report = ""
			changed = append(changed, i)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	return v.Save(s.ctx, changed...)
}
