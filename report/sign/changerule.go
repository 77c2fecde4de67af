package sign

import (
	"slices"

	"mingpin/report/pdf/object"
)

// catalog judges a change of the catalog: a form written inside it, or
// validation data, and nothing else.
func (c *comparison) catalog(was, is object.Dict, keys []object.Name) error {
	for _, key := range keys {
		switch key {
		case "DSS", "Extensions":
			c.add(ProofAdded, c.root, true)
		case "AcroForm":
			before, _ := was[key].(object.Dict)
			after, _ := is[key].(object.Dict)
			if after == nil {
				c.add(CatalogChanged, c.root, false)
				continue
			}
			c.form(c.root, before, after)
		default:
			c.add(CatalogChanged, c.root, false)
		}
	}
	return nil
}

// isForm says whether ref is the form itself, standing as an object of its own.
func (c *comparison) isForm(ref object.Ref) bool {
	catalog, err := c.before.file.Catalog()
	return err == nil && catalog["AcroForm"] == ref
}

// form judges a change of the form: its flags may be set, and without
// certification signature fields may come behind those that were there. The
// fields themselves are judged one by one.
func (c *comparison) form(at object.Ref, was, is object.Dict) {
	for _, key := range differences(was, is) {
		if key == "SigFlags" {
			continue
		}
		more, ok := appended(was[key], is[key])
		if key != "Fields" || !ok || !c.areAdded(more) {
			c.add(Unknown, at, false)
		}
	}
}

// appended gives what the later array has behind all of the earlier one.
func appended(was, is object.Object) (object.Array, bool) {
	a, _ := was.(object.Array)
	b, ok := is.(object.Array)
	if !ok || was != nil && a == nil || len(b) < len(a) || !sameObject(a, b[:len(a)]) {
		return nil, false
	}
	return b[len(a):], true
}

func (c *comparison) areAdded(list object.Array) bool {
	for _, o := range list {
		ref, _ := o.(object.Ref)
		if _, ok := c.added[ref]; !ok {
			return false
		}
	}
	return true
}

// field judges a change of a field that was there, or of its widget. A
// signature that stands must stay as it is; a read-only field too. Other fields
// may be filled only where a certification says so.
func (c *comparison) field(ref object.Ref, keys []object.Name) {
	const readOnly = 1
	f := c.fields[ref]
	filling := []object.Name{"V", "AP", "AS", "M", "F"}
	beyond := slices.ContainsFunc(keys, func(k object.Name) bool { return !slices.Contains(filling, k) })
	switch {
	case beyond, f.kind == "Sig" && f.v != nil:
		c.add(Unknown, ref, false)
	case f.kind == "Sig":
		c.add(SignatureAdded, ref, c.permission != allowNothing)
	default:
		c.add(FormFilled, ref, c.permission >= allowFilling && f.flag&readOnly == 0 && !slices.Contains(keys, "F"))
	}
}

// page judges a change of a page: widgets of new signature fields may be
// added, and other annotations where the certification says so.
func (c *comparison) page(ref object.Ref, was, is object.Dict, keys []object.Name) error {
	if !slices.Equal(keys, []object.Name{"Annots"}) {
		c.add(PageChanged, ref, false)
		return nil
	}
	before, err := c.before.file.Resolve(was["Annots"])
	if err != nil {
		return err
	}
	after, err := c.after.file.Resolve(is["Annots"])
	if err != nil {
		return err
	}
	more, ok := appended(before, after)
	switch {
	case ok && c.areAdded(more):
	default:
		c.add(Annotated, ref, ok && c.permission == allowAnnotations)
	}
	return nil
}
