package assess

import (
	"mingpin/assess/programme"
	"mingpin/assess/quantity"
)

// An Evaluation (评估) is what an application amounts to on the declaration
// date: computed by Evaluate, never stored. Gates come first, then scores; a
// strong item never makes up for a failed gate.
type Evaluation struct {
	Gates        []GateResult        `json:"gates"`
	Requirements []RequirementResult `json:"requirements"`
	Dimensions   []DimensionResult   `json:"dimensions"`
	Indicators   []IndicatorResult   `json:"indicators"`
	Annexes      []AnnexResult       `json:"annexes"`
	Score        Figure              `json:"score"`   // 0..100, two places
	Outcome      string              `json:"outcome"` // readiness tier of the pack; empty for a reference pack
	Meters       Meters              `json:"meters"`
	Issues       []Issue             `json:"issues"` // blocks first, then by rule and field
	Approval     Approval            `json:"approval"`
}

// A Figure is a computed number with how it came about.
type Figure struct {
	Value quantity.Decimal `json:"value"`
	From  Derivation       `json:"from"`
}

// A Derivation is one node of the explanation of a number or verdict: what it
// is (a catalogue key with facts) and what it rests on.
type Derivation struct {
	Key   string       `json:"key"` // "derivation.…"
	Args  Args         `json:"args,omitempty"`
	Value string       `json:"value,omitempty"`
	Field Field        `json:"field,omitempty"` // where the value was entered, at the leaves
	Parts []Derivation `json:"parts,omitempty"`
}

// A Field is the place of an entry, such as finding/r-kpi-table/rating or
// indicator/i1/measured.value: entity kind, key, path. Screens jump to it.
type Field string

// A GateResult is the state of one gate.
type GateResult struct {
	Gate     string          `json:"gate"`
	State    programme.State `json:"state"`
	Blocks   bool            `json:"blocks"`            // official or law: stops; otherwise warns
	Missing  []string        `json:"missing,omitempty"` // concept ids
	By       string          `json:"by,omitempty"`      // who attested
	On       Date            `json:"on,omitempty"`
	Evidence []string        `json:"evidence,omitempty"` // evidence ids that fill its slots
	From     Derivation      `json:"from"`
}

// Passes reports whether the gate is fulfilled: computed, attested or not
// applicable.
func (g GateResult) Passes() bool {
	return g.State == programme.Holds || g.State == programme.Attested || g.State == programme.Skipped
}

// A RequirementResult is what one requirement amounts to.
type RequirementResult struct {
	Requirement   string           `json:"requirement"`
	Applies       bool             `json:"applies"`
	Answered      bool             `json:"answered"`
	NotApplicable bool             `json:"notApplicable"`
	Proven        bool             `json:"proven"`
	Conforming    bool             `json:"conforming"`
	Points        quantity.Decimal `json:"points"` // of 100, after cut-back
	Slots         []SlotResult     `json:"slots,omitempty"`
	From          Derivation       `json:"from"`
}

// A SlotResult is how one evidence rule is filled.
type SlotResult struct {
	Slot  string   `json:"slot"`
	Need  int      `json:"need"`
	Valid []string `json:"valid,omitempty"` // evidence ids that count
	Weak  []string `json:"weak,omitempty"`  // attached, but expired, too old or without must-show fields
	// Filled says that enough valid evidence is there and, where the slot asks
	// for a stretch of time, that it covers it.
	Filled bool `json:"filled"`
}

// A DimensionResult is the score of one dimension.
type DimensionResult struct {
	Dimension string `json:"dimension"`
	Score     Figure `json:"score"`
	Meters    Meters `json:"meters"`
}

// Meters are the four separate meters; none is computed from another.
type Meters struct {
	Answered   Meter `json:"answered"`
	Proven     Meter `json:"proven"`
	Conforming Meter `json:"conforming"`
	Approved   Meter `json:"approved"`
}

// A Meter counts Done of Of. From names what is still open.
type Meter struct {
	Done int        `json:"done"`
	Of   int        `json:"of"`
	From Derivation `json:"from"`
}

// An IndicatorResult holds the three separate results of one table row.
type IndicatorResult struct {
	Indicator string              `json:"indicator"`
	Level     []ComparatorResult  `json:"level"`    // 标准水平, per comparator
	Overall   quantity.Result     `json:"overall"`  // 标准水平 over all comparators; 填补空白 is decided here
	Conforms  quantity.Conformity `json:"conforms"` // 符合性
	Physical  []ComparatorResult  `json:"physical"` // 实物水平, per comparator
}

// A ComparatorResult is a result against one comparator standard.
type ComparatorResult struct {
	Standard string          `json:"standard"` // standard id
	Result   quantity.Result `json:"result"`
}

// An AnnexResult is the state of one place in the list of materials.
type AnnexResult struct {
	Annex    string   `json:"annex"`
	Applies  bool     `json:"applies"`
	Filled   bool     `json:"filled"`
	Evidence []string `json:"evidence,omitempty"` // ids in the order they are bound
}

// Severity is the weight of an issue.
type Severity string

// The severities of issues. Human marks what no program can check.
const (
	Block   Severity = "block"
	Quality Severity = "quality"
	Hint    Severity = "hint"
	Human   Severity = "human"
)

// An Issue (问题) is one finding of a check.
type Issue struct {
	Rule     string   `json:"rule"` // MP-T03: frozen id of the check
	Severity Severity `json:"severity"`
	Clause   string   `json:"clause,omitempty"` // document and article the check rests on
	Key      string   `json:"key"`              // "check.…"
	Args     Args     `json:"args,omitempty"`
	Field    Field    `json:"field,omitempty"`
}

// Approval is the state of 编制 → 审核 → 批准.
type Approval struct {
	State   string   `json:"state"` // draft, prepared, reviewed, approved
	By      string   `json:"by,omitempty"`
	On      Date     `json:"on,omitempty"`
	Stale   bool     `json:"stale"`             // an approval fell back because data changed after it
	Changed []string `json:"changed,omitempty"` // entities that changed, when known
}
