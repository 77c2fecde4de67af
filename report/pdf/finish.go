package pdf

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"time"

	"mingpin/report"
	"mingpin/report/pdf/object"
)

// A finisher takes the page contents and fonts the library drew and writes the
// file around them: page tree, outline, links, foreign content, document
// information. What the library writes of these itself is wrong in places
// (outline counts, runes beyond the basic plane) or missing (metadata, colour
// profile).
type finisher struct {
	*layouter
	doc     report.Doc
	options Options
	sets    [2]charset
	out     *object.Writer

	in      *object.File
	copied  map[object.Ref]object.Ref
	refs    []object.Ref // of the pages
	fonts   object.Dict
	foreign bool // a page holds foreign content
	layers  layers
	zip     *zlib.Writer
}

// A FrameError says why a frame could not be filled.
type FrameError struct {
	ID  string
	Err error
}

func (e *FrameError) Error() string { return fmt.Sprintf("fill frame %q: %v", e.ID, e.Err) }

// Unwrap gives what the filler reported.
func (e *FrameError) Unwrap() error { return e.Err }

var (
	errNoFiller = errors.New("the document has a frame and the options no filler")
	errNoSize   = errors.New("the content has no size")
	errDrawn    = errors.New("the drawn pages do not have the expected structure")
)

func (f *finisher) finish(drawn []byte) error {
	in, err := object.Open(bytes.NewReader(drawn), int64(len(drawn)))
	if err != nil {
		return fmt.Errorf("read the drawn pages: %w", err)
	}
	f.in, f.copied = in, map[object.Ref]object.Ref{}
	for range f.pages {
		f.refs = append(f.refs, f.out.Alloc())
	}
	if err := f.writeFonts(); err != nil {
		return fmt.Errorf("write the fonts: %w", err)
	}
	tree := f.out.Alloc()
	if err := f.writePages(tree); err != nil {
		return err
	}
	kids := make(object.Array, len(f.refs))
	for i, r := range f.refs {
		kids[i] = r
	}
	if err := f.out.Put(tree, object.Dict{"Type": object.Name("Pages"), "Kids": kids, "Count": len(kids)}); err != nil {
		return err
	}
	return f.writeCatalog(tree)
}

// writePages writes the pages in order with what is on them.
func (f *finisher) writePages(tree object.Ref) error {
	resources, err := f.out.Add(object.Dict{"Font": f.fonts, "ProcSet": object.Array{object.Name("PDF"), object.Name("Text")}})
	if err != nil {
		return err
	}
	contents, err := f.contents()
	if err != nil {
		return err
	}
	for i, p := range f.pages {
		if err := f.writePage(i, p, object.Dict{
			"Type": object.Name("Page"), "Parent": tree, "Resources": resources,
			"Contents": contents[i],
			"MediaBox": object.Array{0, 0, object.FromMilli(int64(p.w)), object.FromMilli(int64(p.h))},
		}); err != nil {
			return err
		}
	}
	return nil
}

// contents are the content streams of the drawn pages, in order.
func (f *finisher) contents() ([]object.Object, error) {
	catalog, err := f.in.Catalog()
	if err != nil {
		return nil, err
	}
	tree, err := f.dictOf(catalog["Pages"])
	if err != nil {
		return nil, err
	}
	kids, _ := tree["Kids"].(object.Array)
	if len(kids) != len(f.pages) {
		return nil, errDrawn
	}
	out := make([]object.Object, len(kids))
	for i, k := range kids {
		d, err := f.dictOf(k)
		if err != nil {
			return nil, err
		}
		out[i] = d["Contents"]
	}
	return out, nil
}

func (f *finisher) dictOf(o object.Object) (object.Dict, error) {
	o, err := f.in.Resolve(o)
	if err != nil {
		return nil, err
	}
	if d, ok := o.(object.Dict); ok {
		return d, nil
	}
	return nil, errDrawn
}

func (f *finisher) writePage(i int, p *page, d object.Dict) error {
	content, err := f.writeContent(d["Contents"])
	if err != nil {
		return err
	}
	d["Contents"] = content
	if p.frame != nil {
		if err := f.fill(p, d); err != nil {
			return &FrameError{p.frame.ID, err}
		}
	}
	notes, err := f.annotations(p)
	if err != nil {
		return err
	}
	if len(notes) > 0 {
		d["Annots"] = notes
	}
	return f.out.Put(f.refs[i], d)
}

// writeContent compresses the content of a drawn page.
func (f *finisher) writeContent(o object.Object) (object.Object, error) {
	o, err := f.in.Resolve(o)
	if err != nil {
		return nil, err
	}
	s, ok := o.(*object.Stream)
	if !ok {
		return nil, errDrawn
	}
	plain, _ := s.Raw()
	var packed bytes.Buffer
	if f.zip == nil {
		f.zip, _ = zlib.NewWriterLevel(&packed, zlib.BestSpeed) // the level exists
	} else {
		f.zip.Reset(&packed)
	}
	if _, err := io.Copy(f.zip, plain); err != nil {
		return nil, err
	}
	if err := f.zip.Close(); err != nil {
		return nil, err
	}
	return f.out.Add(object.NewStream(object.Dict{"Filter": object.Name("FlateDecode")}, packed.Bytes()))
}

// fill asks for the foreign content of p and shows it in its room.
func (f *finisher) fill(p *page, d object.Dict) error {
	if f.options.Fill == nil {
		return errNoFiller
	}
	c, err := f.options.Fill(f.out, *p.frame)
	if err != nil {
		return err
	}
	if c.WidthMilli <= 0 || c.HeightMilli <= 0 {
		return errNoSize
	}
	f.foreign = true
	f.layers.add(c)
	shown, err := f.out.Add(object.Deflate(object.Dict{}, p.room.show(p.h, c)))
	if err != nil {
		return err
	}
	d["Contents"] = object.Array{d["Contents"], shown}
	d["Resources"] = object.Dict{"Font": f.fonts, "XObject": object.Dict{"Annex": c.Ref}}
	return nil
}

// show gives the operators that place c at the head of the room, in the middle
// of its width, with a fine line around it. High is the height of the page.
func (h hole) show(high length, c Drawn) []byte {
	w, t := int64(h.w), int64(h.w)*c.HeightMilli/c.WidthMilli
	if t > int64(h.h) {
		w, t = int64(h.h)*c.WidthMilli/c.HeightMilli, int64(h.h)
	}
	if !c.IsImage && w > c.WidthMilli {
		w, t = c.WidthMilli, c.HeightMilli
	}
	x, y := int64(h.x)+(int64(h.w)-w)/2, int64(high-h.y)-t
	sx, sy := milli(w), milli(t)
	if !c.IsImage { // a form has its natural size, an image that of the unit square
		sx = fmt.Sprintf("%.6f", float64(w)/float64(c.WidthMilli))
		sy = sx
	}
	b := fmt.Appendf(nil, "q %s 0 0 %s %s %s cm /Annex Do Q\n", sx, sy, milli(x), milli(y))
	if h.plain {
		return b
	}
	return fmt.Appendf(b, "q 0.5 w %s RG %s %s %s %s re S Q\n", hairline.operand(), milli(x), milli(y), milli(w), milli(t))
}

func milli(n int64) string { return fmt.Sprintf("%d.%03d", n/1000, n%1000) }

func (c colour) operand() string {
	return fmt.Sprintf("%.3f %.3f %.3f", float64(c.r)/255, float64(c.g)/255, float64(c.b)/255)
}

// copyOf copies an object of the drawn file with all it leads to.
func (f *finisher) copyOf(o object.Object) (object.Object, error) {
	switch v := o.(type) {
	case object.Ref:
		return f.copyRef(v)
	case object.Array:
		out := make(object.Array, len(v))
		for i := range v {
			var err error
			if out[i], err = f.copyOf(v[i]); err != nil {
				return nil, err
			}
		}
		return out, nil
	case object.Dict:
		return f.copyDict(v)
	}
	return o, nil
}

func (f *finisher) copyDict(d object.Dict) (object.Dict, error) {
	out := make(object.Dict, len(d))
	for _, k := range sortedNames(d) { // copies get their numbers in order
		c, err := f.copyOf(d[k])
		if err != nil {
			return nil, err
		}
		out[k] = c
	}
	return out, nil
}

func (f *finisher) copyRef(r object.Ref) (object.Ref, error) {
	if to, ok := f.copied[r]; ok {
		return to, nil
	}
	to := f.out.Alloc()
	f.copied[r] = to
	o, err := f.in.Object(r)
	if err != nil {
		return to, err
	}
	s, isStream := o.(*object.Stream)
	if !isStream {
		c, err := f.copyOf(o)
		if err != nil {
			return to, err
		}
		return to, f.out.Put(to, c)
	}
	raw, n := s.Raw()
	d := s.Dict.Clone()
	delete(d, "Length")
	return to, f.out.PutStream(to, d, raw, n)
}

// date is t as PDF writes it (ISO 32000-1, 7.9.4).
func date(t time.Time) object.String {
	zone := "Z"
	if _, offset := t.Zone(); offset != 0 {
		zone = t.Format("-07'00'")
	}
	return object.String("D:" + t.Format("20060102150405") + zone)
}
