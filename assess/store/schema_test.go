package store

import (
	"context"
	"encoding"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"mingpin/assess"
)

// entities is one of each kind that assess knows.
var entities = []assess.Entity{
	assess.Client{},
	assess.Subject{},
	assess.Fact{},
	assess.Standard{},
	assess.Application{},
	assess.Attestation{},
	assess.Threshold{},
	assess.Finding{},
	assess.Evidence{},
	assess.Indicator{},
	assess.Action{},
	assess.Review{},
	assess.Signer{},
	assess.Declaration{},
}

func TestEveryFieldHasItsColumn(t *testing.T) {
	db, err := openWriter(t.Context(), t.TempDir()+"/v.db")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s := schema{files: vaultFiles, dir: "migrations"}
	if err := s.migrate(t.Context(), db, nil); err != nil {
		t.Fatal(err)
	}
	for _, e := range entities {
		want := map[string]string{"key": "TEXT"}
		for f := range reflect.TypeOf(e).Fields() {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			want[name] = "TEXT"
			if k := f.Type.Kind(); k == reflect.Bool || k == reflect.Int || k == reflect.Int64 {
				want[name] = "INTEGER"
			}
		}
		got := columnTypes(t, db, e.Kind())
		for name, typ := range want {
			if got[name] != typ {
				t.Errorf("%s.%s is %q in the table, want %q", e.Kind(), name, got[name], typ)
			}
			if _, mapped := tableByKind[e.Kind()].byName[name]; !mapped && name != "key" {
				t.Errorf("%s.%s is not mapped", e.Kind(), name)
			}
			delete(got, name)
		}
		for name := range got {
			t.Errorf("column %s.%s has no field", e.Kind(), name)
		}
	}
}

func columnTypes(t *testing.T, q querier, kind string) map[string]string {
	t.Helper()
	rows, err := q.QueryContext(context.Background(), `SELECT name, type, "notnull" FROM pragma_table_info(?)`, kind)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	types := map[string]string{}
	for rows.Next() {
		var name, typ string
		var notNull bool
		if err := rows.Scan(&name, &typ, &notNull); err != nil {
			t.Fatal(err)
		}
		if !notNull {
			t.Errorf("%s.%s may be null", kind, name)
		}
		types[name] = typ
	}
	return types
}

func TestAllKindsAreMapped(t *testing.T) {
	if got, want := len(tables), len(entities); got != want {
		t.Errorf("%d tables for %d kinds", got, want)
	}
	for _, e := range entities {
		if tb := tableByKind[e.Kind()]; tb == nil || tb.typ != reflect.TypeOf(e) {
			t.Errorf("%s is not mapped", e.Kind())
		}
	}
	signOffs := []string{assess.KindReview, assess.KindSigner, assess.KindDeclaration}
	for _, tb := range tables {
		if tb.signOff != slices.Contains(signOffs, tb.kind) {
			t.Errorf("%s: sign-off is %v", tb.kind, tb.signOff)
		}
	}
}

// TestRowsKeepEveryValue fills every field of every kind, so that a form of
// value that encode or decode does not know is found.
func TestRowsKeepEveryValue(t *testing.T) {
	for _, e := range entities {
		tb := tableByKind[e.Kind()]
		filled := reflect.New(tb.typ).Elem()
		fill(t, filled)
		r, err := tb.encode(filled.Interface().(assess.Entity))
		if err != nil {
			t.Fatal(err)
		}
		back := reflect.New(tb.typ).Elem()
		if err := tb.decode(r, back); err != nil {
			t.Fatal(err)
		}
		want, _ := json.Marshal(filled.Interface())
		got, _ := json.Marshal(back.Interface())
		if string(got) != string(want) {
			t.Errorf("%s\n got %s\nwant %s", e.Kind(), got, want)
		}
	}
}

func fill(t *testing.T, v reflect.Value) {
	t.Helper()
	if u, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		if err := u.UnmarshalText([]byte("0.30")); err != nil {
			t.Fatal(err)
		}
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("<值 & \"x\">\n")
	case reflect.Int, reflect.Int64:
		v.SetInt(-1 << 40)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(t, v.Index(1))
	case reflect.Map:
		v.Set(reflect.ValueOf(map[string]string{"b": "2", "a": "1"}).Convert(v.Type()))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(t, v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			fill(t, v.Field(i))
		}
	default:
		t.Fatalf("no value for a %v", v.Type())
	}
}
