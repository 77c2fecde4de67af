package programme

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

const (
	packFile = "sample/1.0/pack.yaml"
	zhFile   = "sample/1.0/locales/zh-CN.yaml"
	enFile   = "sample/1.0/locales/en.yaml"
)

// A mutation breaks the good pack in one place. The problem is expected in the
// line of that place unless at names the beginning of another line.
type mutation struct {
	does      string
	file      string
	old, with string
	rule, id  string
	at        string // text the expected line holds, after the change
	also      int    // further problems that follow from the first
}

var broken = []mutation{
	{does: "unknown field at the top", old: "region: ", with: "colour: red\nregion: ", rule: "L05", id: "colour"},
	{does: "unknown field in an item", old: "    window: P3Y\n", with: "    windows: P3Y\n", rule: "L05", id: "g-incident"},
	{does: "unknown field in provenance", old: "law: true", with: "lex: true", rule: "L05", id: "g-licences"},
	{does: "texts inside pack.yaml", old: "region: ", with: "texts: {}\nregion: ", rule: "L05", id: "texts"},
	{does: "wrong format", old: "format: 1", with: "format: 2", rule: "L08", id: "format"},
	{does: "version as a number", old: `version: "1.0"`, with: "version: 1.0", rule: "L07", id: "version"},
	{does: "clause as a number", old: `clause: "2.1"`, with: "clause: 2.1", rule: "L07", id: "r-rd"},
	{does: "region that is no code", old: `"510000"`, with: `"51"`, rule: "L08", id: "region"},
	{does: "unknown status", old: "status: in-force", with: "status: valid", rule: "L08", id: "status"},
	{does: "impossible date", old: "from: 2025-12-01", with: "from: 2025-02-30", rule: "L19", id: "pack"},
	{does: "end before beginning", old: "to: 2030-11-30", with: "to: 2020-11-30", rule: "L19", id: "pack"},
	{does: "impossible date of a document", old: "date: 2025-11-01", with: "date: 2025-13-01", rule: "L19", id: "measure"},
	{does: "basis without title", old: ", title: 示例管理办法", with: "", rule: "L06", id: "measure"},
	{does: "item without provenance", old: "    weight: \"40\"\n    provenance: {mark: official, from: measure, at: 第四条}\n", with: "    weight: \"40\"\n", rule: "L06", id: "quality", at: "- id: quality"},
	{does: "provenance without mark", old: "provenance: {mark: derived, from: 示例标准,", with: "provenance: {from: 示例标准,", rule: "L06", id: "r-rd"},
	{does: "unknown mark", old: "provenance: {mark: proposed, note:", with: "provenance: {mark: guessed, note:", rule: "L08", id: "indicators"},
	{does: "missing section", old: "duties:\n", with: "chores:\n", rule: "L05", id: "chores", also: 1},
	{does: "id in capitals", old: "id: g-years", with: "id: G-Years", rule: "L08", id: "G-Years"},
	{does: "same id in one list", old: "id: g-incident", with: "id: g-years", rule: "L09", id: "g-years"},
	{does: "same id in two lists", old: "id: self-check", with: "id: draft", rule: "L09", id: "draft"},
	{does: "same level twice", old: `{id: "1", points: 50}`, with: `{id: "0", points: 50}`, rule: "L09", id: "maturity.0", also: 1},
	{does: "same basis twice", old: "tracks:\n", with: "  - {id: measure, title: 再一份}\ntracks:\n", rule: "L09", id: "measure"},
	{does: "points out of order", old: "points: 50", with: "points: 120", rule: "L18", id: "maturity.1", also: 1},
	{does: "points that are no number", old: "points: 50", with: "points: half", rule: "L08", id: "maturity.1"},
	{does: "points in hexadecimal", old: "points: 50", with: "points: 0x32", rule: "L03", id: "maturity"},
	{does: "negative weight", old: "weight: 2\n", with: "weight: -2\n", rule: "L08", id: "r-rd"},
	{does: "unknown dimension", old: "dimension: innovation", with: "dimension: magic", rule: "L10", id: "r-rd"},
	{does: "unknown scale", old: "    weight: 2\n    scale: maturity", with: "    weight: 2\n    scale: stars", rule: "L10", id: "r-rd", at: "scale: stars"},
	{does: "pass mark off the scale", old: `pass: "2"`, with: `pass: "7"`, rule: "L17", id: "r-report"},
	{does: "unknown modality", old: "modality: should", with: "modality: must", rule: "L08", id: "r-rd"},
	{does: "unknown gate", old: "gate: g-licences", with: "gate: g-none", rule: "L10", id: "r-report"},
	{does: "unknown slot at a requirement", old: "{slot: test-report, min: 1, must_show: [report_no]}", with: "{slot: rumour, min: 1}", rule: "L10", id: "r-report"},
	{does: "negative count", old: "{slot: test-report, min: 1, must_show: [report_no]}", with: "{slot: test-report, min: -1}", rule: "L08", id: "r-report"},
	{does: "unknown slot at an annex", old: "slots: [licence]", with: "slots: [rumour]", rule: "L10", id: "a-licence"},
	{does: "annex with neither slots nor section", old: "    section: form\n", with: "", rule: "L23", id: "a-form", at: "- id: a-form"},
	{does: "annex with both", old: "    section: form\n", with: "    section: form\n    slots: [licence]\n", rule: "L23", id: "a-form", at: "- id: a-form"},
	{does: "annex with an unknown section", old: "section: form", with: "section: poem", rule: "L23", id: "a-form"},
	{does: "wrong period", old: "max_age: P1Y", with: "max_age: P1X", rule: "L08", id: "test-report"},
	{does: "empty period", old: "every: P1Y", with: "every: P", rule: "L08", id: "self-check"},
	{does: "gate with test and attested", old: "    attested: true\n", with: "    attested: true\n    test: 'true'\n", rule: "L15", id: "g-licences", at: "- id: g-licences"},
	{does: "gate with neither", old: "    attested: true\n", with: "", rule: "L15", id: "g-licences", at: "- id: g-licences"},
	{does: "parameter with value and period", old: "    period: P3Y\n", with: "    period: P3Y\n    value: 0\n", rule: "L16", id: "look-back", at: "- id: look-back"},
	{does: "parameter with neither", old: "    value: 3\n", with: "", rule: "L16", id: "min-years", at: "- id: min-years"},
	{does: "unknown unit", old: "unit: a\n", with: "unit: parsec\n", rule: "L24", id: "min-years"},
	{does: "unknown concept at a gate", old: "concepts: [founded]", with: "concepts: [born]", rule: "L11", id: "g-years"},
	{does: "unknown concept at a requirement", old: "concept: rd", with: "concept: research", rule: "L11", id: "r-rd"},
	{does: "unknown concept in the form", old: `"fact:revenue"`, with: `"fact:turnover"`, rule: "L11", id: "f-revenue"},
	{does: "source that is no path", old: "source: client.name", with: "source: vault.secret", rule: "L08", id: "f-name"},
	{does: "condition that does not parse", old: "test: years('founded') >= param('min-years')", with: "test: years('founded') >=", rule: "L12", id: "g-years"},
	{does: "condition of the wrong type", old: "test: years('founded') >= param('min-years')", with: "test: years('founded')", rule: "L12", id: "g-years"},
	{does: "condition with an unknown concept", old: "years('founded')", with: "years('born')", rule: "L11", id: "g-years"},
	{does: "condition with an unknown parameter", old: "param('min-years')", with: "param('max-years')", rule: "L10", id: "g-years"},
	{does: "condition with a binary number", old: "decimal('0.00')", with: "0.03", rule: "L14", id: "r-rd"},
	{does: "condition at evidence that does not compile", old: "min: 1, when: application.track ==", with: "min: 1, when: application.trick ==", rule: "L12", id: "g-licences"},
	{does: "condition at an annex that does not compile", old: "    when: application.track ==", with: "    when: applicant.track ==", rule: "L12", id: "a-reports"},
	{does: "gate that asks for the score", old: "when: application.object == 'product'", with: "when: score > 3", rule: "L12", id: "g-incident"},
	{does: "condition that costs too much", old: "when: application.object == 'product'", with: "when: '[1,2,3,4,5,6,7,8,9,10].all(a, [1,2,3,4,5,6,7,8,9,10].all(b, [1,2,3,4,5,6,7,8,9,10].all(c, a < 11)))'", rule: "L13", id: "g-incident"},
	{does: "score above a hundred", old: "score: 80", with: "score: 101", rule: "L08", id: "scoring"},
	{does: "share above one", old: `proven: "0.9"`, with: `proven: "9"`, rule: "L08", id: "scoring"},
	{does: "unknown scoring method", old: "method: weighted-mean", with: "method: lottery", rule: "L08", id: "scoring"},
	{does: "unknown next state", old: "next: [revoked]", with: "next: [heaven]", rule: "L10", id: "authorised"},
	{does: "migration from itself", old: `from: "0.9"`, with: `from: "1.0"`, rule: "L21", id: "migrations"},
	{does: "migration to an unknown item", old: "to: [r-rd]", with: "to: [r-nothing]", rule: "L10", id: "migrations"},
	{does: "item moved twice", old: "from: [r-gone]", with: "from: [brand]", rule: "L21", id: "migrations"},
	{does: "declaration without signers", old: "signers: [legal-representative]", with: "signers: []", rule: "L08", id: "declaration-text"},
	{does: "another id than the folder", old: "\nid: sample\n", with: "\nid: simple\n", rule: "L20", id: "pack", at: "id: simple"},
	{does: "another version than the folder", old: `version: "1.0"`, with: `version: "1.1"`, rule: "L20", id: "pack"},
	{does: "a version that supersedes itself", old: "authority: [bureau]", with: "supersedes: \"1.0\"\nauthority: [bureau]", rule: "L21", id: "pack"},
	{does: "null where a list belongs", old: "objects: [product, service]", with: "objects:", rule: "L07", id: "objects"},
	{does: "the same key twice", old: "status: in-force", with: "status: in-force\nstatus: in-force", rule: "L04", id: "sample", at: "status: in-force\nstatus"},
	{does: "an anchor", old: "objects: [product, service]", with: "objects: &o [product, service]", rule: "L03", id: "certification"},
	{does: "an alias", old: "columns: [national, industry]", with: "columns: *o", rule: "L03", id: "r-report"},
	{does: "a tag", old: "min_better: 1", with: "min_better: !!str 1", rule: "L03", id: "r-report"},
	{does: "a merge key", old: "indicators:\n", with: "indicators:\n  <<: {min: 3}\n", rule: "L03", id: "r-report", at: "<<:"},
	{does: "a bracket that is not closed", old: "columns: [national, industry]", with: "columns: [national, industry", rule: "L03", id: "r-report", at: "provenance: {mark: proposed, note"},
	{does: "a second document", old: "indicators:\n", with: "---\nindicators:\n", rule: "L03", id: "r-report", at: "indicators:"},
	{does: "an unknown placeholder", file: zhFile, old: "{client.code}", with: "{client.password}", rule: "L22", id: "c-conform"},
	{does: "a text that is a list", file: enFile, old: "title: title of r-rd (sample)", with: "title: [title of r-rd]", rule: "L07", id: "r-rd"},
	{does: "a text that stands twice", file: enFile, old: "bureau:\n", with: "r-rd.title: again\nbureau:\n", rule: "L04", id: "r-rd", at: "title: title of r-rd"},
	{does: "nested two levels", file: enFile, old: "title: title of r-rd (sample)", with: "title: {short: x}", rule: "L07", id: "r-rd"},
}

func TestLoadNamesFileLineAndItem(t *testing.T) {
	reg := concepts(t)
	for _, m := range broken {
		t.Run(m.does, func(t *testing.T) {
			files := sampleFiles(t)
			want := expect(t, files, m)
			_, err := Load(files, sampleDir, reg)
			list := problemsIn(t, err)
			found := false
			for _, p := range list {
				found = found || p.File == want.File && p.Line == want.Line && p.ID == m.id && p.Rule == m.rule
			}
			if !found || len(list) != 1+m.also {
				t.Errorf("want %s:%d: %s: %s and %d more, got:\n%v", want.File, want.Line, m.id, m.rule, m.also, err)
			}
		})
	}
}

func commonStart(a, b string) string {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return a[:n]
}

func problemsIn(t *testing.T, err error) []*Problem {
	t.Helper()
	if err == nil {
		t.Fatal("nothing was refused")
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		t.Fatalf("not a joined error: %v", err)
	}
	var list []*Problem
	for _, e := range joined.Unwrap() {
		var p *Problem
		if !errors.As(e, &p) {
			t.Fatalf("not a problem: %v", e)
		}
		if strings.Contains(p.Error(), "{") && !strings.Contains(p.Args["name"]+p.Args["why"]+p.Args["want"], "{") {
			t.Errorf("a fact is missing in %q", p.Error())
		}
		list = append(list, p)
	}
	return list
}

func TestLoadTellsAllProblemsAtOnce(t *testing.T) {
	files := sampleFiles(t)
	replace(t, files, packFile, "dimension: innovation", "dimension: magic")
	replace(t, files, packFile, "gate: g-licences", "gate: g-none")
	replace(t, files, packFile, "years('founded')", "years('born')")
	replace(t, files, zhFile, "{client.code}", "{client.password}")
	_, err := Load(files, sampleDir, concepts(t))
	if got := len(problemsIn(t, err)); got != 4 {
		t.Errorf("%d problems, want 4:\n%v", got, err)
	}
}

func TestLoadWithoutFiles(t *testing.T) {
	reg := concepts(t)
	files := sampleFiles(t)
	delete(files, packFile)
	_, err := Load(files, sampleDir, reg)
	if list := problemsIn(t, err); list[0].Rule != ruleFile || list[0].File != packFile {
		t.Errorf("got %v", err)
	}
	files = sampleFiles(t)
	delete(files, zhFile)
	delete(files, enFile)
	_, err = Load(files, sampleDir, reg)
	if list := problemsIn(t, err); list[0].Rule != ruleFile || list[0].File != "sample/1.0/locales" {
		t.Errorf("got %v", err)
	}
}

func TestHostileYAMLIsRefusedWithinLimits(t *testing.T) {
	bomb := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'k'; c++ {
		bomb += fmt.Sprintf("%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c]\n", c, c, c-1, c-1, c-1, c-1, c-1, c-1)
	}
	stairs := ""
	for i := range 200 {
		stairs += strings.Repeat(" ", i) + "a:\n"
	}
	for name, c := range map[string]struct{ text, rule string }{
		"a bomb of aliases":          {bomb, ruleSyntax},
		"brackets without end":       {strings.Repeat("[", 100_000), ruleHostile},
		"brackets in many lines":     {strings.Repeat("[\n", 1000), ruleHostile},
		"brackets closed in advance": {"x: " + strings.Repeat("]", 50) + "\n" + "y: " + strings.Repeat("{a: ", 50) + "\n", ruleHostile},
		"dashes without end":         {strings.Repeat("- ", 4000) + "x", ruleHostile},
		"keys without end":           {strings.Repeat("? ", 4000) + "x", ruleHostile},
		"stairs":                     {stairs, ruleHostile},
		"a long line":                {"a: " + strings.Repeat("x", maxLine), ruleHostile},
		"a big file":                 {strings.Repeat("# x\n", maxYAML/4+1), ruleHostile},
		"keys without number":        {strings.Repeat("k: v\n", maxKeys+1), ruleHostile},
		"a control character":        {"a: \x00\n", ruleHostile},
		"nothing":                    {"", ruleSyntax},
		"only a comment":             {"# nothing\n", ruleSyntax},
		"bytes that are no text":     {"a: \xff\xfe\n", ruleSyntax},
	} {
		t.Run(name, func(t *testing.T) {
			_, f := readYAML([]byte(c.text))
			if f == nil || f.rule != c.rule {
				t.Errorf("got %v, want %s", f, c.rule)
			}
		})
	}
}

func TestLoadConcepts(t *testing.T) {
	const good = "- {id: a, type: date, subject: client, name: {zh-CN: 甲, en: A}, meaning: {zh-CN: 甲, en: A}}\n"
	if _, err := LoadConcepts([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		text, rule, id string
		line           int
	}{
		"twice":               {good + good, ruleSameID, "a", 2},
		"unknown type":        {strings.Replace(good, "date", "colour", 1), ruleValue, "a", 1},
		"unknown field":       {strings.Replace(good, "subject", "object", 1), ruleUnknown, "a", 1},
		"amount without unit": {strings.Replace(good, "date", "amount", 1), ruleUnit, "a", 1},
		"date with unit":      {strings.Replace(good, "date", "date, unit: a", 1), ruleUnit, "a", 1},
		"unknown unit":        {strings.Replace(good, "date", "amount, unit: parsec", 1), ruleUnit, "a", 1},
		"code without codes":  {strings.Replace(good, "date", "code", 1), ruleMissing, "a", 1},
		"no Chinese name":     {strings.Replace(good, "{zh-CN: 甲, en: A}, m", "{en: A}, m", 1), ruleMissing, "a", 1},
		"not a list":          {"a: b\n", ruleType, "", 0},
		"not YAML":            {"- {id: a\n", ruleSyntax, "a", 1},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := LoadConcepts([]byte(c.text))
			p := problemsIn(t, err)[0]
			if p.Rule != c.rule || p.ID != c.id || (c.line > 0 && p.Line != c.line) || p.File != "concepts.yaml" {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestLocalesMayBeFlat(t *testing.T) {
	files := sampleFiles(t)
	replace(t, files, enFile, "bureau:\n  title: title of bureau (sample)\n", "bureau.title: title of bureau (sample)\n")
	p, err := Load(files, sampleDir, concepts(t))
	if err != nil {
		t.Fatal(err)
	}
	if p.Digest() != samplePack(t).Digest() {
		t.Error("the form of the locale file changes the digest")
	}
}
