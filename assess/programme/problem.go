package programme

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Severity tells whether a problem makes a pack unusable.
type Severity string

// The severities of problems.
const (
	Error   Severity = "error"   // Load refuses the pack
	Warning Severity = "warning" // Lint tells the author
)

// A Problem is one thing wrong in a pack, with the place where it is. Front
// ends say it in the reader's language by the catalogue key Key.
type Problem struct {
	File     string // relative to the folder of the packs; empty for a pack from a package
	Line     int    // 1-based; 0 when the place has no line
	ID       string // item, or field where no item is concerned
	Rule     string // L01 …, frozen
	Severity Severity
	Args     map[string]string // the facts the message names
}

// Key is the catalogue key of the problem's message.
func (p Problem) Key() string { return "lint." + p.Rule }

// Error says where and what, in English, for logs and for authors of packs.
func (p Problem) Error() string {
	var b strings.Builder
	if p.File != "" {
		fmt.Fprintf(&b, "%s:", p.File)
		if p.Line > 0 {
			fmt.Fprintf(&b, "%d:", p.Line)
		}
		b.WriteByte(' ')
	}
	if p.ID != "" {
		fmt.Fprintf(&b, "%s: ", p.ID)
	}
	fmt.Fprintf(&b, "%s %s", p.Rule, expand(rules[p.Rule].Says, p.Args))
	return b.String()
}

func expand(sentence string, args map[string]string) string {
	for k, v := range args {
		sentence = strings.ReplaceAll(sentence, "{"+k+"}", v)
	}
	return sentence
}

// A Rule of the linter. Its id is frozen and never reused.
type Rule struct {
	ID       string
	Severity Severity
	Says     string // English sentence; {name} stands for a fact of the problem
}

// Rules lists the rules of the linter by id.
func Rules() []Rule {
	list := make([]Rule, 0, len(rules))
	for id, r := range rules {
		r.ID = id
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b Rule) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// The ids of the rules.
const (
	ruleFile        = "L01"
	ruleHostile     = "L02"
	ruleSyntax      = "L03"
	ruleDuplicate   = "L04"
	ruleUnknown     = "L05"
	ruleMissing     = "L06"
	ruleType        = "L07"
	ruleValue       = "L08"
	ruleSameID      = "L09"
	ruleReference   = "L10"
	ruleConcept     = "L11"
	ruleCondition   = "L12"
	ruleCost        = "L13"
	ruleDouble      = "L14"
	ruleGateKind    = "L15"
	ruleParamKind   = "L16"
	rulePass        = "L17"
	rulePoints      = "L18"
	ruleDate        = "L19"
	ruleIdentity    = "L20"
	ruleMigration   = "L21"
	rulePlaceholder = "L22"
	ruleAnnexKind   = "L23"
	ruleUnit        = "L24"
	ruleCanonical   = "L25"

	ruleTranslation = "L50"
	ruleEmptyText   = "L51"
	ruleOrphanText  = "L52"
	ruleProvenance  = "L53"
	ruleWeights     = "L54"
	ruleUnreachable = "L55"
	ruleEndless     = "L56"
	ruleGateProof   = "L57"
	ruleSlotUnused  = "L58"
	ruleAnnexSlot   = "L59"
	ruleOutcomes    = "L60"
	ruleParamUnused = "L61"
	ruleNoItems     = "L62"
	ruleReferenceUp = "L63"
	ruleShallProof  = "L64"
	ruleSlotPlace   = "L65"
)

var rules = map[string]Rule{
	ruleFile:        {Severity: Error, Says: "the file cannot be read: {why}"},
	ruleHostile:     {Severity: Error, Says: "the file breaks a limit: {limit}"},
	ruleSyntax:      {Severity: Error, Says: "not well-formed: {why}"},
	ruleDuplicate:   {Severity: Error, Says: "the key {name} stands twice"},
	ruleUnknown:     {Severity: Error, Says: "unknown field {name}"},
	ruleMissing:     {Severity: Error, Says: "the field {name} is missing"},
	ruleType:        {Severity: Error, Says: "{name} is a {got}, wanted {want}"},
	ruleValue:       {Severity: Error, Says: "{name}: {value} is not allowed; {want}"},
	ruleSameID:      {Severity: Error, Says: "the id is already used by a {kind}"},
	ruleReference:   {Severity: Error, Says: "{field} names {name}, which is no {kind} of this pack"},
	ruleConcept:     {Severity: Error, Says: "{field} names the concept {name}, which is not in the registry"},
	ruleCondition:   {Severity: Error, Says: "{field} does not compile: {why}"},
	ruleCost:        {Severity: Error, Says: "{field} costs too much: up to {cost}, allowed {limit}"},
	ruleDouble:      {Severity: Error, Says: "{field} holds the binary number {value}; write decimal('…')"},
	ruleGateKind:    {Severity: Error, Says: "a gate has either a test or attested: true"},
	ruleParamKind:   {Severity: Error, Says: "a parameter has either a value or a period"},
	rulePass:        {Severity: Error, Says: "the pass level {name} is not on the scale {scale}"},
	rulePoints:      {Severity: Error, Says: "points of a scale rise from 0 to 100; {value} is out of order"},
	ruleDate:        {Severity: Error, Says: "{field}: {value} is not possible as a date or order of dates"},
	ruleIdentity:    {Severity: Error, Says: "the folder says {want}, the pack {value}"},
	ruleMigration:   {Severity: Error, Says: "migration from {from}: {why}"},
	rulePlaceholder: {Severity: Error, Says: "the text has the unknown placeholder {name}"},
	ruleAnnexKind:   {Severity: Error, Says: "an annex has either slots or a known section; {name}"},
	ruleUnit:        {Severity: Error, Says: "the unit {unit} is unknown or missing for the type {type}"},
	ruleCanonical:   {Severity: Error, Says: "not the canonical form of a pack: {why}"},

	ruleTranslation: {Severity: Warning, Says: "the text {name} is missing in {lang}"},
	ruleEmptyText:   {Severity: Warning, Says: "the text {name} is empty"},
	ruleOrphanText:  {Severity: Warning, Says: "the text {name} belongs to nothing in the pack"},
	ruleProvenance:  {Severity: Warning, Says: "provenance: {why}"},
	ruleWeights:     {Severity: Warning, Says: "the weights of the dimensions sum to {value}, not 100"},
	ruleUnreachable: {Severity: Warning, Says: "the state cannot be reached from {from}"},
	ruleEndless:     {Severity: Warning, Says: "from this state no end is reached: it goes round for ever"},
	ruleGateProof:   {Severity: Warning, Says: "the gate asks for no evidence"},
	ruleSlotUnused:  {Severity: Warning, Says: "no requirement and no gate asks for this slot"},
	ruleAnnexSlot:   {Severity: Warning, Says: "the annex holds the slot {name}, which nothing asks for"},
	ruleOutcomes:    {Severity: Warning, Says: "outcomes: {why}"},
	ruleParamUnused: {Severity: Warning, Says: "no condition reads the parameter"},
	ruleNoItems:     {Severity: Warning, Says: "the dimension has no requirement"},
	ruleReferenceUp: {Severity: Warning, Says: "a reference pack gives no {name}"},
	ruleShallProof:  {Severity: Warning, Says: "a requirement that shall be met asks for no evidence"},
	ruleSlotPlace:   {Severity: Warning, Says: "no annex holds this slot"},
}

// maxProblems is as many as anybody reads; a hostile file could have millions.
const maxProblems = 500

// problems gathers what is wrong, in the order it is found.
type problems struct{ list []Problem }

func (ps *problems) add(at place, rule string, args ...string) {
	if len(ps.list) == maxProblems {
		return
	}
	p := Problem{File: at.file, Line: at.line, ID: at.id, Rule: rule, Severity: rules[rule].Severity}
	if len(args) > 0 {
		p.Args = make(map[string]string, len(args)/2)
		for i := 0; i+1 < len(args); i += 2 {
			p.Args[args[i]] = args[i+1]
		}
	}
	ps.list = append(ps.list, p)
}

func (ps *problems) failed() bool {
	return slices.ContainsFunc(ps.list, func(p Problem) bool { return p.Severity == Error })
}

// sorted orders by file, line, item and rule, which is the order of reading.
func (ps *problems) sorted() []Problem {
	slices.SortStableFunc(ps.list, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Rule, b.Rule))
	})
	return ps.list
}

// errors gives the problems that make the pack unusable.
func (ps *problems) errors() []error {
	var errs []error
	for _, p := range ps.sorted() {
		if p.Severity == Error {
			errs = append(errs, &p)
		}
	}
	return errs
}

// A place is where something stands.
type place struct {
	file string
	line int
	id   string
}
