package pdf

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"mingpin/report/pdf/object"
)

// A ValueConflictError says that one value is printed twice and not alike.
type ValueConflictError struct {
	ID      string
	First   string
	Second  string
	OnPages [2]int // from 1
}

func (e *ValueConflictError) Error() string {
	return fmt.Sprintf("value %s is %q on page %d and %q on page %d", e.ID, e.First, e.OnPages[0], e.Second, e.OnPages[1])
}

// Limits on what is read back: far above what Render writes.
const (
	mostContent = 64 << 20 // bytes of one page's contents
	mostMap     = 8 << 20  // bytes of one font's map
)

// Values reads back every marked value of f: its id and the text printed for
// it, its pieces joined in the order of lines and pages. Characters are taken
// from the maps of the page's fonts; a code no map names becomes U+FFFD. What
// stands in foreign content bound into a page is not read. A value printed
// several times must be the same each time, else the error is a
// *ValueConflictError; other errors come from object.
func Values(f *object.File) (map[string]string, error) {
	pages, err := f.Pages()
	if err != nil {
		return nil, err
	}
	r := valueReader{file: f, fonts: map[object.Ref]codeMap{}, printed: map[printing]*printed{}}
	for i, p := range pages {
		if err := r.page(i+1, p); err != nil {
			return nil, fmt.Errorf("read the values of page %d: %w", i+1, err)
		}
	}
	return r.values()
}

// A printing is one time a value is printed.
type printing struct {
	id string
	n  int64
}

type printed struct {
	text strings.Builder
	page int
}

// A codeMap gives the characters of the 16-bit codes of a font.
type codeMap map[uint16]string

// A valueReader follows the content of pages as far as values need it.
type valueReader struct {
	file    *object.File
	fonts   map[object.Ref]codeMap
	printed map[printing]*printed
	order   []printing

	number   int
	names    object.Dict // of the page's fonts
	font     codeMap
	saved    []codeMap  // by q
	marks    []*printed // open marked contents; nil for others
	trailing []string   // what follows each unseen
}

func (r *valueReader) page(number int, p object.Page) error {
	content, err := r.file.Content(p, mostContent)
	if err != nil {
		return err
	}
	resources, err := r.dict(p.Dict["Resources"])
	if err != nil {
		return err
	}
	r.names, err = r.dict(resources["Font"])
	if err != nil {
		return err
	}
	r.number, r.font, r.saved, r.marks, r.trailing = number, nil, nil, nil, nil
	s := object.Scan(content)
	for s.Next() {
		if err := r.operator(s.Operator(), s.Operands()); err != nil {
			return err
		}
	}
	return s.Err()
}

func (r *valueReader) dict(o object.Object) (object.Dict, error) {
	o, err := r.file.Resolve(o)
	d, _ := o.(object.Dict)
	return d, err
}

func (r *valueReader) operator(name string, operands []object.Object) error {
	switch name {
	case "q":
		r.saved = append(r.saved, r.font)
	case "Q":
		if n := len(r.saved); n > 0 {
			r.font, r.saved = r.saved[n-1], r.saved[:n-1]
		}
	case "Tf":
		return r.choose(operands)
	case "BDC", "BMC":
		r.open(operands)
	case "EMC":
		r.close()
	case "Tj", "'", "\"", "TJ":
		if n := len(operands); n > 0 {
			r.show(operands[n-1])
		}
	}
	return nil
}

// open notes a marked content; only those with the tag and an id are values.
func (r *valueReader) open(operands []object.Object) {
	var mark *printed
	after := ""
	if len(operands) == 2 && operands[0] == object.Name(markTag[1:]) {
		d, _ := operands[1].(object.Dict)
		if id, ok := d["ID"].(object.String); ok {
			n, _ := object.Int(d["N"])
			mark = r.piece(printing{id.Text(), n})
			if a, ok := d["A"].(object.String); ok {
				after = a.Text()
			}
		}
	}
	r.marks = append(r.marks, mark)
	r.trailing = append(r.trailing, after)
}

func (r *valueReader) piece(key printing) *printed {
	p := r.printed[key]
	if p == nil {
		p = &printed{page: r.number}
		r.printed[key] = p
		r.order = append(r.order, key)
	}
	return p
}

func (r *valueReader) close() {
	n := len(r.marks) - 1
	if n < 0 {
		return
	}
	if r.marks[n] != nil {
		r.marks[n].text.WriteString(r.trailing[n])
	}
	r.marks, r.trailing = r.marks[:n], r.trailing[:n]
}

// show adds text to the innermost open value.
func (r *valueReader) show(o object.Object) {
	var mark *printed
	for i := len(r.marks) - 1; i >= 0 && mark == nil; i-- {
		mark = r.marks[i]
	}
	if mark == nil {
		return
	}
	switch v := o.(type) {
	case object.String:
		r.font.decode(&mark.text, v)
	case object.Array:
		for _, e := range v {
			if s, ok := e.(object.String); ok {
				r.font.decode(&mark.text, s)
			}
		}
	}
}

func (m codeMap) decode(to *strings.Builder, s object.String) {
	for i := 0; i+1 < len(s); i += 2 {
		if text, ok := m[u16(s, i)]; ok {
			to.WriteString(text)
		} else {
			to.WriteRune('\uFFFD')
		}
	}
}

// choose makes the font of a Tf operator the current one.
func (r *valueReader) choose(operands []object.Object) error {
	r.font = nil
	if len(operands) != 2 {
		return nil
	}
	name, _ := operands[0].(object.Name)
	ref, ok := r.names[name].(object.Ref)
	if !ok {
		return nil
	}
	m, known := r.fonts[ref]
	if !known {
		var err error
		if m, err = r.readMap(ref); err != nil {
			return fmt.Errorf("font %s: %w", name, err)
		}
		r.fonts[ref] = m
	}
	r.font = m
	return nil
}

// readMap reads the ToUnicode map of a font: single codes and ranges.
func (r *valueReader) readMap(font object.Ref) (codeMap, error) {
	d, err := r.dict(font)
	if err != nil {
		return nil, err
	}
	o, err := r.file.Resolve(d["ToUnicode"])
	if err != nil {
		return nil, err
	}
	stream, ok := o.(*object.Stream)
	if !ok {
		return codeMap{}, nil
	}
	data, err := stream.Decode(mostMap)
	if err != nil {
		return nil, err
	}
	m := codeMap{}
	s := object.Scan(data)
	for s.Next() {
		switch s.Operator() {
		case "endbfchar":
			m.chars(s.Operands())
		case "endbfrange":
			m.ranges(s.Operands())
		}
	}
	return m, s.Err()
}

func (m codeMap) chars(pairs []object.Object) {
	for ; len(pairs) >= 2; pairs = pairs[2:] {
		code, ok1 := pairs[0].(object.String)
		text, ok2 := pairs[1].(object.String)
		if ok1 && ok2 && len(code) == 2 {
			m[u16(code, 0)] = fromUTF16(text)
		}
	}
}

// ranges reads triples whose third is the text of the first code.
func (m codeMap) ranges(triples []object.Object) {
	for ; len(triples) >= 3; triples = triples[3:] {
		first, ok1 := triples[0].(object.String)
		last, ok2 := triples[1].(object.String)
		text, ok3 := triples[2].(object.String)
		if !ok1 || !ok2 || !ok3 || len(first) != 2 || len(last) != 2 || len(text) != 2 {
			continue
		}
		for c := int(u16(first, 0)); c <= int(u16(last, 0)); c++ {
			m[uint16(c)] = string(rune(int(u16(text, 0)) + c - int(u16(first, 0))))
		}
	}
}

func fromUTF16(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = u16(b, 2*i)
	}
	return string(utf16.Decode(units))
}

// values makes sure that every value is printed alike each time.
func (r *valueReader) values() (map[string]string, error) {
	out := map[string]string{}
	page := map[string]int{}
	for _, key := range r.order {
		p := r.printed[key]
		text := p.text.String()
		if was, ok := out[key.id]; ok && was != text {
			return nil, &ValueConflictError{ID: key.id, First: was, Second: text, OnPages: [2]int{page[key.id], p.page}}
		} else if !ok {
			out[key.id], page[key.id] = text, p.page
		}
	}
	return out, nil
}
