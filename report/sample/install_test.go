package sample_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"

	"mingpin/assess"
	"mingpin/assess/assesstest"
	"mingpin/assess/programme"
	"mingpin/assess/store"
	"mingpin/assets"
	"mingpin/report/sample"
)

func pack(t testing.TB) (*programme.Pack, assess.PackRef) {
	t.Helper()
	p, err := programme.Load(assets.Programmes(), "tianfu-mingpin/2025.12", concepts(t))
	if err != nil {
		t.Fatal(err)
	}
	return p, assess.PackRef{ID: p.ID, Version: p.Version, Digest: p.Digest()}
}

func newVault(t testing.TB, c assesstest.Case) *store.Vault {
	t.Helper()
	client := c.Client
	client.ID = "5a3d91c0-0e57-4b1e-9d35-6f2b8a7c1e00"
	v, err := store.Create(t.Context(), t.TempDir(), client, store.Options{Now: assesstest.Clock, Actor: "示例", Device: "sample"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := v.Close(); err != nil {
			t.Error(err)
		}
	})
	return v
}

func TestInstalledSampleIsReadyAndApproved(t *testing.T) {
	c := sampleCase(t)
	p, ref := pack(t)
	v := newVault(t, c)
	id, err := sample.Install(t.Context(), v, c, ref)
	if err != nil {
		t.Fatal(err)
	}
	s, err := v.Snapshot(t.Context(), id, ref, assesstest.Locale)
	if err != nil {
		t.Fatal(err)
	}
	e := assess.Evaluate(p, s)
	for _, i := range e.Issues {
		if i.Severity == assess.Block || i.Severity == assess.Quality {
			t.Errorf("%s %s %s %v", i.Rule, i.Severity, i.Field, i.Args)
		}
	}
	if e.Outcome != "o-ready" || e.Approval.State != assess.StepApproved {
		t.Errorf("outcome %q, approval %q; want o-ready, approved", e.Outcome, e.Approval.State)
	}
	compareMedia(t, c, s)
}

// compareMedia holds the types the vault found against the formats meant.
func compareMedia(t *testing.T, c assesstest.Case, s assess.Snapshot) {
	t.Helper()
	media := map[string]string{
		"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png",
		"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	}
	found := map[string]string{}
	for _, e := range s.Evidence {
		found[e.ID] = e.Media
	}
	for _, p := range c.Papers {
		if got := found[p.Record.ID]; got != media[p.Format] {
			t.Errorf("%s is %q in the vault, want %q", p.File, got, media[p.Format])
		}
	}
}

// fullDisk is a vault that takes some files and then no more.
type fullDisk struct {
	*store.Vault
	room int
}

var errFull = errors.New("full")

func (f *fullDisk) AddEvidence(ctx context.Context, e assess.Evidence, name string, r io.Reader) (assess.Evidence, bool, error) {
	if f.room--; f.room < 0 {
		return e, false, errFull
	}
	return f.Vault.AddEvidence(ctx, e, name, r)
}

func TestInstallEndsWhereTheVaultRefuses(t *testing.T) {
	c := sampleCase(t)
	_, ref := pack(t)
	_, err := sample.Install(t.Context(), &fullDisk{newVault(t, c), 2}, c, ref)
	if !errors.Is(err, errFull) {
		t.Errorf("Install = %v, want %v", err, errFull)
	}
}

func TestInstallEndsWithItsContext(t *testing.T) {
	c := sampleCase(t)
	_, ref := pack(t)
	ctx, cancel := context.WithCancel(t.Context())
	v := &cancelling{newVault(t, c), cancel}
	if _, err := sample.Install(ctx, v, c, ref); !errors.Is(err, context.Canceled) {
		t.Errorf("Install = %v, want %v", err, context.Canceled)
	}
}

// cancelling is a vault whose user gives up after the first file.
type cancelling struct {
	*store.Vault
	cancel func()
}

func (v *cancelling) AddEvidence(ctx context.Context, e assess.Evidence, name string, r io.Reader) (assess.Evidence, bool, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return e, false, err
	}
	defer v.cancel()
	return v.Vault.AddEvidence(ctx, e, name, bytes.NewReader(data))
}
