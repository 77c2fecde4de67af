package sign

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"io"
	"math/big"
	"slices"
	"time"

	"software.sslmate.com/src/go-pkcs12"
)

// selfMadeUnit is the organisational unit of every certificate NewIdentity
// makes. It takes trust away and gives none, so that it needs no protection.
const selfMadeUnit = "self-made: integrity only, identity not proven"

// selfMadeYears is how long a self-made certificate is valid.
const selfMadeYears = 5

// keyFileIterations is how often PKCS12 stretches the password.
const keyFileIterations = 100_000

// The shortest keys that may sign and are not called weak.
const (
	minRSABits = 2048
	minECBits  = 256
)

// An Identity is someone who can sign: a private key and the certificate that
// says whose it is.
type Identity struct {
	// Signer holds the private key, in memory or in a device.
	Signer crypto.Signer
	// Certificate is that of Signer's public key.
	Certificate *x509.Certificate
	// Chain holds the issuers as far as they are known, the nearest first.
	Chain []*x509.Certificate
	// SelfMade is true for an identity of NewIdentity: its signatures prove
	// that nothing was changed, but not who signed.
	SelfMade bool
}

// NewIdentity makes a key (ECDSA P-256) and a certificate for it, signed by
// itself and valid for five years from now. Anyone can make one in any name.
func NewIdentity(name, organisation string, now time.Time, random io.Reader) (*Identity, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), random)
	if err != nil {
		return nil, fmt.Errorf("make key: %w", err)
	}
	serial := make([]byte, 16)
	if _, err := io.ReadFull(random, serial); err != nil {
		return nil, fmt.Errorf("make serial number: %w", err)
	}
	serial[0] = serial[0]&0x7f | 0x40 // positive and of full length
	subject := pkix.Name{CommonName: name, OrganizationalUnit: []string{selfMadeUnit}}
	if organisation != "" {
		subject.Organization = []string{organisation}
	}
	template := &x509.Certificate{
		SerialNumber:          new(big.Int).SetBytes(serial),
		Subject:               subject,
		NotBefore:             now.UTC().Truncate(time.Second),
		NotAfter:              now.UTC().Truncate(time.Second).AddDate(selfMadeYears, 0, 0),
		KeyUsage:              x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment,
		BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(random, template, template, key.Public(), key)
	if err != nil {
		return nil, fmt.Errorf("make certificate: %w", err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("read own certificate: %w", err)
	}
	return &Identity{Signer: key, Certificate: cert, SelfMade: true}, nil
}

// PKCS12 gives the identity as a password-protected PKCS#12 file (AES-256,
// SHA-256). It fails for a key that does not leave its device.
func (i *Identity) PKCS12(password string) ([]byte, error) {
	if err := checkPassword(password); err != nil {
		return nil, err
	}
	data, err := pkcs12.Modern2023.WithIterations(keyFileIterations).Encode(i.Signer, i.Certificate, i.Chain, password)
	if err != nil {
		return nil, fmt.Errorf("write key file: %w", err)
	}
	return data, nil
}

// CheckAt says whether the identity may sign at t: ExpiredError,
// NotYetValidError, ErrKeyUsage, WeakKeyError or UnsupportedError say why not.
func (i *Identity) CheckAt(t time.Time) error {
	c := i.Certificate
	if t.After(c.NotAfter) {
		return ExpiredError{c.NotAfter}
	}
	if t.Before(c.NotBefore) {
		return NotYetValidError{c.NotBefore}
	}
	if !maySign(c) {
		return ErrKeyUsage
	}
	name, bits := keyStrength(c.PublicKey)
	if name == "" {
		return UnsupportedError{What: "key-type"}
	}
	if tooShort(name, bits) {
		return WeakKeyError{name, bits}
	}
	return nil
}

// maySign says whether the certificate's key usage, if it states one, is to
// sign or to commit to content.
func maySign(c *x509.Certificate) bool {
	const signing = x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment
	return c.KeyUsage == 0 || c.KeyUsage&signing != 0
}

// keyStrength names the kind of a public key and its length, "" if signatures
// of that kind are not understood here.
func keyStrength(public crypto.PublicKey) (string, int) {
	switch k := public.(type) {
	case *rsa.PublicKey:
		return "RSA", k.N.BitLen()
	case *ecdsa.PublicKey:
		return "ECDSA", k.Curve.Params().BitSize
	}
	return "", 0
}

func tooShort(kind string, bits int) bool {
	return kind == "RSA" && bits < minRSABits || kind == "ECDSA" && bits < minECBits
}

// isSelfMade tells a certificate of NewIdentity.
func isSelfMade(c *x509.Certificate) bool {
	return slices.Contains(c.Subject.OrganizationalUnit, selfMadeUnit) && isSelfSigned(c)
}

func isSelfSigned(c *x509.Certificate) bool {
	return bytes.Equal(c.RawSubject, c.RawIssuer) &&
		c.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature) == nil
}

// issuers orders, from the pool of others, those that issued leaf: the nearest
// first, up to a self-signed one. Each is used once, so that a ring ends.
func issuers(leaf *x509.Certificate, others []*x509.Certificate) []*x509.Certificate {
	var chain []*x509.Certificate
	left := slices.Clone(others)
	for at := leaf; !bytes.Equal(at.RawSubject, at.RawIssuer); {
		n := slices.IndexFunc(left, func(c *x509.Certificate) bool {
			return bytes.Equal(c.RawSubject, at.RawIssuer) && at.CheckSignatureFrom(c) == nil
		})
		if n < 0 {
			return chain
		}
		at = left[n]
		chain = append(chain, at)
		left = slices.Delete(left, n, n+1)
	}
	return chain
}
