package store_test

import (
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"mingpin/assess"
	"mingpin/assess/store"
)

func TestFoldersOfAnyNameHoldAVault(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"A#1", "100%", "%41", "有 空格的 企业?", "a&b=c;d", "file:x", "C+D", "'q\""} {
		t.Run(name, func(t *testing.T) {
			root := filepath.Join(t.TempDir(), name)
			v := newVaultIn(t, root)
			w := reopen(t, v, root)
			if _, err := w.Application(t.Context(), "app1"); err != nil {
				t.Error(err)
			}
			mustNil(t, w.Backup(t.Context()))
			entries, err := os.ReadDir(filepath.Dir(root))
			mustNil(t, err)
			if len(entries) != 1 {
				t.Errorf("something was written beside the folder: %v", entries)
			}
		})
	}
}

func TestVaultOpensForOneProgramAtATime(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	v := newVaultIn(t, root)
	_, err := store.Open(t.Context(), root, v.ID(), options())
	var f *assess.Fault
	if !errors.As(err, &f) || f.Key != "fault.vault_in_use" || f.Kind != assess.Conflict {
		t.Fatalf("second open: %v", err)
	}
	host, _ := os.Hostname()
	if f.Args["Host"] != host || f.Args["Program"] != filepath.Base(os.Args[0]) || f.Args["PID"] == "0" || f.Args["User"] == "" || f.Args["Since"] != start.Format(time.RFC3339) {
		t.Errorf("holder = %v", f.Args)
	}
	reopen(t, v, root)
}

func TestLockOfADeadProgramIsTakenOver(t *testing.T) {
	t.Parallel()
	host, _ := os.Hostname()
	for name, tt := range map[string]struct {
		host     string
		takeOver bool
		want     string
	}{
		"of this computer":                        {host, false, ""},
		"of another computer":                     {"另一台电脑", false, "fault.vault_in_use_elsewhere"},
		"of another computer, the user insisting": {"另一台电脑", true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			v := newVaultIn(t, root)
			mustNil(t, v.Close())
			left := `{"program":"mingpin","pid":1,"host":"` + tt.host + `","user":"示例","since":"2026-05-04T08:00:00Z"}`
			mustNil(t, os.WriteFile(filepath.Join(v.Dir(), "lock"), []byte(left), 0o600))
			o := options()
			o.TakeOver = tt.takeOver
			w, err := store.Open(t.Context(), root, v.ID(), o)
			if got := faultKey(err); got != tt.want {
				t.Errorf("open = %v, want %q", err, tt.want)
			}
			if err == nil {
				mustNil(t, w.Close())
			}
		})
	}
}

func TestOpenNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		spoil func(dir string) error
		want  string
	}{
		"no vault":           {os.RemoveAll, "fault.vault_missing"},
		"not a database":     {func(dir string) error { return os.WriteFile(dir+"/vault.db", make([]byte, 9000), 0o600) }, "fault.vault_damaged"},
		"a broken page":      {breakPage, "fault.vault_damaged"},
		"another database":   {foreignDatabase, "fault.vault_foreign"},
		"another's vault":    {func(dir string) error { return runSQL(dir, `UPDATE client SET id = 'x', "key" = 'x'`) }, "fault.vault_mismatch"},
		"a newer vault":      {func(dir string) error { return runSQL(dir, `PRAGMA user_version = 99`) }, "fault.vault_newer"},
		"in a synced folder": {func(dir string) error { return os.WriteFile(dir+"/../.dropbox", nil, 0o600) }, "fault.vault_shared"},
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			v := newVaultIn(t, root)
			mustNil(t, v.Close())
			mustNil(t, tt.spoil(v.Dir()))
			w, err := store.Open(t.Context(), root, v.ID(), options())
			if got := faultKey(err); got != tt.want {
				t.Errorf("open = %v, want %q", err, tt.want)
			}
			if err == nil {
				mustNil(t, w.Close())
			}
		})
	}
}

// breakPage overwrites the middle of the file, where rows and indexes are.
func breakPage(dir string) error {
	f, err := os.OpenFile(dir+"/vault.db", os.O_RDWR, 0)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err != nil {
		return err
	}
	_, err = f.WriteAt([]byte(strings.Repeat("\xa5", 4096*6)), info.Size()/4096/2*4096)
	return errors.Join(err, f.Close())
}

func foreignDatabase(dir string) error {
	if err := os.Remove(dir + "/vault.db"); err != nil {
		return err
	}
	return runSQL(dir, `CREATE TABLE theirs (x)`)
}

func runSQL(dir, script string) error {
	name, err := store.DSN(filepath.Join(dir, "vault.db"))
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return err
	}
	_, err = db.Exec(script)
	return errors.Join(err, db.Close())
}

func TestSyncedFoldersAreRefused(t *testing.T) {
	t.Parallel()
	for name, refused := range map[string]bool{
		"OneDrive - 示例公司": true, "Dropbox": true, "坚果云": true, "BaiduSyncdisk": true, "WPS云盘": true,
		"Documents": false, "名品": false, "box": false,
	} {
		dir := filepath.Join(t.TempDir(), name, "clients")
		mustNil(t, os.MkdirAll(dir, 0o700))
		if got := store.CheckPlace(dir) != nil; got != refused {
			t.Errorf("%s: refused = %v", name, got)
		}
	}
	root := filepath.Join(t.TempDir(), "OneDrive", "名品")
	if _, err := store.Create(t.Context(), root, sampleClient(), options()); faultKey(err) != "fault.vault_shared" {
		t.Errorf("create in a synced folder: %v", err)
	}
	if left, err := os.ReadDir(root); err != nil || len(left) != 0 {
		t.Errorf("the refused folder holds %v, %v", left, err)
	}
	insisting := options()
	insisting.Shared = true
	v, err := store.Create(t.Context(), root, sampleClient(), insisting)
	mustNil(t, err)
	mustNil(t, v.Close())
}

func TestWrongSettingsAreRefused(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "v.db")
	good, err := store.DSN(path)
	mustNil(t, err)
	for name, tt := range map[string]struct{ from, to string }{
		"as wanted":            {"", ""},
		"rollback journal":     {"_journal_mode=WAL", "_journal_mode=DELETE"},
		"synchronous normal":   {"_synchronous=FULL", "_synchronous=NORMAL"},
		"foreign keys off":     {"_foreign_keys=1", "_foreign_keys=0"},
		"temporary files":      {"temp_store%28MEMORY%29", "temp_store%28FILE%29"},
		"trusted schema":       {"trusted_schema%280%29", "trusted_schema%281%29"},
		"no check of cells":    {"cell_size_check%281%29", "cell_size_check%280%29"},
		"another busy timeout": {"_busy_timeout=5000", "_busy_timeout=1"},
	} {
		t.Run(name, func(t *testing.T) {
			dsn := strings.Replace(good, tt.from, tt.to, 1)
			if dsn == good && tt.from != "" {
				t.Fatalf("%s is not in %s", tt.from, good)
			}
			db, err := sql.Open("sqlite", dsn)
			mustNil(t, err)
			defer db.Close()
			err = store.CheckSettings(t.Context(), db)
			if want := map[bool]string{true: "fault.vault_setting"}[tt.from != ""]; faultKey(err) != want {
				t.Errorf("settings: %v, want %q", err, want)
			}
		})
	}
}

// TestMigrationKeepsDataAndBacksUpFirst opens a vault with a program that knows
// one version more. The fixture is a vault of today's version 1.
func TestMigrationKeepsDataAndBacksUpFirst(t *testing.T) {
	t.Parallel()
	today, err := fs.ReadFile(store.EmbeddedSchema(), "migrations/0001_vault.sql")
	mustNil(t, err)
	good := fstest.MapFS{
		"m/0001_vault.sql": {Data: today},
		"m/0002_word.sql":  {Data: []byte("-- A word.\nCREATE TABLE word (x TEXT) STRICT; INSERT INTO word VALUES ('有');")},
	}
	bad := fstest.MapFS{
		"m/0001_vault.sql": {Data: today},
		"m/0002_word.sql":  {Data: []byte("CREATE TABLE word (x TEXT) STRICT; INSERT INTO nowhere VALUES (1);")},
	}
	dangling := fstest.MapFS{
		"m/0001_vault.sql": {Data: today},
		"m/0002_word.sql":  {Data: []byte(`PRAGMA defer_foreign_keys = 1; DELETE FROM application;`)},
	}
	root := t.TempDir()
	v := newVaultIn(t, root)
	save(t, v, assess.Finding{Application: "app1", Requirement: "r1", Rating: "full"})
	before := dump(t, v)
	mustNil(t, v.Close())

	for name, files := range map[string]fstest.MapFS{"a step that fails": bad, "a step that leaves rows dangling": dangling} {
		if w, err := store.Open(t.Context(), root, v.ID(), options().WithSchema(files, "m")); err == nil {
			t.Errorf("%s went through", name)
			mustNil(t, w.Close())
		}
	}
	w, err := store.Open(t.Context(), root, v.ID(), options().WithSchema(good, "m"))
	mustNil(t, err)
	if d := cmp.Diff(before, dump(t, w)); d != "" {
		t.Error(d)
	}
	sound(t, w)
	mustNil(t, w.Close())
	backups, err := filepath.Glob(filepath.Join(v.Dir(), "backups", "before-v2-*.db"))
	mustNil(t, err)
	if len(backups) == 0 {
		t.Error("no backup was made before the migration")
	}
	if _, err := store.Open(t.Context(), root, v.ID(), options()); faultKey(err) != "fault.vault_newer" {
		t.Errorf("the older program: %v", err)
	}
}

func TestBackupIsACompleteVault(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	v := newVaultIn(t, root)
	want := dump(t, v)
	mustNil(t, v.Backup(t.Context()))
	save(t, v, assess.Finding{Application: "app1", Requirement: "r1", Rating: "full"})
	mustNil(t, v.Close())
	backups, err := filepath.Glob(filepath.Join(v.Dir(), "backups", "vault-*.db"))
	mustNil(t, err)
	if len(backups) != 1 {
		t.Fatalf("backups = %v", backups)
	}
	mustNil(t, os.Rename(backups[0], filepath.Join(v.Dir(), "vault.db")))
	w, err := store.Open(t.Context(), root, v.ID(), options())
	mustNil(t, err)
	defer w.Close()
	if d := cmp.Diff(want, dump(t, w)); d != "" {
		t.Error(d)
	}
	sound(t, w)
}

func TestFirstOpeningOfADayBacksUp(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	v := newVaultIn(t, root)
	for _, want := range []int{1, 1, 2} { // the same day twice, then the next
		mustNil(t, v.Close())
		o := options()
		o.Now = func() time.Time { return start.AddDate(0, 0, want-1) }
		w, err := store.Open(t.Context(), root, v.ID(), o)
		mustNil(t, err)
		got, err := filepath.Glob(filepath.Join(v.Dir(), "backups", "vault-*.db"))
		mustNil(t, err)
		if len(got) != want {
			t.Errorf("backups = %v, want %d", got, want)
		}
		v = w
	}
	mustNil(t, v.Close())
}

func TestBackupsRotate(t *testing.T) {
	t.Parallel()
	var times []time.Time
	for hours := 0; hours < 24*60; hours += 12 { // two a day for 60 days, the newest first
		times = append(times, start.Add(-time.Duration(hours)*time.Hour))
	}
	old := map[time.Time]bool{}
	for _, at := range store.Outdated(times) {
		old[at] = true
	}
	var got []string
	for _, at := range times {
		if !old[at] {
			got = append(got, at.Format("01-02T15"))
		}
	}
	// Seven days, of which the newest also stands for this week and one for the
	// last; then the newest of two more weeks.
	want := []string{"05-04T08", "05-03T20", "05-02T20", "05-01T20", "04-30T20", "04-29T20", "04-28T20", "04-26T20", "04-19T20"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestCrashWhileCreatingLeavesNoClient(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	c := sampleClient()
	c.ID = "0198b2a0-0000-7000-8000-000000000001"
	mustNil(t, os.MkdirAll(filepath.Join(root, "clients", c.ID+".new"), 0o700))
	mustNil(t, os.WriteFile(filepath.Join(root, "clients", c.ID+".new", "vault.db"), []byte("half"), 0o600))
	if lines, err := store.Clients(t.Context(), root); err != nil || len(lines) != 0 {
		t.Errorf("clients = %v, %v", lines, err)
	}
	v, err := store.Create(t.Context(), root, c, options())
	mustNil(t, err)
	mustNil(t, v.Close())
	if _, err := store.Create(t.Context(), root, c, options()); faultKey(err) != "fault.client_exists" {
		t.Errorf("created twice: %v", err)
	}
	for _, id := range []string{"../x", "", "X", strings.ToUpper(c.ID)} {
		if _, err := store.Open(t.Context(), root, id, options()); faultKey(err) != "fault.client_id" {
			t.Errorf("open %q: %v", id, err)
		}
	}
}
