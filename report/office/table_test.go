package office_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"mingpin/assess"
	"mingpin/assess/quantity"
	"mingpin/assets"
	"mingpin/report/office"
)

var known = office.Known{
	Application: "app", Standard: "own",
	Evidence: []assess.Evidence{{ID: "rep", Number: "示检字0001号"}},
}

func table(t *testing.T) office.Table {
	t.Helper()
	limit := func(s string) quantity.Limit {
		l, err := quantity.ParseLimit(s, "%", nil)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	value, err := quantity.ParseValue("0.30", "%", nil)
	if err != nil {
		t.Fatal(err)
	}
	return office.Table{
		Standards: []assess.Standard{
			{ID: "own", Number: "Q/SL 0001S-2026", Title: "示例", Class: "enterprise", Status: "in-force", From: "2026-03-01"},
			{ID: "gb", Number: "GB/T 0000-2020", Title: "示例标准", Class: "recommended", Status: "in-force", StatusOn: "2026-11-10", Unverified: true},
		},
		Indicators: []assess.Indicator{{
			ID: "a", Application: "app", Order: 1, Name: "水分", Class: "basic",
			Spec:     quantity.Indicator{Unit: "%", Direction: quantity.Lower},
			Own:      assess.OwnLimit{Standard: "own", Clause: "4.1", Limit: limit("≤0.50"), Methods: []string{"GB 5009.236"}},
			Measured: assess.Measurement{Value: value, Methods: []string{"GB 5009.236"}, Report: "rep", Page: "2", On: "2026-06-12"},
			Comparators: []assess.Comparator{
				{Standard: "gb", Clause: "5.3", Limit: limit("≤1.00"), Methods: []string{"GB 5009.236", "ISO 662"}, Unverified: true},
			},
			Equivalents: []assess.Equivalence{{A: "GB 5009.236", B: "ISO 662", Source: "示例"}},
			Note:        "说明",
		}},
	}
}

func written(t *testing.T, tab office.Table, lang string) []byte {
	t.Helper()
	say, err := assets.NewText(lang)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := office.WriteTable(&b, tab, known, say); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTableGoesOutAndBackWithoutLoss(t *testing.T) {
	for _, lang := range assets.Languages {
		want := table(t)
		got, err := office.ReadTable(bytes.NewReader(written(t, want, lang)), known)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b quantity.Decimal) bool { return a.String() == b.String() })); diff != "" {
			t.Errorf("%s (-out +back):\n%s", lang, diff)
		}
	}
}

// edited changes one cell of the comparison sheet as a person would.
func edited(t *testing.T, cell string, set func(f *excelize.File, sheet string) error) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(written(t, table(t), "zh-CN")))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := set(f, "对比表"); err != nil {
		t.Fatalf("edit %s: %v", cell, err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// column finds the letter of the column with a key.
func column(t *testing.T, f *excelize.File, key string) string {
	t.Helper()
	rows, err := f.GetRows("对比表")
	if err != nil {
		t.Fatal(err)
	}
	for i, k := range rows[1] {
		if k == key {
			name, err := excelize.ColumnNumberToName(i + 1)
			if err != nil {
				t.Fatal(err)
			}
			return name
		}
	}
	t.Fatalf("no column %s", key)
	return ""
}

func TestNumbersStayAsWritten(t *testing.T) {
	data := edited(t, "measured", func(f *excelize.File, sheet string) error {
		cell := column(t, f, "measured") + "3"
		twoPlaces := "0.00"
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &twoPlaces})
		if err != nil {
			return err
		}
		if err := f.SetCellFloat(sheet, cell, 0.3, -1, 64); err != nil {
			return err
		}
		return f.SetCellStyle(sheet, cell, cell, style)
	})
	got, err := office.ReadTable(bytes.NewReader(data), known)
	if err != nil {
		t.Fatal(err)
	}
	if v := got.Indicators[0].Measured.Value.String(); v != "0.30" {
		t.Errorf("a number cell shown as 0.30 is read as %q", v)
	}
}

func TestReportsMayBeNamedByNumber(t *testing.T) {
	data := edited(t, "report", func(f *excelize.File, sheet string) error {
		return f.SetCellStr(sheet, column(t, f, "report")+"3", "示检字0001号")
	})
	got, err := office.ReadTable(bytes.NewReader(data), known)
	if err != nil {
		t.Fatal(err)
	}
	if id := got.Indicators[0].Measured.Report; id != "rep" {
		t.Errorf("report = %q", id)
	}
}

func TestEveryCellThatCannotBeReadIsNamed(t *testing.T) {
	for name, tt := range map[string]struct{ column, text, key string }{
		"a unit nobody knows":      {"unit", "斤两", "fault.cell_unit"},
		"a limit that is none":     {"own", "≤≤3", "fault.cell_limit"},
		"a value that is none":     {"measured", "<", "fault.cell_measured"},
		"a report that is missing": {"report", "没有的", "fault.cell_report"},
		"an impossible date":       {"measured-on", "2026-02-30", "fault.cell_date"},
		"a class that is none":     {"class", "重要", "fault.cell_choice"},
	} {
		t.Run(name, func(t *testing.T) {
			data := edited(t, tt.column, func(f *excelize.File, sheet string) error {
				return f.SetCellStr(sheet, column(t, f, tt.column)+"3", tt.text)
			})
			_, err := office.ReadTable(bytes.NewReader(data), known)
			var c *office.CellError
			if !errors.As(err, &c) || c.Key != tt.key || c.Sheet != "对比表" || !strings.HasSuffix(c.Cell, "3") {
				t.Errorf("ReadTable = %v, want %s in row 3", err, tt.key)
			}
		})
	}
}

func TestUnknownColumnIsNamed(t *testing.T) {
	data := edited(t, "C1", func(f *excelize.File, sheet string) error {
		return errors.Join(f.SetCellStr(sheet, "C1", "别名"), f.SetCellStr(sheet, "C2", ""))
	})
	_, err := office.ReadTable(bytes.NewReader(data), known)
	var c *office.CellError
	if !errors.As(err, &c) || c.Cell != "C1" || c.Value != "别名" || c.Key != "fault.cell_unknown_column" {
		t.Errorf("ReadTable = %v", err)
	}
}

// bomb is a workbook whose sheet unpacks to far more than it is.
func bomb(t *testing.T) []byte {
	t.Helper()
	src, err := zip.NewReader(bytes.NewReader(written(t, table(t), "zh-CN")), int64(len(written(t, table(t), "zh-CN"))))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range src.File {
		out, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(f.Name, "xl/worksheets/sheet") {
			chunk := bytes.Repeat([]byte(" "), 1<<20)
			for range 220 {
				if _, err := out.Write(chunk); err != nil {
					t.Fatal(err)
				}
			}
			continue
		}
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(out, in); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestHostileWorkbooksAreRefused(t *testing.T) {
	for name, data := range map[string][]byte{
		"nothing":     nil,
		"no workbook": []byte("PK not really"),
		"cut off":     written(t, table(t), "zh-CN")[:2000],
		"a bomb":      bomb(t),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := office.ReadTable(bytes.NewReader(data), known)
			if k := assess.KindOf(err); k != assess.Damaged && k != assess.Hostile {
				t.Errorf("ReadTable = %v (%s)", err, k)
			}
		})
	}
}
