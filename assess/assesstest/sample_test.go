package assesstest_test

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/assess"
	"mingpin/assess/assesstest"
	"mingpin/assess/programme"
	"mingpin/assets"
)

func concepts(t testing.TB) programme.Concepts {
	t.Helper()
	reg, err := programme.LoadConcepts(assets.Concepts())
	if err != nil {
		t.Fatal(err)
	}
	return reg
}

func sample(t testing.TB) assesstest.Case {
	t.Helper()
	c, err := assesstest.Sample(concepts(t))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func pack(t testing.TB) *programme.Pack {
	t.Helper()
	p, err := programme.Load(assets.Programmes(), "tianfu-mingpin/2025.12", concepts(t))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// byID knows a paper by a digest of its id.
func byID(p assesstest.Paper) (sha string, size int64, media string) {
	sum := sha256.Sum256([]byte(p.Record.ID))
	return hex.EncodeToString(sum[:]), 1000, "application/octet-stream"
}

func snapshot(t testing.TB) (*programme.Pack, assess.Snapshot) {
	t.Helper()
	p := pack(t)
	s, err := sample(t).Snapshot(p, byID)
	if err != nil {
		t.Fatal(err)
	}
	return p, s
}

func TestEveryEntityOfTheSamplePassesItsOwnCheck(t *testing.T) {
	c := sample(t)
	for _, e := range append(c.Entities, c.After...) {
		if err := e.Check(); err != nil {
			t.Errorf("%s/%s: %v", e.Kind(), e.Key(), err)
		}
	}
	if err := assess.CheckCreditCode(c.Client.Code); err != nil {
		t.Error(err)
	}
}

func TestSampleIsTheSameAtEveryCall(t *testing.T) {
	_, a := snapshot(t)
	_, b := snapshot(t)
	if diff := cmp.Diff(digest(t, a), digest(t, b)); diff != "" {
		t.Error(diff)
	}
}

func digest(t testing.TB, s assess.Snapshot) string {
	t.Helper()
	d, err := s.Digest()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// What a careful applicant would have mended is mended: only what no program
// can check, and hints that the sample gives on purpose, are left.
func TestSampleIsReady(t *testing.T) {
	p, s := snapshot(t)
	e := assess.Evaluate(p, s)
	for _, i := range e.Issues {
		if i.Severity == assess.Block || i.Severity == assess.Quality {
			t.Errorf("%s %s %s %v", i.Rule, i.Severity, i.Field, i.Args)
		}
	}
	if e.Outcome != "o-ready" {
		t.Errorf("outcome = %q, want o-ready (score %s)", e.Outcome, e.Score.Value)
	}
	if e.Approval.State != assess.StepApproved || e.Approval.Stale {
		t.Errorf("approval = %+v, want approved", e.Approval)
	}
}

func TestEveryGateOfTheSamplePasses(t *testing.T) {
	p, s := snapshot(t)
	for _, g := range assess.Evaluate(p, s).Gates {
		if !g.Passes() {
			t.Errorf("gate %s is %s, missing %v", g.Gate, g.State, g.Missing)
		}
		if len(g.Evidence) == 0 && g.State != programme.Skipped {
			t.Errorf("gate %s has no evidence", g.Gate)
		}
	}
}

func TestEveryRequirementOfTheSampleIsProvenAndMet(t *testing.T) {
	p, s := snapshot(t)
	for _, r := range assess.Evaluate(p, s).Requirements {
		if !r.Applies {
			continue
		}
		if !r.Answered {
			t.Errorf("%s is not answered", r.Requirement)
		}
		if !r.NotApplicable && (!r.Proven || !r.Conforming) {
			t.Errorf("%s: proven %t, conforming %t, slots %+v", r.Requirement, r.Proven, r.Conforming, r.Slots)
		}
	}
}
