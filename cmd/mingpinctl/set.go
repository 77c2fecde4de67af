package main

import (
	"slices"
	"strings"

	"mingpin/assess"
	"mingpin/assess/store"
)

// A setting is one field and what it is to be. A field is named as checks name
// it: kind/key/path, such as finding/r-kpi-table/rating.
type setting struct{ field, value string }

func pairs(words []string) ([]setting, error) {
	if len(words)%2 != 0 {
		return nil, &assess.Fault{Kind: assess.Usage, Key: "fault.field_without_value", Args: assess.Args{"Field": words[len(words)-1]}}
	}
	var all []setting
	for i := 0; i < len(words); i += 2 {
		all = append(all, setting{words[i], words[i+1]})
	}
	return all, nil
}

// setAll sets the fields and values of words, all or none, in the client's
// vault; each field is named below prefix.
func (s *session) setAll(words []string, prefix func(*store.Vault) string) error {
	settings, err := pairs(words)
	if err != nil {
		return err
	}
	v, err := s.open()
	if err != nil {
		return err
	}
	defer v.Close()
	for i := range settings {
		settings[i].field = prefix(v) + settings[i].field
	}
	return s.save(v, settings)
}

// save sets fields in one change of the vault. An entity that does not exist
// yet is made.
func (s *session) save(v *store.Vault, settings []setting) error {
	changes, err := grouped(settings)
	if err != nil {
		return err
	}
	var entities []assess.Entity
	for _, c := range changes {
		e, err := entries[c.kind](s, v, c.key, c.apply)
		if err != nil {
			return err
		}
		entities = append(entities, e)
	}
	if err := s.accept(v, entities...); err != nil {
		return err
	}
	if err := v.Save(s.ctx, entities...); err != nil {
		return err
	}
	for _, c := range settings {
		s.tell("ctl.saved", map[string]string{"Field": c.field, "Value": c.value})
	}
	return nil
}

// A change is what is to be set in one entity.
type change struct {
	kind, key string
	paths     []setting // field is the path within the entity
}

func (c change) apply(e any) error {
	for _, p := range c.paths {
		if err := setPath(e, p.field, p.value); err != nil {
			return err
		}
	}
	return nil
}

// grouped gathers the settings of each entity, in the order they were written.
func grouped(settings []setting) ([]*change, error) {
	var all []*change
	for _, st := range settings {
		kind, rest, _ := strings.Cut(st.field, "/")
		if _, ok := entries[kind]; !ok {
			return nil, &assess.Fault{Kind: assess.Usage, Key: "fault.unknown_kind", Args: assess.Args{"Kind": kind, "All": strings.Join(kinds(), ", ")}}
		}
		slash := strings.LastIndex(rest, "/")
		if slash <= 0 || strings.HasPrefix(rest, "/") || strings.Contains(rest, "//") {
			return nil, &assess.Fault{Kind: assess.Usage, Key: "fault.field_form", Args: assess.Args{"Field": st.field}}
		}
		key, path := rest[:slash], setting{rest[slash+1:], st.value}
		at := slices.IndexFunc(all, func(c *change) bool { return c.kind == kind && c.key == key })
		if at < 0 {
			all = append(all, &change{kind: kind, key: key})
			at = len(all) - 1
		}
		all[at].paths = append(all[at].paths, path)
	}
	return all, nil
}

// An entry loads or begins an entity by its key, changes it and gives it back.
type entry func(s *session, v *store.Vault, key string, change func(any) error) (assess.Entity, error)

var entries = map[string]entry{
	assess.KindClient:      entryOf(func(_, key string) assess.Client { return assess.Client{ID: key} }),
	assess.KindSubject:     entryOf(func(_, key string) assess.Subject { return assess.Subject{ID: key} }),
	assess.KindFact:        entryOf(func(_, key string) assess.Fact { return assess.Fact{ID: key} }),
	assess.KindStandard:    entryOf(func(_, key string) assess.Standard { return assess.Standard{ID: key, Status: "unknown"} }),
	assess.KindApplication: entryOf(func(_, key string) assess.Application { return assess.Application{ID: key} }),
	assess.KindEvidence:    entryOf(func(_, key string) assess.Evidence { return assess.Evidence{ID: key} }),
	assess.KindIndicator:   entryOf(func(app, key string) assess.Indicator { return assess.Indicator{ID: key, Application: app} }),
	assess.KindAction:      entryOf(func(app, key string) assess.Action { return assess.Action{ID: key, Application: app} }),
	assess.KindFinding:     entryIn(func(app, key string) assess.Finding { return assess.Finding{Application: app, Requirement: key} }),
	assess.KindAttestation: entryIn(func(app, key string) assess.Attestation { return assess.Attestation{Application: app, Gate: key} }),
	assess.KindThreshold:   entryIn(func(app, key string) assess.Threshold { return assess.Threshold{Application: app, Parameter: key} }),
	assess.KindSigner:      entryIn(func(app, key string) assess.Signer { return assess.Signer{Application: app, Role: key} }),
	assess.KindDeclaration: entryOf(func(app, _ string) assess.Declaration { return assess.Declaration{Application: app} }),
}

func kinds() []string {
	var all []string
	for k := range entries {
		all = append(all, k)
	}
	slices.Sort(all)
	return all
}

// entryOf is for entities whose key is their own id.
func entryOf[T assess.Entity](begin func(app, key string) T) entry {
	return func(s *session, v *store.Vault, key string, change func(any) error) (assess.Entity, error) {
		return edit(s, v, begin, key, key, change)
	}
}

// entryIn is for entities whose key begins with their application's.
func entryIn[T assess.Entity](begin func(app, key string) T) entry {
	return func(s *session, v *store.Vault, key string, change func(any) error) (assess.Entity, error) {
		a, err := s.application(v)
		if err != nil {
			return nil, err
		}
		own := strings.TrimPrefix(key, a.ID+"/")
		return edit(s, v, begin, own, a.ID+"/"+own, change)
	}
}

func edit[T assess.Entity](s *session, v *store.Vault, begin func(app, key string) T, own, key string, change func(any) error) (assess.Entity, error) {
	e, err := store.One[T](s.ctx, v, key)
	s.began = assess.KindOf(err) == assess.Missing
	if s.began {
		app := ""
		if a, err := s.application(v); err == nil {
			app = a.ID
		}
		e, err = begin(app, own), nil
	}
	if err != nil {
		return nil, err
	}
	if err := change(&e); err != nil {
		return nil, err
	}
	return e, nil
}
