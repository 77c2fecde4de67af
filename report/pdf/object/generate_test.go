package object

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/jung-kurt/gofpdf"
)

var update = flag.Bool("update", false, "write the samples made by Go again")

// TestGofpdfSample keeps testdata/gofpdf.pdf, from which the samples of other
// tools are made (see testdata/README.md), equal to what this code makes.
func TestGofpdfSample(t *testing.T) {
	got := gofpdfSample(t)
	path := filepath.Join("testdata", "gofpdf.pdf")
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	f := openBytes(t, got)
	pages, err := f.Pages()
	if err != nil || len(pages) != 3 {
		t.Fatalf("gofpdf's file has %d pages, want 3; error %v", len(pages), err)
	}
}

// gofpdfSample makes three pages with text, lines, a picture and a link.
func gofpdfSample(t *testing.T) []byte {
	t.Helper()
	p := gofpdf.New("P", "mm", "A4", "")
	p.SetCatalogSort(true)
	p.SetCreationDate(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	p.SetModificationDate(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	p.SetTitle("示例数据", true)
	p.SetFont("Helvetica", "", 14)
	opt := gofpdf.ImageOptions{ImageType: "JPEG"}
	p.RegisterImageOptionsReader("square", opt, bytes.NewReader(square(t)))
	for _, text := range []string{"Sample data, page one", "Sample data (page two)", "Sample data, page three"} {
		p.AddPage()
		p.Bookmark(text, 0, 0)
		p.Text(20, 30, text)
		p.Rect(20, 40, 60, 30, "D")
		p.ImageOptions("square", 20, 80, 40, 0, false, opt, 0, "https://example.invalid/")
	}
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func square(t *testing.T) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 32, 32))
	for i := range 32 * 32 {
		m.Set(i%32, i/32, color.RGBA{uint8(i % 32 * 8), uint8(i / 32 * 8), 90, 255})
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func openBytes(t *testing.T, b []byte) *File {
	t.Helper()
	f, err := Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}
