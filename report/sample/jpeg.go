package sample

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"io"

	"mingpin/assess/assesstest"
)

const jpegQuality = 80

func writeJPEG(w io.Writer, p assesstest.Paper) error {
	options := &jpeg.Options{Quality: jpegQuality}
	if !p.Landscape {
		img, err := certificate(p)
		if err != nil {
			return err
		}
		return jpeg.Encode(w, img, options)
	}
	img, err := photograph(p)
	if err != nil {
		return err
	}
	if !p.Turned {
		return jpeg.Encode(w, img, options)
	}
	var file bytes.Buffer
	if err := jpeg.Encode(&file, onItsSide(img), options); err != nil {
		return err
	}
	return tagged(w, file.Bytes())
}

func writePNG(w io.Writer, p assesstest.Paper) error {
	img, err := certificate(p)
	if err != nil {
		return err
	}
	e := png.Encoder{CompressionLevel: png.BestSpeed}
	return e.Encode(w, img)
}

// onItsSide is img as a camera stores it that was held upright: turned by a
// quarter against the clock.
func onItsSide(img *image.RGBA) *image.RGBA {
	const pixel = 4
	size := img.Rect.Size()
	out := image.NewRGBA(image.Rect(0, 0, size.Y, size.X))
	for y := range size.Y {
		for x := range size.X {
			copy(out.Pix[out.PixOffset(y, size.X-1-x):][:pixel], img.Pix[img.PixOffset(x, y):])
		}
	}
	return out
}

// orientation is an APP1 segment whose only field says that the picture is to
// be turned by a quarter with the clock to stand upright (Exif 2.3, tag 0x0112,
// value 6).
const orientation = "\xff\xe1\x00\x22" + "Exif\x00\x00" + // length 34
	"MM\x00\x2a\x00\x00\x00\x08" + // TIFF, high byte first, directory at 8
	"\x00\x01" + "\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00" + // one SHORT: 6
	"\x00\x00\x00\x00" // no further directory

// tagged writes a JPEG file with the orientation behind its first marker.
func tagged(w io.Writer, file []byte) error {
	const startOfImage = 2
	for _, part := range [][]byte{file[:startOfImage], []byte(orientation), file[startOfImage:]} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}
