package store

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"strings"

	"mingpin/assess"
)

// A schema is a row of migrations. The n-th file is version n, and SQLite's own
// user_version says how many have run.
type schema struct {
	files fs.FS
	dir   string
}

func (s schema) names() ([]string, error) { return fs.Glob(s.files, s.dir+"/*.sql") }

// migrate brings db to the newest version, one transaction a step. before is
// called once, ahead of the first step on a database that already holds data.
func (s schema) migrate(ctx context.Context, db *sql.DB, before func(from int64) error) error {
	names, err := s.names()
	if err != nil {
		return err
	}
	at, err := s.version(ctx, db, int64(len(names)))
	if err != nil || at == int64(len(names)) {
		return err
	}
	if at > 0 {
		if err := before(at); err != nil {
			return fmt.Errorf("back up before migration: %w", err)
		}
	}
	for i, name := range names[at:] {
		if err := s.step(ctx, db, name, at+int64(i)+1); err != nil {
			return fmt.Errorf("migrate by %s: %w", name, err)
		}
	}
	return nil
}

// version is that of db, which must be one of ours and not newer than the
// program.
func (s schema) version(ctx context.Context, db *sql.DB, known int64) (int64, error) {
	at, err := pragma(ctx, db, "user_version")
	if err != nil {
		return 0, err
	}
	id, err := pragma(ctx, db, "application_id")
	if err != nil {
		return 0, err
	}
	var tables int
	if err := db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema`).Scan(&tables); err != nil {
		return 0, err
	}
	if fresh := at == 0 && id == 0 && tables == 0; !fresh && id != applicationID {
		return 0, &assess.Fault{Kind: assess.Damaged, Key: "fault.vault_foreign"}
	}
	if at > known {
		return 0, &assess.Fault{Kind: assess.Conflict, Key: "fault.vault_newer", Args: assess.Args{
			"Version": itoa(at), "Known": itoa(known),
		}}
	}
	return at, nil
}

func (s schema) step(ctx context.Context, db *sql.DB, name string, version int64) error {
	script, err := fs.ReadFile(s.files, name)
	if err != nil {
		return err
	}
	run := fmt.Sprintf("%s\n;PRAGMA application_id = %d;\nPRAGMA user_version = %d;", script, applicationID, version)
	return inTx(ctx, db, func(tx *sql.Tx) (bool, error) {
		if _, err := tx.ExecContext(ctx, run); err != nil {
			return false, err
		}
		dangling, err := column1(ctx, tx, ask(`SELECT "table" || ' → ' || "parent" FROM pragma_foreign_key_check`))
		if err != nil {
			return false, err
		}
		broken, err := problems(ctx, tx, "quick_check")
		if err != nil {
			return false, err
		}
		if found := append(dangling, broken...); len(found) > 0 {
			return false, &assess.Fault{Kind: assess.Damaged, Key: "fault.vault_damaged", Args: assess.Args{
				"Found": strings.Join(found, "; "),
			}}
		}
		return true, nil
	})
}
