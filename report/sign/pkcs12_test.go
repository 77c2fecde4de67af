package sign_test

import (
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"software.sslmate.com/src/go-pkcs12"

	"mingpin/report/sign"
)

func TestOpenPKCS12ReadsEveryEncryption(t *testing.T) {
	id := authority().RSA
	for name, encoder := range map[string]*pkcs12.Encoder{
		"modern, AES-256":          pkcs12.Modern,
		"modern of 2026, PBMAC1":   pkcs12.Modern2026,
		"legacy, 3DES":             pkcs12.LegacyDES,
		"legacy, RC2":              pkcs12.LegacyRC2,
		"no encryption, no digest": pkcs12.Passwordless,
	} {
		for _, password := range []string{"", "secret", "密码123"} {
			if encoder == pkcs12.Passwordless && password != "" {
				continue
			}
			t.Run(name+" "+password, func(t *testing.T) {
				data, err := encoder.Encode(id.Signer, id.Certificate, id.Chain, password)
				if err != nil {
					t.Fatal(err)
				}
				checkOpens(t, data, password, id)
				if encoder != pkcs12.Passwordless {
					if _, err := sign.OpenPKCS12(data, password+"x"); !errors.Is(err, sign.ErrWrongPassword) {
						t.Errorf("with another password: %v", err)
					}
				}
			})
		}
	}
}

// checkOpens wants data to hold the key, the certificate and the chain in
// order.
func checkOpens(t *testing.T, data []byte, password string, want *sign.Identity) {
	t.Helper()
	got, err := sign.OpenPKCS12(data, password)
	if err != nil {
		t.Fatal(err)
	}
	if !got.Signer.Public().(interface{ Equal(crypto.PublicKey) bool }).Equal(want.Signer.Public()) {
		t.Error("another key")
	}
	if !got.Certificate.Equal(want.Certificate) {
		t.Errorf("certificate of %s", got.Certificate.Subject)
	}
	if len(got.Chain) != len(want.Chain) {
		t.Fatalf("chain of %d, want %d", len(got.Chain), len(want.Chain))
	}
	for i, c := range want.Chain {
		if !got.Chain[i].Equal(c) {
			t.Errorf("chain[%d] = %s", i, got.Chain[i].Subject)
		}
	}
	if got.SelfMade != want.SelfMade {
		t.Errorf("SelfMade = %v", got.SelfMade)
	}
}

func TestOpenPKCS12FindsTheCertificateOfTheKeyAnywhere(t *testing.T) {
	id := authority().ECDSA
	data, err := pkcs12.Modern.Encode(id.Signer, id.Chain[1], []*x509.Certificate{id.Chain[0], id.Certificate}, "x")
	if err != nil {
		t.Fatal(err)
	}
	checkOpens(t, data, "x", id)
}

func TestOpenPKCS12RefusesAForeignCertificate(t *testing.T) {
	p := authority()
	data, err := pkcs12.Modern.Encode(p.ECDSA.Signer, p.RSA.Certificate, nil, "x")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sign.OpenPKCS12(data, "x"); !errors.Is(err, sign.ErrNoCertificate) {
		t.Errorf("OpenPKCS12 = %v", err)
	}
}

// TestOpenPKCS12ReadsOpenSSL covers the files users really have.
func TestOpenPKCS12ReadsOpenSSL(t *testing.T) {
	need(t, "openssl")
	dir := t.TempDir()
	for name, tt := range map[string]struct {
		id       *sign.Identity
		password string
		options  []string
	}{
		"openssl 3, RSA":                       {authority().RSA, "secret", nil},
		"openssl 3, ECDSA, Chinese password":   {authority().ECDSA, "密码123", nil},
		"openssl 3, empty password":            {authority().RSA, "", nil},
		"openssl -legacy":                      {authority().RSA, "secret", []string{"-legacy"}},
		"openssl -legacy, Chinese password":    {authority().ECDSA, "密码123", []string{"-legacy"}},
		"openssl -legacy, empty password":      {authority().RSA, "", []string{"-legacy"}},
		"3DES for both, no stretching of HMAC": {authority().RSA, "secret", []string{"-legacy", "-descert", "-nomaciter"}},
	} {
		t.Run(name, func(t *testing.T) {
			args := append([]string{
				"pkcs12", "-export", "-inkey", writePEM(t, dir, tt.id), "-in", writeChain(t, dir, tt.id),
				"-passout", "pass:" + tt.password,
			}, tt.options...)
			data := run(t, "openssl", args...)
			checkOpens(t, data, tt.password, tt.id)
			if _, err := sign.OpenPKCS12(data, "wrong"); !errors.Is(err, sign.ErrWrongPassword) {
				t.Errorf("with a wrong password: %v", err)
			}
		})
	}
}

func TestOpenPKCS12NamesWhatIsMissing(t *testing.T) {
	need(t, "openssl")
	dir := t.TempDir()
	key := writePEM(t, dir, authority().RSA)
	chain := writeChain(t, dir, authority().RSA)
	noKey := run(t, "openssl", "pkcs12", "-export", "-nokeys", "-in", chain, "-passout", "pass:x")
	noCert := run(t, "openssl", "pkcs12", "-export", "-nocerts", "-inkey", key, "-passout", "pass:x")
	sm2Key, sm2Cert := filepath.Join(dir, "sm2.key"), filepath.Join(dir, "sm2.pem")
	run(t, "openssl", "genpkey", "-algorithm", "SM2", "-out", sm2Key)
	run(t, "openssl", "req", "-new", "-x509", "-key", sm2Key, "-sm3", "-subj", "/CN=sm2", "-out", sm2Cert)
	sm2 := run(t, "openssl", "pkcs12", "-export", "-inkey", sm2Key, "-in", sm2Cert, "-passout", "pass:x")

	if _, err := sign.OpenPKCS12(noKey, "x"); !errors.Is(err, sign.ErrNoKey) {
		t.Errorf("without key: %v", err)
	}
	var unsupported sign.UnsupportedError
	if _, err := sign.OpenPKCS12(noCert, "x"); !errors.As(err, &unsupported) {
		t.Errorf("without certificate: %v", err)
	}
	if _, err := sign.OpenPKCS12(sm2, "x"); !errors.As(err, &unsupported) || unsupported.What != "sm2" {
		t.Errorf("SM2: %v", err)
	}
}

func TestOpenPKCS12TypesEveryDamage(t *testing.T) {
	id := authority().ECDSA
	for name, encoder := range map[string]*pkcs12.Encoder{
		"modern": pkcs12.Modern.WithIterations(1), "legacy": pkcs12.LegacyRC2.WithIterations(1), "plain": pkcs12.Passwordless,
	} {
		password := "secret"
		if encoder == pkcs12.Passwordless {
			password = ""
		}
		whole, err := encoder.Encode(id.Signer, id.Certificate, id.Chain, password)
		if err != nil {
			t.Fatal(err)
		}
		for at := 0; at < len(whole); at += 53 {
			for _, data := range [][]byte{flipped(whole, at, 0x21), whole[:at], append(whole[:at:at], whole[at+1:]...)} {
				_, err := sign.OpenPKCS12(data, password)
				if !typed(err) && !(err == nil && encoder == pkcs12.Passwordless) {
					t.Fatalf("%s, damaged at %d: %v", name, at, err)
				}
			}
		}
	}
}

func flipped(b []byte, at int, mask byte) []byte {
	c := append([]byte(nil), b...)
	c[at] ^= mask
	return c
}

// typed says whether err is one that OpenPKCS12 promises.
func typed(err error) bool {
	var unsupported sign.UnsupportedError
	return errors.Is(err, sign.ErrDamaged) || errors.Is(err, sign.ErrWrongPassword) || errors.Is(err, sign.ErrNoKey) ||
		errors.Is(err, sign.ErrNoCertificate) || errors.As(err, &unsupported)
}

func TestOpenPKCS12RefusesHostileFiles(t *testing.T) {
	id := authority().ECDSA
	good, err := pkcs12.Modern.WithIterations(2047).Encode(id.Signer, id.Certificate, nil, "x")
	if err != nil {
		t.Fatal(err)
	}
	var count int
	for at := 0; at+4 <= len(good); at++ {
		if string(good[at:at+4]) != "\x02\x02\x07\xff" {
			continue
		}
		count++
		// An INTEGER of two bytes becomes one of the largest two bytes; the
		// file asks for the work in three places.
		var unsupported sign.UnsupportedError
		huge := replaceInteger(good, at)
		if _, err := sign.OpenPKCS12(huge, "x"); !errors.As(err, &unsupported) || unsupported.What != "iterations" {
			t.Errorf("2^31-1 iterations at %d: %v", at, err)
		}
	}
	if count != 3 {
		t.Fatalf("%d iteration counts found, want 3", count)
	}
	for name, tt := range map[string]struct {
		data []byte
		what string
	}{
		"more than a mebibyte":      {make([]byte, sign.MaxKeyFile+1), "too-large"},
		"indefinite length":         {append([]byte{0x30, 0x80}, good[2:]...), "ber"},
		"a password beyond the BMP": {good, "password"},
	} {
		password := map[bool]string{true: "😀", false: "x"}[tt.what == "password"]
		var unsupported sign.UnsupportedError
		if _, err := sign.OpenPKCS12(tt.data, password); !errors.As(err, &unsupported) || unsupported.What != tt.what {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNewIdentityIsMarkedAndKept(t *testing.T) {
	id := selfMade(t)
	if !id.SelfMade || id.Certificate.Subject.CommonName != "张三" {
		t.Errorf("SelfMade = %v, name %q", id.SelfMade, id.Certificate.Subject.CommonName)
	}
	data, err := id.PKCS12("密码123")
	if err != nil {
		t.Fatal(err)
	}
	checkOpens(t, data, "密码123", id)
}

func TestCheckAt(t *testing.T) {
	p := authority()
	var expired sign.ExpiredError
	var early sign.NotYetValidError
	var weak sign.WeakKeyError
	if err := p.RSA.CheckAt(signedAt); err != nil {
		t.Errorf("good identity: %v", err)
	}
	if err := p.Expired.CheckAt(signedAt); !errors.As(err, &expired) || expired.NotAfter.Year() != 2025 {
		t.Errorf("expired: %v", err)
	}
	if err := p.RSA.CheckAt(time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC)); !errors.As(err, &early) {
		t.Errorf("too early: %v", err)
	}
	if err := p.Weak.CheckAt(signedAt); !errors.As(err, &weak) || weak.Bits != 1024 {
		t.Errorf("RSA 1024: %v", err)
	}
	if err := p.Sealer.CheckAt(signedAt); !errors.Is(err, sign.ErrKeyUsage) {
		t.Errorf("key agreement: %v", err)
	}
	five := selfMade(t).Certificate.NotAfter
	if want := signedAt.UTC().AddDate(5, 0, 0); !five.Equal(want) {
		t.Errorf("self-made identity ends %v, want %v", five, want)
	}
}

// need wants the tools to be there. Where nobody promised them, the test is
// skipped; in CI it fails.
func need(t *testing.T, tools ...string) {
	t.Helper()
	for _, tool := range tools {
		if _, err := exec.LookPath(tool); err == nil {
			continue
		}
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is missing, and this is CI", tool)
		}
		t.Skipf("%s is missing: nothing to compare with", tool)
	}
}

// run gives what a command writes; it must succeed.
func run(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		errors.As(err, &exit)
		t.Fatalf("%s %q: %v\n%s", name, args, err, exit.Stderr)
	}
	return out
}

func writePEM(t *testing.T, dir string, id *sign.Identity) string {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(id.Signer)
	if err != nil {
		t.Fatal(err)
	}
	return writeFile(t, dir, id.Certificate.SerialNumber.String()+".key", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
}

// writeChain writes the certificate and, in the wrong order, its chain.
func writeChain(t *testing.T, dir string, id *sign.Identity) string {
	t.Helper()
	out := certificatePEM(id.Certificate)
	for i := len(id.Chain) - 1; i >= 0; i-- {
		out = append(out, certificatePEM(id.Chain[i])...)
	}
	return writeFile(t, dir, id.Certificate.SerialNumber.String()+".pem", out)
}

func certificatePEM(c *x509.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})
}

func writeFile(t *testing.T, dir, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
