package pdf_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"mingpin/report"
	"mingpin/report/pdf"
)

// fonts are those the program ships, read as a user of the package would hand
// them over.
func fonts(t testing.TB) pdf.Fonts {
	t.Helper()
	return pdf.Fonts{Regular: readFont(t, "NotoSansSC-Regular.ttf"), Bold: readFont(t, "NotoSansSC-Bold.ttf")}
}

var fontFiles = map[string][]byte{}

func readFont(t testing.TB, name string) []byte {
	t.Helper()
	if fontFiles[name] == nil {
		data, err := os.ReadFile(filepath.Join("..", "..", "assets", "fonts", name))
		if err != nil {
			t.Fatal(err)
		}
		fontFiles[name] = data
	}
	return fontFiles[name]
}

func options(t testing.TB) pdf.Options {
	return pdf.Options{
		Fonts:    fonts(t),
		Created:  time.Date(2026, 3, 1, 9, 0, 0, 0, time.FixedZone("CST", 8*3600)),
		Producer: "Mingpin",
	}
}

func render(t testing.TB, doc report.Doc) ([]byte, pdf.Result) {
	t.Helper()
	var buf bytes.Buffer
	r, err := pdf.Render(&buf, doc, options(t))
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes(), r
}
