package object

import (
	"bytes"
	"errors"
)

// misplacedError says that the cross-reference leads to the wrong place.
type misplacedError struct{ SyntaxError }

func (e *misplacedError) Unwrap() error { return &e.SyntaxError }

func misplaced(err error) bool {
	var m *misplacedError
	return errors.As(err, &m)
}

// recoverable says whether looking for objects can mend what err reports.
func recoverable(err error) bool {
	var s *SyntaxError
	var x *FilterError
	return errors.As(err, &s) || errors.As(err, &x)
}

// isReadError says that err comes from the underlying reader.
func isReadError(err error) bool {
	var l *LimitError
	return err != nil && !recoverable(err) && !errors.As(err, &l) && !errors.Is(err, ErrEncrypted)
}

// objectAt reads "num gen obj … endobj" at a place; num < 0 takes any number.
// It gives the place behind the object too.
func (f *File) objectAt(at int64, num int) (Object, int64, error) {
	if at < 0 || at >= f.size {
		return nil, 0, &misplacedError{SyntaxError{at, "place outside the file"}}
	}
	p := newParser(newLexer(f.r, f.size, at))
	if err := p.objectHeader(num); err != nil {
		return nil, 0, err
	}
	o, _, err := p.object()
	if err != nil {
		return nil, 0, f.pay(p.pos-at, err)
	}
	mark := p.pos
	f.parsed += mark - at
	t, err := p.token()
	if err != nil {
		return nil, 0, f.pay(p.pos-mark, err)
	}
	d, ok := o.(Dict)
	if t.word != "stream" || !ok {
		// A missing endobj does no harm: the object is complete.
		return o, mark, nil
	}
	s, err := f.stream(p, d)
	if err != nil {
		return nil, 0, err
	}
	return s, s.off + s.n, nil
}

func (p *parser) objectHeader(num int) error {
	at := p.pos
	wrong := &misplacedError{SyntaxError{at, "no object where the cross-reference says"}}
	var vals [2]int64
	for i := range vals {
		t, err := p.token()
		if err != nil && p.err != nil {
			return p.err
		}
		v, ok := t.value.(int64)
		if err != nil || !ok {
			return wrong
		}
		vals[i] = v
	}
	t, err := p.token()
	if p.err != nil {
		return p.err
	}
	if err != nil || t.word != "obj" || (num >= 0 && vals[0] != int64(num)) {
		return wrong
	}
	return nil
}

// pay counts work spent on damaged places, so that a file cannot make reading
// it take the square of its size.
func (f *File) pay(n int64, err error) error {
	if spent := f.damage.spend(n); spent != nil {
		return spent
	}
	return err
}

// stream finds the data behind the keyword: after its line end, as long as
// /Length says, or up to endstream when that is not true.
func (f *File) stream(p *parser, d Dict) (*Stream, error) {
	if p.peek() == '\r' {
		p.pos++
	}
	if p.peek() == '\n' {
		p.pos++
	}
	start := p.pos
	s := &Stream{Dict: d, r: f.r, off: start, file: f}
	if n, ok := f.lengths[start]; ok {
		s.n = n
		return s, nil
	}
	n, err := f.length(d["Length"])
	if err != nil {
		return nil, err
	}
	if n >= 0 && n <= f.size-start && f.endsAt(start+n) {
		s.n = n
		return s, nil
	}
	if s.n, err = f.findEnd(start); err != nil {
		return nil, err
	}
	f.lengths[start] = s.n
	return s, nil
}

// length gives the value of /Length, or -1 when it leads nowhere.
func (f *File) length(o Object) (int64, error) {
	if _, ok := o.(Ref); ok {
		if f.nested > 2 {
			return -1, nil
		}
		f.nested++
		defer func() { f.nested-- }()
		var err error
		if o, err = f.Resolve(o); err != nil {
			if isReadError(err) {
				return 0, err
			}
			return -1, nil
		}
	}
	if n, ok := o.(int64); ok {
		return n, nil
	}
	return -1, nil
}

// endsAt says whether endstream stands at the place, after white space.
func (f *File) endsAt(at int64) bool {
	b := make([]byte, 16)
	n, _ := f.r.ReadAt(b, at)
	b = bytes.TrimLeft(b[:n], "\x00\t\n\f\r ")
	return bytes.HasPrefix(b, []byte("endstream")) || bytes.HasPrefix(b, []byte("endobj"))
}

// findEnd looks for endstream (or endobj) from start on and gives the number of
// bytes before it and its line end.
func (f *File) findEnd(start int64) (int64, error) {
	end, err := f.find(start, f.size, "endstream")
	if err != nil {
		return 0, err
	}
	if end < 0 {
		if end, err = f.find(start, f.size, "endobj"); err != nil {
			return 0, err
		}
	}
	if end < 0 {
		return 0, f.pay(f.size-start, &SyntaxError{start, "stream without end"})
	}
	if err := f.pay(end-start, nil); err != nil {
		return 0, err
	}
	tail := make([]byte, min(2, end-start))
	if _, err := f.r.ReadAt(tail, end-int64(len(tail))); err != nil {
		return 0, err
	}
	n := end - start
	switch {
	case bytes.HasSuffix(tail, []byte("\r\n")):
		n -= 2
	case bytes.HasSuffix(tail, []byte("\n")), bytes.HasSuffix(tail, []byte("\r")):
		n--
	}
	return n, nil
}

// find gives the first place of word in the range, or -1.
func (f *File) find(from, to int64, word string) (int64, error) {
	buf := make([]byte, 32<<10)
	for from < to {
		n := min(int64(len(buf)), to-from)
		got, err := f.r.ReadAt(buf[:n], from)
		if int64(got) < n {
			return -1, err
		}
		if i := bytes.Index(buf[:got], []byte(word)); i >= 0 {
			return from + int64(i), nil
		}
		if n < int64(len(word)) || from+n == to {
			break
		}
		from += n - int64(len(word)) + 1
	}
	return -1, nil
}
