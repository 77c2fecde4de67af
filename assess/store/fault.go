package store

import (
	"context"
	"errors"
	"io/fs"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"mingpin/assess"
)

// explain turns what the system or SQLite says into a fault where the user can
// do something about it. Faults and cancellations stay as they are.
func explain(err error, path string) error {
	if err == nil || assess.KindOf(err) != "" || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	kind, key := classify(err)
	if key == "" {
		return err
	}
	return &assess.Fault{Kind: kind, Key: key, Args: assess.Args{"Path": path}, Err: err}
}

func classify(err error) (assess.Kind, string) {
	var s *sqlite.Error
	if errors.As(err, &s) {
		return classifySQLite(s.Code())
	}
	switch {
	case isFull(err):
		return assess.Refused, "fault.disk_full"
	case isReadOnly(err), errors.Is(err, fs.ErrPermission):
		return assess.Refused, "fault.vault_read_only"
	}
	return "", ""
}

func classifySQLite(code int) (assess.Kind, string) {
	if code == sqlite3.SQLITE_IOERR_SHMSIZE { // the index of the WAL could not grow
		return assess.Refused, "fault.disk_full"
	}
	switch code & 0xff { // the primary code; the rest says more exactly where
	case sqlite3.SQLITE_FULL:
		return assess.Refused, "fault.disk_full"
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN:
		return assess.Refused, "fault.vault_read_only"
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return assess.Damaged, "fault.vault_damaged"
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return assess.Conflict, "fault.vault_busy"
	}
	return "", ""
}

// mend explains err and, on a full disk, frees the ballast so that the next
// save succeeds.
func (v *Vault) mend(err error) error {
	err = explain(err, v.dir)
	if isDiskFull(err) {
		_, err = freeBallast(v.root, err)
	}
	return err
}

func isDiskFull(err error) bool {
	var f *assess.Fault
	return errors.As(err, &f) && f.Key == "fault.disk_full"
}
