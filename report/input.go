package report

import (
	"strings"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/assets"
)

// An Input is what every section is made from: one snapshot, the pack it is
// judged by, what it amounts to, and the texts of its language.
type Input struct {
	Pack       *programme.Pack
	Snapshot   assess.Snapshot
	Evaluation assess.Evaluation
	Text       *assets.Text
	Annexes    []Annex // how each piece of evidence is bound; empty while only values matter
}

// An Annex says how one piece of evidence appears in the volume.
type Annex struct {
	Evidence string // evidence id
	Pages    []AnnexPage
	Problem  string // catalogue key of why only an index page stands for the file; empty when its pages are bound
}

// An AnnexPage is one page of bound evidence.
type AnnexPage struct{ Landscape bool }

// word says key of the report's catalogue.
func (in Input) word(key string, args ...map[string]string) string {
	return in.Text.T("report."+key, args...)
}

// pack says the text of a pack item in the report's language.
func (in Input) pack(id, aspect string) string {
	return in.Pack.Text(in.Text.Lang(), id, aspect)
}

// blank is what stands where nothing was entered.
const blank = "—"

func orBlank(s string) string {
	if strings.TrimSpace(s) == "" {
		return blank
	}
	return s
}

// joined lists the words with the separator of the report's language.
func (in Input) joined(words []string) string {
	return strings.Join(words, in.word("list.separator"))
}

// provenance says where an item comes from; whatever has no official source
// carries 待核实.
func (in Input) provenance(p programme.Provenance) []Span {
	name := p.From
	for _, b := range in.Pack.Basis {
		if b.ID == p.From {
			name = in.basis(b)
		}
	}
	if name == "" {
		name = in.word("provenance.own")
	}
	spans := []Span{{Text: strings.TrimSpace(name + " " + p.At), Tone: Muted}}
	if !p.Blocks() {
		spans = append(spans, Span{Text: in.word("unverified"), Tone: Notice})
	}
	return spans
}

func (in Input) basis(b programme.Basis) string {
	title := b.Title
	if in.Text.Lang() == "zh-CN" && !strings.ContainsAny(title, "《》") {
		title = "《" + title + "》"
	}
	if b.Number != "" {
		title += in.word("basis.number", map[string]string{"Number": b.Number})
	}
	return title
}

// evidence finds a record by id.
func (in Input) evidence(id string) (assess.Evidence, bool) {
	for _, e := range in.Snapshot.Evidence {
		if e.ID == id {
			return e, true
		}
	}
	return assess.Evidence{}, false
}

// standard finds a standard by id.
func (in Input) standard(id string) (assess.Standard, bool) {
	for _, s := range in.Snapshot.Standards {
		if s.ID == id {
			return s, true
		}
	}
	return assess.Standard{}, false
}

// date prints a calendar date the way the language writes it.
func (in Input) date(d assess.Date) string {
	if d.IsZero() || len(d) != len("2006-01-02") {
		return blank
	}
	s := string(d)
	return in.word("date", map[string]string{
		"Year": s[:4], "Month": strings.TrimPrefix(s[5:7], "0"), "Day": strings.TrimPrefix(s[8:], "0"),
	})
}
