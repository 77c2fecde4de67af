package handin_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"sync"
	"testing"
	"time"

	"mingpin/report/sign"
)

// A testCA vouches for the people of the sample.
type testCA struct {
	root  *x509.Certificate
	key   *ecdsa.PrivateKey
	count int64
}

var authority = sync.OnceValue(func() *testCA {
	ca := &testCA{key: newKey()}
	ca.root = ca.certify(ca.key, &x509.Certificate{
		Subject: pkix.Name{CommonName: "示例根证书"}, IsCA: true, KeyUsage: x509.KeyUsageCertSign,
	})
	return ca
})

func newKey() *ecdsa.PrivateKey {
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	return k
}

func (ca *testCA) certify(key *ecdsa.PrivateKey, c *x509.Certificate) *x509.Certificate {
	ca.count++
	c.SerialNumber, c.BasicConstraintsValid = big.NewInt(ca.count), true
	c.NotBefore, c.NotAfter = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2044, 1, 1, 0, 0, 0, 0, time.UTC)
	parent := ca.root
	if parent == nil {
		parent = c
	}
	der, err := x509.CreateCertificate(rand.Reader, c, parent, key.Public(), ca.key)
	if err != nil {
		panic(err)
	}
	out, err := x509.ParseCertificate(der)
	if err != nil {
		panic(err)
	}
	return out
}

// person is someone the authority vouches for.
func (ca *testCA) person(name string) *sign.Identity {
	key := newKey()
	c := ca.certify(key, &x509.Certificate{
		Subject: pkix.Name{CommonName: name}, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment,
	})
	return &sign.Identity{Signer: key, Certificate: c, Chain: []*x509.Certificate{ca.root}}
}

func (ca *testCA) roots() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(ca.root)
	return pool
}

// selfMade is someone nobody vouches for.
func selfMade(t testing.TB, name string) *sign.Identity {
	t.Helper()
	id, err := sign.NewIdentity(name, "示例数据", signedAt, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// signedAt is when everybody signs.
var signedAt = time.Date(2026, 11, 16, 15, 0, 0, 0, time.FixedZone("CST", 8*3600))
