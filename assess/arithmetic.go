package assess

import "mingpin/assess/quantity"

// exactPlaces is how far a quotient is carried before a score is rounded once;
// weights and points have so few digits that no tie can be missed.
const exactPlaces = 24

// decimal reads a number of the program itself.
func decimal(s string) quantity.Decimal {
	d, err := quantity.ParseDecimal(s)
	if err != nil {
		panic(err) // a constant of the program
	}
	return d
}

// quotient is a divided by b, or 0 where nothing weighs anything.
func quotient(a, b quantity.Decimal) quantity.Decimal {
	if b.Sign() <= 0 {
		return decimal("0")
	}
	return a.Quo(b, exactPlaces)
}
