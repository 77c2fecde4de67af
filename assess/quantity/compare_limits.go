package quantity

import "math/big"

// CompareLimits is 标准水平: the own limit against that of a comparator. Of two
// limits the one that admits less is better; where each admits what the other
// does not, they are incomparable. So are limits with different test methods,
// unless equivalent says that two give the same (it may be nil). A comparator
// without limit is incomparable too: whether that is 填补空白 says Overall. An
// own standard without limit is worse than one that has it.
func CompareLimits(ind Indicator, own, other Side, equivalent func(a, b string) bool) Result {
	args := map[string]string{"Own": own.Limit.String(), "Other": other.Limit.String()}
	switch {
	case own.Limit.IsZero() && other.Limit.IsZero():
		return incomparable(reasonNeitherLimit, nil)
	case other.Limit.IsZero():
		return incomparable(reasonNoLimit, map[string]string{"Own": args["Own"]})
	case own.Limit.IsZero():
		return Result{Verdict: Worse, Reason: Reason{Key: reasonOwnNoLimit, Args: map[string]string{"Other": args["Other"]}}}
	}
	a, b := methods(own.TestMethods), methods(other.TestMethods)
	if r, apart := apartBy(a, b, equivalent); apart {
		return r
	}
	r := ind.compareLimits(own.Limit, other.Limit)
	if r.Reason.Args == nil {
		r.Reason.Args = args
	}
	if r.Verdict != Incomparable && (len(a) == 0 || len(b) == 0) {
		r.Reason.Notes = append(r.Reason.Notes, noteMethodUnstated)
	}
	return r
}

func (ind Indicator) compareLimits(own, other Limit) Result {
	switch {
	case !own.Whole() || !other.Whole():
		return incomparable(reasonIncomplete, nil)
	case own.Kind == Words || other.Kind == Words:
		return incomparable(reasonWords, nil)
	case own.Kind == None && other.Kind == None:
		return Result{Verdict: Equal, Reason: Reason{Key: reasonSame}}
	case own.Kind == Grade && other.Kind == Grade:
		return ind.compareGrades(own.Grade, other.Grade)
	case own.Kind == Boolean && other.Kind == Boolean:
		return ind.compareFeatures(*own.Bool, *other.Bool)
	}
	return ind.compareNumeric(own, other)
}

func (ind Indicator) compareNumeric(own, other Limit) Result {
	a, okA := own.bounds(ind.Direction)
	b, okB := other.bounds(ind.Direction)
	if !okA || !okB {
		return incomparable(reasonKinds, nil)
	}
	for _, l := range [...]Limit{own, other} {
		if ind.Direction.against(l) {
			return incomparable(reasonDirection, map[string]string{"Limit": l.String()})
		}
	}
	p, err := ind.pair(own, other)
	if err != nil {
		return incomparable(reasonUnits, unitArgs(err))
	}
	p.v, p.w = a.in(p.own), b.in(p.other)
	if own.Kind == None || other.Kind == None {
		if !p.ratio { // zero is not nothing there
			return incomparable(reasonKinds, nil)
		}
		p.v, p.w = p.v.amounts(), p.w.amounts()
	}
	p.measurable = own.Kind != None && other.Kind != None
	p.places = max(places(a), places(b))
	return p.compare()
}

// against reports whether l binds on the side that d calls good, so that a
// stricter l would not be a better one.
func (d Direction) against(l Limit) bool {
	switch l.Kind {
	case GE, GT:
		return d == Lower
	case LE, LT, None:
		return d == Higher
	}
	return false
}

// pair is two limits, or a value and a limit, on one scale.
type pair struct {
	own, other measure // units of the two
	shown      Unit    // of margins
	scale      measure // of shown
	ratio      bool    // proportions mean something
	plain      bool    // both are written in the unit of margins
	places     int     // digits after the point, the more of the two
	measurable bool    // a margin means something
	v, w       interval
}

// pair finds the units of two limits. What is never detected has any unit.
func (ind Indicator) pair(own, other Limit) (pair, error) {
	a, b := ind.unitOf(own), ind.unitOf(other)
	switch {
	case own.Kind == None:
		a = b
	case other.Kind == None:
		b = a
	}
	return ind.scale(a, b)
}

func (ind Indicator) scale(own, other Unit) (pair, error) {
	p := pair{shown: ind.Unit}
	if p.shown == "" {
		p.shown = own
	}
	var err error
	if p.own, p.other, err = convertible(own, other, ind.Quantity); err != nil {
		return p, err
	}
	if _, p.scale, err = convertible(own, p.shown, ind.Quantity); err != nil {
		return p, err
	}
	p.ratio = p.scale.ratio(ind.Quantity)
	p.plain = own == p.shown && other == p.shown
	return p, nil
}

func (ind Indicator) unitOf(l Limit) Unit {
	if l.Unit == "" {
		return ind.Unit
	}
	return l.Unit
}

func places(b bounds) int {
	n := 0
	for _, d := range [...]*Decimal{b.low, b.high} {
		if d != nil {
			n = max(n, d.Places())
		}
	}
	return n
}

func (p pair) compare() Result {
	inside, around := p.v.within(p.w), p.w.within(p.v)
	switch {
	case p.v.apart(p.w):
		return incomparable(reasonApart, nil)
	case inside && around:
		return p.result(Equal, reasonSame)
	case inside:
		return p.result(Better, p.reason(reasonStricter, reasonStricterEnd, reasonStricterRange))
	case around:
		return p.result(Worse, p.reason(reasonLooser, reasonLooserEnd, reasonLooserRange))
	}
	return incomparable(reasonOverlap, nil)
}

func (p pair) reason(oneSided, sameEnds, ranges string) string {
	switch {
	case sameEnd(p.v.low, p.w.low) && sameEnd(p.v.high, p.w.high):
		return sameEnds
	case (p.v.low == nil && p.w.low == nil) || (p.v.high == nil && p.w.high == nil):
		return oneSided
	}
	return ranges
}

func sameEnd(a, b *big.Rat) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Cmp(b) == 0
}

// result adds margin and improvement: over the width of two ranges, else over
// the end that both have.
func (p pair) result(v Verdict, key string) Result {
	r := Result{Verdict: v, Reason: Reason{Key: key}}
	if !p.measurable {
		return r
	}
	a, b := p.v.width(), p.w.width()
	switch {
	case a != nil && b != nil:
		p.ratio = !p.scale.log // widths are differences, without offset
		p.fill(&r, new(big.Rat).Sub(b, a), b)
	case p.v.high != nil && p.w.high != nil:
		p.fill(&r, new(big.Rat).Sub(p.w.high, p.v.high), p.w.high)
	case p.v.low != nil && p.w.low != nil:
		p.fill(&r, new(big.Rat).Sub(p.v.low, p.w.low), p.w.low)
	}
	return r
}

func (p pair) fill(r *Result, margin, whole *big.Rat) {
	r.Margin, r.MarginUnit = p.difference(margin), p.shown
	if !p.ratio || whole.Sign() == 0 {
		return
	}
	share := new(big.Rat).Quo(margin, new(big.Rat).Abs(whole))
	percent := roundRat(share.Mul(share, big.NewRat(100, 1)), 1)
	r.Improvement = &percent
}

// difference is a distance in base units as one in the unit shown. Numbers
// written in that unit already keep their places.
func (p pair) difference(d *big.Rat) *Decimal {
	x := fromRat(new(big.Rat).Quo(d, p.scale.factor))
	if p.plain && x.Places() < p.places {
		x = x.Round(p.places)
	}
	return &x
}
