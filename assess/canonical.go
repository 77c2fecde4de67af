package assess

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/gowebpki/jcs"
)

// Normal gives s with every list sorted by key and none of them absent, so that
// equal contents are equal snapshots. s itself stays as it is.
func (s Snapshot) Normal() Snapshot {
	s.Subjects = sorted(s.Subjects)
	s.Facts = sorted(s.Facts)
	s.Standards = sorted(s.Standards)
	s.Attestations = sorted(s.Attestations)
	s.Thresholds = sorted(s.Thresholds)
	s.Findings = sorted(s.Findings)
	s.Evidence = sorted(s.Evidence)
	s.Indicators = sorted(s.Indicators)
	s.Actions = sorted(s.Actions)
	s.Reviews = sorted(s.Reviews)
	s.Signers = sorted(s.Signers)
	return s
}

func sorted[E Entity](list []E) []E {
	out := make([]E, len(list))
	copy(out, list)
	byKey := func(a, b E) int { return cmp.Compare(a.Key(), b.Key()) }
	if !slices.IsSortedFunc(out, byKey) {
		slices.SortStableFunc(out, byKey)
	}
	return out
}

// Canonical is s as canonical JSON (RFC 8785): the bytes that are enclosed in a
// package and signed.
func (s Snapshot) Canonical() ([]byte, error) {
	plain, err := json.Marshal(s.Normal())
	if err != nil {
		return nil, fmt.Errorf("write snapshot: %w", err)
	}
	data, err := jcs.Transform(plain)
	if err != nil {
		return nil, fmt.Errorf("canonicalise snapshot: %w", err)
	}
	return data, nil
}

// Digest is the SHA-256 of Canonical, in hex.
func (s Snapshot) Digest() (string, error) {
	data, err := s.Canonical()
	if err != nil {
		return "", err
	}
	return hexDigest(data), nil
}

// ContentDigest is the digest of what 编制, 审核 and 批准 vouch for: everything
// but the reviews themselves, the history, the actions, the process state and
// the internal comments, and the language, which is how things are said and not
// what is said. It is taken kind by kind over JSON with fields in the
// order of the types, since canonical JSON of a large application would cost
// more than its whole evaluation; a test holds that order.
func (s Snapshot) ContentDigest() string { return contentDigest(s.Parts()) }

func contentDigest(parts map[string]string) string {
	h := sha256.New()
	for _, kind := range contentKinds {
		h.Write([]byte(kind + " " + parts[kind] + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// contentKinds are the parts ContentDigest covers, in the order it takes them.
// "basis" is the pack and the declaration date.
var contentKinds = []string{
	"basis", KindClient, KindSubject, KindFact, KindStandard, KindApplication, KindAttestation,
	KindThreshold, KindFinding, KindEvidence, KindIndicator, KindSigner, KindDeclaration,
}

// Parts are the digests of ContentDigest by kind of entity. A review records
// them, so that it can be said later which kinds changed after it.
func (s Snapshot) Parts() map[string]string { return s.Normal().parts() }

// parts expects a normal snapshot.
func (s Snapshot) parts() map[string]string {
	app := s.Application
	app.State = ""
	findings := slices.Clone(s.Findings)
	for i := range findings {
		findings[i].Comment = ""
	}
	return map[string]string{
		"basis":         digestOf([]string{itoa(s.Format), s.Pack.ID, s.Pack.Version, s.Pack.Digest, string(s.Date)}),
		KindClient:      digestOf(s.Client),
		KindSubject:     digestOf(s.Subjects),
		KindFact:        digestOf(s.Facts),
		KindStandard:    digestOf(s.Standards),
		KindApplication: digestOf(app),
		KindAttestation: digestOf(s.Attestations),
		KindThreshold:   digestOf(s.Thresholds),
		KindFinding:     digestOf(findings),
		KindEvidence:    digestOf(s.Evidence),
		KindIndicator:   digestOf(s.Indicators),
		KindSigner:      digestOf(s.Signers),
		KindDeclaration: digestOf(s.Declaration),
	}
}

func digestOf(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("snapshot part %T has no JSON form: %v", v, err)) // types are ours: a broken program
	}
	return hexDigest(data)
}

func hexDigest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
