package quantity

import "strings"

// tolerance reads 10±0.5, 10±5%, (10±0.5) mm and 10.0±0.1(不含0.1).
func tolerance(s string) (Limit, error) {
	body, excluded, _ := strings.Cut(s, "(不含")
	body, outer, err := unwrap(body)
	if err != nil {
		return Limit{}, err
	}
	left, right, _ := strings.Cut(body, "±")
	if left == "" {
		return deviation(s, right, excluded)
	}
	nominal, unit, err := amount(left)
	if err != nil {
		return Limit{}, err
	}
	tol, tolUnit, err := amount(right)
	if err != nil {
		return Limit{}, err
	}
	l := Limit{Kind: Nominal, Nominal: &nominal, Tol: &tol}
	// 10±5% and 10 mm±5% are relative; 10%±5% and (10±5)% are not.
	if tolUnit == "%" && unit != "%" && outer == "" {
		l.TolPercent, tolUnit = true, ""
	}
	if l.Unit, err = oneUnit(s, unit, tolUnit, outer); err != nil {
		return Limit{}, err
	}
	return exclude(l, s, excluded)
}

// deviation reads ±0.5 or ±5%, the limit of a deviation: around zero, and its
// percent is the unit.
func deviation(s, right, excluded string) (Limit, error) {
	tol, unit, err := amount(right)
	if err != nil {
		return Limit{}, err
	}
	return exclude(Limit{Kind: Nominal, Nominal: &Decimal{}, Tol: &tol, Unit: unit}, s, excluded)
}

// unwrap takes the brackets off (10±0.5) mm.
func unwrap(s string) (inner string, unit Unit, err error) {
	if !strings.HasPrefix(s, "(") {
		return s, "", nil
	}
	inner, rest, closed := strings.Cut(s[1:], ")")
	if !closed {
		return "", "", syntax(s, SyntaxMalformed)
	}
	unit, err = unitBehind(rest)
	return inner, unit, err
}

// exclude opens the ends that are named in brackets behind a tolerance
// (GB/T 8170, 4.2): 不含 0.1 or ±0.1 both, +0.1 the upper, -0.1 the lower; and
// it refuses a tolerance that admits nothing.
func exclude(l Limit, s, named string) (Limit, error) {
	if named == "" {
		if reason := toleranceFault(l); reason != "" {
			return Limit{}, syntax(s, reason)
		}
		return l, nil
	}
	named, closed := strings.CutSuffix(named, ")")
	which := strings.TrimSuffix(strings.TrimLeft(named, "±+-"), "%")
	d, err := ParseDecimal(which)
	if !closed || err != nil || d.Cmp(*l.Tol) != 0 {
		return Limit{}, syntax(s, SyntaxMalformed)
	}
	l.LowOpen, l.HighOpen = named[0] != '+', named[0] != '-'
	return exclude(l, s, "")
}
