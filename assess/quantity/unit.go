package quantity

import (
	"math/big"
	"slices"
	"strings"
)

// A Unit is a UCUM code, such as mg/kg, Cel or g/(100.g). Where UCUM has no
// unit, its annotations serve: {CNY}, {pc}, dB{A}. Unlike in UCUM an annotation
// makes a unit of its own: %{vol} is not %, mg{N}/kg is not mg/kg. The empty
// Unit is a bare number.
type Unit string

// A Quantity is the kind of quantity, where the unit alone does not decide the
// factor. The empty Quantity is any other.
type Quantity string

// The quantities with factors of their own.
const (
	// PeroxideValue (过氧化值): 1 g/100 g = 39.4 mmol/kg = 78.8 meq/kg
	// (GB 5009.227).
	PeroxideValue Quantity = "peroxide-value"
	// TemperatureDifference: 1 °C of difference is 1 K, without an offset.
	TemperatureDifference Quantity = "temperature-difference"
)

// Quantities are all quantities with factors of their own.
var Quantities = []Quantity{PeroxideValue, TemperatureDifference}

const maxUnitBytes = 60

// ParseUnit reads what people write for a unit: ℃, °C, µg/kg, g/100g, dB(A),
// 万元, or a UCUM code. Nothing is the empty Unit. Errors are *UnitError.
func ParseUnit(s string) (Unit, error) {
	if len(s) > maxUnitBytes {
		return "", &UnitError{From: shorten(s), Reason: UnitTooLong}
	}
	code := codeOf(s)
	switch {
	case code == "":
		return "", nil
	case len(code) > maxUnitBytes:
		return "", &UnitError{From: s, Reason: UnitTooLong}
	}
	if _, ok := parseUCUM(code); !ok {
		return "", &UnitError{From: s, Reason: UnitUnknown}
	}
	return Unit(code), nil
}

// UnitByName is ParseUnit with whether s is a unit at all.
func UnitByName(s string) (Unit, bool) {
	u, err := ParseUnit(s)
	return u, err == nil && u != ""
}

// Check is the *UnitError of a code that is none, such as one from a file.
func (u Unit) Check() error {
	_, err := u.measure("")
	return err
}

// String is the UCUM code.
func (u Unit) String() string { return string(u) }

// IsCount reports whether u counts things: 个, 项, 人. Such numbers are whole.
func (u Unit) IsCount() bool {
	m, err := u.measure("")
	if err != nil || len(m.dims) != 1 || m.factor.Cmp(one) != 0 {
		return false
	}
	for name, power := range m.dims {
		return power == 1 && strings.HasPrefix(name, "{") && name != "{CNY}"
	}
	return false
}

var one = big.NewRat(1, 1)

// measure is what u measures, for quantity q.
func (u Unit) measure(q Quantity) (measure, error) {
	if u == "" {
		return dimensionless(), nil
	}
	if len(u) > maxUnitBytes {
		return measure{}, &UnitError{From: shorten(string(u)), Reason: UnitTooLong}
	}
	m, ok := parseUCUM(string(u))
	if !ok {
		return measure{}, &UnitError{From: string(u), Reason: UnitUnknown}
	}
	if q == TemperatureDifference {
		m.offset = new(big.Rat)
	}
	return m.specific(q), nil
}

// specific turns m into the base unit of the quantity q, where q ties units
// together that measure different things.
func (m measure) specific(q Quantity) measure {
	if q != PeroxideValue {
		return m
	}
	for _, tie := range peroxide {
		if key, _ := parseUCUM(tie.unit); key.same(m) {
			// 100 × because 1 g/100 g is 0.01 of the whole.
			f := new(big.Rat).Quo(m.factor, key.factor)
			f.Quo(f, new(big.Rat).Mul(tie.perPercent.rat(), big.NewRat(100, 1)))
			return measure{factor: f, offset: new(big.Rat)}
		}
	}
	return m
}

// peroxide says how much of each unit is 1 g/100 g of peroxide value.
var peroxide = []struct {
	unit       string
	perPercent Decimal
}{
	{"mmol/kg", MustDecimal("39.4")},
	{"meq/kg", MustDecimal("78.8")},
}

// convertible is the *UnitError that keeps a and b apart, or nil.
func convertible(from, to Unit, q Quantity) (a, b measure, err error) {
	if a, err = from.measure(q); err != nil {
		return a, b, err
	}
	if b, err = to.measure(q); err != nil {
		return a, b, err
	}
	if reason := obstacle(a, b, from == to); reason != "" {
		return a, b, &UnitError{From: string(from), To: string(to), Reason: reason}
	}
	return a, b, nil
}

func obstacle(a, b measure, identical bool) string {
	switch {
	case identical:
		return ""
	case a.log || b.log:
		return UnitLogarithmic
	case a.same(b):
		return ""
	case a.specific(PeroxideValue).same(b.specific(PeroxideValue)):
		return UnitSpecific
	}
	return UnitDimensions
}

// Convert is v of unit from, in unit to. q names the kind of quantity where a
// factor depends on it, and is empty otherwise. The result is exact wherever it
// has a finite decimal, else rounded to 34 digits; comparisons in this package
// never use a rounded one. Errors are *UnitError: another dimension, a level
// such as dB, or a factor that only a certain quantity has.
func Convert(v Decimal, from, to Unit, q Quantity) (Decimal, error) {
	a, b, err := convertible(from, to, q)
	if err != nil {
		return Decimal{}, err
	}
	if from == to {
		return v, nil
	}
	return fromRat(b.fromBase(a.toBase(v.rat()))), nil
}

// A measure is a unit understood: value in base units = (value + offset) ·
// factor. Base units are m, g, s, K, mol, cd, A and whatever has no factor to
// another unit.
type measure struct {
	dims   map[string]int // base unit → power
	factor *big.Rat
	offset *big.Rat
	log    bool // a logarithmic level: not linear, no ratio
}

func dimensionless() measure {
	return measure{dims: map[string]int{}, factor: big.NewRat(1, 1), offset: new(big.Rat)}
}

func (m measure) toBase(v *big.Rat) *big.Rat {
	sum := new(big.Rat).Add(v, m.offset)
	return sum.Mul(sum, m.factor)
}

func (m measure) fromBase(v *big.Rat) *big.Rat {
	q := new(big.Rat).Quo(v, m.factor)
	return q.Sub(q, m.offset)
}

// ratio reports whether proportions of such values mean anything: half of
// 20 °C, of 60 dB or of pH 7 does not.
func (m measure) ratio(q Quantity) bool {
	_, kelvin := m.dims["K"]
	return !m.log && (q == TemperatureDifference || !kelvin || len(m.dims) > 1)
}

func (m measure) same(n measure) bool {
	if len(m.dims) != len(n.dims) {
		return false
	}
	for name, power := range m.dims {
		if n.dims[name] != power {
			return false
		}
	}
	return true
}

// times is m·nᵖ. Inside a product a temperature is a difference.
func (m measure) times(n measure, p int) measure {
	dims := map[string]int{}
	for name, power := range m.dims {
		dims[name] = power
	}
	for name, power := range n.dims {
		if dims[name] += power * p; dims[name] == 0 {
			delete(dims, name)
		}
	}
	f := new(big.Rat).Set(m.factor)
	for range max(p, -p) {
		if p > 0 {
			f.Mul(f, n.factor)
		} else {
			f.Quo(f, n.factor)
		}
	}
	return measure{dims: dims, factor: f, offset: new(big.Rat), log: m.log || n.log}
}

// Units are the codes that people can be offered to choose from, sorted.
func Units() []Unit {
	units := make([]Unit, 0, len(offered))
	for _, code := range offered {
		units = append(units, Unit(code))
	}
	slices.Sort(units)
	return units
}
