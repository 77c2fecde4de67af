package sign

import (
	"bytes"

	"mingpin/report/pdf/object"
)

// Limits the form of a document is read within.
const (
	maxFields     = 10_000
	maxFieldDepth = 32
)

// A field is a terminal field of the interactive form (ISO 32000-1, 12.7.3).
type field struct {
	name string
	ref  object.Ref
	dict object.Dict
	kind object.Name   // FT, own or inherited
	flag int64         // Ff, own or inherited
	kids []object.Ref  // widgets of their own, if the field is not its own widget
	v    object.Object // V, own or inherited, not resolved
}

// signature gives the signature dictionary of a signed field and where it
// stands; nil for any other field.
func (d field) signature(f *object.File) (object.Dict, error) {
	if d.kind != "Sig" || d.v == nil {
		return nil, nil
	}
	v, err := f.Resolve(d.v)
	sig, _ := v.(object.Dict)
	return sig, err
}

// A form reads the fields of a document.
type form struct {
	file   *object.File
	fields []field
	seen   map[object.Ref]bool
}

// readFields lists the terminal fields in the order of the form. What is not
// reached by a reference of its own is no field that could be signed, and is
// left out.
func readFields(f *object.File) ([]field, error) {
	acro, err := acroForm(f)
	if err != nil || acro == nil {
		return nil, err
	}
	roots, err := f.Resolve(acro["Fields"])
	if err != nil {
		return nil, err
	}
	r := form{file: f, seen: map[object.Ref]bool{}}
	list, _ := roots.(object.Array)
	for _, o := range list {
		if err := r.read(o, field{}, 0); err != nil {
			return nil, err
		}
	}
	return r.fields, nil
}

func acroForm(f *object.File) (object.Dict, error) {
	catalog, err := f.Catalog()
	if err != nil {
		return nil, err
	}
	o, err := f.Resolve(catalog["AcroForm"])
	acro, _ := o.(object.Dict)
	return acro, err
}

func (r *form) read(o object.Object, above field, depth int) error {
	ref, ok := o.(object.Ref)
	if !ok || r.seen[ref] {
		return nil
	}
	if depth > maxFieldDepth || len(r.seen) >= maxFields {
		return &object.LimitError{What: "form fields", Limit: maxFields}
	}
	r.seen[ref] = true
	resolved, err := r.file.Resolve(ref)
	if err != nil {
		return err
	}
	dict, ok := resolved.(object.Dict)
	if !ok {
		return nil
	}
	at := above.inherit(ref, dict)
	kids, err := r.file.Resolve(dict["Kids"])
	if err != nil {
		return err
	}
	list, _ := kids.(object.Array)
	return r.readKids(at, list, depth)
}

// readKids tells fields below a field from its widgets: only the former have a
// name.
func (r *form) readKids(at field, kids object.Array, depth int) error {
	terminal := true
	for _, kid := range kids {
		o, err := r.file.Resolve(kid)
		if err != nil {
			return err
		}
		d, _ := o.(object.Dict)
		if d["T"] != nil {
			terminal = false
			if err := r.read(kid, at, depth+1); err != nil {
				return err
			}
		} else if ref, ok := kid.(object.Ref); ok {
			at.kids = append(at.kids, ref)
		}
	}
	if terminal {
		r.fields = append(r.fields, at)
	}
	return nil
}

// inherit makes the field of dict below d.
func (d field) inherit(ref object.Ref, dict object.Dict) field {
	at := field{name: d.name, ref: ref, dict: dict, kind: d.kind, flag: d.flag, v: d.v}
	if t, ok := dict["T"].(object.String); ok {
		if at.name != "" {
			at.name += "."
		}
		at.name += t.Text()
	}
	if ft, ok := dict["FT"].(object.Name); ok {
		at.kind = ft
	}
	if ff, ok := object.Int(dict["Ff"]); ok {
		at.flag = ff
	}
	if dict["V"] != nil {
		at.v = dict["V"]
	}
	return at
}

// permission gives what the document's certification allows to be done: P of
// its DocMDP transform (12.8.2.2), 0 if the document is not certified.
func permission(f *object.File) (int64, error) {
	catalog, err := f.Catalog()
	if err != nil {
		return 0, err
	}
	perms, err := f.Resolve(catalog["Perms"])
	if err != nil {
		return 0, err
	}
	d, _ := perms.(object.Dict)
	o, err := f.Resolve(d["DocMDP"])
	if err != nil {
		return 0, err
	}
	sig, _ := o.(object.Dict)
	if sig == nil {
		return 0, nil
	}
	return docMDP(f, sig)
}

// docMDP reads P from a signature's references, 0 if it does not certify. Its
// default is 2.
func docMDP(f *object.File, sig object.Dict) (int64, error) {
	o, err := f.Resolve(sig["Reference"])
	if err != nil {
		return 0, err
	}
	list, _ := o.(object.Array)
	for _, item := range list {
		o, err := f.Resolve(item)
		if err != nil {
			return 0, err
		}
		ref, _ := o.(object.Dict)
		if ref["TransformMethod"] != object.Name("DocMDP") {
			continue
		}
		o, err = f.Resolve(ref["TransformParams"])
		if err != nil {
			return 0, err
		}
		params, _ := o.(object.Dict)
		if p, ok := object.Int(params["P"]); ok && p >= 1 && p <= 3 {
			return p, nil
		}
		return 2, nil
	}
	return 0, nil
}

// sameObject says whether two values are written alike.
func sameObject(a, b object.Object) bool {
	return bytes.Equal(object.Write(a), object.Write(b))
}
