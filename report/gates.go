package report

import (
	"mingpin/assess"
	"mingpin/assess/programme"
)

// gates is the 申报条件 table: one row a gate with □是 □否, how it is known, and
// where the condition comes from.
func gates(in Input) []Block {
	t := Table{
		Columns: []Column{{Width: 1.1, Align: Center}, {Width: 8}, {Width: 2.8, Align: Center}, {Width: 3.4}, {Width: 5}},
		Head: [][]Cell{{
			{Spans: Text(in.word("number"))},
			{Spans: Text(in.word("gates.condition"))},
			{Spans: Text(in.word("gates.met"))},
			{Spans: Text(in.word("gates.how"))},
			{Spans: Text(in.word("provenance"))},
		}},
	}
	for i, r := range in.Evaluation.Gates {
		g, ok := in.Pack.Gate(r.Gate)
		if !ok {
			continue
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Spans: Text(itoa(i + 1))},
			{Spans: in.gateText(g)},
			{Spans: Value("gate."+g.ID, in.boxes(r))},
			{Spans: Value("gate."+g.ID+".how", in.how(r))},
			{Spans: in.provenance(g.Provenance)},
		}})
	}
	blocks := []Block{
		Break{},
		Heading{Level: 1, Text: in.word("gates.title"), ID: "gates"},
		Paragraph{Spans: Text(in.word("gates.note", map[string]string{"Date": in.date(in.Snapshot.Date)})), Indent: true},
		t,
	}
	return append(blocks, in.thresholds()...)
}

func (in Input) gateText(g programme.Gate) []Span {
	spans := []Span{{Text: in.pack(g.ID, "title"), Bold: true}}
	if text := in.pack(g.ID, "text"); text != "" {
		spans = append(spans, Span{Text: in.word("sentence.colon") + text})
	}
	return spans
}

// boxes prints the answer as the tick boxes of the paper form. What is not
// decided leaves both empty.
func (in Input) boxes(r assess.GateResult) string {
	switch {
	case r.State == programme.Skipped:
		return in.word("gates.skipped")
	case r.Passes():
		return in.word("gates.yes")
	case r.State == programme.Fails:
		return in.word("gates.no")
	}
	return in.word("gates.open")
}

func (in Input) how(r assess.GateResult) string {
	args := map[string]string{"By": r.By, "On": in.date(r.On)}
	switch r.State {
	case programme.Attested:
		return in.word("gates.attested", args)
	case programme.Unknown:
		return in.word("gates.unknown")
	case programme.Skipped:
		return in.word("gates.skipped")
	}
	if r.By != "" {
		return in.word("gates.attested", args)
	}
	return in.word("gates.computed")
}

// thresholds prints every parameter the user replaced, with the reason.
func (in Input) thresholds() []Block {
	if len(in.Snapshot.Thresholds) == 0 {
		return nil
	}
	t := Table{
		Caption: in.word("thresholds.title"),
		Columns: []Column{{Width: 5}, {Width: 2}, {Width: 2}, {Width: 6}, {Width: 3}},
		Head: [][]Cell{{
			{Spans: Text(in.word("thresholds.parameter"))},
			{Spans: Text(in.word("thresholds.pack"))},
			{Spans: Text(in.word("thresholds.used"))},
			{Spans: Text(in.word("thresholds.why"))},
			{Spans: Text(in.word("thresholds.by"))},
		}},
	}
	for _, th := range in.Snapshot.Thresholds {
		p, _ := in.Pack.Param(th.Parameter)
		original := p.Period
		if original == "" {
			original = p.Value.String()
		}
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Spans: Text(in.pack(th.Parameter, "title"))},
			{Spans: Text(in.words(original))},
			{Spans: Value("threshold."+th.Parameter, in.words(th.Value))},
			{Spans: Text(th.Why)},
			{Spans: Text(th.By + " " + in.date(th.On))},
		}})
	}
	return []Block{Space{MM: 4}, t}
}

// words says lengths of time the way people do.
func (in Input) words(value string) string { return assess.ReadableValue(in.Pack, in.Text, value) }
