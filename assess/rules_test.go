package assess_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/assess"
	"mingpin/assess/programme"
)

// An example is an application that breaks exactly one rule (or, where that
// cannot be, the rules in also) and one beside it that does not.
type example struct {
	rule   string
	fails  func(*programme.Pack, *assess.Snapshot)
	also   []string                                // further rules the failing one breaks by its nature
	passes func(*programme.Pack, *assess.Snapshot) // nil: the good application
	raw    bool                                    // the reviews are part of the example
}

// examples are one list per group of rules.
func examples(t testing.TB) []example {
	return slices.Concat(lawExamples(t), tableExamples(t), rowExamples(t), evidenceExamples(), declarationExamples(), consistencyExamples(), vetoExamples(), humanExamples())
}

// broken are the rules other than human ones that an application breaks, each
// once; human ones are given with all.
func broken(p *programme.Pack, s *assess.Snapshot, all bool) []string {
	var ids []string
	for _, i := range assess.Evaluate(p, *s).Issues {
		if all || i.Severity != assess.Human {
			ids = append(ids, i.Rule)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// made is the good application changed by f, on a copy of the pack.
func made(t *testing.T, base *programme.Pack, x example, f func(*programme.Pack, *assess.Snapshot)) (*programme.Pack, *assess.Snapshot) {
	t.Helper()
	p := *base
	p.Gates, p.Requirements, p.Annexes = slices.Clone(p.Gates), slices.Clone(p.Requirements), slices.Clone(p.Annexes)
	s := good(t, &p)
	if f != nil {
		f(&p, s)
		if !x.raw {
			approve(s)
		}
	}
	return &p, s
}

func TestEveryRuleHoldsAndBreaks(t *testing.T) {
	p := testPack(t)
	for _, x := range examples(t) {
		t.Run(x.rule, func(t *testing.T) {
			human := strings.HasPrefix(x.rule, "MP-H")
			pack, s := made(t, p, x, x.fails)
			want := append([]string{x.rule}, x.also...)
			slices.Sort(want)
			got := broken(pack, s, human)
			if human {
				if !slices.Contains(got, x.rule) {
					t.Errorf("failing example breaks %v", got)
				}
			} else if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("failing example (-want +got):\n%s", diff)
			}
			pack, s = made(t, p, x, x.passes)
			if got := broken(pack, s, true); slices.Contains(got, x.rule) {
				t.Errorf("passing example breaks %v", got)
			}
		})
	}
}

func TestEveryRuleHasExamples(t *testing.T) {
	var with, listed []string
	for _, x := range examples(t) {
		with = append(with, x.rule)
	}
	for _, r := range assess.Rules() {
		listed = append(listed, r.ID)
	}
	slices.Sort(with)
	if diff := cmp.Diff(listed, slices.Compact(with)); diff != "" {
		t.Errorf("rules (-listed +with examples):\n%s", diff)
	}
}

func TestRulesAreListedOnceAndInForm(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range assess.Rules() {
		if seen[r.ID] {
			t.Errorf("%s stands twice", r.ID)
		}
		seen[r.ID] = true
		if r.Clause == "" || r.Key != "check."+strings.ToLower(r.ID) {
			t.Errorf("%s: clause %q, key %q", r.ID, r.Clause, r.Key)
		}
		if strings.HasPrefix(r.ID, "MP-H") != (r.Severity == assess.Human) {
			t.Errorf("%s weighs %s", r.ID, r.Severity)
		}
	}
}
