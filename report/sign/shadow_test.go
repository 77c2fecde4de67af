package sign_test

import (
	"bytes"
	"fmt"
	"testing"

	"mingpin/report/pdf/object"
)

// shadowHide signs a page with a cover over its text and takes the cover off.
func shadowHide(t *testing.T, pdf []byte) []byte {
	var cover object.Ref
	pdf = updated(t, pdf, func(f *object.File, u *object.Update) {
		cover = overlay(t, u)
		page := dict(t, f, firstPage(t)(f))
		resources := dict(t, f, page["Resources"])
		resources["XObject"] = object.Dict{"Cover": cover}
		page["Resources"] = resources
		put(t, u, firstPage(t)(f), page)
	})
	pdf = signed(t, pdf, request(t, "legal", authority().RSA))
	return updated(t, pdf, func(_ *object.File, u *object.Update) {
		put(t, u, cover, object.NewStream(object.Dict{"Subtype": object.Name("Form"), "BBox": object.Array{0, 0, 1, 1}}, nil))
	})
}

// shadowForm signs a text field and fills it with something else.
func shadowForm(t *testing.T, pdf []byte) []byte {
	pdf = addWidget(object.Dict{
		"Type": object.Name("Annot"), "Subtype": object.Name("Widget"), "FT": object.Name("Tx"),
		"T": object.Text("amount"), "V": object.Text("100"), "F": 4,
	}, true)(t, pdf)
	pdf = signed(t, pdf, request(t, "legal", authority().RSA))
	return updated(t, pdf, func(f *object.File, u *object.Update) {
		ref, widget, _ := signedField(t, f, "amount")
		widget["V"] = object.Text("1000000")
		widget["AP"] = object.Dict{"N": overlay(t, u)}
		put(t, u, ref, widget)
	})
}

func fontOf(t *testing.T) func(*object.File) object.Ref {
	return func(f *object.File) object.Ref {
		for _, ref := range f.Refs() {
			o, err := f.Object(ref)
			if err != nil {
				t.Fatal(err)
			}
			if d, ok := o.(object.Dict); ok && d["Type"] == object.Name("Font") {
				return ref
			}
		}
		t.Fatal("no font")
		return object.Ref{}
	}
}

// shadowSwap signs a file in which a second drawing of the page lies, known to
// no table, and afterwards appends nothing but a table that finds it.
func shadowSwap(t *testing.T, pdf []byte) []byte {
	f := openPDF(t, pdf)
	content := dict(t, f, firstPage(t)(f))["Contents"].(object.Ref)
	hidden := len(pdf)
	pdf = fmt.Appendf(bytes.Clone(pdf), "%d 0 obj\n<</Length 20>>\nstream\n1 g 0 0 600 850 re f\nendstream\nendobj\n", content.Num)
	pdf = raw(pdf, nil, rawTrailer(t, pdf))
	pdf = signed(t, pdf, request(t, "legal", authority().RSA))
	at := len(pdf)
	return fmt.Appendf(bytes.Clone(pdf), "xref\n%d 1\n%010d 00000 n \ntrailer\n<<%s>>\nstartxref\n%d\n%%%%EOF\n",
		content.Num, hidden, rawTrailer(t, pdf), at)
}

// shadowMissing signs a page that refers to a drawing that is not there; the
// drawing comes with the second signature.
func shadowMissing(t *testing.T, pdf []byte) []byte {
	pdf = changeObject(t, pdf, firstPage(t), func(d object.Dict) {
		d["Contents"] = object.Array{d["Contents"], object.Ref{Num: 150}}
	})
	pdf = signed(t, pdf, request(t, "legal", authority().RSA))
	pdf = raw(pdf, map[int]string{150: "<</Length 20>>\nstream\n1 g 0 0 600 850 re f\nendstream"}, rawTrailer(t, pdf))
	return signed(t, pdf, request(t, "quality", authority().ECDSA))
}

// restamp lets a signature that stands show something else.
func restamp(t *testing.T, pdf []byte) []byte {
	return updated(t, pdf, func(f *object.File, u *object.Update) {
		ref, widget, _ := signedField(t, f, "legal")
		widget["AP"] = object.Dict{"N": overlay(t, u)}
		put(t, u, ref, widget)
	})
}
