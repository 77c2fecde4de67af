package assess_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/assess"
)

func TestApprovalFallsBackByItself(t *testing.T) {
	p := testPack(t)
	for name, tt := range map[string]struct {
		change func(*assess.Snapshot)
		want   assess.Approval
	}{
		"nobody has signed":           {func(s *assess.Snapshot) { s.Reviews = nil }, assess.Approval{State: "draft"}},
		"prepared":                    {func(s *assess.Snapshot) { s.Reviews = s.Reviews[:1] }, assess.Approval{State: "prepared", By: "丁某", On: "2026-05-30"}},
		"reviewed":                    {func(s *assess.Snapshot) { s.Reviews = s.Reviews[:2] }, assess.Approval{State: "reviewed", By: "戊某", On: "2026-05-30"}},
		"approved":                    {func(*assess.Snapshot) {}, assess.Approval{State: "approved", By: "甲某总", On: "2026-05-30"}},
		"approved without review":     {func(s *assess.Snapshot) { s.Reviews = slices.Delete(s.Reviews, 1, 2) }, assess.Approval{State: "prepared", By: "丁某", On: "2026-05-30"}},
		"approved before preparation": {func(s *assess.Snapshot) { s.Reviews = s.Reviews[2:] }, assess.Approval{State: "draft"}},
		"changed after approval": {
			func(s *assess.Snapshot) { s.Findings[0].Rating, s.Evidence[0].Title = "5", "改名" },
			assess.Approval{State: "prepared", By: "丁某", On: "2026-05-30", Stale: true, Changed: []string{"finding", "evidence"}},
		},
		"reviewed again after the change": {func(s *assess.Snapshot) {
			s.Findings[0].Rating = "5"
			s.Reviews = append(s.Reviews, assess.Review{ID: "w", Application: "a1", Step: "reviewed", By: "戊某", On: "2026-05-31", Digest: s.ContentDigest()})
		}, assess.Approval{State: "reviewed", By: "戊某", On: "2026-05-31"}},
		"returned": {func(s *assess.Snapshot) {
			s.Reviews = append(s.Reviews, assess.Review{ID: "w", Application: "a1", Step: "returned", By: "戊某", On: "2026-05-31", Digest: s.ContentDigest()})
		}, assess.Approval{State: "draft", By: "戊某", On: "2026-05-31"}},
		"a comment does not matter": {func(s *assess.Snapshot) { s.Findings[0].Comment = "内部批注" }, assess.Approval{State: "approved", By: "甲某总", On: "2026-05-30"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := good(t, p)
			tt.change(s)
			if diff := cmp.Diff(tt.want, assess.Evaluate(p, *s).Approval); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
