package pdf

import (
	"fmt"
	"strings"

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

// limits bound the work a hostile file can cause.
type limits struct {
	content int64 // decoded bytes of all pages together
	text    int64 // bytes of all values together
	fonts   int
}

// valueLimits are far above what Render writes.
var valueLimits = limits{content: 64 << 20, text: 64 << 20, fonts: 256}

const (
	mostMap    = 2 << 20 // bytes of one font's map
	mostUnit   = 32      // bytes a code may stand for
	mostNested = 256     // saved states, and marked contents inside each other
)

// Values reads back every marked value of f: its id and the text printed for
// it, its pieces joined in the order of lines and pages. Characters are taken
// from the maps of the page's fonts; a code no map names becomes U+FFFD. What
// stands in foreign content bound into a page is not read. A value printed
// several times must be the same each time, else the error is a
// *ValueConflictError; a file that asks for too much work ends in an
// *object.LimitError, and other errors come from object too.
func Values(f *object.File) (map[string]string, error) {
	return readValues(f, valueLimits)
}

func readValues(f *object.File, most limits) (map[string]string, error) {
	pages, err := f.Pages()
	if err != nil {
		return nil, err
	}
	r := valueReader{file: f, left: most, fonts: map[object.Ref]codeMap{}, printed: map[printing]*printed{}}
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

// A valueReader follows the content of pages as far as values need it.
type valueReader struct {
	file    *object.File
	left    limits
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
	content, err := r.file.Content(p, r.left.content)
	if err != nil {
		return err
	}
	r.left.content -= int64(len(content))
	if r.left.content < 0 {
		return &object.LimitError{What: "bytes of page contents", Limit: valueLimits.content}
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
		if len(r.saved) >= mostNested {
			return &object.LimitError{What: "saved states of a page", Limit: mostNested}
		}
		r.saved = append(r.saved, r.font)
	case "Q":
		if n := len(r.saved); n > 0 {
			r.font, r.saved = r.saved[n-1], r.saved[:n-1]
		}
	case "Tf":
		return r.choose(operands)
	case "BDC", "BMC":
		if len(r.marks) >= mostNested {
			return &object.LimitError{What: "marked contents inside each other", Limit: mostNested}
		}
		r.open(operands)
	case "EMC":
		r.close()
	case "Tj", "'", "\"", "TJ":
		if n := len(operands); n > 0 {
			return r.show(operands[n-1])
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
func (r *valueReader) show(o object.Object) error {
	var mark *printed
	for i := len(r.marks) - 1; i >= 0 && mark == nil; i-- {
		mark = r.marks[i]
	}
	if mark == nil {
		return nil
	}
	before := mark.text.Len()
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
	r.left.text -= int64(mark.text.Len() - before)
	if r.left.text < 0 {
		return &object.LimitError{What: "bytes of printed values", Limit: valueLimits.text}
	}
	return nil
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
		if len(r.fonts) >= r.left.fonts {
			return &object.LimitError{What: "fonts with values", Limit: int64(valueLimits.fonts)}
		}
		var err error
		if m, err = r.readMap(ref); err != nil {
			return fmt.Errorf("font %s: %w", name, err)
		}
		r.fonts[ref] = m
	}
	r.font = m
	return nil
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
