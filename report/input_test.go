package report_test

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"mingpin/assess"
	"mingpin/assess/assesstest"
	"mingpin/assess/programme"
	"mingpin/assets"
	"mingpin/report"
)

func concepts(t testing.TB) programme.Concepts {
	t.Helper()
	reg, err := programme.LoadConcepts(assets.Concepts())
	if err != nil {
		t.Fatal(err)
	}
	return reg
}

func pack(t testing.TB, version string) *programme.Pack {
	t.Helper()
	p, err := programme.Load(assets.Programmes(), "tianfu-mingpin/"+version, concepts(t))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// byID knows a paper by a digest of its id, and calls its format by name.
func byID(p assesstest.Paper) (sha string, size int64, media string) {
	sum := sha256.Sum256([]byte(p.Record.ID))
	return hex.EncodeToString(sum[:]), 1000, map[string]string{
		"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png",
		"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	}[p.Format]
}

// sample is the sample application in a language, with its papers bound.
func sample(t testing.TB, lang string) report.Input {
	t.Helper()
	c, err := assesstest.Sample(concepts(t))
	if err != nil {
		t.Fatal(err)
	}
	p := pack(t, "2025.12")
	s, err := c.Snapshot(p, byID)
	if err != nil {
		t.Fatal(err)
	}
	s.Locale = lang
	in := input(t, p, s)
	for _, paper := range c.Papers {
		in.Annexes = append(in.Annexes, annexOf(paper))
	}
	return in
}

func annexOf(p assesstest.Paper) report.Annex {
	a := report.Annex{Evidence: p.Record.ID}
	if p.Format == "xlsx" || p.Format == "docx" {
		a.Problem = "report.problem.format"
		return a
	}
	for range p.Pages {
		a.Pages = append(a.Pages, report.AnnexPage{Landscape: p.Landscape})
	}
	return a
}

func input(t testing.TB, p *programme.Pack, s assess.Snapshot) report.Input {
	t.Helper()
	text, err := assets.NewText(s.Locale)
	if err != nil {
		t.Fatal(err)
	}
	return report.Input{Pack: p, Snapshot: s, Evaluation: assess.Evaluate(p, s), Text: text}
}

// empty is an application in which nothing but its beginning was entered.
func empty(t testing.TB, lang string) report.Input {
	t.Helper()
	p := pack(t, "2025.12")
	return input(t, p, assess.Snapshot{
		Format: assess.SnapshotFormat, Locale: lang, Date: "2026-11-16",
		Pack:        assess.PackRef{ID: p.ID, Version: p.Version, Digest: p.Digest()},
		Client:      assess.Client{ID: "c", Name: "示例有限公司", Code: "91510100MAEXAMP01X"},
		Application: assess.Application{ID: "a", Programme: p.ID, Version: p.Version, Track: p.Tracks[0].ID, Object: "product", ProductName: "示例产品"},
	}.Normal())
}
