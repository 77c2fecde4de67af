package report_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/report"
)

func values(t testing.TB, doc report.Doc) map[string]string {
	t.Helper()
	v, err := report.Values(doc)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestEveryFigureOfTheVolumeCanBeReadBack(t *testing.T) {
	for _, lang := range []string{"zh-CN", "en"} {
		in := sample(t, lang)
		got := values(t, report.Volume(in))
		for _, id := range expectedValues(in) {
			if _, ok := got[id]; !ok {
				t.Errorf("%s: the volume does not print %s", lang, id)
			}
		}
		if got["score"] != in.Evaluation.Score.Value.String() {
			t.Errorf("%s: score printed as %q, want %s", lang, got["score"], in.Evaluation.Score.Value)
		}
	}
}

// expectedValues are the ids without which a verification would prove little.
func expectedValues(in report.Input) []string {
	ids := []string{"score", "snapshot.digest", "pack.digest", "client.name", "client.code", "application.product", "history.head"}
	for _, d := range in.Evaluation.Dimensions {
		ids = append(ids, "score."+d.Dimension)
	}
	for _, g := range in.Evaluation.Gates {
		ids = append(ids, "gate."+g.Gate, "gate."+g.Gate+".how")
	}
	for _, r := range in.Evaluation.Requirements {
		if r.Applies {
			ids = append(ids, "finding."+r.Requirement+".rating", "finding."+r.Requirement+".statement")
		}
	}
	for _, e := range in.Snapshot.Evidence {
		ids = append(ids, "evidence."+e.ID+".digest", "evidence."+e.ID+".title")
	}
	for _, i := range in.Snapshot.Indicators {
		ids = append(ids, indicatorValues(i)...)
	}
	for _, s := range in.Snapshot.Signers {
		ids = append(ids, "signer."+s.Role)
	}
	return ids
}

func indicatorValues(i assess.Indicator) []string {
	id := "indicator." + i.ID
	ids := []string{id + ".name", id + ".unit", id + ".own", id + ".measured", id + ".level", id + ".conforms", id + ".improvement", id + ".methods", id + ".report"}
	for _, c := range i.Comparators {
		if !c.Limit.IsZero() {
			ids = append(ids, id+"."+c.Standard, id+".physical."+c.Standard)
		}
	}
	return ids
}

func TestAValuePrintedTwoWaysIsAMistake(t *testing.T) {
	doc := report.Doc{Blocks: []report.Block{
		report.Paragraph{Spans: report.Value("score", "89.58")},
		report.Table{Rows: []report.Row{{Cells: []report.Cell{{Spans: report.Value("score", "99.99")}}}}},
	}}
	_, err := report.Values(doc)
	want := &report.ValueConflict{ID: "score", First: "89.58", Second: "99.99"}
	if diff := cmp.Diff(error(want), err); diff != "" {
		t.Error(diff)
	}
}

func TestValuesAreReadFromEveryKindOfBlock(t *testing.T) {
	v := func(id string) []report.Span { return report.Value(id, "x") }
	doc := report.Doc{Header: v("header"), Blocks: []report.Block{
		report.Paragraph{Spans: v("paragraph")},
		report.List{Items: []report.Item{{Spans: v("list")}}},
		report.Table{Head: [][]report.Cell{{{Spans: v("head")}}}, Rows: []report.Row{{Cells: []report.Cell{{Spans: v("row")}}}}},
		report.Radar{Axes: []report.Axis{{Value: "radar", Score: "x"}}},
		report.Frame{Caption: v("frame")},
		report.Field{Labels: v("field")},
		report.KeepTogether{Blocks: []report.Block{report.Paragraph{Spans: v("kept")}}},
	}}
	got := values(t, doc)
	for _, id := range []string{"header", "paragraph", "list", "head", "row", "radar", "frame", "field", "kept"} {
		if got[id] != "x" {
			t.Errorf("value %s is not read", id)
		}
	}
}

func TestEveryFormFieldOfTheShippedPacksHasASource(t *testing.T) {
	for _, version := range []string{"2021.05", "2025.12"} {
		p := pack(t, version)
		in := sample(t, "zh-CN")
		in.Pack = p
		for _, section := range p.Form {
			for _, f := range section.Fields {
				if _, ok := report.FormValue(in, f); !ok {
					t.Errorf("%s: field %s has no source %q", version, f.ID, f.Source)
				}
			}
		}
	}
}

func TestAFormFieldWithoutItsSourceIsKnown(t *testing.T) {
	in := sample(t, "zh-CN")
	for _, f := range []programme.FormField{{ID: "f", Source: "client.colour"}, {ID: "f", Source: "fact:no-such-fact"}} {
		if v, ok := report.FormValue(in, f); ok || v != "" {
			t.Errorf("source %s gives %q, %t", f.Source, v, ok)
		}
	}
}

func TestPlaceholdersOfADeclarationAreThoseOfThePackFormat(t *testing.T) {
	var got []string
	for name, value := range report.Placeholders(sample(t, "zh-CN")) {
		got = append(got, name)
		if value == "" {
			t.Errorf("placeholder %s is empty", name)
		}
	}
	slices.Sort(got)
	if diff := cmp.Diff(slices.Sorted(slices.Values(programme.Placeholders)), got); diff != "" {
		t.Error(diff)
	}
	for _, lang := range []string{"zh-CN", "en"} {
		if text := dump(report.Volume(sample(t, lang)).Blocks); strings.Contains(text, "[report.") || unfilled(text) {
			t.Errorf("%s: the volume shows a key or a placeholder", lang)
		}
	}
}

func unfilled(text string) bool {
	for _, name := range programme.Placeholders {
		if strings.Contains(text, "{"+name+"}") {
			return true
		}
	}
	return false
}

// What is internal carries a marker here; the volume must not show it, the
// internal report must.
func TestNothingInternalIsHandedIn(t *testing.T) {
	in := sample(t, "zh-CN")
	const marker = "内部标记"
	for n := range in.Snapshot.Findings {
		in.Snapshot.Findings[n].Comment = marker + "意见"
	}
	for n := range in.Snapshot.Actions {
		in.Snapshot.Actions[n].Text = marker + "措施"
	}
	for n := range in.Snapshot.Evidence {
		in.Snapshot.Evidence[n].Note = marker + "备注"
	}
	in.Evaluation = assess.Evaluate(in.Pack, in.Snapshot)
	volume, internal := dump(report.Volume(in).Blocks), dump(report.Internal(in).Blocks)
	if strings.Contains(volume, marker) {
		t.Error("the volume shows comments, actions or notes")
	}
	if !strings.Contains(internal, marker+"意见") || !strings.Contains(internal, marker+"措施") {
		t.Error("the internal report lacks comments or actions")
	}
	for _, key := range []string{"meter.answered", "meter.proven", "meter.conforming", "meter.approved", "readiness.title", "issues.title", "gaps.title", "actions.title", "internal.title"} {
		word := in.Text.T("report." + key)
		if strings.Contains(volume, "# "+word+"\n") || strings.Contains(volume, "| "+word+" ") {
			t.Errorf("the volume has a part or column %s (%s)", word, key)
		}
	}
	for _, i := range in.Evaluation.Issues {
		if i.Severity == assess.Block || i.Severity == assess.Quality {
			if message := in.Text.T(i.Key, assess.Readable(in.Pack, in.Text, i.Args)); strings.Contains(volume, message) {
				t.Errorf("the volume shows the issue %q", message)
			}
		}
	}
}

func TestAReferencePackIsMarkedAndGivesNoOutcome(t *testing.T) {
	for lang, mark := range map[string]string{"zh-CN": "参考", "en": "For reference"} {
		in := sample(t, lang)
		p := *in.Pack
		p.Status = programme.Reference
		in.Pack, in.Snapshot.Client.Sample = &p, false
		in.Evaluation = assess.Evaluate(in.Pack, in.Snapshot)
		for name, doc := range map[string]report.Doc{"volume": report.Volume(in), "internal report": report.Internal(in)} {
			if doc.Mark != mark {
				t.Errorf("%s %s is marked %q, want %q", lang, name, doc.Mark, mark)
			}
		}
		internal := dump(report.Internal(in).Blocks)
		if !strings.Contains(internal, in.Text.T("report.outcome.none")) || strings.Contains(internal, p.Text(lang, "o-ready", "title")+"\n") {
			t.Errorf("%s: the internal report claims an outcome", lang)
		}
	}
}

func TestTheSampleIsMarkedOnEveryPage(t *testing.T) {
	if got := report.Volume(sample(t, "zh-CN")).Mark; got != "示例数据" {
		t.Errorf("mark = %q, want 示例数据", got)
	}
	in := sample(t, "zh-CN")
	in.Snapshot.Client.Sample = false
	if got := report.Volume(in).Mark; got != "" {
		t.Errorf("mark of a real client = %q, want none", got)
	}
}

// A requirement that does not apply to the applicant is no gap, an unanswered
// one is.
func TestNotApplicableIsNoGap(t *testing.T) {
	in := sample(t, "zh-CN")
	var na, open string
	for n, f := range in.Snapshot.Findings {
		switch {
		case f.NotApplicable != "" && na == "":
			na = f.Requirement
		case f.NotApplicable == "" && open == "":
			open = f.Requirement
			in.Snapshot.Findings[n].Rating = ""
		}
	}
	if na == "" || open == "" {
		t.Fatal("the sample has no finding of either kind")
	}
	in.Evaluation = assess.Evaluate(in.Pack, in.Snapshot)
	gaps := after(dump(report.Internal(in).Blocks), "## "+in.Text.T("report.gaps.title"))
	title := func(id string) string { return " " + in.Pack.Text("zh-CN", id, "title") + " |" }
	if strings.Contains(gaps, title(na)) {
		t.Errorf("%s does not apply and is listed as a gap", na)
	}
	if !strings.Contains(gaps, title(open)) {
		t.Errorf("%s is not rated and is no gap:\n%s", open, gaps)
	}
}

// after is the section of text under a heading.
func after(text, heading string) string {
	_, rest, _ := strings.Cut(text, heading+"\n")
	section, _, _ := strings.Cut(rest, "\n## ")
	return section
}
