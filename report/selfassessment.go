package report

import (
	"strings"

	"mingpin/assess"
	"mingpin/assess/programme"
)

// selfAssessment is the 自评报告: the outcome by dimension with its figure, then
// each requirement with rating, statement and evidence.
func selfAssessment(in Input) []Block {
	blocks := []Block{
		Break{},
		Heading{Level: 1, Text: in.word("self.title"), ID: "self-assessment"},
		Paragraph{Spans: Text(in.word("self.note")), Indent: true},
		in.scores(),
		in.radar(),
	}
	for _, d := range in.Pack.Dimensions {
		blocks = append(blocks, in.dimension(d)...)
	}
	return blocks
}

func (in Input) scores() Block {
	t := Table{
		Caption: in.word("self.scores"),
		Columns: []Column{{Width: 5}, {Width: 2, Align: Right}, {Width: 2, Align: Right}},
		Head:    [][]Cell{{{Spans: Text(in.word("dimension"))}, {Spans: Text(in.word("weight")), Align: Right}, {Spans: Text(in.word("score")), Align: Right}}},
	}
	for _, d := range in.Evaluation.Dimensions {
		dim := in.dimensionOf(d.Dimension)
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Spans: Text(in.pack(d.Dimension, "title"))},
			{Spans: Text(dim.Weight.String() + "%")},
			{Spans: Value("score."+d.Dimension, d.Score.Value.String())},
		}})
	}
	t.Rows = append(t.Rows, Row{Cells: []Cell{
		{Spans: []Span{{Text: in.word("total"), Bold: true}}},
		{Spans: []Span{{Text: "100%", Bold: true}}},
		{Spans: []Span{{Text: in.Evaluation.Score.Value.String(), Value: "score", Bold: true}}},
	}})
	return t
}

func (in Input) dimensionOf(id string) programme.Dimension {
	for _, d := range in.Pack.Dimensions {
		if d.ID == id {
			return d
		}
	}
	return programme.Dimension{}
}

func (in Input) radar() Block {
	r := Radar{Caption: in.word("self.radar")}
	for _, d := range in.Evaluation.Dimensions {
		r.Axes = append(r.Axes, Axis{
			Label: in.pack(d.Dimension, "title"), Score: d.Score.Value.String(), Value: "score." + d.Dimension,
		})
	}
	return r
}

// dimension is one chapter of the report.
func (in Input) dimension(d programme.Dimension) []Block {
	t := Table{
		Columns: []Column{{Width: 1.4}, {Width: 5.6}, {Width: 3, Align: Center}, {Width: 8.2}, {Width: 3}},
		Head: [][]Cell{{
			{Spans: Text(in.word("clause"))},
			{Spans: Text(in.word("requirement"))},
			{Spans: Text(in.word("rating"))},
			{Spans: Text(in.word("statement"))},
			{Spans: Text(in.word("evidence"))},
		}},
	}
	for _, r := range in.Evaluation.Requirements {
		req, ok := in.Pack.Requirement(r.Requirement)
		if !ok || req.Dimension != d.ID || !r.Applies {
			continue
		}
		t.Rows = append(t.Rows, in.requirementRow(req, r))
	}
	return []Block{Heading{Level: 2, Text: in.pack(d.ID, "title"), ID: d.ID}, t}
}

func (in Input) requirementRow(req programme.Requirement, r assess.RequirementResult) Row {
	f := in.finding(req.ID)
	text := []Span{{Text: in.pack(req.ID, "title"), Bold: true}}
	if !req.Provenance.Blocks() {
		text = append(text, Span{Text: "\n" + strings.TrimSpace(in.word("unverified")), Tone: Notice})
	}
	return Row{Cells: []Cell{
		{Spans: Text(req.Clause)},
		{Spans: text},
		{Spans: Value("finding."+req.ID+".rating", in.rating(req, f, r))},
		{Spans: Value("finding."+req.ID+".statement", orBlank(in.statement(f)))},
		{Spans: in.evidenceNumbers(f.Evidence)},
	}}
}

func (in Input) finding(requirement string) assess.Finding {
	for _, f := range in.Snapshot.Findings {
		if f.Requirement == requirement {
			return f
		}
	}
	return assess.Finding{}
}

func (in Input) rating(req programme.Requirement, f assess.Finding, r assess.RequirementResult) string {
	switch {
	case r.NotApplicable:
		return in.word("rating.na")
	case f.Rating == "":
		return in.word("rating.none")
	}
	return in.pack(req.Scale+"."+f.Rating, "title")
}

func (in Input) statement(f assess.Finding) string {
	if f.NotApplicable != "" {
		return strings.TrimSpace(in.pack(f.NotApplicable, "title") + " " + f.Reason)
	}
	return strings.TrimSpace(f.Statement)
}

// evidenceNumbers names the evidence by its number in the evidence index.
func (in Input) evidenceNumbers(ids []string) []Span {
	var numbers []string
	for _, e := range in.bound() {
		for _, id := range ids {
			if e.record.ID == id {
				numbers = append(numbers, e.number)
			}
		}
	}
	return Text(orBlank(strings.Join(numbers, in.word("list.separator"))))
}
