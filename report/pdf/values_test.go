package pdf_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/report"
	"mingpin/report/pdf"
	"mingpin/report/pdf/object"
)

func TestValuesComeBackExactly(t *testing.T) {
	long := strings.Repeat("the moisture of the oil is 0.05 % and falls, ", 12)
	for name, text := range map[string]string{
		"empty":                    "",
		"one blank":                " ",
		"blanks at both ends":      "  两端有空格  ",
		"blanks where lines end":   long,
		"two blanks between words": strings.Repeat("word  word  ", 40),
		"a digest":                 strings.Repeat("0123456789abcdef", 16),
		"line feeds":               "第一行\n\n第三行\n",
		"carriage returns":         "第一行\r\n第二行",
		"tabs":                     "品名\t数量\t\t备注",
		"marks of width zero":      "甲\u200b乙\ufeff丙\u200f丁\ufe0f",
		"ideographic blanks":       "　　全角　空格　",
		"brackets and backslashes": `(a) \ )( \\n [<>] {%} /`,
		"beyond the basic plane":   "王𬭚、李𬭩",
		"private codes beside it":  "𬭚" + "A",
	} {
		t.Run(name, func(t *testing.T) {
			data, _ := render(t, report.Doc{Blocks: []report.Block{
				report.Paragraph{Spans: []report.Span{{Text: "前文 "}, {Text: text, Value: "v"}, {Text: " 后文"}}},
				report.Table{Columns: []report.Column{{Width: 1}, {Width: 3}}, Rows: []report.Row{{Cells: []report.Cell{
					{Spans: []report.Span{{Text: text, Value: "v", Bold: true}}}, {Spans: report.Text("旁")},
				}}}},
			}})
			got, err := pdf.Values(open(t, data))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(map[string]string{"v": text}, got); d != "" {
				t.Errorf("printed and read back differ (-printed +read):\n%s", d)
			}
		})
	}
}

func TestValuesOverPages(t *testing.T) {
	high := strings.Repeat("一个单元格里的长文字，高过一页纸。", 400)
	rows := []report.Row{{Cells: []report.Cell{{Spans: report.Value("high", high)}, {Spans: report.Value("side", "旁边")}}}}
	doc := report.Doc{
		Header: report.Value("client", "示例粮油有限公司"),
		Blocks: []report.Block{report.Table{
			Columns: []report.Column{{Width: 3}, {Width: 1}},
			Head:    [][]report.Cell{{{Spans: report.Value("head", "表头")}, {Spans: report.Text("备注")}}},
			Rows:    rows,
		}},
	}
	data, r := render(t, doc)
	if r.Pages < 3 {
		t.Fatalf("%d pages do not test what they should", r.Pages)
	}
	got, err := pdf.Values(open(t, data))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"high": high, "side": "旁边", "head": "表头", "client": "示例粮油有限公司"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("printed and read back differ (-printed +read):\n%s", d)
	}
}

func TestUnequalPrintingsConflict(t *testing.T) {
	data, _ := render(t, report.Doc{Blocks: []report.Block{
		report.Paragraph{Spans: report.Value("client.code", "91510100MA00000001")},
		report.Break{},
		report.Paragraph{Spans: report.Value("client.code", "91510100MA00000002")},
	}})
	_, err := pdf.Values(open(t, data))
	var conflict *pdf.ValueConflictError
	if !errors.As(err, &conflict) {
		t.Fatalf("error %v", err)
	}
	want := pdf.ValueConflictError{ID: "client.code", First: "91510100MA00000001", Second: "91510100MA00000002", OnPages: [2]int{1, 2}}
	if d := cmp.Diff(want, *conflict); d != "" {
		t.Error(d)
	}
}

func TestReadingBackIsLimited(t *testing.T) {
	text := strings.Repeat("长", 2000)
	data, _ := render(t, report.Doc{Blocks: []report.Block{
		report.Paragraph{Spans: []report.Span{{Text: text, Value: "a"}, {Text: text, Value: "b", Bold: true}}},
	}})
	for name, c := range map[string]struct {
		content, text int64
		fonts         int
		refused       bool
	}{
		"enough of all":    {1 << 20, 12000, 2, false},
		"too much content": {1 << 10, 12000, 2, true},
		"too much text":    {1 << 20, 11999, 2, true},
		"too many fonts":   {1 << 20, 12000, 1, true},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := pdf.ValuesWithin(open(t, data), c.content, c.text, c.fonts)
			var limit *object.LimitError
			if errors.As(err, &limit) != c.refused || (err != nil) != c.refused {
				t.Errorf("error %v", err)
			}
		})
	}
}
