package pdf_test

import (
	"bufio"
	"bytes"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jung-kurt/gofpdf"

	"mingpin/report"
	"mingpin/report/pdf"
)

// The bench document: one table of wrapped Chinese over about 90 pages.
const benchRows = 640

var benchWidths = []float64{1, 3, 6, 2, 2, 3}

func benchCells() [][]string {
	clauses := []string{
		"企业应当建立并保持与申报产品相适应的质量管理体系，明确各岗位的职责、权限和相互关系，并提供相应的记录作为佐证材料。",
		"关键原料的采购应当有合格供方名录，每批原料附检验报告，酸价（以 KOH 计）不高于 0.30 mg/kg，过氧化值不高于 0.10 g/100 g。",
		"产品执行标准应当在企业标准信息公共服务平台自我声明公开，标准编号与标签、检验报告、申报表保持一致，不得引用已经废止的标准。",
		"出厂检验项目齐全，检验设备经检定或者校准合格并在有效期内，检验人员经培训考核，原始记录真实完整、可以追溯。",
	}
	var rows [][]string
	for i := range benchRows {
		rows = append(rows, []string{
			fmt.Sprint(i + 1), fmt.Sprintf("第 %d.%d 条　质量管理要求", i/20+1, i%20+1), clauses[i%4] + clauses[(i/4)%4],
			"☑符合", fmt.Sprintf("%d.%d 分", i%10, i%7), fmt.Sprintf("附件 %d-%d，GB/T %d-2021", i%18+1, i%5+1, 1500+i),
		})
	}
	return rows
}

func benchDoc() report.Doc {
	t := report.Table{}
	for _, w := range benchWidths {
		t.Columns = append(t.Columns, report.Column{Width: w})
	}
	head := []report.Cell{}
	for _, h := range []string{"序号", "条款", "要求", "结论", "得分", "佐证材料"} {
		head = append(head, report.Cell{Spans: report.Text(h)})
	}
	t.Head = [][]report.Cell{head}
	for i, cells := range benchCells() {
		r := report.Row{}
		for k, c := range cells {
			s := report.Span{Text: c, Bold: k == 1}
			if k == 4 {
				s.Value = fmt.Sprintf("score.%d", i)
			}
			r.Cells = append(r.Cells, report.Cell{Spans: []report.Span{s}})
		}
		t.Rows = append(t.Rows, r)
	}
	return report.Doc{
		Title: "对照表", Lang: "zh-CN", Footer: "第 %d 页 共 %d 页", Header: report.Text("示例粮油有限公司"), Mark: "示例数据",
		Blocks: []report.Block{t},
	}
}

func BenchmarkRender(b *testing.B) {
	doc, o := benchDoc(), options(b)
	for b.Loop() {
		r, err := pdf.Render(io.Discard, doc, o)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(r.Pages), "pages")
	}
}

// BenchmarkBare writes the strings of the bench document at their places with
// nothing but the PDF library.
func BenchmarkBare(b *testing.B) {
	f := fonts(b)
	list, err := pdf.Strings(benchDoc(), f)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := bare(io.Discard, list, f); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkValues(b *testing.B) {
	data, _ := render(b, benchDoc())
	for b.Loop() {
		if _, err := pdf.Values(open(b, data)); err != nil {
			b.Fatal(err)
		}
	}
}

func bare(w io.Writer, list []pdf.PlacedString, f pdf.Fonts) error {
	p := gofpdf.New("P", "pt", "A4", "")
	p.SetAutoPageBreak(false, 0)
	p.AddUTF8FontFromBytes("text", "", f.Regular)
	p.AddUTF8FontFromBytes("text", "B", f.Bold)
	page, size, bold := -1, 0.0, false
	for _, s := range list {
		if s.Page != page {
			p.AddPage()
		}
		if s.Page != page || s.Size != size || s.Bold != bold {
			weight := ""
			if s.Bold {
				weight = "B"
			}
			p.SetFont("text", weight, s.Size)
		}
		page, size, bold = s.Page, s.Size, s.Bold
		p.Text(s.X, s.Y, s.Text)
	}
	return p.Output(w)
}

// TestMain lets the test program be one of the processes that are compared.
func TestMain(m *testing.M) {
	if mode := os.Getenv("MINGPIN_PDF_PROCESS"); mode != "" {
		if err := process(mode, os.Getenv("MINGPIN_PDF_INPUT")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// process does the work of one compared process from nothing to a file.
func process(mode, input string) error {
	var f pdf.Fonts
	for name, into := range map[string]*[]byte{"NotoSansSC-Regular.ttf": &f.Regular, "NotoSansSC-Bold.ttf": &f.Bold} {
		data, err := os.ReadFile(filepath.Join("..", "..", "assets", "fonts", name))
		if err != nil {
			return err
		}
		*into = data
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	switch mode {
	case "render":
		_, err := pdf.Render(out, benchDoc(), pdf.Options{Fonts: f, Created: time.Unix(0, 0).UTC()})
		return err
	case "bare":
		in, err := os.Open(input)
		if err != nil {
			return err
		}
		defer in.Close()
		var list []pdf.PlacedString
		if err := gob.NewDecoder(bufio.NewReader(in)).Decode(&list); err != nil {
			return err
		}
		return bare(out, list, f)
	}
	return fmt.Errorf("no process %q", mode)
}

// BenchmarkWholeProcess compares whole processes on the same table, turn by
// turn: this package, the bare library, reportlab. It prints the ratios.
func BenchmarkWholeProcess(b *testing.B) {
	dir := b.TempDir()
	list, err := pdf.Strings(benchDoc(), fonts(b))
	if err != nil {
		b.Fatal(err)
	}
	var packed bytes.Buffer
	if err := gob.NewEncoder(&packed).Encode(list); err != nil {
		b.Fatal(err)
	}
	placed := write(b, dir, "strings", packed.Bytes())
	table, err := json.Marshal(map[string]any{"widths": benchWidths, "rows": benchCells()})
	if err != nil {
		b.Fatal(err)
	}
	rows := write(b, dir, "rows.json", table)
	fontDir, err := filepath.Abs(filepath.Join("..", "..", "assets", "fonts"))
	if err != nil {
		b.Fatal(err)
	}
	python := pythonWithReportlab(b)
	took := map[string]time.Duration{}
	for b.Loop() {
		for _, mode := range []string{"render", "bare"} {
			c := exec.Command(os.Args[0])
			c.Env = append(os.Environ(), "MINGPIN_PDF_PROCESS="+mode, "MINGPIN_PDF_INPUT="+placed)
			took[mode] += timed(b, c)
		}
		took["reportlab"] += timed(b, exec.Command(python, "testdata/bench_reportlab.py", rows, fontDir))
	}
	n := float64(b.N)
	for _, mode := range []string{"render", "bare", "reportlab"} {
		b.ReportMetric(took[mode].Seconds()*1000/n, mode+"-ms")
	}
	b.ReportMetric(float64(took["render"])/float64(took["bare"]), "render/bare")
	b.ReportMetric(float64(took["reportlab"])/float64(took["render"]), "reportlab/render")
}

// pythonWithReportlab is the first Python that has the library: the one on the
// path, or Debian's own.
func pythonWithReportlab(b *testing.B) string {
	for _, name := range []string{"python3", "/usr/bin/python3"} {
		if exec.Command(name, "-c", "import reportlab").Run() == nil {
			return name
		}
	}
	b.Skip("no python3 with reportlab (Debian: python3-reportlab) to compare with")
	return ""
}

func write(b *testing.B, dir, name string, data []byte) string {
	b.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

func timed(b *testing.B, c *exec.Cmd) time.Duration {
	b.Helper()
	var problems strings.Builder
	c.Stderr = &problems
	start := time.Now()
	if err := c.Run(); err != nil {
		b.Fatalf("%v: %v %s", c.Args, err, problems.String())
	}
	return time.Since(start)
}
