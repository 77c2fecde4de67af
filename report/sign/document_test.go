package sign_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"testing"
	"time"

	"github.com/jung-kurt/gofpdf"

	"mingpin/report/pdf/object"
	"mingpin/report/sign"
)

var drawnAt = time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)

// document draws pages of text.
func document(t testing.TB, pages int) []byte {
	t.Helper()
	d := gofpdf.New("P", "mm", "A4", "")
	d.SetCatalogSort(true)
	d.SetCreationDate(drawnAt)
	d.SetModificationDate(drawnAt)
	d.SetFont("Helvetica", "", 11)
	for n := range pages {
		d.AddPage()
		for line := range 20 {
			d.Text(20, 20+float64(line)*8, fmt.Sprintf("Sample data, page %d, line %d", n+1, line+1))
		}
	}
	return output(t, d)
}

func output(t testing.TB, d *gofpdf.Fpdf) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// appearance draws what a signature of 80 by 30 mm shows: text, lines, a seal.
func appearance(t testing.TB, name string) []byte {
	t.Helper()
	d := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "mm", Size: gofpdf.SizeType{Wd: 80, Ht: 30}})
	d.SetCatalogSort(true)
	d.SetCreationDate(drawnAt)
	d.SetModificationDate(drawnAt)
	d.SetMargins(0, 0, 0)
	d.SetAutoPageBreak(false, 0)
	d.AddPage()
	d.SetFont("Helvetica", "", 10)
	d.Rect(0.5, 0.5, 79, 29, "D")
	d.Text(4, 12, "Signed by "+name)
	d.Text(4, 20, "2026-03-02 09:30 +08:00")
	d.RegisterImageOptionsReader("seal", gofpdf.ImageOptions{ImageType: "PNG"}, bytes.NewReader(seal(t)))
	d.ImageOptions("seal", 55, 5, 20, 20, false, gofpdf.ImageOptions{}, 0, "")
	return output(t, d)
}

// seal draws a red ring with a transparent middle.
func seal(t testing.TB) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 64, 64))
	for y := range 64 {
		for x := range 64 {
			if r := (x-32)*(x-32) + (y-32)*(y-32); r < 31*31 && r > 26*26 {
				img.Set(x, y, color.NRGBA{200, 20, 20, 255})
			}
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// placed reserves fields on the last page, one above the other.
func placed(t testing.TB, pdf []byte, names ...string) []byte {
	t.Helper()
	f := openPDF(t, pdf)
	pages, err := f.Pages()
	if err != nil {
		t.Fatal(err)
	}
	var specs []sign.FieldSpec
	for i, name := range names {
		bottom := 60 + 100*float64(i)
		specs = append(specs, sign.FieldSpec{Name: name, Page: len(pages) - 1, Rect: [4]float64{56.7, bottom, 56.7 + 226.772, bottom + 85.039}})
	}
	var out bytes.Buffer
	if err := sign.PlaceFields(bytes.NewReader(pdf), int64(len(pdf)), &out, specs); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func openPDF(t testing.TB, pdf []byte) *object.File {
	t.Helper()
	f, err := object.Open(bytes.NewReader(pdf), int64(len(pdf)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func request(t testing.TB, field string, id *sign.Identity) sign.Request {
	t.Helper()
	return sign.Request{
		Field: field, Identity: id, Time: signedAt, Name: id.Certificate.Subject.CommonName,
		Reason: "自我声明", Location: "四川省成都市", Appearance: appearance(t, field),
	}
}

func signed(t testing.TB, pdf []byte, r sign.Request) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := sign.Sign(bytes.NewReader(pdf), int64(len(pdf)), &out, r); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func verify(t testing.TB, pdf []byte) []sign.Report {
	t.Helper()
	reports, err := sign.Verify(bytes.NewReader(pdf), int64(len(pdf)), sign.Options{Roots: authority().roots()})
	if err != nil {
		t.Fatal(err)
	}
	return reports
}

// updated appends what change puts into an update.
func updated(t testing.TB, pdf []byte, change func(*object.File, *object.Update)) []byte {
	t.Helper()
	f := openPDF(t, pdf)
	u := object.NewUpdate(f)
	change(f, u)
	tail := bytes.NewBuffer(bytes.Clone(pdf))
	if _, _, err := u.AppendTo(tail); err != nil {
		t.Fatal(err)
	}
	return tail.Bytes()
}

// put replaces one object; a test that cannot do so is broken.
func put(t testing.TB, u *object.Update, r object.Ref, o object.Object) {
	t.Helper()
	if err := u.Put(r, o); err != nil {
		t.Fatal(err)
	}
}

// dict reads a dictionary by reference.
func dict(t testing.TB, f *object.File, o object.Object) object.Dict {
	t.Helper()
	o, err := f.Resolve(o)
	if err != nil {
		t.Fatal(err)
	}
	d, ok := o.(object.Dict)
	if !ok {
		t.Fatalf("%v is no dictionary", o)
	}
	return d.Clone()
}
