package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sys/unix"

	"mingpin/assess"
	"mingpin/assess/store"
)

// smallDisk is a disk of 24 MB, or the test is skipped.
func smallDisk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=24m"); err != nil {
		t.Skip("filling a disk needs the right to mount a small one")
	}
	t.Cleanup(func() { _ = unix.Unmount(dir, unix.MNT_DETACH) })
	return dir
}

func TestFullDiskIsToldAndSurvived(t *testing.T) {
	t.Parallel()
	root := smallDisk(t)
	v := newVaultIn(t, root)
	if _, err := os.Stat(store.Ballast(root)); err != nil {
		t.Fatal(err)
	}
	kept := fillDisk(t, v)
	if _, err := os.Stat(store.Ballast(root)); err == nil {
		t.Error("the ballast was not freed")
	}
	if len(tree(t, v)) != kept {
		t.Errorf("files = %v, want %d", tree(t, v), kept)
	}
	// The room of the ballast lets the user go on, here with a larger save.
	save(t, v, assess.Finding{Application: "app1", Requirement: "r1", Statement: strings.Repeat("说", 20_000)})
	sound(t, v)

	fillDisk(t, v) // now there is no ballast to free
	full := filepath.Join(root, "rest")
	_ = os.WriteFile(full, make([]byte, 24<<20), 0o600)
	err := v.Save(t.Context(), assess.Finding{Application: "app1", Requirement: "r2", Statement: strings.Repeat("说", 20_000)})
	if faultKey(err) != "fault.disk_full" || assess.KindOf(err) != assess.Refused {
		t.Errorf("save on a full disk: %v", err)
	}
	mustNil(t, os.Remove(full))
	save(t, v, assess.Finding{Application: "app1", Requirement: "r2", Rating: "full"})
	w := reopen(t, v, root)
	if f, err := store.One[assess.Finding](t.Context(), w, "app1/r1"); err != nil || len(f.Statement) != 60_000 {
		t.Errorf("what was acknowledged: %v", err)
	}
	sound(t, w)
}

func TestVaultOpensOnAFullDisk(t *testing.T) {
	t.Parallel()
	root := smallDisk(t)
	v := newVaultIn(t, root)
	save(t, v, assess.Finding{Application: "app1", Requirement: "r1", Rating: "full"})
	want := dump(t, v)
	mustNil(t, v.Close())
	_ = os.WriteFile(filepath.Join(root, "rest"), make([]byte, 24<<20), 0o600)
	later := options()
	later.Now = func() time.Time { return start.AddDate(0, 0, 1) } // a backup is due
	w, err := store.Open(t.Context(), root, v.ID(), later)
	mustNil(t, err)
	defer w.Close()
	if d := cmp.Diff(want, dump(t, w)); d != "" {
		t.Error(d)
	}
	save(t, w, assess.Finding{Application: "app1", Requirement: "r2", Rating: "full"})
	sound(t, w)
}

// fillDisk adds files until the disk is full and returns how many the vault
// holds.
func fillDisk(t *testing.T, v *store.Vault) int {
	t.Helper()
	for n := range 100 {
		content := strings.Repeat(string(rune('a'+n%26)), 1<<20) + v.ID() + string(rune('0'+n))
		_, _, err := v.AddEvidence(t.Context(), assess.Evidence{}, "满.bin", strings.NewReader(content+tail(t, v)))
		if err == nil {
			continue
		}
		var f *assess.Fault
		if !errors.As(err, &f) || f.Key != "fault.disk_full" || f.Kind != assess.Refused {
			t.Fatalf("add on a full disk: %v", err)
		}
		list, err := store.All[assess.Evidence](t.Context(), v, "")
		mustNil(t, err)
		return len(list)
	}
	t.Fatal("the disk does not fill")
	return 0
}

// tail makes every file another one.
func tail(t *testing.T, v *store.Vault) string {
	t.Helper()
	s, err := v.Snapshot(t.Context(), "app1", assess.PackRef{}, "zh-CN")
	mustNil(t, err)
	return s.History.Head
}

// TestReadOnlyFolderIsTold opens as a user without the right to write. The
// thread that lost its rights ends with the test.
func TestReadOnlyFolderIsTold(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	v := newVaultIn(t, root)
	mustNil(t, v.Close())
	for _, p := range []string{filepath.Join(v.Dir(), "lock"), v.Dir()} {
		mustNil(t, os.Chmod(p, 0o555))
	}
	t.Cleanup(func() { _ = os.Chmod(v.Dir(), 0o700) })
	got := make(chan error)
	go func() {
		runtime.LockOSThread()
		if os.Getuid() == 0 {
			const nobody = 65534
			openUp(root, v.Dir())
			_, _, _ = unix.RawSyscall(unix.SYS_SETFSUID, nobody, 0, 0)
		}
		_, err := store.Open(t.Context(), root, v.ID(), options())
		got <- err
	}()
	err := <-got
	if faultKey(err) != "fault.vault_read_only" || assess.KindOf(err) != assess.Refused {
		t.Errorf("open: %v", err)
	}
	var f *assess.Fault
	if errors.As(err, &f) && f.Args["Path"] != v.Dir() {
		t.Errorf("the fault names %q", f.Args["Path"])
	}
}

// openUp lets everybody read from the root of the vault down.
func openUp(root, dir string) {
	for ; len(dir) >= len(root); dir = filepath.Dir(dir) {
		_ = os.Chmod(dir, 0o555)
	}
	_ = os.Chmod(filepath.Dir(root), 0o755)
}

func TestUnreadableFileIsTold(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	// The kernel answers reading the first page of a process with an I/O error.
	_, _, err := v.AddEvidenceFile(t.Context(), assess.Evidence{}, "/proc/self/mem", nil)
	if faultKey(err) != "fault.evidence_unreadable" || assess.KindOf(err) != assess.Damaged {
		t.Errorf("add: %v", err)
	}
	if got := tree(t, v); len(got) != 0 {
		t.Errorf("files = %v", got)
	}
}
