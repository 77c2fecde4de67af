package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"mingpin/assess"
)

//go:embed catalog/*.sql
var catalogFiles embed.FS

// A ClientLine is a vault as it stands in the list of clients.
type ClientLine struct {
	ID           string    `json:"id"`
	Name         string    `json:"name"`
	Code         string    `json:"code"`
	Region       string    `json:"region"`
	Sample       bool      `json:"sample,omitempty"`
	Applications int       `json:"applications"`
	Changed      time.Time `json:"changed"` // of the last op
	// Err is why the vault could not be read; the other fields are then as last
	// known, or empty.
	Err error `json:"-"`
}

// A Catalog is the catalog.db of a data folder: settings, trusted packs and the
// list of clients as last read. The vaults are the truth about clients; a
// catalog that is missing is made anew, and one that is damaged is put aside
// (catalog.db.damaged-…) and made anew, which forgets settings and trust.
type Catalog struct {
	root string
	db   *sql.DB
	now  func() time.Time
}

// OpenCatalog opens the catalog of root, which is made when it is not there.
// Several programs may have it open. It must be closed.
func OpenCatalog(ctx context.Context, root string) (*Catalog, error) {
	if err := os.MkdirAll(root, 0o700); err != nil {
		return nil, explain(err, root)
	}
	path := filepath.Join(root, "catalog.db")
	db, err := openCatalogDB(ctx, path)
	if assess.KindOf(explain(err, path)) == assess.Damaged {
		if err := setAside(path); err != nil {
			return nil, fmt.Errorf("set damaged catalog aside: %w", err)
		}
		db, err = openCatalogDB(ctx, path)
	}
	if err != nil {
		return nil, explain(fmt.Errorf("open catalog: %w", err), path)
	}
	return &Catalog{root: root, db: db, now: time.Now}, nil
}

func openCatalogDB(ctx context.Context, path string) (*sql.DB, error) {
	db, err := openWriter(ctx, path)
	if err != nil {
		return nil, err
	}
	s := schema{files: catalogFiles, dir: "catalog"}
	nothing := func(int64) error { return nil } // the vaults are its backup
	if err := s.migrate(ctx, db, nothing); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	found, err := problems(ctx, db, "quick_check(1)")
	if err == nil && len(found) > 0 {
		err = &assess.Fault{Kind: assess.Damaged, Key: "fault.vault_damaged", Args: assess.Args{"Found": found[0]}}
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func setAside(path string) error {
	aside := path + ".damaged-" + time.Now().UTC().Format(stampForm)
	for _, suffix := range []string{"-wal", "-shm"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return os.Rename(path, aside)
}

// Close closes the catalog.
func (c *Catalog) Close() error { return c.db.Close() }

// Setting is the value stored under name, or "".
func (c *Catalog) Setting(ctx context.Context, name string) (string, error) {
	var value string
	err := c.db.QueryRowContext(ctx, `SELECT value FROM setting WHERE name = ?`, name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

// SetSetting stores value under name.
func (c *Catalog) SetSetting(ctx context.Context, name, value string) error {
	const upsert = `INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`
	_, err := c.db.ExecContext(ctx, upsert, name, value)
	return explain(err, c.root)
}

// TrustedPacks are the packs the user trusts beside those shipped with the
// program, sorted by id, version and digest.
func (c *Catalog) TrustedPacks(ctx context.Context) ([]assess.PackRef, error) {
	const list = `SELECT id, version, digest FROM trusted_pack ORDER BY id, version, digest`
	return collect(scan(ctx, c.db, ask(list), func(rows *sql.Rows) (r assess.PackRef, err error) {
		return r, rows.Scan(&r.ID, &r.Version, &r.Digest)
	}))
}

// TrustPack adds a pack to those the user trusts.
func (c *Catalog) TrustPack(ctx context.Context, p assess.PackRef) error {
	const insert = `INSERT INTO trusted_pack (id, version, digest, added) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`
	_, err := c.db.ExecContext(ctx, insert, p.ID, p.Version, p.Digest, c.now().UnixMilli())
	return explain(err, c.root)
}

// DistrustPack removes a pack from those the user trusts.
func (c *Catalog) DistrustPack(ctx context.Context, p assess.PackRef) error {
	const remove = `DELETE FROM trusted_pack WHERE id = ? AND version = ? AND digest = ?`
	_, err := c.db.ExecContext(ctx, remove, p.ID, p.Version, p.Digest)
	return explain(err, c.root)
}

// Clients lists the clients below root, sorted by id. It reads a vault only
// when its files have changed since the catalog was written, and also while
// another program has it open. A vault that cannot be read is a line with Err.
func Clients(ctx context.Context, root string) ([]ClientLine, error) {
	c, err := OpenCatalog(ctx, root)
	if err != nil {
		return nil, err
	}
	lines, err := c.Clients(ctx)
	return lines, errors.Join(err, c.Close())
}

// Clients is the function Clients on an open catalog.
func (c *Catalog) Clients(ctx context.Context) ([]ClientLine, error) {
	known, err := c.known(ctx)
	if err != nil {
		return nil, explain(err, c.root)
	}
	folders, err := os.ReadDir(filepath.Join(c.root, "clients"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, explain(err, c.root)
	}
	lines := []ClientLine{}
	for _, f := range folders {
		if !f.IsDir() || checkClientID(f.Name()) != nil {
			continue
		}
		line := known[f.Name()]
		if err := c.refresh(ctx, f.Name(), &line); err != nil {
			return nil, explain(err, c.root)
		}
		delete(known, f.Name())
		lines = append(lines, line.ClientLine)
	}
	for id := range known {
		if _, err := c.db.ExecContext(ctx, `DELETE FROM client WHERE id = ?`, id); err != nil {
			return nil, explain(err, c.root)
		}
	}
	return lines, nil
}

type knownLine struct {
	ClientLine
	stamp string
}

func (c *Catalog) known(ctx context.Context) (map[string]knownLine, error) {
	const list = `SELECT id, stamp, name, code, region, sample, applications, changed FROM client`
	known := map[string]knownLine{}
	for l, err := range scan(ctx, c.db, ask(list), scanLine) {
		if err != nil {
			return nil, err
		}
		known[l.ID] = l
	}
	return known, nil
}

func scanLine(rows *sql.Rows) (l knownLine, err error) {
	var changed int64
	err = rows.Scan(&l.ID, &l.stamp, &l.Name, &l.Code, &l.Region, &l.Sample, &l.Applications, &changed)
	l.Changed = time.UnixMilli(changed).UTC()
	return l, err
}

// refresh reads the vault of id into l unless its files are as they were.
func (c *Catalog) refresh(ctx context.Context, id string, l *knownLine) error {
	l.ID = id
	path := filepath.Join(vaultDir(c.root, id), "vault.db")
	stamp := stampOf(path)
	if stamp != "" && stamp == l.stamp {
		return nil
	}
	if err := peek(ctx, path, &l.ClientLine); err != nil {
		l.Err = explain(err, path)
		return ctx.Err()
	}
	const upsert = `INSERT INTO client (id, stamp, name, code, region, sample, applications, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET stamp = excluded.stamp, name = excluded.name, code = excluded.code,
			region = excluded.region, sample = excluded.sample, applications = excluded.applications, changed = excluded.changed`
	_, err := c.db.ExecContext(ctx, upsert, id, stamp, l.Name, l.Code, l.Region, l.Sample, l.Applications, l.Changed.UnixMilli())
	return err
}

// stampOf is size and time of the vault's files. They are not opened: that
// would drop SQLite's locks.
func stampOf(path string) string {
	stamp := ""
	for _, p := range []string{path, path + "-wal"} {
		if info, err := os.Stat(p); err == nil && info.Size() > 0 {
			stamp += fmt.Sprintf("%d.%d;", info.Size(), info.ModTime().UnixNano())
		}
	}
	return stamp
}

// peek reads a vault's line without its lock.
func peek(ctx context.Context, path string, l *ClientLine) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return &assess.Fault{Kind: assess.Missing, Key: "fault.vault_missing", Args: assess.Args{"Client": l.ID}}
	}
	db, err := openReader(path)
	if err != nil {
		return err
	}
	err = inTx(ctx, db, func(tx *sql.Tx) (bool, error) {
		c, err := one[assess.Client](ctx, tx, l.ID)
		if err != nil {
			return false, err
		}
		var changed int64
		const counts = `SELECT (SELECT count(*) FROM application), (SELECT at FROM op ORDER BY id DESC LIMIT 1)`
		err = tx.QueryRowContext(ctx, counts).Scan(&l.Applications, &changed)
		l.Name, l.Code, l.Region, l.Sample = c.Name, c.Code, c.Region, c.Sample
		l.Changed = time.UnixMilli(changed).UTC()
		return false, err
	})
	return errors.Join(err, db.Close())
}

// deviceOf is the stable id of this computer in root's catalog, made when there
// is none. A data folder carried to another computer gets another one there, so
// that two computers never number their ops alike.
func deviceOf(ctx context.Context, root string) (string, error) {
	c, err := OpenCatalog(ctx, root)
	if err != nil {
		return "", err
	}
	id, err := c.device(ctx)
	return id, errors.Join(err, c.Close())
}

func (c *Catalog) device(ctx context.Context) (string, error) {
	host, _ := os.Hostname() // an unnamed computer has a device as well
	fresh, err := uuid.NewV7()
	if err != nil {
		return "", err
	}
	const insert = `INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING`
	if _, err := c.db.ExecContext(ctx, insert, "device@"+host, fresh.String()); err != nil {
		return "", err
	}
	return c.Setting(ctx, "device@"+host)
}
