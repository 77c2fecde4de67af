package object

import (
	"bytes"
	"iter"
	"slices"
)

// rebuild makes the cross-reference anew by looking for "n g obj" and
// "trailer" from the first byte to the last; later ones hold.
func (f *File) rebuild() error {
	f.rebuilt, f.classic = true, false
	f.xref, f.sections = map[int]entry{}, nil
	f.unpacked, f.order, f.kept = map[int]*objStream{}, nil, 0
	root, encrypt, info, id := f.trailer["Root"], f.trailer["Encrypt"], f.trailer["Info"], f.trailer["ID"]
	f.trailer = Dict{}
	if err := f.eachLandmark(); err != nil {
		return err
	}
	if err := f.readSpecials(); err != nil {
		return err
	}
	f.completeTrailer(Dict{"Root": root, "Encrypt": encrypt, "Info": info, "ID": id})
	if len(f.xref) == 0 {
		return &SyntaxError{0, "no objects in the file"}
	}
	return nil
}

// eachLandmark reads the file once, in blocks that overlap: a word is looked at
// in the block where enough stands before it and behind it.
func (f *File) eachLandmark() error {
	const block, reach = 64 << 10, 64
	buf := make([]byte, block)
	from := 0
	for at := int64(0); at < f.size; {
		n := min(block, f.size-at)
		if got, err := f.r.ReadAt(buf[:n], at); int64(got) < n {
			return err
		}
		last := at+n == f.size
		to := int(n)
		if !last {
			to -= reach
		}
		if err := f.landmarks(buf[:n], at, from, to); err != nil {
			return err
		}
		if last {
			return nil
		}
		at += n - 2*reach
		from = reach
	}
	return nil
}

// landmarks looks at each "obj" and "trailer" that begins in b[from:to].
func (f *File) landmarks(b []byte, at int64, from, to int) error {
	for i := range positions(b, "obj", from, to) {
		if err := f.landmarkObject(b, at, i); err != nil {
			return err
		}
	}
	for i := range positions(b, "trailer", from, to) {
		f.landmarkTrailer(at + int64(i+len("trailer")))
	}
	return nil
}

// positions gives the places where word begins in b[from:to].
func positions(b []byte, word string, from, to int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := from; i < to; i += len(word) {
			j := bytes.Index(b[i:], []byte(word))
			if i += j; j < 0 || i >= to || !yield(i) {
				return
			}
		}
	}
}

// landmarkObject enters "n g obj" when two numbers stand before b[i:].
func (f *File) landmarkObject(b []byte, at int64, i int) error {
	j, gen, ok := numberBefore(b, i)
	if !ok {
		return nil
	}
	start, num, ok := numberBefore(b, j)
	if !ok || !validRef(num, gen) {
		return nil
	}
	if _, known := f.xref[int(num)]; !known && len(f.xref) >= maxObjects {
		return &LimitError{What: "objects of a file", Limit: maxObjects}
	}
	f.xref[int(num)] = entry{where: placeOffset, offset: at + int64(start), gen: int(gen)}
	return nil
}

// numberBefore reads back over white space and at most ten digits.
func numberBefore(b []byte, i int) (start int, v int64, ok bool) {
	j := i
	for j > 0 && isSpace(int(b[j-1])) && i-j < 8 {
		j--
	}
	start = j
	for start > 0 && j-start < 10 && b[start-1] >= '0' && b[start-1] <= '9' {
		start--
	}
	for _, c := range b[start:j] {
		v = v*10 + int64(c-'0')
	}
	return start, v, start < j && (j < i || b[i] == 'o')
}

// landmarkTrailer takes over the entries of a trailer; later ones hold.
func (f *File) landmarkTrailer(at int64) {
	p := newParser(newLexer(f.r, f.size, at))
	o, _, err := p.object()
	if err != nil {
		_ = f.pay(p.pos-at, nil) // what is left is asked for in readSpecials
		return
	}
	if d, ok := o.(Dict); ok {
		f.takeTrailer(d)
	}
}

func (f *File) takeTrailer(d Dict) {
	for _, k := range []Name{"Root", "Encrypt", "ID", "Info", "Size"} {
		if d[k] != nil {
			f.trailer[k] = d[k]
		}
	}
}

// readSpecials looks through the found objects for object streams, trailers in
// cross-reference streams and, when no trailer names one, the catalog.
func (f *File) readSpecials() error {
	refs := f.Refs()
	slices.SortFunc(refs, func(a, b Ref) int {
		return int(min(1, max(-1, f.xref[a.Num].offset-f.xref[b.Num].offset)))
	})
	for _, r := range refs {
		e := f.xref[r.Num]
		if e.where != placeOffset {
			continue
		}
		before := f.parsed
		o, _, err := f.objectAt(e.offset, r.Num)
		if isReadError(err) {
			return err
		}
		if err := f.pay(f.parsed-before, nil); err != nil {
			return err
		}
		if err := f.special(r, o); err != nil {
			return err
		}
	}
	return nil
}

func (f *File) special(r Ref, o Object) error {
	switch v := o.(type) {
	case Dict:
		if v["Type"] == Name("Catalog") && f.trailer["Root"] == nil {
			f.trailer["Root"] = r
		}
	case *Stream:
		switch v.Dict["Type"] {
		case Name("XRef"):
			f.takeTrailer(v.Dict)
		case Name("ObjStm"):
			return f.enterPacked(r.Num)
		}
	}
	return nil
}

// enterPacked enters the objects of an object stream that stand nowhere else.
// A stream that cannot be read gives none.
func (f *File) enterPacked(container int) error {
	s, err := f.objStream(container)
	if err != nil {
		if isReadError(err) {
			return err
		}
		return nil
	}
	for i, num := range s.nums {
		if e, known := f.xref[num]; known && e.where == placeOffset {
			continue
		}
		delete(f.xref, num) // a later object stream holds
		if err := f.enter(int64(num), entry{where: placeStream, offset: int64(container), index: i}); err != nil {
			return err
		}
		if err := f.packedCatalog(num); err != nil {
			return err
		}
	}
	return nil
}

func (f *File) packedCatalog(num int) error {
	if f.trailer["Root"] != nil {
		return nil
	}
	o, err := f.packed(num, f.xref[num])
	if isReadError(err) {
		return err
	}
	if d, ok := o.(Dict); ok && d["Type"] == Name("Catalog") {
		f.trailer["Root"] = Ref{Num: num}
	}
	return nil
}
