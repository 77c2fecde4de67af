package assess_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/assess"
	"mingpin/assess/programme"
)

func TestGoodApplicationIsReady(t *testing.T) {
	p := testPack(t)
	s := good(t, p)
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	e := assess.Evaluate(p, *s)
	if got := broken(p, s, false); len(got) > 0 {
		t.Errorf("issues: %v", got)
	}
	if e.Outcome != "o-ready" || e.Score.Value.String() != "90.00" {
		t.Errorf("outcome %q with %s", e.Outcome, e.Score.Value)
	}
}

func gateOf(t *testing.T, e assess.Evaluation, id string) assess.GateResult {
	t.Helper()
	n := slices.IndexFunc(e.Gates, func(g assess.GateResult) bool { return g.Gate == id })
	if n < 0 {
		t.Fatalf("no gate %s", id)
	}
	return e.Gates[n]
}

func TestGates(t *testing.T) {
	base := testPack(t)
	for name, tt := range map[string]struct {
		gate    string
		change  change
		state   programme.State
		blocks  bool
		missing []string
	}{
		"a computed gate of law holds":                   {"g-public", nil, programme.Holds, true, nil},
		"an official gate fails and blocks":              {"g-incident", happened("incident-major", "2025-01-01"), programme.Fails, true, nil},
		"a neighbour's gate fails and only warns":        {"g-sampling", happened("sampling-failed", "2025-01-01"), programme.Fails, false, nil},
		"an attested gate":                               {"g-policy", nil, programme.Attested, true, nil},
		"a denied gate fails":                            {"g-policy", func(_ *programme.Pack, s *assess.Snapshot) { s.Attestations[0].Holds = false }, programme.Fails, true, nil},
		"nobody attested":                                {"g-policy", func(_ *programme.Pack, s *assess.Snapshot) { s.Attestations = nil }, programme.Unknown, true, nil},
		"attested after the declaration does not count":  {"g-policy", func(_ *programme.Pack, s *assess.Snapshot) { s.Attestations[0].On = "2026-06-02" }, programme.Unknown, true, nil},
		"a gate that does not apply":                     {"g-licence", nil, programme.Skipped, true, nil},
		"a missing fact is named":                        {"g-operating", fact("since", func(f *assess.Fact) { f.Concept = "employees" }), programme.Unknown, false, []string{"operating.since"}},
		"a fact to be confirmed does not count":          {"g-operating", fact("since", func(f *assess.Fact) { f.Pending = true }), programme.Unknown, false, []string{"operating.since"}},
		"that nobody told of an incident proves nothing": {"g-incident", fact("no-incident-major", func(f *assess.Fact) { f.Concept = "employees" }), programme.Unknown, true, []string{"incident-major"}},
		"a record stands in for its fact":                {"g-public", fact("public", func(f *assess.Fact) { f.Concept = "employees" }), programme.Holds, true, nil},
		"the user's threshold counts": {"g-operating", func(_ *programme.Pack, s *assess.Snapshot) {
			s.Thresholds = []assess.Threshold{{Application: "a1", Parameter: "p-years", Value: "P20Y", Why: "本轮通知", By: "乙某", On: "2026-05-01"}}
		}, programme.Fails, false, nil},
	} {
		t.Run(name, func(t *testing.T) {
			p, s := made(t, base, example{}, tt.change)
			g := gateOf(t, assess.Evaluate(p, *s), tt.gate)
			if g.State != tt.state || g.Blocks != tt.blocks || !cmp.Equal(g.Missing, tt.missing) {
				t.Errorf("%s: %s blocks=%v missing %v", g.Gate, g.State, g.Blocks, g.Missing)
			}
		})
	}
}

func TestWhoAttestedIsKept(t *testing.T) {
	p := testPack(t)
	g := gateOf(t, assess.Evaluate(p, *good(t, p)), "g-policy")
	if g.By != "乙某" || g.On != "2026-05-20" {
		t.Errorf("attested by %q on %q", g.By, g.On)
	}
}

func TestFactsReachTheProduct(t *testing.T) {
	base := testPack(t)
	for name, tt := range map[string]struct {
		facts []assess.Fact
		state programme.State // of the gate on the own trade mark
	}{
		"of the product":               {[]assess.Fact{{Subject: "oil", Value: "true"}}, programme.Holds},
		"of its site":                  {[]assess.Fact{{Subject: "site", Value: "true"}}, programme.Holds},
		"of the client":                {[]assess.Fact{{Value: "true"}}, programme.Holds},
		"of another product":           {[]assess.Fact{{Subject: "soy", Value: "true"}}, programme.Unknown},
		"of one model of it":           {[]assess.Fact{{Subject: "can", Value: "true"}}, programme.Unknown},
		"the latest counts":            {[]assess.Fact{{Value: "true", Year: 2024}, {Value: "false", Year: 2025}}, programme.Fails},
		"the nearest of the same time": {[]assess.Fact{{Value: "false", Year: 2025}, {Subject: "oil", Value: "true", Year: 2025}}, programme.Holds},
		"none of the future":           {[]assess.Fact{{Value: "true", Year: 2025}, {Value: "false", Year: 2027}}, programme.Holds},
	} {
		t.Run(name, func(t *testing.T) {
			p, s := made(t, base, example{}, func(_ *programme.Pack, s *assess.Snapshot) {
				s.Subjects = append(s.Subjects, assess.Subject{ID: "soy", Class: "product", Name: "大豆油"}, assess.Subject{ID: "can", Class: "model", Name: "5L", Parent: "oil"})
				s.Facts = slices.DeleteFunc(s.Facts, func(f assess.Fact) bool { return f.ID == "own-mark" })
				for n, f := range tt.facts {
					f.ID, f.Concept = string(rune('a'+n)), "trade-mark.own"
					s.Facts = append(s.Facts, f)
				}
			})
			if g := gateOf(t, assess.Evaluate(p, *s), "g-mark"); g.State != tt.state {
				t.Errorf("state = %s, want %s", g.State, tt.state)
			}
		})
	}
}

// What happened to a model of the product counts against the product.
func TestIncidentOfAModelCounts(t *testing.T) {
	p, s := made(t, testPack(t), example{}, func(p *programme.Pack, s *assess.Snapshot) {
		s.Subjects = append(s.Subjects, assess.Subject{ID: "can", Class: "model", Name: "5L", Parent: "oil"})
		happened("incident-major", "2025-01-01")(p, s)
		s.Facts[len(s.Facts)-1].Subject = "can"
	})
	if g := gateOf(t, assess.Evaluate(p, *s), "g-incident"); g.State != programme.Fails {
		t.Errorf("state = %s", g.State)
	}
}

func TestScores(t *testing.T) {
	base := testPack(t)
	rate := func(ratings ...string) change {
		return func(_ *programme.Pack, s *assess.Snapshot) {
			for n, r := range ratings {
				s.Findings[n].Rating = r
			}
		}
	}
	for name, tt := range map[string]struct {
		change change
		want   []string // quality, standard, total
	}{
		// quality: report weighs 3, accounts 1; standard: table weighs 2, leader left out.
		"weighted mean":                         {rate("4", "3", "5"), []string{"87.50", "100.00", "92.50"}},
		"points above the pass mark are cut":    {rate("2", "5", "5"), []string{"57.50", "100.00", "74.50"}},
		"a should below does not cut":           {rate("5", "2", "5"), []string{"87.50", "100.00", "92.50"}},
		"unanswered is nothing and cuts":        {rate("", "5", "5"), []string{"20.00", "100.00", "52.00"}},
		"a rating that is none counts as none":  {rate("9", "5", "5"), []string{"20.00", "100.00", "52.00"}},
		"left out without a reason counts as 0": {func(p *programme.Pack, s *assess.Snapshot) { rate("4", "4", "3")(p, s); s.Findings[3].Reason = " " }, []string{"90.00", "53.33", "75.33"}},
		"a dimension with nothing weighs nothing": {func(p *programme.Pack, s *assess.Snapshot) {
			rate("4", "4")(p, s)
			p.Requirements[2].Reasons = []string{"na-none"}
			s.Findings[2] = s.Findings[3]
			s.Findings[2].Requirement = "r-table"
		}, []string{"90.00", "0.00", "90.00"}},
	} {
		t.Run(name, func(t *testing.T) {
			p, s := made(t, base, example{}, tt.change)
			e := assess.Evaluate(p, *s)
			got := []string{e.Dimensions[0].Score.Value.String(), e.Dimensions[1].Score.Value.String(), e.Score.Value.String()}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("quality, standard, total (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEveryScoreIsExplained(t *testing.T) {
	p, s := made(t, testPack(t), example{}, func(_ *programme.Pack, s *assess.Snapshot) { s.Findings[0].Rating, s.Findings[1].Rating = "2", "5" })
	total := assess.Evaluate(p, *s).Score.From
	if total.Key != "derivation.score.total" || len(total.Parts) != 2 {
		t.Fatalf("total = %+v", total)
	}
	cut := total.Parts[0].Parts[1]
	if cut.Key != "derivation.requirement.cut" || cut.Args["Uncut"] != "100" || cut.Value != "80" {
		t.Errorf("cut = %+v", cut)
	}
	if leaf := cut.Parts[0]; leaf.Args["Level"] != "maturity.5" || leaf.Field != "finding/a1/r-accounts/rating" {
		t.Errorf("leaf = %+v", leaf)
	}
}

func TestMetersAreSeparate(t *testing.T) {
	base := testPack(t)
	type counts struct{ Answered, Proven, Conforming, Approved [2]int }
	of := func(m assess.Meters) counts {
		pair := func(x assess.Meter) [2]int { return [2]int{x.Done, x.Of} }
		return counts{pair(m.Answered), pair(m.Proven), pair(m.Conforming), pair(m.Approved)}
	}
	for name, tt := range map[string]struct {
		change change
		want   counts
	}{
		"everything":                        {nil, counts{[2]int{4, 4}, [2]int{2, 2}, [2]int{3, 3}, [2]int{4, 4}}},
		"no evidence lowers proven alone":   {func(_ *programme.Pack, s *assess.Snapshot) { s.Findings[0].Evidence = nil }, counts{[2]int{4, 4}, [2]int{1, 2}, [2]int{3, 3}, [2]int{4, 4}}},
		"no rating leaves proven":           {func(_ *programme.Pack, s *assess.Snapshot) { s.Findings[0].Rating = "" }, counts{[2]int{3, 4}, [2]int{2, 2}, [2]int{2, 3}, [2]int{4, 4}}},
		"a low rating lowers conforming":    {func(_ *programme.Pack, s *assess.Snapshot) { s.Findings[0].Rating = "2" }, counts{[2]int{4, 4}, [2]int{2, 2}, [2]int{2, 3}, [2]int{4, 4}}},
		"a failed gate takes its own along": {fact("public", func(f *assess.Fact) { f.Value = "2026-06-02" }), counts{[2]int{4, 4}, [2]int{2, 2}, [2]int{2, 3}, [2]int{4, 4}}},
		"accounts that ended two years ago": {func(_ *programme.Pack, s *assess.Snapshot) {
			s.Evidence[4].Period = assess.Span{From: "2020-01-01", To: "2023-12-31"}
		}, counts{[2]int{4, 4}, [2]int{1, 2}, [2]int{3, 3}, [2]int{4, 4}}},
		"accounts year by year": {func(_ *programme.Pack, s *assess.Snapshot) {
			for n, year := range []string{"2023", "2024", "2025"} {
				e := s.Evidence[4]
				e.ID, e.Digest, e.Period = "audit"+year, fmt.Sprintf("%064d", 50+n), assess.Span{From: assess.Date(year + "-01-01"), To: assess.Date(year + "-12-31")}
				s.Evidence = append(s.Evidence, e)
			}
			s.Findings[1].Evidence = []string{"audit2023", "audit2024", "audit2025"}
		}, counts{[2]int{4, 4}, [2]int{2, 2}, [2]int{3, 3}, [2]int{4, 4}}},
		"one file recorded twice counts once": {func(p *programme.Pack, s *assess.Snapshot) {
			p.Requirements[0].Evidence = []programme.EvidenceRule{{Slot: "test-report", Min: 2}}
			copied := s.Evidence[3]
			copied.ID = "copied"
			s.Evidence = append(s.Evidence, copied)
			s.Findings[0].Evidence = []string{"report", "copied"}
		}, counts{[2]int{4, 4}, [2]int{1, 2}, [2]int{3, 3}, [2]int{4, 4}}},
		"accounts of two years of three": {func(_ *programme.Pack, s *assess.Snapshot) { s.Evidence[4].Period.From = "2024-01-01" }, counts{[2]int{4, 4}, [2]int{1, 2}, [2]int{3, 3}, [2]int{4, 4}}},
	} {
		t.Run(name, func(t *testing.T) {
			p, s := made(t, base, example{}, tt.change)
			if diff := cmp.Diff(tt.want, of(assess.Evaluate(p, *s).Meters)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
