package object

import "bytes"

// objStream is a decoded object stream (7.5.7).
type objStream struct {
	data    []byte
	nums    []int
	offsets []int64
}

// packed reads an object out of an object stream.
func (f *File) packed(num int, e entry) (Object, error) {
	s, err := f.objStream(int(e.offset))
	if err != nil {
		return nil, err
	}
	i := e.index
	if i >= len(s.nums) || s.nums[i] != num {
		return nil, &misplacedError{SyntaxError{0, "object stream does not hold the object"}}
	}
	p := newParser(newLexer(bytes.NewReader(s.data), int64(len(s.data)), s.offsets[i]))
	o, _, err := p.object()
	if err != nil {
		return nil, f.pay(p.pos-s.offsets[i], err)
	}
	f.parsed += p.pos - s.offsets[i]
	return o, nil
}

// objStream decodes an object stream or takes it from the few that are kept.
func (f *File) objStream(num int) (*objStream, error) {
	if s := f.unpacked[num]; s != nil {
		return s, nil
	}
	e := f.xref[num]
	if e.where != placeOffset {
		return nil, &misplacedError{SyntaxError{0, "object stream inside an object stream, or missing"}}
	}
	o, _, err := f.objectAt(e.offset, num)
	if err != nil {
		return nil, err
	}
	raw, ok := o.(*Stream)
	if !ok || raw.Dict["Type"] != Name("ObjStm") {
		return nil, &misplacedError{SyntaxError{e.offset, "no object stream here"}}
	}
	data, err := raw.Decode(maxObjStream)
	if err != nil {
		return nil, err
	}
	if err := f.unpack.spend(int64(len(data))); err != nil {
		return nil, err
	}
	s, err := newObjStream(raw.Dict, data)
	if err != nil {
		return nil, err
	}
	f.keep(num, s)
	return s, nil
}

func (f *File) keep(num int, s *objStream) {
	f.unpacked[num] = s
	f.order = append(f.order, num)
	f.kept += int64(len(s.data))
	for f.kept > keepObjStreams {
		oldest := f.order[0]
		f.order = f.order[1:]
		f.kept -= int64(len(f.unpacked[oldest].data))
		delete(f.unpacked, oldest)
	}
}

// newObjStream reads the pairs of number and offset at the head of the data.
func newObjStream(d Dict, data []byte) (*objStream, error) {
	n, ok1 := Int(d["N"])
	first, ok2 := Int(d["First"])
	if !ok1 || !ok2 || n < 0 || first < 0 || first > int64(len(data)) || n > first {
		return nil, &SyntaxError{0, "damaged head of an object stream"}
	}
	s := &objStream{data: data}
	l := newLexer(bytes.NewReader(data), first, 0)
	for range n {
		a, err1 := l.token()
		b, err2 := l.token()
		num, ok1 := a.value.(int64)
		at, ok2 := b.value.(int64)
		if err1 != nil || err2 != nil || !ok1 || !ok2 || !validRef(num, 0) || at < 0 || at > int64(len(data))-first {
			return nil, &SyntaxError{a.at, "damaged head of an object stream"}
		}
		s.nums = append(s.nums, int(num))
		s.offsets = append(s.offsets, first+at)
	}
	return s, nil
}
