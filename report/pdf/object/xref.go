package object

import (
	"bytes"
)

// section is one part of the cross-reference with its trailer.
type section struct {
	start, end int64 // end: behind the trailer or the stream
	classic    bool
	trailer    Dict
}

// load reads the cross-reference from its newest section back to its oldest;
// what a newer section says about an object holds.
func (f *File) load() error {
	start, err := f.findStartXRef()
	if err != nil {
		return err
	}
	f.startXRef, f.xref = start, map[int]entry{}
	if f.shift != 0 && !f.sectionStarts(start+f.shift) {
		f.shift = 0 // offsets count from the start of the file after all
	}
	seen := map[int64]bool{}
	f.xrefLeft = newBudget("bytes of the cross-reference", maxXRefStream+16*f.size)
	for at := start; ; {
		if seen[at] || len(seen) >= maxSections {
			return &SyntaxError{at, "cross-reference sections in a circle"}
		}
		seen[at] = true
		s, err := f.section(at + f.shift)
		if err != nil {
			return err
		}
		f.sections = append(f.sections, s)
		if f.trailer == nil {
			f.trailer, f.classic = s.trailer, s.classic
		}
		f.completeTrailer(s.trailer)
		prev, ok := Int(s.trailer["Prev"])
		if !ok {
			return nil
		}
		at = prev
	}
}

// completeTrailer takes from an older trailer what the newest forgot.
func (f *File) completeTrailer(older Dict) {
	for _, k := range []Name{"Root", "Encrypt", "ID", "Info"} {
		if f.trailer[k] == nil && older[k] != nil {
			f.trailer[k] = older[k]
		}
	}
}

// findStartXRef looks for the last startxref in the last 1,024 bytes and, as
// readers do, for junk behind it a little further.
func (f *File) findStartXRef() (int64, error) {
	for _, reach := range []int64{1 << 10, 16 << 10} {
		n := min(reach, f.size)
		tail := make([]byte, n)
		if got, err := f.r.ReadAt(tail, f.size-n); int64(got) < n {
			return 0, err
		}
		i := bytes.LastIndex(tail, []byte("startxref"))
		if i < 0 {
			continue
		}
		at := f.size - n + int64(i)
		l := newLexer(f.r, f.size, at+int64(len("startxref")))
		t, err := l.token()
		if v, ok := t.value.(int64); ok && err == nil && v >= 0 && v < f.size {
			return v, nil
		}
		return 0, l.fail(at, "startxref without a place in the file")
	}
	return 0, &SyntaxError{f.size, "no startxref at the end of the file"}
}

func (f *File) sectionStarts(at int64) bool {
	l := newLexer(f.r, f.size, at)
	t, err := l.token()
	if err != nil {
		return false
	}
	if t.word == "xref" {
		return true
	}
	p := newParser(newLexer(f.r, f.size, at))
	return p.objectHeader(-1) == nil
}

// section reads the table or stream at a place, with the stream that a hybrid
// table names (7.5.8.4).
func (f *File) section(at int64) (section, error) {
	if at < 0 || at >= f.size {
		return section{}, &SyntaxError{at, "cross-reference outside the file"}
	}
	p := newParser(newLexer(f.r, f.size, at))
	t, err := p.token()
	if err != nil {
		return section{}, err
	}
	if t.word != "xref" {
		return f.xrefStream(at)
	}
	if err := f.table(p); err != nil {
		return section{}, err
	}
	o, _, err := p.object()
	if err == nil {
		err = f.xrefLeft.spend(p.pos - at)
	}
	if err != nil {
		return section{}, err
	}
	d, ok := o.(Dict)
	if !ok {
		return section{}, p.fail(p.pos, "trailer is no dictionary")
	}
	s := section{start: at, end: p.pos, classic: true, trailer: d}
	if v, ok := Int(d["XRefStm"]); ok {
		return s, f.hybrid(v + f.shift)
	}
	return s, nil
}

// hybrid reads the stream beside a table. What the table calls free may stand
// in the stream: the table hides it from readers that know no streams.
func (f *File) hybrid(at int64) error {
	hiding := f.tableFree
	for _, num := range hiding {
		delete(f.xref, num)
	}
	if _, err := f.xrefStream(at); err != nil {
		return err
	}
	for _, num := range hiding {
		if err := f.enter(int64(num), entry{}); err != nil {
			return err
		}
	}
	return nil
}

// table reads sub-sections up to the word trailer.
func (f *File) table(p *parser) error {
	f.tableFree = nil
	for {
		t, err := p.token()
		if err != nil {
			return err
		}
		if t.word == "trailer" {
			return nil
		}
		first, ok1 := t.value.(int64)
		t, err = p.token()
		count, ok2 := t.value.(int64)
		if err != nil || !ok1 || !ok2 || first < 0 || count < 0 {
			return p.fail(t.at, "damaged head of a cross-reference sub-section")
		}
		if err := f.subsection(p, first, count); err != nil {
			return err
		}
	}
}

func (f *File) subsection(p *parser, first, count int64) error {
	for i := int64(0); i < count; i++ {
		at := p.pos
		o, err1 := p.token()
		g, err2 := p.token()
		k, err3 := p.token()
		offset, ok1 := o.value.(int64)
		gen, ok2 := g.value.(int64)
		if err1 != nil || err2 != nil || err3 != nil || !ok1 || !ok2 || (k.word != "n" && k.word != "f") {
			return p.fail(at, "damaged cross-reference entry")
		}
		if i == 0 && first == 1 && k.word == "f" && gen == 65535 {
			first = 0 // a known mistake: the list begins with object 0 after all
		}
		e := entry{gen: int(min(max(gen, 0), 65535))}
		if k.word == "n" && offset > 0 {
			e.where, e.offset = placeOffset, offset+f.shift
		}
		if _, known := f.xref[int(first+i)]; !known && e.where == placeFree {
			f.tableFree = append(f.tableFree, int(first+i))
		}
		if err := f.enter(first+i, e); err != nil {
			return err
		}
	}
	return nil
}

// enter keeps e unless a newer section spoke of the object.
func (f *File) enter(num int64, e entry) error {
	if num < 0 || num >= 1<<31 {
		return &SyntaxError{f.startXRef, "impossible object number"}
	}
	if _, ok := f.xref[int(num)]; ok {
		return nil
	}
	if len(f.xref) >= maxObjects {
		return &LimitError{What: "objects of a file", Limit: maxObjects}
	}
	f.xref[int(num)] = e
	return nil
}

// xrefStream reads a cross-reference stream (7.5.8).
func (f *File) xrefStream(at int64) (section, error) {
	o, end, err := f.objectAt(at, -1)
	if err != nil {
		return section{}, err
	}
	s, ok := o.(*Stream)
	if !ok || s.Dict["Type"] != Name("XRef") {
		return section{}, &SyntaxError{at, "no cross-reference here"}
	}
	data, err := s.Decode(maxXRefStream)
	if err == nil {
		err = f.xrefLeft.spend(int64(len(data)) + s.off - at)
	}
	if err != nil {
		return section{}, err
	}
	widths, err := fieldWidths(s.Dict, at)
	if err != nil {
		return section{}, err
	}
	index, ok := s.Dict["Index"].(Array)
	if !ok {
		index = Array{int64(0), s.Dict["Size"]}
	}
	for i := 0; i+1 < len(index); i += 2 {
		first, ok1 := Int(index[i])
		count, ok2 := Int(index[i+1])
		if !ok1 || !ok2 || first < 0 || count < 0 {
			return section{}, &SyntaxError{at, "damaged /Index of a cross-reference stream"}
		}
		if data, err = f.streamEntries(data, widths, first, count); err != nil {
			return section{}, err
		}
	}
	d := s.Dict.Clone()
	for _, k := range []Name{"Length", "Filter", "DecodeParms", "W", "Index", "Type"} {
		delete(d, k)
	}
	return section{start: at, end: end, trailer: d}, nil
}

func fieldWidths(d Dict, at int64) ([3]int, error) {
	var w [3]int
	a, _ := d["W"].(Array)
	if len(a) < 3 {
		return w, &SyntaxError{at, "no /W in a cross-reference stream"}
	}
	total := 0
	for i := range w {
		v, ok := Int(a[i])
		if !ok || v < 0 || v > 8 {
			return w, &SyntaxError{at, "damaged /W of a cross-reference stream"}
		}
		w[i] = int(v)
		total += w[i]
	}
	if total == 0 {
		return w, &SyntaxError{at, "empty /W of a cross-reference stream"}
	}
	return w, nil
}

// streamEntries reads count entries, fewer when the data ends, and gives what
// is left of the data.
func (f *File) streamEntries(data []byte, w [3]int, first, count int64) ([]byte, error) {
	width := w[0] + w[1] + w[2]
	for i := int64(0); i < count && len(data) >= width; i++ {
		kind := int64(1)
		if w[0] > 0 {
			kind = bigEndian(data[:w[0]])
		}
		a, b := bigEndian(data[w[0]:w[0]+w[1]]), bigEndian(data[w[0]+w[1]:width])
		data = data[width:]
		var e entry
		switch {
		case kind == 1 && a >= 0:
			e = entry{where: placeOffset, offset: a + f.shift, gen: int(b & 0xFFFF)}
		case kind == 2 && a >= 0 && a < 1<<31 && b >= 0 && b < 1<<31:
			e = entry{where: placeStream, offset: a, index: int(b)}
		}
		if err := f.enter(first+i, e); err != nil {
			return nil, err
		}
	}
	return data, nil
}

func bigEndian(b []byte) int64 {
	var v uint64
	for _, c := range b {
		v = v<<8 | uint64(c)
	}
	return int64(v)
}
