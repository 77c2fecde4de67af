package sign_test

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mingpin/report/pdf/object"
	"mingpin/report/sign"
)

// The two signatures every longer test is about.
func certified(t testing.TB) []byte {
	t.Helper()
	r := request(t, "legal", authority().RSA)
	r.Certify = true
	return signed(t, placed(t, document(t, 2), "legal", "quality"), r)
}

func certifiedTwice(t testing.TB) []byte {
	t.Helper()
	return signed(t, certified(t), request(t, "quality", authority().ECDSA))
}

func TestVerifyReadsBackWhatSignWrote(t *testing.T) {
	rsa := sign.Report{
		Field: "legal", Intact: true, Revision: 3, Revisions: 4, Certified: true, ChangesAllowed: true,
		Trusted: true, CertificateValid: true, Chain: chainOf(authority().RSA), Signer: "示例法人 RSA", Organisation: "示例油脂有限公司",
		ClaimedTime: signedAt, Reason: "自我声明", Location: "四川省成都市", Algorithm: "RSA 2048, SHA-256",
	}
	ec := rsa
	ec.Field, ec.Revision, ec.Certified, ec.CoversWholeFile = "quality", 4, false, true
	ec.Chain, ec.Signer, ec.Algorithm = chainOf(authority().ECDSA), "示例质量官 ECDSA", "ECDSA 256, SHA-256"

	pdf := certifiedTwice(t)
	got := verify(t, pdf)
	if len(got) == 2 && len(got[0].LaterChanges) == 1 {
		rsa.LaterChanges = []sign.Change{{Kind: sign.SignatureAdded, Object: got[0].LaterChanges[0].Object, Field: "quality", Allowed: true}}
	}
	if diff := cmp.Diff([]sign.Report{rsa, ec}, got); diff != "" {
		t.Errorf("reports (-want +got):\n%s", diff)
	}
}

func TestSignOnlyAppends(t *testing.T) {
	before := placed(t, document(t, 2), "legal")
	after := signed(t, before, request(t, "legal", authority().RSA))
	if !bytes.HasPrefix(after, before) {
		t.Error("bytes of the source were changed")
	}
	if added := len(after) - len(before); added < 2*sign.Reserve || added > 2*sign.Reserve+20_000 {
		t.Errorf("%d bytes added", added)
	}
}

// TestSignTakesARewrittenFile signs what object.Writer has written anew, as the
// volume is.
func TestSignTakesARewrittenFile(t *testing.T) {
	var out bytes.Buffer
	f, w := openPDF(t, document(t, 3)), object.NewWriter(&out)
	root, err := object.NewImporter(f, w).Copy(f.Trailer()["Root"])
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(object.Dict{"Root": root}); err != nil {
		t.Fatal(err)
	}
	got := verify(t, signed(t, placed(t, out.Bytes(), "legal"), request(t, "legal", authority().ECDSA)))
	if len(got) != 1 || !got[0].Trusted || !got[0].CoversWholeFile || got[0].Problem != sign.ProblemNone {
		t.Errorf("reports = %+v", got)
	}
}

func TestVerifyFindsNothingInAnUnsignedFile(t *testing.T) {
	for _, pdf := range [][]byte{document(t, 1), placed(t, document(t, 1), "legal", "quality")} {
		if got := verify(t, pdf); len(got) != 0 {
			t.Errorf("reports = %+v", got)
		}
	}
}

func TestUnsignedFieldsAreListed(t *testing.T) {
	pdf := certified(t)
	got, err := sign.UnsignedFields(bytes.NewReader(pdf), int64(len(pdf)))
	if diff := cmp.Diff([]string{"quality"}, got); diff != "" || err != nil {
		t.Errorf("fields (-want +got):\n%s%v", diff, err)
	}
}

func TestSignRefuses(t *testing.T) {
	pdf := placed(t, document(t, 1), "legal", "quality")
	one := signed(t, pdf, request(t, "legal", authority().RSA))
	change := func(f func(*sign.Request)) sign.Request {
		r := request(t, "quality", authority().ECDSA)
		f(&r)
		return r
	}
	var expired sign.ExpiredError
	var missing sign.FieldError
	for name, tt := range map[string]struct {
		pdf  []byte
		r    sign.Request
		want func(error) bool
	}{
		"a field that is not there": {pdf, change(func(r *sign.Request) { r.Field = "other" }), func(err error) bool {
			return errors.As(err, &missing) && missing == sign.FieldError{Name: "other", What: "missing"}
		}},
		"a field that is signed": {one, change(func(r *sign.Request) { r.Field = "legal" }), func(err error) bool {
			return errors.As(err, &missing) && missing == sign.FieldError{Name: "legal", What: "signed"}
		}},
		"to certify what is signed":      {one, change(func(r *sign.Request) { r.Certify = true }), is(sign.ErrCertifyLate)},
		"what is certified to stay":      {bytes.ReplaceAll(certified(t), []byte("/P 2/V"), []byte("/P 1/V")), change(func(*sign.Request) {}), is(sign.ErrLocked)},
		"an expired certificate":         {pdf, change(func(r *sign.Request) { r.Identity = authority().Expired }), func(err error) bool { return errors.As(err, &expired) }},
		"no time":                        {pdf, change(func(r *sign.Request) { r.Time = time.Time{} }), func(err error) bool { return err != nil }},
		"a chain that is too long":       {pdf, change(func(r *sign.Request) { r.Identity = longChain() }), is(sign.ErrTooLong)},
		"what is no PDF":                 {[]byte("hello"), change(func(*sign.Request) {}), is(object.ErrNotPDF)},
		"an appearance that is none":     {pdf, change(func(r *sign.Request) { r.Appearance = []byte("hello") }), is(object.ErrNotPDF)},
		"no cross-reference to be found": {bytes.ReplaceAll(pdf, []byte("startxref"), []byte("startxxxx")), change(func(*sign.Request) {}), is(object.ErrNotAppendable)},
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			err := sign.Sign(bytes.NewReader(tt.pdf), int64(len(tt.pdf)), &out, tt.r)
			if !tt.want(err) || out.Len() > 0 {
				t.Errorf("Sign = %v, %d bytes written", err, out.Len())
			}
		})
	}
}

func is(want error) func(error) bool { return func(err error) bool { return errors.Is(err, want) } }

func longChain() *sign.Identity {
	id := *authority().ECDSA
	for range 40 {
		id.Chain = append(id.Chain[:len(id.Chain):len(id.Chain)], id.Chain[0])
	}
	return &id
}

func TestPlaceFieldsRefuses(t *testing.T) {
	pdf := placed(t, document(t, 1), "legal")
	box := [4]float64{10, 10, 100, 50}
	for name, tt := range map[string]struct {
		pdf  []byte
		spec sign.FieldSpec
		want error
	}{
		"a name twice":              {pdf, sign.FieldSpec{Name: "legal", Rect: box}, sign.FieldError{Name: "legal", What: "duplicate"}},
		"no name":                   {pdf, sign.FieldSpec{Rect: box}, sign.FieldError{What: "name"}},
		"a name of two parts":       {pdf, sign.FieldSpec{Name: "a.b", Rect: box}, sign.FieldError{Name: "a.b", What: "name"}},
		"a page beyond the last":    {pdf, sign.FieldSpec{Name: "b", Page: 1, Rect: box}, sign.FieldError{Name: "b", What: "page"}},
		"a box turned inside out":   {pdf, sign.FieldSpec{Name: "b", Rect: [4]float64{10, 10, 5, 50}}, sign.FieldError{Name: "b", What: "rect"}},
		"a document that is signed": {certified(t), sign.FieldSpec{Name: "b", Rect: box}, sign.ErrSigned},
	} {
		t.Run(name, func(t *testing.T) {
			err := sign.PlaceFields(bytes.NewReader(tt.pdf), int64(len(tt.pdf)), io.Discard, []sign.FieldSpec{tt.spec})
			if !errors.Is(err, tt.want) {
				t.Errorf("PlaceFields = %v, want %v", err, tt.want)
			}
		})
	}
}

func TestVerifyJudgesTheCertificate(t *testing.T) {
	pdf := placed(t, document(t, 1), "legal")
	self := signed(t, pdf, request(t, "legal", selfMade(t)))
	if r := verify(t, self)[0]; !r.Intact || !r.SelfMade || r.Trusted || !r.CertificateValid || r.Problem != sign.ProblemUntrusted {
		t.Errorf("self-made: %+v", r)
	}
	good := signed(t, pdf, request(t, "legal", authority().RSA))
	late := sign.Options{Roots: authority().roots(), At: time.Date(2044, 6, 1, 0, 0, 0, 0, time.UTC)}
	r, err := sign.Verify(bytes.NewReader(good), int64(len(good)), late)
	if err != nil || !r[0].Intact || r[0].Trusted || r[0].CertificateValid || r[0].Problem != sign.ProblemExpired {
		t.Errorf("judged in 2044: %+v, %v", r, err)
	}
}

// TestVerifyRejectsEveryFlip turns single bits of what two signatures cover: no
// signature that covers the byte may stay good.
func TestVerifyRejectsEveryFlip(t *testing.T) {
	pdf := certifiedTwice(t)
	ranges := byteRanges(pdf)
	const samples = 400
	for i := range samples {
		at := i * len(pdf) / samples
		untouched := 0
		for _, r := range ranges {
			if at >= r[1] && at < r[2] || at >= r[2]+r[3] {
				untouched++
			}
		}
		bad := flipped(pdf, at, 1<<(i%8))
		reports, err := sign.Verify(bytes.NewReader(bad), int64(len(bad)), sign.Options{Roots: authority().roots()})
		if err != nil {
			continue // no longer a document
		}
		good := 0
		for _, r := range reports {
			if r.Intact {
				good++
			}
		}
		if good > untouched {
			t.Fatalf("bit %d of byte %d: %+v", i%8, at, reports)
		}
	}
}

// TestVerifyOutlivesFlipsInContents turns bits of the signatures themselves:
// whatever is not rejected says the same as before.
func TestVerifyOutlivesFlipsInContents(t *testing.T) {
	pdf := certifiedTwice(t)
	want := verify(t, pdf)
	for i, gap := range contentsGaps(t, pdf) {
		for at := gap[0]; at < gap[1]; at += 331 {
			bad := flipped(pdf, at, 1<<(at%8))
			reports, err := sign.Verify(bytes.NewReader(bad), int64(len(bad)), sign.Options{Roots: authority().roots()})
			if err != nil || len(reports) != 2 {
				continue
			}
			if r := reports[i]; r.Trusted && !cmp.Equal(r, want[i]) {
				t.Fatalf("byte %d: %+v", at, r)
			}
			if r := reports[i]; r.Intact && r.Signer != want[i].Signer {
				t.Fatalf("byte %d: %+v", at, r)
			}
		}
	}
}

var rangePattern = regexp.MustCompile(`/ByteRange ?\[0 (\d+) (\d+) (\d+) *\]`)

// byteRanges reads the ranges of a file as they stand in it.
func byteRanges(pdf []byte) [][4]int {
	var all [][4]int
	for _, m := range rangePattern.FindAllSubmatch(pdf, -1) {
		var r [4]int
		for i := range 3 {
			r[i+1], _ = strconv.Atoi(string(m[i+1]))
		}
		all = append(all, r)
	}
	return all
}

// contentsGaps gives the places of the signatures' hexadecimal digits.
func contentsGaps(t testing.TB, pdf []byte) [][2]int {
	t.Helper()
	var gaps [][2]int
	for _, r := range byteRanges(pdf) {
		gaps = append(gaps, [2]int{r[1], r[2]})
	}
	if len(gaps) == 0 {
		t.Fatal("no signature in the file")
	}
	return gaps
}

func BenchmarkSign(b *testing.B) {
	pdf := placed(b, document(b, 10), "legal")
	for name, id := range map[string]*sign.Identity{"RSA": authority().RSA, "ECDSA": authority().ECDSA} {
		r := request(b, "legal", id)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(pdf)))
			b.ReportAllocs()
			for b.Loop() {
				if err := sign.Sign(bytes.NewReader(pdf), int64(len(pdf)), io.Discard, r); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
