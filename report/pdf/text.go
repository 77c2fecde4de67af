package pdf

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"mingpin/report"
)

// A style is what a run of text looks like.
type style struct {
	bold bool
	size length
	col  colour
}

// A run is text of one style. value is 1 + the place of its id among the values
// of the document; 0 means none.
type run struct {
	text  string
	style style
	value int
}

// A frag is a piece of a run on one line. after is what follows it in the run
// and leaves no mark on the paper: a line feed, a tab, a mark of direction.
type frag struct {
	text  string
	after string
	style style
	value int
	first bool // the value begins here
	x     length
	chars int // drawn
}

// A textLine is one line of a paragraph; its frags stand in order.
type textLine struct {
	frags []frag
	width length // without spaces at the end
	chars int    // drawn, without spaces at the end
	full  bool   // ended by lack of room, not by the end of a paragraph
}

// A MissingGlyphError names a character the fonts cannot show. Nothing is
// written then: a box in a signed volume would be worse.
type MissingGlyphError struct {
	Rune  rune
	Text  string // the text it stands in
	Where string // the heading it stands under; empty before the first
}

func (e *MissingGlyphError) Error() string {
	return fmt.Sprintf("no font shows %q (U+%04X) in %q under %q", e.Rune, e.Rune, e.Text, e.Where)
}

// A cell is one character while lines are broken.
type cell struct {
	width length
	run   int
	from  int // in the text of the run
	to    int
	class class
	drawn bool
}

// A typesetter breaks text into lines and notes which characters each face has
// to show.
type typesetter struct {
	faces  [2]*face // regular, bold
	used   [2][0x10000]bool
	beyond [2]map[rune]bool
	values []string // ids of marked values, one for each run that has one
	where  string   // the heading text stands under
	err    error    // the first missing character

	cells []cell // of the paragraph at hand
}

func newTypesetter(f Fonts) (*typesetter, error) {
	t := &typesetter{beyond: [2]map[rune]bool{{}, {}}}
	for i, data := range [][]byte{f.Regular, f.Bold} {
		face, err := faceOf(data)
		if err != nil {
			return nil, fmt.Errorf("read font %d: %w", i+1, err)
		}
		t.faces[i] = face
	}
	return t, nil
}

func faceIndex(bold bool) int {
	if bold {
		return 1
	}
	return 0
}

// runs turns spans into runs of a size; bold makes all of them bold.
func (t *typesetter) runs(spans []report.Span, size length, bold bool) []run {
	out := make([]run, 0, len(spans))
	for _, s := range spans {
		r := run{text: s.Text, style: style{bold: s.Bold || bold, size: size, col: colourOf(s.Tone)}}
		if s.Value != "" {
			t.values = append(t.values, s.Value)
			r.value = len(t.values)
		}
		out = append(out, r)
	}
	return out
}

// measure splits the runs into cells.
func (t *typesetter) measure(runs []run) {
	t.cells = t.cells[:0]
	for i, r := range runs {
		if r.text == "" && r.value > 0 {
			t.cells = append(t.cells, cell{run: i, class: hidden})
		}
		k := faceIndex(r.style.bold)
		for at := 0; at < len(r.text); {
			c, n := utf8.DecodeRuneInString(r.text[at:])
			t.cells = append(t.cells, t.cell(c, k, r.style.size, cell{run: i, from: at, to: at + n}))
			if t.cells[len(t.cells)-1].width < 0 {
				t.missing(c, r.text)
				t.cells[len(t.cells)-1].width = 0
			}
			at += n
		}
	}
}

// cell fills in class and width of c; a width below zero means it is missing.
func (t *typesetter) cell(c rune, k int, size length, into cell) cell {
	into.class = classOf(c)
	into.drawn = drawn(c, into.class)
	if !into.drawn {
		if c == '\t' {
			into.width = size
		}
		return into
	}
	w := t.faces[k].width(c)
	if w == noGlyph {
		into.width = -1
		return into
	}
	if c < 0x10000 {
		t.used[k][c] = true
	} else {
		t.beyond[k][c] = true
	}
	into.width = length(w) * size / 1000
	return into
}

func (t *typesetter) missing(c rune, text string) {
	if t.err == nil {
		t.err = &MissingGlyphError{Rune: c, Text: text, Where: t.where}
	}
}

// lines breaks runs into lines no wider than width; the first begins indent to
// the right.
func (t *typesetter) lines(runs []run, width, indent length) []textLine {
	t.measure(runs)
	var out []textLine
	for start := 0; start < len(t.cells); {
		end, full := t.fit(start, width-indent)
		out = append(out, t.emit(runs, start, end, full))
		start, indent = end, 0
	}
	return out
}

// natural is the width of runs on one line.
func (t *typesetter) natural(runs []run) length {
	t.measure(runs)
	w := 0
	for _, c := range t.cells {
		w += c.width
	}
	return w
}

// fit finds where the line that begins at start ends. The best kind of break
// there is on the line is taken; where there is none it breaks anywhere.
func (t *typesetter) fit(start int, avail length) (end int, full bool) {
	b := breaker{start: start}
	w := 0
	for i := start; i < len(t.cells); i++ {
		c := t.cells[i]
		if c.class == feed {
			return i + 1, false
		}
		b.meet(i, c.class)
		if c.class != space && c.class != hidden && w+c.width > avail && i > start {
			return b.end(t.cells, i), true
		}
		w += c.width
	}
	return len(t.cells), false
}

// A breaker remembers the places where a line may end.
type breaker struct {
	start  int
	last   [good + 1]int // last place of each quality; 0 = none
	prev   class         // last character that is neither space nor hidden
	any    bool          // there was one
	spaced bool          // a space lies between it and what comes
}

func (b *breaker) meet(i int, c class) {
	switch c {
	case space:
		b.spaced = true
		return
	case hidden:
		return
	}
	q := never
	if b.any && b.spaced {
		q = overSpace(b.prev, c)
	} else if b.any {
		q = between(b.prev, c)
	}
	b.last[q] = i
	b.prev, b.any, b.spaced = c, true, false
}

// end is where a line that overflows at i ends.
func (b *breaker) end(cells []cell, i int) int {
	for q := good; q > never; q-- {
		if b.last[q] > b.start {
			return b.last[q]
		}
	}
	for i-1 > b.start && (cells[i].class == closes || cells[i].class == point || cells[i-1].class == opens) {
		i--
	}
	return i
}

// emit makes the line of the cells from start to end.
func (t *typesetter) emit(runs []run, start, end int, full bool) textLine {
	l := textLine{full: full}
	x, chars := 0, 0
	for i := start; i < end; {
		c := t.cells[i]
		f := frag{style: runs[c.run].style, value: runs[c.run].value, x: x, first: c.from == 0}
		mid := c.from
		for ; i < end && t.cells[i].run == c.run && t.cells[i].drawn; i++ {
			mid = t.cells[i].to
			x += t.cells[i].width
			f.chars++
			if t.cells[i].class != space {
				l.width, l.chars = x, chars+f.chars
			}
		}
		chars += f.chars
		f.text = runs[c.run].text[c.from:mid]
		to := mid
		for ; i < end && t.cells[i].run == c.run && !t.cells[i].drawn; i++ {
			x += t.cells[i].width
			to = t.cells[i].to
		}
		f.after = runs[c.run].text[mid:to]
		l.frags = append(l.frags, f)
	}
	return l
}

// Missing lists the characters of text that the fonts cannot show, each once,
// so that they can be refused where they are typed and not only when a volume
// is bound.
func Missing(f Fonts, text string) ([]rune, error) {
	t, err := newTypesetter(f)
	if err != nil {
		return nil, err
	}
	var out []rune
	for _, c := range text {
		if t.cell(c, 0, bodySize, cell{}).width < 0 && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out, nil
}
