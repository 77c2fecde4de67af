package sign

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"strings"

	"mingpin/report/pdf/object"
)

// widgetFlags are Print and Locked (ISO 32000-1, table 165).
const widgetFlags = 4 | 128

// A FieldSpec is a place for a signature, to be reserved before anyone signs.
type FieldSpec struct {
	// Name identifies the field in the document; it has no full stop.
	Name string
	// Page is the page it is on, counted from 0.
	Page int
	// Rect is left, bottom, right and top in points from the page's lower left
	// corner. All zero is a field that is not seen.
	Rect [4]float64
}

// PlaceFields copies the PDF in src to dst and appends unsigned signature
// fields. All fields have to be there before the first signature: to add one
// later is more than a certification allows. A FieldError names a field that
// cannot be placed; ErrSigned says that it is too late.
func PlaceFields(src io.ReaderAt, size int64, dst io.Writer, fields []FieldSpec) error {
	f, err := object.Open(src, size)
	if err != nil {
		return fmt.Errorf("open the document: %w", err)
	}
	if f.Rebuilt() {
		return object.ErrNotAppendable
	}
	p := placing{file: f, update: object.NewUpdate(f), pages: map[object.Ref]object.Dict{}}
	if err := p.begin(); err != nil {
		return err
	}
	for _, spec := range fields {
		if err := p.add(spec); err != nil {
			return err
		}
	}
	if err := p.finish(); err != nil {
		return err
	}
	var tail bytes.Buffer
	if _, _, err := p.update.AppendTo(&tail); err != nil {
		return fmt.Errorf("append fields: %w", err)
	}
	return copyAll(dst, src, size, tail.Bytes())
}

// copyAll writes the whole source and what is appended to it.
func copyAll(dst io.Writer, src io.ReaderAt, size int64, tail []byte) error {
	if _, err := io.CopyN(dst, io.NewSectionReader(src, 0, size), size); err != nil {
		return fmt.Errorf("copy the document: %w", err)
	}
	if _, err := dst.Write(tail); err != nil {
		return fmt.Errorf("write the update: %w", err)
	}
	return nil
}

// placing is an update that adds fields.
type placing struct {
	file   *object.File
	update *object.Update
	names  map[string]bool
	all    []object.Page
	pages  map[object.Ref]object.Dict // as changed so far
	added  object.Array
}

// begin reads what is there: no signature may be.
func (p *placing) begin() error {
	fields, err := readFields(p.file)
	if err != nil {
		return fmt.Errorf("read form: %w", err)
	}
	p.names = map[string]bool{}
	for _, f := range fields {
		p.names[f.name] = true
		if f.kind == "Sig" && f.v != nil {
			return ErrSigned
		}
	}
	p.all, err = p.file.Pages()
	if err != nil {
		return fmt.Errorf("read pages: %w", err)
	}
	return nil
}

func (p *placing) add(spec FieldSpec) error {
	switch {
	case spec.Name == "" || strings.Contains(spec.Name, "."):
		return FieldError{spec.Name, "name"}
	case p.names[spec.Name]:
		return FieldError{spec.Name, "duplicate"}
	case spec.Page < 0 || spec.Page >= len(p.all) || p.all[spec.Page].Ref == object.Ref{}:
		return FieldError{spec.Name, "page"}
	}
	rect, ok := rectangle(spec.Rect)
	if !ok {
		return FieldError{spec.Name, "rect"}
	}
	p.names[spec.Name] = true
	page := p.all[spec.Page].Ref
	form := p.update.Alloc()
	if err := p.update.Put(form, emptyAppearance(rect)); err != nil {
		return err
	}
	widget := p.update.Alloc()
	p.added = append(p.added, widget)
	if err := p.update.Put(widget, object.Dict{
		"Type": object.Name("Annot"), "Subtype": object.Name("Widget"), "FT": object.Name("Sig"),
		"T": object.Text(spec.Name), "F": widgetFlags, "P": page, "Rect": rect,
		"AP": object.Dict{"N": form},
	}); err != nil {
		return err
	}
	return p.annotate(page, widget)
}

// rectangle gives a PDF rectangle to a thousandth of a point.
func rectangle(r [4]float64) (object.Array, bool) {
	var a object.Array
	for _, v := range r {
		if math.IsNaN(v) || math.Abs(v) > 1e6 {
			return nil, false
		}
		a = append(a, object.FromMilli(int64(math.Round(v*1000))))
	}
	return a, r[0] <= r[2] && r[1] <= r[3]
}

// emptyAppearance is a form of the rectangle's size that shows nothing: PDF/A
// wants an appearance even of a field without one.
func emptyAppearance(rect object.Array) *object.Stream {
	var edge [4]int64
	for i := range min(len(rect), len(edge)) {
		edge[i], _ = object.Milli(rect[i])
	}
	return object.NewStream(object.Dict{
		"Type": object.Name("XObject"), "Subtype": object.Name("Form"), "Resources": object.Dict{},
		"BBox": object.Array{int64(0), int64(0), object.FromMilli(edge[2] - edge[0]), object.FromMilli(edge[3] - edge[1])},
	}, nil)
}

// annotate adds the widget to its page.
func (p *placing) annotate(page, widget object.Ref) error {
	dict := p.pages[page]
	if dict == nil {
		o, err := p.file.Object(page)
		if err != nil {
			return fmt.Errorf("read page: %w", err)
		}
		d, ok := o.(object.Dict)
		if !ok {
			return fmt.Errorf("read page: object %d is no dictionary", page.Num)
		}
		annots, err := p.file.Resolve(d["Annots"])
		if err != nil {
			return fmt.Errorf("read page: %w", err)
		}
		dict = d.Clone()
		dict["Annots"] = annots
		p.pages[page] = dict
	}
	annots, _ := dict["Annots"].(object.Array)
	dict["Annots"] = append(annots[:len(annots):len(annots)], widget)
	return p.update.Put(page, dict)
}

// finish enters the fields in the form, which may be a new one.
func (p *placing) finish() error {
	catalog, err := p.file.Catalog()
	if err != nil {
		return err
	}
	acro, err := acroForm(p.file)
	if err != nil {
		return fmt.Errorf("read form: %w", err)
	}
	old, err := p.file.Resolve(acro["Fields"])
	if err != nil {
		return fmt.Errorf("read form: %w", err)
	}
	list, _ := old.(object.Array)
	acro = acro.Clone()
	acro["Fields"] = append(list[:len(list):len(list)], p.added...)
	acro["SigFlags"] = int64(signaturesExist | appendOnly)
	catalog = catalog.Clone()
	catalog["AcroForm"] = acro
	root, ok := p.file.Trailer()["Root"].(object.Ref)
	if !ok {
		return object.ErrNotAppendable
	}
	return p.update.Put(root, catalog)
}

// The flags of a form (ISO 32000-1, table 219).
const (
	signaturesExist = 1
	appendOnly      = 2
)
