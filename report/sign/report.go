package sign

import (
	"crypto/x509"
	"time"
)

// The problems a Report names, from the worst to the least. A signature has at
// most the first of them.
const (
	ProblemByteRange   = "byte-range"            // the signed range is not the file around this signature
	ProblemCMS         = "bad-cms"               // the signature is not well-formed
	ProblemDigest      = "digest-mismatch"       // signed bytes were changed
	ProblemUnsupported = "unsupported-algorithm" // cannot be judged here, such as SM2
	ProblemSignature   = "bad-signature"         // the value is not by the key of the certificate
	ProblemWeak        = "weak-algorithm"        // MD5, SHA-1, RSA below 2048 bits
	ProblemBinding     = "certificate-mismatch"  // signed with another certificate in mind
	ProblemChanged     = "changed-after-signing" // later revisions go beyond what is allowed
	ProblemNoTime      = "no-time"               // no date to judge the certificate on
	ProblemExpired     = "expired"
	ProblemNotYetValid = "not-yet-valid"
	ProblemKeyUsage    = "key-usage" // certificate not issued for signing
	ProblemUntrusted   = "untrusted" // no trusted root vouches for the signer
	ProblemNone        = ""
)

// Options say what a verification relies on.
type Options struct {
	// Roots are the certificates that are trusted; nil means none. Those of
	// the operating system are never used.
	Roots *x509.CertPool
	// At is the moment at which certificates have to be valid; zero means the
	// time the signature claims for itself.
	At time.Time
}

// A Report is what Verify found out about one signature.
type Report struct {
	// Field is the full name of the signature field; empty for a signature
	// that is not in a PDF.
	Field string `json:"field,omitempty"`
	// Intact says that the signature is good: the signed bytes are those that
	// were signed, by the key of the certificate, with an algorithm that cannot
	// be forged.
	Intact bool `json:"intact"`
	// CoversWholeFile says that nothing was appended after signing.
	CoversWholeFile bool `json:"coversWholeFile"`
	// Revision is the number of the revision that was signed, of Revisions.
	// The document as first written is revision 1.
	Revision  int `json:"revision"`
	Revisions int `json:"revisions"`
	// LaterChanges is what later revisions did.
	LaterChanges []Change `json:"laterChanges,omitempty"`
	// Certified says that this signature certifies the document (DocMDP).
	Certified bool `json:"certified"`
	// ChangesAllowed says that every later change is of a kind the
	// certification allows, or, without one, that signing is all that was
	// done. True if there are none.
	ChangesAllowed bool `json:"changesAllowed"`
	// Chain names the certificates from the signer's up, as far as known.
	Chain []string `json:"chain,omitempty"`
	// Trusted says that the chain leads to one of Options.Roots, every
	// certificate in it being valid at the moment it is judged at.
	Trusted bool `json:"trusted"`
	// SelfMade says that the certificate was made by this program: it proves
	// integrity only.
	SelfMade bool `json:"selfMade"`
	// Signer and Organisation are the names in the certificate.
	Signer       string `json:"signer,omitempty"`
	Organisation string `json:"organisation,omitempty"`
	// ClaimedTime is when the signer says to have signed. Nobody else vouches
	// for it.
	ClaimedTime time.Time `json:"claimedTime,omitzero"`
	// Location and Reason are as the signer gave them.
	Location string `json:"location,omitempty"`
	Reason   string `json:"reason,omitempty"`
	// Algorithm names key and digest, such as "RSA 2048, SHA-256".
	Algorithm string `json:"algorithm,omitempty"`
	// Weak says that the algorithm is one that can be forged, so that nothing
	// rests on the signature.
	Weak bool `json:"weak"`
	// CertificateValid says that the certificate itself was within its dates.
	CertificateValid bool `json:"certificateValid"`
	// Problem is the worst thing found, a stable key; empty if there is none.
	Problem string `json:"problem,omitempty"`
}

// problem records p unless something worse is known already.
func (r *Report) problem(p string) {
	if r.Problem == "" {
		r.Problem = p
	}
}

// A Change is something that was done to a document after a signature.
type Change struct {
	Kind ChangeKind `json:"kind"`
	// Object is the number of the object that shows it, 0 if none does.
	Object int `json:"object,omitempty"`
	// Field is the name of the form field it is about, if it is about one.
	Field string `json:"field,omitempty"`
	// Allowed says whether the certification allows it.
	Allowed bool `json:"allowed"`
}

// A ChangeKind names a kind of change with a stable word.
type ChangeKind string

// The kinds of changes.
const (
	SignatureAdded ChangeKind = "signature-added" // a field that was there has been signed
	FieldAdded     ChangeKind = "field-added"     // a new signature field
	FormFilled     ChangeKind = "form-filled"     // the value of another field
	PageChanged    ChangeKind = "page-content-changed"
	Annotated      ChangeKind = "annotation-changed"
	ProofAdded     ChangeKind = "validation-data-added" // certificates and revocation lists (DSS)
	CatalogChanged ChangeKind = "catalog-changed"
	Unknown        ChangeKind = "unknown"
)
