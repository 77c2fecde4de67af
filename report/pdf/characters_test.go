package pdf_test

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"unicode"

	"mingpin/report"
	"mingpin/report/pdf"
)

// standardCharacters are the 8,105 of the 通用规范汉字表, 196 of them beyond
// the basic plane.
func standardCharacters(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile("testdata/tgh8105.txt")
	if err != nil {
		t.Fatal(err)
	}
	s := strings.TrimSpace(string(data))
	if n := len([]rune(s)); n != 8105 {
		t.Fatalf("the list holds %d characters", n)
	}
	return s
}

func characterDoc(text string) report.Doc {
	return report.Doc{Title: "通用规范汉字表", Lang: "zh-CN", Blocks: []report.Block{
		report.Paragraph{Spans: report.Value("regular", text)},
		report.Break{},
		report.Paragraph{Spans: []report.Span{{Text: text, Value: "bold", Bold: true}}},
	}}
}

func TestAllCharactersPrintAndExtract(t *testing.T) {
	text := standardCharacters(t)
	data, _ := render(t, characterDoc(text))
	path := save(t, data)
	t.Run("values", func(t *testing.T) {
		values, err := pdf.Values(open(t, data))
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{"regular", "bold"} {
			if values[id] != text {
				t.Errorf("%s: read back %d bytes, not the %d printed", id, len(values[id]), len(text))
			}
		}
	})
	t.Run("pdftotext", func(t *testing.T) {
		sameCharacters(t, tool(t, "pdftotext", "-enc", "UTF-8", path, "-"), text+text)
	})
	t.Run("mutool", func(t *testing.T) {
		sameCharacters(t, tool(t, "mutool", "draw", "-q", "-F", "txt", path), text+text)
	})
}

// sameCharacters compares without white space, which readers add.
func sameCharacters(t *testing.T, out []byte, want string) {
	t.Helper()
	got := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, string(out))
	if got != want {
		g, w := []rune(got), []rune(want)
		for i := range w {
			if i >= len(g) || g[i] != w[i] {
				t.Fatalf("%d characters came back of %d, the first wrong one is number %d, %q", len(g), len(w), i+1, w[i])
			}
		}
		t.Fatalf("%d characters came back of %d", len(g), len(w))
	}
}

// signs are used all over applications and must never be missing.
const signs = "0123456789 ABCxyz %‰ ≥≤±×÷＜＞=≈ –—…·（）《》「」『』【】〔〕“”‘’，。、；：？！ ①②③⑩⑳⑴ " +
	"□☑☐☒●○▲△■★☆✓✔✗ ℃℉μµΩ°′″ m²m³ CO₂H₂O 10⁻⁶10⁺³⁰ №§￥¥ ⅠⅡⅫ\u00a0\u2009\u202f\u3000→"

func TestSignsPrintAndExtract(t *testing.T) {
	data, _ := render(t, characterDoc(signs))
	values, err := pdf.Values(open(t, data))
	if err != nil {
		t.Fatal(err)
	}
	if values["regular"] != signs || values["bold"] != signs {
		t.Errorf("read back\n%q\nand\n%q\nof\n%q", values["regular"], values["bold"], signs)
	}
}

func TestMissingCharacterIsNamed(t *testing.T) {
	doc := report.Doc{Blocks: []report.Block{
		report.Heading{Level: 1, Text: "自评报告"},
		report.Table{Columns: []report.Column{{Width: 1}}, Rows: []report.Row{{Cells: []report.Cell{{Spans: report.Text("口味好😀")}}}}},
	}}
	var out bytes.Buffer
	_, err := pdf.Render(&out, doc, options(t))
	var missing *pdf.MissingGlyphError
	if !errors.As(err, &missing) {
		t.Fatalf("error %v", err)
	}
	if want := (pdf.MissingGlyphError{Rune: '😀', Text: "口味好😀", Where: "自评报告"}); *missing != want {
		t.Errorf("error %+v, want %+v", *missing, want)
	}
	if out.Len() != 0 {
		t.Errorf("%d bytes were written", out.Len())
	}
}

func TestBrokenFontIsRefused(t *testing.T) {
	whole := readFont(t, "NotoSansSC-Regular.ttf")
	for name, data := range map[string][]byte{
		"nothing":               nil,
		"a few bytes":           []byte("OTTO"),
		"CFF outlines":          append([]byte("OTTO"), whole[4:200]...),
		"cut in the directory":  whole[:100],
		"cut behind the tables": whole[:5000],
	} {
		t.Run(name, func(t *testing.T) {
			o := options(t)
			o.Fonts.Bold = data
			if _, err := pdf.Render(&bytes.Buffer{}, report.Doc{}, o); err == nil {
				t.Error("the font was taken")
			}
		})
	}
}
