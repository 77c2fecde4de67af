package programme

import (
	"strings"
	"testing"
	"testing/fstest"
)

// untidy holds one failing example for each warning.
var untidy = []mutation{
	{does: "a text that is missing in English", file: enFile, old: "  ask: ask of r-rd (sample)\n", with: "", rule: "L50", id: "r-rd", at: "-"},
	{does: "an optional text in one language only", file: enFile, old: "quality:\n", with: "quality:\n  text: longer\n", rule: "L50", id: "quality", at: "-zh"},
	{does: "an empty text", file: zhFile, old: "intent: r-rd 的意图（示例）", with: `intent: " "`, rule: "L51", id: "r-rd"},
	{does: "a text of nothing", file: enFile, old: "bureau:\n", with: "r-nothing:\n  title: of nothing\nbureau:\n", rule: "L52", id: "r-nothing.title", at: "title: of nothing"},
	{does: "an aspect nobody prints", file: enFile, old: "quality:\n", with: "quality:\n  poem: Roses\n", rule: "L52", id: "quality.poem", at: "poem:"},
	{does: "official without a document of the basis", old: "{mark: official, from: measure, at: 第六条}", with: "{mark: official, from: 某公告}", rule: "L53", id: "r-report"},
	{does: "derived without a document", old: "{mark: derived, from: GB/T 27050.1-2006,", with: "{mark: derived,", rule: "L53", id: "declaration-text"},
	{does: "a document id that is not in the basis", old: "from: 示例标准,", with: "from: old-measure,", rule: "L53", id: "r-rd"},
	{does: "proposed by us and yet law", old: "{mark: proposed, note: 数量为本系统设定}", with: "{mark: proposed, law: true}", rule: "L53", id: "indicators"},
	{does: "weights that do not sum to a hundred", old: `weight: "40"`, with: `weight: "39.5"`, rule: "L54", id: "pack", at: "dimensions:"},
	{does: "a state nobody reaches", old: "next: [draft, authorised]", with: "next: [draft, revoked]", rule: "L55", id: "authorised", at: "- id: authorised"},
	{does: "states that go round for ever", old: "next: [revoked]", with: "next: [draft]", rule: "L56", id: "draft", at: "- id: draft", also: 3},
	{does: "a gate without evidence", old: "    evidence:\n      - {slot: licence, min: 1}\n    provenance: {mark: derived, from: 湖北精品 2023, at: 第五条}\n", with: "    provenance: {mark: derived, from: 湖北精品 2023, at: 第五条}\n", rule: "L57", id: "g-years", at: "- id: g-years"},
	{does: "a slot nothing asks for", old: "gates:\n  -", with: "  - id: poem\n    provenance: {mark: proposed}\ngates:\n  -", rule: "L58", id: "poem", at: "- id: poem", also: 4},
	{does: "no last outcome", old: "{id: not-ready}", with: "{id: not-ready, when: score < 80}", rule: "L60", id: "scoring", at: "outcomes:"},
	{does: "an outcome that hides the next", old: "{id: ready, when: score >= 80 && gates_failed == 0 && blocks == 0}", with: "{id: ready, when: 'true'}", rule: "L60", id: "ready"},
	{does: "a parameter nobody reads", old: ">= param('min-years')", with: ">= 3", rule: "L61", id: "min-years", at: "- id: min-years"},
	{does: "a dimension without requirement", old: "dimension: quality", with: "dimension: innovation", rule: "L62", id: "quality", at: "- id: quality"},
	{does: "a reference pack with outcomes and declaration", old: "status: in-force", with: "status: reference", rule: "L63", id: "scoring", at: "outcomes:", also: 1},
	{does: "what shall be met without evidence", old: "    evidence:\n      - {slot: test-report, min: 1, must_show: [report_no]}\n", with: "", rule: "L64", id: "r-report", at: "- id: r-report"},
	{does: "a slot that is bound nowhere", old: "slots: [test-report]", with: "section: table", rule: "L65", id: "test-report", at: "- id: test-report"},
}

func TestLintWarns(t *testing.T) {
	reg := concepts(t)
	for _, m := range untidy {
		t.Run(m.does, func(t *testing.T) {
			files := sampleFiles(t)
			want := expect(t, files, m)
			list := Lint(files, sampleDir, reg)
			found := false
			for _, p := range list {
				found = found || p.File == want.File && p.Line == want.Line && p.ID == want.ID && p.Rule == want.Rule && p.Severity == Warning
			}
			if !found || len(list) != 1+m.also {
				t.Errorf("want %s:%d: %s: %s and %d more, got:", want.File, want.Line, m.id, m.rule, m.also)
				for _, p := range list {
					t.Log(p)
				}
			}
			if _, err := Load(files, sampleDir, reg); err != nil {
				t.Errorf("a warning stops the pack: %v", err)
			}
		})
	}
}

// expect applies a mutation and gives the problem it should bring: in the line
// of the change, in the line that holds at, or, for what is missing from a
// file, without a line ("-").
func expect(t *testing.T, files fstest.MapFS, m mutation) Problem {
	t.Helper()
	want := Problem{File: m.file, ID: m.id, Rule: m.rule}
	if want.File == "" {
		want.File = packFile
	}
	want.Line = replace(t, files, want.File, m.old, m.with)
	want.Line += strings.Count(commonStart(m.old, m.with), "\n")
	text := string(files[want.File].Data)
	switch {
	case m.at == "-":
		want.Line = 0
	case m.at == "-zh":
		want.File, want.Line = zhFile, 0
	case m.at != "":
		want.Line = 1 + strings.Count(text[:strings.Index(text, m.at)+strings.LastIndex(m.at, "\n")+1], "\n")
	}
	return want
}

func TestEveryRuleHasAFailingExample(t *testing.T) {
	shown := map[string]bool{
		ruleFile: true, ruleHostile: true, // TestLoadWithoutFiles, TestHostileYAMLIsRefusedWithinLimits
		ruleCanonical: true, // TestDecodeRefuses
		ruleAnnexSlot: true, // TestLintWarnsOfAnAnnexNothingAsksFor
	}
	for _, m := range append(broken, untidy...) {
		shown[m.rule] = true
	}
	for _, r := range Rules() {
		if !shown[r.ID] {
			t.Errorf("%s (%s) has no failing example", r.ID, r.Says)
		}
	}
}

func TestLintWarnsOfAnAnnexNothingAsksFor(t *testing.T) {
	files := sampleFiles(t)
	replace(t, files, packFile, "gates:\n  -", "  - id: poem\n    provenance: {mark: proposed}\ngates:\n  -")
	line := replace(t, files, packFile, "    slots: [test-report]\n", "    slots: [test-report, poem]\n")
	for _, p := range Lint(files, sampleDir, concepts(t)) {
		if p.Rule == ruleAnnexSlot && p.ID == "a-reports" && p.Line == line && p.Args["name"] == "poem" {
			return
		}
	}
	t.Error("no warning")
}

func TestLintTellsErrorsAndWarningsTogether(t *testing.T) {
	files := sampleFiles(t)
	replace(t, files, packFile, "gate: g-licences", "gate: g-none")
	replace(t, files, packFile, `weight: "40"`, `weight: "30"`)
	list := Lint(files, sampleDir, concepts(t))
	if len(list) != 2 || list[0].Severity != Warning || list[1].Severity != Error {
		t.Errorf("got %v", list)
	}
}
