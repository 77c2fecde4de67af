package volume

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	"image/draw"

	"mingpin/report/pdf"
	"mingpin/report/pdf/object"
)

// milliPerPixel gives images a natural size of 150 dots per inch.
const milliPerPixel = 480

func imageDict(w, h int, space object.Object) object.Dict {
	return object.Dict{
		"Type": object.Name("XObject"), "Subtype": object.Name("Image"),
		"Width": int64(w), "Height": int64(h),
		"ColorSpace": space, "BitsPerComponent": int64(8),
	}
}

// pixels writes a decoded image over white, line by line.
func pixels(out *object.Writer, img image.Image) (object.Ref, error) {
	b := img.Bounds()
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	line := image.NewRGBA(image.Rect(0, 0, b.Dx(), 1))
	rgb := make([]byte, 3*b.Dx())
	for y := b.Min.Y; y < b.Max.Y; y++ {
		draw.Draw(line, line.Rect, image.White, image.Point{}, draw.Src)
		draw.Draw(line, line.Rect, img, image.Pt(b.Min.X, y), draw.Over)
		for x := range b.Dx() {
			copy(rgb[3*x:3*x+3], line.Pix[4*x:])
		}
		if _, err := z.Write(rgb); err != nil {
			return object.Ref{}, err
		}
	}
	if err := z.Close(); err != nil {
		return object.Ref{}, err
	}
	d := imageDict(b.Dx(), b.Dy(), object.Name("DeviceRGB"))
	d["Filter"] = object.Name("FlateDecode")
	return out.Add(object.NewStream(d, packed.Bytes()))
}

func drawn(ref object.Ref, w, h int) pdf.Drawn {
	return pdf.Drawn{Ref: ref, WidthMilli: int64(w) * milliPerPixel, HeightMilli: int64(h) * milliPerPixel, IsImage: true}
}

// turns are the matrices that set an image of the unit square upright, by EXIF
// orientation.
var turns = map[int]string{
	2: "-1 0 0 1 1 0",
	3: "-1 0 0 -1 1 1",
	4: "1 0 0 -1 0 1",
	5: "0 -1 -1 0 1 1",
	6: "0 -1 1 0 0 1",
	7: "0 1 1 0 0 0",
	8: "0 1 -1 0 1 0",
}

// upright wraps an image that the camera held otherwise in a form that turns
// it. Like an image the form fills the unit square.
func upright(out *object.Writer, img object.Ref, w, h, orientation int) (pdf.Drawn, error) {
	m, turned := turns[orientation]
	if !turned {
		return drawn(img, w, h), nil
	}
	if sideways(orientation) {
		w, h = h, w
	}
	ref, err := out.Add(object.Deflate(object.Dict{
		"Type": object.Name("XObject"), "Subtype": object.Name("Form"),
		"BBox":      object.Array{int64(0), int64(0), int64(1), int64(1)},
		"Resources": object.Dict{"XObject": object.Dict{"I": img}},
	}, fmt.Appendf(nil, "q %s cm /I Do Q", m)))
	return drawn(ref, w, h), err
}

// sideways says whether an EXIF orientation swaps width and height.
func sideways(orientation int) bool { return orientation >= 5 }
