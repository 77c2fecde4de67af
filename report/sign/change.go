package sign

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"mingpin/report/pdf/object"
)

// judgeChanges says what was done to the document after the signature and
// whether that is allowed: by its certification, or without one, by the rule
// that others may sign too.
func (h *history) judgeChanges(c check) error {
	r := c.report
	own, err := docMDP(c.signed.file, c.sig.dict)
	if err != nil {
		return err
	}
	allowed, err := permission(c.signed.file)
	if err != nil {
		return err
	}
	r.Certified = own != 0 && allowed != 0
	if c.job.end < h.size {
		d := comparison{before: c.signed, after: h.newest(), permission: allowed}
		if err := d.run(); err != nil {
			return err
		}
		r.LaterChanges = d.changes
	}
	if c.sig.gone {
		r.LaterChanges = append(r.LaterChanges, Change{Kind: Unknown, Field: c.sig.field, Object: c.sig.ref.Num})
	}
	r.ChangesAllowed = !slices.ContainsFunc(r.LaterChanges, func(c Change) bool { return !c.Allowed })
	if !r.ChangesAllowed {
		r.problem(ProblemChanged)
	}
	return nil
}

// The values of P in a DocMDP transform.
const (
	allowNothing     = 1
	allowFilling     = 2
	allowAnnotations = 3
)

// A comparison finds what one revision did to another. It goes by objects: one
// is changed when the cross-reference finds it at another place, whatever is
// there.
type comparison struct {
	before, after *revision
	permission    int64 // P of DocMDP, 0 without certification
	changes       []Change

	fields map[object.Ref]field // of the earlier revision, their widgets included
	added  map[object.Ref]field // signature fields only the later one has
	root   object.Ref
}

func (c *comparison) run() error {
	if c.after.file.Rebuilt() {
		c.changes = []Change{{Kind: Unknown}}
		return nil
	}
	c.fields, c.added = map[object.Ref]field{}, map[object.Ref]field{}
	for _, f := range c.before.fields {
		c.fields[f.ref] = f
		for _, kid := range f.kids {
			c.fields[kid] = f
		}
	}
	for _, f := range c.after.fields {
		if _, known := c.fields[f.ref]; !known && f.kind == "Sig" {
			c.added[f.ref] = f
		}
	}
	c.trailer()
	if err := c.objects(); err != nil {
		return err
	}
	if c.after.file.Rebuilt() || len(c.changes) == 0 {
		// Something was appended that does nothing: nobody does that in good faith.
		c.add(Unknown, object.Ref{}, false)
	}
	slices.SortStableFunc(c.changes, func(a, b Change) int { return cmp.Compare(a.Object, b.Object) })
	return nil
}

func (c *comparison) add(kind ChangeKind, at object.Ref, allowed bool) {
	c.changes = append(c.changes, Change{Kind: kind, Object: at.Num, Field: c.nameOf(at), Allowed: allowed})
}

func (c *comparison) nameOf(at object.Ref) string {
	if f, ok := c.fields[at]; ok {
		return f.name
	}
	return c.added[at].name
}

// trailer wants the same catalog and information dictionary.
func (c *comparison) trailer() {
	before, after := c.before.file.Trailer(), c.after.file.Trailer()
	c.root, _ = before["Root"].(object.Ref)
	if !sameObject(before["Root"], after["Root"]) {
		c.add(CatalogChanged, c.root, false)
	}
	if !sameObject(before["Info"], after["Info"]) {
		c.add(Unknown, object.Ref{}, false)
	}
}

// objects goes through every object of the earlier revision that is elsewhere
// in the later one, and through new ones that were waited for.
func (c *comparison) objects() error {
	known := map[object.Ref]bool{}
	for _, ref := range c.before.file.Refs() {
		known[ref] = true
		if c.before.file.Place(ref) == c.after.file.Place(ref) {
			continue
		}
		if err := c.changed(ref); err != nil {
			return err
		}
	}
	var fresh []object.Ref
	for _, ref := range c.after.file.Refs() {
		if !known[ref] {
			fresh = append(fresh, ref)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	for ref := range c.added {
		if slices.Contains(fresh, ref) {
			c.add(FieldAdded, ref, c.permission == 0)
		}
	}
	return c.awaited(fresh)
}

// awaited finds new objects that the earlier revision referred to already: what
// was nothing when it was signed has become something.
func (c *comparison) awaited(fresh []object.Ref) error {
	missing := map[object.Ref]bool{}
	for _, ref := range c.before.file.Refs() {
		o, err := c.before.file.Object(ref)
		if unreadable(err) {
			c.add(Unknown, ref, false) // who knows what others read there
			continue
		}
		if err != nil {
			return fmt.Errorf("compare revisions: %w", err)
		}
		eachRef(o, func(r object.Ref) {
			if c.before.file.Place(r) == (object.Place{}) {
				missing[r] = true
			}
		})
	}
	for _, ref := range fresh {
		if missing[ref] {
			c.add(Unknown, ref, false)
		}
	}
	return nil
}

// unreadable says that err is about what stands in the file, not about reading
// it.
func unreadable(err error) bool {
	var syntax *object.SyntaxError
	var limit *object.LimitError
	return errors.As(err, &syntax) || errors.As(err, &limit)
}

// eachRef calls f for every reference in o. Objects are nested no deeper than
// the reader allows.
func eachRef(o object.Object, f func(object.Ref)) {
	switch o := o.(type) {
	case object.Ref:
		f(o)
	case object.Array:
		for _, item := range o {
			eachRef(item, f)
		}
	case object.Dict:
		for _, item := range o {
			eachRef(item, f)
		}
	case *object.Stream:
		eachRef(o.Dict, f)
	}
}

// changed classifies a change of one object.
func (c *comparison) changed(ref object.Ref) error {
	before, err := c.before.file.Object(ref)
	if err != nil && !unreadable(err) {
		return fmt.Errorf("compare revisions: %w", err)
	}
	after, err := c.after.file.Object(ref)
	if err != nil && !unreadable(err) {
		return fmt.Errorf("compare revisions: %w", err)
	}
	was, ok := before.(object.Dict)
	is, still := after.(object.Dict)
	if !ok || !still {
		c.add(kindOf(before), ref, false)
		return nil
	}
	keys := differences(was, is)
	_, isField := c.fields[ref]
	switch {
	case len(keys) == 0:
		return nil // written anew as it was
	case ref == c.root:
		return c.catalog(was, is, keys)
	case c.isForm(ref):
		c.form(ref, was, is)
	case isField:
		c.field(ref, keys)
	case was["Type"] == object.Name("Page"):
		return c.page(ref, was, is, keys)
	default:
		c.add(kindOf(before), ref, false)
	}
	return nil
}

// differences lists the keys under which two dictionaries differ, sorted.
func differences(a, b object.Dict) []object.Name {
	var keys []object.Name
	for k, v := range a {
		if !sameObject(v, b[k]) {
			keys = append(keys, k)
		}
	}
	for k, v := range b {
		if _, ok := a[k]; !ok && v != nil {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// kindOf guesses from an object what its change shows to a reader.
func kindOf(o object.Object) ChangeKind {
	switch o := o.(type) {
	case *object.Stream:
		if o.Dict["Type"] == object.Name("Metadata") {
			return Unknown
		}
		return PageChanged
	case object.Dict:
		switch o["Type"] {
		case object.Name("Page"), object.Name("Pages"), object.Name("Font"), object.Name("FontDescriptor"), object.Name("ExtGState"):
			return PageChanged
		case object.Name("Annot"):
			return Annotated
		case object.Name("Catalog"):
			return CatalogChanged
		}
	}
	return Unknown
}
