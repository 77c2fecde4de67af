package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // seals and handwriting come as photographs too
	_ "image/png"
	"time"

	"golang.org/x/image/draw"

	"mingpin/report"
	"mingpin/report/pdf/object"
)

// A Stamp is what a signed signature field shows.
type Stamp struct {
	Fonts   Fonts
	Lines   []string // name first, set in bold; then time, reason, notes
	Image   []byte   // PNG or JPEG of a seal or handwriting; nil for none
	Lang    string   // BCP 47
	Created time.Time
}

// A StampError says why a stamp cannot be made.
type StampError struct{ Err error }

func (e *StampError) Error() string { return fmt.Sprintf("make the stamp: %v", e.Err) }

// Unwrap gives the cause.
func (e *StampError) Unwrap() error { return e.Err }

var (
	errStampRoom  = errors.New("its lines do not fit the box of the signature")
	errStampImage = errors.New("its image is no PNG or JPEG of at most 8192 × 8192 pixels")
)

const (
	mostPixels  = 8192 // an edge of the image given
	stampPixels = 900  // an edge of the image printed: 600 dpi and more
	stampEdge   = 2 * mm
	stampImage  = 26 * mm
)

// Appearance draws a stamp as a finished PDF of one page of FieldWidth ×
// FieldHeight millimetres on a white ground. Errors: *StampError, or
// *MissingGlyphError for a name no font can show.
func Appearance(s Stamp) ([]byte, error) {
	t, err := newTypesetter(s.Fonts)
	if err != nil {
		return nil, err
	}
	l := &layouter{typesetter: t}
	p := &page{landscape: true, sheet: sheet{w: FieldWidth * mm, h: FieldHeight * mm}}
	l.pages = []*page{p}
	p.boxes = []box{{0, 0, p.w, p.h, white}}
	edge := []point2{{250, 250}, {p.w - 250, 250}, {p.w - 250, p.h - 250}, {250, p.h - 250}}
	p.shapes = []shape{{points: edge, closed: true, width: 500, stroke: muted}}
	left := stampEdge + mm
	o := Options{Created: s.Created}
	if len(s.Image) > 0 {
		picture, err := decodeImage(s.Image)
		if err != nil {
			return nil, &StampError{err}
		}
		p.frame = &report.Frame{ID: "seal"}
		p.room = hole{stampEdge, stampEdge, stampImage, p.h - 2*stampEdge, true}
		o.Fill = func(out *object.Writer, _ report.Frame) (Drawn, error) { return writeImage(out, picture) }
		left += stampImage + mm
	}
	if !l.stampLines(p, s.Lines, left) {
		return nil, &StampError{errStampRoom}
	}
	if l.err != nil {
		return nil, l.err
	}
	var buf bytes.Buffer
	_, err = l.write(&buf, report.Doc{Lang: s.Lang}, o)
	return buf.Bytes(), err
}

// stampLines sets the lines in the largest size that has room, in the middle of
// the height.
func (l *layouter) stampLines(p *page, lines []string, left length) bool {
	width := p.w - stampEdge - left
	for size := 9 * pt; size >= 4500; size -= pt / 4 {
		var set []textLine
		var sizes []length
		height := 0
		for i, text := range lines {
			st := style{size: size, col: ink}
			if i == 0 {
				st = style{size: size * 5 / 4, col: ink, bold: true}
			}
			for _, line := range l.lines([]run{{text: text, style: st}}, width, 0) {
				set, sizes = append(set, line), append(sizes, st.size)
				height += tightLeading(st.size)
			}
		}
		if height > p.h-2*stampEdge {
			continue
		}
		y := (p.h - height) / 2
		for i, line := range set {
			p.setLine(line, linePlace{x: left, y: y, width: width, size: sizes[i], lead: tightLeading(sizes[i])})
			y += tightLeading(sizes[i])
		}
		return true
	}
	return false
}

// decodeImage reads an image within limits and makes it no larger than print
// needs.
func decodeImage(data []byte) (*image.NRGBA, error) {
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || c.Width < 1 || c.Height < 1 || c.Width > mostPixels || c.Height > mostPixels {
		return nil, errStampImage
	}
	src, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, errors.Join(errStampImage, err)
	}
	w, h := c.Width, c.Height
	if most := max(w, h); most > stampPixels {
		w, h = max(1, w*stampPixels/most), max(1, h*stampPixels/most)
	}
	dst := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.CatmullRom.Scale(dst, dst.Bounds(), src, src.Bounds(), draw.Src, nil)
	return dst, nil
}

// writeImage writes an image with its transparency as a soft mask.
func writeImage(out *object.Writer, m *image.NRGBA) (Drawn, error) {
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	colours := make([]byte, 0, 3*w*h)
	alpha := make([]byte, 0, w*h)
	clear := false
	for y := range h {
		for x := range w {
			c := m.NRGBAAt(x, y)
			if c.A == 0 {
				c = color.NRGBA{R: 255, G: 255, B: 255}
			}
			colours = append(colours, c.R, c.G, c.B)
			alpha = append(alpha, c.A)
			clear = clear || c.A < 255
		}
	}
	d := imageDict(w, h, "DeviceRGB")
	if clear {
		mask, err := out.Add(object.Deflate(imageDict(w, h, "DeviceGray"), alpha))
		if err != nil {
			return Drawn{}, err
		}
		d["SMask"] = mask
	}
	ref, err := out.Add(object.Deflate(d, colours))
	return Drawn{Ref: ref, WidthMilli: int64(w) * 1000, HeightMilli: int64(h) * 1000, IsImage: true}, err
}

func imageDict(w, h int, space object.Name) object.Dict {
	return object.Dict{
		"Type": object.Name("XObject"), "Subtype": object.Name("Image"), "Width": w, "Height": h,
		"ColorSpace": space, "BitsPerComponent": 8,
	}
}
