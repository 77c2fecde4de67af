package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"
)

// How many backups are kept: the newest of each of so many days and weeks.
const (
	dailyBackups  = 7
	weeklyBackups = 4
)

// stampForm is the time in the name of a backup, UTC.
const stampForm = "20060102T150405.000Z"

// Backup writes a compact copy of the vault's database into its backups folder
// and keeps of the older ones the newest of each of the last seven days that
// have one, and of each of the last four weeks. Evidence is not copied: it is
// written once and never changed. Backups made before a migration are not
// counted and stay. Open makes a backup on the first opening of a day.
func (v *Vault) Backup(ctx context.Context) error {
	if err := v.backUp(ctx, "vault"); err != nil {
		return v.mend(fmt.Errorf("back up vault: %w", err))
	}
	return v.mend(v.rotate())
}

// backUp writes one copy: complete and on disk before it has its name.
func (v *Vault) backUp(ctx context.Context, kind string) error {
	dir, err := filepath.Abs(filepath.Join(v.dir, "backups"))
	if err != nil {
		return err
	}
	path := filepath.Join(dir, kind+"-"+v.now().UTC().Format(stampForm)+".db")
	unfinished := path + ".part"
	if err := os.RemoveAll(unfinished); err != nil {
		return err
	}
	if _, err := v.write.ExecContext(ctx, `VACUUM INTO ?`, unfinished); err != nil {
		return errors.Join(err, os.RemoveAll(unfinished))
	}
	if err := syncFile(unfinished); err != nil {
		return errors.Join(err, os.RemoveAll(unfinished))
	}
	if err := rename(unfinished, path); err != nil {
		return err
	}
	return syncDir(dir)
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// backUpDaily makes a backup unless there is one of today.
func (v *Vault) backUpDaily(ctx context.Context) error {
	times, err := v.backups()
	if err != nil || v.options.fresh {
		return err
	}
	today := v.now().UTC().Format(time.DateOnly)
	for _, t := range times {
		if t.Format(time.DateOnly) == today {
			return nil
		}
	}
	return v.Backup(ctx)
}

// backups are the times of the rotating backups, the newest first.
func (v *Vault) backups() ([]time.Time, error) {
	entries, err := os.ReadDir(filepath.Join(v.dir, "backups"))
	if err != nil {
		return nil, err
	}
	var times []time.Time
	for _, e := range entries {
		stamp, ours := strings.CutPrefix(strings.TrimSuffix(e.Name(), ".db"), "vault-")
		if t, err := time.Parse(stampForm, stamp); ours && err == nil {
			times = append(times, t)
		}
	}
	sort.Slice(times, func(i, j int) bool { return times[i].After(times[j]) })
	return times, nil
}

func (v *Vault) rotate() error {
	times, err := v.backups()
	if err != nil {
		return err
	}
	old := kept(times, outdated(times))
	var errs []error
	for _, t := range old {
		errs = append(errs, os.Remove(filepath.Join(v.dir, "backups", "vault-"+t.Format(stampForm)+".db")))
	}
	return errors.Join(errs...)
}

// outdated tells which of times, the newest first, are neither the newest of one
// of the last days nor of one of the last weeks.
func outdated(times []time.Time) func(time.Time) bool {
	stays := map[time.Time]bool{}
	days, weeks := map[string]bool{}, map[string]bool{}
	for _, t := range times {
		day := t.Format(time.DateOnly)
		year, number := t.ISOWeek()
		week := fmt.Sprint(year, number)
		if !days[day] && len(days) < dailyBackups || !weeks[week] && len(weeks) < weeklyBackups {
			stays[t] = true
		}
		days[day], weeks[week] = true, true
	}
	return func(t time.Time) bool { return !stays[t] }
}
