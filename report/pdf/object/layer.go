package object

// Layers gives the optional content groups (8.11.2) that were copied, in the
// order of copying, and those of them that the source hides when it is opened.
// A file that lists neither in its catalog's /OCProperties shows them all, so a
// caller who wants the pages as their reader saw them has to list both.
func (im *Importer) Layers() (all, hidden []Ref) { return im.layers, im.hidden }

// noteLayer remembers a group that is being copied.
func (im *Importer) noteLayer(old Ref, o Object) error {
	d, _ := o.(Dict)
	if d["Type"] != Name("OCG") {
		return nil
	}
	if im.off == nil {
		off, err := im.f.hiddenLayers()
		if err != nil {
			return err
		}
		im.off = off
	}
	r := im.done[old]
	im.layers = append(im.layers, r)
	if im.off(old) {
		im.hidden = append(im.hidden, r)
	}
	return nil
}

// hiddenLayers reads the default configuration (8.11.4.3): the groups that are
// off, or all but those that are on when its base state is off.
func (f *File) hiddenLayers() (func(Ref) bool, error) {
	catalog, err := f.Catalog()
	if err != nil {
		return nil, err
	}
	properties, err := f.dict(catalog["OCProperties"])
	if err != nil {
		return nil, err
	}
	d, err := f.dict(properties["D"])
	if err != nil {
		return nil, err
	}
	off, err := f.refSet(d["OFF"])
	if err != nil {
		return nil, err
	}
	if d["BaseState"] != Object(Name("OFF")) {
		return func(r Ref) bool { return off[r] }, nil
	}
	on, err := f.refSet(d["ON"])
	return func(r Ref) bool { return off[r] || !on[r] }, err
}

func (f *File) refSet(o Object) (map[Ref]bool, error) {
	o, err := f.Resolve(o)
	if err != nil {
		return nil, err
	}
	set := map[Ref]bool{}
	a, _ := o.(Array)
	for _, item := range a {
		if r, ok := item.(Ref); ok {
			set[r] = true
		}
	}
	return set, nil
}
