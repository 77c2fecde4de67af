package programme

import "mingpin/assess/quantity"

// A Pack is one version of one programme (品牌计划), as loaded. Its digest is
// taken over this model, not over the files it came from.
type Pack struct {
	Format     int      `json:"format" yaml:"format"`
	ID         string   `json:"id" yaml:"id"`
	Version    string   `json:"version" yaml:"version"`
	Region     string   `json:"region" yaml:"region"` // GB/T 2260
	Status     Status   `json:"status" yaml:"status"`
	Effective  Span     `json:"effective" yaml:"effective"`
	Supersedes string   `json:"supersedes,omitempty" yaml:"supersedes"`
	Authority  []string `json:"authority" yaml:"authority"` // text ids of the bodies in charge, first the issuing one
	Basis      []Basis  `json:"basis" yaml:"basis"`

	Tracks       []Track        `json:"tracks" yaml:"tracks"`
	Objects      []string       `json:"objects" yaml:"objects"` // product, service, …
	Parameters   []Parameter    `json:"parameters,omitempty" yaml:"parameters"`
	Dimensions   []Dimension    `json:"dimensions" yaml:"dimensions"`
	Scales       []Scale        `json:"scales" yaml:"scales"`
	Slots        []Slot         `json:"slots" yaml:"slots"`
	Gates        []Gate         `json:"gates" yaml:"gates"`
	Requirements []Requirement  `json:"requirements" yaml:"requirements"`
	Indicators   IndicatorRule  `json:"indicators" yaml:"indicators"`
	Scoring      Scoring        `json:"scoring" yaml:"scoring"`
	Form         []FormSection  `json:"form" yaml:"form"`
	Declaration  Declaration    `json:"declaration,omitzero" yaml:"declaration"` // none in a reference pack
	Annexes      []Annex        `json:"annexes" yaml:"annexes"`
	States       []ProcessState `json:"states" yaml:"states"`
	Duties       []Duty         `json:"duties" yaml:"duties"`
	Migrations   []Migration    `json:"migrations,omitempty" yaml:"migrations"`

	// Concepts are those of the shared registry that this pack's conditions and
	// form use; Load fills them in, so that a pack in a package stands alone.
	Concepts Concepts `json:"concepts" yaml:"-"`

	// Texts holds every locale's texts by language and id. An item's texts are
	// "<item id>.title", ".text", ".intent", ".pass", ".fail", ".ask", … as
	// listed in the package documentation.
	Texts map[string]map[string]string `json:"texts" yaml:"-"`

	compiled *compiled // conditions, ready to run; nil until Load has checked the pack
	digest   string
}

// Status tells whether a pack version is the one in force.
type Status string

// The statuses of a pack version. A reference pack evaluates but gives no
// outcome, makes no declaration and is watermarked 参考.
const (
	InForce    Status = "in-force"
	Superseded Status = "superseded"
	Historical Status = "historical"
	Reference  Status = "reference"
)

// Mark is how well an item is founded in a public text.
type Mark string

// The marks of provenance. Whatever is not Official is shown as 待核实.
const (
	Official Mark = "official" // the public text says so
	Derived  Mark = "derived"  // follows from it, or from a sister programme
	Proposed Mark = "proposed" // ours
)

// Provenance (出处) says where an item comes from.
type Provenance struct {
	Mark Mark   `json:"mark" yaml:"mark"`
	From string `json:"from,omitempty" yaml:"from"` // id of a Basis, or a document by title and number
	At   string `json:"at,omitempty" yaml:"at"`     // article or clause
	Seed string `json:"seed,omitempty" yaml:"seed"` // mechanism number, e.g. 001.11
	Note string `json:"note,omitempty" yaml:"note"` // what is uncertain
	Law  bool   `json:"law,omitempty" yaml:"law"`   // rests on a law or national regulation: blocks like an official item
}

// Blocks reports whether an item of this provenance may stop a user.
func (p Provenance) Blocks() bool { return p.Mark == Official || p.Law }

// A Basis is a document the pack rests on.
type Basis struct {
	ID     string `json:"id" yaml:"id"`
	Title  string `json:"title" yaml:"title"`
	Number string `json:"number,omitempty" yaml:"number"`
	Date   Date   `json:"date,omitempty" yaml:"date"`
	Seen   string `json:"seen,omitempty" yaml:"seen"` // how much of it is public and was read
	Seed   string `json:"seed,omitempty" yaml:"seed"`
}

// A Track (申报路径) is one route to the authorisation.
type Track struct {
	ID         string     `json:"id" yaml:"id"` // self-declaration, certification, …
	Provenance Provenance `json:"provenance" yaml:"provenance"`
}

// A Parameter is a number a condition uses that the user may replace when the
// round's notice says otherwise; the replacement is recorded and printed.
// Conditions read it as param('id').
type Parameter struct {
	ID         string           `json:"id" yaml:"id"`
	Value      quantity.Decimal `json:"value,omitzero" yaml:"value"`
	Period     string           `json:"period,omitempty" yaml:"period"` // ISO 8601 period instead of a number
	Unit       string           `json:"unit,omitempty" yaml:"unit"`
	Provenance Provenance       `json:"provenance" yaml:"provenance"`
}

// A Dimension (维度) groups requirements for scoring and reporting.
type Dimension struct {
	ID         string           `json:"id" yaml:"id"`
	Weight     quantity.Decimal `json:"weight" yaml:"weight"` // weights of all dimensions sum to 100
	Provenance Provenance       `json:"provenance" yaml:"provenance"`
}

// A Scale is an ordered set of ratings. Points run from 0 to 100.
type Scale struct {
	ID     string  `json:"id" yaml:"id"`
	Levels []Level `json:"levels" yaml:"levels"` // worst first
}

// A Level is one rating of a Scale.
type Level struct {
	ID     string           `json:"id" yaml:"id"` // "0" … "5", "conforms", …
	Points quantity.Decimal `json:"points" yaml:"points"`
}

// A Slot is a kind of evidence (佐证材料) the programme knows.
type Slot struct {
	ID         string     `json:"id" yaml:"id"` // test-report
	Valid      Validity   `json:"valid" yaml:"valid"`
	MustShow   []string   `json:"must_show,omitempty" yaml:"must_show"` // fields of the evidence record that have to be filled
	Provenance Provenance `json:"provenance" yaml:"provenance"`
}

// Validity is the rule by which evidence counts on the declaration date.
type Validity struct {
	MaxAge  string `json:"max_age,omitempty" yaml:"max_age"` // ISO 8601 period before the declaration date within which it must have been issued
	Expires bool   `json:"expires,omitempty" yaml:"expires"` // has an expiry date that must not have passed
	Covers  string `json:"covers,omitempty" yaml:"covers"`   // ISO 8601 period before the declaration date its period must cover (accounts of three years: P3Y)
}

// EvidenceRule asks for evidence of one slot at a requirement or gate. Valid
// and MustShow, when set, replace those of the slot.
type EvidenceRule struct {
	Slot     string    `json:"slot" yaml:"slot"`
	Min      int       `json:"min" yaml:"min"`
	Valid    *Validity `json:"valid,omitempty" yaml:"valid"`
	MustShow []string  `json:"must_show,omitempty" yaml:"must_show"`
	When     string    `json:"when,omitempty" yaml:"when"` // condition under which it is asked for
}

// A Gate (申报条件) is a must-have condition. Either Test computes it from facts
// or, with Attested, a person answers for it.
type Gate struct {
	ID         string         `json:"id" yaml:"id"`
	Clause     string         `json:"clause,omitempty" yaml:"clause"`
	When       string         `json:"when,omitempty" yaml:"when"` // condition under which the gate applies
	Test       string         `json:"test,omitempty" yaml:"test"`
	Attested   bool           `json:"attested,omitempty" yaml:"attested"`
	Window     string         `json:"window,omitempty" yaml:"window"` // look-back, ISO 8601 period, for display
	Concepts   []string       `json:"concepts,omitempty" yaml:"concepts"`
	Evidence   []EvidenceRule `json:"evidence,omitempty" yaml:"evidence"`
	Provenance Provenance     `json:"provenance" yaml:"provenance"`
}

// Modality is the force of a requirement.
type Modality string

// The modalities, as in GB/T 1.1: 应, 宜, 可.
const (
	Shall  Modality = "shall"
	Should Modality = "should"
	May    Modality = "may"
)

// A Requirement (要求) is one statement to be met, rated on a scale.
type Requirement struct {
	ID         string           `json:"id" yaml:"id"`
	Clause     string           `json:"clause" yaml:"clause"`
	Dimension  string           `json:"dimension" yaml:"dimension"`
	Modality   Modality         `json:"modality" yaml:"modality"`
	Weight     quantity.Decimal `json:"weight" yaml:"weight"`
	Scale      string           `json:"scale" yaml:"scale"`
	Pass       string           `json:"pass" yaml:"pass"` // id of the lowest level that conforms
	When       string           `json:"when,omitempty" yaml:"when"`
	Concept    string           `json:"concept,omitempty" yaml:"concept"`
	Gate       string           `json:"gate,omitempty" yaml:"gate"`             // the gate it is linked to
	Reasons    []string         `json:"na_reasons,omitempty" yaml:"na_reasons"` // text ids of accepted reasons for not applicable; empty: may not be left out
	Evidence   []EvidenceRule   `json:"evidence,omitempty" yaml:"evidence"`
	Provenance Provenance       `json:"provenance" yaml:"provenance"`
}

// IndicatorRule is what the programme asks of the comparison table.
type IndicatorRule struct {
	Min        int        `json:"min" yaml:"min"`               // rows
	MinBetter  int        `json:"min_better" yaml:"min_better"` // rows 优于 or 填补空白
	ReportAge  string     `json:"report_age,omitempty" yaml:"report_age"`
	Required   bool       `json:"required" yaml:"required"`
	Columns    []string   `json:"columns" yaml:"columns"` // comparator kinds shown, in order
	Provenance Provenance `json:"provenance" yaml:"provenance"`
}

// Scoring says how findings become scores.
type Scoring struct {
	Method     string     `json:"method" yaml:"method"`   // weighted-mean
	Cutback    bool       `json:"cutback" yaml:"cutback"` // points above the pass mark do not make up for a requirement below it
	Ready      Threshold  `json:"ready" yaml:"ready"`
	Outcomes   []Outcome  `json:"outcomes" yaml:"outcomes"` // best first; the first whose condition holds
	Provenance Provenance `json:"provenance" yaml:"provenance"`
}

// A Threshold is what readiness (准备度) asks for.
type Threshold struct {
	Score  quantity.Decimal `json:"score" yaml:"score"`   // 0..100
	Proven quantity.Decimal `json:"proven" yaml:"proven"` // share 0..1
}

// An Outcome is a readiness tier of our own; never an official verdict.
type Outcome struct {
	ID   string `json:"id" yaml:"id"`
	When string `json:"when" yaml:"when"` // condition over score, proven, conforming, gates_failed, gates_unknown, blocks
}

// A FormSection is a part of the application form (申请表).
type FormSection struct {
	ID     string      `json:"id" yaml:"id"`
	Fields []FormField `json:"fields" yaml:"fields"`
}

// A FormField prints one thing of the snapshot. Source is a path such as
// client.name, application.product, fact:revenue (by year), or empty for a
// field left blank for others (推荐意见).
type FormField struct {
	ID         string     `json:"id" yaml:"id"`
	Source     string     `json:"source,omitempty" yaml:"source"`
	Years      int        `json:"years,omitempty" yaml:"years"`
	Required   bool       `json:"required,omitempty" yaml:"required"`
	Blank      bool       `json:"blank,omitempty" yaml:"blank"`
	Provenance Provenance `json:"provenance" yaml:"provenance"`
}

// Declaration describes the 自我声明书 of the programme. Its clauses are texts
// "<id>.text" with placeholders {name}; see Placeholders.
type Declaration struct {
	ID         string     `json:"id" yaml:"id"`
	Version    string     `json:"version" yaml:"version"`
	Clauses    []string   `json:"clauses" yaml:"clauses"`       // ids of the declared matters
	Commitment []string   `json:"commitment" yaml:"commitment"` // ids of the clauses of the 承诺书
	Validity   string     `json:"validity,omitempty" yaml:"validity"`
	Signers    []string   `json:"signers" yaml:"signers"` // roles in order: legal-representative, …
	Provenance Provenance `json:"provenance" yaml:"provenance"`
}

// An Annex is one place in the ordered list of materials (材料清单).
type Annex struct {
	ID         string     `json:"id" yaml:"id"`
	Slots      []string   `json:"slots" yaml:"slots"`               // evidence of these slots stands here
	Section    string     `json:"section,omitempty" yaml:"section"` // or a part of the volume itself: form, declaration, table, self-assessment, evidence-index
	Required   bool       `json:"required,omitempty" yaml:"required"`
	When       string     `json:"when,omitempty" yaml:"when"`
	Provenance Provenance `json:"provenance" yaml:"provenance"`
}

// A ProcessState (办理状态) is a step of the procedure after signing.
type ProcessState struct {
	ID         string     `json:"id" yaml:"id"`
	Next       []string   `json:"next,omitempty" yaml:"next"`
	Exit       bool       `json:"exit,omitempty" yaml:"exit"` // part of the exit ladder
	Provenance Provenance `json:"provenance" yaml:"provenance"`
}

// A Duty is what the holder owes after the award.
type Duty struct {
	ID         string     `json:"id" yaml:"id"`
	Every      string     `json:"every,omitempty" yaml:"every"`   // ISO 8601 period
	Before     string     `json:"before,omitempty" yaml:"before"` // so long before the end of validity
	On         string     `json:"on,omitempty" yaml:"on"`         // event that triggers it
	Provenance Provenance `json:"provenance" yaml:"provenance"`
}

// A Migration maps items of an earlier version to this one. Items of the same
// id carry over by themselves; a migration names what changed otherwise.
type Migration struct {
	From  string `json:"from" yaml:"from"`
	Moves []Move `json:"moves" yaml:"moves"`
}

// A Move maps old items to new ones. One to one renames or moves, one to many
// splits, many to one merges, one to none archives. Recheck asks the user to
// confirm the carried answer.
type Move struct {
	From    []string `json:"from" yaml:"from"`
	To      []string `json:"to,omitempty" yaml:"to"`
	Recheck bool     `json:"recheck,omitempty" yaml:"recheck"`
	Why     string   `json:"why,omitempty" yaml:"why"` // text id
}
