package quantity

import (
	"errors"
	"math/big"
)

// Conforms is 符合性: whether the measured value keeps the own limit, by the
// indicator's comparison method. Not detected keeps ≤ x only where the stated
// detection limit is at most x; a number keeps 不得检出 only where it is zero
// or below the stated detection limit.
func Conforms(ind Indicator, measured Value, own Limit) Conformity {
	c := ind.conforms(measured, own)
	if c.Reason.Args == nil {
		c.Reason.Args = map[string]string{"Measured": measured.String(), "Own": own.String()}
	}
	return c
}

func (ind Indicator) conforms(v Value, l Limit) Conformity {
	switch {
	case l.IsZero():
		return unknown(reasonNoLimit)
	case v.IsZero():
		return unknown(reasonNotMeasured)
	case !l.Whole():
		return unknown(reasonIncomplete)
	case l.Kind == Words || v.Text != "":
		return unknown(reasonWords)
	case l.Kind == Grade && v.Grade != "":
		return fromResult(ind.compareGrades(v.Grade, l.Grade))
	case l.Kind == Boolean && v.Bool != nil:
		return ind.conformsFeature(*v.Bool, *l.Bool)
	}
	return ind.conformsNumeric(v, l)
}

func unknown(key string) Conformity { return Conformity{Reason: Reason{Key: key}} }

func known(holds bool, key string) Conformity {
	return Conformity{Known: true, Holds: holds, Reason: Reason{Key: key}}
}

func fromResult(r Result) Conformity {
	if r.Verdict == Incomparable {
		return unknown(r.Reason.Key)
	}
	c := known(r.Verdict != Worse, reasonHolds)
	if !c.Holds {
		c.Reason.Key = reasonFails
	}
	c.Margin, c.MarginUnit = r.Margin, r.MarginUnit
	return c
}

// conformsFeature holds 有 or 无 against what is asked. More than is asked
// conforms only where the direction says that it is better.
func (ind Indicator) conformsFeature(v, l bool) Conformity {
	if v == l {
		return known(true, reasonHolds)
	}
	if r := ind.compareFeatures(v, l); r.Verdict == Better {
		return known(true, reasonHolds)
	}
	return known(false, reasonFails)
}

func (ind Indicator) conformsNumeric(v Value, l Limit) Conformity {
	b, ok := l.bounds(ind.Direction)
	if !ok || (v.Number == nil && !v.NotDetected) {
		return unknown(reasonKinds)
	}
	if l.Kind == None {
		return ind.conformsNone(v)
	}
	p, err := ind.scale(ind.unitOfValue(v), ind.unitOf(l))
	if err != nil {
		c := unknown(reasonUnits)
		c.Reason.Args = unitArgs(err)
		return c
	}
	p.w, p.places = b.in(p.other), places(b)
	if v.NotDetected {
		return p.conformsBelow(v.DetectionLimit)
	}
	p.places = max(p.places, v.Number.Places())
	return p.conformsNumber(*v.Number, b, ind.Method)
}

func (ind Indicator) unitOfValue(v Value) Unit {
	if v.Unit == "" {
		return ind.Unit
	}
	return v.Unit
}

// conformsNone holds a value against 不得检出.
func (ind Indicator) conformsNone(v Value) Conformity {
	switch {
	case v.NotDetected:
		return known(true, reasonNotDetected)
	case v.Number.IsZero():
		return known(true, reasonNotDetected)
	case v.DetectionLimit != nil && v.Number.Cmp(*v.DetectionLimit) < 0:
		return known(true, reasonBelowDetection)
	}
	return known(false, reasonDetected)
}

// conformsBelow holds "not detected" against a limit: the true value lies
// anywhere from zero to below the detection limit. On scales whose zero is not
// nothing, such as ℃, it lies anywhere below.
func (p pair) conformsBelow(detection *Decimal) Conformity {
	where := interval{}
	if p.ratio {
		where.low = new(big.Rat)
	}
	missing := reasonDetectionMissing
	if detection != nil && detection.Sign() > 0 {
		where.high, where.highOpen = p.own.toBase(detection.rat()), true
		missing = reasonDetectionHigh
	}
	switch {
	case where.within(p.w):
		c := known(true, reasonHolds)
		if where.high != nil && p.w.high != nil {
			c.Margin, c.MarginUnit = p.difference(new(big.Rat).Sub(p.w.high, where.high)), p.shown
			c.Reason.Notes = []string{noteAtLeast}
		}
		return c
	case where.apart(p.w):
		return known(false, reasonFails)
	}
	return unknown(missing)
}

// conformsNumber holds a number against the ends of a limit.
func (p pair) conformsNumber(d Decimal, b bounds, m Method) Conformity {
	margin, holds := p.distance(d, b, m)
	c := known(holds, reasonHolds)
	if !holds {
		c.Reason.Key = reasonFails
	}
	if margin != nil {
		c.Margin, c.MarginUnit = p.difference(margin), p.shown
	}
	if m == Rounded {
		c.Reason.Notes = []string{noteRounded}
	}
	return c
}

// distance is how far d lies inside the nearest end, in base units, and whether
// it is inside. With the rounding method d is first rounded to the places of
// the end it is held against (GB/T 8170, 4.3.3), in the limit's unit.
func (p pair) distance(d Decimal, b bounds, m Method) (nearest *big.Rat, holds bool) {
	holds = true
	nearer := func(margin *big.Rat, open bool) {
		if margin.Sign() < 0 || margin.Sign() == 0 && open {
			holds = false
		}
		if nearest == nil || margin.Cmp(nearest) < 0 {
			nearest = margin
		}
	}
	if b.low != nil {
		nearer(new(big.Rat).Sub(p.held(d, *b.low, m), p.w.low), b.lowOpen)
	}
	if b.high != nil {
		nearer(new(big.Rat).Sub(p.w.high, p.held(d, *b.high, m)), b.highOpen)
	}
	return nearest, holds
}

// held is the number that is compared with the end, in base units.
func (p pair) held(d, end Decimal, m Method) *big.Rat {
	v := p.own.toBase(d.rat())
	if m != Rounded {
		return v
	}
	return p.other.toBase(roundRat(p.other.fromBase(v), end.Places()).rat())
}

// unitArgs are the facts of a *UnitError.
func unitArgs(err error) map[string]string {
	var u *UnitError
	if !errors.As(err, &u) {
		return nil
	}
	return map[string]string{"From": Unit(u.From).Print("zh-CN"), "To": Unit(u.To).Print("zh-CN"), "Why": u.Reason}
}
