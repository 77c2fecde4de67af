package sign

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	_ "crypto/md5"
	"crypto/rsa"
	_ "crypto/sha1"
	_ "crypto/sha256"
	_ "crypto/sha512"
	"crypto/x509"
	"encoding/asn1"
	"fmt"
)

// hashes are the digests that can be checked. The first two are broken: what
// rests on them is computed and called weak.
var hashes = []struct {
	id   asn1.ObjectIdentifier
	hash crypto.Hash
}{
	{oidMD5, crypto.MD5},
	{oidSHA1, crypto.SHA1},
	{oidSHA256, crypto.SHA256},
	{oidSHA384, crypto.SHA384},
	{oidSHA512, crypto.SHA512},
}

// hashOf gives the digest of an identifier, 0 for one that is not known.
func hashOf(id asn1.ObjectIdentifier) crypto.Hash {
	for _, h := range hashes {
		if h.id.Equal(id) {
			return h.hash
		}
	}
	return 0
}

func weakHash(h crypto.Hash) bool { return h == 0 || h == crypto.MD5 || h == crypto.SHA1 }

func sum(h crypto.Hash, data []byte) []byte {
	d := h.New()
	d.Write(data)
	return d.Sum(nil)
}

// signatureAlgorithms says which kind of key and which digest an algorithm
// means; digest 0 is the one the signer info names.
var signatureAlgorithms = []struct {
	id   asn1.ObjectIdentifier
	kind string
	hash crypto.Hash
}{
	{oidRSA, "RSA", 0},
	{oidRSAWithMD5, "RSA", crypto.MD5},
	{oidRSAWithSHA1, "RSA", crypto.SHA1},
	{oidRSAWithSHA256, "RSA", crypto.SHA256},
	{oidRSAWithSHA384, "RSA", crypto.SHA384},
	{oidRSAWithSHA512, "RSA", crypto.SHA512},
	{oidECDSAWithSHA1, "ECDSA", crypto.SHA1},
	{oidECDSAWithSHA256, "ECDSA", crypto.SHA256},
	{oidECDSAWithSHA384, "ECDSA", crypto.SHA384},
	{oidECDSAWithSHA512, "ECDSA", crypto.SHA512},
}

// suits says whether the signature algorithm goes with the key's kind and the
// digest that was used.
func (s *signedData) suits(kind string, hash crypto.Hash) bool {
	for _, a := range signatureAlgorithms {
		if a.id.Equal(s.algorithm) {
			return a.kind == kind && (a.hash == 0 || a.hash == hash)
		}
	}
	return false
}

// checkValue says whether the signature value is that of the signed attributes.
func (s *signedData) checkValue(c *x509.Certificate, hash crypto.Hash) bool {
	digest := sum(hash, s.attrs)
	switch k := c.PublicKey.(type) {
	case *rsa.PublicKey:
		return rsa.VerifyPKCS1v15(k, hash, digest, s.value) == nil
	case *ecdsa.PublicKey:
		return ecdsa.VerifyASN1(k, digest, s.value)
	}
	return false
}

// describeAlgorithm names key and digest, such as "RSA 2048, SHA-256".
func (s *signedData) describeAlgorithm(c *x509.Certificate) string {
	digest := s.digest.String()
	if h := hashOf(s.digest); h != 0 {
		digest = h.String()
	}
	if s.isSM2() {
		return "SM2, SM3"
	}
	if c == nil {
		return digest
	}
	kind, bits := keyStrength(c.PublicKey)
	if kind == "" {
		return fmt.Sprintf("%s, %s", c.PublicKeyAlgorithm, digest)
	}
	return fmt.Sprintf("%s %d, %s", kind, bits, digest)
}

// isSM2 tells a signature by GB/T 32918 and GB/T 32905.
func (s *signedData) isSM2() bool {
	return s.digest.Equal(oidSM3) || s.algorithm.Equal(oidSM2WithSM3)
}

// hasKeyID says whether a certificate carries the subject key identifier id.
func hasKeyID(der, id []byte) bool {
	c, err := x509.ParseCertificate(der)
	return err == nil && bytes.Equal(c.SubjectKeyId, id)
}
