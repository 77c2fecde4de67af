package object

import "slices"

// Importer copies objects of one file into a Sink under new numbers, each once.
// Only the pairs of old and new numbers are kept; streams run through.
type Importer struct {
	f              *File
	to             Sink
	done           map[Ref]Ref
	todo           []Ref
	bytes          *budget
	layers, hidden []Ref
	off            func(Ref) bool // whether the source hides a layer

	form bool // while a page is made a form: leave out what leads elsewhere
}

// NewImporter copies from f into to.
func NewImporter(f *File, to Sink) *Importer {
	return &Importer{f: f, to: to, done: map[Ref]Ref{}, bytes: walkBudget(f.size)}
}

// Copy writes everything o refers to into the Sink and gives o with the new
// references. References to missing objects become null; nothing else is left
// out. A stream object itself is written, and its reference given.
func (im *Importer) Copy(o Object) (Object, error) {
	if s, ok := o.(*Stream); ok {
		r := im.to.Alloc()
		if err := im.put(r, s); err != nil {
			return nil, err
		}
		return r, im.drain()
	}
	c, err := im.direct(o, 0)
	if err != nil {
		return nil, err
	}
	return c, im.drain()
}

// drain copies what was referred to, and what that refers to, one by one.
func (im *Importer) drain() error {
	for len(im.todo) > 0 {
		old := im.todo[len(im.todo)-1]
		im.todo = im.todo[:len(im.todo)-1]
		o, err := im.read(old)
		if err != nil {
			return err
		}
		if err := im.noteLayer(old, o); err != nil {
			return err
		}
		if im.form && leadsElsewhere(o) {
			o = nil
		}
		if err := im.put(im.done[old], o); err != nil {
			return err
		}
	}
	return nil
}

// read reads an object of the source and charges what that took.
func (im *Importer) read(old Ref) (Object, error) {
	before := im.f.parsed
	o, err := im.f.Object(old)
	if err != nil {
		return nil, err
	}
	return o, im.bytes.spend(im.f.parsed - before)
}

func (im *Importer) put(r Ref, o Object) error {
	s, ok := o.(*Stream)
	if !ok {
		c, err := im.direct(o, 0)
		if err != nil {
			return err
		}
		return im.to.Put(r, c)
	}
	d := s.Dict.Clone()
	delete(d, "Length")
	if im.form {
		// Data in another file, and places in a structure tree that stays behind.
		for _, k := range []Name{"F", "FFilter", "FDecodeParms", "StructParent", "StructParents", "PieceInfo", "OPI"} {
			delete(d, k)
		}
	}
	c, err := im.direct(d, 0)
	if err != nil {
		return err
	}
	src, n := s.Raw()
	if err := im.bytes.spend(n); err != nil {
		return err
	}
	return im.to.PutStream(r, c.(Dict), src, n)
}

// direct copies o without following references; it notes them for drain.
func (im *Importer) direct(o Object, depth int) (Object, error) {
	if depth > maxDepth {
		return nil, &LimitError{What: "nesting of objects", Limit: maxDepth}
	}
	if err := im.bytes.spend(8); err != nil {
		return nil, err
	}
	var err error
	switch v := o.(type) {
	case Ref:
		return im.ref(v), nil
	case String:
		return slices.Clone(v), nil
	case Array:
		c := make(Array, len(v))
		for i := range v {
			if c[i], err = im.direct(v[i], depth+1); err != nil {
				return nil, err
			}
		}
		return c, nil
	case Dict:
		c := make(Dict, len(v))
		for _, k := range sortedKeys(v) {
			if c[k], err = im.direct(v[k], depth+1); err != nil {
				return nil, err
			}
		}
		return c, nil
	}
	return o, nil
}

// ref gives the new reference for an old one, or null when nothing is there.
func (im *Importer) ref(old Ref) Object {
	if r, ok := im.done[old]; ok {
		return r
	}
	if e := im.f.xref[old.Num]; e.where == placeFree || e.gen != old.Gen {
		return nil
	}
	r := im.to.Alloc()
	im.done[old] = r
	im.todo = append(im.todo, old)
	return r
}

// leadsElsewhere says whether o is part of the page tree or a structure tree:
// from there the whole document would follow a single page.
func leadsElsewhere(o Object) bool {
	d, _ := o.(Dict)
	switch d["Type"] {
	case Name("Page"), Name("Pages"), Name("Catalog"), Name("StructTreeRoot"), Name("StructElem"), Name("Annot"), Name("Action"):
		return true
	}
	return false
}
