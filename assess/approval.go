package assess

import (
	"cmp"
	"slices"
)

// approval walks the reviews in their order. 编制 stands until it is returned;
// 审核 and 批准 hold for the content they were given for, so that a change of
// anything else than comments, actions and reviews takes the application back
// to 审核 by itself.
func approval(s *Snapshot) Approval {
	a := Approval{State: StateDraft}
	if len(s.Reviews) == 0 {
		return a
	}
	parts := s.parts()
	digest := contentDigest(parts)
	for _, r := range reviewsInOrder(s.Reviews) {
		a.step(r, digest, parts)
	}
	return a
}

func (a *Approval) step(r Review, digest string, parts map[string]string) {
	switch {
	case r.Step == StepReturned:
		*a = Approval{State: StateDraft, By: r.By, On: r.On}
	case r.Step == StepPrepared:
		*a = Approval{State: StepPrepared, By: r.By, On: r.On}
	case a.State == StateDraft:
		// nobody has signed as 编制 yet: the step has nothing to stand on
	case r.Digest != digest:
		a.State, a.Stale, a.Changed = StepPrepared, true, changedParts(r.Parts, parts)
	case r.Step == StepReviewed:
		*a = Approval{State: StepReviewed, By: r.By, On: r.On}
	case r.Step == StepApproved && a.State == StepReviewed:
		*a = Approval{State: StepApproved, By: r.By, On: r.On}
	}
}

// changedParts names the kinds whose digest differs from the reviewed one.
func changedParts(then, now map[string]string) []string {
	if len(then) == 0 {
		return nil
	}
	var kinds []string
	for _, kind := range contentKinds {
		if then[kind] != now[kind] {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

var stepRank = map[string]int{StepPrepared: 0, StepReviewed: 1, StepApproved: 2, StepReturned: 3}

func reviewsInOrder(list []Review) []Review {
	return slices.SortedStableFunc(slices.Values(list), func(a, b Review) int {
		return cmp.Or(
			cmp.Compare(a.On, b.On), cmp.Compare(a.Order, b.Order),
			cmp.Compare(stepRank[a.Step], stepRank[b.Step]), cmp.Compare(a.ID, b.ID),
		)
	})
}
