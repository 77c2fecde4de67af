package volume

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"
	"strconv"

	"mingpin/report/pdf"
	"mingpin/report/pdf/object"
)

// milliPerPixel gives images a natural size of 150 dots per inch.
const milliPerPixel = 480

// drawJPEG passes the compressed bytes through as they are; only CMYK, which a
// file of this kind may not hold, is decoded.
func drawJPEG(out *object.Writer, r io.ReaderAt, size int64) (pdf.Drawn, error) {
	c, err := jpeg.DecodeConfig(io.NewSectionReader(r, 0, size))
	if err != nil {
		return pdf.Drawn{}, err
	}
	if !endsWithEOI(r, size) {
		return pdf.Drawn{}, errors.New("jpeg is cut off")
	}
	space := object.Name("DeviceRGB")
	switch c.ColorModel {
	case color.GrayModel:
		space = "DeviceGray"
	case color.CMYKModel:
		img, err := jpeg.Decode(io.NewSectionReader(r, 0, size))
		if err != nil {
			return pdf.Drawn{}, err
		}
		return drawPixels(out, img)
	}
	ref := out.Alloc()
	d := imageDict(c.Width, c.Height, space)
	d["Filter"] = object.Name("DCTDecode")
	if err := out.PutStream(ref, d, io.NewSectionReader(r, 0, size), size); err != nil {
		return pdf.Drawn{}, err
	}
	return upright(out, ref, c.Width, c.Height, orientation(r, size))
}

// endsWithEOI looks for the end marker in the last bytes; cameras append some.
func endsWithEOI(r io.ReaderAt, size int64) bool {
	n := min(size, 64<<10)
	tail := make([]byte, n)
	if _, err := r.ReadAt(tail, size-n); err != nil && err != io.EOF {
		return false
	}
	return bytes.Contains(tail, []byte{0xFF, 0xD9})
}

func imageDict(w, h int, space object.Object) object.Dict {
	return object.Dict{
		"Type": object.Name("XObject"), "Subtype": object.Name("Image"),
		"Width": int64(w), "Height": int64(h),
		"ColorSpace": space, "BitsPerComponent": int64(8),
	}
}

// drawPNG passes plain images through as they are compressed in the file, and
// decodes what has transparency, palettes, other depths or interlacing.
func drawPNG(out *object.Writer, r io.ReaderAt, size int64) (pdf.Drawn, error) {
	p, err := readPNG(r, size)
	if err != nil {
		return pdf.Drawn{}, err
	}
	if p.components == 0 {
		img, err := png.Decode(io.NewSectionReader(r, 0, size))
		if err != nil {
			return pdf.Drawn{}, err
		}
		return drawPixels(out, img)
	}
	space := object.Name("DeviceRGB")
	if p.components == 1 {
		space = "DeviceGray"
	}
	d := imageDict(p.width, p.height, space)
	d["Filter"] = object.Name("FlateDecode")
	d["DecodeParms"] = object.Dict{
		"Predictor": int64(15), "Colors": int64(p.components),
		"BitsPerComponent": int64(8), "Columns": int64(p.width),
	}
	ref := out.Alloc()
	if err := out.PutStream(ref, d, io.MultiReader(p.data...), p.length); err != nil {
		return pdf.Drawn{}, err
	}
	return drawn(ref, p.width, p.height), nil
}

// A pngFile is where the compressed pixels of a PNG lie. Components is 0 when
// they cannot be used as they are.
type pngFile struct {
	width, height, components int
	data                      []io.Reader
	length                    int64
}

func readPNG(r io.ReaderAt, size int64) (pngFile, error) {
	var p pngFile
	at := int64(8)
	for at+12 <= size {
		var head [8]byte
		if _, err := r.ReadAt(head[:], at); err != nil {
			return p, err
		}
		n := int64(binary.BigEndian.Uint32(head[:4]))
		if at+12+n > size {
			return p, fmt.Errorf("png chunk %q is cut off", head[4:])
		}
		body := io.NewSectionReader(r, at+8, n)
		if done, err := p.chunk(string(head[4:]), body); done || err != nil {
			return p, err
		}
		at += 12 + n
	}
	return p, errors.New("png has no end")
}

func (p *pngFile) chunk(kind string, body *io.SectionReader) (done bool, err error) {
	switch kind {
	case "IHDR":
		var h [13]byte
		if _, err := io.ReadFull(body, h[:]); err != nil {
			return false, err
		}
		p.width, p.height = int(binary.BigEndian.Uint32(h[:4])), int(binary.BigEndian.Uint32(h[4:8]))
		depth, kind, interlaced := h[8], h[9], h[12] != 0
		if depth == 8 && !interlaced {
			p.components = map[byte]int{0: 1, 2: 3}[kind]
		}
	case "tRNS":
		p.components = 0
	case "IDAT":
		p.data = append(p.data, body)
		p.length += body.Size()
	case "IEND":
		return true, nil
	}
	return false, nil
}

// drawPixels writes a decoded image over white.
func drawPixels(out *object.Writer, img image.Image) (pdf.Drawn, error) {
	b := img.Bounds()
	flat := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(flat, flat.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(flat, flat.Bounds(), img, b.Min, draw.Over)
	rgb := make([]byte, 0, b.Dx()*b.Dy()*3)
	for i := 0; i < len(flat.Pix); i += 4 {
		rgb = append(rgb, flat.Pix[i], flat.Pix[i+1], flat.Pix[i+2])
	}
	ref, err := out.Add(object.Deflate(imageDict(b.Dx(), b.Dy(), object.Name("DeviceRGB")), rgb))
	if err != nil {
		return pdf.Drawn{}, err
	}
	return drawn(ref, b.Dx(), b.Dy()), nil
}

func drawn(ref object.Ref, w, h int) pdf.Drawn {
	return pdf.Drawn{Ref: ref, WidthMilli: int64(w) * milliPerPixel, HeightMilli: int64(h) * milliPerPixel, IsImage: true}
}

// turns are the matrices that set an image of the unit square upright, by EXIF
// orientation.
var turns = map[int][6]string{
	2: {"-1", "0", "0", "1", "1", "0"},
	3: {"-1", "0", "0", "-1", "1", "1"},
	4: {"1", "0", "0", "-1", "0", "1"},
	5: {"0", "-1", "-1", "0", "1", "1"},
	6: {"0", "-1", "1", "0", "0", "1"},
	7: {"0", "1", "1", "0", "0", "0"},
	8: {"0", "1", "-1", "0", "1", "0"},
}

// upright wraps an image that the camera held otherwise in a form that turns
// it. The form is as large as the upright image.
func upright(out *object.Writer, img object.Ref, w, h, orientation int) (pdf.Drawn, error) {
	m, turned := turns[orientation]
	if !turned {
		return drawn(img, w, h), nil
	}
	if orientation >= 5 {
		w, h = h, w
	}
	size := func(n int) string { return strconv.FormatInt(int64(n)*milliPerPixel/1000, 10) }
	content := fmt.Sprintf("q %s 0 0 %s 0 0 cm %s %s %s %s %s %s cm /I Do Q",
		size(w), size(h), m[0], m[1], m[2], m[3], m[4], m[5])
	form := object.Deflate(object.Dict{
		"Type": object.Name("XObject"), "Subtype": object.Name("Form"),
		"BBox":      object.Array{int64(0), int64(0), object.Real(size(w)), object.Real(size(h))},
		"Resources": object.Dict{"XObject": object.Dict{"I": img}},
	}, []byte(content))
	ref, err := out.Add(form)
	if err != nil {
		return pdf.Drawn{}, err
	}
	d := drawn(ref, w, h)
	d.IsImage = false
	return d, nil
}

// orientation reads the EXIF orientation of a JPEG, 1 when there is none.
func orientation(r io.ReaderAt, size int64) int {
	head := make([]byte, min(size, 128<<10))
	if n, err := r.ReadAt(head, 0); err != nil && err != io.EOF {
		head = head[:n]
	}
	if len(head) < 4 || head[0] != 0xFF || head[1] != 0xD8 {
		return 1
	}
	at := bytes.Index(head, []byte("Exif\x00\x00"))
	if at < 0 {
		return 1
	}
	return tiffOrientation(head[at+6:])
}

func tiffOrientation(b []byte) int {
	if len(b) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if b[0] == 'M' {
		order = binary.BigEndian
	}
	at := int(order.Uint32(b[4:]))
	if at < 0 || at+2 > len(b) {
		return 1
	}
	for i, n := 0, int(order.Uint16(b[at:])); i < n; i++ {
		e := at + 2 + 12*i
		if e+12 > len(b) {
			return 1
		}
		const orientationTag = 0x0112
		if order.Uint16(b[e:]) == orientationTag {
			if o := int(order.Uint16(b[e+8:])); o >= 1 && o <= 8 {
				return o
			}
		}
	}
	return 1
}
