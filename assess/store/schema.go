package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"mingpin/assess"
)

// A form is how the value of a field stands in its column.
type form int

const (
	text    form = iota // TEXT as it is
	integer             // INTEGER
	boolean             // INTEGER 0 or 1
	nested              // TEXT: JSON, empty for the zero value
)

// A column keeps one field of an entity. Its name is the field's JSON name,
// also in the ops; it is frozen as ids are.
type column struct {
	name  string
	field int // index in the struct
	form  form
}

// zero is the column's value for the zero value of its field.
func (c column) zero() string {
	if c.form == integer || c.form == boolean {
		return "0"
	}
	return ""
}

// A table keeps the entities of one kind. Save, load, replay and undo all work
// from it, so there is one code path and not one per kind.
type table struct {
	kind        string
	typ         reflect.Type
	columns     []column
	byName      map[string]int // column name → index in columns
	application bool           // rows belong to an application
	signOff     bool           // never merged by itself
}

// A row holds the values of a table's columns, in their order, as text.
type row []string

// tables are all kinds of entities, those that others refer to first.
var tables = []*table{
	tableOf(assess.Client{}),
	tableOf(assess.Subject{}),
	tableOf(assess.Fact{}),
	tableOf(assess.Standard{}),
	tableOf(assess.Evidence{}),
	tableOf(assess.Application{}),
	tableOf(assess.Attestation{}),
	tableOf(assess.Threshold{}),
	tableOf(assess.Finding{}),
	tableOf(assess.Indicator{}),
	tableOf(assess.Action{}),
	signOffs(tableOf(assess.Review{})),
	signOffs(tableOf(assess.Signer{})),
	signOffs(tableOf(assess.Declaration{})),
}

var tableByKind = func() map[string]*table {
	m := make(map[string]*table, len(tables))
	for _, t := range tables {
		m[t.kind] = t
	}
	return m
}()

func signOffs(t *table) *table {
	t.signOff = true
	return t
}

func tableOf(e assess.Entity) *table {
	typ := reflect.TypeOf(e)
	t := &table{kind: e.Kind(), typ: typ, byName: map[string]int{}}
	for i := range typ.NumField() {
		f := typ.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" || name == "-" {
			panic("store: " + typ.String() + "." + f.Name + " has no name for its column")
		}
		t.byName[name] = len(t.columns)
		t.columns = append(t.columns, column{name: name, field: i, form: formOf(f.Type)})
	}
	_, named := t.byName["application"]
	t.application = named
	return t
}

func formOf(t reflect.Type) form {
	switch t.Kind() {
	case reflect.String:
		return text
	case reflect.Int, reflect.Int64:
		return integer
	case reflect.Bool:
		return boolean
	default:
		return nested
	}
}

// zero is the row of an entity without any value.
func (t *table) zero() row {
	r := make(row, len(t.columns))
	for i, c := range t.columns {
		r[i] = c.zero()
	}
	return r
}

// encode turns an entity, or a pointer to one, into its row.
func (t *table) encode(e assess.Entity) (row, error) {
	v := reflect.Indirect(reflect.ValueOf(e))
	if v.Type() != t.typ {
		return nil, fmt.Errorf("encode %s: %v is not %v", t.kind, v.Type(), t.typ)
	}
	r := make(row, len(t.columns))
	for i, c := range t.columns {
		s, err := c.encode(v.Field(c.field))
		if err != nil {
			return nil, fmt.Errorf("encode %s %s: %w", t.kind, c.name, err)
		}
		r[i] = s
	}
	return r, nil
}

func (c column) encode(v reflect.Value) (string, error) {
	switch c.form {
	case text:
		return v.String(), nil
	case integer:
		return strconv.FormatInt(v.Int(), 10), nil
	case boolean:
		if v.Bool() {
			return "1", nil
		}
		return "0", nil
	default:
		return encodeNested(v)
	}
}

func encodeNested(v reflect.Value) (string, error) {
	k := v.Kind()
	if v.IsZero() || (k == reflect.Slice || k == reflect.Map) && v.Len() == 0 {
		return "", nil
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v.Interface()); err != nil {
		return "", err
	}
	return strings.TrimSuffix(b.String(), "\n"), nil
}

// decode sets the struct that to is from a row.
func (t *table) decode(r row, to reflect.Value) error {
	for i, c := range t.columns {
		if err := c.decode(r[i], to.Field(c.field)); err != nil {
			return fmt.Errorf("decode %s %s: %w", t.kind, c.name, err)
		}
	}
	return nil
}

func (c column) decode(s string, to reflect.Value) error {
	switch c.form {
	case text:
		to.SetString(s)
	case integer:
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return err
		}
		to.SetInt(n)
	case boolean:
		to.SetBool(s == "1")
	case nested:
		if s != "" {
			return json.Unmarshal([]byte(s), to.Addr().Interface())
		}
	}
	return nil
}

// quoted lists the columns for SQL. Several of their names are words of SQL.
func (t *table) quoted() string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = `"` + c.name + `"`
	}
	return strings.Join(names, ", ")
}

// selectSQL reads key and row of this kind.
func (t *table) selectSQL(where string) string {
	return `SELECT "key", ` + t.quoted() + ` FROM "` + t.kind + `" ` + where
}

// replaceSQL writes key and row.
func (t *table) replaceSQL() string {
	sets := make([]string, len(t.columns))
	for i, c := range t.columns {
		sets[i] = `"` + c.name + `" = excluded."` + c.name + `"`
	}
	return `INSERT INTO "` + t.kind + `" ("key", ` + t.quoted() + `) VALUES (?` +
		strings.Repeat(", ?", len(t.columns)) + `) ON CONFLICT ("key") DO UPDATE SET ` + strings.Join(sets, ", ")
}

func (t *table) deleteSQL() string { return `DELETE FROM "` + t.kind + `" WHERE "key" = ?` }
