package sign

import (
	"bytes"
	"crypto/x509"
	"fmt"
	"io"
	"time"
)

// VerifyCMS checks a detached CAdES signature over content, which is read once
// as a stream. The signature claims no time of its own unless it carries the
// attribute signing-time, so that Options.At should be set. An error means
// that content could not be read; what is wrong with the signature stands in
// the report.
func VerifyCMS(sig []byte, content io.Reader, opts Options) (Report, error) {
	r := Report{CoversWholeFile: true, ChangesAllowed: true}
	s, ok := readSignedData(sig)
	if !ok {
		r.problem(ProblemCMS)
		return r, nil
	}
	hash := hashOf(s.digest)
	if hash == 0 {
		r.identify(s)
		r.problem(ProblemUnsupported)
		return r, nil
	}
	h := hash.New()
	if _, err := io.Copy(h, content); err != nil {
		return r, fmt.Errorf("read what was signed: %w", err)
	}
	r.ClaimedTime = s.signingTime
	r.judge(s, h.Sum(nil), true)
	r.judgeCertificate(s, opts)
	return r, nil
}

// judge holds the signature against the digest of what it covers. With
// needBinding the attribute signing-certificate-v2 has to be there.
func (r *Report) judge(s *signedData, digest []byte, needBinding bool) {
	leaf := r.identify(s)
	hash := hashOf(s.digest)
	switch {
	case hash == 0, leaf == nil:
		r.problem(ProblemUnsupported)
		return
	case !bytes.Equal(digest, s.messageDigest):
		r.problem(ProblemDigest)
		return
	case !s.contentType.Equal(oidData):
		r.problem(ProblemCMS)
		return
	}
	kind, bits := keyStrength(leaf.PublicKey)
	r.Weak = weakHash(hash) || tooShort(kind, bits)
	switch {
	case !s.suits(kind, hash):
		r.problem(ProblemUnsupported)
	case !s.checkValue(leaf, hash):
		r.problem(ProblemSignature)
	case r.Weak:
		r.problem(ProblemWeak)
	case s.signingCert == nil && needBinding, s.signingCert != nil && !s.binds():
		r.problem(ProblemBinding)
	default:
		r.Intact = true
	}
}

// identify says who signed, as the certificate has it; nil if the certificate
// cannot be read.
func (r *Report) identify(s *signedData) *x509.Certificate {
	leaf, err := x509.ParseCertificate(s.leaf)
	if err != nil {
		r.Algorithm = s.describeAlgorithm(nil)
		return nil
	}
	r.Algorithm = s.describeAlgorithm(leaf)
	r.Signer = leaf.Subject.CommonName
	if len(leaf.Subject.Organization) > 0 {
		r.Organisation = leaf.Subject.Organization[0]
	}
	r.SelfMade = isSelfMade(leaf)
	return leaf
}

// judgeCertificate says whether the certificate was valid at the moment that
// counts and whether a trusted root vouches for it.
func (r *Report) judgeCertificate(s *signedData, opts Options) {
	leaf, err := x509.ParseCertificate(s.leaf)
	if err != nil {
		return
	}
	others := s.otherCertificates()
	r.nameChain(leaf, issuers(leaf, others))
	at := opts.At
	if at.IsZero() {
		at = r.ClaimedTime
	}
	switch {
	case at.IsZero():
		r.problem(ProblemNoTime)
	case at.After(leaf.NotAfter):
		r.problem(ProblemExpired)
	case at.Before(leaf.NotBefore):
		r.problem(ProblemNotYetValid)
	default:
		r.CertificateValid = true
	}
	if !maySign(leaf) {
		r.problem(ProblemKeyUsage)
		return
	}
	if r.CertificateValid && r.Intact && r.trust(leaf, others, opts.Roots, at) {
		return
	}
	r.problem(ProblemUntrusted)
}

// trust looks for a chain to roots and names it.
func (r *Report) trust(leaf *x509.Certificate, others []*x509.Certificate, roots *x509.CertPool, at time.Time) bool {
	if roots == nil {
		return false // the pool nil would stand for the system's roots
	}
	between := x509.NewCertPool()
	for _, c := range others {
		between.AddCert(c)
	}
	chains, err := leaf.Verify(x509.VerifyOptions{
		Roots:         roots,
		Intermediates: between,
		CurrentTime:   at,
		KeyUsages:     []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	})
	if err != nil {
		return false
	}
	r.nameChain(leaf, chains[0][1:])
	r.Trusted = true
	return true
}

func (r *Report) nameChain(leaf *x509.Certificate, issuers []*x509.Certificate) {
	r.Chain = []string{leaf.Subject.String()}
	for _, c := range issuers[:min(len(issuers), maxNamedCertificates)] {
		r.Chain = append(r.Chain, c.Subject.String())
	}
}

// otherCertificates gives the readable certificates of the signature besides
// the signer's.
func (s *signedData) otherCertificates() []*x509.Certificate {
	var others []*x509.Certificate
	for _, der := range s.certs {
		c, err := x509.ParseCertificate(der)
		if err == nil && !bytes.Equal(der, s.leaf) {
			others = append(others, c)
		}
	}
	return others
}
