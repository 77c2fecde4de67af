package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"mingpin/assess"
	"mingpin/assess/quantity"
)

// comparison is the 主要关键性能指标对比表: every indicator against every kind of
// standard the programme names, with three separate results, test method and
// report.
func comparison(in Input) []Block {
	if len(in.Snapshot.Indicators) == 0 {
		return nil
	}
	return []Block{
		Break{Landscape: true},
		Heading{Level: 1, Text: in.word("table.title"), ID: "table"},
		Paragraph{Spans: []Span{
			{Text: in.word("table.object")},
			{Text: in.Snapshot.Application.ProductName, Value: "application.product"},
			{Text: in.word("table.executes")},
			{Text: orBlank(in.executed().Number), Value: "standard.number"},
		}, Size: 9},
		in.comparisonTable(),
		Space{MM: 2},
		Paragraph{Spans: []Span{{Text: in.word("table.note"), Tone: Muted}}, Size: 7.5},
		in.standardsTable(),
		Break{},
	}
}

func (in Input) comparisonTable() Table {
	classes := in.classes()
	t := Table{Size: 7.5}
	head1 := in.headCells("number", "indicator", "unit")
	head2 := []Cell{}
	t.Columns = []Column{{Width: 0.9, Align: Center}, {Width: 3.5}, {Width: 1.7}}
	head1 = append(head1, Cell{Spans: Text(in.word("table.comparators")), Span: len(classes), Align: Center})
	for _, c := range classes {
		t.Columns = append(t.Columns, Column{Width: in.comparatorWidth(c), Align: Center})
		head2 = append(head2, Cell{Spans: Text(in.word("class." + c)), Align: Center})
	}
	head1 = append(head1, in.headCells("own", "measured", "level", "conforms", "physical", "improvement", "method", "report")...)
	t.Columns = append(t.Columns,
		Column{Width: 2.2, Align: Center}, Column{Width: 2.3, Align: Center}, Column{Width: 2, Align: Center},
		Column{Width: 1.7, Align: Center}, Column{Width: 3.8}, Column{Width: 1.7, Align: Right},
		Column{Width: 2.5}, Column{Width: 3.6})
	t.Head = [][]Cell{head1, head2}
	for i, ind := range in.indicators() {
		t.Rows = append(t.Rows, in.indicatorRow(i+1, ind, classes))
	}
	return t
}

// indicators are the rows in the order the applicant gave them.
func (in Input) indicators() []assess.Indicator {
	return slices.SortedStableFunc(slices.Values(in.Snapshot.Indicators), func(a, b assess.Indicator) int {
		return cmp.Compare(a.Order, b.Order)
	})
}

// always are the kinds of standards every comparison shows, filled or not: the
// founding text asks for international, national and industry standards
// (川质强省发〔2021〕1号 三(二)).
var always = []string{"international", "mandatory", "recommended", "industry"}

// comparatorWidth leaves little room to a column that has nothing to show.
func (in Input) comparatorWidth(class string) float64 {
	for _, ind := range in.Snapshot.Indicators {
		for _, c := range ind.Comparators {
			if std, ok := in.standard(c.Standard); ok && std.Class == class && !c.Limit.IsZero() {
				return 3.2
			}
		}
	}
	return 1.7
}

// classes are the columns of comparators: those of the pack that are always
// shown or have something to show, and whatever else is compared with.
func (in Input) classes() []string {
	used := map[string]bool{}
	for _, ind := range in.Snapshot.Indicators {
		for _, c := range ind.Comparators {
			if std, ok := in.standard(c.Standard); ok && !c.Limit.IsZero() {
				used[std.Class] = true
			}
		}
	}
	var classes []string
	for _, c := range in.Pack.Indicators.Columns {
		if used[c] || slices.Contains(always, c) {
			classes = append(classes, c)
		}
		delete(used, c)
	}
	return append(classes, slices.Sorted(maps.Keys(used))...)
}

func (in Input) headCells(keys ...string) []Cell {
	var cells []Cell
	for _, k := range keys {
		cells = append(cells, Cell{Spans: Text(in.word("table." + k)), Rows: 2, Align: Center})
	}
	return cells
}

func (in Input) indicatorRow(n int, ind assess.Indicator, classes []string) Row {
	r := in.result(ind.ID)
	id := "indicator." + ind.ID
	cells := []Cell{
		{Spans: Text(itoa(n))},
		{Spans: []Span{{Text: in.indicatorName(ind), Value: id + ".name", Bold: true}, {Text: "\n" + in.word("indicator."+ind.Class), Tone: Muted}}},
		{Spans: Value(id+".unit", orBlank(ind.Spec.Unit.Print(in.Text.Lang())))},
	}
	for _, c := range classes {
		cells = append(cells, Cell{Spans: in.comparators(ind, c)})
	}
	cells = append(cells,
		Cell{Spans: []Span{{Text: in.limit(ind.Own.Limit), Value: id + ".own", Bold: true}}},
		Cell{Spans: []Span{{Text: in.measured(ind.Measured.Value), Value: id + ".measured", Bold: true}}},
		Cell{Spans: []Span{in.level(ind, r, id+".level")}},
		Cell{Spans: []Span{in.conformity(r.Conforms, id+".conforms")}},
		Cell{Spans: in.physical(ind, r)},
		Cell{Spans: Value(id+".improvement", percent(r.Overall))},
		Cell{Spans: Value(id+".methods", orBlank(in.joined(ind.Measured.Methods)))},
		Cell{Spans: in.reportOf(ind.Measured, id+".report")},
	)
	return Row{Cells: cells}
}

func (in Input) indicatorName(ind assess.Indicator) string {
	if in.Text.Lang() == "en" && ind.NameEn != "" {
		return ind.NameEn
	}
	return ind.Name
}

func (in Input) result(id string) assess.IndicatorResult {
	for _, r := range in.Evaluation.Indicators {
		if r.Indicator == id {
			return r
		}
	}
	return assess.IndicatorResult{}
}

// comparators prints every limit of one class of standards, each under its
// number; what was not seen in an official text says 待核实.
func (in Input) comparators(ind assess.Indicator, class string) []Span {
	var spans []Span
	for _, c := range ind.Comparators {
		std, ok := in.standard(c.Standard)
		if !ok || std.Class != class || c.Limit.IsZero() {
			continue
		}
		if len(spans) > 0 {
			spans = append(spans, Span{Text: "\n"})
		}
		spans = append(spans,
			Span{Text: in.limit(c.Limit), Value: "indicator." + ind.ID + "." + c.Standard},
			Span{Text: "\n" + std.Number + strings.TrimRight("\n"+c.Clause, "\n"), Tone: Muted})
		if c.Unverified || std.Unverified {
			spans = append(spans, Span{Text: in.word("unverified"), Tone: Notice})
		}
	}
	if spans == nil {
		return Text(blank)
	}
	return spans
}

func (in Input) limit(l quantity.Limit) string {
	if l.IsZero() {
		return blank
	}
	return l.Print(in.Text.Lang())
}

func (in Input) measured(v quantity.Value) string { return orBlank(v.Print(in.Text.Lang())) }

// verdict prints a result as shape and word, never as colour alone.
func (in Input) verdict(r quantity.Result, value string) Span {
	if r.Verdict == "" {
		return Span{Text: blank, Value: value}
	}
	tone := Ink
	switch r.Verdict {
	case quantity.Better, quantity.Gap:
		tone = Holds
	case quantity.Worse:
		tone = Seal
	case quantity.Incomparable:
		tone = Notice
	}
	return Span{Text: in.word("verdict." + string(r.Verdict)), Value: value, Tone: tone}
}

// level prints the level of the own standard; a row nobody compared with
// anything has none. That an indicator fills a gap is printed only where the
// applicant claims it: the program knows the standards entered, not all there
// are.
func (in Input) level(ind assess.Indicator, r assess.IndicatorResult, value string) Span {
	if len(ind.Comparators) == 0 {
		return Span{Text: blank, Value: value}
	}
	if r.Overall.Verdict == quantity.Gap && ind.Claim != quantity.Gap {
		return Span{Text: in.word("unregulated"), Value: value}
	}
	return in.verdict(r.Overall, value)
}

func (in Input) conformity(c quantity.Conformity, value string) Span {
	switch {
	case !c.Known:
		return Span{Text: in.word("conforms.unknown"), Value: value, Tone: Notice}
	case c.Holds:
		return Span{Text: in.word("conforms.yes"), Value: value, Tone: Holds}
	}
	return Span{Text: in.word("conforms.no"), Value: value, Tone: Seal}
}

// physical prints the measured value against each comparator that sets a
// limit.
func (in Input) physical(ind assess.Indicator, r assess.IndicatorResult) []Span {
	var spans []Span
	for _, c := range r.Physical {
		std, ok := in.standard(c.Standard)
		if !ok || !setsLimit(ind, c.Standard) {
			continue
		}
		if len(spans) > 0 {
			spans = append(spans, Span{Text: "\n"})
		}
		spans = append(spans,
			in.verdict(c.Result, "indicator."+ind.ID+".physical."+c.Standard),
			Span{Text: " " + shortNumber(std.Number), Tone: Muted})
	}
	if spans == nil {
		return Text(blank)
	}
	return spans
}

func setsLimit(ind assess.Indicator, standard string) bool {
	for _, c := range ind.Comparators {
		if c.Standard == standard && !c.Limit.IsZero() {
			return true
		}
	}
	return false
}

// shortNumber leaves the year off a standard's number.
func shortNumber(n string) string {
	if i := strings.LastIndexAny(n, "-—"); i > 0 {
		return n[:i]
	}
	return n
}

func percent(r quantity.Result) string {
	if r.Improvement == nil {
		return blank
	}
	sign := ""
	if r.Improvement.Sign() > 0 {
		sign = "+"
	}
	return sign + r.Improvement.String() + "%"
}

// reportOf names the test report and its place in the volume.
func (in Input) reportOf(m assess.Measurement, value string) []Span {
	e, ok := in.evidence(m.Report)
	if !ok {
		return Value(value, blank)
	}
	spans := Value(value, orBlank(e.Number))
	for _, b := range in.bound() {
		if b.record.ID == e.ID {
			spans = append(spans, Span{Text: "\n" + in.word("annex", map[string]string{"N": b.number}), Tone: Muted})
		}
	}
	return spans
}

// standardsTable says what is known of each standard compared with, as of
// which day and from where; nothing is assumed in force.
func (in Input) standardsTable() Block {
	t := Table{
		Caption: in.word("standards.title"), Size: 7.5,
		Columns: []Column{{Width: 3}, {Width: 6}, {Width: 2}, {Width: 2}, {Width: 6}},
		Head: [][]Cell{{
			{Spans: Text(in.word("standards.number"))},
			{Spans: Text(in.word("standards.name"))},
			{Spans: Text(in.word("standards.class"))},
			{Spans: Text(in.word("standards.status"))},
			{Spans: Text(in.word("standards.source"))},
		}},
	}
	for _, s := range in.Snapshot.Standards {
		source := []Span{{Text: strings.TrimSpace(orBlank(s.StatusFrom) + " " + string(s.StatusOn))}}
		if s.Unverified {
			source = append(source, Span{Text: in.word("unverified"), Tone: Notice})
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Spans: Value("standard."+s.ID+".number", s.Number)},
			{Spans: Text(s.Title)},
			{Spans: Text(in.word("class." + s.Class))},
			{Spans: Value("standard."+s.ID+".status", in.word("status."+s.Status))},
			{Spans: source},
		}})
	}
	return t
}
