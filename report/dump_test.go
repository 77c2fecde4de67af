package report_test

import (
	"fmt"
	"strings"

	"mingpin/report"
)

// dump writes blocks as plain text, one line a block or table row; what can be
// read back from the page stands as {id=text}.
func dump(blocks []report.Block) string {
	var d dumper
	d.blocks(blocks)
	return d.String()
}

type dumper struct{ strings.Builder }

func (d *dumper) blocks(bs []report.Block) {
	for _, b := range bs {
		d.block(b)
	}
}

func (d *dumper) block(b report.Block) {
	switch b := b.(type) {
	case report.Heading:
		fmt.Fprintf(d, "%s %s\n", strings.Repeat("#", b.Level+1), b.Text)
	case report.Paragraph:
		fmt.Fprintf(d, "%s\n", spans(b.Spans))
	case report.List:
		for _, i := range b.Items {
			fmt.Fprintf(d, "- %s %s\n", i.Label, spans(i.Spans))
		}
	case report.Table:
		d.table(b)
	case report.Contents:
		fmt.Fprintf(d, "[contents %d] %s\n", b.Depth, b.Title)
	case report.Radar:
		fmt.Fprintf(d, "[radar] %s\n", b.Caption)
		for _, a := range b.Axes {
			fmt.Fprintf(d, "  %s {%s=%s}\n", a.Label, a.Value, a.Score)
		}
	case report.Frame:
		d.frame(b)
	case report.Field:
		fmt.Fprintf(d, "[field %s] %s (%s) %s\n", b.Name, each(b.Labels), b.Hint, b.Note)
	case report.KeepTogether:
		d.blocks(b.Blocks)
	case report.Break:
		fmt.Fprintf(d, "---%s\n", map[bool]string{true: " landscape"}[b.Landscape])
	}
}

func (d *dumper) frame(f report.Frame) {
	if f.Heading != nil {
		d.block(*f.Heading)
	}
	fmt.Fprintf(d, "[frame %s%s] %s\n", f.ID, map[bool]string{true: " landscape"}[f.Landscape], spans(f.Caption))
}

func (d *dumper) table(t report.Table) {
	if t.Caption != "" {
		fmt.Fprintf(d, "[table] %s\n", t.Caption)
	}
	for _, row := range t.Head {
		fmt.Fprintf(d, "|* %s\n", cells(row))
	}
	for _, row := range t.Rows {
		fmt.Fprintf(d, "|%s %s\n", map[bool]string{true: "="}[row.Group], cells(row.Cells))
	}
}

func cells(cs []report.Cell) string {
	var out []string
	for _, c := range cs {
		out = append(out, spans(c.Spans))
	}
	return strings.Join(out, " | ")
}

func spans(ss []report.Span) string {
	var b strings.Builder
	for _, s := range ss {
		text := strings.ReplaceAll(s.Text, "\n", " / ")
		if s.Value != "" {
			text = "{" + s.Value + "=" + text + "}"
		}
		b.WriteString(text)
	}
	return b.String()
}

func each(ss []report.Span) string {
	var out []string
	for _, s := range ss {
		out = append(out, spans([]report.Span{s}))
	}
	return strings.Join(out, ", ")
}
