package quantity

import (
	"regexp"
	"slices"
	"strings"
)

// A Value is what was measured: a number, not detected, a grade, 有 or 无, or a
// finding in words. The zero Value is nothing measured.
type Value struct {
	Number         *Decimal `json:"number,omitempty"`
	NotDetected    bool     `json:"notDetected,omitempty"`
	DetectionLimit *Decimal `json:"detectionLimit,omitempty"` // of the method (检出限), in the value's unit
	Grade          string   `json:"grade,omitempty"`
	Bool           *bool    `json:"bool,omitempty"`
	Text           string   `json:"text,omitempty"` // as entered, of a qualitative value
	Unit           Unit     `json:"unit,omitempty"` // where it differs from the indicator's
}

// IsZero reports whether nothing was measured.
func (v Value) IsZero() bool {
	return v.Number == nil && !v.NotDetected && v.Grade == "" && v.Bool == nil && v.Text == ""
}

// String is v as a Chinese page prints it; ParseValue reads it back.
func (v Value) String() string { return v.Print("zh-CN") }

// Print is v as a page prints it in the language "zh-CN" or "en".
func (v Value) Print(lang string) string {
	unit := unitSuffix(v.Unit, lang)
	switch {
	case v.Number != nil && v.DetectionLimit != nil:
		return v.Number.String() + unit + "(" + word{"检出限", "LOD "}.in(lang) + v.DetectionLimit.String() + unit + ")"
	case v.Number != nil:
		return v.Number.String() + unit
	case v.NotDetected && v.DetectionLimit != nil:
		return notDetectedWord.in(lang) + "(<" + v.DetectionLimit.String() + unit + ")"
	case v.NotDetected:
		return notDetectedWord.in(lang)
	case v.Grade != "":
		return v.Grade
	case v.Bool != nil:
		return printBool(v.Bool, lang)
	}
	return v.Text
}

// detection is a detection limit behind a value, as reports write it.
var detection = regexp.MustCompile(`^\(?(?:方法)?(?:检出限|检测限|定量限|LOD|LOQ|MDL|DL)?(?:为)?[:=<]?([0-9].*?)\)?$`)

// namedDetection begins a detection limit behind a number.
var namedDetection = regexp.MustCompile(`\((?:方法)?(?:检出限|检测限|定量限|LOD|LOQ|MDL|DL)`)

// ParseValue reads a measured value as reports write it: 0.31, 未检出,
// 未检出(<0.01), <0.01, 0.005(检出限 0.01), one of grades, 有, or a text. A dash
// or nothing is no value. unit is the indicator's; another unit behind the
// number is kept. Errors are *SyntaxError and *UnitError.
func ParseValue(text string, unit Unit, grades []string) (Value, error) {
	if len(text) > maxText {
		return Value{}, syntax(text, SyntaxTooLong)
	}
	s := squeeze(text)
	if g, ok := gradeOf(s, grades); ok {
		return Value{Grade: g}, nil
	}
	if slices.Contains(nothing, s) {
		return Value{}, nil
	}
	if b := boolOf(s); b != nil {
		return Value{Bool: b}, nil
	}
	if rest, ok := cutNotFound(s); ok {
		return notDetected(text, rest, unit)
	}
	switch {
	case beginsNumeric(s):
		return numericValue(text, s, unit)
	case len(grades) > 0:
		return Value{}, syntax(text, SyntaxGradeUnknown)
	}
	return Value{Text: asEntered(text)}, nil
}

// cutNotFound takes off s what says that nothing was found. Words in front of
// more words are a text: 未检出异味.
func cutNotFound(s string) (rest string, ok bool) {
	if slices.Contains(notFound, s) {
		return "", true
	}
	if rest, ok = strings.CutPrefix(s, "<"); ok && !strings.HasPrefix(rest, "=") {
		return "<" + rest, true
	}
	for _, w := range notFound {
		rest, ok = strings.CutPrefix(s, w)
		if ok && rest != "" && strings.ContainsRune("(<:", rune(rest[0])) {
			return rest, true
		}
	}
	return "", false
}

func notDetected(text, rest string, unit Unit) (Value, error) {
	if rest == "" {
		return Value{NotDetected: true}, nil
	}
	limit, u, err := detectionLimit(text, rest)
	if err != nil {
		return Value{}, err
	}
	return Value{NotDetected: true, DetectionLimit: &limit, Unit: besides(u, unit)}, nil
}

func detectionLimit(text, s string) (Decimal, Unit, error) {
	m := detection.FindStringSubmatch(s)
	if m == nil {
		return Decimal{}, "", syntax(text, SyntaxDetection)
	}
	d, u, err := amount(balance(m[1]))
	if err == nil && d.Sign() <= 0 {
		err = syntax(text, SyntaxDetection)
	}
	return d, u, err
}

// balance gives a unit such as g/(100.g) its last bracket back.
func balance(s string) string {
	if strings.Count(s, "(") > strings.Count(s, ")") {
		return s + ")"
	}
	return s
}

func numericValue(text, s string, unit Unit) (Value, error) {
	if strings.Contains(s, "±") || strings.Contains(s, "+/-") {
		return Value{}, syntax(text, SyntaxUncertainty)
	}
	number, rest := takeNumber(s)
	if number == "" {
		return Value{}, syntax(text, SyntaxBound)
	}
	behind := ""
	if at := namedDetection.FindStringIndex(rest); at != nil {
		rest, behind = rest[:at[0]], rest[at[0]:]
	}
	d, u, err := amount(number + rest)
	if err != nil {
		return Value{}, err
	}
	v := Value{Number: &d}
	if behind != "" {
		limit, unitBehind, err := detectionLimit(text, behind)
		if err != nil {
			return Value{}, err
		}
		if u, err = oneUnit(text, u, unitBehind); err != nil {
			return Value{}, err
		}
		v.DetectionLimit = &limit
	}
	v.Unit = besides(u, unit)
	return v, nil
}
