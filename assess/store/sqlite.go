package store

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"net/url"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"

	"modernc.org/sqlite"

	"mingpin/assess"
)

// applicationID marks our databases, "MPv1" read as a number.
const applicationID = 0x4d507631

// querier is what reading needs of a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// driverOnce sets the driver's process-wide switches, which count only before
// the first database is opened. Where open file description locks do not exist
// the library keeps to its own, so that error says nothing to act on.
var driverOnce = sync.OnceFunc(func() {
	sqlite.StrictPragmas(true)
	if runtime.GOOS == "linux" {
		_, _ = sqlite.OFDLocking(true)
	}
})

// dsn names the database at path. Only url.URL escapes '#', '?' and '%' so that
// the right file is opened, and only the driver's own keys run after the plain
// pragmas (storage.md 2.2).
func dsn(path string, write bool) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	abs = filepath.ToSlash(abs)
	if !strings.HasPrefix(abs, "/") {
		abs = "/" + abs // C:/… becomes /C:/… in a URL
	}
	q := url.Values{
		"_busy_timeout": {"5000"},
		"_foreign_keys": {"1"},
		"_dqs":          {"0"},
		"_defensive":    {"1"},
		"_pragma":       {"temp_store(MEMORY)", "trusted_schema(0)", "cell_size_check(1)"},
	}
	if write {
		q.Set("_journal_mode", "WAL")
		q.Set("_synchronous", "FULL")
		q.Set("_txlock", "immediate")
		q.Add("_pragma", "journal_size_limit(67108864)")
		if runtime.GOOS == "darwin" { // plain fsync does not reach the disk there
			q.Add("_pragma", "fullfsync(1)")
			q.Add("_pragma", "checkpoint_fullfsync(1)")
		}
	} else {
		q.Set("mode", "ro")
		q.Set("_query_only", "1")
	}
	u := url.URL{Scheme: "file", Path: abs, RawQuery: q.Encode()}
	return u.String(), nil
}

// openWriter opens the one connection that writes and reads its settings back.
func openWriter(ctx context.Context, path string) (*sql.DB, error) {
	db, err := openDB(path, true, 1)
	if err != nil {
		return nil, err
	}
	if err := checkSettings(ctx, db); err != nil {
		_ = db.Close()
		return nil, err
	}
	return db, nil
}

// openReader opens a small pool of connections that cannot write.
func openReader(path string) (*sql.DB, error) { return openDB(path, false, 4) }

func openDB(path string, write bool, conns int) (*sql.DB, error) {
	driverOnce()
	name, err := dsn(path, write)
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return db, nil
}

// settings are what durability rests on; the driver drops some silently, so
// they are read back.
var settings = []struct{ pragma, want string }{
	{"journal_mode", "wal"},
	{"synchronous", "2"},
	{"foreign_keys", "1"},
	{"busy_timeout", "5000"},
	{"temp_store", "2"},
	{"trusted_schema", "0"},
	{"cell_size_check", "1"},
}

func checkSettings(ctx context.Context, q querier) error {
	for _, s := range settings {
		var got string
		if err := q.QueryRowContext(ctx, "PRAGMA "+s.pragma).Scan(&got); err != nil {
			return fmt.Errorf("read back %s: %w", s.pragma, err)
		}
		if got != s.want {
			return &assess.Fault{Kind: assess.Refused, Key: "fault.vault_setting", Args: assess.Args{
				"Setting": s.pragma, "Want": s.want, "Got": got,
			}}
		}
	}
	return nil
}

// pragma reads a number such as user_version.
func pragma(ctx context.Context, q querier, name string) (int64, error) {
	var n int64
	err := q.QueryRowContext(ctx, "PRAGMA "+name).Scan(&n)
	return n, err
}

// problems runs quick_check or integrity_check and returns what it complains of.
func problems(ctx context.Context, q querier, check string) ([]string, error) {
	found, err := column1(ctx, q, ask("PRAGMA "+check))
	if err != nil || len(found) == 1 && found[0] == "ok" {
		return nil, err
	}
	return found, nil
}

// A query is SQL with its arguments.
type query struct {
	sql  string
	args []any
}

func ask(sql string, args ...any) query { return query{sql, args} }

// scan runs a query and gives its rows one by one, or one error at the end.
// Nothing else may be asked of a transaction before the loop over it has ended.
func scan[T any](ctx context.Context, q querier, ask query, one func(*sql.Rows) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		rows, err := q.QueryContext(ctx, ask.sql, ask.args...)
		if err != nil {
			yield(none, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			x, err := one(rows)
			if !yield(x, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(none, err)
		}
	}
}

// collect gathers what scan gives, never nil without an error.
func collect[T any](seq iter.Seq2[T, error]) ([]T, error) {
	list := []T{}
	for x, err := range seq {
		if err != nil {
			return nil, err
		}
		list = append(list, x)
	}
	return list, nil
}

// column1 reads a query of one column.
func column1(ctx context.Context, q querier, ask query) ([]string, error) {
	return collect(scan(ctx, q, ask, func(rows *sql.Rows) (s string, err error) {
		return s, rows.Scan(&s)
	}))
}

// prepared is a transaction that compiles every SQL text once: compiling costs
// more than running what the write path asks. Its statements end with it.
type prepared struct {
	tx    *sql.Tx
	stmts map[string]*sql.Stmt
}

func (p prepared) stmt(ctx context.Context, text string) (*sql.Stmt, error) {
	if s := p.stmts[text]; s != nil {
		return s, nil
	}
	s, err := p.tx.PrepareContext(ctx, text)
	if err == nil {
		p.stmts[text] = s
	}
	return s, err
}

func (p prepared) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	s, err := p.stmt(ctx, text)
	if err != nil {
		return nil, err
	}
	return s.QueryContext(ctx, args...)
}

func (p prepared) QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row {
	return p.tx.QueryRowContext(ctx, text, args...) // asked once in a transaction
}

func (p prepared) exec(ctx context.Context, text string, args ...any) error {
	s, err := p.stmt(ctx, text)
	if err == nil {
		_, err = s.ExecContext(ctx, args...)
	}
	return err
}

// inTx runs fn in one transaction and keeps it only when fn says so.
func inTx(ctx context.Context, db *sql.DB, fn func(tx *sql.Tx) (keep bool, err error)) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	keep, err := fn(tx)
	if err != nil || !keep {
		_ = tx.Rollback()
		return err
	}
	return tx.Commit()
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
