package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sort"

	"mingpin/assess"
)

// Save writes entities in one transaction: all of them or none. Each is checked
// first and all faults are returned joined. Only fields that differ from what
// the vault holds become ops; where nothing differs nothing is written. When
// Save returns nil, the change survives the loss of power.
//
// Faults besides those of Check: Missing fault.application_missing (Key)
// for an entity of an application that is not there; Conflict
// fault.other_client (Client, Want); Refused fault.disk_full, after which
// the ballast is free and a next Save has room.
func (v *Vault) Save(ctx context.Context, entities ...assess.Entity) error {
	var faults []error
	for _, e := range entities {
		faults = append(faults, v.check(e))
	}
	if err := errors.Join(faults...); err != nil {
		return err
	}
	err := v.change(ctx, 0, func(c *change) error {
		for _, e := range entities {
			if err := c.save(e); err != nil {
				return fmt.Errorf("save %s %s: %w", e.Kind(), e.Key(), err)
			}
		}
		return nil
	})
	return v.mend(err)
}

func (v *Vault) check(e assess.Entity) error {
	if e.Kind() == assess.KindClient && e.Key() != v.id {
		return &assess.Fault{Kind: assess.Conflict, Key: "fault.other_client", Args: assess.Args{
			"Client": e.Key(), "Want": v.id,
		}}
	}
	if tableByKind[e.Kind()] == nil {
		return fmt.Errorf("save: no table for %q", e.Kind())
	}
	return e.Check()
}

// Delete removes entities in one transaction and leaves a tombstone of each in
// the history, from which Undo brings them back. With an application goes all
// that belongs to it; evidence and facts belong to the client and stay. An
// entity that is not there is no fault. The client cannot be deleted: Conflict
// fault.client_delete.
func (v *Vault) Delete(ctx context.Context, entities ...assess.Entity) error {
	for _, e := range entities {
		if e.Kind() == assess.KindClient {
			return &assess.Fault{Kind: assess.Conflict, Key: "fault.client_delete"}
		}
	}
	err := v.change(ctx, 0, func(c *change) error {
		for _, e := range entities {
			if err := c.remove(e.Kind(), e.Key()); err != nil {
				return fmt.Errorf("delete %s %s: %w", e.Kind(), e.Key(), err)
			}
		}
		return nil
	})
	return v.mend(err)
}

// A change is one transaction of the one write path: rows and the ops that say
// what became of them.
type change struct {
	ctx     context.Context
	tx      prepared
	vault   *Vault
	id      int64 // of its first op
	reverts int64
	head    head
	seq     int64
	touched map[string]bool // applications that must be there at the end
}

const insertOp = `INSERT INTO op (` + opColumns + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

// change runs fn as one change. Without ops nothing is committed.
func (v *Vault) change(ctx context.Context, reverts int64, fn func(*change) error) error {
	return inTx(ctx, v.write, func(tx *sql.Tx) (bool, error) {
		c := &change{ctx: ctx, tx: prepared{tx, map[string]*sql.Stmt{}}, vault: v, reverts: reverts, touched: map[string]bool{}}
		if err := c.begin(); err != nil {
			return false, err
		}
		if err := fn(c); err != nil {
			return false, err
		}
		return c.head.id >= c.id, c.checkApplications()
	})
}

func (c *change) begin() (err error) {
	if c.head, err = readHead(c.ctx, c.tx, c.vault.id); err != nil {
		return err
	}
	c.id = c.head.id + 1
	const last = `SELECT coalesce(max(seq), 0) FROM op WHERE device = ?`
	return c.tx.QueryRowContext(c.ctx, last, c.vault.options.Device).Scan(&c.seq)
}

func (c *change) save(e assess.Entity) error {
	t := tableByKind[e.Kind()]
	r, err := t.encode(e)
	if err != nil {
		return err
	}
	return c.put(t, e.Key(), r)
}

// remove deletes one entity, and with an application its rows.
func (c *change) remove(kind, key string) error {
	if kind == assess.KindApplication {
		for _, t := range slices.Backward(tables) {
			if !t.application {
				continue
			}
			keys, err := column1(c.ctx, c.tx, ask(`SELECT "key" FROM "`+t.kind+`" WHERE "application" = ? ORDER BY "key"`, key))
			if err != nil {
				return err
			}
			for _, k := range keys {
				if err := c.put(t, k, nil); err != nil {
					return err
				}
			}
		}
	}
	return c.put(tableByKind[kind], key, nil)
}

// put makes r the row under key, or removes it where r is nil, and writes the
// ops of what differs.
func (c *change) put(t *table, key string, r row) error {
	old, err := readRow(c.ctx, c.tx, t, key)
	if err != nil {
		return err
	}
	if r == nil && old == nil || slices.Equal(old, r) && old != nil && r != nil {
		return nil
	}
	bases, err := c.bases(t.kind, key)
	if err != nil {
		return err
	}
	if err := c.log(t, key, bases, difference(t, old, r)); err != nil {
		return err
	}
	if r == nil {
		return c.tx.exec(c.ctx, t.deleteSQL(), key)
	}
	if t.application {
		c.touched[r[t.byName["application"]]] = true
	}
	args := []any{key}
	for _, s := range r {
		args = append(args, s)
	}
	return c.tx.exec(c.ctx, t.replaceSQL(), args...)
}

// A step is the part of an op that says what becomes of a field.
type step struct{ field, old, new string }

// difference lists the steps from old to r, either of which may be nil.
func difference(t *table, old, r row) []step {
	if r == nil {
		return []step{{"", "1", ""}}
	}
	var steps []step
	if old == nil {
		steps = append(steps, step{"", "", "1"})
		old = t.zero()
	}
	for i, c := range t.columns {
		if old[i] != r[i] {
			steps = append(steps, step{c.name, old[i], r[i]})
		}
	}
	return steps
}

// bases are the last ops on each field of an entity, as device/seq.
func (c *change) bases(kind, key string) (map[string]string, error) {
	const last = `SELECT field, device || '/' || seq, max(id) FROM op WHERE entity = ? AND "key" = ? GROUP BY field`
	bases := map[string]string{}
	for b, err := range scan(c.ctx, c.tx, ask(last, kind, key), func(rows *sql.Rows) (b [2]string, err error) {
		var id int64 // max(id) makes SQLite take the other columns from that row
		return b, rows.Scan(&b[0], &b[1], &id)
	}) {
		if err != nil {
			return nil, err
		}
		bases[b[0]] = b[1]
	}
	return bases, nil
}

func (c *change) log(t *table, key string, bases map[string]string, steps []step) error {
	now := c.vault.now()
	for _, s := range steps {
		c.seq++
		o := Op{
			ID: c.head.id + 1, Device: c.vault.options.Device, Seq: c.seq, Clock: c.head.tick(now), At: now,
			Actor: c.vault.options.Actor, Change: c.id, Reverts: c.reverts, Entity: t.kind, Key: key,
			Field: s.field, Old: s.old, New: s.new, Base: bases[s.field], SignOff: t.signOff,
		}
		hash := o.chained(c.head.hash)
		err := c.tx.exec(c.ctx, insertOp, o.ID, o.Device, o.Seq, o.Clock, now.UnixMilli(), o.Actor, o.Change, o.Reverts,
			o.Entity, o.Key, o.Field, o.Old, o.New, o.Base, o.SignOff, hash[:])
		if err != nil {
			return err
		}
		c.head = head{id: o.ID, clock: o.Clock, hash: hash}
	}
	return nil
}

// checkApplications names the first application that a written row belongs to
// and that is not there.
func (c *change) checkApplications() error {
	ids := make([]string, 0, len(c.touched))
	for id := range c.touched {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	for _, id := range ids {
		r, err := readRow(c.ctx, c.tx, tableByKind[assess.KindApplication], id)
		if err != nil {
			return err
		}
		if r == nil {
			return missing(assess.KindApplication, id)
		}
	}
	return nil
}
