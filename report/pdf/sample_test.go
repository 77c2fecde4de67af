package pdf_test

import (
	"fmt"
	"strings"

	"mingpin/report"
)

// sample is a document with every kind of block.
func sample() report.Doc {
	return report.Doc{
		Title: "自我声明申报材料 低芥酸菜籽油", Author: "示例粮油有限公司", Subject: "天府名品", Keywords: "示例数据",
		Lang: "zh-CN", Mark: "示例数据", Footer: "第 %d 页 共 %d 页",
		Header: []report.Span{{Text: "示例粮油有限公司  低芥酸菜籽油"}},
		Blocks: concat(sampleCover(), sampleProse(), sampleTables(), sampleFigures()),
	}
}

func concat(parts ...[]report.Block) []report.Block {
	var out []report.Block
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

func sampleCover() []report.Block {
	pairs := report.Table{Columns: []report.Column{{Width: 3}, {Width: 7}}}
	for _, p := range [][2]string{
		{"申报单位", "示例粮油有限公司"},
		{"统一社会信用代码", "91510100MA00000001"},
		{"产品名称", "低芥酸菜籽油"},
		{"规格型号", "一级，5 L／桶、10 L／桶、20 L／桶"},
	} {
		pairs.Rows = append(pairs.Rows, report.Row{Cells: []report.Cell{
			{Spans: []report.Span{{Text: p[0], Tone: report.Muted}}}, {Spans: report.Value("cover."+p[0], p[1])},
		}})
	}
	return []report.Block{
		report.Space{MM: 30},
		report.Paragraph{Spans: []report.Span{{Text: "天府名品", Tone: report.Seal, Bold: true}}, Align: report.Center, Size: 20},
		report.Space{MM: 6},
		report.Heading{Text: "自我声明申报材料"},
		report.Paragraph{Spans: []report.Span{{Text: "产品类", Tone: report.Muted}}, Align: report.Center, Size: 14},
		report.Space{MM: 34},
		pairs,
		report.Break{},
		report.Contents{Title: "目录", Depth: 2},
	}
}

const statement = "本单位对所提交的申报材料、佐证材料和检验报告的真实性、准确性、完整性负责，" +
	"所声明的“低芥酸菜籽油”产品执行标准为 GB/T 1536-2021《菜籽油》，其酸价（以 KOH 计）不高于 0.30 mg/kg，" +
	"并承诺在有效期内持续符合声明的要求；如有虚假，愿意承担相应的法律责任。"

func sampleProse() []report.Block {
	list := report.List{}
	for i, s := range []string{"营业执照合法有效，近三年无重大质量安全事故；", statement, "质量管理体系覆盖申报产品。"} {
		list.Items = append(list.Items, report.Item{Label: []string{"（一）", "（二）", "（三）"}[i], Spans: report.Text(s)})
	}
	return []report.Block{
		report.Break{},
		report.Heading{Level: 1, Text: "自我声明书", ID: "declaration"},
		report.Paragraph{Spans: report.Text(statement), Indent: true},
		report.Paragraph{Spans: report.Text(strings.Repeat(statement, 3)), Indent: true},
		report.Heading{Level: 2, Text: "声明内容"},
		list,
		report.KeepTogether{Blocks: []report.Block{report.Field{
			Name:   "legal-representative",
			Labels: []report.Span{{Text: "法定代表人（签字）："}, {Text: "姓名：王𬭚　职务：董事长", Value: "signer"}, {Text: "日期：　　　　年　　月　　日"}},
			Hint:   "签字／盖章", Note: "电子签名以文件内的数字签名为准；纸质件在框内签字并加盖公章。",
		}}},
		report.KeepTogether{Blocks: []report.Block{report.Field{
			Name:   "quality",
			Labels: []report.Span{{Text: "首席质量官（签字）："}, {Text: "日期：　　　　年　　月　　日"}},
			Hint:   "签字／盖章",
		}}},
	}
}

func sampleTables() []report.Block {
	return []report.Block{
		report.Break{},
		report.Heading{Level: 1, Text: "申报条件", ID: "gates"},
		gateTable(),
		report.Break{Landscape: true},
		report.Heading{Level: 1, Text: "主要关键性能指标对比表", ID: "table"},
		comparison(14),
		report.Break{},
	}
}

func gateTable() report.Table {
	t := report.Table{
		Caption: "表 1　申报条件核对",
		Columns: []report.Column{{Width: 1, Align: report.Center}, {Width: 7}, {Width: 2.4, Align: report.Center}, {Width: 5}},
		Head:    [][]report.Cell{{{Spans: report.Text("序号")}, {Spans: report.Text("条件")}, {Spans: report.Text("是否符合")}, {Spans: report.Text("依据")}}},
	}
	for i := range 40 {
		if i%10 == 0 {
			t.Rows = append(t.Rows, report.Row{Group: true, Cells: []report.Cell{{Spans: report.Text(fmt.Sprintf("附件 %d　主体资格与合规", i/10+1)), Span: 4}}})
		}
		met := "☑是　☐否"
		if i%7 == 3 {
			met = "□是　☒否"
		}
		t.Rows = append(t.Rows, report.Row{Cells: []report.Cell{
			{Spans: report.Text(fmt.Sprint(i + 1))},
			{Spans: []report.Span{{Text: "近三年无质量安全事故", Bold: true}, {Text: "：" + string([]rune(statement)[:25*(1+i%3)])}}},
			{Spans: report.Value(fmt.Sprintf("gate.%d", i), met)},
			{Spans: report.Text("《中华人民共和国产品质量法》第十二条")},
		}})
	}
	return t
}

func comparison(rows int) report.Table {
	t := report.Table{Size: 7.5, Columns: []report.Column{
		{Width: 0.9, Align: report.Center},
		{Width: 3.4},
		{Width: 1.6, Align: report.Center},
		{Width: 2.5, Align: report.Center},
		{Width: 2.5, Align: report.Center},
		{Width: 2.5, Align: report.Center},
		{Width: 2, Align: report.Center},
		{Width: 2, Align: report.Center},
		{Width: 2, Align: report.Center},
		{Width: 2.8},
		{Width: 2.6},
	}}
	two := func(s string) report.Cell { return report.Cell{Spans: report.Text(s), Rows: 2, Align: report.Center} }
	one := func(s string) report.Cell { return report.Cell{Spans: report.Text(s), Align: report.Center} }
	t.Head = [][]report.Cell{
		{two("序号"), two("指标"), two("单位"), {Spans: report.Text("对比标准"), Span: 3, Align: report.Center}, two("本产品标准"), two("实测值"), two("判定"), two("检验方法"), two("检验报告")},
		{one("国际标准"), one("国家标准"), one("行业标准")},
	}
	for i := range rows {
		id := fmt.Sprintf("indicator.%d", i)
		t.Rows = append(t.Rows, report.Row{Cells: []report.Cell{
			{Spans: report.Text(fmt.Sprint(i + 1))},
			{Spans: []report.Span{{Text: "酸价（以 KOH 计）", Bold: true, Value: id + ".name"}, {Text: " 关键指标", Tone: report.Muted}}},
			{Spans: report.Value(id+".unit", "mg/kg")},
			{Spans: []report.Span{{Text: "≤ 4.0", Value: id + ".cxs"}, {Text: "\nCXS 210-1999 3.1", Tone: report.Muted}, {Text: "待核实", Tone: report.Notice}}},
			{Spans: []report.Span{{Text: "≤ 3"}, {Text: "\nGB 2716-2018", Tone: report.Muted}}},
			{Spans: []report.Span{{Text: "≤ 1.5"}, {Text: "\nGB/T 1536-2021 一级", Tone: report.Muted}}},
			{Spans: []report.Span{{Text: "≤ 0.30", Bold: true, Value: id + ".own"}}},
			{Spans: []report.Span{{Text: "0.24", Bold: true, Value: id + ".measured"}}},
			{Spans: []report.Span{{Text: "▲ 优于", Tone: report.Holds, Value: id + ".level"}}},
			{Spans: report.Value(id+".methods", "GB 5009.229-2016 第一法")},
			{Spans: report.Value(id+".report", "示检字（2026）第0001号（附件 7-2）")},
		}})
	}
	return t
}

func sampleFigures() []report.Block {
	radar := report.Radar{Caption: "图 1　各维度得分"}
	for i, a := range []string{"质量水平", "标准引领", "创新能力", "品牌影响", "社会责任与可持续发展"} {
		radar.Axes = append(radar.Axes, report.Axis{Label: a, Score: []string{"92.5", "78", "64.3", "85", "71.25"}[i], Value: "score." + a})
	}
	return []report.Block{
		report.Heading{Level: 1, Text: "自评报告"},
		radar,
		report.Paragraph{Spans: []report.Span{{Text: "材料摘要（SHA-256）："}, {Text: strings.Repeat("0123456789abcdef", 4), Value: "digest"}}},
		report.Paragraph{Spans: []report.Span{{Text: "符号：　①②⑳ □ ☑ ☐ ☒ ● ▲ ■ ★ ℃ μ ≥ ≤ ± × – — CO₂ 10⁻⁶ m³ ✓ ✗"}}},
	}
}
