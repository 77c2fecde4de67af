package office

import (
	"strings"

	"github.com/xuri/excelize/v2"
)

// roomRows is how many rows of a sheet are made ready to be filled in.
const roomRows = 200

// sheet writes heads and rows, hides the keys and keeps the titles in sight.
func (b *tableWriter) sheet(key string, heads []head, rows [][]string) error {
	name := b.say.T("office.sheet." + key)
	if _, err := b.file.NewSheet(name); err != nil {
		return err
	}
	last, err := excelize.ColumnNumberToName(len(heads))
	if err != nil {
		return err
	}
	l := layout{tableWriter: b, name: name, heads: heads, last: last, bottom: max(roomRows, len(rows)) + 2}
	for _, step := range []func() error{l.styles, func() error { return l.cells(rows) }, l.dropDowns, l.view} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// A layout is a sheet being written: its heads, the letters of the last column
// and the last row that is made ready.
type layout struct {
	*tableWriter
	name   string
	heads  []head
	last   string
	bottom int
}

// textFormat is the number format of cells that keep what is typed.
const textFormat = 49

// styles makes all cells text, so that a spreadsheet program keeps 0.30 as it
// was typed.
func (l layout) styles() error {
	text, err := l.file.NewStyle(&excelize.Style{NumFmt: textFormat, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	if err := l.file.SetColStyle(l.name, "A:"+l.last, text); err != nil {
		return err
	}
	if err := l.file.SetColWidth(l.name, "A", l.last, 16); err != nil {
		return err
	}
	title, err := l.file.NewStyle(&excelize.Style{
		NumFmt: textFormat, Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDEBF7"}},
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"},
	})
	if err != nil {
		return err
	}
	return l.file.SetCellStyle(l.name, "A1", l.last+"1", title)
}

func (l layout) cells(rows [][]string) error {
	var titles, keys []string
	for _, h := range l.heads {
		titles, keys = append(titles, h.title), append(keys, h.key)
	}
	for n, cells := range append([][]string{titles, keys}, rows...) {
		for i, text := range cells {
			if text == "" {
				continue
			}
			if err := l.file.SetCellStr(l.name, cellName(i+1, n+1), text); err != nil {
				return err
			}
		}
	}
	return nil
}

// dropDowns offers the words of closed sets.
func (l layout) dropDowns() error {
	for i, h := range l.heads {
		if h.words == nil {
			continue
		}
		words := h.words.words(l.say)
		d := excelize.NewDataValidation(true)
		d.SetSqref(cellName(i+1, 3) + ":" + cellName(i+1, l.bottom))
		if err := d.SetDropList(words); err != nil {
			return err
		}
		why := l.say.T("fault.cell_choice", map[string]string{"Words": strings.Join(words, l.say.T("office.list_comma"))})
		d.SetError(excelize.DataValidationErrorStyleStop, l.say.T("office.column_wrong"), why)
		if err := l.file.AddDataValidation(l.name, d); err != nil {
			return err
		}
	}
	return nil
}

func (l layout) view() error {
	if err := l.file.SetRowVisible(l.name, 2, false); err != nil {
		return err
	}
	if err := l.file.SetRowHeight(l.name, 1, 48); err != nil {
		return err
	}
	cells := "A3:" + cellName(len(l.heads), l.bottom)
	if err := l.file.AddIgnoredErrors(l.name, cells, excelize.IgnoredErrorsNumberStoredAsText); err != nil {
		return err
	}
	return l.file.SetPanes(l.name, &excelize.Panes{
		Freeze: true, XSplit: 2, YSplit: 2, TopLeftCell: "C3", ActivePane: "bottomRight",
	})
}
