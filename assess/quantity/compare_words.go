package quantity

import "slices"

// stepUnit counts the steps between grades.
const stepUnit Unit = "{class}"

// compareGrades holds grade a against b in the indicator's order, best first.
func (ind Indicator) compareGrades(a, b string) Result {
	i, j := ind.grade(a), ind.grade(b)
	if i < 0 || j < 0 {
		return incomparable(reasonGradeUnknown, nil)
	}
	steps := FromInt(int64(j - i))
	r := Result{Verdict: Equal, Margin: &steps, MarginUnit: stepUnit, Reason: Reason{Key: reasonGradeSame}}
	switch {
	case i < j:
		r.Verdict, r.Reason.Key = Better, reasonGradeBetter
	case i > j:
		r.Verdict, r.Reason.Key = Worse, reasonGradeWorse
	}
	return r
}

func (ind Indicator) grade(name string) int {
	return slices.IndexFunc(ind.Grades, func(g string) bool { return squeeze(g) == squeeze(name) })
}

// compareFeatures holds 有 against 无. Which of them is better says the
// direction: 有 of a protection, 无 of an additive.
func (ind Indicator) compareFeatures(a, b bool) Result {
	wanted := ind.Direction == Higher
	switch {
	case a == b:
		return Result{Verdict: Equal, Reason: Reason{Key: reasonFeatureSame}}
	case ind.Direction != Higher && ind.Direction != Lower:
		return incomparable(reasonFeatureUnclear, nil)
	case a == wanted:
		return Result{Verdict: Better, Reason: Reason{Key: reasonFeatureBetter}}
	}
	return Result{Verdict: Worse, Reason: Reason{Key: reasonFeatureWorse}}
}
