package handin_test

import (
	"errors"
	"path/filepath"
	"testing"

	"mingpin/assess"
	"mingpin/assess/quantity"
	"mingpin/report/handin"
	"mingpin/report/volume"
)

func TestNobodySignsPagesThatSayOtherThanTheData(t *testing.T) {
	g := done(t)
	if err := handin.CheckVolume(g.path, g.in); err != nil {
		t.Errorf("the volume of the data is refused: %v", err)
	}
	other := g.in
	other.Evaluation.Score.Value = quantity.MustDecimal("12.34")
	draft := filepath.Join(t.TempDir(), "draft.pdf")
	if _, err := handin.BuildDraft(t.Context(), draft, g.in, g.files, nil); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		err error
		key string
	}{
		"other values":        {handin.CheckVolume(g.path, other), "fault.volume_other"},
		"no signature fields": {handin.CheckVolume(draft, g.in), "fault.volume_no_field"},
	} {
		var f *assess.Fault
		if !errors.As(c.err, &f) || f.Key != c.key {
			t.Errorf("%s: CheckVolume = %v, want %s", name, c.err, c.key)
		}
	}
}

// Every file that cannot be handed in is named at once, before anything is
// bound.
func TestEvidenceThatCannotBeHandedInIsNamedAtOnce(t *testing.T) {
	j := newJob(t, pack(t))
	e := j.in.Snapshot.Evidence
	files := changing{j.files, map[string][]byte{e[0].Digest: nil, e[1].Digest: []byte("other")}}
	got := faults(t, j.in.Snapshot, files, j)
	if len(got) != 2 || got["fault.evidence_lost"] != e[0].Name || got["fault.evidence_altered"] != e[1].Name {
		t.Errorf("faults %v, want %s lost and %s altered", got, e[0].Name, e[1].Name)
	}
	s := j.in.Snapshot
	s.Evidence = append([]assess.Evidence{}, e...)
	s.Evidence[0].Media = "application/pdf"
	s.Evidence[0].Digest = j.files.add([]byte("no PDF at all"))
	if got := faults(t, s, j.files, j); got["fault.evidence_damaged"] != e[0].Name {
		t.Errorf("faults %v, want %s damaged", got, e[0].Name)
	}
}

// faults binds s and gives the names of the files that are refused, by key.
func faults(t testing.TB, s assess.Snapshot, files volume.Files, j job) map[string]string {
	t.Helper()
	_, err := handin.BuildVolume(t.Context(), filepath.Join(t.TempDir(), "v.pdf"), input(t, j.in.Pack, s), files, nil)
	out := map[string]string{}
	all := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		all = joined.Unwrap()
	}
	for _, err := range all {
		var f *assess.Fault
		if errors.As(err, &f) {
			out[f.Key] = f.Args["Name"]
		}
	}
	return out
}
