package pdf_test

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"time"

	"mingpin/report/pdf"
)

// ring is a round seal on a clear ground.
func ring(edge int) image.Image {
	m := image.NewNRGBA(image.Rect(0, 0, edge, edge))
	for y := range edge {
		for x := range edge {
			dx, dy := x-edge/2, y-edge/2
			if d := dx*dx + dy*dy; d < edge*edge/4 && d > edge*edge/6 {
				m.Set(x, y, color.NRGBA{R: 0xB7, G: 0x34, B: 0x2B, A: 0xFF})
			}
		}
	}
	return m
}

func pngOf(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func stamp(t *testing.T) pdf.Stamp {
	return pdf.Stamp{
		Fonts: fonts(t), Lang: "zh-CN", Created: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC),
		Lines: []string{"王𬭚", "2026-03-01 17:00:00 +08:00", "原因：对声明内容负责", "自制身份，仅证明完整性，不证明签名人身份"},
	}
}

func TestAppearance(t *testing.T) {
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, ring(1000), nil); err != nil {
		t.Fatal(err)
	}
	for name, picture := range map[string][]byte{"text only": nil, "a seal": pngOf(t, ring(300)), "a photograph": photo.Bytes()} {
		t.Run(name, func(t *testing.T) {
			s := stamp(t)
			s.Image = picture
			data, err := pdf.Appearance(s)
			if err != nil {
				t.Fatal(err)
			}
			pages, err := open(t, data).Pages()
			if err != nil {
				t.Fatal(err)
			}
			if len(pages) != 1 || pages[0].MediaBox != [4]int64{0, 0, 226800, 85050} {
				t.Fatalf("pages %+v", pages)
			}
			path := save(t, data)
			tool(t, "qpdf", "--check", path)
			text := strings.Join(strings.Fields(string(tool(t, "pdftotext", path, "-"))), "")
			for _, want := range []string{"王𬭚", "原因：对声明内容负责", "仅证明完整性"} {
				if !strings.Contains(text, want) {
					t.Errorf("%q lacks %q", text, want)
				}
			}
			if strings.Contains(string(tool(t, "pdfimages", "-list", path)), "image") != (picture != nil) {
				t.Error("the image is missing")
			}
		})
	}
}

func TestAppearanceRefuses(t *testing.T) {
	wide := image.NewGray(image.Rect(0, 0, 9000, 1))
	for name, change := range map[string]func(*pdf.Stamp){
		"a file that is no image":  func(s *pdf.Stamp) { s.Image = []byte("GIF89a") },
		"an image cut short":       func(s *pdf.Stamp) { s.Image = pngOf(t, ring(300))[:200] },
		"an image too large":       func(s *pdf.Stamp) { s.Image = pngOf(t, wide) },
		"more lines than fit":      func(s *pdf.Stamp) { s.Lines = strings.Split(strings.Repeat("行\n", 60), "\n") },
		"a name no font can show":  func(s *pdf.Stamp) { s.Lines[0] = "王😀" },
		"a font that is not there": func(s *pdf.Stamp) { s.Fonts.Bold = nil },
	} {
		t.Run(name, func(t *testing.T) {
			s := stamp(t)
			change(&s)
			_, err := pdf.Appearance(s)
			var wrong *pdf.StampError
			var missing *pdf.MissingGlyphError
			if err == nil || (name != "a font that is not there" && !errors.As(err, &wrong) && !errors.As(err, &missing)) {
				t.Errorf("error %v", err)
			}
		})
	}
}
