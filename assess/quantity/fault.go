package quantity

import "fmt"

// A SyntaxError says why a text is no number, limit or value. Reason is one of
// SyntaxReasons, a key below which a catalogue keeps the sentence.
type SyntaxError struct {
	Input  string // what was entered, cut to a length that fits a message
	Reason string
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("read %q: %s", e.Input, e.Reason) }

// The reasons of a SyntaxError.
const (
	SyntaxEmpty         = "syntax.empty"     // nothing was entered
	SyntaxTooLong       = "syntax.too_long"  // longer than any limit or value is
	SyntaxMalformed     = "syntax.malformed" // not a decimal number
	SyntaxThousands     = "syntax.thousands" // a comma inside a number can mean two things
	SyntaxExponent      = "syntax.exponent"  // 1.2e3: write the number out
	SyntaxTooManyDigits = "syntax.too_many_digits"
	SyntaxTooManyPlaces = "syntax.too_many_places"
	SyntaxSignMissing   = "syntax.sign_missing"  // a limit needs ≥, ≤, a range or a tolerance
	SyntaxReversed      = "syntax.reversed"      // the lower end lies above the upper
	SyntaxEmptyRange    = "syntax.empty_range"   // no value can lie inside
	SyntaxTolerance     = "syntax.tolerance"     // a tolerance is positive
	SyntaxPercent       = "syntax.percent"       // 10±5 % of a percentage can mean two things
	SyntaxUnits         = "syntax.units"         // two different units in one limit
	SyntaxGradeUnknown  = "syntax.grade_unknown" // not one of the indicator's grades
	SyntaxBound         = "syntax.bound"         // a measured value is a number, not ≥ or ≤ one
	SyntaxUncertainty   = "syntax.uncertainty"   // a measured value is entered without its ±
	SyntaxDetection     = "syntax.detection"     // a detection limit is positive
)

// SyntaxReasons are all reasons of a SyntaxError, for a test of the catalogue.
var SyntaxReasons = []string{
	SyntaxEmpty, SyntaxTooLong, SyntaxMalformed, SyntaxThousands, SyntaxExponent,
	SyntaxTooManyDigits, SyntaxTooManyPlaces, SyntaxSignMissing, SyntaxReversed,
	SyntaxEmptyRange, SyntaxTolerance, SyntaxPercent, SyntaxUnits,
	SyntaxGradeUnknown, SyntaxBound, SyntaxUncertainty, SyntaxDetection,
}

// A UnitError says why a unit cannot be read, or one unit not be turned into
// another. Reason is one of UnitReasons.
type UnitError struct {
	From   string // the unit, as entered or as code
	To     string // the unit asked for; empty where From could not be read
	Reason string
}

func (e *UnitError) Error() string {
	if e.To == "" {
		return fmt.Sprintf("read unit %q: %s", e.From, e.Reason)
	}
	return fmt.Sprintf("convert %q to %q: %s", e.From, e.To, e.Reason)
}

// The reasons of a UnitError.
const (
	UnitUnknown     = "unit.unknown"     // no such unit
	UnitTooLong     = "unit.too_long"    // longer than any unit is
	UnitDimensions  = "unit.dimensions"  // the two measure different things
	UnitLogarithmic = "unit.logarithmic" // levels such as dB convert to themselves only
	UnitSpecific    = "unit.specific"    // converts only for one kind of quantity, e.g. mmol/kg and g/100 g for the peroxide value
)

// UnitReasons are all reasons of a UnitError, for a test of the catalogue.
var UnitReasons = []string{UnitUnknown, UnitTooLong, UnitDimensions, UnitLogarithmic, UnitSpecific}

const shownRunes = 60 // of an input inside a message

func syntax(input, reason string) *SyntaxError {
	return &SyntaxError{Input: shorten(input), Reason: reason}
}

func shorten(s string) string {
	if r := []rune(s); len(r) > shownRunes {
		return string(r[:shownRunes]) + "…"
	}
	return s
}
