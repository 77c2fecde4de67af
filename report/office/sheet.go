package office

import (
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"mingpin/assess"
	"mingpin/assets"
)

// A cell is what a person sees in it and what the file holds.
type cell struct {
	shown, raw string
	broken     bool // a formula without a result, or with an error for one
}

// A sheet as a person has left it: row 1 holds titles, row 2 keys.
type sheet struct {
	name    string
	say     *assets.Text // of the language of its name
	cells   [][]cell
	columns map[string]int // position by key, set when the heads are understood
}

// findSheet reads the sheet with a name of any of the program's languages. A
// sheet that is not there has no cells.
func findSheet(f *excelize.File, key string) (*sheet, error) {
	for _, say := range languages() {
		name := say.T("office.sheet." + key)
		if i, err := f.GetSheetIndex(name); err == nil && i >= 0 {
			cells, err := grid(f, name)
			if err != nil {
				return nil, err
			}
			s := &sheet{name: name, say: say, cells: cells, columns: map[string]int{}}
			if len(cells) < 2 || blankRow(cells[1]) {
				return nil, invalid("fault.sheet_without_keys", assess.Args{"Sheet": name})
			}
			return s, nil
		}
	}
	return &sheet{columns: map[string]int{}}, nil
}

func (s *sheet) there() bool { return len(s.cells) > 0 }

// at is the cell in a row, counted from 1, and column, from 0.
func (s *sheet) at(row, col int) cell {
	if row-1 < len(s.cells) && col < len(s.cells[row-1]) {
		return s.cells[row-1][col]
	}
	return cell{}
}

// width is the number of columns with a title or key.
func (s *sheet) width() int { return max(len(s.cells[0]), len(s.cells[1])) }

// errorAt says that the cell in a row and column is wrong.
func (s *sheet) errorAt(row, col int, f *assess.Fault) error {
	value := []rune(s.at(row, col).shown)
	if len(value) > 60 {
		value = append(value[:60], '…')
	}
	return &CellError{Sheet: s.name, Cell: cellName(col+1, row), Value: string(value), Key: f.Key, Args: f.Args}
}

// grid reads all rows of a sheet within limits.
func grid(f *excelize.File, sheet string) ([][]cell, error) {
	shown, err := rows(f, sheet, false)
	if err != nil {
		return nil, err
	}
	raw, err := rows(f, sheet, true)
	if err != nil {
		return nil, err
	}
	out := make([][]cell, len(shown))
	for i, texts := range shown {
		out[i] = make([]cell, len(texts))
		for j, text := range texts {
			c := cell{shown: strings.TrimSpace(text), broken: slices.Contains(formulaErrors, text)}
			if i < len(raw) && j < len(raw[i]) {
				c.raw = raw[i][j]
			}
			if text == "" {
				formula, err := f.GetCellFormula(sheet, cellName(j+1, i+1))
				if err != nil {
					return nil, damaged(err)
				}
				c.broken = formula != ""
			}
			out[i][j] = c
		}
	}
	return out, nil
}

var formulaErrors = []string{"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}

// rows reads the texts of a sheet, as shown or raw.
func rows(f *excelize.File, sheet string, raw bool) ([][]string, error) {
	it, err := f.Rows(sheet)
	if err != nil {
		return nil, damaged(err)
	}
	defer it.Close()
	var out [][]string
	count := 0
	for it.Next() {
		cells, err := it.Columns(excelize.Options{RawCellValue: raw, ShortDatePattern: "yyyy-mm-dd"})
		if err != nil {
			return nil, damaged(err)
		}
		count += len(cells)
		if len(out) >= maxRows || len(cells) > maxCols || count > maxCells {
			return nil, &assess.Fault{Kind: assess.Hostile, Key: "fault.workbook_large", Args: assess.Args{"Sheet": sheet}}
		}
		out = append(out, cells)
	}
	if err := it.Error(); err != nil {
		return nil, damaged(err)
	}
	return out, nil
}

func blankRow(cells []cell) bool {
	for _, c := range cells {
		if c.shown != "" || c.broken {
			return false
		}
	}
	return true
}

// The serial numbers that are taken for dates, of 1954 to 2119.
const firstSerial, lastSerial = 20_000, 80_000

// isoDate is a cell of a date column as YYYY-MM-DD, as far as it can be
// understood: dates the program made of what was typed are numbers of days.
func isoDate(c cell, since1904 bool) string {
	whole, _, _ := strings.Cut(c.raw, ".")
	if n, err := strconv.Atoi(whole); err == nil && n >= firstSerial && n <= lastSerial {
		if t, err := excelize.ExcelDateToTime(float64(n), since1904); err == nil {
			return t.Format("2006-01-02")
		}
	}
	s := strings.NewReplacer("年", "-", "月", "-", "日", "", "/", "-", ".", "-").Replace(c.shown)
	parts := strings.Split(strings.Join(strings.Fields(s), ""), "-")
	for i, p := range parts {
		if len(p) == 1 {
			parts[i] = "0" + p
		}
	}
	return strings.Join(parts, "-")
}
