package sample_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/color"
	_ "image/jpeg"
	_ "image/png"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"mingpin/assess/assesstest"
	"mingpin/assess/programme"
	"mingpin/assets"
	"mingpin/report/pdf/object"
	"mingpin/report/sample"
)

func concepts(t testing.TB) programme.Concepts {
	t.Helper()
	reg, err := programme.LoadConcepts(assets.Concepts())
	if err != nil {
		t.Fatal(err)
	}
	return reg
}

func sampleCase(t testing.TB) assesstest.Case {
	t.Helper()
	c, err := assesstest.Sample(concepts(t))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func file(t testing.TB, c assesstest.Case, p assesstest.Paper) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := sample.Write(&b, p, c.Client); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEveryFileIsOfItsFormat(t *testing.T) {
	readers := map[string]func(*testing.T, assesstest.Paper, []byte){
		"pdf": isPDF, "jpeg": isPicture, "png": isPicture, "xlsx": isWorkbook, "docx": isDocument,
	}
	c := sampleCase(t)
	met := map[string]bool{}
	for _, p := range c.Papers {
		t.Run(p.File, func(t *testing.T) {
			met[p.Format] = true
			readers[p.Format](t, p, file(t, c, p))
		})
	}
	for format := range readers {
		if !met[format] {
			t.Errorf("the sample has no %s", format)
		}
	}
}

func isPDF(t *testing.T, p assesstest.Paper, data []byte) {
	f, err := object.Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	pages, err := f.Pages()
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) != p.Pages {
		t.Errorf("%d pages, want %d", len(pages), p.Pages)
	}
}

func isPicture(t *testing.T, p assesstest.Paper, data []byte) {
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if format != p.Format {
		t.Errorf("format %s, want %s", format, p.Format)
	}
	wide := config.Width > config.Height
	if want := p.Landscape && !p.Turned; wide != want {
		t.Errorf("%d × %d pixels, want wide: %t", config.Width, config.Height, want)
	}
}

func isWorkbook(t *testing.T, p assesstest.Paper, data []byte) {
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	last := p.Body[len(p.Body)-1]
	if got := strings.Join(rows[len(rows)-1], "|"); got != last {
		t.Errorf("last row %q, want %q", got, last)
	}
}

func isDocument(t *testing.T, p assesstest.Paper, data []byte) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for _, part := range z.File {
		text := readXML(t, part)
		if part.Name == "word/document.xml" {
			said.WriteString(text)
		}
	}
	for _, line := range p.Body {
		if !strings.Contains(said.String(), line) {
			t.Errorf("document does not say %q", line)
		}
	}
}

// readXML gives the text of a part, which has to be well formed.
func readXML(t *testing.T, part *zip.File) string {
	r, err := part.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var text strings.Builder
	for d := xml.NewDecoder(r); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return text.String()
		}
		if err != nil {
			t.Fatalf("%s: %v", part.Name, err)
		}
		if data, ok := token.(xml.CharData); ok {
			text.Write(data)
		}
	}
}

func TestTheSamePaperGivesTheSameBytes(t *testing.T) {
	c := sampleCase(t)
	met := map[string]int{}
	for _, p := range c.Papers {
		if met[p.Format]++; met[p.Format] > 2 && !p.Landscape {
			continue // two of a format are made in the same way as all
		}
		if !bytes.Equal(file(t, c, p), file(t, c, p)) {
			t.Errorf("%s differs from call to call", p.File)
		}
	}
}

func TestUnknownFormatIsRefused(t *testing.T) {
	err := sample.Write(io.Discard, assesstest.Paper{File: "a.bmp", Format: "bmp"}, sampleCase(t).Client)
	if err == nil {
		t.Error("a bmp was made")
	}
}

// A turned photograph stands upright once its orientation is followed: the wall
// is above, the floor below.
func TestTurnedPhotographIsUprightByItsTag(t *testing.T) {
	c := sampleCase(t)
	for _, p := range c.Papers {
		if !p.Turned {
			continue
		}
		data := file(t, c, p)
		if !bytes.HasPrefix(data[2:], []byte("\xff\xe1\x00\x22Exif\x00\x00MM\x00\x2a")) {
			t.Fatalf("no orientation behind the first marker: % x", data[:16])
		}
		img, _, err := image.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		// turned with the clock, the left edge becomes the upper one
		height := img.Bounds().Dx()
		top, bottom := img.At(5, 5), img.At(height-5, 5)
		if grey(top) < 220 || grey(bottom) > 170 {
			t.Errorf("top %v, bottom %v: not a bright wall above a dark floor", top, bottom)
		}
		return
	}
	t.Error("the sample has no turned photograph")
}

func grey(c color.Color) uint8 { return color.GrayModel.Convert(c).(color.Gray).Y }
