package sample

import (
	"image"
	"image/color"
	"image/draw"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"mingpin/assets"
)

// typefaces parses the fonts once; parsed fonts may be used from several
// goroutines, faces may not.
var typefaces = sync.OnceValues(func() (fonts [2]*sfnt.Font, err error) {
	for i, data := range [][]byte{assets.Regular(), assets.Bold()} {
		if fonts[i], err = opentype.Parse(data); err != nil {
			return fonts, err
		}
	}
	return fonts, nil
})

// Sizes of text on pictures, in pixels.
const (
	titleSize = 60
	lineSize  = 32
	markSize  = 230
)

// A hand writes in one face and size.
type hand struct{ face font.Face }

func newHand(bold bool, size float64) (hand, error) {
	fonts, err := typefaces()
	if err != nil {
		return hand{}, err
	}
	f := fonts[0]
	if bold {
		f = fonts[1]
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72})
	return hand{face}, err
}

// write draws text with its baseline starting at x, y.
func (h hand) write(on draw.Image, ink color.Color, x, y int, text string) {
	d := font.Drawer{Dst: on, Src: image.NewUniform(ink), Face: h.face, Dot: fixed.P(x, y)}
	d.DrawString(text)
}

func (h hand) width(text string) int { return font.MeasureString(h.face, text).Ceil() }

// lines breaks text into lines of at most width pixels, between any two
// characters.
func (h hand) lines(text string, width int) []string {
	var out []string
	start, at := 0, fixed.Int26_6(0)
	for i, r := range text {
		advance, _ := h.face.GlyphAdvance(r)
		if at += advance; at.Ceil() > width && i > start {
			out = append(out, text[start:i])
			start, at = i, advance
		}
	}
	return append(out, text[start:])
}

func fill(on draw.Image, r image.Rectangle, c color.Color) {
	draw.Draw(on, r, image.NewUniform(c), image.Point{}, draw.Src)
}
