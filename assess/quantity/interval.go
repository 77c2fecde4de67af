package quantity

import "math/big"

// bounds are the ends of what a limit admits, in the limit's own unit and with
// the digits that a rounding comparison goes by. A nil end is unbounded.
type bounds struct {
	low, high         *Decimal
	lowOpen, highOpen bool
}

// bounds of a numeric limit that is whole; ok is false for any other.
func (l Limit) bounds(d Direction) (b bounds, ok bool) {
	switch l.Kind {
	case GE, GT:
		return bounds{low: l.Low, lowOpen: l.Kind == GT}, true
	case LE, LT:
		return bounds{high: l.High, highOpen: l.Kind == LT}, true
	case Range:
		return bounds{l.Low, l.High, l.LowOpen, l.HighOpen}, true
	case Nominal:
		low, high := l.tolerated()
		return bounds{&low, &high, l.LowOpen, l.HighOpen}, true
	case Count:
		return l.counted(d), true
	case None:
		zero := Decimal{}
		return bounds{low: &zero, high: &zero}, true
	}
	return bounds{}, false
}

// tolerated are Nominal − Tol and Nominal + Tol, with the places of the longer
// of the two; for a tolerance in percent as many as the product needs.
func (l Limit) tolerated() (low, high Decimal) {
	tol := *l.Tol
	if l.TolPercent {
		share := new(big.Rat).Mul(l.Nominal.Abs().rat(), tol.rat())
		tol = fromRat(share.Quo(share, big.NewRat(100, 1)))
	}
	return l.Nominal.Sub(tol), l.Nominal.Add(tol)
}

// counted is a number of things as the indicator's direction binds it: at least
// as many, at most as many, or just as many.
func (l Limit) counted(d Direction) bounds {
	switch d {
	case Higher:
		return bounds{low: l.Nominal}
	case Lower:
		return bounds{high: l.Nominal}
	}
	return bounds{low: l.Nominal, high: l.Nominal}
}

func (b bounds) sides() (n int) {
	if b.low != nil {
		n++
	}
	if b.high != nil {
		n++
	}
	return n
}

// interval is bounds in base units.
type interval struct {
	low, high         *big.Rat
	lowOpen, highOpen bool
}

// in is b, whose numbers are of unit m, in base units.
func (b bounds) in(m measure) interval {
	v := interval{lowOpen: b.lowOpen, highOpen: b.highOpen}
	if b.low != nil {
		v.low = m.toBase(b.low.rat())
	}
	if b.high != nil {
		v.high = m.toBase(b.high.rat())
	}
	return v
}

// within reports whether every number of v is one of w.
func (v interval) within(w interval) bool {
	return atLeast(v.low, w.low, v.lowOpen || !w.lowOpen) && atLeast(neg(v.high), neg(w.high), v.highOpen || !w.highOpen)
}

// atLeast reports whether the lower end a lies at or above b; where they are
// the same, tie decides.
func atLeast(a, b *big.Rat, tie bool) bool {
	switch {
	case b == nil:
		return true
	case a == nil:
		return false
	}
	c := a.Cmp(b)
	return c > 0 || c == 0 && tie
}

func neg(r *big.Rat) *big.Rat {
	if r == nil {
		return nil
	}
	return new(big.Rat).Neg(r)
}

// apart reports whether v and w have no number in common.
func (v interval) apart(w interval) bool {
	return endsBefore(v, w) || endsBefore(w, v)
}

func endsBefore(v, w interval) bool {
	if v.high == nil || w.low == nil {
		return false
	}
	c := v.high.Cmp(w.low)
	return c < 0 || c == 0 && (v.highOpen || w.lowOpen)
}

// amounts is v without negative numbers, for what can be detected or not.
func (v interval) amounts() interval {
	if v.low == nil || v.low.Sign() < 0 {
		v.low, v.lowOpen = new(big.Rat), false
	}
	return v
}

// width is the distance between the ends, nil where one is missing.
func (v interval) width() *big.Rat {
	if v.low == nil || v.high == nil {
		return nil
	}
	return new(big.Rat).Sub(v.high, v.low)
}
