// Package office exchanges tables with spreadsheet programs. It is the only
// package that knows xlsx. Numbers travel as text, so that 0.30 stays 0.30.
package office

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/xuri/excelize/v2"

	"mingpin/assess"
	"mingpin/assets"
)

// Limits within which a workbook is read.
const (
	maxFile  = 20 << 20
	maxUnzip = 200 << 20
	maxXML   = 16 << 20
	maxRows  = 2_000
	maxCols  = 400
)

// A CellError names one cell that cannot be read, and why.
type CellError struct {
	Sheet, Cell, Value string
	Key                string // catalogue key, "fault.cell_…"
	Args               assess.Args
}

func (e *CellError) Error() string {
	return fmt.Sprintf("%s!%s %q: %s %v", e.Sheet, e.Cell, e.Value, e.Key, map[string]string(e.Args))
}

// The sheets of a comparison table, by their catalogue keys.
const (
	sheetTable     = "table"
	sheetStandards = "standards"
	sheetMethods   = "methods"
)

// A column of a sheet: its key in the hidden second row and the getter and
// setter of the record it stands for.
type column[T any] struct {
	key string
	get func(T) string
	set func(*T, string) error
}

// book reads a workbook within limits; its temporary files stay in dir.
func book(r io.Reader, dir string) (*excelize.File, error) {
	limited := io.LimitReader(r, maxFile+1)
	f, err := excelize.OpenReader(limited, excelize.Options{
		UnzipSizeLimit: maxUnzip, UnzipXMLSizeLimit: maxXML, TmpDir: dir, RawCellValue: false,
	})
	if err != nil {
		return nil, &assess.Fault{Kind: assess.Damaged, Key: "fault.workbook_unreadable", Err: err}
	}
	return f, nil
}

// privateDir is a folder of our own for what the library unpacks.
func privateDir() (string, func(), error) {
	dir, err := os.MkdirTemp("", "mingpin-xlsx-*")
	if err != nil {
		return "", nil, fmt.Errorf("make folder for the workbook: %w", err)
	}
	return dir, func() { os.RemoveAll(dir) }, nil
}

// sheetName finds a sheet by its name in any of the program's languages.
func sheetName(f *excelize.File, key string) (string, bool) {
	for _, lang := range assets.Languages {
		t, err := assets.NewText(lang)
		if err != nil {
			continue
		}
		if i, err := f.GetSheetIndex(t.T("office.sheet." + key)); err == nil && i >= 0 {
			return t.T("office.sheet." + key), true
		}
	}
	return "", false
}

// grid reads all rows of a sheet as shown, within limits.
func grid(f *excelize.File, sheet string) ([][]string, error) {
	rows, err := f.Rows(sheet)
	if err != nil {
		return nil, &assess.Fault{Kind: assess.Damaged, Key: "fault.workbook_unreadable", Err: err}
	}
	defer rows.Close()
	var out [][]string
	for rows.Next() {
		cells, err := rows.Columns()
		if err != nil {
			return nil, &assess.Fault{Kind: assess.Damaged, Key: "fault.workbook_unreadable", Err: err}
		}
		if len(out) >= maxRows || len(cells) > maxCols {
			return nil, &assess.Fault{Kind: assess.Hostile, Key: "fault.workbook_large", Args: assess.Args{"Sheet": sheet}}
		}
		out = append(out, cells)
	}
	return out, rows.Error()
}

// put writes one row of text cells.
func put(f *excelize.File, sheet string, row int, cells []string) error {
	for i, c := range cells {
		name, err := excelize.CoordinatesToCellName(i+1, row)
		if err != nil {
			return err
		}
		if err := f.SetCellStr(sheet, name, c); err != nil {
			return err
		}
	}
	return nil
}

func cellName(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return fmt.Sprintf("R%dC%d", row, col)
	}
	return name
}

// readRows reads the records below the hidden row of keys. Every cell that
// cannot be read is named; empty rows are passed over.
func readRows[T any](sheet string, rows [][]string, columns func(key string) (column[T], bool), begin func() T) ([]T, error) {
	if len(rows) < 2 {
		return nil, &assess.Fault{Kind: assess.Invalid, Key: "fault.sheet_without_keys", Args: assess.Args{"Sheet": sheet}}
	}
	cols := make([]column[T], len(rows[1]))
	for i, key := range rows[1] {
		c, ok := columns(key)
		if !ok {
			return nil, &CellError{Sheet: sheet, Cell: cellName(i+1, 2), Value: key, Key: "fault.cell_unknown_column"}
		}
		cols[i] = c
	}
	var out []T
	var errs []error
	for n, cells := range rows[2:] {
		if blankRow(cells) {
			continue
		}
		v := begin()
		for i, text := range cells {
			if i >= len(cols) || text == "" {
				continue
			}
			if err := cols[i].set(&v, text); err != nil {
				errs = append(errs, cellError(sheet, cellName(i+1, n+3), text, err))
			}
		}
		out = append(out, v)
	}
	return out, errors.Join(errs...)
}

func blankRow(cells []string) bool {
	for _, c := range cells {
		if c != "" {
			return false
		}
	}
	return true
}

func cellError(sheet, cell, value string, err error) error {
	e := &CellError{Sheet: sheet, Cell: cell, Value: value, Key: "fault.cell_unreadable"}
	var f *assess.Fault
	if errors.As(err, &f) {
		e.Key, e.Args = f.Key, f.Args
	}
	return e
}
