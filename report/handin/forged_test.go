package handin_test

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/assess/quantity"
	"mingpin/report/handin"
	"mingpin/report/pdf/object"
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

// Whoever makes the whole package anew, manifest and signature included, still
// cannot make volume, data and pack agree.
func TestPackagesMadeAnewByOtherHandsAreNamed(t *testing.T) {
	g := done(t)
	attacker := selfMade(t, "攻击者")
	changed := g.in.Snapshot
	changed.Findings = slices.Clone(changed.Findings)
	for i, f := range changed.Findings {
		if f.Rating != "" {
			changed.Findings[i].Rating = lowest(g.in.Pack, f.Requirement)
		}
	}
	canonical, err := changed.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	doctored := g.in
	doctored.Evaluation.Score.Value = quantity.MustDecimal("99.99")
	t.Run("an extra file, listed and signed", func(t *testing.T) {
		extra := g.files.add([]byte("extra"))
		failsWith(t, g.packed(t, g.in, g.path, attacker, func(c *handin.Contents) {
			c.Evidence = append(c.Evidence, handin.Item{Name: "evidence/99-1-00000000.txt", Digest: extra, Size: 5})
		}), []string{"evidence_extra evidence/99-1-00000000.txt"})
	})
	t.Run("a file left out of the list", func(t *testing.T) {
		e := g.in.Snapshot.Evidence[0]
		failsWith(t, g.packed(t, g.in, g.path, attacker, func(c *handin.Contents) {
			c.Evidence = slices.DeleteFunc(c.Evidence, func(i handin.Item) bool { return i.Digest == e.Digest })
		}), []string{"evidence_missing " + e.Name})
	})
	t.Run("ratings altered in the data", func(t *testing.T) {
		failsWith(t, g.packed(t, g.in, g.path, attacker, func(c *handin.Contents) { c.Snapshot = canonical }),
			[]string{"value_differs snapshot.digest", "value_differs score"})
	})
	t.Run("a volume that prints another score", func(t *testing.T) {
		failsWith(t, g.packed(t, g.in, g.job.volume(t, doctored, g.ids), attacker, nil), []string{"value_differs score"})
	})
}

// What was appended after the last signature is named, even what a signed file
// may have appended: revocation data, and nothing else.
func TestWhatIsAppendedToASignedVolumeIsNamed(t *testing.T) {
	g := done(t)
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"a comment":       {append(bytes.Clone(g.volume), "\n% appended\n"...), "volume_changed"},
		"another title":   {updated(t, g.volume, "Lang", object.Text("en")), "volume_changed"},
		"revocation data": {updated(t, g.volume, "DSS", object.Dict{"CRLs": object.Array{}}), "volume_appended"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "v.pdf")
			if err := os.WriteFile(path, c.data, 0o600); err != nil {
				t.Fatal(err)
			}
			failsWith(t, g.packed(t, g.in, path, selfMade(t, "攻击者"), nil), []string{c.want})
		})
	}
}

// updated is a PDF with an entry of its catalog set in an appended revision.
func updated(t *testing.T, data []byte, name object.Name, value object.Object) []byte {
	t.Helper()
	f, err := object.Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := f.Catalog()
	if err != nil {
		t.Fatal(err)
	}
	catalog[name] = value
	u := object.NewUpdate(f)
	if err := u.Put(f.Trailer()["Root"].(object.Ref), catalog); err != nil {
		t.Fatal(err)
	}
	out := bytes.NewBuffer(bytes.Clone(data))
	if _, _, err := u.AppendTo(out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// lowest is the worst rating a requirement can have.
func lowest(p *programme.Pack, requirement string) string {
	req, _ := p.Requirement(requirement)
	for _, s := range p.Scales {
		if s.ID == req.Scale {
			return s.Levels[len(s.Levels)-1].ID
		}
	}
	return ""
}

func TestSignersOfTheVolumeAreHeldAgainstTheDeclaration(t *testing.T) {
	g := done(t)
	officer := g.ids["quality-officer"]
	t.Run("nobody has signed", func(t *testing.T) {
		failsWith(t, g.packed(t, g.in, g.job.volume(t, g.in, nil), officer, nil),
			[]string{"volume_unsigned", "signer_missing legal-representative", "signer_missing quality-officer"})
	})
	t.Run("one has not signed", func(t *testing.T) {
		half := map[string]*sign.Identity{"legal-representative": g.ids["legal-representative"]}
		failsWith(t, g.packed(t, g.in, g.job.volume(t, g.in, half), officer, nil), []string{"signer_missing quality-officer"})
	})
	t.Run("someone the declaration does not name has signed", func(t *testing.T) {
		s := g.in.Snapshot
		s.Signers = []assess.Signer{{Application: s.Application.ID, Role: "legal-representative", Name: "张示例"}}
		failsWith(t, g.packed(t, input(t, g.in.Pack, s), g.path, officer, nil), []string{"value_extra signer.quality-officer", "signer_extra quality-officer"})
	})
	t.Run("another person's certificate is reported and fails nothing", func(t *testing.T) {
		ids := map[string]*sign.Identity{"legal-representative": authority().person("王示例"), "quality-officer": officer}
		r := verify(t, g.packed(t, g.in, g.job.volume(t, g.in, ids), officer, nil), handin.Options{Known: known(t)})
		if r.Verdict != handin.Verified || r.Signatures[0].Signer != "王示例" || len(r.Notices) != 1 {
			t.Errorf("verdict %s, signer %s, notices %v", r.Verdict, r.Signatures[0].Signer, r.Notices)
		}
	})
}

// A pack of one's own, kept consistently everywhere, agrees with itself; that
// is never called verified.
func TestADoctoredPackIsOnlyConsistent(t *testing.T) {
	p := *pack(t)
	p.Dimensions = slices.Clone(p.Dimensions)
	p.Dimensions[0].Weight, p.Dimensions[1].Weight = p.Dimensions[1].Weight, p.Dimensions[0].Weight
	encoded, err := programme.Encode(&p)
	if err != nil {
		t.Fatal(err)
	}
	doctored, err := programme.Decode(encoded)
	if err != nil {
		t.Fatal(err)
	}
	j := newJob(t, doctored)
	ids := both()
	data := j.packed(t, j.in, j.volume(t, j.in, ids), ids["quality-officer"], nil)
	r := verify(t, data, handin.Options{Known: known(t), Sign: sign.Options{Roots: authority().roots()}})
	if r.Verdict != handin.Consistent || r.PackKnown {
		t.Errorf("verdict %s, pack known %t, problems %v; want consistent", r.Verdict, r.PackKnown, first(said(r), 5))
	}
}
