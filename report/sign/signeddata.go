package sign

import (
	"bytes"
	"crypto"
	"encoding/asn1"
	"time"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// Limits a CMS is read within.
const (
	maxCMS          = 1 << 20
	maxCertificates = 32
	maxAttributes   = 64

	maxNamedCertificates = 16 // of a chain in a report
)

// A signedData is a detached CMS SignedData with one signer, as read. Nothing
// in it has been checked.
type signedData struct {
	certs  [][]byte
	leaf   []byte // the certificate the signer info points at
	issuer []byte // Name, DER
	serial []byte // INTEGER, content bytes
	keyID  []byte // subject key identifier, instead of issuer and serial

	digest    asn1.ObjectIdentifier
	algorithm asn1.ObjectIdentifier
	attrs     []byte // as signed: a SET
	value     []byte

	contentType   asn1.ObjectIdentifier
	messageDigest []byte
	signingCert   []byte // SigningCertificateV2, DER; nil if there is none
	signingTime   time.Time
}

// readSignedData reads strict DER; zero bytes may follow it, as they do in the
// space a PDF reserves. Anything unusual, such as enclosed content or a second
// signer, makes it fail.
func readSignedData(der []byte) (*signedData, bool) {
	if len(der) > maxCMS {
		return nil, false
	}
	in := cryptobyte.String(der)
	var outer, explicit, body cryptobyte.String
	var kind asn1.ObjectIdentifier
	if !in.ReadASN1(&outer, casn1.SEQUENCE) || len(bytes.Trim(in, "\x00")) != 0 ||
		!outer.ReadASN1ObjectIdentifier(&kind) || !kind.Equal(oidSignedData) ||
		!outer.ReadASN1(&explicit, tag0) || !outer.Empty() ||
		!explicit.ReadASN1(&body, casn1.SEQUENCE) || !explicit.Empty() {
		return nil, false
	}
	var s signedData
	if !s.readBody(&body) {
		return nil, false
	}
	return &s, s.findLeaf()
}

func (s *signedData) readBody(body *cryptobyte.String) bool {
	var version int
	var digests, content, signers, signer cryptobyte.String
	var kind asn1.ObjectIdentifier
	return body.ReadASN1Integer(&version) && (version == 1 || version == 3) &&
		body.ReadASN1(&digests, casn1.SET) &&
		body.ReadASN1(&content, casn1.SEQUENCE) && content.ReadASN1ObjectIdentifier(&kind) &&
		kind.Equal(oidData) && content.Empty() &&
		s.readCertificates(body) && body.SkipOptionalASN1(tag1) &&
		body.ReadASN1(&signers, casn1.SET) && body.Empty() &&
		signers.ReadASN1(&signer, casn1.SEQUENCE) && signers.Empty() &&
		s.readSigner(&signer)
}

func (s *signedData) readCertificates(body *cryptobyte.String) bool {
	var set cryptobyte.String
	if !body.ReadASN1(&set, tag0) {
		return false
	}
	for !set.Empty() && len(s.certs) < maxCertificates {
		var c cryptobyte.String
		if !set.ReadASN1Element(&c, casn1.SEQUENCE) {
			return false
		}
		s.certs = append(s.certs, c)
	}
	return set.Empty()
}

func (s *signedData) readSigner(in *cryptobyte.String) bool {
	var version int
	var attrs, value cryptobyte.String
	unsigned := tag1
	ok := in.ReadASN1Integer(&version) && s.readSignerID(in, version) &&
		readAlgorithm(in, &s.digest) && in.ReadASN1Element(&attrs, tag0) &&
		readAlgorithm(in, &s.algorithm) && in.ReadASN1(&value, casn1.OCTET_STRING) &&
		in.SkipOptionalASN1(unsigned) && in.Empty()
	if !ok {
		return false
	}
	s.value = value
	s.attrs = append([]byte{byte(casn1.SET)}, attrs[1:]...)
	set := cryptobyte.String(s.attrs)
	var list cryptobyte.String
	return set.ReadASN1(&list, casn1.SET) && s.readAttributes(&list)
}

func (s *signedData) readSignerID(in *cryptobyte.String, version int) bool {
	if version == 3 {
		var id cryptobyte.String
		ok := in.ReadASN1(&id, casn1.Tag(0).ContextSpecific())
		s.keyID = id
		return ok && len(id) > 0
	}
	var id, issuer, serial cryptobyte.String
	ok := version == 1 && in.ReadASN1(&id, casn1.SEQUENCE) && id.ReadASN1Element(&issuer, casn1.SEQUENCE) &&
		id.ReadASN1(&serial, casn1.INTEGER) && id.Empty()
	s.issuer, s.serial = issuer, serial
	return ok
}

// readAlgorithm reads an AlgorithmIdentifier whose parameters are absent or
// NULL. One with parameters (RSASSA-PSS) reads as its bare name, which no
// check knows.
func readAlgorithm(in *cryptobyte.String, id *asn1.ObjectIdentifier) bool {
	var alg cryptobyte.String
	return in.ReadASN1(&alg, casn1.SEQUENCE) && alg.ReadASN1ObjectIdentifier(id)
}

// readAttributes wants content-type and message-digest once each, and nothing
// twice.
func (s *signedData) readAttributes(list *cryptobyte.String) bool {
	seen := map[string]bool{}
	for !list.Empty() && len(seen) < maxAttributes {
		var attr, values cryptobyte.String
		var id asn1.ObjectIdentifier
		if !list.ReadASN1(&attr, casn1.SEQUENCE) || !attr.ReadASN1ObjectIdentifier(&id) ||
			!attr.ReadASN1(&values, casn1.SET) || !attr.Empty() || seen[id.String()] || !s.readAttribute(id, values) {
			return false
		}
		seen[id.String()] = true
	}
	return list.Empty() && seen[oidContentType.String()] && seen[oidMessageDigest.String()]
}

func (s *signedData) readAttribute(id asn1.ObjectIdentifier, values cryptobyte.String) bool {
	switch {
	case id.Equal(oidContentType):
		return values.ReadASN1ObjectIdentifier(&s.contentType) && values.Empty()
	case id.Equal(oidMessageDigest):
		var digest cryptobyte.String
		ok := values.ReadASN1(&digest, casn1.OCTET_STRING) && values.Empty()
		s.messageDigest = digest
		return ok
	case id.Equal(oidSigningCertV2):
		var cert cryptobyte.String
		ok := values.ReadASN1Element(&cert, casn1.SEQUENCE) && values.Empty()
		s.signingCert = cert
		return ok
	case id.Equal(oidSigningTime):
		if values.PeekASN1Tag(casn1.UTCTime) {
			return values.ReadASN1UTCTime(&s.signingTime)
		}
		return values.ReadASN1GeneralizedTime(&s.signingTime)
	}
	return true
}

// findLeaf finds the certificate the signer info names, by bytes: a
// certificate need not be readable for that.
func (s *signedData) findLeaf() bool {
	for _, der := range s.certs {
		issuer, serial, ok := issuerSerial(der)
		if !ok {
			return false
		}
		byName := s.keyID == nil && bytes.Equal(issuer, s.issuer) && bytes.Equal(serial, s.serial)
		if byName || s.keyID != nil && hasKeyID(der, s.keyID) {
			s.leaf = der
			return true
		}
	}
	return false
}

// issuerSerial reads the two from a certificate of any algorithm.
func issuerSerial(der []byte) (issuer, serial []byte, ok bool) {
	in := cryptobyte.String(der)
	var cert, tbs, name, number cryptobyte.String
	ok = in.ReadASN1(&cert, casn1.SEQUENCE) && in.Empty() && cert.ReadASN1(&tbs, casn1.SEQUENCE) &&
		tbs.SkipOptionalASN1(tag0) && tbs.ReadASN1(&number, casn1.INTEGER) &&
		tbs.SkipASN1(casn1.SEQUENCE) && tbs.ReadASN1Element(&name, casn1.SEQUENCE)
	return name, number, ok
}

// binds says whether the signing-certificate-v2 attribute names the
// certificate that was used, so that it cannot be exchanged for another one
// with the same key.
func (s *signedData) binds() bool {
	in := cryptobyte.String(s.signingCert)
	var body, list, id, hash cryptobyte.String
	if !in.ReadASN1(&body, casn1.SEQUENCE) || !body.ReadASN1(&list, casn1.SEQUENCE) || !list.ReadASN1(&id, casn1.SEQUENCE) {
		return false
	}
	algorithm := crypto.SHA256
	if id.PeekASN1Tag(casn1.SEQUENCE) {
		var name asn1.ObjectIdentifier
		if !readAlgorithm(&id, &name) {
			return false
		}
		algorithm = hashOf(name)
	}
	if weakHash(algorithm) || !id.ReadASN1(&hash, casn1.OCTET_STRING) || !bytes.Equal(hash, sum(algorithm, s.leaf)) {
		return false
	}
	return id.Empty() || s.bindsIssuer(id)
}

func (s *signedData) bindsIssuer(id cryptobyte.String) bool {
	var both, names, choice, issuer, serial cryptobyte.String
	wantIssuer, wantSerial, ok := issuerSerial(s.leaf)
	return ok && id.ReadASN1(&both, casn1.SEQUENCE) && id.Empty() &&
		both.ReadASN1(&names, casn1.SEQUENCE) && names.ReadASN1(&choice, tagDirectoryName) && names.Empty() &&
		choice.ReadASN1Element(&issuer, casn1.SEQUENCE) && both.ReadASN1(&serial, casn1.INTEGER) &&
		bytes.Equal(issuer, wantIssuer) && bytes.Equal(serial, wantSerial)
}
