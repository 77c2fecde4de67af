package quantity

// A Direction says which values of an indicator are better.
type Direction string

// The directions. The empty one is for qualitative indicators. For 有/无 and
// for numbers of things Higher says that having (more) is better, Lower that
// not having (fewer) is.
const (
	Higher  Direction = "higher"
	Lower   Direction = "lower"
	Between Direction = "range"
)

// A Method is the way of holding a value against a limit, GB/T 8170, 4.3.
type Method string

// The two methods. The empty Method is Full.
const (
	Full    Method = "full"    // 全数值比较法: the value as measured
	Rounded Method = "rounded" // 修约值比较法: the value rounded to the places of the limit
)

// A Verdict is the answer of a comparison.
type Verdict string

// The verdicts. 优于 and 低于 are those of the first side.
const (
	Better       Verdict = "better"       // 优于
	Equal        Verdict = "equal"        // 等同
	Worse        Verdict = "worse"        // 低于
	Gap          Verdict = "gap"          // 填补空白
	Incomparable Verdict = "incomparable" // 不可比
)

// An Indicator is what a comparison needs to know of a row of the table.
type Indicator struct {
	Quantity  Quantity  `json:"quantity,omitempty"` // where a unit's factor depends on it
	Direction Direction `json:"direction,omitempty"`
	Grades    []string  `json:"grades,omitempty"` // best first
	Method    Method    `json:"method,omitempty"` // empty: Full
	Unit      Unit      `json:"unit,omitempty"`   // of every limit and value that names none
}

// A Side is what one standard asks for, and how it wants it tested.
type Side struct {
	Limit       Limit
	TestMethods []string // numbers of method standards; none where it names none
}

// A Result is a verdict and why.
type Result struct {
	Verdict Verdict `json:"verdict,omitempty"`
	// Margin is by how much the first side is stricter than the second:
	// positive when better. Between two ranges it is what the narrower saves
	// in width; between grades the number of steps.
	Margin     *Decimal `json:"margin,omitempty"`
	MarginUnit Unit     `json:"marginUnit,omitempty"`
	// Improvement is Margin in percent of the second side, rounded once to one
	// place by GB/T 8170. It is missing where a proportion means nothing: on
	// scales with an offset or logarithm (℃, dB, pH) and against zero.
	Improvement *Decimal `json:"improvement,omitempty"`
	Reason      Reason   `json:"reason"`
}

// A Conformity says whether a measured value keeps the own limit. It is not
// Known where the facts do not decide it; Reason then names what is missing.
type Conformity struct {
	Holds bool `json:"holds"`
	Known bool `json:"known"`
	// Margin is the distance from the nearest end of the limit, negative
	// outside, in MarginUnit.
	Margin     *Decimal `json:"margin,omitempty"`
	MarginUnit Unit     `json:"marginUnit,omitempty"`
	Reason     Reason   `json:"reason"`
}

// Fails reports whether the value is known not to keep the limit.
func (c Conformity) Fails() bool { return c.Known && !c.Holds }
