package assess_test

import (
	"testing"

	"mingpin/assess"
)

func TestGoodApplicationIsReady(t *testing.T) {
	p := testPack(t)
	s := good(t, p)
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	e := assess.Evaluate(p, *s)
	for _, i := range e.Issues {
		if i.Severity != assess.Human {
			t.Errorf("%s %s %s %v", i.Rule, i.Severity, i.Field, i.Args)
		}
	}
	for _, g := range e.Gates {
		t.Log(g.Gate, g.State, g.Missing)
	}
	t.Log(e.Score.Value, e.Outcome, e.Approval.State, e.Meters.Proven.Done, e.Meters.Proven.Of)
	if e.Outcome != "o-ready" {
		t.Errorf("outcome = %q", e.Outcome)
	}
}
