package handin_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/assess/quantity"
	"mingpin/report/handin"
	"mingpin/report/pdf/object"
	"mingpin/report/sign"
)

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
