package object

import (
	"strconv"
	"strings"
)

// maxMilli is the greatest length in thousandths that Milli reads: a thousand
// kilometres, far beyond any page.
const maxMilli = 1_000_000_000_000

// Milli gives a number in thousandths, rounded half away from zero; lengths of
// this package are thousandths of a point, so that no binary fraction is needed.
func Milli(o Object) (int64, bool) {
	switch v := o.(type) {
	case int64:
		return v * 1000, v > -maxMilli/1000 && v < maxMilli/1000
	case int:
		return Milli(int64(v))
	case Real:
		return milliOf(string(v))
	}
	return 0, false
}

func milliOf(s string) (int64, bool) {
	neg := strings.HasPrefix(s, "-")
	s = strings.TrimLeft(s, "+-")
	whole, frac, _ := strings.Cut(s, ".")
	if whole == "" {
		whole = "0"
	}
	frac = (frac + "0000")[:4]
	w, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || w >= maxMilli/1000 {
		return 0, false
	}
	f, err := strconv.ParseUint(frac, 10, 16)
	if err != nil {
		return 0, false
	}
	m := w*1000 + (int64(f)+5)/10
	if neg {
		m = -m
	}
	return m, true
}

// FromMilli gives the shortest number for m thousandths: an int64, or a Real
// when there is a fraction.
func FromMilli(m int64) Object {
	if m%1000 == 0 {
		return m / 1000
	}
	sign := ""
	if m < 0 {
		sign, m = "-", -m
	}
	frac := strconv.FormatInt(m%1000+1000, 10)[1:]
	return Real(sign + strconv.FormatInt(m/1000, 10) + "." + strings.TrimRight(frac, "0"))
}
