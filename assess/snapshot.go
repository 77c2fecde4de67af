package assess

// SnapshotFormat is the version of the snapshot's form.
const SnapshotFormat = 1

// A Snapshot (快照) is everything an evaluation or a page needs and nothing
// else: the frozen, canonical data of one application. What is printed and
// signed is made from it alone. Lists are sorted by key.
type Snapshot struct {
	Format       int           `json:"format"`
	Pack         PackRef       `json:"pack"`
	Locale       string        `json:"locale"`
	Date         Date          `json:"date"` // declaration date: everything is judged on it
	Client       Client        `json:"client"`
	Subjects     []Subject     `json:"subjects"`
	Facts        []Fact        `json:"facts"`
	Standards    []Standard    `json:"standards"`
	Application  Application   `json:"application"`
	Attestations []Attestation `json:"attestations"`
	Thresholds   []Threshold   `json:"thresholds"`
	Findings     []Finding     `json:"findings"`
	Evidence     []Evidence    `json:"evidence"`
	Indicators   []Indicator   `json:"indicators"`
	Actions      []Action      `json:"actions"` // internal report only
	Reviews      []Review      `json:"reviews"`
	Signers      []Signer      `json:"signers"`
	Declaration  Declaration   `json:"declaration"`
	History      History       `json:"history"`
}

// PackRef names the programme pack an application is judged by.
type PackRef struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Digest  string `json:"digest"`
}

// History is the head of the vault's chain of ops when the snapshot was taken.
// Whoever receives the volume holds it as a witness: a shorter or other
// history can be told from it.
type History struct {
	Ops  int64  `json:"ops"`
	Head string `json:"head"` // hex
}
