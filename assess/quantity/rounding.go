package quantity

import "math/big"

// Round is d with the given number of places, by GB/T 8170, 3.2 (四舍六入五成双:
// up from above one half, down from below, and exactly one half to the even
// digit). Negative places round to tens, hundreds and so on. A number with
// fewer places is filled up with zeros.
func (d Decimal) Round(places int) Decimal { return roundRat(d.rat(), places) }

// RoundTo is d rounded to a multiple of interval (修约间隔), such as 0.5 or 20,
// by the same rule (GB/T 8170, 3.4). It panics where interval is not positive.
func (d Decimal) RoundTo(interval Decimal) Decimal {
	if interval.Sign() <= 0 {
		panic("quantity: rounding interval is not positive")
	}
	n := roundRat(new(big.Rat).Quo(d.rat(), interval.rat()), 0)
	return n.Mul(interval)
}

// QuoRound is d/e rounded once to the given places, by GB/T 8170. It panics
// where e is zero.
func (d Decimal) QuoRound(e Decimal, places int) Decimal {
	return roundRat(new(big.Rat).Quo(d.rat(), e.rat()), places)
}

// rat is d as a fraction: unit conversions such as °F or g/100 g of peroxide
// divide by numbers that no decimal can.
func (d Decimal) rat() *big.Rat {
	r, ok := new(big.Rat).SetString(d.String())
	if !ok {
		panic("quantity: decimal " + d.text + " is broken")
	}
	return r
}

// roundRat rounds half to even at the given places.
func roundRat(r *big.Rat, places int) Decimal {
	scaled := new(big.Rat).Mul(r, powerOfTen(places))
	n, rest := new(big.Int).QuoRem(new(big.Int).Abs(scaled.Num()), scaled.Denom(), new(big.Int))
	half := rest.Lsh(rest, 1).Cmp(scaled.Denom())
	if half > 0 || half == 0 && n.Bit(0) == 1 {
		n.Add(n, big.NewInt(1))
	}
	if scaled.Sign() < 0 {
		n.Neg(n)
	}
	back := new(big.Rat).Mul(new(big.Rat).SetInt(n), powerOfTen(-places))
	return normal(back.FloatString(max(places, 0)))
}

func powerOfTen(n int) *big.Rat {
	p := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(n, -n))), nil)
	r := new(big.Rat).SetInt(p)
	if n < 0 {
		r.Inv(r)
	}
	return r
}

// quotientDigits is how exactly a fraction without finite decimal is written.
const quotientDigits = 34

// fromRat is r as a decimal: exact where it has one, else with quotientDigits
// significant digits.
func fromRat(r *big.Rat) Decimal {
	if places, finite := r.FloatPrec(); finite {
		return normal(r.FloatString(places))
	}
	return normal(r.Num().String()).Quo(normal(r.Denom().String()), quotientDigits)
}
