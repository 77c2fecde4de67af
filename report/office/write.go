package office

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"mingpin/assess"
	"mingpin/assets"
)

// WriteTable writes t as a workbook in say's language: how to fill it in,
// indicators in their order with a group of columns for each standard that is
// not an enterprise's own and some blank ones, standards, and equivalent test
// methods. All cells are text. Row 1 holds titles, the hidden row 2 the keys
// ReadTable goes by. Reports are named by their numbers, where k.Evidence has
// just one with it.
func WriteTable(w io.Writer, t Table, k Known, say *assets.Text) error {
	f := excelize.NewFile()
	defer f.Close()
	b := &tableWriter{file: f, say: say, table: t, known: k}
	for _, step := range []func() error{b.guide, b.indicators, b.standards, b.methods, b.finish} {
		if err := step(); err != nil {
			return fmt.Errorf("write workbook: %w", err)
		}
	}
	_, err := f.WriteTo(w)
	return err
}

type tableWriter struct {
	file  *excelize.File
	say   *assets.Text
	table Table
	known Known
}

// A head is what a column begins with, and the form of its cells.
type head struct {
	form
	title string
}

func titles[T any](columns []column[T], say *assets.Text) []head {
	var out []head
	for _, c := range columns {
		out = append(out, head{c.form, c.title(say)})
	}
	return out
}

func texts[T any](columns []column[T], v T, say *assets.Text) []string {
	var out []string
	for _, c := range columns {
		s := c.get(v)
		if c.words != nil {
			s = c.words.say(s, say)
		}
		out = append(out, s)
	}
	return out
}

func (b *tableWriter) indicators() error {
	before, after := indicatorColumns()
	groups := b.groups()
	heads := titles(before, b.say)
	for _, g := range groups {
		heads = append(heads, g.heads(b.say)...)
	}
	heads = append(heads, titles(after, b.say)...)
	list := slices.Clone(b.table.Indicators)
	slices.SortStableFunc(list, func(a, c assess.Indicator) int { return cmp.Compare(a.Order, c.Order) })
	var rows [][]string
	for _, ind := range list {
		r := row{Indicator: ind, own: ind.Own.Limit.String(), measured: ind.Measured.Value.String()}
		r.Measured.Report = reportName(ind.Measured.Report, b.known.Evidence)
		cells := texts(before, r, b.say)
		for _, g := range groups {
			cells = append(cells, comparatorCells(ind, g.key, b.say)...)
		}
		rows = append(rows, append(cells, texts(after, r, b.say)...))
	}
	return b.sheet(sheetTable, heads, rows)
}

// A titledGroup is the group of columns of one comparator: the key is the
// standard's id or that of a blank group.
type titledGroup struct{ key, name string }

func (g titledGroup) heads(say *assets.Text) []head {
	var out []head
	for _, part := range comparatorParts {
		f := form{key: g.key + "#" + part}
		if part == "unverified" {
			f.words = yesNo
		}
		out = append(out, head{f, groupTitle(g.name, part, say)})
	}
	return out
}

// groups are those of all standards a product can be compared with, whether or
// not it is yet, and blank ones.
func (b *tableWriter) groups() []titledGroup {
	var out []titledGroup
	used := map[string]bool{}
	for _, ind := range b.table.Indicators {
		for _, c := range ind.Comparators {
			used[c.Standard] = true
		}
	}
	for _, s := range b.table.Standards {
		if s.Class != assess.ClassEnterprise || used[s.ID] {
			out = append(out, titledGroup{s.ID, s.Number})
		}
	}
	for i, name := range blankGroups.words(b.say) {
		out = append(out, titledGroup{"+" + blankGroups.codes[i], name})
	}
	return out
}

// noRequirement is written for a standard that is compared with but sets no
// limit, so that the comparison is not lost.
const noRequirement = "—"

func comparatorCells(ind assess.Indicator, standard string, say *assets.Text) []string {
	for _, c := range ind.Comparators {
		if c.Standard != standard {
			continue
		}
		limit, unverified := c.Limit.String(), ""
		if limit == "" {
			limit = noRequirement
		}
		if c.Unverified {
			unverified = yesNo.say("yes", say)
		}
		return []string{limit, c.Clause, join(c.Methods), unverified}
	}
	return make([]string, len(comparatorParts))
}

func (b *tableWriter) standards() error {
	columns := standardColumns()
	var rows [][]string
	for _, s := range b.table.Standards {
		rows = append(rows, texts(columns, standardRow{Standard: s}, b.say))
	}
	return b.sheet(sheetStandards, titles(columns, b.say), rows)
}

func (b *tableWriter) methods() error {
	columns := methodColumns()
	var rows [][]string
	for _, ind := range b.table.Indicators {
		for _, e := range ind.Equivalents {
			rows = append(rows, texts(columns, method{ind.ID, e}, b.say))
		}
	}
	return b.sheet(sheetMethods, titles(columns, b.say), rows)
}

// guide writes how to fill the workbook in, the texts office.guide.… in order.
func (b *tableWriter) guide() error {
	name := b.say.T("office.sheet." + sheetGuide)
	if err := b.file.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	n := 0
	for _, key := range b.say.Keys() {
		if !strings.HasPrefix(key, "office.guide.") {
			continue
		}
		n++
		if err := b.file.SetCellStr(name, cellName(1, n), b.say.T(key)); err != nil {
			return err
		}
	}
	style, err := b.file.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	if err := b.file.SetCellStyle(name, "A1", cellName(1, n), style); err != nil {
		return err
	}
	return b.file.SetColWidth(name, "A", "A", 110)
}

// finish shows the table first.
func (b *tableWriter) finish() error {
	i, err := b.file.GetSheetIndex(b.say.T("office.sheet." + sheetTable))
	if err != nil {
		return err
	}
	b.file.SetActiveSheet(i)
	return nil
}
