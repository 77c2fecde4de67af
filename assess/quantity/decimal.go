package quantity

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/cockroachdb/apd/v3"
)

// Bounds of what may be entered as a number. They keep hostile input small and
// are far beyond what any standard or report prints.
const (
	MaxDigits = 40 // significant digits, counted as written
	MaxPlaces = 30 // digits after the point
)

// Computed numbers, such as the difference of two entered ones, may be longer;
// this bounds what is read back from a file.
const maxTextDigits = 400

// A Decimal is an exact number that keeps the digits it was written with: 0.30
// stays 0.30, because in a standard the last digit says how exactly a limit
// holds (GB/T 8170, 4.3.3). The zero value is 0. Two Decimals that are == are
// written alike; whether they are the same number says Cmp.
type Decimal struct {
	text string // plain notation without superfluous zeros in front; "" is 0
}

// exact computes without rounding anything this package can hold.
var exact = apd.BaseContext.WithPrecision(1 << 14)

// ParseDecimal reads a number in plain notation: an optional sign, digits and
// at most one point between digits. Full-width digits and signs count as the
// narrow ones. Errors are *SyntaxError.
func ParseDecimal(s string) (Decimal, error) {
	text := strings.TrimSpace(narrow(s))
	whole, fraction, reason := split(text)
	switch {
	case reason != "":
		return Decimal{}, syntax(s, reason)
	case len(significant(whole+fraction)) > MaxDigits:
		return Decimal{}, syntax(s, SyntaxTooManyDigits)
	case len(fraction) > MaxPlaces:
		return Decimal{}, syntax(s, SyntaxTooManyPlaces)
	}
	return normal(text), nil
}

// MustDecimal is ParseDecimal for numbers that stand in the program itself. It
// panics where s is no number.
func MustDecimal(s string) Decimal {
	d, err := ParseDecimal(s)
	if err != nil {
		panic(err)
	}
	return d
}

// FromInt is the whole number n.
func FromInt(n int64) Decimal { return normal(strconv.FormatInt(n, 10)) }

// split takes a number in plain notation apart, or says why it is none.
func split(s string) (whole, fraction, reason string) {
	s = strings.TrimLeft(s, " ")
	if s != "" && (s[0] == '-' || s[0] == '+') {
		s = s[1:]
	}
	whole, fraction, point := strings.Cut(s, ".")
	switch {
	case s == "":
		return "", "", SyntaxEmpty
	case strings.ContainsAny(s, ",'"):
		return "", "", SyntaxThousands
	case strings.ContainsAny(s, "eE") && s[0] >= '0' && s[0] <= '9':
		return "", "", SyntaxExponent
	case !digits(whole), point && !digits(fraction):
		return "", "", SyntaxMalformed
	}
	return whole, fraction, ""
}

func digits(s string) bool {
	for _, c := range s {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}

func significant(s string) string { return strings.TrimLeft(s, "0") }

// normal is the Decimal of a number in plain notation: no plus, no zeros in
// front, no sign before zero.
func normal(s string) Decimal {
	negative := strings.HasPrefix(s, "-")
	s = strings.TrimLeft(s, "+-")
	whole, fraction, point := strings.Cut(s, ".")
	if whole = significant(whole); whole == "" {
		whole = "0"
	}
	text := whole
	if point {
		text += "." + fraction
	}
	if negative && strings.Trim(text, "0.") != "" {
		text = "-" + text
	}
	if text == "0" {
		text = ""
	}
	return Decimal{text}
}

func fromAPD(x *apd.Decimal) Decimal { return normal(x.Text('f')) }

func (d Decimal) apd() *apd.Decimal {
	x, _, err := apd.NewFromString(d.String())
	if err != nil {
		panic(fmt.Errorf("decimal %q is broken: %w", d.text, err))
	}
	return x
}

// String is d in plain notation, with the digits it was written with.
func (d Decimal) String() string {
	if d.text == "" {
		return "0"
	}
	return d.text
}

// MarshalText is String, so that JSON and YAML hold decimals as strings.
func (d Decimal) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote. Computed numbers may have more
// digits than entered ones. Errors are *SyntaxError.
func (d *Decimal) UnmarshalText(b []byte) error {
	s := string(b)
	if _, _, reason := split(s); reason != "" {
		return syntax(s, reason)
	}
	if len(s) > maxTextDigits {
		return syntax(s, SyntaxTooManyDigits)
	}
	*d = normal(s)
	return nil
}

// Equal reports whether d and e are written alike; 0.30 and 0.3 are not. Use
// Cmp to compare numbers.
func (d Decimal) Equal(e Decimal) bool { return d == e }

// Cmp is -1, 0 or +1 as d is less than, the same number as, or greater than e.
func (d Decimal) Cmp(e Decimal) int { return d.apd().Cmp(e.apd()) }

// Sign is -1, 0 or +1 as d is negative, zero or positive.
func (d Decimal) Sign() int {
	switch {
	case d.IsZero():
		return 0
	case d.text[0] == '-':
		return -1
	}
	return 1
}

// IsZero reports whether d is the number 0, however many places it has.
func (d Decimal) IsZero() bool { return strings.Trim(d.text, "0.") == "" }

// Places is the number of digits after the point.
func (d Decimal) Places() int {
	_, fraction, _ := strings.Cut(d.text, ".")
	return len(fraction)
}

// Neg is −d.
func (d Decimal) Neg() Decimal {
	if d.Sign() < 0 {
		return Decimal{d.text[1:]}
	}
	return normal("-" + d.String())
}

// Abs is d without its sign.
func (d Decimal) Abs() Decimal {
	if d.Sign() < 0 {
		return d.Neg()
	}
	return d
}

// Add is the exact sum d+e.
func (d Decimal) Add(e Decimal) Decimal { return d.with(exact.Add, e) }

// Sub is the exact difference d−e.
func (d Decimal) Sub(e Decimal) Decimal { return d.with(exact.Sub, e) }

// Mul is the exact product d·e.
func (d Decimal) Mul(e Decimal) Decimal { return d.with(exact.Mul, e) }

// Quo is d/e with at most the given number of significant digits and no zeros at
// the end of its places, rounded once by GB/T 8170. It panics where e is zero or digits is not positive. To round a
// quotient to places, use QuoRound: rounding twice is not allowed (GB/T 8170,
// 3.3).
func (d Decimal) Quo(e Decimal, digits int) Decimal {
	if digits <= 0 {
		panic("quantity: quotient without digits")
	}
	c := apd.BaseContext.WithPrecision(uint32(digits)) //nolint:gosec // positive
	c.Rounding = apd.RoundHalfEven
	return d.with(c.Quo, e).trim()
}

// trim is d without zeros at the end of its places.
func (d Decimal) trim() Decimal {
	if !strings.Contains(d.text, ".") {
		return d
	}
	return normal(strings.TrimSuffix(strings.TrimRight(d.text, "0"), "."))
}

func (d Decimal) with(op func(r, x, y *apd.Decimal) (apd.Condition, error), e Decimal) Decimal {
	var r apd.Decimal
	if _, err := op(&r, d.apd(), e.apd()); err != nil {
		panic(fmt.Errorf("compute with %s and %s: %w", d, e, err))
	}
	return fromAPD(&r)
}
