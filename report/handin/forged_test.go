package handin_test

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"

	"mingpin/report/handin"
	"mingpin/report/sign"
)

func TestAPackageOfVouchedSignersIsVerifiedAndProven(t *testing.T) {
	g := done(t)
	r := verify(t, g.whole, handin.Options{Known: known(t), Sign: sign.Options{Roots: authority().roots()}})
	if r.Verdict != handin.Verified || !r.Proven() || len(r.Problems) != 0 || len(r.Notices) != 0 {
		t.Fatalf("verdict %s, proven %t, problems %v, notices %v", r.Verdict, r.Proven(), r.Problems, r.Notices)
	}
	if r.Evaluation.Score.Value.String() != g.in.Evaluation.Score.Value.String() || r.Values < 400 {
		t.Errorf("score %s of %d values", r.Evaluation.Score.Value, r.Values)
	}
	if r := verify(t, g.whole, handin.Options{Known: known(t)}); r.Verdict != handin.Verified || r.Proven() {
		t.Errorf("without roots: verdict %s, proven %t; want verified, not proven", r.Verdict, r.Proven())
	}
}

func TestAPackageOfSelfMadeSignersIsVerifiedButNotProven(t *testing.T) {
	g := done(t)
	ids := map[string]*sign.Identity{"legal-representative": selfMade(t, "张示例"), "quality-officer": selfMade(t, "李示例")}
	data := g.packed(t, g.in, g.job.volume(t, g.in, ids), ids["quality-officer"], nil)
	r := verify(t, data, handin.Options{Known: known(t), Sign: sign.Options{Roots: authority().roots()}})
	if r.Verdict != handin.Verified || r.Proven() || !r.Signatures[0].SelfMade || !r.Package.SelfMade {
		t.Errorf("verdict %s, proven %t, problems %v; want verified, not proven, self-made", r.Verdict, r.Proven(), r.Problems)
	}
}

// parts of a package, in order.
func entries(t testing.TB, data []byte) []made {
	t.Helper()
	r, err := handin.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var out []made
	for _, n := range r.Names() {
		part, err := r.ReadAll(n)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, made{n, string(part), zip.Store})
	}
	return out
}

// altered is the package with one entry made otherwise.
func altered(t *testing.T, data []byte, name string, change func(string) string) []byte {
	t.Helper()
	all := entries(t, data)
	for i := range all {
		if all[i].name == name {
			all[i].data = change(all[i].data)
			return zipped(t, all)
		}
	}
	t.Fatalf("no entry %s", name)
	return nil
}

// flip changes one byte at a share of the way through.
func flip(of, parts int) func(string) string {
	return func(s string) string {
		b := []byte(s)
		b[len(b)*of/parts] ^= 1
		return string(b)
	}
}

// evidenceNames are the entries of evidence.
func evidenceNames(t testing.TB, data []byte) (names []string) {
	t.Helper()
	for _, e := range entries(t, data) {
		if strings.HasPrefix(e.name, "evidence/") {
			names = append(names, e.name)
		}
	}
	return names
}

// said writes the problems of a report as "key name", without "verify.".
func said(r handin.Report) []string {
	var out []string
	for _, p := range r.Problems {
		what := p.Args["Name"] + p.Args["Value"] + p.Args["Role"]
		out = append(out, strings.TrimSpace(strings.TrimPrefix(p.Key, "verify.")+" "+what))
	}
	return out
}

func TestWhatWasDoneToAFinishedPackageIsNamed(t *testing.T) {
	g := done(t)
	files := evidenceNames(t, g.whole)
	a, b := files[0], files[1]
	const manifest, signature = "META-INF/ASiCManifest001.xml", "META-INF/signature001.p7s"
	for name, c := range map[string]struct {
		data []byte
		want []string // all of these among the problems
	}{
		"a byte of the volume": {altered(t, g.whole, "volume.pdf", flip(1, 2)), []string{"altered_file volume.pdf", "volume_signature"}},
		"a byte of the data": {altered(t, g.whole, "snapshot.json", func(s string) string {
			return strings.Replace(s, "四川禾香", "四川禾乡", 1)
		}), []string{"altered_file snapshot.json", "value_differs snapshot.digest"}},
		"a byte of the pack": {altered(t, g.whole, "pack.json", func(s string) string {
			return strings.Replace(s, "天府名品", "天府明品", 1)
		}), []string{"altered_file pack.json", "pack_other"}},
		"a broken pack":            {altered(t, g.whole, "pack.json", func(s string) string { return s[1:] }), []string{"altered_file pack.json", "pack_unreadable"}},
		"broken data":              {altered(t, g.whole, "snapshot.json", func(s string) string { return s[1:] }), []string{"altered_file snapshot.json", "snapshot_unreadable"}},
		"a byte of evidence":       {altered(t, g.whole, a, flip(1, 2)), []string{"altered_file " + a}},
		"a digest in the manifest": {altered(t, g.whole, manifest, otherDigest), []string{"package_signature"}},
		"a byte of the manifest": {altered(t, g.whole, manifest, func(s string) string {
			return strings.Replace(s, "application/pdf", "application/pdx", 1)
		}), []string{"package_signature"}},
		"a byte of the signature":            {altered(t, g.whole, signature, flip(99, 100)), []string{"package_signature"}},
		"two files swapped":                  {swapped(t, g.whole, a, b), []string{"swapped_file " + a, "swapped_file " + b}},
		"a file missing":                     {dropped(t, g.whole, a), []string{"missing_file " + a}},
		"an extra file":                      {zipped(t, with(entries(t, g.whole), made{"evidence/99-1-00000000.txt", "x", zip.Store})), []string{"extra_file evidence/99-1-00000000.txt"}},
		"another volume that is a stub":      {altered(t, g.whole, "volume.pdf", func(string) string { return "%PDF-1.7\n%%EOF\n" }), []string{"altered_file volume.pdf", "volume_unreadable"}},
		"nothing where the volume should be": {altered(t, g.whole, "volume.pdf", func(string) string { return "" }), []string{"altered_file volume.pdf", "volume_unreadable"}},
	} {
		t.Run(name, func(t *testing.T) { failsWith(t, c.data, c.want) })
	}
}

func failsWith(t *testing.T, data []byte, want []string) {
	t.Helper()
	r := verify(t, data, handin.Options{Known: known(t), Sign: sign.Options{Roots: authority().roots()}})
	if r.Verdict != handin.Failed {
		t.Errorf("verdict = %s, want %s", r.Verdict, handin.Failed)
	}
	got := said(r)
	for _, w := range want {
		if !slices.Contains(got, w) {
			t.Errorf("%q is not named; problems: %v", w, first(got, 12))
		}
	}
}

func first(s []string, n int) []string { return s[:min(n, len(s))] }

// otherDigest changes the last digest of the manifest to another one.
func otherDigest(s string) string {
	const open = "<ds:DigestValue>"
	at := strings.LastIndex(s, open) + len(open)
	c := byte('A')
	if s[at] == c {
		c = 'B'
	}
	return s[:at] + string(c) + s[at+1:]
}

func swapped(t *testing.T, data []byte, a, b string) []byte {
	t.Helper()
	all := entries(t, data)
	var pa, pb *made
	for i := range all {
		switch all[i].name {
		case a:
			pa = &all[i]
		case b:
			pb = &all[i]
		}
	}
	pa.data, pb.data = pb.data, pa.data
	return zipped(t, all)
}

func dropped(t *testing.T, data []byte, name string) []byte {
	t.Helper()
	return zipped(t, slices.DeleteFunc(entries(t, data), func(e made) bool { return e.name == name }))
}
