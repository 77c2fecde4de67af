package store_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/assess"
	"mingpin/assess/store"
)

func clients(t *testing.T, root string) []store.ClientLine {
	t.Helper()
	lines, err := store.Clients(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

func TestCatalogFollowsTheVaults(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	v := newVaultIn(t, root)
	want := []store.ClientLine{{
		ID: v.ID(), Name: "示例粮油有限公司", Region: "510100", Sample: true, Applications: 1, Changed: start,
	}}
	if d := cmp.Diff(want, clients(t, root)); d != "" {
		t.Errorf("while the vault is open: %s", d)
	}
	c, err := v.Client(t.Context())
	mustNil(t, err)
	c.Name = "示例新名有限公司"
	save(t, v, c)
	want[0].Name = c.Name
	if d := cmp.Diff(want, clients(t, root)); d != "" {
		t.Errorf("after a change of name: %s", d)
	}
	mustNil(t, v.Close())
	for name, spoil := range map[string]func() error{
		"left alone": func() error { return nil },
		"missing":    func() error { return os.Remove(filepath.Join(root, "catalog.db")) },
		"damaged":    func() error { return os.WriteFile(filepath.Join(root, "catalog.db"), make([]byte, 8192), 0o600) },
	} {
		mustNil(t, spoil())
		if d := cmp.Diff(want, clients(t, root)); d != "" {
			t.Errorf("catalog %s: %s", name, d)
		}
	}
	if aside, _ := filepath.Glob(filepath.Join(root, "catalog.db.damaged-*")); len(aside) != 1 {
		t.Errorf("the damaged catalog was not put aside: %v", aside)
	}
	mustNil(t, os.RemoveAll(v.Dir()))
	if got := clients(t, root); len(got) != 0 {
		t.Errorf("a client without a vault is listed: %v", got)
	}
}

func TestDamagedVaultDoesNotHideTheOthers(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	good, bad := newVaultIn(t, root), newVaultIn(t, root)
	mustNil(t, bad.Close())
	mustNil(t, os.WriteFile(filepath.Join(bad.Dir(), "vault.db"), make([]byte, 9000), 0o600))
	for _, l := range clients(t, root) {
		want := map[string]string{bad.ID(): "fault.vault_damaged", good.ID(): ""}[l.ID]
		if got := faultKey(l.Err); got != want {
			t.Errorf("%s: %v, want %q", l.ID, l.Err, want)
		}
	}
}

func TestCatalogKeepsSettingsAndTrust(t *testing.T) {
	t.Parallel()
	root := filepath.Join(t.TempDir(), "not there yet")
	c, err := store.OpenCatalog(t.Context(), root)
	mustNil(t, err)
	mustNil(t, c.SetSetting(t.Context(), "locale", "en"))
	mustNil(t, c.SetSetting(t.Context(), "locale", "zh-CN"))
	a, b := assess.PackRef{ID: "a", Version: "1", Digest: "x"}, assess.PackRef{ID: "b", Version: "1", Digest: "y"}
	for _, p := range []assess.PackRef{b, a, a} {
		mustNil(t, c.TrustPack(t.Context(), p))
	}
	mustNil(t, c.Close())
	c, err = store.OpenCatalog(t.Context(), root)
	mustNil(t, err)
	defer c.Close()
	if got, err := c.Setting(t.Context(), "locale"); got != "zh-CN" || err != nil {
		t.Errorf("locale = %q, %v", got, err)
	}
	if got, err := c.Setting(t.Context(), "nothing"); got != "" || err != nil {
		t.Errorf("a setting that is not there = %q, %v", got, err)
	}
	got, err := c.TrustedPacks(t.Context())
	mustNil(t, err)
	if d := cmp.Diff([]assess.PackRef{a, b}, got); d != "" {
		t.Error(d)
	}
	mustNil(t, c.DistrustPack(t.Context(), a))
	if got, err := c.TrustedPacks(t.Context()); len(got) != 1 || err != nil {
		t.Errorf("trusted = %v, %v", got, err)
	}
}

func TestDeviceStaysTheSame(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	o := options()
	o.Device = ""
	seen := map[string]bool{}
	for range 2 {
		v, err := store.Create(t.Context(), root, sampleClient(), o)
		mustNil(t, err)
		for _, op := range history(t, v, store.Filter{}) {
			seen[op.Device] = true
		}
		mustNil(t, v.Close())
	}
	if len(seen) != 1 || seen[""] {
		t.Errorf("devices = %v", seen)
	}
}
