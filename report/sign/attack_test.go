package sign_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"mingpin/report/pdf/object"
	"mingpin/report/sign"
)

// The attacks of this file are those of the public literature: "1 Trillion
// Dollar Refund" (USF, ISA, SWA; CCS 2019), "Shadow Attacks" (NDSS 2021),
// "Breaking the Specification: PDF Certification" (EAA, SSA; S&P 2021).

// An attack changes a file; what Verify then says of the signature "legal" is
// the problem want and, if it is about later changes, this kind among them.
type attack struct {
	pdf  []byte
	do   func(*testing.T, []byte) []byte
	want string
	kind sign.ChangeKind
}

// nothing stands for the unknown change that no object shows.
const nothing = "nothing"

// changedBy says whether the report names a forbidden change of the kind.
func changedBy(r sign.Report, kind sign.ChangeKind) bool {
	return slices.ContainsFunc(r.LaterChanges, func(c sign.Change) bool {
		if kind == nothing {
			return c.Kind == sign.Unknown && c.Object == 0 && !c.Allowed
		}
		return c.Kind == kind && c.Object != 0 && !c.Allowed
	})
}

func TestVerifyUnmasksAttacks(t *testing.T) {
	plain := placed(t, document(t, 2), "legal", "quality")
	approved := signed(t, plain, request(t, "legal", authority().RSA))
	all := forgeries(approved)
	maps.Copy(all, ranges(approved))
	maps.Copy(all, savings(approved, certified(t)))
	maps.Copy(all, shadows(plain, approved))
	maps.Copy(all, overlays(approved, certified(t)))
	for name, tt := range all {
		t.Run(name, func(t *testing.T) {
			reports := verify(t, tt.do(t, tt.pdf))
			found := false
			for _, r := range reports {
				if r.Field != "legal" {
					continue
				}
				found = found || r.Problem == tt.want && (tt.kind == "" || changedBy(r, tt.kind))
				if r.CoversWholeFile && r.Intact || r.Intact && r.ChangesAllowed && tt.want != sign.ProblemNone {
					t.Errorf("report = %+v", r)
				}
			}
			if !found {
				t.Errorf("no report with problem %q, change %q: %+v", tt.want, tt.kind, reports)
			}
		})
	}
}

// forgeries leave out what a verifier needs (universal signature forgery).
func forgeries(approved []byte) map[string]attack {
	with := func(change func(object.Dict)) attack {
		return attack{pdf: approved, do: changeSignature(change), want: sign.ProblemByteRange}
	}
	return map[string]attack{
		"USF: no byte range":               with(func(d object.Dict) { delete(d, "ByteRange") }),
		"USF: byte range is null":          with(func(d object.Dict) { d["ByteRange"] = nil }),
		"USF: byte range of nothing":       with(func(d object.Dict) { d["ByteRange"] = object.Array{0, 0, 0, 0} }),
		"USF: byte range negative":         with(func(d object.Dict) { d["ByteRange"] = object.Array{0, -1, 10, 10} }),
		"USF: no contents":                 with(func(d object.Dict) { delete(d, "Contents") }),
		"USF: contents is null":            with(func(d object.Dict) { d["Contents"] = nil }),
		"USF: contents is empty":           with(func(d object.Dict) { d["Contents"] = object.String{} }),
		"USF: contents is zero":            with(func(d object.Dict) { d["Contents"] = object.String{0} }),
		"USF: no format named":             with(func(d object.Dict) { delete(d, "SubFilter") }),
		"same signature in another object": with(func(object.Dict) {}),
	}
}

// ranges are byte ranges that are no plain pair around the signature.
func ranges(approved []byte) map[string]attack {
	with := func(text string) attack {
		return attack{pdf: approved, do: setRange(text), want: sign.ProblemByteRange}
	}
	return map[string]attack{
		"range from the middle": with("[100 200 300 400]"),
		"range without the first byte": {approved, func(t *testing.T, pdf []byte) []byte {
			r := byteRanges(pdf)[0]
			return setRange(fmt.Sprintf("[1 %d %d %d]", r[1], r[2], r[3]))(t, pdf)
		}, sign.ProblemByteRange, ""},
		"range that overlaps":          with("[0 9000 5000 4000]"),
		"range beyond the file":        with("[0 9000 9100 99999999]"),
		"range with an overflow":       with("[0 1 2 9223372036854775807]"),
		"range of three numbers":       with("[0 9000 9100]"),
		"range of six numbers":         with("[0 1 2 3 4 5]"),
		"range that leaves the end":    {approved, shorten(40), sign.ProblemByteRange, ""},
		"gap wider than the signature": {approved, widen(-30, 0), sign.ProblemByteRange, ""},
		"gap longer than the string":   {approved, widen(0, 30), sign.ProblemByteRange, ""},
		"gap with a key of its own":    {approved, stuffGap, sign.ProblemByteRange, ""},
		"SWA: signature wrapped":       {approved, wrap, sign.ProblemByteRange, ""},
	}
}

// savings append something (incremental saving attack).
func savings(approved, certified []byte) map[string]attack {
	withApproved := func(do func(*testing.T, []byte) []byte, kind sign.ChangeKind) attack {
		return attack{approved, do, sign.ProblemChanged, kind}
	}
	withCertified := func(do func(*testing.T, []byte) []byte, kind sign.ChangeKind) attack {
		return attack{certified, do, sign.ProblemChanged, kind}
	}
	return map[string]attack{
		"ISA: page turned":             withApproved(func(t *testing.T, pdf []byte) []byte { return updated(t, pdf, turnPage(t)) }, sign.PageChanged),
		"ISA: page taken away":         withApproved(dropPage, sign.PageChanged),
		"ISA: catalog replaced":        withApproved(replaceCatalog, sign.CatalogChanged),
		"ISA: form replaced":           withApproved(replaceForm, sign.Unknown),
		"ISA: fields drawn anew":       withCertified(askRedraw, sign.Unknown),
		"ISA: form taken away":         withCertified(removeForm, sign.CatalogChanged),
		"ISA: objects, no table":       withApproved(looseObject, nothing),
		"ISA: a table, nothing in it":  withApproved(func(t *testing.T, pdf []byte) []byte { return raw(pdf, nil, rawTrailer(t, pdf)) }, nothing),
		"ISA: an action when opened":   withCertified(openAction, sign.CatalogChanged),
		"ISA: rights taken away":       withCertified(dropRights, sign.CatalogChanged),
		"ISA: an object set free":      withApproved(freeObject, sign.PageChanged),
		"ISA: title changed":           withApproved(changeInfo, nothing),
		"signature shown in two boxes": {approved, replay, sign.ProblemNone, ""},
	}
}

// shadows are prepared before someone signs, and unveiled afterwards.
func shadows(plain, approved []byte) map[string]attack {
	return map[string]attack{
		"shadow, hide":                     {plain, shadowHide, sign.ProblemChanged, sign.PageChanged},
		"shadow, replace by form":          {plain, shadowForm, sign.ProblemChanged, sign.FormFilled},
		"shadow, replace by font":          {approved, changeFont, sign.ProblemChanged, sign.PageChanged},
		"shadow, hide and replace":         {plain, shadowSwap, sign.ProblemChanged, sign.PageChanged},
		"shadow, what was missing appears": {plain, shadowMissing, sign.ProblemChanged, sign.Unknown},
	}
}

// overlays put something over the page (attacks on certification).
func overlays(approved, certified []byte) map[string]attack {
	box := object.Dict{"Type": object.Name("Annot"), "Subtype": object.Name("Widget"), "FT": object.Name("Sig"), "T": object.Text("more"), "F": 132}
	note := object.Dict{"Type": object.Name("Annot"), "Subtype": object.Name("FreeText"), "F": 4, "Contents": object.Text("valid until 2099")}
	return map[string]attack{
		"EAA: annotation over the page":            {certified, addWidget(note, false), sign.ProblemChanged, sign.Annotated},
		"SSA: signature field over the page":       {certified, addWidget(box, true), sign.ProblemChanged, sign.FieldAdded},
		"widget on the page that is in no form":    {approved, addWidget(box, false), sign.ProblemChanged, sign.Annotated},
		"annotation after a signature of approval": {approved, addWidget(note, false), sign.ProblemChanged, sign.Annotated},
		"appearance of a signature changed":        {certified, restamp, sign.ProblemChanged, sign.Unknown},
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
