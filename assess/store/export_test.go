package store

import (
	"context"
	"database/sql"
	"io/fs"
	"time"
)

// WithSchema makes a vault that follows the migrations of a test.
func (o Options) WithSchema(files fs.FS, dir string) Options {
	o.schema = schema{files: files, dir: dir}
	return o
}

// EmbeddedSchema are the migrations of the program.
func EmbeddedSchema() fs.FS { return vaultFiles }

// Writer is the connection that writes, for tests that damage.
func (v *Vault) Writer() *sql.DB { return v.write }

// DSN names a database as the store does.
func DSN(path string) (string, error) { return dsn(path, true) }

// CheckSettings reads back the settings of db.
func CheckSettings(ctx context.Context, db *sql.DB) error { return checkSettings(ctx, db) }

// Ballast is the path of the ballast file below root.
func Ballast(root string) string { return ballastPath(root) }

// Outdated returns those of times, the newest first, that are rotated away.
func Outdated(times []time.Time) []time.Time { return kept(times, outdated(times)) }

// CheckPlace refuses network and synced folders.
func CheckPlace(dir string) error { return checkPlace(dir, false) }
