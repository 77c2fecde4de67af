package quantity

import "math/big"

// CompareMeasured is 实物水平: the measured value, found by methods, against the
// limit of a comparator. Outside the limit it is worse. Inside a one-sided limit
// it is better, or equal where it lies just on it; inside a range, and where
// nothing may be detected, it is equal, for there is nothing better. Test
// methods count as in CompareLimits.
func CompareMeasured(ind Indicator, measured Value, methodsUsed []string, other Side, equivalent func(a, b string) bool) Result {
	switch {
	case other.Limit.IsZero():
		return incomparable(reasonNoLimit, map[string]string{"Measured": measured.String()})
	case measured.IsZero():
		return incomparable(reasonNotMeasured, map[string]string{"Other": other.Limit.String()})
	}
	a, b := methods(methodsUsed), methods(other.TestMethods)
	if r, apart := apartBy(a, b, equivalent); apart {
		return r
	}
	r := ind.compareMeasured(measured, other.Limit)
	if r.Reason.Args == nil {
		r.Reason.Args = map[string]string{"Measured": measured.String(), "Other": other.Limit.String()}
	}
	if r.Verdict != Incomparable && (len(a) == 0 || len(b) == 0) {
		r.Reason.Notes = append(r.Reason.Notes, noteMethodUnstated)
	}
	return r
}

func (ind Indicator) compareMeasured(v Value, l Limit) Result {
	switch {
	case l.Whole() && l.Kind == Grade && v.Grade != "":
		return ind.compareGrades(v.Grade, l.Grade)
	case l.Whole() && l.Kind == Boolean && v.Bool != nil:
		return ind.compareFeatures(*v.Bool, *l.Bool)
	case ind.Direction.against(l):
		return incomparable(reasonDirection, map[string]string{"Limit": l.String()})
	}
	c := ind.conforms(v, l)
	r := Result{Margin: c.Margin, MarginUnit: c.MarginUnit, Reason: c.Reason}
	switch {
	case !c.Known:
		r.Verdict = Incomparable
	case !c.Holds:
		r.Verdict = Worse
	default:
		ind.rank(&r, v, l)
	}
	ind.improve(&r, l)
	return r
}

// rank tells better from equal among values that keep the limit.
func (ind Indicator) rank(r *Result, v Value, l Limit) {
	b, _ := l.bounds(ind.Direction)
	switch {
	case l.Kind == None:
		r.Verdict = Equal
	case b.sides() == 2 || ind.Direction == Between:
		r.Verdict, r.Reason.Key = Equal, reasonInside
	case r.Margin != nil && r.Margin.Sign() == 0 && !v.NotDetected:
		r.Verdict, r.Reason.Key = Equal, reasonAtLimit
	default:
		r.Verdict, r.Reason.Key = Better, reasonBeyond
	}
}

// improve adds the margin in percent of a one-sided limit.
func (ind Indicator) improve(r *Result, l Limit) {
	b, ok := l.bounds(ind.Direction)
	if !ok || b.sides() != 1 || r.Margin == nil {
		return
	}
	p, err := ind.scale(ind.unitOf(l), ind.unitOf(l))
	if err != nil {
		return
	}
	p.w = b.in(p.other)
	whole := p.w.low
	if whole == nil {
		whole = p.w.high
	}
	// The margin may have been cut to 34 digits, which one place does not feel.
	margin := new(big.Rat).Mul(r.Margin.rat(), p.scale.factor)
	shown, unit := r.Margin, r.MarginUnit
	p.fill(r, margin, whole)
	r.Margin, r.MarginUnit = shown, unit
}
