package sample

import (
	"image"
	"image/color"

	"mingpin/assess/assesstest"
)

var (
	wall   = color.RGBA{226, 232, 236, 255}
	ground = color.RGBA{150, 152, 150, 255}
	steel  = color.RGBA{112, 132, 150, 255}
	dark   = color.RGBA{52, 62, 72, 255}
	oil    = color.RGBA{222, 164, 40, 255}
	paper  = color.RGBA{246, 244, 236, 255}
)

// photograph is a drawn scene with its caption: things on a floor, and the mark.
// One of a product's models shows bottles, any other machines.
func photograph(p assesstest.Paper) (*image.RGBA, error) {
	img := image.NewRGBA(image.Rect(0, 0, pictureLong, pictureShort))
	floor := pictureShort * 3 / 4
	fill(img, img.Rect, wall)
	fill(img, image.Rect(0, floor, pictureLong, pictureShort), ground)
	for n := range 4 {
		at := image.Pt(180+n*370, floor+60)
		if len(p.Record.Models) > 0 {
			bottle(img, at, n%2 == 0)
		} else {
			machine(img, at, n)
		}
	}
	text, err := newHand(false, lineSize)
	if err != nil {
		return nil, err
	}
	text.write(img, dark, margin, pictureShort-margin, p.Record.Title+"　"+p.Body[0])
	large, err := newHand(true, 2*titleSize)
	if err != nil {
		return nil, err
	}
	large.write(img, color.RGBA{180, 190, 198, 255}, margin, 3*margin, mark)
	return img, nil
}

// machine is a block with a hopper and a display, its foot at the point.
func machine(on *image.RGBA, foot image.Point, n int) {
	high := 420 + 60*(n%3)
	fill(on, image.Rect(foot.X, foot.Y-high, foot.X+260, foot.Y), steel)
	fill(on, image.Rect(foot.X+70, foot.Y-high-110, foot.X+190, foot.Y-high), dark)
	fill(on, image.Rect(foot.X+30, foot.Y-high+50, foot.X+150, foot.Y-high+130), wall)
	fill(on, image.Rect(foot.X+260, foot.Y-150, foot.X+370, foot.Y-110), oil)
}

// bottle has a neck, a cap and a label; a small one is two thirds as high.
func bottle(on *image.RGBA, foot image.Point, large bool) {
	wide, high := 200, 520
	if !large {
		wide, high = 150, 350
	}
	neck := image.Rect(foot.X+wide/3, foot.Y-high-90, foot.X+wide*2/3, foot.Y-high)
	fill(on, image.Rect(foot.X, foot.Y-high, foot.X+wide, foot.Y), oil)
	fill(on, neck, oil)
	fill(on, image.Rect(neck.Min.X-8, neck.Min.Y-40, neck.Max.X+8, neck.Min.Y), dark)
	fill(on, image.Rect(foot.X+12, foot.Y-high*2/3, foot.X+wide-12, foot.Y-high/4), paper)
}
