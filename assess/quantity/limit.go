package quantity

import "strings"

// A LimitKind is the form of a limit.
type LimitKind string

// The kinds of limits. The empty kind is no limit.
const (
	GE      LimitKind = "ge"      // ≥ Low
	GT      LimitKind = "gt"      // > Low
	LE      LimitKind = "le"      // ≤ High
	LT      LimitKind = "lt"      // < High
	Range   LimitKind = "range"   // Low to High, each end open or closed
	Nominal LimitKind = "nominal" // Nominal ± Tol, absolute or in percent of Nominal
	Grade   LimitKind = "grade"   // this grade or better
	Boolean LimitKind = "boolean" // 有 or 无
	Count   LimitKind = "count"   // Nominal things: at least or at most, by the indicator's direction
	None    LimitKind = "none"    // 不得检出
	Words   LimitKind = "text"    // qualitative: read by people, never compared
)

// A Limit is what a standard asks for one indicator. Kind says which of the
// fields hold. The zero Limit says that the standard sets none.
type Limit struct {
	Kind       LimitKind `json:"kind,omitempty"`
	Low        *Decimal  `json:"low,omitempty"`
	High       *Decimal  `json:"high,omitempty"`
	LowOpen    bool      `json:"lowOpen,omitempty"`  // the end itself is outside; of ranges and tolerances
	HighOpen   bool      `json:"highOpen,omitempty"` // the end itself is outside; of ranges and tolerances
	Nominal    *Decimal  `json:"nominal,omitempty"`
	Tol        *Decimal  `json:"tol,omitempty"`
	TolPercent bool      `json:"tolPercent,omitempty"`
	Grade      string    `json:"grade,omitempty"`
	Bool       *bool     `json:"bool,omitempty"`
	Unit       Unit      `json:"unit,omitempty"` // where it differs from the indicator's
	Text       string    `json:"text,omitempty"` // as entered, of a qualitative limit
}

// IsZero reports whether the standard sets no limit.
func (l Limit) IsZero() bool { return l.Kind == "" }

// String is l as a Chinese page prints it; ParseLimit reads it back. The unit
// stands behind the number only where it differs from the indicator's.
func (l Limit) String() string { return l.Print("zh-CN") }

// Print is l as a page prints it in the language "zh-CN" or "en".
func (l Limit) Print(lang string) string {
	switch l.Kind {
	case GE:
		return "≥" + text(l.Low) + l.suffix(lang)
	case GT:
		return ">" + text(l.Low) + l.suffix(lang)
	case LE:
		return "≤" + text(l.High) + l.suffix(lang)
	case LT:
		return "<" + text(l.High) + l.suffix(lang)
	case Range:
		return l.printRange() + l.suffix(lang)
	case Nominal:
		return l.printNominal(lang)
	case Count:
		return text(l.Nominal) + l.suffix(lang)
	case Grade:
		return l.Grade
	case Boolean:
		return printBool(l.Bool, lang)
	case None:
		return noneWord.in(lang)
	}
	return l.Text
}

var (
	noneWord        = word{"不得检出", "not detectable"}
	notDetectedWord = word{"未检出", "not detected"}
	yesWord         = word{"有", "yes"}
	noWord          = word{"无", "no"}
)

func printBool(b *bool, lang string) string {
	switch {
	case b == nil:
		return ""
	case *b:
		return yesWord.in(lang)
	}
	return noWord.in(lang)
}

func (l Limit) suffix(lang string) string { return unitSuffix(l.Unit, lang) }

func unitSuffix(u Unit, lang string) string {
	if s := u.Print(lang); s != "" {
		return " " + s
	}
	return ""
}

func (l Limit) printRange() string {
	if !l.LowOpen && !l.HighOpen {
		return text(l.Low) + "～" + text(l.High)
	}
	open, closed := "[", "]"
	if l.LowOpen {
		open = "("
	}
	if l.HighOpen {
		closed = ")"
	}
	return open + text(l.Low) + "," + text(l.High) + closed
}

func (l Limit) printNominal(lang string) string {
	if l.TolPercent {
		return text(l.Nominal) + l.suffix(lang) + "±" + text(l.Tol) + "%" + l.excluded("%")
	}
	around := text(l.Nominal) + "±" + text(l.Tol)
	switch suffix := l.suffix(lang); {
	case text(l.Nominal) == "0":
		return "±" + text(l.Tol) + suffix + l.excluded("") // a deviation
	case suffix != "": // in brackets, or a unit of % would make the tolerance relative
		return "(" + around + ")" + suffix + l.excluded("")
	}
	return around + l.excluded("")
}

// excluded names the ends of a tolerance that are outside, as GB/T 8170 does.
func (l Limit) excluded(unit string) string {
	sign := map[[2]bool]string{{true, true}: "±", {true, false}: "-", {false, true}: "+"}[[2]bool{l.LowOpen, l.HighOpen}]
	if sign == "" {
		return ""
	}
	return "(不含" + sign + text(l.Tol) + unit + ")"
}

func text(d *Decimal) string {
	if d == nil {
		return ""
	}
	return d.String()
}

// Whole reports whether l has the fields of its kind, so that it can be held
// against something. ParseLimit gives whole limits only; a file may hold
// others.
func (l Limit) Whole() bool {
	switch l.Kind {
	case "":
		return true
	case GE, GT:
		return l.Low != nil
	case LE, LT:
		return l.High != nil
	case Range:
		return l.Low != nil && l.High != nil && rangeFault(l) == ""
	case Nominal:
		return l.Nominal != nil && l.Tol != nil && toleranceFault(l) == ""
	case Count:
		return l.Nominal != nil
	case Grade:
		return l.Grade != ""
	case Boolean:
		return l.Bool != nil
	case None:
		return true
	case Words:
		return strings.TrimSpace(l.Text) != ""
	}
	return false
}

func rangeFault(l Limit) string {
	switch c := l.Low.Cmp(*l.High); {
	case c > 0:
		return SyntaxReversed
	case c == 0 && (l.LowOpen || l.HighOpen):
		return SyntaxEmptyRange
	}
	return ""
}

func toleranceFault(l Limit) string {
	switch {
	case l.Tol.Sign() < 0:
		return SyntaxTolerance
	case l.Tol.IsZero() && (l.LowOpen || l.HighOpen):
		return SyntaxEmptyRange
	}
	return ""
}
