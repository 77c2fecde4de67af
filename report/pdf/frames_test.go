package pdf_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/report"
	"mingpin/report/pdf"
	"mingpin/report/pdf/object"
)

// withFrames is the sample with annexes, filled by filler.
func withFrames() report.Doc {
	doc := sample()
	doc.Blocks = append(doc.Blocks, frameBlocks()...)
	return doc
}

// filler writes an image of 20 × 10 pixels for even frames and for odd ones a
// form of one A4 page or, for the last, of a slip.
func filler(out *object.Writer, f report.Frame) (pdf.Drawn, error) {
	if strings.HasSuffix(f.ID, "0") {
		ref, err := out.Add(object.Deflate(object.Dict{
			"Type": object.Name("XObject"), "Subtype": object.Name("Image"), "Width": 20, "Height": 10,
			"ColorSpace": object.Name("DeviceGray"), "BitsPerComponent": 8,
		}, bytes.Repeat([]byte{0x80}, 200)))
		return pdf.Drawn{Ref: ref, WidthMilli: 20000, HeightMilli: 10000, IsImage: true}, err
	}
	w, h := int64(595), int64(842)
	if strings.HasSuffix(f.ID, "3") {
		w, h = 100, 50
	}
	ref, err := out.Add(object.Deflate(object.Dict{
		"Type": object.Name("XObject"), "Subtype": object.Name("Form"), "BBox": object.Array{0, 0, w, h},
	}, []byte("/MPV <</ID (forged)>> BDC EMC 0.9 g 100 100 300 600 re f")))
	return pdf.Drawn{Ref: ref, WidthMilli: 1000 * w, HeightMilli: 1000 * h}, err
}

func renderFrames(t *testing.T) ([]byte, pdf.Result) {
	t.Helper()
	var buf bytes.Buffer
	o := options(t)
	o.Fill = filler
	r, err := pdf.Render(&buf, withFrames(), o)
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes(), r
}

func TestFramesAreFilled(t *testing.T) {
	data, r := renderFrames(t)
	n := r.Pages
	want := []pdf.PlacedFrame{{ID: "a#0", Page: n - 3}, {ID: "a#1", Page: n - 2}, {ID: "b#3", Page: n - 1}}
	if d := cmp.Diff(want, r.Frames); d != "" {
		t.Error(d)
	}
	f := open(t, data)
	pages, err := f.Pages()
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range map[int]string{
		n - 4: "q 481.876 0 0 240.938 70.875 520.312 cm", // an image fills the width
		n - 3: "q 0.54",                                  // an upright page shrinks to the height of a landscape one
		n - 2: "q 1.000000 0 0 1.000000",                 // a slip is not enlarged
	} {
		content, err := f.Content(pages[i], 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(content, []byte(want)) {
			t.Errorf("page %d does not hold %q:\n%s", i+1, want, content)
		}
	}
	values, err := pdf.Values(f)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := values["forged"]; ok {
		t.Error("a value was read from foreign content")
	}
}

func TestFrameThatCannotBeFilled(t *testing.T) {
	cause := errors.New("the evidence is damaged")
	for name, fill := range map[string]func(*object.Writer, report.Frame) (pdf.Drawn, error){
		"no filler":       nil,
		"filler reports":  func(*object.Writer, report.Frame) (pdf.Drawn, error) { return pdf.Drawn{}, cause },
		"content no size": func(*object.Writer, report.Frame) (pdf.Drawn, error) { return pdf.Drawn{WidthMilli: 1}, nil },
	} {
		t.Run(name, func(t *testing.T) {
			o := options(t)
			o.Fill = fill
			_, err := pdf.Render(&bytes.Buffer{}, withFrames(), o)
			var frame *pdf.FrameError
			if !errors.As(err, &frame) || frame.ID != "a#0" {
				t.Fatalf("error %v", err)
			}
			if name == "filler reports" && !errors.Is(err, cause) {
				t.Errorf("error %v hides its cause", err)
			}
		})
	}
}
