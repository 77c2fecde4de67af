package programme

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSchemaNamesTheFieldsOfTheModel walks schema and model side by side.
func TestSchemaNamesTheFieldsOfTheModel(t *testing.T) {
	var root map[string]any
	if err := json.Unmarshal(Schema(), &root); err != nil {
		t.Fatal(err)
	}
	w := schemaWalk{t: t, root: root}
	w.hold("pack", root, reflect.TypeFor[Pack](), "concepts", "texts")
	defs := root["$defs"].(map[string]any)
	w.hold("concept", defs["concept"].(map[string]any), reflect.TypeFor[Concept]())
	if w.seen < 25 {
		t.Errorf("only %d objects were compared", w.seen)
	}
}

type schemaWalk struct {
	t    *testing.T
	root map[string]any
	seen int
}

func (w *schemaWalk) resolve(schema map[string]any) map[string]any {
	if ref, ok := schema["$ref"].(string); ok {
		return w.root["$defs"].(map[string]any)[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
	}
	return schema
}

func (w *schemaWalk) hold(name string, schema map[string]any, model reflect.Type, apart ...string) {
	schema = w.resolve(schema)
	switch {
	case model.Kind() == reflect.Pointer:
		w.hold(name, schema, model.Elem())
	case model.Kind() == reflect.Slice:
		items, ok := schema["items"].(map[string]any)
		if !ok {
			w.t.Errorf("%s: the model has a list, the schema none", name)
			return
		}
		w.hold(name, items, model.Elem())
	case model.Kind() == reflect.Struct && model.NumField() > 0 && model.Field(0).IsExported():
		w.object(name, schema, model, apart)
	}
}

func (w *schemaWalk) object(name string, schema map[string]any, model reflect.Type, apart []string) {
	w.seen++
	properties, _ := schema["properties"].(map[string]any)
	if schema["additionalProperties"] != false {
		w.t.Errorf("%s allows unknown fields", name)
	}
	var fields []string
	for i := range model.NumField() {
		f := model.Field(i)
		field, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.IsExported() || slices.Contains(apart, field) {
			continue
		}
		fields = append(fields, field)
		if sub, ok := properties[field].(map[string]any); ok {
			w.hold(name+"."+field, sub, f.Type)
		}
	}
	slices.Sort(fields)
	if diff := cmp.Diff(slices.Sorted(maps.Keys(properties)), fields); diff != "" {
		w.t.Errorf("%s (-schema +model):\n%s", name, diff)
	}
}
