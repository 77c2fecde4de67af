package main

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"

	"mingpin/assess"
	"mingpin/assess/quantity"
)

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
