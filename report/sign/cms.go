package sign

import (
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"fmt"
	"io"
	"slices"

	"golang.org/x/crypto/cryptobyte"
	casn1 "golang.org/x/crypto/cryptobyte/asn1"
)

// CMS signs content: a detached CAdES-B-B signature (ETSI EN 319 122-1) in DER,
// with the certificate and its chain. Content is read once, as a stream.
func (i *Identity) CMS(content io.Reader) ([]byte, error) {
	h := sha256.New()
	if _, err := io.Copy(h, content); err != nil {
		return nil, fmt.Errorf("read what is to be signed: %w", err)
	}
	return i.signDigest(h.Sum(nil))
}

// signDigest makes the CMS over content of SHA-256 digest.
func (i *Identity) signDigest(digest []byte) ([]byte, error) {
	attributes, err := i.signedAttributes(digest)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(attributes)
	value, err := i.Signer.Sign(rand.Reader, sum[:], crypto.SHA256)
	if err != nil {
		return nil, fmt.Errorf("sign with the key: %w", err)
	}
	var b cryptobyte.Builder
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1ObjectIdentifier(oidSignedData)
		b.AddASN1(tag0, func(b *cryptobyte.Builder) {
			b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) { i.addSignedData(b, attributes, value) })
		})
	})
	der, err := b.Bytes()
	if err != nil {
		return nil, fmt.Errorf("write the signature: %w", err)
	}
	return der, nil
}

func (i *Identity) addSignedData(b *cryptobyte.Builder, attributes, value []byte) {
	b.AddASN1Int64(1)
	b.AddASN1(casn1.SET, func(b *cryptobyte.Builder) { addAlgorithm(b, oidSHA256) })
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(oidData) })
	b.AddASN1(tag0, func(b *cryptobyte.Builder) {
		for _, der := range i.certificateSet() {
			b.AddBytes(der)
		}
	})
	b.AddASN1(casn1.SET, func(b *cryptobyte.Builder) {
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) { i.addSignerInfo(b, attributes, value) })
	})
}

// certificateSet gives the certificates byte for byte, in the order DER asks
// of a SET OF.
func (i *Identity) certificateSet() [][]byte {
	set := [][]byte{i.Certificate.Raw}
	for _, c := range i.Chain {
		set = append(set, c.Raw)
	}
	slices.SortFunc(set, bytes.Compare)
	return set
}

func (i *Identity) addSignerInfo(b *cryptobyte.Builder, attributes, value []byte) {
	b.AddASN1Int64(1)
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddBytes(i.Certificate.RawIssuer)
		b.AddASN1BigInt(i.Certificate.SerialNumber)
	})
	addAlgorithm(b, oidSHA256)
	// The attributes are signed as a SET and stored under tag [0]: the same
	// bytes but for the first.
	b.AddBytes(append([]byte{byte(tag0)}, attributes[1:]...))
	if i.Certificate.PublicKeyAlgorithm == x509.RSA {
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1ObjectIdentifier(oidRSA)
			b.AddASN1NULL()
		})
	} else {
		addAlgorithm(b, oidECDSAWithSHA256)
	}
	b.AddASN1OctetString(value)
}

// addAlgorithm adds an AlgorithmIdentifier without parameters.
func addAlgorithm(b *cryptobyte.Builder, id asn1.ObjectIdentifier) {
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(id) })
}

// signedAttributes is the DER of the SET that is signed: content-type,
// message-digest and signing-certificate-v2. PAdES forbids signing-time, which
// stands in the PDF's /M.
func (i *Identity) signedAttributes(digest []byte) ([]byte, error) {
	hash := sha256.Sum256(i.Certificate.Raw)
	var set [][]byte
	for _, a := range []struct {
		id  asn1.ObjectIdentifier
		add func(*cryptobyte.Builder)
	}{
		{oidContentType, func(b *cryptobyte.Builder) { b.AddASN1ObjectIdentifier(oidData) }},
		{oidMessageDigest, func(b *cryptobyte.Builder) { b.AddASN1OctetString(digest) }},
		{oidSigningCertV2, func(b *cryptobyte.Builder) { addSigningCertificate(b, i.Certificate, hash[:]) }},
	} {
		var b cryptobyte.Builder
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1ObjectIdentifier(a.id)
			b.AddASN1(casn1.SET, a.add)
		})
		der, err := b.Bytes()
		if err != nil {
			return nil, fmt.Errorf("write signed attributes: %w", err)
		}
		set = append(set, der)
	}
	slices.SortFunc(set, bytes.Compare)
	var b cryptobyte.Builder
	b.AddASN1(casn1.SET, func(b *cryptobyte.Builder) { b.AddBytes(slices.Concat(set...)) })
	return b.Bytes()
}

// addSigningCertificate adds a SigningCertificateV2 (RFC 5035) with issuer and
// serial; the hash algorithm is left out since SHA-256 is its default.
func addSigningCertificate(b *cryptobyte.Builder, c *x509.Certificate, hash []byte) {
	b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1OctetString(hash)
				b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
					b.AddASN1(casn1.SEQUENCE, func(b *cryptobyte.Builder) {
						b.AddASN1(tagDirectoryName, func(b *cryptobyte.Builder) { b.AddBytes(c.RawIssuer) })
					})
					b.AddASN1BigInt(c.SerialNumber)
				})
			})
		})
	})
}

// tagDirectoryName is the choice directoryName of a GeneralName (RFC 5280).
var tagDirectoryName = casn1.Tag(4).ContextSpecific().Constructed()
