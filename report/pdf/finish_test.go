package pdf_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/report"
	"mingpin/report/pdf"
	"mingpin/report/pdf/object"
)

// withFrames is the sample with annexes, filled by filler.
func withFrames() report.Doc {
	doc := sample()
	doc.Blocks = append(doc.Blocks, frameBlocks()...)
	return doc
}

// filler writes an image of 20 × 10 pixels for even frames and for odd ones a
// form of one A4 page.
func filler(out *object.Writer, f report.Frame) (pdf.Drawn, error) {
	if strings.HasSuffix(f.ID, "0") {
		ref, err := out.Add(object.Deflate(object.Dict{
			"Type": object.Name("XObject"), "Subtype": object.Name("Image"), "Width": 20, "Height": 10,
			"ColorSpace": object.Name("DeviceGray"), "BitsPerComponent": 8,
		}, bytes.Repeat([]byte{0x80}, 200)))
		return pdf.Drawn{Ref: ref, WidthMilli: 20000, HeightMilli: 10000, IsImage: true}, err
	}
	ref, err := out.Add(object.Deflate(object.Dict{
		"Type": object.Name("XObject"), "Subtype": object.Name("Form"), "BBox": object.Array{0, 0, 595, 842},
	}, []byte("/MPV <</ID (forged)>> BDC EMC 0.9 g 100 100 300 600 re f")))
	return pdf.Drawn{Ref: ref, WidthMilli: 595000, HeightMilli: 842000}, err
}

func renderFrames(t *testing.T) ([]byte, pdf.Result) {
	t.Helper()
	var buf bytes.Buffer
	o := options(t)
	o.Fill = filler
	r, err := pdf.Render(&buf, withFrames(), o)
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes(), r
}

func TestFramesAreFilled(t *testing.T) {
	data, r := renderFrames(t)
	n := r.Pages
	want := []pdf.PlacedFrame{{ID: "a#0", Page: n - 2}, {ID: "a#1", Page: n - 1}}
	if d := cmp.Diff(want, r.Frames); d != "" {
		t.Error(d)
	}
	f := open(t, data)
	pages, err := f.Pages()
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range map[int]string{
		n - 3: "q 481.876 0 0 240.938 70.875 520.312 cm", // an image fills the width
		n - 2: "q 0.54",                                  // an upright page shrinks to the height of a landscape one
	} {
		content, err := f.Content(pages[i], 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(content, []byte(want)) {
			t.Errorf("page %d does not hold %q:\n%s", i+1, want, content)
		}
	}
	values, err := pdf.Values(f)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := values["forged"]; ok {
		t.Error("a value was read from foreign content")
	}
}

func TestFrameThatCannotBeFilled(t *testing.T) {
	cause := errors.New("the evidence is damaged")
	for name, fill := range map[string]func(*object.Writer, report.Frame) (pdf.Drawn, error){
		"no filler":       nil,
		"filler reports":  func(*object.Writer, report.Frame) (pdf.Drawn, error) { return pdf.Drawn{}, cause },
		"content no size": func(*object.Writer, report.Frame) (pdf.Drawn, error) { return pdf.Drawn{WidthMilli: 1}, nil },
	} {
		t.Run(name, func(t *testing.T) {
			o := options(t)
			o.Fill = fill
			_, err := pdf.Render(&bytes.Buffer{}, withFrames(), o)
			var frame *pdf.FrameError
			if !errors.As(err, &frame) || frame.ID != "a#0" {
				t.Fatalf("error %v", err)
			}
			if name == "filler reports" && !errors.Is(err, cause) {
				t.Errorf("error %v hides its cause", err)
			}
		})
	}
}

func TestSameBytes(t *testing.T) {
	const child = "MINGPIN_PDF_DIGEST"
	data, _ := renderFrames(t)
	digest := fmt.Sprintf("%x", sha256.Sum256(data))
	if os.Getenv(child) != "" {
		fmt.Println("digest", digest)
		return
	}
	again, _ := renderFrames(t)
	if !bytes.Equal(data, again) {
		t.Error("the second file differs from the first")
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestSameBytes$")
	cmd.Env = append(os.Environ(), child+"=1")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(out), "digest "+digest+"\n") {
		t.Errorf("a fresh process gives other bytes: %s, here %s", out, digest)
	}
}

func TestForeignReadersTakeTheFile(t *testing.T) {
	data, r := renderFrames(t)
	path := save(t, data)
	if out := tool(t, "qpdf", "--check", path); !bytes.Contains(out, []byte("No syntax or stream encoding errors")) {
		t.Errorf("qpdf: %s", out)
	}
	info := strings.Join(strings.Fields(string(tool(t, "pdfinfo", path))), " ") + " "
	for _, want := range []string{
		"Title: 自我声明申报材料 低芥酸菜籽油 ", "Author: 示例粮油有限公司 ",
		"Producer: Mingpin ", fmt.Sprintf("Pages: %d ", r.Pages),
	} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo lacks %q:\n%s", want, info)
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(string(tool(t, "pdffonts", path))), "\n")[2:] {
		if !strings.Contains(line, "+NotoSansSC-") || !strings.Contains(line, "yes yes yes") {
			t.Errorf("pdffonts: %s", line)
		}
	}
}

func TestClaimOfArchivalFormat(t *testing.T) {
	var plain bytes.Buffer
	if _, err := pdf.Render(&plain, sample(), options(t)); err != nil {
		t.Fatal(err)
	}
	foreign, _ := renderFrames(t)
	if !bytes.Contains(plain.Bytes(), []byte("<pdfaid:part>2</pdfaid:part>")) {
		t.Error("a document of our own makes no claim to be PDF/A")
	}
	if bytes.Contains(foreign, []byte("<pdfaid:part>")) {
		t.Error("a document with foreign pages claims to be PDF/A")
	}
}

// outline writes bookmarks as an indented list with pages and counts.
func outline(t *testing.T, f *object.File, first object.Object, indent string) string {
	t.Helper()
	pages, err := f.Pages()
	if err != nil {
		t.Fatal(err)
	}
	out := ""
	for first != nil {
		d := dict(t, f, first)
		number := 0
		for i, p := range pages {
			if p.Ref == d["Dest"].(object.Array)[0] {
				number = i + 1
			}
		}
		count, _ := object.Int(d["Count"])
		out += fmt.Sprintf("%s%s %d (%d)\n", indent, d["Title"].(object.String).Text(), number, count)
		if d["First"] != nil {
			out += outline(t, f, d["First"], indent+"  ")
		}
		first = d["Next"]
	}
	return out
}

func dict(t *testing.T, f *object.File, o object.Object) object.Dict {
	t.Helper()
	o, err := f.Resolve(o)
	if err != nil {
		t.Fatal(err)
	}
	d, ok := o.(object.Dict)
	if !ok {
		t.Fatalf("%v is no dictionary", o)
	}
	return d
}

func TestOutline(t *testing.T) {
	doc := report.Doc{}
	for _, h := range []report.Heading{{Level: 0, Text: "封面"}, {Level: 1, Text: "一"}, {Level: 2, Text: "一之一"}, {Level: 4, Text: "深"}, {Level: 2, Text: "一之二𬭚"}, {Level: 1, Text: "二"}} {
		doc.Blocks = append(doc.Blocks, report.Break{}, h)
	}
	data, _ := render(t, doc)
	f := open(t, data)
	catalog, err := f.Catalog()
	if err != nil {
		t.Fatal(err)
	}
	root := dict(t, f, catalog["Outlines"])
	if n, _ := object.Int(root["Count"]); n != 2 {
		t.Errorf("%d entries are open", n)
	}
	want := "一 2 (-2)\n  一之一 3 (-1)\n    深 4 (0)\n  一之二𬭚 5 (0)\n二 6 (0)\n"
	if d := cmp.Diff(want, outline(t, f, root["First"], "")); d != "" {
		t.Errorf("outline differs (-want +got):\n%s", d)
	}
}

func TestLinks(t *testing.T) {
	link := func(target string) report.Doc {
		return report.Doc{Blocks: []report.Block{
			report.Table{Columns: []report.Column{{Width: 1}}, Rows: []report.Row{{Cells: []report.Cell{{Spans: report.Text("见"), Link: target}}}}},
			report.Break{},
			report.Heading{Level: 1, Text: "附件", ID: "annexes"},
		}}
	}
	for target, want := range map[string]string{
		"annexes": "Dest", "https://std.samr.gov.cn/gb?a=1": "A",
	} {
		data, _ := render(t, link(target))
		f := open(t, data)
		pages, err := f.Pages()
		if err != nil {
			t.Fatal(err)
		}
		d := dict(t, f, pages[0].Dict["Annots"].(object.Array)[0])
		if flags, _ := object.Int(d["F"]); d[object.Name(want)] == nil || flags != 4 {
			t.Errorf("link to %s: %v", target, d)
		}
	}
	for _, target := range []string{"nowhere", "javascript:alert(1)", "file:///etc/passwd"} {
		var wrong *pdf.LinkError
		if _, err := pdf.Render(&bytes.Buffer{}, link(target), options(t)); !errors.As(err, &wrong) || wrong.Target != target {
			t.Errorf("link to %s: error %v", target, err)
		}
	}
}

func TestWrongBlocksAreNamed(t *testing.T) {
	cell := report.Cell{Spans: report.Text("格")}
	one := []report.Column{{Width: 1}}
	axis := report.Axis{Label: "维度", Score: "50"}
	for name, c := range map[string]struct {
		block report.Block
		want  string
	}{
		"more cells than columns": {report.Table{Caption: "表", Columns: one, Rows: []report.Row{{Cells: []report.Cell{cell, cell}}}}, `table "表", row 1: more cells than the 1 columns`},
		"a column of no width":    {report.Table{Caption: "表", Columns: []report.Column{{}}}, `table "表", row 0: a column has no width`},
		"cells that overlap": {report.Table{Caption: "表", Columns: []report.Column{{Width: 1}, {Width: 1}}, Rows: []report.Row{
			{Cells: []report.Cell{cell, {Rows: 2}}}, {Cells: []report.Cell{{Span: 2}}},
		}}, `table "表", row 2: a cell overlaps one from a row above`},
		"too few axes":       {report.Radar{Caption: "图", Axes: []report.Axis{axis, axis}}, `figure "图": 2 axes where 3 to 8 fit`},
		"a score above 100":  {report.Radar{Caption: "图", Axes: []report.Axis{axis, axis, {Label: "维", Score: "100.5"}}}, `figure "图": score "100.5" of "维" is not between 0 and 100`},
		"a score that isn't": {report.Radar{Caption: "图", Axes: []report.Axis{axis, axis, {Label: "维", Score: "NaN"}}}, `figure "图": score "NaN" of "维" is not between 0 and 100`},
		"a frame kept":       {report.KeepTogether{Blocks: []report.Block{report.Frame{}}}, "block of type report.Frame has no place here"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := pdf.Render(&bytes.Buffer{}, report.Doc{Blocks: []report.Block{c.block}}, options(t))
			if err == nil || err.Error() != "lay out block 1: "+c.want {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestFieldsArePlaced(t *testing.T) {
	_, r := render(t, sample())
	if len(r.Fields) != 2 {
		t.Fatalf("fields %+v", r.Fields)
	}
	f := r.Fields[0]
	if f.Name != "legal-representative" || f.Page != 3 {
		t.Errorf("field %+v", f)
	}
	w, h := f.Rect[2]-f.Rect[0], f.Rect[3]-f.Rect[1]
	if w < 226 || w > 227 || h < 85 || h > 86 || f.Rect[1] < 60 || f.Rect[2] > 540 {
		t.Errorf("field at %v is not 80 × 30 mm on its page", f.Rect)
	}
}

// TestForbiddenCalls keeps away from what the library does wrong with Chinese:
// lost characters, broken bookmarks, invalid files.
func TestForbiddenCalls(t *testing.T) {
	forbidden := map[string]bool{
		"MultiCell": true, "SplitText": true, "SplitLines": true, "Write": true, "Writef": true, "WriteAligned": true,
		"SetAttachments": true, "AddAttachmentAnnotation": true, "SetXmpMetadata": true, "AliasNbPages": true,
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, "_test.go") || !importsLibrary(file) {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				seen++
				if x, isName := s.X.(*ast.Ident); forbidden[s.Sel.Name] && (!isName || x.Name != "object") {
					t.Errorf("%s calls %s", name, s.Sel.Name)
				}
			}
			return true
		})
	}
	if seen == 0 {
		t.Error("no file uses the library")
	}
}

func importsLibrary(file *ast.File) bool {
	for _, i := range file.Imports {
		if strings.Contains(i.Path.Value, "gofpdf") {
			return true
		}
	}
	return false
}
