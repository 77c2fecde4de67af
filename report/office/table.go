package office

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"mingpin/assess"
	"mingpin/assess/quantity"
	"mingpin/assets"
)

// A Table is the comparison table with the standards it refers to.
type Table struct {
	Indicators []assess.Indicator
	Standards  []assess.Standard
}

// Known is what a table that is read may refer to.
type Known struct {
	Application string            // id of the application the rows belong to
	Standard    string            // id of its executed standard
	Evidence    []assess.Evidence // reports may be named by id or by number
}

// WriteTable writes t as a workbook of three sheets: indicators with one group
// of columns per standard, standards, and equivalent test methods. Indicators
// stand in their order. All cells
// are text. Row 1 holds titles, the hidden row 2 the keys ReadTable goes by.
func WriteTable(w io.Writer, t Table, say *assets.Text) error {
	f := excelize.NewFile()
	defer f.Close()
	t.Indicators = slices.Clone(t.Indicators)
	slices.SortStableFunc(t.Indicators, func(a, b assess.Indicator) int { return a.Order - b.Order })
	b := &tableWriter{file: f, say: say, table: t}
	for _, step := range []func() error{b.indicators, b.standards, b.methods} {
		if err := step(); err != nil {
			return fmt.Errorf("write workbook: %w", err)
		}
	}
	if err := f.DeleteSheet("Sheet1"); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	_, err := f.WriteTo(w)
	return err
}

type tableWriter struct {
	file  *excelize.File
	say   *assets.Text
	table Table
}

func (b *tableWriter) indicators() error {
	before, after := indicatorColumns()
	compared := b.compared()
	titles, keys := b.heads(before)
	for _, s := range compared {
		for _, part := range comparatorParts {
			titles = append(titles, s.Number+" "+b.say.T("office.column."+part))
			keys = append(keys, s.ID+"#"+part)
		}
	}
	moreTitles, moreKeys := b.heads(after)
	rows := [][]string{append(titles, moreTitles...), append(keys, moreKeys...)}
	for _, ind := range b.table.Indicators {
		rows = append(rows, indicatorCells(ind, before, after, compared))
	}
	return b.sheet(sheetTable, rows)
}

// compared lists the standards indicators are or can be compared with.
func (b *tableWriter) compared() []assess.Standard {
	var out []assess.Standard
	for _, s := range b.table.Standards {
		used := s.Class != assess.ClassEnterprise
		for _, ind := range b.table.Indicators {
			for _, c := range ind.Comparators {
				used = used || c.Standard == s.ID
			}
		}
		if used {
			out = append(out, s)
		}
	}
	return out
}

func (b *tableWriter) heads(cols []column[row]) (titles, keys []string) {
	for _, c := range cols {
		titles = append(titles, b.say.T("office.column."+c.key))
		keys = append(keys, c.key)
	}
	return titles, keys
}

var comparatorParts = []string{"limit", "clause", "methods", "unverified"}

func indicatorCells(ind assess.Indicator, before, after []column[row], compared []assess.Standard) []string {
	r := row{Indicator: ind, own: ind.Own.Limit.String(), measured: ind.Measured.Value.String()}
	var cells []string
	for _, c := range before {
		cells = append(cells, c.get(r))
	}
	for _, s := range compared {
		cells = append(cells, comparatorCells(ind, s.ID)...)
	}
	for _, c := range after {
		cells = append(cells, c.get(r))
	}
	return cells
}

func comparatorCells(ind assess.Indicator, standard string) []string {
	for _, c := range ind.Comparators {
		if c.Standard == standard {
			unverified := ""
			if c.Unverified {
				unverified = "yes"
			}
			return []string{c.Limit.String(), c.Clause, join(c.Methods), unverified}
		}
	}
	return make([]string, len(comparatorParts))
}

func (b *tableWriter) standards() error {
	return writeSheet(b, sheetStandards, standardColumns(), b.table.Standards)
}

func (b *tableWriter) methods() error {
	var ms []method
	for _, ind := range b.table.Indicators {
		for _, e := range ind.Equivalents {
			ms = append(ms, method{ind.ID, e})
		}
	}
	return writeSheet(b, sheetMethods, methodColumns(), ms)
}

func writeSheet[T any](b *tableWriter, key string, cols []column[T], records []T) error {
	rows := make([][]string, 2, 2+len(records))
	for _, c := range cols {
		rows[0] = append(rows[0], b.say.T("office.column."+c.key))
		rows[1] = append(rows[1], c.key)
	}
	for _, v := range records {
		var cells []string
		for _, c := range cols {
			cells = append(cells, c.get(v))
		}
		rows = append(rows, cells)
	}
	return b.sheet(key, rows)
}

// sheet writes rows, hides the keys and keeps the titles in sight.
func (b *tableWriter) sheet(key string, rows [][]string) error {
	name := b.say.T("office.sheet." + key)
	if _, err := b.file.NewSheet(name); err != nil {
		return err
	}
	for i, cells := range rows {
		if err := put(b.file, name, i+1, cells); err != nil {
			return err
		}
	}
	if err := b.file.SetRowVisible(name, 2, false); err != nil {
		return err
	}
	last, err := excelize.ColumnNumberToName(max(len(rows[0]), 1))
	if err != nil {
		return err
	}
	if err := b.file.SetColWidth(name, "A", last, 16); err != nil {
		return err
	}
	return b.file.SetPanes(name, &excelize.Panes{Freeze: true, YSplit: 2, TopLeftCell: "A3", ActivePane: "bottomLeft"})
}

// ReadTable reads a workbook WriteTable has made and a person has edited. All
// cells that cannot be read are named at once, and nothing is returned then.
func ReadTable(r io.Reader, k Known) (Table, error) {
	dir, remove, err := privateDir()
	if err != nil {
		return Table{}, err
	}
	defer remove()
	f, err := book(r, dir)
	if err != nil {
		return Table{}, err
	}
	defer f.Close()
	standards, err := readSheet(f, sheetStandards, standardColumns(), func() assess.Standard { return assess.Standard{} })
	if err != nil {
		return Table{}, err
	}
	for i := range standards {
		standards[i].ID = orSlug(standards[i].ID, standards[i].Number)
	}
	methods, err := readSheet(f, sheetMethods, methodColumns(), func() method { return method{} })
	if err != nil {
		return Table{}, err
	}
	indicators, err := readIndicators(f, k, standards)
	if err != nil {
		return Table{}, err
	}
	return Table{Indicators: withMethods(indicators, methods), Standards: standards}, nil
}

func withMethods(indicators []assess.Indicator, methods []method) []assess.Indicator {
	for i := range indicators {
		for _, m := range methods {
			if m.indicator == indicators[i].ID {
				indicators[i].Equivalents = append(indicators[i].Equivalents, m.Equivalence)
			}
		}
	}
	return indicators
}

var notSlug = regexp.MustCompile(`[^a-z0-9]+`)

// orSlug gives id, or one made of a standard's number: gb-t-1536-2021.
func orSlug(id, number string) string {
	if id != "" {
		return id
	}
	return strings.Trim(notSlug.ReplaceAllString(strings.ToLower(number), "-"), "-")
}

func readSheet[T any](f *excelize.File, key string, cols []column[T], begin func() T) ([]T, error) {
	name, ok := sheetName(f, key)
	if !ok {
		return nil, nil
	}
	rows, err := grid(f, name)
	if err != nil {
		return nil, err
	}
	return readRows(name, rows, func(k string) (column[T], bool) {
		for _, c := range cols {
			if c.key == k {
				return c, true
			}
		}
		return column[T]{}, false
	}, begin)
}

func readIndicators(f *excelize.File, k Known, standards []assess.Standard) ([]assess.Indicator, error) {
	name, ok := sheetName(f, sheetTable)
	if !ok {
		return nil, &assess.Fault{Kind: assess.Invalid, Key: "fault.workbook_without_table"}
	}
	cells, err := grid(f, name)
	if err != nil {
		return nil, err
	}
	rows, err := readRows(name, cells, indicatorColumn(standards), func() row { return row{} })
	if err != nil {
		return nil, err
	}
	var out []assess.Indicator
	var errs []error
	for i, r := range rows {
		ind, err := r.indicator(i+1, k)
		if err != nil {
			errs = append(errs, cellError(name, cellName(1, i+3), r.Name, err))
		}
		out = append(out, ind)
	}
	return out, errors.Join(errs...)
}

// indicatorColumn finds the column of a key; keys with # belong to a standard.
func indicatorColumn(standards []assess.Standard) func(string) (column[row], bool) {
	before, after := indicatorColumns()
	cols := map[string]column[row]{}
	for _, c := range append(before, after...) {
		cols[c.key] = c
	}
	for _, s := range standards {
		for i, part := range comparatorParts {
			key := s.ID + "#" + part
			cols[key] = column[row]{key: key, set: setComparator(s.ID, i)}
		}
	}
	return func(key string) (column[row], bool) { c, ok := cols[key]; return c, ok }
}

func setComparator(standard string, part int) func(*row, string) error {
	return func(r *row, s string) error {
		n := len(r.comparators)
		if n == 0 || r.comparators[n-1].standard != standard {
			r.comparators = append(r.comparators, comparatorText{standard: standard})
			n++
		}
		c := &r.comparators[n-1]
		*[]*string{&c.limit, &c.clause, &c.methods, &c.unverified}[part] = strings.TrimSpace(s)
		return nil
	}
}

// indicator understands the texts of a row now that unit and grades are known.
func (r row) indicator(order int, k Known) (assess.Indicator, error) {
	ind := r.Indicator
	ind.Application, ind.Order = k.Application, order
	if ind.ID == "" {
		ind.ID = fmt.Sprintf("i%d", order)
	}
	ind.Own.Standard = k.Standard
	var errs []error
	var err error
	if ind.Own.Limit, err = parseLimit(r.own, ind); err != nil {
		errs = append(errs, err)
	}
	if ind.Measured.Value, err = quantity.ParseValue(r.measured, ind.Spec.Unit, ind.Spec.Grades); err != nil {
		errs = append(errs, unreadable("measured", r.measured))
	}
	for _, c := range r.comparators {
		l, err := parseLimit(c.limit, ind)
		if err != nil {
			errs = append(errs, err)
		}
		ind.Comparators = append(ind.Comparators, assess.Comparator{
			Standard: c.standard, Clause: c.clause, Limit: l, Methods: split(c.methods), Unverified: isYes(c.unverified),
		})
	}
	if ind.Measured.Report, err = reportID(ind.Measured.Report, k.Evidence); err != nil {
		errs = append(errs, err)
	}
	return ind, errors.Join(errs...)
}

func parseLimit(s string, ind assess.Indicator) (quantity.Limit, error) {
	l, err := quantity.ParseLimit(s, ind.Spec.Unit, ind.Spec.Grades)
	if err != nil {
		return l, unreadable("limit", s)
	}
	return l, nil
}

func unreadable(what, text string) error {
	return &assess.Fault{Kind: assess.Invalid, Key: "fault.cell_" + what, Args: assess.Args{"Text": text}}
}

// reportID finds the evidence a report cell names by id or number.
func reportID(s string, evidence []assess.Evidence) (string, error) {
	if s == "" {
		return "", nil
	}
	for _, e := range evidence {
		if e.ID == s || e.Number == s {
			return e.ID, nil
		}
	}
	return "", &assess.Fault{Kind: assess.Missing, Key: "fault.cell_report", Args: assess.Args{"Text": s}}
}
