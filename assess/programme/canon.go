package programme

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"github.com/gowebpki/jcs"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Limits on a pack from a package.
const (
	maxPack      = 8 << 20 // bytes
	maxJSONDepth = 16
)

// Encode writes the model of p as canonical JSON (RFC 8785).
func Encode(p *Pack) ([]byte, error) {
	q := *p
	fillLists(reflect.ValueOf(&q).Elem())
	if q.Declaration.ID == "" {
		q.Declaration = Declaration{}
	}
	data, err := json.Marshal(&q)
	if err != nil {
		return nil, fmt.Errorf("write pack as JSON: %w", err)
	}
	out, err := jcs.Transform(data)
	if err != nil {
		return nil, fmt.Errorf("bring pack into canonical form: %w", err)
	}
	return out, nil
}

// fillLists makes lists that are nil empty, so that it does not matter how the
// model was made. It copies what it changes.
func fillLists(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fillLists(v.Field(i))
			}
		}
	case reflect.Slice:
		list := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(list, v)
		for i := range list.Len() {
			fillLists(list.Index(i))
		}
		v.Set(list)
	}
}

// seal computes the digest.
func (d *draft) seal() error {
	data, err := Encode(d.pack)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(data)
	d.pack.digest = hex.EncodeToString(sum[:])
	return nil
}

// Decode reads the canonical form of a pack, as it comes in a package from
// someone else: within limits, with the same checks as Load. The error joins a
// *Problem for each thing that is wrong.
func Decode(data []byte) (*Pack, error) {
	d := draft{}
	d.decode(data)
	if d.pack != nil {
		d.check()
	}
	if errs := d.errors(); len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	again, err := Encode(d.pack)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(again, data) {
		// whoever writes a field twice, in other case or in other order means to
		// have it read differently elsewhere
		d.add(place{id: "pack"}, ruleCanonical, "why", "its bytes are not those Encode writes")
		return nil, errors.Join(d.errors()...)
	}
	return d.pack, d.seal()
}

func (d *draft) decode(data []byte) {
	at := place{id: "pack"}
	if len(data) > maxPack {
		d.add(at, ruleHostile, "limit", fmt.Sprint("more than ", maxPack, " bytes"))
		return
	}
	if jsonDepth(data) > maxJSONDepth {
		d.add(at, ruleHostile, "limit", "nested too deeply")
		return
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		d.add(at, ruleSyntax, "why", err.Error())
		return
	}
	root, ok := value.(map[string]any)
	if !ok {
		d.add(at, ruleType, "name", "pack", "got", "other", "want", "object")
		return
	}
	p := &Pack{}
	d.separate(root, p)
	conform(loadSchemas().pack, root, source{}, &d.problems)
	if d.failed() {
		return
	}
	if err := intoModel(root, p); err != nil {
		d.add(at, ruleSyntax, "why", err.Error())
		return
	}
	d.pack = p
}

// separate takes the concepts and texts, which pack.yaml does not hold, out of
// the root.
func (d *draft) separate(root map[string]any, p *Pack) {
	concepts, texts := root["concepts"], root["texts"]
	delete(root, "concepts")
	delete(root, "texts")
	at := place{id: "pack"}
	if err := remodel(concepts, &p.Concepts); err != nil || p.Concepts == nil {
		d.add(at, ruleType, "name", "concepts", "got", "other", "want", "concepts by id")
		return
	}
	if err := remodel(texts, &p.Texts); err != nil || p.Texts == nil {
		d.add(at, ruleType, "name", "texts", "got", "other", "want", "texts by language and id")
		return
	}
	var list []any
	if m, ok := concepts.(map[string]any); ok {
		for id, c := range m {
			if p.Concepts[id].ID != id {
				d.add(place{id: id}, ruleSameID, "kind", "concept")
			}
			list = append(list, c)
		}
	}
	conform(loadSchemas().concepts, list, source{}, &d.problems)
	for id, c := range p.Concepts {
		checkConcept(c, place{id: id}, &d.problems)
	}
	d.reg = p.Concepts
	d.locales = heldLocales(p.Texts)
}

func remodel(value, into any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	return dec.Decode(into)
}

func heldLocales(texts map[string]map[string]string) []*locale {
	var list []*locale
	for lang, t := range texts {
		list = append(list, &locale{lang: lang, texts: t})
	}
	return list
}

// jsonDepth is how deep brackets nest outside strings.
func jsonDepth(data []byte) int {
	deepest, depth, quoted, escaped := 0, 0, false, false
	for _, c := range data {
		switch {
		case escaped:
			escaped = false
		case quoted && c == '\\':
			escaped = true
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
			deepest = max(deepest, depth)
		case c == '}' || c == ']':
			depth--
		}
	}
	return deepest
}
