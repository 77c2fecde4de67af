package sign_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"software.sslmate.com/src/go-pkcs12"

	"mingpin/report/pdf/object"
	"mingpin/report/sign"
)

// FuzzVerify wants no file to do more than fail: whatever stays intact has been
// signed by the one signer there is.
func FuzzVerify(f *testing.F) {
	pdf := certifiedTwice(f)
	f.Add(pdf)
	f.Add(pdf[:len(pdf)/2])
	f.Fuzz(func(t *testing.T, pdf []byte) {
		reports, err := sign.Verify(bytes.NewReader(pdf), int64(len(pdf)), sign.Options{Roots: authority().roots()})
		var syntax *object.SyntaxError
		var limit *object.LimitError
		var filter *object.FilterError
		switch {
		case err == nil, errors.As(err, &syntax), errors.As(err, &limit), errors.As(err, &filter):
		case errors.Is(err, object.ErrNotPDF), errors.Is(err, object.ErrEncrypted):
		default:
			t.Errorf("untyped error: %v", err)
		}
		for _, r := range reports {
			if r.Intact && !strings.HasPrefix(r.Signer, "示例") {
				t.Errorf("report = %+v", r)
			}
		}
	})
}

func FuzzVerifyCMS(f *testing.F) {
	sig, err := authority().ECDSA.CMS(strings.NewReader(content))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sig)
	f.Fuzz(func(t *testing.T, sig []byte) {
		r, err := sign.VerifyCMS(sig, strings.NewReader(content), sign.Options{Roots: authority().roots(), At: signedAt})
		if err != nil || r.Trusted && r.Signer != "示例质量官 ECDSA" {
			t.Errorf("report = %+v, %v", r, err)
		}
	})
}

func FuzzOpenPKCS12(f *testing.F) {
	id := authority().ECDSA
	for _, encoder := range []*pkcs12.Encoder{pkcs12.Modern.WithIterations(1), pkcs12.LegacyRC2.WithIterations(1), pkcs12.Passwordless} {
		data, err := encoder.Encode(id.Signer, id.Certificate, nil, "")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := sign.OpenPKCS12(data, ""); err != nil && !typed(err) {
			t.Errorf("untyped error: %v", err)
		}
	})
}
