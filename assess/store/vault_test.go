package store_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"mingpin/assess"
	"mingpin/assess/store"
)

var start = time.Date(2026, 5, 4, 8, 0, 0, 0, time.UTC)

func options() store.Options {
	return store.Options{Now: func() time.Time { return start }, Actor: "张质检", Device: "device-a"}
}

func sampleClient() assess.Client {
	return assess.Client{
		Name: "示例粮油有限公司", Region: "510100", Address: "示例数据", Sample: true,
		Legal: assess.Person{Name: "示例法人"},
	}
}

// newVault is a vault with a client and an application app1.
func newVault(t *testing.T) *store.Vault {
	t.Helper()
	return newVaultIn(t, t.TempDir())
}

func newVaultIn(t *testing.T, root string) *store.Vault {
	t.Helper()
	v, err := store.Create(t.Context(), root, sampleClient(), options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = v.Close() })
	save(t, v, assess.Application{ID: "app1", Programme: "tianfu", Version: "2025.12", ProductName: "低芥酸菜籽油"})
	return v
}

func save(t *testing.T, v *store.Vault, es ...assess.Entity) {
	t.Helper()
	if err := v.Save(t.Context(), es...); err != nil {
		t.Fatal(err)
	}
}

func TestSavedEntitiesReadBackAlike(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	want := assess.Finding{
		Application: "app1", Requirement: "r1", Rating: "full", Statement: "第一行\n\"第二行\"",
		Evidence: []string{"e1", "e2"}, On: "2026-05-04", Recheck: true,
	}
	save(t, v, want)
	got, err := store.One[assess.Finding](context.Background(), v, want.Key())
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestManyMayWorkOnOneVault saves, adds and reads at once.
func TestManyMayWorkOnOneVault(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	errs := make(chan error)
	const workers, rounds = 4, 10
	for w := range workers {
		go func() { errs <- work(t.Context(), v, w, rounds) }()
	}
	for range workers {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	fs, err := store.All[assess.Finding](t.Context(), v, "app1")
	if err != nil || len(fs) != workers*rounds {
		t.Errorf("%d findings, %v", len(fs), err)
	}
	if es, err := store.All[assess.Evidence](t.Context(), v, ""); err != nil || len(es) != rounds {
		t.Errorf("%d files, %v: the same were added by all", len(es), err)
	}
	sound(t, v)
}

func work(ctx context.Context, v *store.Vault, worker, rounds int) error {
	for n := range rounds {
		name := fmt.Sprintf("示例-%d.txt", n)
		if _, _, err := v.AddEvidence(ctx, assess.Evidence{}, name, strings.NewReader(name)); err != nil {
			return err
		}
		f := assess.Finding{Application: "app1", Requirement: fmt.Sprintf("r%d-%d", worker, n), Rating: "full"}
		if err := v.Save(ctx, f); err != nil {
			return err
		}
		if _, err := v.Snapshot(ctx, "app1", assess.PackRef{}, "en"); err != nil {
			return err
		}
	}
	return nil
}
