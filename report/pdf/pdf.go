// Package pdf turns blocks into pages: it is the only package that knows fonts,
// line breaking and paper, and the only one that imports the PDF library. What
// it writes is a PDF 1.7 file, PDF/A-2u as far as no foreign page is bound in,
// with the same bytes for the same document on every machine.
//
// Text is set by its own rules of line breaking (行首行尾禁则). Printed values
// are marked on the page, so that Values reads them back exactly.
package pdf

import (
	"fmt"
	"io"
	"time"

	"mingpin/report"
	"mingpin/report/pdf/object"
)

// Fonts are TrueType files with glyf outlines and a format-12 character map.
// They are parsed once per process and must not be changed afterwards.
type Fonts struct{ Regular, Bold []byte }

// Options are what a document needs besides its blocks.
type Options struct {
	Fonts    Fonts
	Created  time.Time // stands in the file; the same for the same bytes
	Producer string

	// Fill writes the foreign content of a frame as an XObject. It is called
	// once for each frame, in the order of the pages; it may be nil for a
	// document without frames.
	Fill func(out *object.Writer, f report.Frame) (Drawn, error)
}

// Drawn is foreign content written as an XObject, with its natural size in
// thousandths of a point. Pages are shrunk to fit and never enlarged; images
// fill the frame. Proportions are kept.
type Drawn struct {
	Ref         object.Ref
	WidthMilli  int64
	HeightMilli int64
	IsImage     bool

	// Layers are the optional content groups that came along, Hidden those
	// of them that are not shown when the file is opened.
	Layers, Hidden []object.Ref
}

// Result says where things came to lie. Pages count from 1.
type Result struct {
	Pages    int
	Headings []PlacedHeading
	Fields   []PlacedField
	Frames   []PlacedFrame
}

// PlacedHeading is a heading with its page.
type PlacedHeading struct {
	Level int
	Text  string
	ID    string
	Page  int
}

// PlacedField is the box of a signature field: left, bottom, right and top in
// points from the lower left corner of its page, as /Rect has it.
type PlacedField struct {
	Name string
	Page int
	Rect [4]float64
}

// PlacedFrame is a frame with its page.
type PlacedFrame struct {
	ID   string
	Page int
}

// Render writes doc as a PDF to w. A character that no font shows ends in a
// *MissingGlyphError before anything is written; a wrong table, figure, link or
// frame in a *TableError, *RadarError, *LinkError or *FrameError.
func Render(w io.Writer, doc report.Doc, o Options) (Result, error) {
	t, err := newTypesetter(o.Fonts)
	if err != nil {
		return Result{}, err
	}
	l := &layouter{typesetter: t}
	if err := l.layout(doc); err != nil {
		return Result{}, err
	}
	return l.write(w, doc, o)
}

// write draws the pages and finishes the file.
func (l *layouter) write(w io.Writer, doc report.Doc, o Options) (Result, error) {
	drawn, sets, err := l.draw()
	if err != nil {
		return Result{}, fmt.Errorf("draw the pages: %w", err)
	}
	f := finisher{layouter: l, doc: doc, options: o, sets: sets, out: object.NewWriter(w)}
	if err := f.finish(drawn); err != nil {
		return Result{}, err
	}
	return l.result(), nil
}

func (l *layouter) result() Result {
	r := Result{Pages: len(l.pages)}
	for _, h := range l.headings {
		r.Headings = append(r.Headings, PlacedHeading{h.Level, h.Text, h.ID, h.page})
	}
	for i, p := range l.pages {
		for _, b := range p.fields {
			r.Fields = append(r.Fields, PlacedField{b.name, i + 1, [4]float64{
				points(b.x), points(p.h - b.y - b.h), points(b.x + b.w), points(p.h - b.y),
			}})
		}
		if p.frame != nil {
			r.Frames = append(r.Frames, PlacedFrame{p.frame.ID, i + 1})
		}
	}
	return r
}

// points is a length in points.
func points(l length) float64 { return float64(l) / float64(pt) }
