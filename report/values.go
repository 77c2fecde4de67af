package report

import "fmt"

// A ValueConflict is one value id printed with two different texts: a mistake
// of the program, since both come from the same snapshot.
type ValueConflict struct{ ID, First, Second string }

func (e *ValueConflict) Error() string {
	return fmt.Sprintf("value %s is printed as %q and as %q", e.ID, e.First, e.Second)
}

// Values lists what doc prints under each value id. A verifier makes the
// document again from the snapshot and compares these with what stands on the
// pages.
func Values(doc Doc) (map[string]string, error) {
	v := valueWalk{found: map[string]string{}}
	v.spans(doc.Header)
	v.blocks(doc.Blocks)
	return v.found, v.err
}

type valueWalk struct {
	found map[string]string
	err   error
}

func (v *valueWalk) blocks(bs []Block) {
	for _, b := range bs {
		v.block(b)
	}
}

func (v *valueWalk) block(b Block) {
	switch b := b.(type) {
	case Paragraph:
		v.spans(b.Spans)
	case List:
		for _, i := range b.Items {
			v.spans(i.Spans)
		}
	case Table:
		v.table(b)
	case Radar:
		for _, a := range b.Axes {
			v.add(a.Value, a.Score)
		}
	case Frame:
		v.spans(b.Caption)
	case Field:
		v.spans(b.Labels)
	case Code:
		for _, line := range b.Lines {
			v.spans(line)
		}
	case KeepTogether:
		v.blocks(b.Blocks)
	}
}

func (v *valueWalk) table(t Table) {
	for _, row := range t.Head {
		v.cells(row)
	}
	for _, row := range t.Rows {
		v.cells(row.Cells)
	}
}

func (v *valueWalk) cells(cells []Cell) {
	for _, c := range cells {
		v.spans(c.Spans)
	}
}

func (v *valueWalk) spans(spans []Span) {
	for _, s := range spans {
		v.add(s.Value, s.Text)
	}
}

func (v *valueWalk) add(id, text string) {
	if id == "" {
		return
	}
	if old, ok := v.found[id]; ok && old != text && v.err == nil {
		v.err = &ValueConflict{ID: id, First: old, Second: text}
	}
	v.found[id] = text
}
