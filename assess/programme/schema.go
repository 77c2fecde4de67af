package programme

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"sort"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

//go:embed pack.schema.json
var schemaJSON []byte

// Schema is the JSON Schema of pack.yaml, for editors and other programs.
func Schema() []byte { return bytes.Clone(schemaJSON) }

// schemas are the compiled roots of the schema.
type schemas struct{ pack, concepts *jsonschema.Schema }

var loadSchemas = sync.OnceValue(func() schemas {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemaJSON))
	if err != nil {
		panic(err) // compiled in
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("urn:mingpin:pack:1", doc); err != nil {
		panic(err) // compiled in
	}
	return schemas{
		pack:     c.MustCompile("urn:mingpin:pack:1"),
		concepts: c.MustCompile("urn:mingpin:pack:1#/$defs/concepts"),
	}
})

// conform adds every breach of the schema in value to ps.
func conform(s *jsonschema.Schema, value any, src source, ps *problems) {
	var invalid *jsonschema.ValidationError
	switch err := s.Validate(value); {
	case err == nil:
	case errors.As(err, &invalid):
		breaches(invalid, src, ps)
	default:
		ps.add(place{file: src.file}, ruleSyntax, "why", err.Error())
	}
}

func breaches(e *jsonschema.ValidationError, src source, ps *problems) {
	for _, cause := range e.Causes {
		breaches(cause, src, ps)
	}
	if len(e.Causes) > 0 {
		return
	}
	at, name := src.at(e.InstanceLocation...), fieldName(e.InstanceLocation)
	switch k := e.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		sort.Strings(k.Properties)
		for _, p := range k.Properties {
			ps.add(src.at(append(e.InstanceLocation[:len(e.InstanceLocation):len(e.InstanceLocation)], p)...), ruleUnknown, "name", p)
		}
	case *kind.Required:
		for _, p := range k.Missing {
			ps.add(at, ruleMissing, "name", p)
		}
	case *kind.Type:
		ps.add(at, ruleType, "name", name, "got", k.Got, "want", strings.Join(k.Want, " or "))
	case *kind.Pattern:
		ps.add(at, ruleValue, "name", name, "value", k.Got, "want", "wanted the form "+k.Want)
	case *kind.Enum:
		ps.add(at, ruleValue, "name", name, "value", fmt.Sprint(k.Got), "want", "wanted one of "+words(k.Want))
	default:
		ps.add(at, ruleValue, "name", name, "value", "this", "want", k.LocalizedString(english))
	}
}

var english = message.NewPrinter(language.English)

func words(list []any) string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = fmt.Sprint(v)
	}
	return strings.Join(out, ", ")
}

// fieldName is the last name in a path that is no index.
func fieldName(path []string) string {
	for i := len(path) - 1; i >= 0; i-- {
		if c := path[i][0]; c < '0' || c > '9' {
			return path[i]
		}
	}
	return "pack"
}
