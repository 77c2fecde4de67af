package pdf_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"mingpin/report"
	"mingpin/report/pdf"
)

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
