package quantity

import (
	"slices"
	"strings"
)

// ParseLimit reads a limit as standards write it: ≥0.30, 不大于 2.0, 0.5~1.5,
// (0.5,1.5], 10±0.5, 10±5%, 10.0±0.1(不含0.1), one of grades (best first),
// 有/无, 不得检出, a whole number of things, or a qualitative text. A dash or
// nothing is no limit. unit is the indicator's; another unit behind the number
// is kept. Errors are *SyntaxError and *UnitError.
func ParseLimit(text string, unit Unit, grades []string) (Limit, error) {
	if len(text) > maxText {
		return Limit{}, syntax(text, SyntaxTooLong)
	}
	s := squeeze(text)
	if g, ok := gradeOf(withoutAtLeast(s), grades); ok {
		return Limit{Kind: Grade, Grade: g}, nil
	}
	switch {
	case slices.Contains(noLimit, s):
		return Limit{}, nil
	case slices.Contains(noneSaid, s):
		return Limit{Kind: None}, nil
	case boolOf(s) != nil:
		return Limit{Kind: Boolean, Bool: boolOf(s)}, nil
	}
	l, ok, err := numericLimit(s)
	switch {
	case err != nil:
		return Limit{}, err
	case ok:
		return finish(text, l, unit)
	case len(grades) > 0:
		return Limit{}, syntax(text, SyntaxGradeUnknown)
	}
	return Limit{Kind: Words, Text: asEntered(text)}, nil
}

// finish checks what needs the indicator's unit.
func finish(text string, l Limit, unit Unit) (Limit, error) {
	effective := l.Unit
	if effective == "" {
		effective = unit
	}
	if l.Kind == Count && (!effective.IsCount() || l.Nominal.Places() > 0 || l.Nominal.Sign() < 0) {
		return Limit{}, syntax(text, SyntaxSignMissing)
	}
	if l.Kind == Nominal && l.TolPercent && (effective == "%" || l.Nominal.IsZero()) {
		return Limit{}, syntax(text, SyntaxPercent)
	}
	l.Unit = besides(l.Unit, unit)
	return l, nil
}

// withoutAtLeast strips what says "this grade or better".
func withoutAtLeast(s string) string {
	for _, prefix := range [...]string{"≥", ">=", "不低于", "优于或等于"} {
		s = strings.TrimPrefix(s, prefix)
	}
	for _, suffix := range [...]string{"及以上", "以上", "或以上"} {
		s = strings.TrimSuffix(s, suffix)
	}
	return s
}

// numericLimit reads the forms with numbers; ok is false for any other text.
func numericLimit(s string) (l Limit, ok bool, err error) {
	first, rest, sided := cutSign(s)
	switch {
	case strings.Contains(s, "±") || strings.Contains(s, "+/-"):
		l, err = tolerance(strings.Replace(s, "+/-", "±", 1))
	case sided:
		l, err = sidedLimit(first, rest)
	case bracketed(s):
		l, err = bracketLimit(s)
	case beginsNumeric(s):
		l, err = plainLimit(s)
	default:
		return Limit{}, false, nil
	}
	return l, true, err
}

// signWords say a one-sided limit in front of its number; longer ones first.
var signWords = []struct {
	word string
	kind LimitKind
}{
	{"大于或等于", GE},
	{"大于等于", GE},
	{"小于或等于", LE},
	{"小于等于", LE},
	{"不小于", GE},
	{"不低于", GE},
	{"不少于", GE},
	{"至少", GE},
	{"不大于", LE},
	{"不高于", LE},
	{"不超过", LE},
	{"不多于", LE},
	{"至多", LE},
	{"大于", GT},
	{"高于", GT},
	{"超过", GT},
	{"小于", LT},
	{"低于", LT},
	{"少于", LT},
	{">=", GE},
	{"≥", GE},
	{"≧", GE},
	{"⩾", GE},
	{"<=", LE},
	{"≤", LE},
	{"≦", LE},
	{"⩽", LE},
	{">", GT},
	{"<", LT},
}

// cutSign takes the sign of a one-sided limit off s. A word counts only in
// front of a number, for a text may begin with it as well.
func cutSign(s string) (kind LimitKind, rest string, ok bool) {
	for _, w := range signWords {
		rest, found := strings.CutPrefix(s, w.word)
		if !found {
			continue
		}
		if number, _ := takeNumber(rest); number != "" || len(w.word) < len("大于") {
			return w.kind, rest, true
		}
	}
	return "", s, false
}

// sidedLimit reads ≥0.30, and ≥0.5,≤1.5 as the range it is.
func sidedLimit(kind LimitKind, s string) (Limit, error) {
	for _, joint := range [...]string{"且", ",", "、", ";", "并"} {
		before, after, found := strings.Cut(s, joint)
		second, rest, sided := cutSign(after)
		if !found || !sided {
			continue
		}
		return bothSides(oneSide{kind, before}, oneSide{second, rest})
	}
	d, u, err := amount(s)
	if err != nil {
		return Limit{}, err
	}
	if kind == GE || kind == GT {
		return Limit{Kind: kind, Low: &d, Unit: u}, nil
	}
	return Limit{Kind: kind, High: &d, Unit: u}, nil
}

type oneSide struct {
	kind LimitKind
	text string
}

func bothSides(a, b oneSide) (Limit, error) {
	if a.kind == LE || a.kind == LT {
		a, b = b, a
	}
	if (a.kind != GE && a.kind != GT) || (b.kind != LE && b.kind != LT) {
		return Limit{}, syntax(a.text+","+b.text, SyntaxMalformed)
	}
	return ends(a.text, b.text, Limit{Kind: Range, LowOpen: a.kind == GT, HighOpen: b.kind == LT})
}

// ends reads the two ends of the range l.
func ends(low, high string, l Limit) (Limit, error) {
	a, unitA, err := amount(low)
	if err != nil {
		return Limit{}, err
	}
	b, unitB, err := amount(high)
	if err != nil {
		return Limit{}, err
	}
	if l.Unit, err = oneUnit(low+"~"+high, unitA, unitB, l.Unit); err != nil {
		return Limit{}, err
	}
	l.Low, l.High = &a, &b
	if reason := rangeFault(l); reason != "" {
		return Limit{}, syntax(low+"~"+high, reason)
	}
	return l, nil
}

// oneUnit is the one unit among those written.
func oneUnit(text string, units ...Unit) (Unit, error) {
	var found Unit
	for _, u := range units {
		if u != "" && found != "" && u != found {
			return "", syntax(text, SyntaxUnits)
		}
		if u != "" {
			found = u
		}
	}
	return found, nil
}

func bracketed(s string) bool {
	return beginsNumeric(s) && (s[0] == '(' || s[0] == '[') && strings.ContainsAny(s, ",;")
}

// bracketLimit reads (0.5,1.5] and the like, with a unit behind it or not.
func bracketLimit(s string) (Limit, error) {
	closing := strings.IndexAny(s, ")]")
	if closing < 0 {
		return Limit{}, syntax(s, SyntaxMalformed)
	}
	inner := strings.ReplaceAll(s[1:closing], ";", ",")
	if strings.Count(inner, ",") != 1 {
		return Limit{}, syntax(s, SyntaxThousands)
	}
	u, err := unitBehind(s[closing+1:])
	if err != nil {
		return Limit{}, err
	}
	low, high, _ := strings.Cut(inner, ",")
	return ends(low, high, Limit{Kind: Range, LowOpen: s[0] == '(', HighOpen: s[closing] == ')', Unit: u})
}

// plainLimit reads 0.5~1.5, "5 以上", and a number of things. 以上, 以下 and 以内
// include the number itself (民法典, article 1259).
func plainLimit(s string) (Limit, error) {
	for _, w := range [...]struct {
		word string
		kind LimitKind
	}{{"及以上", GE}, {"以上", GE}, {"及以下", LE}, {"以下", LE}, {"以内", LE}} {
		if rest, ok := strings.CutSuffix(s, w.word); ok {
			return sidedLimit(w.kind, rest)
		}
	}
	number, rest := takeNumber(s)
	for _, separator := range [...]string{"~", "至", "到", "—", "-"} {
		if before, after, ok := strings.Cut(rest, separator); ok && number != "" {
			if next, _ := takeNumber(after); next != "" {
				return ends(number+before, after, Limit{Kind: Range})
			}
		}
	}
	d, u, err := amount(s)
	return Limit{Kind: Count, Nominal: &d, Unit: u}, err
}
