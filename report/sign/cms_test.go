package sign_test

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"mingpin/report/sign"
)

const content = "<manifest>示例数据</manifest>"

func cms(t *testing.T, id *sign.Identity) []byte {
	t.Helper()
	sig, err := id.CMS(strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

func verifyCMS(t *testing.T, sig []byte, text string) sign.Report {
	t.Helper()
	r, err := sign.VerifyCMS(sig, strings.NewReader(text), sign.Options{Roots: authority().roots(), At: signedAt})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestVerifyCMSSaysWhoSigned(t *testing.T) {
	for name, tt := range map[string]struct {
		id   *sign.Identity
		want sign.Report
	}{
		"RSA": {authority().RSA, sign.Report{
			Intact: true, Trusted: true, CertificateValid: true, Algorithm: "RSA 2048, SHA-256",
			Signer: "示例法人 RSA", Organisation: "示例油脂有限公司", Chain: chainOf(authority().RSA),
		}},
		"ECDSA": {authority().ECDSA, sign.Report{
			Intact: true, Trusted: true, CertificateValid: true, Algorithm: "ECDSA 256, SHA-256",
			Signer: "示例质量官 ECDSA", Organisation: "示例油脂有限公司", Chain: chainOf(authority().ECDSA),
		}},
		"expired": {authority().Expired, sign.Report{
			Intact: true, Algorithm: "ECDSA 256, SHA-256", Problem: sign.ProblemExpired,
			Signer: "Expired", Organisation: "示例油脂有限公司", Chain: chainOf(authority().Expired),
		}},
		"RSA of 1024 bits": {authority().Weak, sign.Report{
			Weak: true, CertificateValid: true, Algorithm: "RSA 1024, SHA-256", Problem: sign.ProblemWeak,
			Signer: "Weak", Organisation: "示例油脂有限公司", Chain: chainOf(authority().Weak),
		}},
		"not issued for signing": {authority().Sealer, sign.Report{
			Intact: true, CertificateValid: true, Algorithm: "ECDSA 256, SHA-256", Problem: sign.ProblemKeyUsage,
			Signer: "Agreement only", Organisation: "示例油脂有限公司", Chain: chainOf(authority().Sealer),
		}},
		"chain missing": {authority().Short, sign.Report{
			Intact: true, CertificateValid: true, Algorithm: "RSA 2048, SHA-256", Problem: sign.ProblemUntrusted,
			Signer: "示例法人 RSA", Organisation: "示例油脂有限公司", Chain: chainOf(authority().Short),
		}},
	} {
		t.Run(name, func(t *testing.T) {
			tt.want.CoversWholeFile, tt.want.ChangesAllowed = true, true
			got := verifyCMS(t, cms(t, tt.id), content)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("report (-want +got):\n%s", diff)
			}
		})
	}
}

func chainOf(id *sign.Identity) []string {
	names := []string{id.Certificate.Subject.String()}
	for _, c := range id.Chain {
		names = append(names, c.Subject.String())
	}
	return names
}

func TestVerifyCMSTellsASelfMadeIdentity(t *testing.T) {
	id := selfMade(t)
	r := verifyCMS(t, cms(t, id), content)
	if !r.Intact || !r.SelfMade || r.Trusted || r.Problem != sign.ProblemUntrusted {
		t.Errorf("report = %+v", r)
	}
	if r := verifyCMS(t, cms(t, authority().Alone), content); r.SelfMade || r.Trusted || !r.Intact {
		t.Errorf("signed by itself elsewhere: %+v", r)
	}
	// Whoever was told the certificate by its owner may trust it by itself.
	pool := x509.NewCertPool()
	pool.AddCert(id.Certificate)
	r, err := sign.VerifyCMS(cms(t, id), strings.NewReader(content), sign.Options{Roots: pool, At: signedAt})
	if err != nil || !r.Trusted || !r.SelfMade {
		t.Errorf("with the certificate as root: %+v, %v", r, err)
	}
}

func TestVerifyCMSTrustsNobodyUnasked(t *testing.T) {
	r, err := sign.VerifyCMS(cms(t, authority().RSA), strings.NewReader(content), sign.Options{At: signedAt})
	if err != nil || !r.Intact || r.Trusted || r.Problem != sign.ProblemUntrusted {
		t.Errorf("without roots: %+v, %v", r, err)
	}
	r, err = sign.VerifyCMS(cms(t, authority().RSA), strings.NewReader(content), sign.Options{Roots: authority().roots()})
	if err != nil || !r.Intact || r.Trusted || r.Problem != sign.ProblemNoTime {
		t.Errorf("without a date: %+v, %v", r, err)
	}
}

func TestCMSHandsReadErrorsOn(t *testing.T) {
	broken := errors.New("disk is gone")
	if _, err := authority().RSA.CMS(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("CMS = %v", err)
	}
	if _, err := sign.VerifyCMS(cms(t, authority().RSA), iotest.ErrReader(broken), sign.Options{}); !errors.Is(err, broken) {
		t.Errorf("VerifyCMS = %v", err)
	}
}

// Paths into the CMS this package writes.
var (
	signedDataPath   = []int{1, 0}
	certsPath        = []int{1, 0, 3}
	signersPath      = []int{1, 0, 4}
	signerPath       = []int{1, 0, 4, 0}
	attributesPath   = []int{1, 0, 4, 0, 3}
	sigAlgPath       = []int{1, 0, 4, 0, 4}
	signaturePath    = []int{1, 0, 4, 0, 5}
	digestAlgOID     = []int{1, 0, 4, 0, 2, 0}
	sha1OIDElement   = mustDER(asn1.ObjectIdentifier{1, 3, 14, 3, 2, 26})
	sm3OIDElement    = mustDER(asn1.ObjectIdentifier{1, 2, 156, 10197, 1, 401})
	pssOIDElement    = mustDER(asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10})
	rsaSHA384Element = mustDER(asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 12})
	signingTimeAttr  = []byte("\x30\x1c\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x09\x05\x31\x0f\x17\x0d260302013000Z")
)

func mustDER(v any) []byte {
	der, err := asn1.Marshal(v)
	if err != nil {
		panic(err)
	}
	return der
}

func TestCMSHasExactlyTheAttributesOfBaselineB(t *testing.T) {
	for _, id := range []*sign.Identity{authority().RSA, authority().ECDSA} {
		var got []string
		for _, a := range children(at(cms(t, id), attributesPath...)) {
			var oid asn1.ObjectIdentifier
			if _, err := asn1.Unmarshal(children(a)[0], &oid); err != nil {
				t.Fatal(err)
			}
			got = append(got, oid.String())
		}
		want := []string{"1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4", "1.2.840.113549.1.9.16.2.47"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("signed attributes (-want +got):\n%s", diff)
		}
	}
}

// resign puts a new signature value by the RSA signer over changed attributes,
// as a hostile signer could.
func resign(der []byte) []byte {
	attrs := at(der, attributesPath...)
	sum := sha256.Sum256(append([]byte{0x31}, attrs[1:]...))
	value, err := authority().RSA.Signer.Sign(rand.Reader, sum[:], cryptoSHA256)
	if err != nil {
		panic(err)
	}
	return edit(der, signaturePath, func([]byte) []byte { return element(0x04, value) })
}

func TestVerifyCMSRefusesHostileSignatures(t *testing.T) {
	good := cms(t, authority().RSA)
	twice := func(b []byte) []byte { return element(b[0], append(children(b)[0], children(b)[0]...)) }
	replace := func(with []byte) func([]byte) []byte { return func([]byte) []byte { return with } }
	add := func(more []byte) func([]byte) []byte {
		return func(b []byte) []byte { return element(b[0], append(bytes.Join(children(b), nil), more...)) }
	}
	drop := func(n int) func([]byte) []byte {
		return func(b []byte) []byte {
			kids := children(b)
			return element(b[0], bytes.Join(append(kids[:n:n], kids[n+1:]...), nil))
		}
	}
	for name, tt := range map[string]struct {
		sig     []byte
		content string
		want    string
	}{
		"nothing":                        {nil, content, sign.ProblemCMS},
		"zeros":                          {make([]byte, 4096), content, sign.ProblemCMS},
		"a length of four gigabytes":     {[]byte{0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0x06}, content, sign.ProblemCMS},
		"a length beyond all numbers":    {append([]byte{0x30, 0xff}, bytes.Repeat([]byte{0xff}, 200)...), content, sign.ProblemCMS},
		"indefinite length":              {append([]byte{0x30, 0x80}, good[4:]...), content, sign.ProblemCMS},
		"a hundred thousand levels":      {bytes.Repeat([]byte{0x30, 0x80}, 100_000), content, sign.ProblemCMS},
		"nested as deep as lengths go":   {nested(5_000), content, sign.ProblemCMS},
		"more than a mebibyte":           {append(bytes.Clone(good), make([]byte, 1<<20)...), content, sign.ProblemCMS},
		"something behind it":            {append(bytes.Clone(good), 0, 0, 7), content, sign.ProblemCMS},
		"two signers":                    {edit(good, signersPath, twice), content, sign.ProblemCMS},
		"no signer":                      {edit(good, signersPath, replace([]byte{0x31, 0})), content, sign.ProblemCMS},
		"no certificate":                 {edit(good, signedDataPath, drop(3)), content, sign.ProblemCMS},
		"enclosed content":               {edit(good, append(signedDataPath, 2), add(element(0xa0, element(0x04, []byte("x"))))), content, sign.ProblemCMS},
		"no signed attributes":           {edit(good, signerPath, drop(3)), content, sign.ProblemCMS},
		"message-digest twice":           {resign(edit(good, attributesPath, add(at(good, append(attributesPath, 1)...)))), content, sign.ProblemCMS},
		"no message-digest":              {resign(edit(good, attributesPath, drop(1))), content, sign.ProblemCMS},
		"no signing certificate named":   {resign(edit(good, attributesPath, drop(2))), content, sign.ProblemBinding},
		"another certificate named":      {resign(edit(good, append(attributesPath, 2, 1, 0, 0, 0, 0), replace(element(0x04, make([]byte, 32))))), content, sign.ProblemBinding},
		"another content":                {good, content + " ", sign.ProblemDigest},
		"another signature value":        {edit(good, signaturePath, func(b []byte) []byte { return flipped(b, 40, 1) }), content, sign.ProblemSignature},
		"attributes changed":             {edit(good, attributesPath, add(signingTimeAttr)), content, sign.ProblemSignature},
		"SM3":                            {edit(good, digestAlgOID, replace(sm3OIDElement)), content, sign.ProblemUnsupported},
		"RSASSA-PSS":                     {edit(good, append(sigAlgPath, 0), replace(pssOIDElement)), content, sign.ProblemUnsupported},
		"RSA with another digest":        {edit(good, append(sigAlgPath, 0), replace(rsaSHA384Element)), content, sign.ProblemUnsupported},
		"SHA-1 in place of SHA-256":      {edit(good, digestAlgOID, replace(sha1OIDElement)), content, sign.ProblemDigest},
		"certificate of another signer":  {edit(good, certsPath, replace(element(0xa0, authority().ECDSA.Certificate.Raw))), content, sign.ProblemCMS},
		"a signing time of its own":      {resign(edit(good, attributesPath, add(signingTimeAttr))), content, sign.ProblemNone},
		"zeros behind it, as in a PDF":   {append(bytes.Clone(good), make([]byte, 999)...), content, sign.ProblemNone},
		"a revocation list, not checked": {edit(good, signedDataPath, func(b []byte) []byte { return insert(b, 4, element(0xa1, nil)) }), content, sign.ProblemNone},
	} {
		t.Run(name, func(t *testing.T) {
			r := verifyCMS(t, tt.sig, tt.content)
			if r.Problem != tt.want {
				t.Errorf("problem = %q, want %q", r.Problem, tt.want)
			}
			if good := tt.want == sign.ProblemNone; r.Intact != good || r.Trusted != good {
				t.Errorf("intact %v, trusted %v", r.Intact, r.Trusted)
			}
		})
	}
}

func insert(der []byte, n int, more []byte) []byte {
	kids := children(der)
	return element(der[0], bytes.Join(append(append(kids[:n:n], more), kids[n:]...), nil))
}

func nested(levels int) []byte {
	der := []byte{}
	for range levels {
		der = element(0x30, der)
	}
	return der
}

// TestVerifyCMSNoticesEveryFlip goes through every byte of a signature. What
// the signature value does not protect (further certificates) may change
// trust, never who signed what.
func TestVerifyCMSNoticesEveryFlip(t *testing.T) {
	good := cms(t, authority().ECDSA)
	want := verifyCMS(t, good, content)
	for i := range good {
		r := verifyCMS(t, flipped(good, i, 1<<(i%8)), content)
		if r.Intact && (r.Signer != want.Signer || r.Organisation != want.Organisation || r.Algorithm != want.Algorithm) {
			t.Fatalf("flip at %d: %+v", i, r)
		}
		if r.Trusted && !cmp.Equal(r, want) {
			t.Fatalf("flip at %d is trusted and differs: %+v", i, r)
		}
	}
}

// TestOpenSSLAcceptsCMS holds the signature against another implementation.
func TestOpenSSLAcceptsCMS(t *testing.T) {
	need(t, "openssl")
	dir := t.TempDir()
	root := writeFile(t, dir, "root.pem", certificatePEM(authority().Root))
	file := writeFile(t, dir, "manifest.xml", []byte(content))
	for name, id := range map[string]*sign.Identity{"RSA": authority().RSA, "ECDSA": authority().ECDSA} {
		sig := writeFile(t, dir, name+".p7s", cms(t, id))
		out := run(t, "openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER",
			"-in", sig, "-content", file, "-CAfile", root, "-purpose", "any")
		if !bytes.Equal(out, []byte(content)) {
			t.Errorf("%s: openssl gave back %q", name, out)
		}
	}
}

// TestVerifyCMSReadsOpenSSL checks signatures this package has not made,
// weak ones among them.
func TestVerifyCMSReadsOpenSSL(t *testing.T) {
	need(t, "openssl")
	dir := t.TempDir()
	id := authority().RSA
	file := writeFile(t, dir, "content", []byte(content))
	key, leaf := writePEM(t, dir, id), writeFile(t, dir, "leaf.pem", certificatePEM(id.Certificate))
	issuers := writeFile(t, dir, "issuers.pem", append(certificatePEM(id.Chain[0]), certificatePEM(id.Chain[1])...))
	for _, tt := range []struct {
		digest, want string
		weak         bool
	}{
		{"sha256", sign.ProblemNone, false},
		{"sha384", sign.ProblemNone, false},
		{"sha512", sign.ProblemNone, false},
		{"sha1", sign.ProblemWeak, true},
		{"md5", sign.ProblemWeak, true},
	} {
		for _, keyid := range []string{"", "-keyid"} {
			t.Run(fmt.Sprint(tt.digest, keyid), func(t *testing.T) {
				args := []string{
					"cms", "-sign", "-cades", "-binary", "-md", tt.digest, "-outform", "DER",
					"-in", file, "-inkey", key, "-signer", leaf, "-certfile", issuers,
				}
				if keyid != "" {
					args = append(args, keyid)
				}
				r := verifyCMS(t, run(t, "openssl", args...), content)
				if r.Intact == tt.weak || r.Weak != tt.weak || r.Problem != tt.want {
					t.Errorf("report = %+v", r)
				}
			})
		}
	}
}

// A large content is hashed as it streams by.
func TestCMSStreams(t *testing.T) {
	const size = 64 << 20
	sig, err := authority().ECDSA.CMS(io.LimitReader(zeros{}, size))
	if err != nil {
		t.Fatal(err)
	}
	allocated := allocatedBy(func() {
		r, err := sign.VerifyCMS(sig, io.LimitReader(zeros{}, size), sign.Options{})
		if err != nil || !r.Intact {
			t.Errorf("%+v, %v", r, err)
		}
	})
	if allocated > 4<<20 {
		t.Errorf("%d bytes allocated for %d bytes of content", allocated, size)
	}
}
