package sign_test

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"mingpin/report/pdf/object"
	"mingpin/report/sign"
)

// The attacks of this file are those of the public literature: "1 Trillion
// Dollar Refund" (USF, ISA, SWA; CCS 2019), "Shadow Attacks" (NDSS 2021),
// "Breaking the Specification: PDF Certification" (EAA, SSA; S&P 2021).

// raw appends an update written by hand, so that it need not be a decent one.
func raw(pdf []byte, objects map[int]string, trailer string) []byte {
	out := bytes.Clone(pdf)
	var numbers []int
	for n := range objects {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	var xref strings.Builder
	for _, n := range numbers {
		fmt.Fprintf(&xref, "%d 1\n%010d 00000 n \n", n, len(out))
		out = fmt.Appendf(out, "%d 0 obj\n%s\nendobj\n", n, objects[n])
	}
	at := len(out)
	out = fmt.Appendf(out, "xref\n%strailer\n<<%s>>\nstartxref\n%d\n%%%%EOF\n", xref.String(), trailer, at)
	return out
}

// rawTrailer continues the newest trailer of pdf.
func rawTrailer(t *testing.T, pdf []byte) string {
	f := openPDF(t, pdf)
	root := f.Trailer()["Root"].(object.Ref)
	info, _ := f.Trailer()["Info"].(object.Ref)
	return fmt.Sprintf("/Size 200/Root %d 0 R/Info %d 0 R/Prev %d", root.Num, info.Num, f.StartXRef())
}

// signedField finds the field of a name and its signature dictionary.
func signedField(t *testing.T, f *object.File, name string) (ref object.Ref, widget object.Dict, value object.Ref) {
	t.Helper()
	catalog, err := f.Catalog()
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range dict(t, f, catalog["AcroForm"])["Fields"].(object.Array) {
		d := dict(t, f, o)
		if d["T"].(object.String).Text() == name {
			value, _ = d["V"].(object.Ref)
			return o.(object.Ref), d, value
		}
	}
	t.Fatalf("no field %q", name)
	return
}

// changeSignature appends a changed signature dictionary.
func changeSignature(change func(object.Dict)) func(*testing.T, []byte) []byte {
	return func(t *testing.T, pdf []byte) []byte {
		return updated(t, pdf, func(f *object.File, u *object.Update) {
			_, _, value := signedField(t, f, "legal")
			d := dict(t, f, value)
			change(d)
			put(t, u, value, d)
		})
	}
}

// setRange writes another byte range over the one in the file.
func setRange(text string) func(*testing.T, []byte) []byte {
	return func(_ *testing.T, pdf []byte) []byte {
		return rangePattern.ReplaceAllFunc(pdf, func(old []byte) []byte {
			return fmt.Appendf(nil, "%-*s", len(old), "/ByteRange "+text)
		})
	}
}

func changeObject(t *testing.T, pdf []byte, find func(*object.File) object.Ref, change func(object.Dict)) []byte {
	return updated(t, pdf, func(f *object.File, u *object.Update) {
		ref := find(f)
		d := dict(t, f, ref)
		change(d)
		put(t, u, ref, d)
	})
}

func firstPage(t *testing.T) func(*object.File) object.Ref {
	return func(f *object.File) object.Ref {
		pages, err := f.Pages()
		if err != nil {
			t.Fatal(err)
		}
		return pages[0].Ref
	}
}

func rootOf(f *object.File) object.Ref { return f.Trailer()["Root"].(object.Ref) }

func overlay(t *testing.T, u *object.Update) object.Ref {
	form := u.Alloc()
	put(t, u, form, object.NewStream(object.Dict{
		"Type": object.Name("XObject"), "Subtype": object.Name("Form"), "BBox": object.Array{0, 0, 600, 850},
	}, []byte("1 g 0 0 600 850 re f")))
	return form
}

// addWidget appends a widget that covers a page, entered in the form and on
// the page as asked.
func addWidget(widget object.Dict, inForm bool) func(*testing.T, []byte) []byte {
	return func(t *testing.T, pdf []byte) []byte {
		return updated(t, pdf, func(f *object.File, u *object.Update) {
			d := widget.Clone()
			d["AP"] = object.Dict{"N": overlay(t, u)}
			d["Rect"] = object.Array{0, 0, 600, 850}
			ref := u.Alloc()
			put(t, u, ref, d)
			page := dict(t, f, firstPage(t)(f))
			annots, _ := page["Annots"].(object.Array)
			page["Annots"] = append(annots, ref)
			put(t, u, firstPage(t)(f), page)
			if !inForm {
				return
			}
			root := dict(t, f, rootOf(f))
			form := root["AcroForm"].(object.Dict).Clone()
			form["Fields"] = append(form["Fields"].(object.Array), ref)
			root["AcroForm"] = form
			put(t, u, rootOf(f), root)
		})
	}
}

// wrap is the signature wrapping attack: the end that was signed moves to the
// end of a longer file, and the room between holds a new cross-reference, just
// where the signed end looks for one, and a new signature dictionary around
// the old signature.
func wrap(t *testing.T, pdf []byte) []byte {
	r := byteRanges(pdf)[0]
	f := openPDF(t, pdf)
	_, _, value := signedField(t, f, "legal")
	sig := dict(t, f, value)
	page := firstPage(t)(f)
	turned := dict(t, f, page)
	turned["Rotate"] = int64(180)
	contents := string(pdf[r[1]:r[2]])

	out := append(bytes.Clone(pdf[:r[2]]), bytes.Repeat([]byte{' '}, int(f.StartXRef())-r[2])...)
	const room = 2000
	table := len(out)
	out = append(out, bytes.Repeat([]byte{' '}, room)...)
	pageAt := len(out)
	out = fmt.Appendf(out, "%d 0 obj\n%s\nendobj\n", page.Num, object.Write(turned))
	sigAt := len(out)
	build := func(resume int) []byte {
		sig["ByteRange"] = object.Array{0, r[1], resume, r[3]}
		sig["Contents"] = object.Verbatim(contents)
		return fmt.Appendf(bytes.Clone(out), "%d 0 obj\n%s\nendobj\n", value.Num, object.Write(sig))
	}
	end := len(build(99999))
	out = append(build(end), pdf[r[2]:r[2]+r[3]]...)
	base := int64(baseLength(t, pdf))
	xref := "xref\n"
	for _, ref := range f.Refs() {
		at := f.Place(ref).Offset
		switch ref {
		case page:
			at = int64(pageAt)
		case value:
			at = int64(sigAt)
		}
		if at >= base {
			xref += fmt.Sprintf("%d 1\n%010d 00000 n \n", ref.Num, at)
		}
	}
	previous := openPDF(t, pdf[:base]).StartXRef()
	xref += fmt.Sprintf("trailer\n<<%s>>\n", regexp.MustCompile(`/Prev \d+`).ReplaceAllString(rawTrailer(t, pdf), fmt.Sprintf("/Prev %d", previous)))
	if len(xref) > room {
		t.Fatalf("no room for %d bytes", len(xref))
	}
	copy(out[table:], xref)
	return out
}

// baseLength is the length of the revision before the signature.
func baseLength(t *testing.T, pdf []byte) int {
	ends, err := openPDF(t, pdf).Revisions()
	if err != nil {
		t.Fatal(err)
	}
	return int(ends[len(ends)-2])
}

func TestVerifyUnmasksAttacks(t *testing.T) {
	plain := placed(t, document(t, 2), "legal", "quality")
	approved := signed(t, plain, request(t, "legal", authority().RSA))
	certified := certified(t)
	signatureField := object.Dict{"Type": object.Name("Annot"), "Subtype": object.Name("Widget"), "FT": object.Name("Sig"), "T": object.Text("more"), "F": 132}
	note := object.Dict{"Type": object.Name("Annot"), "Subtype": object.Name("FreeText"), "F": 4, "Contents": object.Text("valid until 2099")}
	for name, tt := range map[string]struct {
		pdf  []byte
		do   func(*testing.T, []byte) []byte
		want string
	}{
		// Universal signature forgery.
		"USF: no byte range":               {approved, changeSignature(func(d object.Dict) { delete(d, "ByteRange") }), sign.ProblemByteRange},
		"USF: byte range is null":          {approved, changeSignature(func(d object.Dict) { d["ByteRange"] = nil }), sign.ProblemByteRange},
		"USF: byte range of nothing":       {approved, changeSignature(func(d object.Dict) { d["ByteRange"] = object.Array{0, 0, 0, 0} }), sign.ProblemByteRange},
		"USF: byte range negative":         {approved, changeSignature(func(d object.Dict) { d["ByteRange"] = object.Array{0, -1, 10, 10} }), sign.ProblemByteRange},
		"USF: no contents":                 {approved, changeSignature(func(d object.Dict) { delete(d, "Contents") }), sign.ProblemByteRange},
		"USF: contents is null":            {approved, changeSignature(func(d object.Dict) { d["Contents"] = nil }), sign.ProblemByteRange},
		"USF: contents is empty":           {approved, changeSignature(func(d object.Dict) { d["Contents"] = object.String{} }), sign.ProblemByteRange},
		"USF: contents is zero":            {approved, changeSignature(func(d object.Dict) { d["Contents"] = object.String{0} }), sign.ProblemByteRange},
		"same signature in another object": {approved, changeSignature(func(object.Dict) {}), sign.ProblemByteRange},

		// Byte ranges that are no plain pair around the signature.
		"range from the middle":        {approved, setRange("[100 200 300 400]"), sign.ProblemByteRange},
		"range that overlaps":          {approved, setRange("[0 9000 5000 4000]"), sign.ProblemByteRange},
		"range beyond the file":        {approved, setRange("[0 9000 9100 99999999]"), sign.ProblemByteRange},
		"range with an overflow":       {approved, setRange("[0 1 2 9223372036854775807]"), sign.ProblemByteRange},
		"range of three numbers":       {approved, setRange("[0 9000 9100]"), sign.ProblemByteRange},
		"range of six numbers":         {approved, setRange("[0 1 2 3 4 5]"), sign.ProblemByteRange},
		"range that leaves the end":    {approved, shorten(40), sign.ProblemByteRange},
		"gap wider than the signature": {approved, widen(-30, 0), sign.ProblemByteRange},
		"gap longer than the string":   {approved, widen(0, 30), sign.ProblemByteRange},

		// Incremental saving.
		"ISA: page turned":            {approved, func(t *testing.T, pdf []byte) []byte { return updated(t, pdf, turnPage(t)) }, sign.ProblemChanged},
		"ISA: page taken away":        {approved, dropPage, sign.ProblemChanged},
		"ISA: catalog replaced":       {approved, replaceCatalog, sign.ProblemChanged},
		"ISA: form replaced":          {approved, replaceForm, sign.ProblemChanged},
		"ISA: form taken away":        {certified, removeForm, sign.ProblemChanged},
		"ISA: objects, no table":      {approved, func(_ *testing.T, pdf []byte) []byte { return append(bytes.Clone(pdf), "3 0 obj\n<<>>\nendobj\n"...) }, sign.ProblemChanged},
		"ISA: a table, nothing in it": {approved, func(t *testing.T, pdf []byte) []byte { return raw(pdf, nil, rawTrailer(t, pdf)) }, sign.ProblemChanged},
		"ISA: an action when opened":  {certified, openAction, sign.ProblemChanged},
		"ISA: rights taken away": {certified, func(t *testing.T, pdf []byte) []byte {
			return changeObject(t, pdf, rootOf, func(d object.Dict) { delete(d, "Perms") })
		}, sign.ProblemChanged},
		"ISA: an object set free":      {approved, freeObject, sign.ProblemChanged},
		"ISA: title changed":           {approved, changeInfo, sign.ProblemChanged},
		"SWA: signature wrapped":       {approved, wrap, sign.ProblemByteRange},
		"signature shown in two boxes": {approved, replay, sign.ProblemNone},

		// Shadow attacks.
		"shadow, hide":            {plain, shadowHide, sign.ProblemChanged},
		"shadow, replace by form": {plain, shadowForm, sign.ProblemChanged},
		"shadow, replace by font": {approved, func(t *testing.T, pdf []byte) []byte {
			return changeObject(t, pdf, fontOf(t), func(d object.Dict) { d["BaseFont"] = object.Name("Symbol") })
		}, sign.ProblemChanged},
		"shadow, hide and replace":          {plain, shadowSwap, sign.ProblemChanged},
		"shadow, what was missing appears":  {plain, shadowMissing, sign.ProblemChanged},
		"appearance of a signature changed": {certified, restamp, sign.ProblemChanged},

		// Attacks on certification.
		"EAA: annotation over the page":            {certified, addWidget(note, false), sign.ProblemChanged},
		"SSA: signature field over the page":       {certified, addWidget(signatureField, true), sign.ProblemChanged},
		"widget on the page that is in no form":    {approved, addWidget(signatureField, false), sign.ProblemChanged},
		"annotation after a signature of approval": {approved, addWidget(note, false), sign.ProblemChanged},
	} {
		t.Run(name, func(t *testing.T) {
			pdf := tt.do(t, tt.pdf)
			found := false
			for _, r := range verify(t, pdf) {
				if r.Field != "legal" {
					continue
				}
				found = found || r.Problem == tt.want
				if r.CoversWholeFile && r.Intact || r.Intact && r.ChangesAllowed && tt.want != sign.ProblemNone {
					t.Errorf("report = %+v", r)
				}
			}
			if !found {
				t.Errorf("no report with problem %q: %+v", tt.want, verify(t, pdf))
			}
		})
	}
}

// A signature field that comes later is no attack on a mere approval, but it
// is told.
func TestVerifyTellsFieldsThatCameLater(t *testing.T) {
	pdf := signed(t, placed(t, document(t, 1), "legal"), request(t, "legal", authority().RSA))
	field := object.Dict{"Type": object.Name("Annot"), "Subtype": object.Name("Widget"), "FT": object.Name("Sig"), "T": object.Text("more"), "F": 132}
	r := verify(t, addWidget(field, true)(t, pdf))[0]
	if len(r.LaterChanges) != 1 || r.LaterChanges[0].Kind != sign.FieldAdded || r.LaterChanges[0].Field != "more" || !r.ChangesAllowed {
		t.Errorf("report = %+v", r)
	}
}

// shorten makes the range end before the file's last bytes.
func shorten(n int) func(*testing.T, []byte) []byte {
	return func(t *testing.T, pdf []byte) []byte {
		r := byteRanges(pdf)[0]
		return setRange(fmt.Sprintf("[0 %d %d %d]", r[1], r[2], r[3]-n))(t, pdf)
	}
}

// widen moves the edges of the gap.
func widen(before, after int) func(*testing.T, []byte) []byte {
	return func(t *testing.T, pdf []byte) []byte {
		r := byteRanges(pdf)[0]
		return setRange(fmt.Sprintf("[0 %d %d %d]", r[1]+before, r[2]+after, r[3]-after))(t, pdf)
	}
}

func dropPage(t *testing.T, pdf []byte) []byte {
	return changeObject(t, pdf, func(f *object.File) object.Ref {
		return dict(t, f, rootOf(f))["Pages"].(object.Ref)
	}, func(d object.Dict) {
		d["Kids"], d["Count"] = d["Kids"].(object.Array)[:1], int64(1)
	})
}

func replaceCatalog(t *testing.T, pdf []byte) []byte {
	f := openPDF(t, pdf)
	root := object.Write(dict(t, f, rootOf(f)))
	trailer := strings.Replace(rawTrailer(t, pdf), fmt.Sprintf("/Root %d", rootOf(f).Num), "/Root 150", 1)
	return raw(pdf, map[int]string{150: string(root)}, trailer)
}

func replaceForm(t *testing.T, pdf []byte) []byte {
	return changeObject(t, pdf, rootOf, func(d object.Dict) {
		form := d["AcroForm"].(object.Dict).Clone()
		form["Fields"] = form["Fields"].(object.Array)[1:]
		d["AcroForm"] = form
	})
}

func removeForm(t *testing.T, pdf []byte) []byte {
	return changeObject(t, pdf, rootOf, func(d object.Dict) { delete(d, "AcroForm") })
}

func openAction(t *testing.T, pdf []byte) []byte {
	return changeObject(t, pdf, rootOf, func(d object.Dict) {
		d["OpenAction"] = object.Dict{"S": object.Name("JavaScript"), "JS": object.Text("app.alert(1)")}
	})
}

func freeObject(t *testing.T, pdf []byte) []byte {
	f := openPDF(t, pdf)
	at := len(pdf)
	content := dict(t, f, firstPage(t)(f))["Contents"].(object.Ref)
	return fmt.Appendf(bytes.Clone(pdf), "xref\n%d 1\n0000000000 00001 f \ntrailer\n<<%s>>\nstartxref\n%d\n%%%%EOF\n", content.Num, rawTrailer(t, pdf), at)
}

func changeInfo(t *testing.T, pdf []byte) []byte {
	trailer := regexp.MustCompile(`/Info \d+`).ReplaceAllString(rawTrailer(t, pdf), "/Info 150")
	return raw(pdf, map[int]string{150: "<</Title(another)>>"}, trailer)
}

// replay lets the second field show the first one's signature.
func replay(t *testing.T, pdf []byte) []byte {
	out := updated(t, pdf, func(f *object.File, u *object.Update) {
		_, _, value := signedField(t, f, "legal")
		ref, widget, _ := signedField(t, f, "quality")
		widget["V"] = value
		put(t, u, ref, widget)
	})
	for _, r := range verify(t, out) {
		if r.Field == "quality" && r.Problem != sign.ProblemByteRange {
			t.Errorf("the copy: %+v", r)
		}
	}
	return out
}

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

// shadowMissing signs a page that refers to a drawing that is not there, and
// appends the drawing.
func shadowMissing(t *testing.T, pdf []byte) []byte {
	pdf = changeObject(t, pdf, firstPage(t), func(d object.Dict) {
		d["Contents"] = object.Array{d["Contents"], object.Ref{Num: 150}}
	})
	pdf = signed(t, pdf, request(t, "legal", authority().RSA))
	return raw(pdf, map[int]string{150: "<</Length 20>>\nstream\n1 g 0 0 600 850 re f\nendstream"}, rawTrailer(t, pdf))
}

// restamp lets a signature that stands show something else.
func restamp(t *testing.T, pdf []byte) []byte {
	return updated(t, pdf, func(f *object.File, u *object.Update) {
		ref, widget, _ := signedField(t, f, "legal")
		widget["AP"] = object.Dict{"N": overlay(t, u)}
		put(t, u, ref, widget)
	})
}
