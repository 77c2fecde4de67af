package report

import (
	"fmt"
	"path"
	"strings"

	"mingpin/assess"
	"mingpin/assess/programme"
)

// A bound is one piece of evidence at its place in the volume: annex number and
// place within it, "7-2".
type bound struct {
	number string
	annex  programme.Annex
	record assess.Evidence
}

// bound lists the evidence in annex order; what serves in several annexes
// stands in the first. Evidence without a place comes last.
func (in Input) bound() []bound {
	var list []bound
	seen := map[string]bool{}
	n := 0
	for _, a := range in.Evaluation.Annexes {
		annex, _ := in.Pack.Annex(a.Annex)
		if !a.Applies {
			continue
		}
		n++
		place := 0
		for _, id := range a.Evidence {
			e, ok := in.evidence(id)
			if !ok || seen[id] {
				continue
			}
			seen[id] = true
			place++
			list = append(list, bound{number: fmt.Sprintf("%d-%d", n, place), annex: annex, record: e})
		}
	}
	place := 0
	for _, e := range in.Snapshot.Evidence {
		if !seen[e.ID] {
			place++
			list = append(list, bound{number: fmt.Sprintf("%d-%d", n+1, place), record: e})
		}
	}
	return list
}

// evidenceIndex lists the materials in annex order, each file with its digest,
// so that the signature over the volume binds the files too.
func evidenceIndex(in Input) []Block {
	t := Table{
		Columns: []Column{{Width: 1.5}, {Width: 6}, {Width: 4}, {Width: 3.2}, {Width: 6.5}},
		Head: [][]Cell{{
			{Spans: Text(in.word("number"))},
			{Spans: Text(in.word("evidence.title"))},
			{Spans: Text(in.word("evidence.issuer"))},
			{Spans: Text(in.word("evidence.dates"))},
			{Spans: Text(in.word("evidence.digest"))},
		}},
		Size: 7.5,
	}
	list := in.bound()
	n := 0
	for _, a := range in.Evaluation.Annexes {
		annex, _ := in.Pack.Annex(a.Annex)
		if !a.Applies {
			continue
		}
		n++
		t.Rows = append(t.Rows, in.annexRow(n, annex, a))
		for _, b := range list {
			if b.annex.ID == annex.ID {
				t.Rows = append(t.Rows, in.evidenceRow(b))
			}
		}
	}
	t.Rows = append(t.Rows, in.otherRows(list)...)
	return []Block{
		Break{},
		Heading{Level: 1, Text: in.word("evidence.index"), ID: "evidence"},
		Paragraph{Spans: Text(in.word("evidence.note")), Indent: true},
		t,
		in.witness(),
	}
}

// witness prints the head of the vault's chain of changes, as text and as QR
// code. Whoever holds the volume can tell from it a history that was cut off
// or written anew.
func (in Input) witness() Block {
	h := in.Snapshot.History
	return KeepTogether{Blocks: []Block{Code{
		Text: "mingpin:" + in.Snapshot.Client.Code + ":" + itoa(int(h.Ops)) + ":" + h.Head,
		Lines: [][]Span{
			{{Text: in.word("history.title"), Bold: true}},
			{{Text: in.word("history.note"), Tone: Muted}},
			{{Text: in.word("history.ops") + "  "}, {Text: itoa(int(h.Ops)), Value: "history.ops"}},
			{{Text: in.word("history.head") + "  "}, {Text: orBlank(h.Head), Value: "history.head"}},
		},
	}}}
}

func (in Input) annexRow(n int, annex programme.Annex, a assess.AnnexResult) Row {
	title := in.word("annex", map[string]string{"N": itoa(n)}) + " " + in.pack(annex.ID, "title")
	spans := []Span{{Text: title}}
	switch {
	case annex.Section != "":
		spans = append(spans, Span{Text: in.word("annex.inside"), Tone: Muted})
	case len(a.Evidence) == 0:
		spans = append(spans, Span{Text: in.word("annex.empty"), Tone: Notice})
	}
	return Row{Group: true, Cells: []Cell{{Spans: spans, Span: 5}}}
}

func (in Input) otherRows(list []bound) []Row {
	var rows []Row
	for _, b := range list {
		if b.annex.ID != "" {
			continue
		}
		if rows == nil {
			rows = append(rows, Row{Group: true, Cells: []Cell{{Spans: Text(in.word("annex.other")), Span: 5}}})
		}
		rows = append(rows, in.evidenceRow(b))
	}
	return rows
}

func (in Input) evidenceRow(b bound) Row {
	e := b.record
	issuer := orBlank(e.Issuer)
	if e.Number != "" {
		issuer += " " + e.Number
	}
	return Row{Cells: []Cell{
		{Spans: Text(b.number)},
		{Spans: []Span{
			{Text: e.Title, Value: "evidence." + e.ID + ".title"},
			{Text: fileName(e), Tone: Muted},
		}},
		{Spans: Text(issuer)},
		{Spans: Text(in.dates(e))},
		{Spans: Value("evidence."+e.ID+".digest", e.Digest)},
	}}
}

// media names a kind of file the way people do.
func (in Input) media(e assess.Evidence) string {
	if ext := strings.ToUpper(strings.TrimPrefix(path.Ext(e.Name), ".")); ext != "" {
		return in.word("media", map[string]string{"Ext": ext})
	}
	return e.Media
}

// fileName is the name of the file where it says more than the title.
func fileName(e assess.Evidence) string {
	if strings.TrimSuffix(e.Name, path.Ext(e.Name)) == e.Title {
		return ""
	}
	return " " + e.Name
}

func (in Input) dates(e assess.Evidence) string {
	switch {
	case !e.Issued.IsZero() && !e.Expires.IsZero():
		return string(e.Issued) + in.word("to") + string(e.Expires)
	case !e.Issued.IsZero():
		return string(e.Issued)
	case !e.Expires.IsZero():
		return in.word("to") + string(e.Expires)
	case !e.Period.From.IsZero():
		return string(e.Period.From) + in.word("to") + string(e.Period.To)
	}
	return blank
}

// annexes are the pages of the evidence itself, each under its number, behind
// the index that lists them; a file that cannot be shown as pages gets an index
// page that names it.
func annexes(in Input) []Block {
	byID := map[string]Annex{}
	for _, a := range in.Annexes {
		byID[a.Evidence] = a
	}
	var blocks []Block
	for _, b := range in.bound() {
		if a, ok := byID[b.record.ID]; ok {
			blocks = append(blocks, in.annexPages(b, a)...)
		}
	}
	return blocks
}

func (in Input) annexPages(b bound, a Annex) []Block {
	title := b.number + " " + b.record.Title
	if a.Problem != "" {
		return in.indexPage(b, a)
	}
	var blocks []Block
	for i, p := range a.Pages {
		f := Frame{
			ID:        fmt.Sprintf("%s#%d", b.record.ID, i),
			Caption:   in.caption(title, i, len(a.Pages)),
			Landscape: p.Landscape,
		}
		if i == 0 {
			f.Heading = &Heading{Level: 2, Text: title, ID: "evidence-" + b.record.ID}
		}
		blocks = append(blocks, f)
	}
	return blocks
}

func (in Input) caption(title string, page, pages int) []Span {
	text := in.word("annex", map[string]string{"N": title})
	if pages > 1 {
		text += in.word("annex.page", map[string]string{"N": itoa(page + 1), "Of": itoa(pages)})
	}
	return Text(text)
}

// indexPage stands for a file that has no pages of its own: it names file and
// digest, so that the file in the package can be found and checked.
func (in Input) indexPage(b bound, a Annex) []Block {
	e := b.record
	return []Block{
		Break{},
		Heading{Level: 2, Text: b.number + " " + e.Title, ID: "evidence-" + e.ID},
		in.pairs([]pair{
			{in.word("evidence.file"), Text(e.Name)},
			{in.word("evidence.media"), Text(in.media(e))},
			{in.word("evidence.size"), Text(in.word("bytes", map[string]string{"N": fmt.Sprint(e.Size)}))},
			{in.word("evidence.digest"), Value("evidence."+e.ID+".digest", e.Digest)},
			{in.word("evidence.why"), Text(in.Text.T(a.Problem))},
		}),
	}
}

// A Numbered is a piece of evidence with its number in the volume.
type Numbered struct {
	Number   string // 7-2
	Evidence assess.Evidence
}

// Numbering lists the evidence in the order of the volume.
func Numbering(in Input) []Numbered {
	var out []Numbered
	for _, b := range in.bound() {
		out = append(out, Numbered{b.number, b.record})
	}
	return out
}
