package object

import (
	"bytes"
	"compress/zlib"
)

// Form is a page that became a form XObject; it stands upright with its lower
// left corner at the origin. Sizes are in thousandths of a point.
type Form struct {
	Ref         Ref
	WidthMilli  int64
	HeightMilli int64
}

// Form writes a page as a form XObject: what is drawn inside its CropBox, with
// its resources. Annotations, actions and the structure tree stay behind. One
// content stream is copied as it is; several are decoded, joined by line ends
// (7.8.2) and deflated. UserUnit is left out of account.
func (im *Importer) Form(page Page) (Form, error) {
	im.form = true
	defer func() { im.form = false }()
	d := Dict{
		"Type": Name("XObject"), "Subtype": Name("Form"),
		"BBox": page.CropBox.Array(), "Matrix": upright(page.CropBox, page.Rotate),
	}
	resources, err := im.f.dict(page.Dict["Resources"])
	if err != nil {
		return Form{}, err
	}
	if resources == nil {
		resources = Dict{}
	}
	if d["Resources"], err = im.Copy(resources); err != nil {
		return Form{}, err
	}
	if err := im.group(page, d); err != nil {
		return Form{}, err
	}
	form := Form{Ref: im.to.Alloc(), WidthMilli: page.CropBox.Width(), HeightMilli: page.CropBox.Height()}
	if page.Rotate%180 != 0 {
		form.WidthMilli, form.HeightMilli = form.HeightMilli, form.WidthMilli
	}
	return form, im.contents(form.Ref, d, page.Dict["Contents"])
}

// upright turns a box clockwise and moves its lower left corner to the origin.
func upright(b Box, rotate int) Array {
	at := func(x, y int64, turn ...int64) Array {
		m := Array{}
		for _, v := range turn {
			m = append(m, v)
		}
		return append(m, FromMilli(x), FromMilli(y))
	}
	switch rotate {
	case 90:
		return at(-b[1], b[2], 0, -1, 1, 0)
	case 180:
		return at(b[2], b[3], -1, 0, 0, -1)
	case 270:
		return at(b[3], -b[0], 0, 1, -1, 0)
	}
	return at(-b[0], -b[1], 1, 0, 0, 1)
}

// group keeps the page's transparency group, without which blending would see
// what lies below the form; a page group is always isolated (11.4.7).
func (im *Importer) group(page Page, form Dict) error {
	g, err := im.f.dict(page.Dict["Group"])
	if err != nil {
		return err
	}
	s, err := im.f.Resolve(g["S"])
	if err != nil || s != Object(Name("Transparency")) {
		return err
	}
	cs, err := im.Copy(g["CS"])
	if err != nil {
		return err
	}
	form["Group"] = Dict{"Type": Name("Group"), "S": Name("Transparency"), "I": true, "CS": cs}
	return nil
}

// contents writes the drawing of a page as the stream r.
func (im *Importer) contents(r Ref, d Dict, o Object) error {
	streams, err := im.f.contents(o)
	if err != nil {
		return err
	}
	if len(streams) == 1 && streams[0].n > 0 {
		s := streams[0]
		for _, k := range []Name{"Filter", "DecodeParms"} {
			if d[k], err = im.Copy(s.Dict[k]); err != nil {
				return err
			}
		}
		src, n := s.Raw()
		if err := im.bytes.spend(n); err != nil {
			return err
		}
		return im.to.PutStream(r, d, src, n)
	}
	joined, err := join(streams)
	if err != nil {
		return err
	}
	if err := im.bytes.spend(int64(len(joined))); err != nil {
		return err
	}
	d["Filter"] = Name("FlateDecode")
	return im.to.PutStream(r, d, bytes.NewReader(joined), int64(len(joined)))
}

// contents gives the content streams of a page; what is no stream is left out.
func (f *File) contents(o Object) ([]*Stream, error) {
	o, err := f.Resolve(o)
	if err != nil {
		return nil, err
	}
	parts, ok := o.(Array)
	if !ok {
		parts = Array{o}
	}
	var streams []*Stream
	for _, part := range parts {
		if part, err = f.Resolve(part); err != nil {
			return nil, err
		}
		if s, ok := part.(*Stream); ok {
			streams = append(streams, s)
		}
	}
	return streams, nil
}

// join decodes streams one after another and deflates them together.
func join(streams []*Stream) ([]byte, error) {
	var buf bytes.Buffer
	z := zlib.NewWriter(&buf)
	left := int64(maxContents)
	for _, s := range streams {
		plain, err := s.Decode(left)
		if err != nil {
			return nil, err
		}
		left -= int64(len(plain))
		// Writing into memory cannot fail.
		_, _ = z.Write(plain)
		_, _ = z.Write([]byte{'\n'})
	}
	err := z.Close()
	return buf.Bytes(), err
}

// Content gives the decoded drawing of a page, its streams joined by line ends,
// at most max bytes; Scan reads it.
func (f *File) Content(page Page, max int64) ([]byte, error) {
	streams, err := f.contents(page.Dict["Contents"])
	if err != nil {
		return nil, err
	}
	var out []byte
	for _, s := range streams {
		plain, err := s.Decode(max - int64(len(out)))
		if err != nil {
			return nil, err
		}
		out = append(append(out, plain...), '\n')
	}
	return out, nil
}
