package object

// Place says where an object stands, so that two revisions of a file can be
// compared without reading it. The zero Place means nowhere.
type Place struct {
	Offset int64 // of "n g obj"; 0 in an object stream
	Stream int   // number of the object stream, or 0
	Index  int   // in the object stream
}

// Place gives where r stands.
func (f *File) Place(r Ref) Place {
	e := f.xref[r.Num]
	switch {
	case e.where == placeFree || e.gen != r.Gen:
		return Place{}
	case e.where == placeStream:
		return Place{Stream: int(e.offset), Index: e.index}
	}
	return Place{Offset: e.offset}
}

// Extent gives the first byte of r's "n g obj" and the one behind its value;
// both are 0 for an object that is missing or inside an object stream.
func (f *File) Extent(r Ref) (from, to int64, err error) {
	at := f.Place(r).Offset
	if at == 0 {
		return 0, 0, nil
	}
	_, end, err := f.objectAt(at, r.Num)
	return at, end, err
}

// Sections gives the places of the cross-reference sections, the newest first;
// none when the cross-reference was rebuilt.
func (f *File) Sections() []int64 {
	at := make([]int64, len(f.sections))
	for i, s := range f.sections {
		at[i] = s.start
	}
	return at
}
