package quantity

import "strconv"

// Overall is 标准水平 over all comparators that count (national, industry and
// international standards), from the Results of CompareLimits.
//
// Comparators without limit are left out; where that leaves none, the own limit
// fills a gap (填补空白), if there is one. Otherwise the weakest answer holds: worse before
// incomparable before equal before better, so that 优于 means better than each
// of them. Margin and improvement are the smallest among the results with that
// answer. No results at all are no gap: nothing was compared.
func Overall(results []Result) Result {
	var limited []Result
	neither := false
	for _, r := range results {
		switch r.Reason.Key {
		case reasonNeitherLimit:
			neither = true
		case reasonNoLimit:
		default:
			limited = append(limited, r)
		}
	}
	switch {
	case len(results) == 0:
		return incomparable(reasonNoComparators, nil)
	case len(limited) == 0 && neither:
		return incomparable(reasonNeitherLimit, nil)
	case len(limited) == 0:
		args := map[string]string{"All": strconv.Itoa(len(results))}
		return Result{Verdict: Gap, Reason: Reason{Key: reasonGap, Args: args}}
	}
	r := weakest(limited)
	r.Reason.Args["All"] = strconv.Itoa(len(results))
	return r
}

// overallOrder lists the verdicts from weak to strong.
var overallOrder = []struct {
	verdict Verdict
	key     string
}{
	{Worse, reasonOverallWorse},
	{Incomparable, reasonOverallIncomparable},
	{Equal, reasonOverallEqual},
	{Better, reasonOverallBetter},
}

// weakest is the weakest of at least one result. Its Args count the results with
// that verdict (Count) and all (Of).
func weakest(results []Result) Result {
	for _, o := range overallOrder {
		count := 0
		found := Result{Verdict: o.verdict}
		for _, r := range results {
			if r.Verdict != o.verdict {
				continue
			}
			if count++; count == 1 || smaller(r, found) {
				found.Margin, found.MarginUnit, found.Improvement = r.Margin, r.MarginUnit, r.Improvement
				found.Reason.Notes = r.Reason.Notes
			}
		}
		if count > 0 {
			found.Reason.Key = o.key
			found.Reason.Args = map[string]string{"Count": strconv.Itoa(count), "Of": strconv.Itoa(len(results))}
			return found
		}
	}
	return incomparable(reasonIncomplete, map[string]string{}) // verdicts that are none of ours
}

// smaller reports whether a claims less than b. All margins of a row are of one
// unit; one that is missing claims nothing.
func smaller(a, b Result) bool {
	if a.Margin == nil || b.Margin == nil {
		return a.Margin == nil && b.Margin != nil
	}
	return a.Margin.Cmp(*b.Margin) < 0
}
