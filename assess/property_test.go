package assess_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/assess/quantity"
)

// random is the good application with much of it changed at random.
func random(t testing.TB, p *programme.Pack, r *rand.Rand) *assess.Snapshot {
	s := good(t, p)
	for n := range s.Findings {
		s.Findings[n].Rating = []string{"", "0", "1", "2", "3", "4", "5", "bad"}[r.IntN(8)]
		if r.IntN(3) > 0 {
			s.Findings[n].NotApplicable, s.Findings[n].Reason = "", ""
		}
		if r.IntN(3) == 0 {
			s.Findings[n].Evidence = nil
		}
	}
	for n := range s.Evidence {
		if r.IntN(4) == 0 {
			s.Evidence[n].Issued = assess.Date(fmt.Sprintf("20%02d-03-01", 20+r.IntN(8)))
		}
		s.Evidence[n].Period = assess.Span{From: assess.Date(fmt.Sprintf("20%02d-01-01", 21+r.IntN(4))), To: assess.Date(fmt.Sprintf("20%02d-12-31", 24+r.IntN(2)))}
	}
	for n := range s.Facts {
		switch r.IntN(8) {
		case 0:
			s.Facts[n].Pending = true
		case 1:
			s.Facts[n].None = !s.Facts[n].None
		case 2:
			s.Facts[n].Value = "-5"
		}
	}
	for n := range s.Attestations {
		s.Attestations[n].Holds = r.IntN(3) > 0
	}
	if r.IntN(2) == 0 {
		approve(s)
	}
	return s
}

const rounds = 60

func eachRandom(t *testing.T, check func(t *testing.T, p *programme.Pack, s *assess.Snapshot, r *rand.Rand)) {
	t.Helper()
	p := testPack(t)
	for seed := range uint64(rounds) {
		r := rand.New(rand.NewPCG(seed, 1))
		check(t, p, random(t, p, r), r)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func TestScoreStaysWithinBounds(t *testing.T) {
	hundred := quantity.FromInt(100)
	eachRandom(t, func(t *testing.T, p *programme.Pack, s *assess.Snapshot, _ *rand.Rand) {
		e := assess.Evaluate(p, *s)
		figures := []assess.Figure{e.Score}
		for _, d := range e.Dimensions {
			figures = append(figures, d.Score)
		}
		for _, f := range figures {
			if f.Value.Sign() < 0 || f.Value.Cmp(hundred) > 0 || f.Value.Places() != 2 {
				t.Errorf("score %s", f.Value)
			}
		}
	})
}

func TestMoreEvidenceNeverLowersProven(t *testing.T) {
	eachRandom(t, func(t *testing.T, p *programme.Pack, s *assess.Snapshot, r *rand.Rand) {
		before := assess.Evaluate(p, *s).Meters.Proven
		more := s.Evidence[r.IntN(len(s.Evidence))]
		more.ID, more.Digest = "more", fmt.Sprintf("%064d", 900+r.IntN(9))
		more.Period = assess.Span{From: assess.Date(fmt.Sprintf("20%02d-01-01", 20+r.IntN(6))), To: "2026-03-31"}
		s.Evidence = append(s.Evidence, more)
		for n := range s.Findings {
			s.Findings[n].Evidence = append(slices.Clone(s.Findings[n].Evidence), "more")
		}
		if after := assess.Evaluate(p, *s).Meters.Proven; after.Done < before.Done || after.Of != before.Of {
			t.Errorf("proven %d/%d became %d/%d", before.Done, before.Of, after.Done, after.Of)
		}
	})
}

func TestFailedGateIsNeverReady(t *testing.T) {
	failed := 0
	eachRandom(t, func(t *testing.T, p *programme.Pack, s *assess.Snapshot, _ *rand.Rand) {
		e := assess.Evaluate(p, *s)
		if slices.ContainsFunc(e.Gates, func(g assess.GateResult) bool { return !g.Passes() }) {
			failed++
			if e.Outcome == "o-ready" {
				t.Error("ready with a gate that does not pass")
			}
		}
	})
	if failed == 0 {
		t.Error("no gate ever failed: the test shows nothing")
	}
}

func TestOrderOfListsDoesNotMatter(t *testing.T) {
	eachRandom(t, func(t *testing.T, p *programme.Pack, s *assess.Snapshot, r *rand.Rand) {
		before := asJSON(t, assess.Evaluate(p, *s))
		reverse(s)
		r.Shuffle(len(s.Facts), func(i, j int) { s.Facts[i], s.Facts[j] = s.Facts[j], s.Facts[i] })
		r.Shuffle(len(s.Evidence), func(i, j int) { s.Evidence[i], s.Evidence[j] = s.Evidence[j], s.Evidence[i] })
		if diff := cmp.Diff(before, asJSON(t, assess.Evaluate(p, *s))); diff != "" {
			t.Errorf("(-sorted +shuffled):\n%s", diff)
		}
	})
}

func TestEvaluateIsDeterministicAndLeavesItsInput(t *testing.T) {
	eachRandom(t, func(t *testing.T, p *programme.Pack, s *assess.Snapshot, _ *rand.Rand) {
		input := asJSON(t, s)
		first := asJSON(t, assess.Evaluate(p, *s))
		if second := asJSON(t, assess.Evaluate(p, *s)); first != second {
			t.Error(cmp.Diff(first, second))
		}
		if asJSON(t, s) != input {
			t.Error("the snapshot was changed")
		}
	})
}

func asJSON(t testing.TB, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
