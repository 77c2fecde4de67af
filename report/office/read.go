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
)

// A Table is the comparison table with the standards it refers to.
type Table struct {
	Indicators []assess.Indicator
	Standards  []assess.Standard
}

// Known is what a table may refer to.
type Known struct {
	Application string            // id of the application the rows belong to
	Standard    string            // id of its executed standard
	Evidence    []assess.Evidence // reports may be named by id or by number

	// Indicators and Standards are all the client has, so that rows without id
	// find the record they mean or get an id that is free.
	Indicators []assess.Indicator
	Standards  []assess.Standard
}

// ReadTable reads a workbook WriteTable has made and a person has edited. All
// cells of all sheets that cannot be read are named at once, as joined
// CellErrors, and nothing is returned then.
func ReadTable(from io.Reader, k Known) (Table, error) {
	dir, remove, err := privateDir()
	if err != nil {
		return Table{}, err
	}
	defer remove()
	f, err := book(from, dir)
	if err != nil {
		return Table{}, err
	}
	defer f.Close()
	r := &reader{known: k}
	if props, err := f.GetWorkbookProps(); err == nil && props.Date1904 != nil {
		r.since1904 = *props.Date1904
	}
	t, err := r.table(f)
	if err := errors.Join(append(r.errs, err)...); err != nil {
		return Table{}, err
	}
	return t, nil
}

// A reader gathers what is wrong with a workbook while it reads it.
type reader struct {
	known     Known
	since1904 bool
	errs      []error
}

func (r *reader) add(err error) { r.errs = append(r.errs, err) }

// complain says that the cell of a row under the column with a key is wrong.
func (r *reader) complain(s *sheet, row int, key string, f *assess.Fault) {
	r.add(s.errorAt(row, s.columns[key], f))
}

func (r *reader) table(f *excelize.File) (Table, error) {
	var sheets [3]*sheet
	for i, key := range []string{sheetStandards, sheetTable, sheetMethods} {
		s, err := findSheet(f, key)
		if err != nil {
			return Table{}, err
		}
		sheets[i] = s
	}
	if !sheets[1].there() {
		return Table{}, invalid("fault.workbook_without_table", nil)
	}
	standards := r.standards(sheets[0])
	indicators := r.indicators(sheets[1], standards)
	r.methods(sheets[2], indicators)
	var t Table
	for _, x := range indicators {
		t.Indicators = append(t.Indicators, x.value)
	}
	for _, x := range standards {
		t.Standards = append(t.Standards, x.value.Standard)
	}
	return t, nil
}

// A record is what one row of a sheet holds, and which one.
type record[T any] struct {
	value T
	row   int  // counted from 1
	wrong bool // some cell of it has been named as an error
}

// records reads the rows below the keys. Every cell that cannot be read is
// named; empty rows are passed over.
func records[T any](r *reader, s *sheet, columns []column[T]) []record[T] {
	var out []record[T]
	for n := 3; n <= len(s.cells); n++ {
		if blankRow(s.cells[n-1]) {
			continue
		}
		x := record[T]{row: n}
		for i := range max(len(columns), len(s.cells[n-1])) {
			var c column[T]
			if i < len(columns) {
				c = columns[i]
			}
			if f := fill(r, s, c, &x.value, s.at(n, i)); f != nil {
				r.add(s.errorAt(n, i, f))
				x.wrong = true
			}
		}
		out = append(out, x)
	}
	return out
}

// fill sets what a cell says.
func fill[T any](r *reader, s *sheet, c column[T], v *T, from cell) *assess.Fault {
	switch {
	case from.broken:
		return invalid("fault.cell_formula", nil)
	case from.shown == "" && c.required:
		return invalid("fault.cell_required", nil)
	case from.shown == "":
		return nil
	case c.set == nil && c.key == "":
		return nil // under a head that has been named as an error, or none
	}
	text := from.shown
	if c.date {
		text = isoDate(from, r.since1904)
	}
	if c.words != nil {
		code, ok := c.words.code(text)
		if !ok {
			return invalid("fault.cell_choice", assess.Args{"Words": strings.Join(c.words.words(s.say), s.say.T("office.list_comma"))})
		}
		text = code
	}
	return c.set(v, text)
}

// twice names rows of which of gives the same as of one before; nothing is
// never the same.
func twice[T any](r *reader, s *sheet, key string, list []record[T], of func(T) string) {
	first := map[string]int{}
	for _, x := range list {
		v := of(x.value)
		if v == "" {
			continue
		}
		if row, ok := first[v]; ok {
			r.complain(s, x.row, key, invalid("fault.cell_twice", assess.Args{"Row": fmt.Sprint(row)}))
			continue
		}
		first[v] = x.row
	}
}

func (r *reader) standards(s *sheet) []record[standardRow] {
	if !s.there() {
		return nil
	}
	list := records(r, s, heads(r, s, standardColumns(), nil))
	twice(r, s, "id", list, func(x standardRow) string { return x.ID })
	twice(r, s, "number", list, func(x standardRow) string { return spelling(x.Number) })
	twice(r, s, "group", list, func(x standardRow) string { return x.group })
	used := map[string]bool{}
	for _, x := range list {
		used[x.value.ID] = true
	}
	for i := range list {
		x := &list[i]
		if x.value.ID == "" {
			x.value.ID = r.standardID(x.value.Number, used)
			used[x.value.ID] = true
		}
		if !x.wrong {
			r.check(s, x.row, x.value.Standard, func(path string) string { return standardPaths[path] })
		}
	}
	return list
}

var notSlug = regexp.MustCompile(`[^a-z0-9]+`)

// standardID is the id of the client's standard with the number, or one made
// of the number: gb-t-1536-2021.
func (r *reader) standardID(number string, used map[string]bool) string {
	for _, s := range r.known.Standards {
		if spelling(s.Number) == spelling(number) && !used[s.ID] {
			return s.ID
		}
	}
	slug := strings.Trim(notSlug.ReplaceAllString(strings.ToLower(number), "-"), "-")
	if slug == "" {
		slug = "standard"
	}
	return freeID(slug, func(id string) bool {
		return used[id] || slices.ContainsFunc(r.known.Standards, func(s assess.Standard) bool { return s.ID == id })
	})
}

// freeID is id, or id with a number behind it.
func freeID(id string, taken func(string) bool) string {
	try := id
	for n := 2; taken(try); n++ {
		try = fmt.Sprintf("%s-%d", id, n)
	}
	return try
}

func (r *reader) methods(s *sheet, indicators []record[assess.Indicator]) {
	if !s.there() {
		return
	}
	for _, m := range records(r, s, heads(r, s, methodColumns(), nil)) {
		at := slices.IndexFunc(indicators, func(x record[assess.Indicator]) bool {
			return x.value.ID == m.value.indicator || spelling(x.value.Name) == spelling(m.value.indicator)
		})
		if at < 0 {
			if m.value.indicator != "" {
				r.complain(s, m.row, "indicator", invalid("fault.cell_indicator", nil))
			}
			continue
		}
		ind := &indicators[at].value
		ind.Equivalents = append(ind.Equivalents, m.value.Equivalence)
	}
}

// check names the cells of an entity that its own rules refuse. column finds
// the key of the column for a field.
func (r *reader) check(s *sheet, row int, e assess.Entity, column func(path string) string) {
	for _, f := range faultsOf(e.Check()) {
		_, path, _ := strings.Cut(f.Args["Field"], e.Kind()+"/"+e.Key()+"/")
		key := column(path)
		for key == "" && strings.Contains(path, ".") {
			path = path[:strings.LastIndex(path, ".")]
			key = column(path)
		}
		at, ok := s.columns[key]
		if !ok && f.Key == "fault.required" {
			continue // the missing column has been named
		}
		if !ok {
			r.add(f)
			continue
		}
		args := assess.Args{}
		for k, v := range f.Args {
			args[k] = v
		}
		args["Field"] = s.at(1, at).shown
		r.add(s.errorAt(row, at, &assess.Fault{Kind: f.Kind, Key: f.Key, Args: args}))
	}
}

// faultsOf are the faults in err's tree.
func faultsOf(err error) []*assess.Fault {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var out []*assess.Fault
		for _, e := range joined.Unwrap() {
			out = append(out, faultsOf(e)...)
		}
		return out
	}
	var f *assess.Fault
	if errors.As(err, &f) {
		return []*assess.Fault{f}
	}
	return nil
}

// standardPaths and indicatorPaths are the columns that hold what a fault of
// an entity names.
var standardPaths = map[string]string{
	"id": "id", "number": "number", "title": "title", "class": "class", "status": "status", "statusOn": "status-on",
	"statusFrom": "status-from", "from": "from", "reviewed": "reviewed", "published.platform": "platform",
	"published.on": "published-on", "published.number": "record", "published.lower": "lower", "note": "note",
}

var indicatorPaths = map[string]string{
	"id": "id", "name": "name", "nameEn": "name-en", "class": "class", "spec.unit": "unit", "spec.direction": "direction",
	"spec.grades": "grades", "spec.method": "comparison", "spec.quantity": "quantity", "own.limit": "own",
	"own.clause": "own-clause", "own.methods": "own-methods", "measured.value": "measured",
	"measured.methods": "measured-methods", "measured.report": "report", "measured.page": "page",
	"measured.model": "model", "measured.on": "measured-on", "claim": "claim", "note": "note", "lower": "lower",
}
