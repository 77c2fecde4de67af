// Package office exchanges tables with spreadsheet programs. It is the only
// package that knows xlsx. Numbers travel as text, so that 0.30 stays 0.30.
package office

import (
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
	maxCols  = 1_000
	maxCells = 200_000 // of a sheet, empty ones between others included
)

// A CellError names one cell that cannot be read, and why. The sentence for
// it is office.cell_error, whose Why is the text of Key with Args.
type CellError struct {
	Sheet, Cell, Value string
	Key                string // catalogue key, "fault.…"
	Args               assess.Args
}

func (e *CellError) Error() string {
	return fmt.Sprintf("%s!%s %q: %s %v", e.Sheet, e.Cell, e.Value, e.Key, map[string]string(e.Args))
}

// Say is the whole sentence for e: sheet, cell, value and why.
func (e *CellError) Say(say *assets.Text) string {
	return say.T("office.cell_error", map[string]string{
		"Sheet": e.Sheet, "Cell": e.Cell, "Value": e.Value, "Why": say.T(e.Key, e.Args),
	})
}

// The sheets of a comparison table, by their catalogue keys.
const (
	sheetTable     = "table"
	sheetStandards = "standards"
	sheetMethods   = "methods"
	sheetGuide     = "guide"
)

// book reads a workbook within limits; its temporary files stay in dir.
func book(r io.Reader, dir string) (*excelize.File, error) {
	limited := io.LimitReader(r, maxFile+1)
	f, err := excelize.OpenReader(limited, excelize.Options{
		UnzipSizeLimit: maxUnzip, UnzipXMLSizeLimit: maxXML, TmpDir: dir, ShortDatePattern: "yyyy-mm-dd",
	})
	if err != nil {
		return nil, damaged(err)
	}
	return f, nil
}

func damaged(err error) error {
	return &assess.Fault{Kind: assess.Damaged, Key: "fault.workbook_unreadable", Err: err}
}

// privateDir is a folder of our own for what the library unpacks.
func privateDir() (string, func(), error) {
	dir, err := os.MkdirTemp("", "mingpin-xlsx-*")
	if err != nil {
		return "", nil, fmt.Errorf("make folder for the workbook: %w", err)
	}
	return dir, func() { os.RemoveAll(dir) }, nil
}

func cellName(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		return fmt.Sprintf("R%dC%d", row, col)
	}
	return name
}
