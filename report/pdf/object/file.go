package object

import (
	"bytes"
	"io"
	"slices"
)

// File is an opened PDF. Objects are read at random from the underlying reader;
// only the cross-reference and a few decoded object streams are kept. Each call
// gives fresh objects that the caller may change. A File is not safe for use by
// several goroutines at a time.
type File struct {
	r         io.ReaderAt
	size      int64
	shift     int64 // bytes before the header, when offsets count from it
	startXRef int64
	classic   bool // the newest section is a table
	rebuilt   bool
	xref      map[int]entry
	trailer   Dict
	sections  []section // newest first
	xrefLeft  *budget
	tableFree []int // entered as free by the table being read

	lengths  map[int64]int64 // found lengths of streams whose /Length lies
	damage   *budget
	parsed   int64 // bytes parsed so far, for budgets
	nested   int   // depth of /Length look-ups
	unpacked map[int]*objStream
	order    []int // of unpacked, oldest first
	kept     int64
	unpack   *budget
}

// entry says where an object lies: free (zero), at an offset, or inside an
// object stream.
type entry struct {
	where  place
	gen    int
	offset int64 // of the object, or the number of its object stream
	index  int
}

type place byte

const (
	placeFree place = iota
	placeOffset
	placeStream
)

// Open reads the cross-reference of a PDF of size bytes. A damaged one is
// rebuilt by looking for objects. Errors: ErrNotPDF, ErrEncrypted, *SyntaxError,
// *LimitError, or what r reports.
func Open(r io.ReaderAt, size int64) (*File, error) {
	f := &File{
		r: r, size: size,
		lengths: map[int64]int64{}, damage: damageBudget(size),
		unpacked: map[int]*objStream{}, unpack: newBudget("decoded bytes of object streams", workObjStreams),
	}
	if err := f.header(); err != nil {
		return nil, err
	}
	cause := f.load()
	if isReadError(cause) {
		return nil, cause
	}
	if cause == nil {
		cause = f.check()
	}
	if cause == nil {
		return f, nil
	}
	if !recoverable(cause) {
		return nil, cause
	}
	if err := f.rebuild(); err != nil {
		return nil, err
	}
	if err := f.check(); err != nil {
		return nil, err
	}
	return f, nil
}

// header looks for %PDF- in the first 1,024 bytes, as readers do.
func (f *File) header() error {
	head := make([]byte, min(f.size, 1024+5))
	n, err := f.r.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return err
	}
	at := bytes.Index(head[:n], []byte("%PDF-"))
	if at < 0 {
		return ErrNotPDF
	}
	f.shift = int64(at)
	return nil
}

// check makes sure that the file is readable and leads to a catalog.
func (f *File) check() error {
	if f.trailer["Encrypt"] != nil {
		return ErrEncrypted
	}
	_, err := f.Catalog()
	return err
}

// Trailer gives the newest trailer dictionary.
func (f *File) Trailer() Dict { return f.trailer.Clone() }

// Size gives the number of bytes of the file.
func (f *File) Size() int64 { return f.size }

// StartXRef gives the place of the newest cross-reference section.
func (f *File) StartXRef() int64 { return f.startXRef }

// Rebuilt says whether the cross-reference was damaged and had to be rebuilt by
// looking for objects, so that what is read may differ between readers.
func (f *File) Rebuilt() bool { return f.rebuilt }

// Catalog gives the document catalog.
func (f *File) Catalog() (Dict, error) {
	o, err := f.Resolve(f.trailer["Root"])
	if err != nil {
		return nil, err
	}
	d, ok := o.(Dict)
	if !ok || d["Pages"] == nil {
		return nil, &SyntaxError{Offset: f.startXRef, What: "no document catalog"}
	}
	return d, nil
}

// Refs gives all objects in use, by number.
func (f *File) Refs() []Ref {
	refs := make([]Ref, 0, len(f.xref))
	for num, e := range f.xref {
		if e.where != placeFree {
			refs = append(refs, Ref{num, e.gen})
		}
	}
	slices.SortFunc(refs, func(a, b Ref) int { return a.Num - b.Num })
	return refs
}

// Resolve follows references until o is none. References in a circle and more
// than 32 in a row are errors.
func (f *File) Resolve(o Object) (Object, error) {
	for range maxRefChain {
		r, ok := o.(Ref)
		if !ok {
			return o, nil
		}
		var err error
		if o, err = f.Object(r); err != nil {
			return nil, err
		}
	}
	return nil, &LimitError{What: "references that lead to references", Limit: maxRefChain}
}

// Object reads one indirect object. What the cross-reference does not hold is
// null (7.3.10). When another object stands at the place, the cross-reference
// is rebuilt once for the whole file.
func (f *File) Object(r Ref) (Object, error) {
	e := f.xref[r.Num]
	if e.where == placeFree || e.gen != r.Gen {
		return nil, nil
	}
	o, err := f.read(r.Num, e)
	if err == nil || f.rebuilt || f.xref == nil || !recoverable(err) || !misplaced(err) {
		return o, err
	}
	if f.rebuild() != nil {
		return nil, err
	}
	if e = f.xref[r.Num]; e.where == placeFree {
		return nil, nil
	}
	return f.read(r.Num, e)
}

func (f *File) read(num int, e entry) (Object, error) {
	if e.where == placeStream {
		return f.packed(num, e)
	}
	o, _, err := f.objectAt(e.offset, num)
	return o, err
}

// dict resolves o and gives it when it is a dictionary.
func (f *File) dict(o Object) (Dict, error) {
	o, err := f.Resolve(o)
	d, _ := o.(Dict)
	return d, err
}
