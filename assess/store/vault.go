// Package store keeps a client's vault on disk. It is the only package that
// knows SQLite and the only one that writes what an enterprise entered.
//
//	<root>/
//	  catalog.db                 list of clients, settings, trusted packs; can be rebuilt
//	  ballast                    8 MB, freed when the disk is full
//	  clients/<uuid>/
//	    vault.db                 SQLite: STRICT, WAL, synchronous=FULL, BEGIN IMMEDIATE
//	    objects/sha256/ab/abcd…  evidence by digest, written once
//	    backups/                 VACUUM INTO: before migrations, 7 daily, 4 weekly
//	    tmp/                     evidence on its way in
//	    lock                     one program at a time, and who
//
// Every change is a row of ops written in the same transaction as the rows it
// changes; the rows equal the replay of the ops. What Save and AddEvidence have
// acknowledged survives the loss of the process and of power: the transaction
// is synchronous, and a file is on disk under its digest before its record.
//
// Faults carry the keys "fault.vault_…", "fault.evidence_…" and others named at
// the functions that return them.
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
	"sync"
	"time"

	"github.com/google/uuid"

	"mingpin/assess"
)

//go:embed migrations/*.sql
var vaultFiles embed.FS

// Options say who works on a vault, with which clock and from which
// installation. The zero value is the current user with the system's clock.
type Options struct {
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Actor is who changes; empty means the user of the operating system.
	Actor string
	// Device is the stable id of this installation; empty means the one that
	// the catalog keeps for this computer.
	Device string
	// TakeOver opens a vault although its lock names a holder on another
	// computer. Only a person can know that the holder is gone.
	TakeOver bool
	// Shared opens a vault in a folder that is on a network or kept in step
	// by a cloud service, where SQLite cannot promise durability.
	Shared bool

	schema schema // of the vault; the embedded one unless a test says otherwise
	fresh  bool   // just created: nothing to back up
}

// A Vault (企业档案库) is one client's data on disk, open for one program at a
// time. It is safe for concurrent use.
type Vault struct {
	id      string
	root    string
	dir     string
	options Options
	lock    *lock
	write   *sql.DB         // one connection
	read    *sql.DB         // a few, read-only
	shelf   sync.Mutex      // held from a file's place to its record
	shelves map[string]bool // folders of objects whose names are on disk
}

// ID is the client's id, which is also the name of the vault's folder.
func (v *Vault) ID() string { return v.id }

// Dir is the vault's folder.
func (v *Vault) Dir() string { return v.dir }

func (v *Vault) now() time.Time { return v.options.Now() }

func vaultDir(root, id string) string { return filepath.Join(root, "clients", id) }

// Create makes a vault for c below root and opens it. An empty c.ID becomes a
// new UUID (version 7). A client that already has a vault is a Conflict
// (fault.client_exists). A crash on the way leaves nothing that Open or Clients
// would take for a vault.
func Create(ctx context.Context, root string, c assess.Client, o Options) (*Vault, error) {
	if c.ID == "" {
		id, err := uuid.NewV7()
		if err != nil {
			return nil, fmt.Errorf("make client id: %w", err)
		}
		c.ID = id.String()
	}
	if err := errors.Join(checkClientID(c.ID), c.Check()); err != nil {
		return nil, err
	}
	dir := vaultDir(root, c.ID)
	if _, err := os.Lstat(dir); err == nil {
		return nil, &assess.Fault{Kind: assess.Conflict, Key: "fault.client_exists", Args: assess.Args{"Client": c.ID}}
	}
	if err := os.MkdirAll(root, 0o700); err != nil {
		return nil, explain(err, root)
	}
	if err := checkPlace(root, o.Shared); err != nil {
		return nil, err
	}
	o, err := o.complete(ctx, root)
	if err != nil {
		return nil, err
	}
	if err := createIn(ctx, dir, c, o); err != nil {
		return nil, explain(fmt.Errorf("create vault: %w", err), dir)
	}
	o.fresh = true
	return Open(ctx, root, c.ID, o)
}

// createIn makes the vault under another name and gives it its own at the end.
func createIn(ctx context.Context, dir string, c assess.Client, o Options) error {
	unfinished := dir + ".new"
	if err := os.RemoveAll(unfinished); err != nil {
		return err
	}
	if err := os.MkdirAll(unfinished, 0o700); err != nil {
		return err
	}
	v := &Vault{id: c.ID, root: filepath.Dir(filepath.Dir(dir)), dir: unfinished, options: o}
	err := v.openDatabases(ctx)
	if err == nil {
		err = v.Save(ctx, c)
	}
	if err := errors.Join(err, v.closeDatabases()); err != nil {
		_ = os.RemoveAll(unfinished)
		return err
	}
	if err := errors.Join(syncDir(unfinished), rename(unfinished, dir)); err != nil {
		return err
	}
	return errors.Join(syncDir(filepath.Dir(dir)), syncDir(filepath.Dir(filepath.Dir(dir))))
}

// Open opens the vault of a client below root.
//
// Faults: Missing fault.vault_missing; Conflict fault.vault_in_use (Program,
// PID, Host, User, Since) and fault.vault_in_use_elsewhere, which
// Options.TakeOver overrules; Conflict fault.vault_newer; Conflict
// fault.vault_shared (Path, Cause), which Options.Shared overrules; Refused
// fault.vault_read_only; Refused fault.vault_setting; Damaged
// fault.vault_damaged, fault.vault_foreign, fault.vault_mismatch.
func Open(ctx context.Context, root, clientID string, o Options) (*Vault, error) {
	if err := checkClientID(clientID); err != nil {
		return nil, err
	}
	dir := vaultDir(root, clientID)
	if _, err := os.Stat(filepath.Join(dir, "vault.db")); errors.Is(err, fs.ErrNotExist) {
		return nil, &assess.Fault{Kind: assess.Missing, Key: "fault.vault_missing", Args: assess.Args{"Client": clientID}}
	}
	if err := checkPlace(dir, o.Shared); err != nil {
		return nil, err
	}
	v := &Vault{id: clientID, root: root, dir: dir, shelves: map[string]bool{}}
	err := v.open(ctx, o)
	if isDiskFull(err) {
		var freed bool
		if freed, err = freeBallast(root, err); freed {
			err = v.open(ctx, o)
		}
	}
	if err != nil {
		return nil, err
	}
	return v, nil
}

// open does all of Open on an existing folder, or nothing.
func (v *Vault) open(ctx context.Context, o Options) (err error) {
	if v.lock, err = takeLock(filepath.Join(v.dir, "lock"), o); err != nil {
		return explain(err, v.dir)
	}
	if err := v.begin(ctx, o); err != nil {
		return errors.Join(explain(fmt.Errorf("open vault: %w", err), v.dir), v.Close())
	}
	return nil
}

func (v *Vault) begin(ctx context.Context, o Options) (err error) {
	if v.options, err = o.complete(ctx, v.root); err != nil {
		return err
	}
	if err := v.openDatabases(ctx); err != nil {
		return err
	}
	if err := v.checkContent(ctx); err != nil {
		return err
	}
	if err := v.emptyTmp(); err != nil {
		return err
	}
	if err := layBallast(v.root); err != nil {
		return err
	}
	// Without room for a backup the user must still get at the data; the next
	// save says that the disk is full.
	if err := explain(v.backUpDaily(ctx), v.dir); !isDiskFull(err) {
		return err
	}
	return nil
}

func (v *Vault) openDatabases(ctx context.Context) (err error) {
	for _, sub := range []string{"objects", "backups", "tmp"} {
		if err := os.MkdirAll(filepath.Join(v.dir, sub), 0o700); err != nil {
			return err
		}
	}
	path := filepath.Join(v.dir, "vault.db")
	if v.write, err = openWriter(ctx, path); err != nil {
		return err
	}
	before := func(from int64) error { return v.backUp(ctx, "before-v"+itoa(from+1)) }
	if err := v.options.schema.migrate(ctx, v.write, before); err != nil {
		return err
	}
	v.read, err = openReader(path)
	return err
}

// checkContent refuses a damaged file and one that belongs to another client.
func (v *Vault) checkContent(ctx context.Context) error {
	const most = 64 << 20 // larger files wait for VerifyHistory
	info, err := os.Stat(filepath.Join(v.dir, "vault.db"))
	if err != nil {
		return err
	}
	if info.Size() <= most {
		found, err := problems(ctx, v.read, "quick_check(1)")
		if err != nil {
			return err
		}
		if len(found) > 0 {
			return &assess.Fault{Kind: assess.Damaged, Key: "fault.vault_damaged", Args: assess.Args{"Found": found[0]}}
		}
	}
	_, err = v.Client(ctx)
	if assess.KindOf(err) == assess.Missing {
		return &assess.Fault{Kind: assess.Damaged, Key: "fault.vault_mismatch", Args: assess.Args{"Client": v.id}, Err: err}
	}
	return err
}

// Close ends the work on the vault and frees its lock.
func (v *Vault) Close() error {
	return errors.Join(v.closeDatabases(), v.lock.free())
}

func (v *Vault) closeDatabases() error {
	var errs []error
	for _, db := range []**sql.DB{&v.read, &v.write} { // the writer last: it folds the WAL in
		if *db != nil {
			errs = append(errs, (*db).Close())
			*db = nil
		}
	}
	return errors.Join(errs...)
}

// checkClientID lets nothing but a UUID become the name of a folder.
func checkClientID(id string) error {
	u, err := uuid.Parse(id)
	if err != nil || u.String() != id {
		return &assess.Fault{Kind: assess.Invalid, Key: "fault.client_id", Args: assess.Args{"Client": id}}
	}
	return nil
}

// complete fills in what the caller left open.
func (o Options) complete(ctx context.Context, root string) (Options, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Actor == "" {
		o.Actor = userName()
	}
	if o.schema.files == nil {
		o.schema = schema{files: vaultFiles, dir: "migrations"}
	}
	if o.Device != "" {
		return o, nil
	}
	var err error
	o.Device, err = deviceOf(ctx, root)
	return o, err
}
