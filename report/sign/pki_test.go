package sign_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"sync"
	"testing"
	"time"

	"mingpin/report/sign"
)

// signedAt is the time every test signs at; the certificates are valid around
// it and well beyond, since the foreign tools judge by the clock.
var signedAt = time.Date(2026, 3, 2, 9, 30, 0, 0, time.FixedZone("CST", 8*3600))

// A testPKI is a small certificate authority: root, issuing authority, signers.
type testPKI struct {
	Root    *x509.Certificate
	RSA     *sign.Identity
	ECDSA   *sign.Identity
	Expired *sign.Identity
	Weak    *sign.Identity // RSA 1024
	Sealer  *sign.Identity // issued for key agreement only
	Alone   *sign.Identity // signed by itself, but not by this program
	Short   *sign.Identity // RSA 2048, without the issuing authority's certificate
}

// authority makes the test PKI once: key generation is most of the work.
var authority = sync.OnceValue(func() *testPKI {
	rootKey, caKey, ecKey := newEC(), newEC(), newEC()
	rsaKey, weakKey := newRSA(2048), newRSA(1024)
	year := func(y int) time.Time { return time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC) }
	root := issue(nil, nil, rootKey, &x509.Certificate{
		Subject:  pkix.Name{CommonName: "示例根证书 Test Root", Organization: []string{"示例数据"}},
		NotAfter: year(2045), IsCA: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	})
	ca := issue(root, rootKey, caKey, &x509.Certificate{
		Subject:  pkix.Name{CommonName: "Test Issuing CA", Organization: []string{"示例数据"}},
		NotAfter: year(2045), IsCA: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	})
	leaf := func(name string, key crypto.Signer, end time.Time, usage x509.KeyUsage) *sign.Identity {
		c := issue(ca, caKey, key, &x509.Certificate{
			Subject:  pkix.Name{CommonName: name, Organization: []string{"示例油脂有限公司"}},
			NotAfter: end, KeyUsage: usage,
		})
		return &sign.Identity{Signer: key, Certificate: c, Chain: []*x509.Certificate{ca, root}}
	}
	const signing = x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment
	p := &testPKI{
		Root:    root,
		RSA:     leaf("示例法人 RSA", rsaKey, year(2044), signing),
		ECDSA:   leaf("示例质量官 ECDSA", ecKey, year(2044), signing),
		Expired: leaf("Expired", ecKey, year(2025), signing),
		Weak:    leaf("Weak", weakKey, year(2044), signing),
		Sealer:  leaf("Agreement only", ecKey, year(2044), x509.KeyUsageKeyAgreement),
	}
	aloneKey := newEC()
	p.Alone = &sign.Identity{Signer: aloneKey, Certificate: issue(nil, nil, aloneKey, &x509.Certificate{
		Subject: pkix.Name{CommonName: "Alone"}, NotAfter: year(2044), KeyUsage: signing,
	})}
	p.Short = &sign.Identity{Signer: rsaKey, Certificate: p.RSA.Certificate}
	return p
})

func (p *testPKI) roots() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(p.Root)
	return pool
}

var serialNumber int64 = 0x1000

// issue signs template by parent, or by itself.
func issue(parent *x509.Certificate, parentKey crypto.Signer, key crypto.Signer, template *x509.Certificate) *x509.Certificate {
	serialNumber++
	template.SerialNumber = big.NewInt(serialNumber)
	template.NotBefore = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	template.BasicConstraintsValid = true
	template.SubjectKeyId = big.NewInt(serialNumber).Bytes()
	if parent == nil {
		parent, parentKey = template, key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), parentKey)
	if err != nil {
		panic(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		panic(err)
	}
	return c
}

func newEC() crypto.Signer {
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	return k
}

func newRSA(bits int) crypto.Signer {
	k, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		panic(err)
	}
	return k
}

func selfMade(t *testing.T) *sign.Identity {
	t.Helper()
	id, err := sign.NewIdentity("张三", "示例油脂有限公司", signedAt, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return id
}
