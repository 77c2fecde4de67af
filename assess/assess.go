// Package assess is the domain: what an enterprise's application for a quality
// brand consists of and what it amounts to. It is the only package that judges
// (Evaluate); its rules are pure, with no clock, disk or network.
package assess

import (
	"mingpin/assess/programme"
	"mingpin/assess/quantity"
)

// Date, Span and Concepts are those of the programme packs.
type (
	Date = programme.Date
	Span = programme.Span
)

// An Entity is a thing the vault keeps: a row of its own, changed by ops.
type Entity interface {
	// Kind names the entity and its table: client, subject, fact, standard,
	// application, attestation, threshold, finding, evidence, indicator,
	// action, review, signer, declaration.
	Kind() string
	// Key identifies it within its vault.
	Key() string
	// Check returns every fault of the entity by itself, joined, or nil.
	Check() error
}

// A Client (企业) is one enterprise with a vault of its own.
type Client struct {
	ID        string `json:"id"` // UUID, also the vault's folder
	Name      string `json:"name"`
	NameEn    string `json:"nameEn,omitempty"`
	Code      string `json:"code"`   // 统一社会信用代码, GB 32100
	Region    string `json:"region"` // GB/T 2260 of the registered address
	Address   string `json:"address"`
	Type      string `json:"type,omitempty"`     // 企业类型 as on the licence
	Scale     string `json:"scale,omitempty"`    // large, medium, small, micro
	Industry  string `json:"industry,omitempty"` // GB/T 4754 code and name
	Founded   Date   `json:"founded,omitempty"`
	Employees string `json:"employees,omitempty"` // number as written
	Legal     Person `json:"legal"`               // 法定代表人
	Quality   Person `json:"quality"`             // 首席质量官
	Contact   Person `json:"contact"`
	Profile   string `json:"profile,omitempty"` // 企业简介
	Sample    bool   `json:"sample,omitempty"`  // invented: every page says 示例数据
}

// A Person stands in the records of a client by name and office.
type Person struct {
	Name  string `json:"name,omitempty"`
	Title string `json:"title,omitempty"`
	Phone string `json:"phone,omitempty"`
	Mail  string `json:"mail,omitempty"`
	Since Date   `json:"since,omitempty"` // appointment, for the chief quality officer
	Act   string `json:"act,omitempty"`   // 任命文号
}

// A Subject is what facts are about below the client: a site, product line,
// product or model. Facts of a parent count for its children.
type Subject struct {
	ID     string `json:"id"`
	Class  string `json:"class"` // site, line, product, model
	Name   string `json:"name"`
	Parent string `json:"parent,omitempty"` // subject id; empty: the client
	Place  string `json:"place,omitempty"`  // address of a site
	Region string `json:"region,omitempty"`
}

// A Fact (事实) is a typed, dated statement about the client or a subject,
// entered once and used by every programme.
type Fact struct {
	ID       string   `json:"id"`
	Concept  string   `json:"concept"`
	Subject  string   `json:"subject,omitempty"` // subject id; empty: the client
	Year     int      `json:"year,omitempty"`
	Period   Span     `json:"period"`
	Value    string   `json:"value,omitempty"` // by the concept's type
	Unit     string   `json:"unit,omitempty"`
	None     bool     `json:"none,omitempty"` // the event did not happen during Period
	Source   string   `json:"source,omitempty"`
	Evidence []string `json:"evidence,omitempty"`
	Pending  bool     `json:"pending,omitempty"` // rolled forward or imported, to be confirmed
}

// A Standard is a normative document the comparison table or the product
// refers to. Its status is what the user found on a date, never assumed.
type Standard struct {
	ID         string      `json:"id"`
	Number     string      `json:"number"` // GB/T 1536-2021
	Title      string      `json:"title"`
	Class      string      `json:"class"`  // mandatory, recommended, industry, local, group, enterprise, foreign, international
	Status     string      `json:"status"` // in-force, replaced, withdrawn, not-yet, unknown
	StatusOn   Date        `json:"statusOn,omitempty"`
	StatusFrom string      `json:"statusFrom,omitempty"` // where the status was looked up
	From       Date        `json:"from,omitempty"`       // in force, or for an enterprise standard implemented, since
	Reviewed   Date        `json:"reviewed,omitempty"`   // last review
	Published  Publication `json:"published"`
	Unverified bool        `json:"unverified,omitempty"` // values not seen in an official text: 待核实
	Note       string      `json:"note,omitempty"`
}

// A Publication is the public self-declaration of an executed standard
// (标准化法 art. 27).
type Publication struct {
	Platform string `json:"platform,omitempty"`
	On       Date   `json:"on,omitempty"`
	Number   string `json:"number,omitempty"` // record number on the platform
	Lower    string `json:"lower,omitempty"`  // express statement of fewer or lower indicators (企业标准化促进办法 art. 14)
}

// An Application (申报) is one client's file for one object under one programme
// version and track.
type Application struct {
	ID          string            `json:"id"`
	Programme   string            `json:"programme"`
	Version     string            `json:"version"`
	Track       string            `json:"track"`
	Object      string            `json:"object"`  // product, service
	Product     string            `json:"product"` // subject id
	ProductName string            `json:"productName"`
	Models      []string          `json:"models,omitempty"`
	Brand       TradeMark         `json:"brand"`
	Standard    string            `json:"standard,omitempty"` // id of the executed standard
	Places      []string          `json:"places,omitempty"`   // subject ids of the producing sites
	LaunchedOn  Date              `json:"launchedOn,omitempty"`
	Licences    string            `json:"licences,omitempty"` // needed: yes, no; empty: not answered
	Description string            `json:"description,omitempty"`
	Created     Date              `json:"created,omitempty"`
	State       string            `json:"state,omitempty"` // process state of the pack
	Form        map[string]string `json:"form,omitempty"`  // values of form fields that have no other source, by field id
}

// A TradeMark covers the declared product.
type TradeMark struct {
	Name    string `json:"name,omitempty"`
	Number  string `json:"number,omitempty"`
	Class   string `json:"class,omitempty"`
	Goods   string `json:"goods,omitempty"`
	Holder  string `json:"holder,omitempty"`
	Expires Date   `json:"expires,omitempty"`
}

// An Attestation is a person's answer to a gate that no fact can decide.
type Attestation struct {
	Application string   `json:"application"`
	Gate        string   `json:"gate"`
	Holds       bool     `json:"holds"`
	By          string   `json:"by"`
	On          Date     `json:"on"`
	Note        string   `json:"note,omitempty"`
	Evidence    []string `json:"evidence,omitempty"`
}

// A Threshold is the user's replacement of a pack parameter, recorded and
// printed.
type Threshold struct {
	Application string `json:"application"`
	Parameter   string `json:"parameter"`
	Value       string `json:"value"`
	Why         string `json:"why"`
	By          string `json:"by"`
	On          Date   `json:"on"`
}

// A Finding (自评结论) is what the applicant holds about one requirement.
type Finding struct {
	Application   string   `json:"application"`
	Requirement   string   `json:"requirement"`
	Rating        string   `json:"rating,omitempty"`        // level id of the requirement's scale; empty: not rated
	NotApplicable string   `json:"notApplicable,omitempty"` // text id of the reason
	Reason        string   `json:"reason,omitempty"`        // in the user's words, with NotApplicable
	Statement     string   `json:"statement,omitempty"`     // 自评说明
	Evidence      []string `json:"evidence,omitempty"`      // evidence ids
	Department    string   `json:"department,omitempty"`
	Comment       string   `json:"comment,omitempty"` // internal, never printed in what is handed in
	By            string   `json:"by,omitempty"`
	On            Date     `json:"on,omitempty"`
	Recheck       bool     `json:"recheck,omitempty"` // carried over, to be confirmed
}

// Evidence (证据, 佐证材料) is the record of one file. The file itself is known
// by its digest.
type Evidence struct {
	ID         string            `json:"id"`
	Digest     string            `json:"digest"` // SHA-256, hex
	Name       string            `json:"name"`   // file name as given
	Media      string            `json:"media"`  // media type by content
	Size       int64             `json:"size"`
	Title      string            `json:"title"`
	Slots      []string          `json:"slots,omitempty"` // kinds of evidence it serves as
	Number     string            `json:"number,omitempty"`
	Issuer     string            `json:"issuer,omitempty"`
	Holder     string            `json:"holder,omitempty"`     // name the document is made out to
	HolderCode string            `json:"holderCode,omitempty"` // credit code it names
	Product    string            `json:"product,omitempty"`
	Models     []string          `json:"models,omitempty"`
	Methods    []string          `json:"methods,omitempty"`
	Marks      []string          `json:"marks,omitempty"` // CMA, CNAS
	Issued     Date              `json:"issued,omitempty"`
	Expires    Date              `json:"expires,omitempty"`
	Period     Span              `json:"period"` // what it covers: accounts, statements
	Fields     map[string]string `json:"fields,omitempty"`
	Note       string            `json:"note,omitempty"`
}

// An Indicator is one row of the 主要关键性能指标对比表.
type Indicator struct {
	ID          string             `json:"id"`
	Application string             `json:"application"`
	Order       int                `json:"order"`
	Name        string             `json:"name"`
	NameEn      string             `json:"nameEn,omitempty"`
	Class       string             `json:"class"` // safety, basic, core, innovative
	Spec        quantity.Indicator `json:"spec"`  // quantity, direction, grades, comparison method, unit
	Own         OwnLimit           `json:"own"`
	Measured    Measurement        `json:"measured"`
	Comparators []Comparator       `json:"comparators,omitempty"`
	Equivalents []Equivalence      `json:"equivalents,omitempty"`
	Claim       quantity.Verdict   `json:"claim,omitempty"` // what the user says; checked against what is computed
	Note        string             `json:"note,omitempty"`  // 先进性说明
	Lower       string             `json:"lower,omitempty"` // express statement where the own limit is below a recommended standard
}

// An OwnLimit is what the executed standard promises.
type OwnLimit struct {
	Standard string         `json:"standard,omitempty"`
	Clause   string         `json:"clause,omitempty"`
	Limit    quantity.Limit `json:"limit"`
	Methods  []string       `json:"methods,omitempty"` // test methods (企业标准化促进办法 art. 12)
}

// A Measurement is the value a test report proves.
type Measurement struct {
	Value   quantity.Value `json:"value"`
	Methods []string       `json:"methods,omitempty"`
	Report  string         `json:"report,omitempty"` // evidence id
	Page    string         `json:"page,omitempty"`
	Model   string         `json:"model,omitempty"`
	On      Date           `json:"on,omitempty"`
}

// A Comparator is what another standard asks for the same indicator.
type Comparator struct {
	Standard   string         `json:"standard"`
	Clause     string         `json:"clause,omitempty"`
	Limit      quantity.Limit `json:"limit"`
	Methods    []string       `json:"methods,omitempty"`
	Unverified bool           `json:"unverified,omitempty"` // value not seen in an official text: 待核实
}

// An Equivalence records that two test methods give comparable values, and
// who says so.
type Equivalence struct {
	A      string `json:"a"`
	B      string `json:"b"`
	Source string `json:"source"`
}

// An Action (改进措施) closes a gap. It appears in the internal report only.
type Action struct {
	ID          string `json:"id"`
	Application string `json:"application"`
	Target      string `json:"target"` // requirement, gate or indicator id
	Text        string `json:"text"`
	Owner       string `json:"owner,omitempty"`
	Due         Date   `json:"due,omitempty"`
	Cost        string `json:"cost,omitempty"`   // decimal, CNY
	Rating      string `json:"rating,omitempty"` // what the target would be rated once done
	Done        Date   `json:"done,omitempty"`
}

// A Review is one step of 编制 → 审核 → 批准. Digest is that of the reviewed
// content; an approval whose digest no longer fits falls back by itself.
type Review struct {
	ID          string `json:"id"`
	Application string `json:"application"`
	Step        string `json:"step"` // prepared, reviewed, approved, returned
	By          string `json:"by"`
	On          Date   `json:"on"`
	Note        string `json:"note,omitempty"`
	Digest      string `json:"digest"` // ContentDigest of the snapshot at that moment
	// Order counts the reviews of an application up from 1; it tells the order
	// of two on the same date.
	Order int `json:"order,omitempty"`
	// Parts are the digests by kind at that moment (Snapshot.Parts), from which
	// a later evaluation can say what changed.
	Parts map[string]string `json:"parts,omitempty"`
}

// A Signer signs the declaration in the order of its place.
type Signer struct {
	Application string `json:"application"`
	Role        string `json:"role"` // legal-representative, quality-officer
	Name        string `json:"name"`
	Title       string `json:"title,omitempty"`
}

// A Declaration holds what the 自我声明书 says beyond the programme's text
// (GB/T 27050.1 clause 6).
type Declaration struct {
	Application string `json:"application"`
	Number      string `json:"number"` // unique identification
	On          Date   `json:"on"`
	Place       string `json:"place"`
	ValidUntil  Date   `json:"validUntil,omitempty"`
	Limits      string `json:"limits,omitempty"`
	Extra       string `json:"extra,omitempty"`
}
