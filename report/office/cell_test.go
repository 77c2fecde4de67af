package office_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"mingpin/assess"
	"mingpin/assess/quantity"
	"mingpin/assets"
	"mingpin/report/office"
)

func TestDatesAreReadAsSpreadsheetsHoldThem(t *testing.T) {
	serial := func(format string) func(*excelize.File, string, string) error {
		return func(f *excelize.File, sheet, cell string) error {
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
			return errors.Join(err, f.SetCellInt(sheet, cell, 46185), f.SetCellStyle(sheet, cell, cell, style))
		}
	}
	typed := func(s string) func(*excelize.File, string, string) error {
		return func(f *excelize.File, sheet, cell string) error { return f.SetCellStr(sheet, cell, s) }
	}
	for name, set := range map[string]func(*excelize.File, string, string) error{
		"a date cell of Excel": func(f *excelize.File, sheet, cell string) error {
			style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
			return errors.Join(err, f.SetCellInt(sheet, cell, 46185), f.SetCellStyle(sheet, cell, cell, style))
		},
		"a date shown in Chinese":  serial(`yyyy"年"m"月"d"日"`),
		"a date without its year":  serial("m/d"),
		"a number without format":  serial("General"),
		"typed with slashes":       typed("2026/6/12"),
		"typed with dots":          typed("2026.06.12"),
		"typed in Chinese":         typed("2026年6月12日"),
		"typed with blanks around": typed(" 2026-06-12 "),
	} {
		t.Run(name, func(t *testing.T) {
			data := edited(t, "", func(f *excelize.File, sheet string) error {
				return set(f, sheet, column(t, f, "measured-on")+"3")
			})
			if on := read(t, data).Indicators[0].Measured.On; on != "2026-06-12" {
				t.Errorf("read as %q", on)
			}
		})
	}
}

func TestFormulasAreReadByTheirResult(t *testing.T) {
	for name, tt := range map[string]struct{ result, want string }{
		"a result":       {"0.30", ""},
		"no result":      {"", "：公式没有可用的结果，请改填数值或文字"},
		"an error value": {"#DIV/0!", "（“#DIV/0!”）：公式没有可用的结果"},
	} {
		t.Run(name, func(t *testing.T) {
			data := edited(t, "", func(f *excelize.File, sheet string) error {
				cell := column(t, f, "measured") + "3"
				if strings.HasPrefix(tt.result, "#") { // which the library drops beside a formula
					return f.SetCellStr(sheet, cell, tt.result)
				}
				return errors.Join(f.SetCellDefault(sheet, cell, tt.result), f.SetCellFormula(sheet, cell, "0.1*3"))
			})
			if got := strings.Join(said(t, data, known), "\n"); (got == "") != (tt.want == "") || !strings.Contains(got, tt.want) {
				t.Errorf("said %q, want %q", got, tt.want)
			}
			if tt.want != "" {
				return
			}
			if v := read(t, data).Indicators[0].Measured.Value.String(); v != tt.result {
				t.Errorf("read as %q", v)
			}
		})
	}
}

func TestReportsGoOutByTheirNumber(t *testing.T) {
	say, err := assets.NewText("zh-CN")
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		other assess.Evidence
		want  string
	}{
		"a number of its own":           {assess.Evidence{ID: "o", Number: "示检字0002号"}, "示检字0001号"},
		"a number that stands twice":    {assess.Evidence{ID: "o", Number: "示检字 0001 号"}, "rep"},
		"a number that is another's id": {assess.Evidence{ID: "示检字0001号"}, "rep"},
	} {
		t.Run(name, func(t *testing.T) {
			k := known
			k.Evidence = append([]assess.Evidence{tt.other}, known.Evidence...)
			var b bytes.Buffer
			if err := office.WriteTable(&b, table(t), k, say); err != nil {
				t.Fatal(err)
			}
			f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if got, err := f.GetCellValue("对比表", column(t, f, "report")+"3"); got != tt.want || err != nil {
				t.Errorf("written as %q, %v", got, err)
			}
			back, err := office.ReadTable(bytes.NewReader(b.Bytes()), k)
			if err != nil || back.Indicators[0].Measured.Report != "rep" {
				t.Errorf("read back %+v, %v", back, err)
			}
		})
	}
}

func TestRowsWithoutIDFindTheirIndicator(t *testing.T) {
	k := known
	k.Indicators = []assess.Indicator{
		{ID: "old", Application: "app", Name: "灰分"}, {ID: "i1", Application: "other", Name: "酸价"},
	}
	data := changed(t, change{"对比表", "name4", "灰 分"}, change{"对比表", "name5", "酸价"})
	got, err := office.ReadTable(bytes.NewReader(data), k)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, ind := range got.Indicators {
		ids = append(ids, ind.ID)
	}
	if diff := cmp.Diff([]string{"a", "old", "i2"}, ids); diff != "" {
		t.Errorf("ids (-want +got):\n%s", diff)
	}
	data = changed(t, change{"对比表", "id4", "i1"}, change{"对比表", "name4", "酸价"})
	want := "工作表“对比表”单元格 A4（“i1”）：这个编号已用于另一项申报的指标，请改用别的编号或留空"
	if got := said(t, data, k); len(got) != 1 || got[0] != want {
		t.Errorf("said %q", got)
	}
}

func TestStandardsThatAskForNothingAreNotLost(t *testing.T) {
	tab := table(t)
	tab.Indicators[0].Comparators = []assess.Comparator{{Standard: "gb"}}
	got := read(t, written(t, tab, "zh-CN")).Indicators[0].Comparators
	if diff := cmp.Diff(tab.Indicators[0].Comparators, got); diff != "" {
		t.Errorf("(-out +back):\n%s", diff)
	}
}

func TestRowsComeInTheirOrder(t *testing.T) {
	tab := table(t)
	tab.Indicators[0].Order = 2
	tab.Indicators = append(tab.Indicators, assess.Indicator{ID: "b", Order: 1, Name: "灰分", Spec: quantity.Indicator{Unit: "%"}})
	got := read(t, written(t, tab, "en"))
	if got.Indicators[0].ID != "b" || got.Indicators[1].ID != "a" || got.Indicators[1].Order != 2 {
		t.Errorf("read %+v", got.Indicators)
	}
}

func TestTheWorkbookSaysHowItIsFilledIn(t *testing.T) {
	for lang, want := range map[string]string{"zh-CN": "填写说明", "en": "Instructions"} {
		f, err := excelize.OpenReader(bytes.NewReader(written(t, table(t), lang)))
		if err != nil {
			t.Fatal(err)
		}
		rows, err := f.GetRows(want)
		if err != nil || len(rows) < 10 || !strings.Contains(rows[4][0], "0.5~1.5") {
			t.Errorf("%s: %q, %v", lang, rows, err)
		}
		f.Close()
	}
}

// What is typed into an empty cell stays as typed, since the cell is text.
func TestEmptyCellsAreText(t *testing.T) {
	f, err := excelize.OpenReader(bytes.NewReader(written(t, table(t), "zh-CN")))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	id, err := f.GetCellStyle("对比表", column(t, f, "measured")+"50")
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(id)
	if err != nil || style.NumFmt != 49 {
		t.Errorf("style = %+v, %v", style, err)
	}
}
