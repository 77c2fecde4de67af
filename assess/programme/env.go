package programme

// Env is what the conditions of a pack may ask about an application. assess
// implements it over a snapshot; tests over a table.
type Env interface {
	// Date is the declaration date, on which everything is judged.
	Date() Date
	// Attr gives application.track, application.object, client.region and the
	// like; false when the application does not say.
	Attr(path string) (string, bool)
	// Facts gives every fact of a concept that counts for the application's
	// object, latest first.
	Facts(concept string) []Fact
	// Param gives the user's replacement of a parameter, or false.
	Param(id string) (string, bool)
	// Figure gives a number of the evaluation itself (score, proven,
	// conforming, gates_failed, gates_unknown, blocks) as a decimal string; used
	// by outcomes only.
	Figure(name string) (string, bool)
}

// A Fact (事实) as conditions see it: one typed, dated statement.
type Fact struct {
	Concept string
	Type    ConceptType
	Value   string // as typed: decimal string, YYYY-MM-DD, true/false, code, text
	Unit    string // UCUM code of an amount
	Year    int    // for yearly facts
	Period  Span
	None    bool // states that the event did not happen during Period (open end: until the declaration date)
}

// ConceptType is the type of a concept's values.
type ConceptType string

// The types of concepts. An event concept has facts of two kinds: it happened
// on a date, or (None) it did not happen during a period.
const (
	Amount  ConceptType = "amount" // decimal with unit
	Number  ConceptType = "number" // decimal without unit
	Day     ConceptType = "date"
	Boolean ConceptType = "boolean"
	Code    ConceptType = "code" // one of the concept's codes
	Words   ConceptType = "text"
	Event   ConceptType = "event"
)

// A Concept is a thing facts can be stated about; concept ids are shared by all
// packs, so that an answer entered once counts everywhere.
type Concept struct {
	ID      string            `json:"id" yaml:"id"`
	Type    ConceptType       `json:"type" yaml:"type"`
	Unit    string            `json:"unit,omitempty" yaml:"unit"`
	Yearly  bool              `json:"yearly,omitempty" yaml:"yearly"`
	Subject string            `json:"subject" yaml:"subject"` // client, site, line, product, model
	Codes   []string          `json:"codes,omitempty" yaml:"codes"`
	Name    map[string]string `json:"name" yaml:"name"` // by language
	Meaning map[string]string `json:"meaning" yaml:"meaning"`
}

// Concepts is the registry shared by all packs, by id.
type Concepts map[string]Concept

// State is the result of a condition. Unknown never passes.
type State string

// The states of a condition or gate.
const (
	Holds    State = "holds"
	Fails    State = "fails"
	Unknown  State = "unknown"
	Attested State = "attested"
	Skipped  State = "not-applicable"
)

// A Truth is the result of a condition with what it rests on.
type Truth struct {
	State   State
	Missing []string // concepts (or attributes such as client.region) without which the condition cannot be decided, sorted
	Used    []Use    // what was looked up, in order of first use
	Fault   string   // why it could not be computed although nothing is missing (a division by zero); Unknown then
}

// A Use is one thing a condition looked up, for the derivation.
type Use struct {
	Call  string // fact('revenue', 2024), param('min-years'), …
	Value string // what it gave, as printed; empty when it was missing
}
