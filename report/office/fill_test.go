package office_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"mingpin/assess"
	"mingpin/assess/quantity"
	"mingpin/assets"
	"mingpin/report/office"
)

// A change is one cell a person writes.
type change struct{ sheet, cell, text string }

// changed is the workbook of table in Chinese after a person's changes. A cell
// is the key of its column and its row: own3.
func changed(t *testing.T, changes ...change) []byte {
	t.Helper()
	return edited(t, "", func(f *excelize.File, _ string) error {
		for _, c := range changes {
			if err := f.SetCellStr(c.sheet, keyed(t, f, c), c.text); err != nil {
				return err
			}
		}
		return nil
	})
}

func keyed(t *testing.T, f *excelize.File, c change) string {
	t.Helper()
	rows, err := f.GetRows(c.sheet)
	if err != nil {
		t.Fatal(err)
	}
	key, row := c.cell[:len(c.cell)-1], c.cell[len(c.cell)-1:]
	if at := slices.Index(rows[1], key); at >= 0 {
		name, err := excelize.CoordinatesToCellName(at+1, int(row[0]-'0'))
		if err != nil {
			t.Fatal(err)
		}
		return name
	}
	return c.cell
}

// said are the errors of a workbook as the user reads them.
func said(t *testing.T, data []byte, k office.Known) []string {
	t.Helper()
	_, err := office.ReadTable(bytes.NewReader(data), k)
	say, sayErr := assets.NewText("zh-CN")
	if sayErr != nil {
		t.Fatal(sayErr)
	}
	var out []string
	var joined interface{ Unwrap() []error }
	if !errors.As(err, &joined) {
		if err != nil {
			t.Fatalf("ReadTable = %v", err)
		}
		return nil
	}
	for _, e := range joined.Unwrap() {
		var c *office.CellError
		if !errors.As(e, &c) {
			t.Fatalf("not of a cell: %v", e)
		}
		out = append(out, c.Say(say))
	}
	return out
}

func read(t *testing.T, data []byte) office.Table {
	t.Helper()
	got, err := office.ReadTable(bytes.NewReader(data), known)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

var standardAdded = []change{
	{"标准", "number5", "GB/T 1536-2021"},
	{"标准", "class5", "推荐性国家标准"},
	{"对比表", "+1#limit3", "≤0.8"},
}

func TestStandardsMayBeAddedToTheComparison(t *testing.T) {
	for name, more := range map[string][]change{
		"its number over the first title":         {{"对比表", "+1#limit1", "GB/T 1536-2021"}},
		"its number before the words of a title":  {{"对比表", "+1#limit1", "gb/t1536—2021 限值"}},
		"the group named in the standards' sheet": {{"标准", "group5", "对比标准1"}},
		"the group named in English":              {{"标准", "group5", "Comparator 1"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := read(t, changed(t, append(slices.Clone(standardAdded), more...)...)).Indicators[0].Comparators
			if len(got) != 2 || got[1].Standard != "gb-t-1536-2021" || got[1].Limit.String() != "≤0.8" {
				t.Errorf("comparators = %+v", got)
			}
		})
	}
}

func TestColumnsWithoutKeyAreKnownByTheirTitles(t *testing.T) {
	data := edited(t, "", func(f *excelize.File, sheet string) error {
		name := column(t, f, "note")
		return errors.Join(
			f.SetCellStr(sheet, name+"1", "Note on advancement"), f.SetCellStr(sheet, name+"2", ""),
			f.SetCellStr(sheet, "CA1", "Q/SL 0001S-2026 limit"), f.SetCellStr(sheet, "CA3", "≤9"),
		)
	})
	got := read(t, data).Indicators[0]
	if got.Note != "说明" || len(got.Comparators) != 2 || got.Comparators[1].Standard != "own" {
		t.Errorf("read %+v", got)
	}
}

func TestEveryStandardHasColumns(t *testing.T) {
	tab := table(t)
	tab.Standards = append(tab.Standards, assess.Standard{ID: "iso", Number: "ISO 1", Class: "international"})
	f, err := excelize.OpenReader(bytes.NewReader(written(t, tab, "en")))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Comparison")
	if err != nil {
		t.Fatal(err)
	}
	for _, title := range []string{"GB/T 0000-2020 limit", "ISO 1 limit", "Comparator 1 limit", "Comparator 3 to be verified", "Class (safety/basic/core/innovative)", "Indicator*"} {
		if !slices.Contains(rows[0], title) {
			t.Errorf("no column %q in %q", title, rows[0])
		}
	}
	if slices.Contains(rows[1], "own#limit") {
		t.Error("the enterprise's own standard is compared with itself")
	}
	lists, err := f.GetDataValidations("Standards")
	if err != nil || len(lists) != 4 || !strings.Contains(lists[0].Formula1, "mandatory national standard") || lists[0].Sqref != "D3:D202" {
		t.Errorf("drop-downs = %+v, %v", lists, err)
	}
}

func TestWordsAndCodesOfAnyLanguageAreRead(t *testing.T) {
	for _, word := range []string{"核心", "core", "Core ", "ＣＯＲＥ"} {
		if got := read(t, changed(t, change{"对比表", "class3", word})).Indicators[0].Class; got != "core" {
			t.Errorf("%q is read as %q", word, got)
		}
	}
	got := read(t, changed(t, change{"对比表", "direction3", "higher is better"}, change{"对比表", "claim3", "填补空白"}, change{"对比表", "comparison3", "修约值比较法"}, change{"标准", "status3", "废止"})).Indicators[0]
	if got.Spec.Direction != quantity.Higher || got.Claim != quantity.Gap || got.Spec.Method != quantity.Rounded {
		t.Errorf("read %+v", got)
	}
}

func TestErrorsOfAllSheetsAreSaidTogether(t *testing.T) {
	data := changed(t,
		change{"标准", "class3", "国标"}, change{"标准", "number5", "GB／T 0000—2020"},
		change{"标准", "class5", "行业标准"}, change{"标准", "from4", "去年"},
		change{"对比表", "name4", "水分"}, change{"对比表", "gb#limit4", "≤≤1"},
		change{"对比表", "+2#limit4", "≤1"}, change{"对比表", "+3#limit1", "GB 9-2000 限值"},
		change{"对比表", "id5", "灰分"}, change{"对比表", "name5", "灰分"}, change{"对比表", "own6", "≤2"},
		change{"等效检验方法", "indicator3", "没有"},
	)
	want := []string{
		"工作表“标准”单元格 D3（“国标”）：只能填写：强制性国家标准、推荐性国家标准、行业标准、地方标准、团体标准、企业标准、国外先进标准、国际标准",
		"工作表“标准”单元格 I4（“去年”）：不是有效日期，请写成 2026-03-01 或 2026/3/1 的形式",
		"工作表“标准”单元格 B5（“GB／T 0000—2020”）：与第 4 行重复，请合并或改正",
		"工作表“对比表”单元格 V1（“GB 9-2000 限值”）：工作表“标准”中没有“GB 9-2000”，请先在该工作表中补充这项标准",
		"工作表“对比表”单元格 R4（“≤1”）：没有写明这组列对应的标准，请把第1行的表头改成标准编号，或在工作表“标准”的“对比表列组”中选择",
		"工作表“对比表”单元格 B6：必须填写",
		"工作表“对比表”单元格 B4（“水分”）：与第 3 行重复，请合并或改正",
		"工作表“对比表”单元格 J4（“≤≤1”）：限值无法识别，请写成 ≤3.0、0.5~1.5、10±0.5、不得检出 等形式",
		"工作表“等效检验方法”单元格 A3（“没有”）：“对比表”中没有这个编号或名称的指标",
	}
	got := said(t, data, known)
	id := slices.IndexFunc(got, func(s string) bool {
		return strings.HasPrefix(s, "工作表“对比表”单元格 A5（“灰分”）：")
	})
	if id < 0 || !strings.Contains(got[id], "编号") {
		t.Errorf("the id that is none is not named:\n%s", strings.Join(got, "\n"))
	} else {
		got = slices.Delete(got, id, id+1)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestHeadsThatContradictAreNamed(t *testing.T) {
	for name, tt := range map[string]struct {
		changes []change
		want    string
	}{
		"two columns for one thing":     {[]change{{"对比表", "CA1", "指标名称"}}, "单元格 CA1（“指标名称”）：与 B1 的列重复，请删除其中一列"},
		"two standards in one group":    {[]change{{"对比表", "gb#clause1", "Q/SL 0001S-2026 条款"}}, "一组列的表头写了两项标准"},
		"one standard in two groups":    {[]change{{"对比表", "+1#limit1", "GB/T 0000-2020"}, {"对比表", "+1#limit3", "≤2"}}, "单元格 N3（“≤2”）：同一标准的限值填在了两组列中"},
		"a remark without a title":      {[]change{{"对比表", "CA4", "备忘"}, {"对比表", "name4", "灰分"}}, "单元格 CA4（“备忘”）：这一列没有表头"},
		"a group of a standard deleted": {[]change{{"标准", "id4", "x"}, {"标准", "number4", "GB 1"}}, "单元格 J1（“GB/T 0000-2020 限值”）：工作表“标准”中没有"},
		"the column of names is gone":   {[]change{{"对比表", "name1", ""}, {"对比表", "name2", ""}}, "缺少必填的列“指标名称”"},
	} {
		t.Run(name, func(t *testing.T) {
			got := strings.Join(said(t, changed(t, tt.changes...), known), "\n")
			if !strings.Contains(got, tt.want) {
				t.Errorf("said:\n%s", got)
			}
		})
	}
}
