package assess_test

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/assets"
)

// internals are what no message shows a quality manager in any language.
var internals = regexp.MustCompile(`\bP\d+[YMWD]|none_within|run_below|fact\(|param\(|application\.|client\.|standard\.|10\*|\[[a-z]+[.\w-]*\]|（）|\(\)|<no value>`)

var (
	hyphened    = regexp.MustCompile(`\b[a-z]+-[a-z0-9-]+\b`)
	englishWord = regexp.MustCompile(`[A-Za-z]{4,}`)
)

// allowedWords are designations that stand in Chinese as they are.
var allowedWords = []string{"CNAS"}

// TestMessagesShowNoInternals renders every issue and derivation of an almost
// empty application and of the golden cases as a quality manager reads them.
func TestMessagesShowNoInternals(t *testing.T) {
	for name, c := range wordingCases(t) {
		t.Run(name, func(t *testing.T) {
			e := assess.Evaluate(c.pack, c.snapshot)
			own := entered(c.snapshot)
			for lang, text := range texts(t) {
				for _, i := range e.Issues {
					plainWords(t, c.pack, lang, own.Replace(text.T(i.Key, assess.Readable(c.pack, text, i.Args))))
				}
				for _, d := range derivations(e) {
					plainWords(t, c.pack, lang, text.T(d.Key, assess.Readable(c.pack, text, d.Args)))
					plainWords(t, c.pack, lang, own.Replace(assess.ReadableValue(c.pack, text, d.Value)))
				}
			}
		})
	}
}

type wordingCase struct {
	pack     *programme.Pack
	snapshot assess.Snapshot
}

func wordingCases(t *testing.T) map[string]wordingCase {
	t.Helper()
	cases := map[string]wordingCase{}
	files, err := fs.Glob(assets.Programmes(), "*/*/golden/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	packs := map[string]*programme.Pack{}
	for _, name := range files {
		dir := path.Dir(path.Dir(name))
		if packs[dir] == nil {
			packs[dir] = shippedPack(t, dir)
		}
		cases[name] = wordingCase{packs[dir], readGolden(t, name).Snapshot}
	}
	for dir, p := range packs {
		cases["almost nothing of "+dir] = wordingCase{p, almostNothing(p)}
		cases["everything wrong of "+dir] = wordingCase{p, everythingWrong(p)}
	}
	return cases
}

// almostNothing is an application on its first day.
func almostNothing(p *programme.Pack) assess.Snapshot {
	return assess.Snapshot{
		Format: assess.SnapshotFormat, Date: "2026-06-15", Pack: assess.PackRef{ID: p.ID, Version: p.Version},
		Client:      assess.Client{ID: "c1", Name: "示例企业"},
		Application: assess.Application{ID: "a1", Programme: p.ID, Version: p.Version},
	}
}

// everythingWrong has one fact of a wrong form and one evidence without fields
// for everything the pack knows, and every gate on events fails.
func everythingWrong(p *programme.Pack) assess.Snapshot {
	s := almostNothing(p)
	s.Application.Track, s.Application.Object, s.Application.Licences = p.Tracks[0].ID, p.Objects[0], "yes"
	for id, c := range p.Concepts {
		f := assess.Fact{ID: "f-" + id, Concept: id, Value: "错"}
		if c.Type == programme.Event {
			f.Value = "2026-06-01"
			s.Facts = append(s.Facts, assess.Fact{ID: "n-" + id, Concept: id, None: true, Period: assess.Span{From: "2026-01-01"}})
		}
		s.Facts = append(s.Facts, f)
	}
	for _, slot := range p.Slots {
		s.Evidence = append(s.Evidence, assess.Evidence{ID: "e-" + slot.ID, Title: "示例材料", Slots: []string{slot.ID}, Issued: "2001-01-01", Size: 1})
	}
	for _, x := range p.Parameters {
		s.Thresholds = append(s.Thresholds, assess.Threshold{Parameter: x.ID, Value: "错", By: "某人", Why: "示例"})
	}
	for _, q := range p.Requirements {
		scale, _ := p.Scale(q.Scale)
		s.Findings = append(s.Findings, assess.Finding{Requirement: q.ID, Rating: scale.Levels[0].ID})
	}
	s.Findings[0].Rating = "99"
	s.Signers = []assess.Signer{{Role: assess.RoleLegal, Name: "某人"}, {Role: assess.RoleQuality, Name: "某人"}}
	s.Reviews = []assess.Review{{ID: "1", Step: assess.StepReviewed, By: "某人", On: "2026-06-01"}}
	return s
}

// entered takes out of messages what the user typed: file names and numbers of
// documents.
func entered(s assess.Snapshot) *strings.Replacer {
	var words []string
	for _, e := range s.Evidence {
		words = append(words, e.Name, e.Title, e.Number)
	}
	for _, x := range s.Standards {
		words = append(words, x.Number)
	}
	words = append(words, s.Client.Code)
	words = slices.DeleteFunc(words, func(w string) bool { return w == "" })
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	var pairs []string
	for _, w := range words {
		pairs = append(pairs, w, "…")
	}
	return strings.NewReplacer(pairs...)
}

// derivations are all nodes under the numbers and gates of e.
func derivations(e assess.Evaluation) []assess.Derivation {
	var out []assess.Derivation
	var walk func(d assess.Derivation)
	walk = func(d assess.Derivation) {
		out = append(out, d)
		for _, part := range d.Parts {
			walk(part)
		}
	}
	walk(e.Score.From)
	for _, g := range e.Gates {
		walk(g.From)
	}
	for _, m := range []assess.Meter{e.Meters.Answered, e.Meters.Proven, e.Meters.Conforming, e.Meters.Approved} {
		walk(m.From)
	}
	return out
}

// plainWords fails where a message shows what only the program knows.
func plainWords(t *testing.T, p *programme.Pack, lang, message string) {
	t.Helper()
	if found := internals.FindString(message); found != "" {
		t.Errorf("%s: %q in %q", lang, found, message)
	}
	message = strings.ReplaceAll(message, "Public self-declaration", "") // a title that happens to hold an id
	for _, word := range hyphened.FindAllString(message, -1) {
		if _, concept := p.Concepts[word]; concept || p.HasText("zh-CN", word, "title") {
			t.Errorf("%s: the id %q in %q", lang, word, message)
		}
	}
	if lang != "zh-CN" {
		return
	}
	for _, word := range englishWord.FindAllString(message, -1) {
		if !slices.Contains(allowedWords, word) {
			t.Errorf("%s: the English word %q in %q", lang, word, message)
		}
	}
}
