package pdf_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/report"
	"mingpin/report/pdf"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestLayout holds what stands where against golden files.
func TestLayout(t *testing.T) {
	for name, doc := range map[string]report.Doc{
		"cover":     {Title: "封面", Mark: "示例数据", Header: report.Text("示例粮油有限公司"), Footer: "第 %d 页 共 %d 页", Blocks: append(sampleCover(), sampleProse()...)},
		"table":     {Mark: "示例数据", Footer: "第 %d 页 共 %d 页", Blocks: []report.Block{report.Heading{Level: 1, Text: "申报条件"}, gateTable()}},
		"landscape": {Header: report.Text("示例粮油有限公司"), Footer: "%d", Blocks: []report.Block{report.Break{Landscape: true}, report.Heading{Level: 1, Text: "对比表"}, comparison(12), report.Break{}, report.Paragraph{Spans: report.Text("以上。")}}},
		"figures":   {Blocks: sampleFigures()},
		"frames":    {Footer: "第 %d 页 共 %d 页", Blocks: frameBlocks()},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := pdf.Dump(doc, fonts(t))
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+".golden", got)
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); d != "" {
		t.Errorf("%s differs (-want +got):\n%s", name, d)
	}
}

func frameBlocks() []report.Block {
	return []report.Block{
		report.Heading{Level: 1, Text: "附件", ID: "annexes"},
		report.Frame{ID: "a#0", Caption: report.Text("附件 1-1 营业执照"), Heading: &report.Heading{Level: 2, Text: "1-1 营业执照", ID: "evidence-a"}},
		report.Frame{ID: "a#1", Caption: report.Text("附件 1-1 营业执照（第 2 页）"), Landscape: true},
		report.Frame{ID: "b#3", Caption: report.Text("附件 1-2 小票")},
		report.Paragraph{Spans: report.Text("附件之后的文字另起一页。")},
	}
}

// text is what a document prints, page by page.
func text(t *testing.T, doc report.Doc) [][]string {
	t.Helper()
	list, err := pdf.Strings(doc, fonts(t))
	if err != nil {
		t.Fatal(err)
	}
	var pages [][]string
	for _, s := range list {
		for len(pages) <= s.Page {
			pages = append(pages, nil)
		}
		pages[s.Page] = append(pages[s.Page], s.Text)
	}
	return pages
}

func room(n int) report.Block { return report.Space{MM: float64(n)} }

func TestHeadingStaysWithItsText(t *testing.T) {
	blocks := []report.Block{report.Paragraph{Spans: report.Text("开头")}, room(226), report.Heading{Level: 2, Text: "标题"}, report.Paragraph{Spans: report.Text(strings.Repeat(statement, 3))}}
	pages := text(t, report.Doc{Blocks: blocks})
	if len(pages) != 2 || pages[1][0] != "标题" {
		t.Errorf("pages %q", pages)
	}
}

func TestNoLineOfAParagraphStandsAlone(t *testing.T) {
	for mm := 200; mm < 240; mm++ {
		pages := text(t, report.Doc{Blocks: []report.Block{report.Paragraph{Spans: report.Text("首")}, room(mm), report.Paragraph{Spans: report.Text(strings.Repeat(statement, 2))}}})
		if len(pages) < 2 {
			continue
		}
		if n := len(pages[0]); n == 2 {
			t.Errorf("after %d mm one line is left behind: %q", mm, pages[0])
		}
		if n := len(pages[1]); n == 1 {
			t.Errorf("after %d mm one line goes over alone: %q", mm, pages[1])
		}
	}
}

func TestRowsStayWhole(t *testing.T) {
	doc := report.Doc{Blocks: []report.Block{gateTable()}}
	for i, p := range text(t, doc) {
		whole := strings.Join(p, "")
		if n, m := strings.Count(whole, "近三年"), strings.Count(whole, "二条"); n != m {
			t.Errorf("page %d begins %d rows and ends %d", i+1, n, m)
		}
		if !strings.HasPrefix(strings.TrimPrefix(whole, "表 1　申报条件核对"), "序号条件是否符合依据") {
			t.Errorf("page %d does not begin with the head of the table", i+1)
		}
	}
}

func TestHeadsBreakEvenly(t *testing.T) {
	head := []report.Cell{{Spans: report.Text("提升幅度")}, {Spans: report.Text("国家标准（强制性）")}}
	table := report.Table{Columns: []report.Column{{Width: 10}, {Width: 15}, {Width: 100}}, Head: [][]report.Cell{head}}
	got := text(t, report.Doc{Blocks: []report.Block{table}})
	if d := cmp.Diff([][]string{{"提升", "幅度", "国家标准", "（强制性）"}}, got); d != "" {
		t.Errorf("heads differ (-want +got):\n%s", d)
	}
}

func TestHighRowsArePartedWithoutLoss(t *testing.T) {
	high := ""
	for i := range 900 {
		high += fmt.Sprintf("第%d句。", i)
	}
	row := report.Row{Cells: []report.Cell{{Spans: report.Text(high)}, {Spans: report.Text("旁")}}}
	doc := report.Doc{Blocks: []report.Block{report.Table{
		Columns: []report.Column{{Width: 4}, {Width: 1}},
		Head:    [][]report.Cell{{{Spans: report.Text("要求")}, {Spans: report.Text("备注")}}},
		Rows:    []report.Row{row, row},
	}}}
	all := ""
	for _, p := range text(t, doc) {
		all += strings.TrimPrefix(strings.Join(p, ""), "要求备注")
	}
	if got, want := strings.ReplaceAll(all, "旁", ""), high+high; got != want {
		t.Errorf("%d bytes of %d came out", len(got), len(want))
	}
	if n := strings.Count(all, "旁"); n != 2 {
		t.Errorf("the cell beside stands %d times", n)
	}
}

func TestRowsJoinedBeyondAPageFallApart(t *testing.T) {
	table := report.Table{Columns: []report.Column{{Width: 1}, {Width: 1}}}
	for i := range 120 {
		r := report.Row{Cells: []report.Cell{{Spans: report.Text(fmt.Sprintf("行%d。", i))}}}
		if i == 0 {
			r.Cells = append([]report.Cell{{Spans: report.Text("左"), Rows: 120}}, r.Cells...)
		}
		table.Rows = append(table.Rows, r)
	}
	pages := text(t, report.Doc{Blocks: []report.Block{table}})
	if len(pages) < 2 {
		t.Fatalf("%d pages", len(pages))
	}
	n := 0
	for _, p := range pages {
		n += len(p)
	}
	if n != 121 {
		t.Errorf("%d of 121 cells came out", n)
	}
}

func TestContentsNameTheRightPages(t *testing.T) {
	doc := report.Doc{Blocks: []report.Block{report.Contents{Title: "目录", Depth: 2}}}
	for i := range 60 {
		doc.Blocks = append(doc.Blocks, report.Break{}, report.Heading{Level: 1 + i%3, Text: fmt.Sprintf("第%d部分", i+1)})
	}
	_, r := render(t, doc)
	list, err := pdf.Strings(doc, fonts(t))
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]string{} // place of a line in the contents → number at its end
	for _, s := range list {
		if s.X > 500 {
			at[fmt.Sprint(s.Page, s.Y)] = s.Text
		}
	}
	entries := map[string]string{}
	for _, s := range list {
		if s.Page < r.Headings[0].Page-1 && s.X < 500 {
			entries[s.Text] = at[fmt.Sprint(s.Page, s.Y)]
		}
	}
	want := map[string]string{"目录": ""}
	for _, h := range r.Headings {
		if h.Level <= 2 {
			want[h.Text] = fmt.Sprint(h.Page)
		}
	}
	if d := cmp.Diff(want, entries); d != "" {
		t.Errorf("contents differ (-want +got):\n%s", d)
	}
	if r.Headings[0].Page != 3 {
		t.Errorf("the contents take %d pages", r.Headings[0].Page-1)
	}
}
