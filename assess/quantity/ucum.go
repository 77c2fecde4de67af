package quantity

import (
	"math/big"
	"strconv"
	"strings"
	"sync"
)

// atom is a unit of UCUM's tables: factor × base, where base is itself a code.
type atom struct {
	factor string // decimal or fraction
	base   string // "" is the number 1; the atom's own name makes a base unit
	metric bool   // takes prefixes
	offset string
	log    bool
}

// atoms are the units of UCUM that occur in product standards, besides those
// that are base units. Values: UCUM 2.1.
var atoms = map[string]atom{
	"m": {"1", "m", true, "", false}, "g": {"1", "g", true, "", false},
	"s": {"1", "s", true, "", false}, "K": {"1", "K", true, "", false},
	"A": {"1", "A", true, "", false}, "cd": {"1", "cd", true, "", false},
	"mol": {"1", "mol", true, "", false},
	// UCUM makes eq a mol, which holds for no substance of several charges.
	"eq":  {"1", "eq", true, "", false},
	"rad": {"1", "rad", true, "", false}, "sr": {"1", "sr", true, "", false},
	"bit": {"1", "bit", false, "", false}, "By": {"8", "bit", true, "", false},
	"[CFU]": {"1", "[CFU]", false, "", false}, "[iU]": {"1", "[iU]", true, "", false},

	"%": {"1/100", "", false, "", false}, "[ppth]": {"1/1000", "", false, "", false},
	"[ppm]": {"1/1000000", "", false, "", false}, "[ppb]": {"1/1000000000", "", false, "", false},
	"Cel":    {"1", "K", true, "5463/20", false},      // 273.15
	"[degF]": {"5/9", "K", false, "45967/100", false}, // 459.67
	"deg":    {"1", "deg", false, "", false}, "'": {"1/60", "deg", false, "", false},
	"''": {"1/3600", "deg", false, "", false},
	"B":  {"1", "B", true, "", true}, "[pH]": {"1", "[pH]", false, "", true},

	"min": {"60", "s", false, "", false}, "h": {"3600", "s", false, "", false},
	"d": {"86400", "s", false, "", false}, "wk": {"604800", "s", false, "", false},
	"mo": {"1/12", "a", false, "", false}, "a": {"1", "a", false, "", false}, // a year is no fixed number of days
	"L": {"1/1000", "m3", true, "", false}, "l": {"1/1000", "m3", true, "", false},
	"t": {"1000000", "g", true, "", false}, "u": {"1", "u", true, "", false},
	"har": {"10000", "m2", false, "", false}, "[mu_cn]": {"2000/3", "m2", false, "", false},

	"Hz": {"1", "/s", true, "", false}, "Bq": {"1", "[Bq]", true, "", false},
	"N": {"1000", "g.m/s2", true, "", false}, "Pa": {"1000", "g/(m.s2)", true, "", false},
	"J": {"1000", "g.m2/s2", true, "", false}, "W": {"1000", "g.m2/s3", true, "", false},
	"bar": {"100000", "Pa", true, "", false}, "atm": {"101325", "Pa", false, "", false},
	"m[Hg]": {"133322", "Pa", true, "", false}, "cal": {"523/125", "J", true, "", false}, // 4.184
	"eV": {"1", "[eV]", true, "", false},
	"gf": {"196133/20000", "g.m/s2", true, "", false}, // 9.80665 mN
	"P":  {"1/10", "Pa.s", true, "", false}, "St": {"1/10000", "m2/s", true, "", false},
	"C": {"1", "A.s", true, "", false}, "V": {"1", "W/A", true, "", false},
	"Ohm": {"1", "V/A", true, "", false}, "S": {"1", "A/V", true, "", false},
	"F": {"1", "A.s/V", true, "", false}, "Wb": {"1", "V.s", true, "", false},
	"H": {"1", "Wb/A", true, "", false}, "T": {"1", "Wb/m2", true, "", false},
	"lm": {"1", "lm", true, "", false}, "lx": {"1", "lm/m2", true, "", false},
	"Gy": {"1", "J/kg", true, "", false}, "Sv": {"1", "[Sv]", true, "", false},
	"tex": {"1/1000", "g/m", true, "", false}, "[den]": {"1/9000", "g/m", false, "", false},
	"VA":  {"1", "[VA]", true, "", false}, // apparent power is not W
	"var": {"1", "[var]", true, "", false},
}

var prefixes = []struct {
	name  string
	power int
}{
	{"da", 1},
	{"T", 12},
	{"G", 9},
	{"M", 6},
	{"k", 3},
	{"h", 2},
	{"d", -1},
	{"c", -2},
	{"m", -3},
	{"u", -6},
	{"n", -9},
	{"p", -12},
}

// parseUCUM reads a code; ok is false where it is none.
func parseUCUM(code string) (measure, bool) {
	p := ucum{rest: code}
	m, ok := p.term()
	return m, ok && p.rest == ""
}

// ucum reads UCUM's grammar from the left.
type ucum struct {
	rest  string
	depth int
}

const maxUnitDepth = 4

// term is components joined by "." and "/".
func (p *ucum) term() (measure, bool) {
	m, power := dimensionless(), 1
	if p.take("/") {
		power = -1
	}
	for first := true; ; first = false {
		c, ok := p.component()
		if !ok {
			return m, false
		}
		if first && power == 1 {
			m = c
		} else {
			m = m.times(c, power)
		}
		switch {
		case p.take("."):
			power = 1
		case p.take("/"):
			power = -1
		default:
			return m, true
		}
	}
}

func (p *ucum) take(s string) bool {
	rest, ok := strings.CutPrefix(p.rest, s)
	if ok {
		p.rest = rest
	}
	return ok
}

// component is a term in brackets, a number, or a unit with power and
// annotation.
func (p *ucum) component() (measure, bool) {
	if p.take("(") {
		p.depth++
		m, ok := p.term()
		p.depth--
		return m, ok && p.depth < maxUnitDepth && p.take(")")
	}
	if p.take("10*") {
		n, ok := p.power()
		return measure{dims: map[string]int{}, factor: powerOfTen(n), offset: new(big.Rat)}, ok
	}
	if digits := leading(p.rest, "0123456789"); digits != "" {
		p.rest = p.rest[len(digits):]
		n, err := strconv.Atoi(digits)
		m := dimensionless()
		m.factor.SetInt64(int64(n))
		return m, err == nil && n > 0
	}
	return p.annotated()
}

func (p *ucum) annotated() (measure, bool) {
	m, named := p.simple()
	if named {
		n, ok := p.power()
		if !ok {
			return m, false
		}
		if n != 1 {
			m = dimensionless().times(m, n)
		}
	}
	note, ok := p.annotation()
	switch {
	case !ok || (!named && note == ""):
		return m, false
	case note == "":
		return m, true
	case !named:
		m = dimensionless()
	}
	// A level keeps being one: dB{A}.
	log := m.log
	m = m.times(measure{dims: map[string]int{note: 1}, factor: big.NewRat(1, 1), offset: new(big.Rat)}, 1)
	m.log = log
	return m, true
}

// annotation is {…} with its braces, or "".
func (p *ucum) annotation() (string, bool) {
	if !strings.HasPrefix(p.rest, "{") {
		return "", true
	}
	end := strings.IndexByte(p.rest, '}')
	if end < 2 || strings.ContainsFunc(p.rest[1:end], func(r rune) bool { return r <= ' ' || r > '~' || r == '{' }) {
		return "", false // UCUM: printable ASCII
	}
	note := p.rest[:end+1]
	p.rest = p.rest[end+1:]
	return note, true
}

const maxUnitPower = 12

// power is the exponent behind a unit; none is 1.
func (p *ucum) power() (int, bool) {
	sign := leading(p.rest, "+-")
	digits := leading(p.rest[len(sign):], "0123456789")
	if digits == "" {
		return 1, sign == ""
	}
	n, err := strconv.Atoi(sign + digits)
	p.rest = p.rest[len(sign)+len(digits):]
	return n, err == nil && len(sign) <= 1 && n != 0 && n >= -maxUnitPower && n <= maxUnitPower
}

func leading(s, set string) string { return s[:len(s)-len(strings.TrimLeft(s, set))] }

// simple is an atom with or without prefix.
func (p *ucum) simple() (measure, bool) {
	name := p.name()
	m, ok := lookUp(name)
	if ok {
		p.rest = p.rest[len(name):]
	}
	return m, ok
}

// name is everything up to a power, an annotation or the next component;
// brackets belong to the name.
func (p *ucum) name() string {
	inside := false
	for i := range len(p.rest) {
		switch c := p.rest[i]; {
		case c == '[':
			inside = true
		case c == ']':
			inside = false
		case !inside && strings.IndexByte("./(){}+-0123456789", c) >= 0:
			return p.rest[:i]
		}
	}
	return p.rest
}

func lookUp(name string) (measure, bool) {
	if a, ok := atoms[name]; ok {
		return a.known(name), true
	}
	for _, prefix := range prefixes {
		stem, cut := strings.CutPrefix(name, prefix.name)
		a, ok := atoms[stem]
		if !cut || !ok || !a.metric || a.offset != "" {
			continue
		}
		m := a.known(stem)
		m.factor = new(big.Rat).Mul(m.factor, powerOfTen(prefix.power))
		return m, true
	}
	return measure{}, false
}

// known is measure, worked out once for every atom.
func (a atom) known(name string) measure {
	if m, ok := worked.Load(name); ok {
		return m.(measure)
	}
	m := a.measure(name)
	worked.Store(name, m)
	return m
}

// worked holds the measures of atoms, which nobody changes.
var worked sync.Map

func (a atom) measure(name string) measure {
	m := dimensionless()
	if a.base == name {
		m.dims[name] = 1
	} else if a.base != "" {
		m = baseOf(a.base)
	}
	m.factor = new(big.Rat).Mul(m.factor, fraction(a.factor))
	m.log = a.log
	if a.offset != "" {
		m.offset = fraction(a.offset)
	}
	return m
}

// baseOf reads the base of an atom; what is no code is a base unit of its own.
func baseOf(code string) measure {
	if m, ok := parseUCUM(code); ok {
		return m
	}
	m := dimensionless()
	m.dims[code] = 1
	return m
}

// fraction reads a constant of the tables above.
func fraction(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic("quantity: " + s + " is no fraction")
	}
	return r
}
