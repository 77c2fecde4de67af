package assess_test

import (
	"fmt"
	"testing"

	"mingpin/assess"
	"mingpin/assess/programme"
)

// large is an application of 300 requirements and 500 pieces of evidence.
func large(b *testing.B) (*programme.Pack, assess.Snapshot) {
	p := testPack(b)
	s := good(b, p)
	model := p.Requirements[0]
	p.Requirements = nil
	s.Findings = nil
	report := s.Evidence[3]
	for n := range 500 {
		e := report
		e.ID, e.Digest = fmt.Sprintf("e%03d", n), fmt.Sprintf("%064d", n+100)
		s.Evidence = append(s.Evidence, e)
	}
	for n := range 300 {
		q := model
		q.ID, q.Dimension = fmt.Sprintf("r%03d", n), []string{"d-quality", "d-standard"}[n%2]
		p.Requirements = append(p.Requirements, q)
		s.Findings = append(s.Findings, assess.Finding{
			Application: "a1", Requirement: q.ID, Rating: "4", Statement: "已按要求实施，见佐证材料。",
			Evidence: []string{fmt.Sprintf("e%03d", n), fmt.Sprintf("e%03d", n+200)},
		})
	}
	approve(s)
	return p, *s
}

func BenchmarkEvaluate(b *testing.B) {
	p, s := large(b)
	if e := assess.Evaluate(p, s); len(e.Requirements) != 300 || e.Approval.State != assess.StepApproved {
		b.Fatalf("%d requirements, %s", len(e.Requirements), e.Approval.State)
	}
	b.ReportAllocs()
	for b.Loop() {
		assess.Evaluate(p, s)
	}
}

func BenchmarkCanonical(b *testing.B) {
	_, s := large(b)
	for b.Loop() {
		if _, err := s.Canonical(); err != nil {
			b.Fatal(err)
		}
	}
}
