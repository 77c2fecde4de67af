package main

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"mingpin/assess"
	"mingpin/assess/quantity"
	"mingpin/assess/store"
)

// save sets one field of one entity, named as checks name it:
// kind/key/path, such as finding/r-kpi-table/rating. An entity that does not
// exist yet is made.
func (s *session) save(v *store.Vault, field, value string) error {
	kind, rest, _ := strings.Cut(field, "/")
	entry, ok := entries[kind]
	if !ok {
		return &assess.Fault{Kind: assess.Usage, Key: "fault.unknown_kind", Args: assess.Args{"Kind": kind, "All": strings.Join(kinds(), ", ")}}
	}
	i := strings.LastIndex(rest, "/")
	if i < 0 {
		return &assess.Fault{Kind: assess.Usage, Key: "fault.field_form", Args: assess.Args{"Field": field}}
	}
	e, err := entry(s, v, rest[:i], func(e any) error { return setPath(e, rest[i+1:], value) })
	if err != nil {
		return err
	}
	if err := v.Save(s.ctx, e); err != nil {
		return err
	}
	s.tell("ctl.saved", map[string]string{"Field": field, "Value": value})
	return nil
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
	if assess.KindOf(err) == assess.Missing {
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

// setPath sets the field of *e at a dotted JSON path. Lists are written with
// semicolons; limits and measured values as people write them.
func setPath(e any, path, value string) error {
	unknown := &assess.Fault{Kind: assess.Usage, Key: "fault.unknown_field", Args: assess.Args{"Field": path}}
	v := reflect.ValueOf(e).Elem()
	for _, step := range strings.Split(path, ".") {
		if v.Kind() == reflect.Map {
			return setMap(v, step, value)
		}
		f, ok := fieldByJSON(v, step)
		if !ok {
			return unknown
		}
		v = f
	}
	switch at := v.Addr().Interface().(type) {
	case *quantity.Limit:
		return setLimit(e, at, value)
	case *quantity.Value:
		return setValue(e, at, value)
	}
	text, err := jsonText(v, value)
	if err != nil {
		return unknown
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(v.Addr().Interface()); err != nil {
		return &assess.Fault{Kind: assess.Invalid, Key: "fault.field_value", Args: assess.Args{"Field": path, "Value": value}, Err: err}
	}
	return nil
}

func fieldByJSON(v reflect.Value, name string) (reflect.Value, bool) {
	if v.Kind() != reflect.Struct {
		return reflect.Value{}, false
	}
	for i := range v.NumField() {
		tag, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		if tag == name {
			return v.Field(i), true
		}
	}
	return reflect.Value{}, false
}

func setMap(v reflect.Value, key, value string) error {
	if v.IsNil() {
		v.Set(reflect.MakeMap(v.Type()))
	}
	if value == "" {
		v.SetMapIndex(reflect.ValueOf(key), reflect.Value{})
		return nil
	}
	v.SetMapIndex(reflect.ValueOf(key), reflect.ValueOf(value))
	return nil
}

// jsonText writes a value from the command line as the JSON its field reads.
func jsonText(v reflect.Value, value string) ([]byte, error) {
	switch v.Kind() {
	case reflect.Bool, reflect.Int, reflect.Int64:
		return []byte(value), nil
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.String {
			return json.Marshal(splitList(value))
		}
		return []byte(value), nil
	case reflect.Struct:
		return []byte(value), nil
	}
	return json.Marshal(value)
}

func splitList(s string) []string {
	out := []string{}
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(";；", r) }) {
		if w = strings.TrimSpace(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}

func setLimit(e any, at *quantity.Limit, text string) error {
	spec := specOf(e)
	l, err := quantity.ParseLimit(text, spec.Unit, spec.Grades)
	if err != nil {
		return &assess.Fault{Kind: assess.Invalid, Key: "fault.cell_limit", Args: assess.Args{"Text": text}}
	}
	*at = l
	return nil
}

func setValue(e any, at *quantity.Value, text string) error {
	spec := specOf(e)
	v, err := quantity.ParseValue(text, spec.Unit, spec.Grades)
	if err != nil {
		return &assess.Fault{Kind: assess.Invalid, Key: "fault.cell_measured", Args: assess.Args{"Text": text}}
	}
	*at = v
	return nil
}

func specOf(e any) quantity.Indicator {
	if ind, ok := e.(*assess.Indicator); ok {
		return ind.Spec
	}
	return quantity.Indicator{}
}
