package volume_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"os"
	"strings"
	"testing"

	"mingpin/assess"
)

var (
	red    = color.RGBA{255, 0, 0, 255}
	green  = color.RGBA{0, 255, 0, 255}
	blue   = color.RGBA{0, 0, 255, 255}
	yellow = color.RGBA{255, 255, 0, 255}
)

// quarters is an image with a colour in each corner: red and green above, blue
// and yellow below.
func quarters(to draw.Image) draw.Image {
	for n, c := range []color.Color{red, green, blue, yellow} {
		r := image.Rect(0, 0, 20, 16).Add(image.Pt(n%2*20, n/2*16))
		draw.Draw(to, r, image.NewUniform(c), image.Point{}, draw.Src)
	}
	return to
}

var area = image.Rect(0, 0, 40, 32)

// stored gives the quarters as a camera with this orientation stores them: the
// inverse of what the tag asks a viewer to do (Exif 2.3, tag 0x0112).
func stored(orientation int) image.Image {
	up := quarters(image.NewRGBA(area))
	w, h := area.Dx(), area.Dy()
	size := area
	if orientation >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	img := image.NewRGBA(size)
	for y := range size.Dy() {
		for x := range size.Dx() {
			row, column := y, x
			at := map[int]image.Point{ // where the stored row and column stand upright
				1: {column, row}, 2: {w - 1 - column, row}, 3: {w - 1 - column, h - 1 - row}, 4: {column, h - 1 - row},
				5: {row, column}, 6: {w - 1 - row, column}, 7: {w - 1 - row, h - 1 - column}, 8: {row, h - 1 - column},
			}[orientation]
			img.Set(x, y, up.At(at.X, at.Y))
		}
	}
	return img
}

// photograph is a JPEG with an orientation tag, in either byte order.
func photograph(t testing.TB, orientation int, order binary.AppendByteOrder) []byte {
	t.Helper()
	plain := encodeJPEG(t, stored(orientation))
	tiff := []byte("MM\x00\x2a")
	if order.String() == binary.LittleEndian.String() {
		tiff = []byte("II\x2a\x00")
	}
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 2)
	for _, entry := range [][2]uint16{{0x0100, 9}, {0x0112, uint16(orientation)}} {
		tiff = order.AppendUint16(tiff, entry[0])
		tiff = order.AppendUint16(tiff, 3)
		tiff = order.AppendUint32(tiff, 1)
		tiff = order.AppendUint16(tiff, entry[1])
		tiff = order.AppendUint16(tiff, 0)
	}
	tiff = order.AppendUint32(tiff, 0)
	app1 := append([]byte("Exif\x00\x00"), tiff...)
	head := binary.BigEndian.AppendUint16([]byte{0xFF, 0xD8, 0xFF, 0xE1}, uint16(len(app1)+2))
	return append(append(head, app1...), plain[2:]...)
}

func encodeJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func encodePNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func testFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// files are images of every kind, each showing the quarters; those in grey show
// their lightness.
func images(t testing.TB) map[string][]byte {
	t.Helper()
	palette := color.Palette{red, green, blue, yellow}
	clear := append(color.Palette{color.Transparent}, palette...)
	const8 := make(color.Palette, 0, 200)
	for range 50 {
		const8 = append(const8, palette...)
	}
	all := map[string][]byte{
		"rgb.jpg": encodeJPEG(t, quarters(image.NewRGBA(area))), "grey.jpg": encodeJPEG(t, quarters(image.NewGray(area))),
		"cmyk.jpg": testFile(t, "cmyk.jpg"), "interlaced.png": testFile(t, "interlaced.png"),
		"rgb.png": encodePNG(t, quarters(image.NewRGBA(area))), "rgb16.png": encodePNG(t, quarters(image.NewRGBA64(area))),
		"grey.png": encodePNG(t, quarters(image.NewGray(area))), "grey16.png": encodePNG(t, quarters(image.NewGray16(area))),
		"palette.png":  encodePNG(t, quarters(image.NewPaletted(area, palette))),
		"palette8.png": encodePNG(t, quarters(image.NewPaletted(area, const8))),
		"clear.png":    encodePNG(t, quarters(image.NewPaletted(area, clear))),
		"alpha.png":    encodePNG(t, see(quarters(image.NewNRGBA(area)))), "alpha16.png": encodePNG(t, see(quarters(image.NewNRGBA64(area)))),
	}
	for o := 1; o <= 8; o++ {
		all["turned"+string(rune('0'+o))+".jpg"] = photograph(t, o, binary.BigEndian)
	}
	all["intel.jpg"] = photograph(t, 6, binary.LittleEndian)
	return all
}

// see makes a corner of an image transparent.
func see(img draw.Image) draw.Image {
	img.Set(0, 0, color.NRGBA{255, 0, 255, 0})
	return img
}

func TestImagesOfEveryKindShowWhatTheyShow(t *testing.T) {
	files := folder{}
	var records []assess.Evidence
	for name, data := range images(t) {
		records = append(records, files.record(name, data))
	}
	v := build(t, application(t, records...), files)
	place := image.Rectangle{} // all are alike in size, so they lie in one place
	for _, e := range records {
		if e.Name == "rgb.jpg" {
			place = vividPart(v.picture(t, v.pageOf(t, e.ID, 0)))
		}
	}
	if place.Dx() < 100 {
		t.Fatalf("there is no image on the page (%v)", place)
	}
	for _, e := range records {
		t.Run(e.Name, func(t *testing.T) {
			page := v.picture(t, v.pageOf(t, e.ID, 0))
			for n, want := range []color.RGBA{red, green, blue, yellow} {
				if strings.HasPrefix(e.Name, "grey") {
					g := color.GrayModel.Convert(want).(color.Gray).Y
					want = color.RGBA{g, g, g, 255}
				}
				at := place.Min.Add(image.Pt(place.Dx()*(1+n%2*2)/4, place.Dy()*(1+n/2*2)/4))
				if got := color.RGBAModel.Convert(page.At(at.X, at.Y)).(color.RGBA); !near(got, want) {
					t.Errorf("corner %d is %v, want %v", n, got, want)
				}
			}
		})
	}
}

// vividPart is the part of a page that holds one of the four colours.
func vividPart(page image.Image) (box image.Rectangle) {
	for y := page.Bounds().Min.Y; y < page.Bounds().Max.Y; y++ {
		for x := page.Bounds().Min.X; x < page.Bounds().Max.X; x++ {
			c := color.RGBAModel.Convert(page.At(x, y)).(color.RGBA)
			if near(c, red) || near(c, green) || near(c, blue) || near(c, yellow) {
				box = box.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return box
}

// near compares colours roughly: a CMYK file has no pure ones.
func near(a, b color.RGBA) bool {
	far := func(x, y uint8) bool { return max(x, y)-min(x, y) > 70 }
	return !far(a.R, b.R) && !far(a.G, b.G) && !far(a.B, b.B)
}

// What is passed on as it is keeps every byte of its compressed pixels.
func TestPlainImagesAreNotEncodedAgain(t *testing.T) {
	files := folder{}
	photo := photograph(t, 6, binary.BigEndian)
	shot := encodePNG(t, quarters(image.NewPaletted(area, color.Palette{red, green, blue, yellow})))
	v := build(t, application(t, files.record("a.jpg", photo), files.record("b.png", shot)), files)
	if !bytes.Contains(v.data, photo) {
		t.Error("the JPEG was changed")
	}
	at := bytes.Index(shot, []byte("IDAT"))
	n := int(binary.BigEndian.Uint32(shot[at-4:]))
	if !bytes.Contains(v.data, shot[at+4:at+4+n]) {
		t.Error("the pixels of the PNG were changed")
	}
}

var bigEndian = binary.BigEndian

func newGrey() draw.Image { return image.NewGray(area) }

// sealPNG mends the checksum of the head of a PNG after it was altered.
func sealPNG(data []byte) {
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
}
