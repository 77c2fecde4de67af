package assess

// Kinds of entities, which are also the names of their tables.
const (
	KindClient      = "client"
	KindSubject     = "subject"
	KindFact        = "fact"
	KindStandard    = "standard"
	KindApplication = "application"
	KindAttestation = "attestation"
	KindThreshold   = "threshold"
	KindFinding     = "finding"
	KindEvidence    = "evidence"
	KindIndicator   = "indicator"
	KindAction      = "action"
	KindReview      = "review"
	KindSigner      = "signer"
	KindDeclaration = "declaration"
)

func (Client) Kind() string      { return KindClient }
func (Subject) Kind() string     { return KindSubject }
func (Fact) Kind() string        { return KindFact }
func (Standard) Kind() string    { return KindStandard }
func (Application) Kind() string { return KindApplication }
func (Attestation) Kind() string { return KindAttestation }
func (Threshold) Kind() string   { return KindThreshold }
func (Finding) Kind() string     { return KindFinding }
func (Evidence) Kind() string    { return KindEvidence }
func (Indicator) Kind() string   { return KindIndicator }
func (Action) Kind() string      { return KindAction }
func (Review) Kind() string      { return KindReview }
func (Signer) Kind() string      { return KindSigner }
func (Declaration) Kind() string { return KindDeclaration }

func (c Client) Key() string      { return c.ID }
func (s Subject) Key() string     { return s.ID }
func (f Fact) Key() string        { return f.ID }
func (s Standard) Key() string    { return s.ID }
func (a Application) Key() string { return a.ID }
func (a Attestation) Key() string { return a.Application + "/" + a.Gate }
func (t Threshold) Key() string   { return t.Application + "/" + t.Parameter }
func (f Finding) Key() string     { return f.Application + "/" + f.Requirement }
func (e Evidence) Key() string    { return e.ID }
func (i Indicator) Key() string   { return i.ID }
func (a Action) Key() string      { return a.ID }
func (r Review) Key() string      { return r.ID }
func (s Signer) Key() string      { return s.Application + "/" + s.Role }
func (d Declaration) Key() string { return d.Application }
