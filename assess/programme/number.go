package programme

import "mingpin/assess/quantity"

type decimal = quantity.Decimal

func whole(n int64) decimal { return quantity.FromInt(n) }

func parseDecimal(s string) (decimal, error) { return quantity.ParseDecimal(s) }

// knownUnit reports whether s is the code of a unit.
func knownUnit(s string) bool { return quantity.Unit(s).Check() == nil }

// inUnit gives a fact's number in the unit of its concept.
func inUnit(f Fact, want string) (decimal, error) {
	d, err := quantity.ParseDecimal(f.Value)
	if err != nil || f.Unit == want || want == "" {
		return d, err
	}
	from, err := quantity.ParseUnit(f.Unit)
	if err != nil {
		return decimal{}, err
	}
	return quantity.Convert(d, from, quantity.Unit(want), "")
}

// quotientDigits is how many significant digits a quotient keeps. The
// conditions promise ten; the rest keeps a comparison at a limit honest.
const quotientDigits = 20

// quotient is a ÷ b without needless zeros; it panics when b is 0.
func quotient(a, b decimal) decimal { return trimmed(a.Quo(b, quotientDigits)) }

// trimmed drops zeros after the point, for computed numbers.
func trimmed(d decimal) decimal {
	places := d.Places()
	for places > 0 && d.Round(places-1).Cmp(d) == 0 {
		places--
	}
	return d.Round(places)
}
