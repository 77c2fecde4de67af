package sign

import (
	"crypto"
	"crypto/x509"
	"errors"
	"slices"

	"software.sslmate.com/src/go-pkcs12"
)

// MaxKeyFile is the size in bytes up to which a PKCS#12 file is read.
const MaxKeyFile = 1 << 20

// OpenPKCS12 reads an identity from a PKCS#12 file (.p12, .pfx), in the modern
// encryption or the legacy ones. The certificate is the one that belongs to
// the key, wherever it stands in the file. An expired identity opens: whether
// it may sign is for CheckAt to say.
//
// The errors are ErrWrongPassword, ErrDamaged, ErrNoKey, ErrNoCertificate or
// an UnsupportedError.
func OpenPKCS12(data []byte, password string) (*Identity, error) {
	if len(data) > MaxKeyFile {
		return nil, UnsupportedError{What: "too-large"}
	}
	if err := checkPassword(password); err != nil {
		return nil, err
	}
	file, err := scanKeyFile(data)
	if err != nil {
		return nil, err
	}
	if !file.mac && password != "" {
		return nil, UnsupportedError{What: "content", Err: errors.New("no integrity check in the file")}
	}
	key, first, rest, err := pkcs12.DecodeChain(data, password)
	if err != nil {
		return nil, file.explain(err, password)
	}
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil, UnsupportedError{What: "key-type"}
	}
	return newIdentity(signer, append([]*x509.Certificate{first}, rest...))
}

// newIdentity finds the certificate of the key among certs and orders the rest.
func newIdentity(signer crypto.Signer, certs []*x509.Certificate) (*Identity, error) {
	public, ok := signer.Public().(interface{ Equal(crypto.PublicKey) bool })
	if !ok {
		return nil, UnsupportedError{What: "key-type"}
	}
	n := slices.IndexFunc(certs, func(c *x509.Certificate) bool { return public.Equal(c.PublicKey) })
	if n < 0 {
		return nil, ErrNoCertificate
	}
	leaf := certs[n]
	if kind, _ := keyStrength(leaf.PublicKey); kind == "" {
		return nil, UnsupportedError{What: "key-type"}
	}
	return &Identity{
		Signer:      signer,
		Certificate: leaf,
		Chain:       issuers(leaf, slices.Delete(certs, n, n+1)),
		SelfMade:    isSelfMade(leaf),
	}, nil
}

// checkPassword refuses what PKCS#12 cannot spell: characters beyond the basic
// multilingual plane.
func checkPassword(password string) error {
	for _, r := range password {
		if r > 0xFFFF {
			return UnsupportedError{What: "password"}
		}
	}
	return nil
}
