package report

import (
	"mingpin/assess"
)

// Internal is the 内部报告: meters, open issues, gaps, actions and comments. It
// is made for the applicant and never handed in.
func Internal(in Input) Doc {
	doc := in.doc(in.word("internal.title"))
	doc.Blocks = []Block{
		Heading{Level: 0, Text: in.word("internal.title")},
		Paragraph{Spans: []Span{{Text: in.word("internal.note"), Tone: Seal}}, Align: Center},
	}
	for _, section := range []func(Input) []Block{readiness, issues, gaps, actions, comments} {
		doc.Blocks = append(doc.Blocks, section(in)...)
	}
	return doc
}

// readiness shows outcome, score and the four meters, over all and by
// dimension.
func readiness(in Input) []Block {
	e := in.Evaluation
	outcome := in.word("outcome.none")
	if e.Outcome != "" {
		outcome = in.pack(e.Outcome, "title")
	}
	t := Table{
		Columns: []Column{{Width: 4}, {Width: 2, Align: Right}, {Width: 2, Align: Right}, {Width: 2, Align: Right}, {Width: 2, Align: Right}, {Width: 2, Align: Right}},
		Head: [][]Cell{{
			{Spans: Text(in.word("dimension"))},
			{Spans: Text(in.word("score"))},
			{Spans: Text(in.word("meter.answered"))},
			{Spans: Text(in.word("meter.proven"))},
			{Spans: Text(in.word("meter.conforming"))},
			{Spans: Text(in.word("meter.approved"))},
		}},
	}
	for _, d := range e.Dimensions {
		t.Rows = append(t.Rows, in.meterRow(in.pack(d.Dimension, "title"), d.Score.Value.String(), d.Meters))
	}
	total := in.meterRow(in.word("total"), e.Score.Value.String(), e.Meters)
	for i := range total.Cells {
		total.Cells[i].Spans[0].Bold = true
	}
	t.Rows = append(t.Rows, total)
	return []Block{
		Heading{Level: 1, Text: in.word("readiness.title")},
		Paragraph{Spans: []Span{{Text: in.word("readiness.outcome")}, {Text: outcome, Bold: true}}},
		t, in.radar(),
	}
}

func (in Input) meterRow(name, score string, m assess.Meters) Row {
	row := Row{Cells: []Cell{{Spans: Text(name)}, {Spans: Text(score)}}}
	for _, meter := range []assess.Meter{m.Answered, m.Proven, m.Conforming, m.Approved} {
		row.Cells = append(row.Cells, Cell{Spans: Text(itoa(meter.Done) + "/" + itoa(meter.Of))})
	}
	return row
}

func issues(in Input) []Block {
	t := Table{
		Columns: []Column{{Width: 2.6}, {Width: 1.9}, {Width: 9.5}, {Width: 4.5}},
		Head: [][]Cell{{
			{Spans: Text(in.word("issue.severity"))},
			{Spans: Text(in.word("issue.rule"))},
			{Spans: Text(in.word("issue.message"))},
			{Spans: Text(in.word("provenance"))},
		}},
	}
	for _, i := range in.Evaluation.Issues {
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Spans: []Span{{Text: in.word("severity." + string(i.Severity)), Tone: severityTone(i.Severity)}}},
			{Spans: Text(i.Rule)},
			{Spans: Text(in.Text.T(i.Key, assess.Readable(in.Pack, in.Text, i.Args)))},
			{Spans: []Span{{Text: orBlank(i.Clause), Tone: Muted}}},
		}})
	}
	if len(t.Rows) == 0 {
		return []Block{Heading{Level: 1, Text: in.word("issues.title")}, Paragraph{Spans: Text(in.word("issues.none"))}}
	}
	return []Block{Heading{Level: 1, Text: in.word("issues.title")}, t}
}

func severityTone(s assess.Severity) Tone {
	switch s {
	case assess.Block:
		return Seal
	case assess.Quality:
		return Notice
	}
	return Muted
}

// gaps lists the requirements that apply and do not conform or are not proven.
func gaps(in Input) []Block {
	t := Table{
		Columns: []Column{{Width: 1.5}, {Width: 8}, {Width: 3}, {Width: 3}, {Width: 3}},
		Head: [][]Cell{{
			{Spans: Text(in.word("clause"))},
			{Spans: Text(in.word("requirement"))},
			{Spans: Text(in.word("rating"))},
			{Spans: Text(in.word("gap.conforming"))},
			{Spans: Text(in.word("gap.proven"))},
		}},
	}
	for _, r := range in.Evaluation.Requirements {
		req, ok := in.Pack.Requirement(r.Requirement)
		if !ok || !r.Applies || r.NotApplicable || (r.Conforming && r.Proven) {
			continue
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Spans: Text(req.Clause)},
			{Spans: Text(in.pack(req.ID, "title"))},
			{Spans: Text(in.rating(req, in.finding(req.ID), r))},
			{Spans: []Span{in.yes(r.Conforming)}},
			{Spans: []Span{in.yes(r.Proven)}},
		}})
	}
	if len(t.Rows) == 0 {
		return []Block{Heading{Level: 1, Text: in.word("gaps.title")}, Paragraph{Spans: Text(in.word("gaps.none"))}}
	}
	return []Block{Heading{Level: 1, Text: in.word("gaps.title")}, t}
}

func (in Input) yes(ok bool) Span {
	if ok {
		return Span{Text: in.word("yes"), Tone: Holds}
	}
	return Span{Text: in.word("no"), Tone: Seal}
}

func actions(in Input) []Block {
	if len(in.Snapshot.Actions) == 0 {
		return nil
	}
	t := Table{
		Columns: []Column{{Width: 3}, {Width: 7}, {Width: 3}, {Width: 3}, {Width: 2, Align: Right}},
		Head: [][]Cell{{
			{Spans: Text(in.word("action.target"))},
			{Spans: Text(in.word("action.text"))},
			{Spans: Text(in.word("action.owner"))},
			{Spans: Text(in.word("action.due"))},
			{Spans: Text(in.word("action.cost"))},
		}},
	}
	for _, a := range in.Snapshot.Actions {
		due := in.date(a.Due)
		if !a.Done.IsZero() {
			due = in.word("action.done", map[string]string{"Date": in.date(a.Done)})
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Spans: Text(in.target(a.Target))},
			{Spans: Text(a.Text)},
			{Spans: Text(orBlank(a.Owner))},
			{Spans: Text(due)},
			{Spans: Text(orBlank(a.Cost))},
		}})
	}
	return []Block{Heading{Level: 1, Text: in.word("actions.title")}, t}
}

// target names what an action is for by its title.
func (in Input) target(id string) string {
	if in.Pack.HasText(in.Text.Lang(), id, "title") {
		return in.pack(id, "title")
	}
	for _, ind := range in.Snapshot.Indicators {
		if ind.ID == id {
			return in.indicatorName(ind)
		}
	}
	return id
}

func comments(in Input) []Block {
	t := Table{
		Columns: []Column{{Width: 5}, {Width: 10}, {Width: 3}},
		Head: [][]Cell{{
			{Spans: Text(in.word("requirement"))}, {Spans: Text(in.word("comment"))}, {Spans: Text(in.word("comment.by"))},
		}},
	}
	for _, f := range in.Snapshot.Findings {
		if f.Comment != "" {
			t.Rows = append(t.Rows, Row{Cells: []Cell{
				{Spans: Text(in.pack(f.Requirement, "title"))}, {Spans: Text(f.Comment)}, {Spans: Text(orBlank(f.By))},
			}})
		}
	}
	if len(t.Rows) == 0 {
		return nil
	}
	return []Block{Heading{Level: 1, Text: in.word("comments.title")}, t}
}
