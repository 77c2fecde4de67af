package sample

import (
	"image"
	"image/color"
	"math"
	"slices"
	"sync"

	xdraw "golang.org/x/image/draw"
	"golang.org/x/image/math/f64"

	"mingpin/assess/assesstest"
)

// A4 at 150 dots per inch.
const (
	pictureShort = 1240
	pictureLong  = 1754
	margin       = 60
)

// certificate is the picture of a document on paper: a frame, the title, the
// particulars and what it says.
func certificate(p assesstest.Paper) (*image.Gray, error) {
	back, err := sheet()
	if err != nil {
		return nil, err
	}
	img := &image.Gray{Pix: slices.Clone(back.Pix), Stride: back.Stride, Rect: back.Rect}
	title, err := newHand(true, titleSize)
	if err != nil {
		return nil, err
	}
	text, err := newHand(false, lineSize)
	if err != nil {
		return nil, err
	}
	y := 4 * margin
	title.write(img, color.Black, (pictureShort-title.width(p.Record.Title))/2, y, p.Record.Title)
	y += 2 * margin
	for _, line := range statements(p) {
		for _, part := range text.lines(line, pictureShort-4*margin) {
			text.write(img, color.Black, 2*margin, y, part)
			y += lineSize * 7 / 4
		}
	}
	return img, nil
}

// statements are the lines of a certificate.
func statements(p assesstest.Paper) []string {
	var out []string
	for _, x := range particulars(p.Record) {
		out = append(out, x.label+"："+x.value)
	}
	out = append(out, "")
	out = append(out, p.Body...)
	return append(out, "", "本件为虚构的示例数据，不具有任何效力。")
}

// sheet is the empty certificate, with its frame and the mark across it. It is
// made once and copied.
var sheet = sync.OnceValues(func() (*image.Gray, error) {
	img := image.NewGray(image.Rect(0, 0, pictureShort, pictureLong))
	fill(img, img.Rect, color.White)
	for _, edge := range []int{margin, margin + 14} {
		fill(img, img.Rect.Inset(edge), color.Gray{90})
		fill(img, img.Rect.Inset(edge+5), color.White)
	}
	return img, stamp(img)
})

// stamp draws the mark across the picture, pale and at a slant.
func stamp(on *image.Gray) error {
	h, err := newHand(true, markSize)
	if err != nil {
		return err
	}
	wide, high := h.width(mark), markSize*3/2
	word := image.NewGray(image.Rect(0, 0, wide, high))
	fill(word, word.Rect, color.White)
	h.write(word, color.Gray{225}, 0, markSize*6/5, mark)

	sin, cos := math.Sincos(-math.Pi / 4)
	middle := on.Rect.Max.Div(2)
	x, y := float64(wide)/2, float64(high)/2
	turn := f64.Aff3{
		cos, -sin, float64(middle.X) - cos*x + sin*y,
		sin, cos, float64(middle.Y) - sin*x - cos*y,
	}
	xdraw.ApproxBiLinear.Transform(on, turn, word, word.Rect, xdraw.Src, nil)
	return nil
}
