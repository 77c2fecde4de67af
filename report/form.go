package report

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/assess/quantity"
)

func itoa(n int) string { return strconv.Itoa(n) }

// form is the 申请表: the programme's fields, filled from the snapshot. Fields
// for others (推荐意见) stay blank.
func form(in Input) []Block {
	blocks := []Block{Break{}, Heading{Level: 1, Text: in.word("form.title"), ID: "form"}}
	src := newSources(in)
	for _, section := range in.Pack.Form {
		blocks = append(blocks, Heading{Level: 2, Text: in.pack(section.ID, "title"), ID: section.ID})
		blocks = append(blocks, in.formTables(src, section)...)
	}
	return blocks
}

// formTables sets a section's single values as pairs and its yearly facts as a
// grid of years.
func (in Input) formTables(src sources, section programme.FormSection) []Block {
	var single []pair
	var yearly []programme.FormField
	var blocks []Block
	for _, f := range section.Fields {
		switch {
		case f.Years > 0:
			yearly = append(yearly, f)
		case f.Blank:
			blocks = append(blocks, in.blankBox(f))
		default:
			single = append(single, pair{in.pack(f.ID, "title"), Value("form."+f.ID, orBlank(src.value(f)))})
		}
	}
	var out []Block
	if len(single) > 0 {
		out = append(out, in.pairs(single))
	}
	if len(yearly) > 0 {
		out = append(out, in.years(src, yearly))
	}
	return append(out, blocks...)
}

// blankBox leaves room for the words and seal of an office.
func (in Input) blankBox(f programme.FormField) Block {
	return KeepTogether{Blocks: []Block{Field{
		Labels: []Span{{Text: in.pack(f.ID, "title")}, {Text: in.word("form.office")}, {Text: in.word("signer.date")}},
		Hint:   in.word("form.seal"),
		Note:   in.word("form.blank"),
	}}}
}

func (in Input) years(src sources, fields []programme.FormField) Table {
	n := 0
	for _, f := range fields {
		n = max(n, f.Years)
	}
	last := in.Snapshot.Date.Year() - 1
	t := Table{Columns: []Column{{Width: 4}}, Head: [][]Cell{{{Spans: Text(in.word("form.item"))}}}}
	for y := last - n + 1; y <= last; y++ {
		t.Columns = append(t.Columns, Column{Width: 2, Align: Right})
		t.Head[0] = append(t.Head[0], Cell{Spans: Text(in.word("year", map[string]string{"Year": itoa(y)})), Align: Right})
	}
	for _, f := range fields {
		row := Row{Cells: []Cell{{Spans: Text(in.pack(f.ID, "title"))}}}
		for y := last - n + 1; y <= last; y++ {
			row.Cells = append(row.Cells, Cell{Spans: Value("form."+f.ID+"."+itoa(y), orBlank(src.fact(factOf(f), y)))})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// FormValue is what the application form prints for field f; false when f's
// source does not exist.
func FormValue(in Input, f programme.FormField) (string, bool) {
	src := newSources(in)
	if f.Years > 0 || strings.HasPrefix(f.Source, "fact:") {
		_, ok := in.Pack.Concepts[factOf(f)]
		return src.value(f), ok
	}
	return src.value(f), f.Blank || f.Source == "" || src.known(f.Source)
}

// sources finds what a form field prints: a path into the snapshot's own JSON
// (client.legal.name, application.brand.number, standard.number), or a fact.
type sources struct {
	in   Input
	tree map[string]any
}

func newSources(in Input) sources {
	s := in.Snapshot
	tree := map[string]any{}
	for name, v := range map[string]any{
		"client": s.Client, "application": s.Application,
		"standard": in.executed(), "declaration": s.Declaration,
	} {
		tree[name] = asTree(v)
	}
	return sources{in: in, tree: tree}
}

func asTree(v any) any {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // our own types
	}
	var t any
	if err := json.Unmarshal(data, &t); err != nil {
		panic(err)
	}
	return t
}

func (s sources) value(f programme.FormField) string {
	switch {
	case strings.HasPrefix(f.Source, "fact:"):
		return s.fact(factOf(f), 0)
	case f.Source == "":
		return s.in.Snapshot.Application.Form[f.ID]
	}
	return s.print(f.Source, s.at(f.Source))
}

func factOf(f programme.FormField) string { return strings.TrimPrefix(f.Source, "fact:") }

func (s sources) at(path string) any {
	var v any = s.tree
	for _, step := range strings.Split(path, ".") {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[step]
	}
	return v
}

// formPaths are the paths a form may name, beside those that are always in the
// JSON of a snapshot; optional ones are left out of the JSON while empty.
var formPaths = []string{
	"client.name", "client.nameEn", "client.code", "client.region", "client.address", "client.type",
	"client.scale", "client.industry", "client.founded", "client.employees", "client.profile",
	"client.legal.name", "client.legal.title", "client.legal.phone", "client.legal.mail",
	"client.quality.name", "client.quality.title", "client.quality.phone", "client.quality.mail",
	"client.quality.since", "client.quality.act",
	"client.contact.name", "client.contact.title", "client.contact.phone", "client.contact.mail",
	"application.track", "application.object", "application.productName", "application.models",
	"application.launchedOn", "application.licences", "application.description",
	"application.brand.name", "application.brand.number", "application.brand.class",
	"application.brand.goods", "application.brand.holder", "application.brand.expires",
	"application.places",
	"standard.number", "standard.title", "standard.class", "standard.status", "standard.from",
	"standard.statusOn", "standard.statusFrom", "standard.reviewed",
	"standard.published.platform", "standard.published.on", "standard.published.number", "standard.published.lower",
	"declaration.number", "declaration.on", "declaration.place", "declaration.validUntil",
}

func (s sources) known(path string) bool { return slices.Contains(formPaths, path) }

// print writes a value as a person reads it: dates in the language's form,
// codes by their names.
func (s sources) print(path string, v any) string {
	switch v := v.(type) {
	case string:
		return s.word(path, v)
	case []any:
		var words []string
		for _, e := range v {
			words = append(words, s.print(path, e))
		}
		return s.in.joined(words)
	}
	return ""
}

func (s sources) word(path, v string) string {
	if path == "application.places" {
		return s.place(v)
	}
	if path == "application.track" {
		return s.in.pack(v, "title")
	}
	if d, err := programme.ParseDate(v); err == nil && d != "" {
		return s.in.date(d)
	}
	if key := "report.code." + path + "." + v; v != "" && s.in.Text.Has(key) {
		return s.in.Text.T(key)
	}
	return v
}

func (s sources) place(id string) string {
	for _, sub := range s.in.Snapshot.Subjects {
		if sub.ID == id {
			return strings.TrimSpace(sub.Name + " " + sub.Place)
		}
	}
	return id
}

// fact prints the latest confirmed fact of a concept, of the given year or, for
// year 0, of any.
func (s sources) fact(concept string, year int) string {
	var best *assess.Fact
	for i, f := range s.in.Snapshot.Facts {
		if f.Concept != concept || f.Pending || (year != 0 && f.Year != year) || f.None {
			continue
		}
		if best == nil || later(f, *best) {
			best = &s.in.Snapshot.Facts[i]
		}
	}
	if best == nil {
		return ""
	}
	return s.factText(*best)
}

func later(a, b assess.Fact) bool {
	if a.Year != b.Year {
		return a.Year > b.Year
	}
	return a.Period.From > b.Period.From
}

func (s sources) factText(f assess.Fact) string {
	key := "report.code." + f.Concept + "." + f.Value
	switch {
	case s.in.Text.Has(key):
		return s.in.Text.T(key)
	case f.Unit != "":
		return f.Value + " " + quantity.Unit(f.Unit).Print(s.in.Text.Lang())
	}
	if d, err := programme.ParseDate(f.Value); err == nil && d != "" {
		return s.in.date(d)
	}
	return f.Value
}
