package sample

import (
	"fmt"
	"io"

	"mingpin/assess"
	"mingpin/assess/assesstest"
	"mingpin/assets"
	"mingpin/report"
	"mingpin/report/pdf"
)

func writePDF(w io.Writer, p assesstest.Paper, client assess.Client) error {
	_, err := pdf.Render(w, document(p, client), pdf.Options{
		Fonts:    pdf.Fonts{Regular: assets.Regular(), Bold: assets.Bold()},
		Created:  assesstest.Clock(),
		Producer: "Mingpin",
	})
	return err
}

// document has the particulars on its first page and what it says on the pages
// after it, or below where there is one page only.
func document(p assesstest.Paper, client assess.Client) report.Doc {
	doc := report.Doc{
		Title: p.Record.Title, Author: p.Record.Issuer, Subject: client.Name, Keywords: mark, Lang: "zh-CN",
		Header: report.Text(p.Record.Title), Mark: mark, Footer: "第 %d 页 共 %d 页",
		Blocks: []report.Block{
			report.Space{MM: 12},
			report.Heading{Text: p.Record.Title},
			report.Space{MM: 8},
			pairs(particulars(p.Record)),
			report.Space{MM: 6},
		},
	}
	if p.Pages < 2 {
		doc.Blocks = append(doc.Blocks, paragraphs(p.Body)...)
		return doc
	}
	rest := p.Pages - 1
	for n := range rest {
		doc.Blocks = append(
			doc.Blocks, report.Break{},
			report.Heading{Level: 1, Text: fmt.Sprintf("%s（第%d页）", p.Record.Title, n+2)},
		)
		lines := p.Body[n*len(p.Body)/rest : (n+1)*len(p.Body)/rest]
		doc.Blocks = append(doc.Blocks, paragraphs(lines)...)
	}
	return doc
}

func pairs(list []particular) report.Table {
	t := report.Table{Columns: []report.Column{{Width: 3}, {Width: 7}}}
	for _, p := range list {
		t.Rows = append(t.Rows, report.Row{Cells: []report.Cell{
			{Spans: []report.Span{{Text: p.label, Tone: report.Muted}}},
			{Spans: report.Text(p.value)},
		}})
	}
	return t
}

func paragraphs(lines []string) []report.Block {
	var out []report.Block
	for _, line := range append(lines[:len(lines):len(lines)], "本文件为虚构的示例数据，不具有任何效力。") {
		out = append(out, report.Paragraph{Spans: report.Text(line), Indent: true})
	}
	return out
}
