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

// stuffGap writes an entry of the dictionary where no digest looks: into the
// zeros behind the signature.
func stuffGap(t *testing.T, pdf []byte) []byte {
	gap := byteRanges(pdf)[0]
	out := bytes.Clone(pdf)
	copy(out[gap[2]-2001:], ">/Reason(Another)/X<")
	if string(out[gap[2]-2005:gap[2]-2001]) != "0000" {
		t.Fatal("no zeros behind the signature")
	}
	return out
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

func looseObject(_ *testing.T, pdf []byte) []byte {
	return append(bytes.Clone(pdf), "3 0 obj\n<<>>\nendobj\n"...)
}

func dropRights(t *testing.T, pdf []byte) []byte {
	return changeObject(t, pdf, rootOf, func(d object.Dict) { delete(d, "Perms") })
}

func changeFont(t *testing.T, pdf []byte) []byte {
	return changeObject(t, pdf, fontOf(t), func(d object.Dict) { d["BaseFont"] = object.Name("Symbol") })
}

func freeObject(t *testing.T, pdf []byte) []byte {
	f := openPDF(t, pdf)
	at := len(pdf)
	content := dict(t, f, firstPage(t)(f))["Contents"].(object.Ref)
	return fmt.Appendf(bytes.Clone(pdf), "xref\n%d 1\n0000000000 00001 f \ntrailer\n<<%s>>\nstartxref\n%d\n%%%%EOF\n", content.Num, rawTrailer(t, pdf), at)
}

// askRedraw has the reader draw all fields anew.
func askRedraw(t *testing.T, pdf []byte) []byte {
	return changeObject(t, pdf, rootOf, func(d object.Dict) {
		form := d["AcroForm"].(object.Dict).Clone()
		form["NeedAppearances"] = true
		d["AcroForm"] = form
	})
}

// changeInfo changes the title on the way to a second signature.
func changeInfo(t *testing.T, pdf []byte) []byte {
	trailer := regexp.MustCompile(`/Info \d+`).ReplaceAllString(rawTrailer(t, pdf), "/Info 150")
	pdf = raw(pdf, map[int]string{150: "<</Title(another)>>"}, trailer)
	return signed(t, pdf, request(t, "quality", authority().ECDSA))
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
