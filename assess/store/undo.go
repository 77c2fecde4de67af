package store

import (
	"context"
	"database/sql"
	"fmt"

	"mingpin/assess"
)

// Undo takes back the last change that is not undone yet and returns the ops it
// wrote for that: an undo is a change of its own in the history, so it survives
// a restart and can be redone. With nothing to undo it is Conflict
// fault.nothing_to_undo. The first change, the making of the client, stays.
func (v *Vault) Undo(ctx context.Context) ([]Op, error) {
	return v.revert(ctx, "fault.nothing_to_undo", func(s stacks) []int64 { return s.undo })
}

// Redo takes back the last undo, unless something else was changed since:
// Conflict fault.nothing_to_redo.
func (v *Vault) Redo(ctx context.Context) ([]Op, error) {
	return v.revert(ctx, "fault.nothing_to_redo", func(s stacks) []int64 { return s.redo })
}

// Undoable reports whether Undo and Redo have something to do.
func (v *Vault) Undoable(ctx context.Context) (undo, redo bool, err error) {
	s, err := readStacks(ctx, v.read)
	return len(s.undo) > 0, len(s.redo) > 0, v.mend(err)
}

// stacks are the changes that can be undone and redone, the next at the end.
type stacks struct{ undo, redo []int64 }

// readStacks derives both from the history: an undo is a change that reverts
// another, a redo one that reverts an undo.
func readStacks(ctx context.Context, q querier) (stacks, error) {
	const firsts = `SELECT change, reverts FROM op WHERE id = change AND id > 1 ORDER BY id`
	var s stacks
	isUndo := map[int64]bool{}
	for pair, err := range scan(ctx, q, ask(firsts), func(rows *sql.Rows) (p [2]int64, err error) {
		return p, rows.Scan(&p[0], &p[1])
	}) {
		if err != nil {
			return stacks{}, err
		}
		change, reverts := pair[0], pair[1]
		switch {
		case reverts == 0:
			s.undo, s.redo = append(s.undo, change), nil
		case isUndo[reverts]:
			s.undo, s.redo = append(s.undo, change), pop(s.redo)
		default:
			isUndo[change] = true
			s.undo, s.redo = pop(s.undo), append(s.redo, change)
		}
	}
	return s, nil
}

func pop(s []int64) []int64 { return s[:max(0, len(s)-1)] }

func (v *Vault) revert(ctx context.Context, nothing string, which func(stacks) []int64) ([]Op, error) {
	var written int64
	// The change that is reverted is known only inside the transaction.
	err := v.change(ctx, 0, func(c *change) error {
		s, err := readStacks(ctx, c.tx)
		if err != nil {
			return err
		}
		stack := which(s)
		if len(stack) == 0 {
			return &assess.Fault{Kind: assess.Conflict, Key: nothing}
		}
		c.reverts = stack[len(stack)-1]
		written = c.id
		if err := c.takeBack(c.reverts); err != nil {
			return fmt.Errorf("revert change %d: %w", c.reverts, err)
		}
		return nil
	})
	if err != nil {
		return nil, v.mend(err)
	}
	return v.History(ctx, Filter{Change: written})
}

// takeBack brings every field that a change touched to what it was before.
func (c *change) takeBack(id int64) error {
	type entity struct{ kind, key string }
	touched := map[entity]map[string]bool{}
	var order []entity
	for o, err := range opsOf(c.ctx, c.tx, ask(`WHERE change = ? ORDER BY id`, id)) {
		if err != nil {
			return err
		}
		e := entity{o.Entity, o.Key}
		if touched[e] == nil {
			touched[e] = map[string]bool{}
			order = append(order, e)
		}
		touched[e][o.Field] = true
	}
	for _, e := range order {
		if err := c.restore(tableByKind[e.kind], e.key, id, touched[e]); err != nil {
			return err
		}
	}
	return nil
}

func (c *change) restore(t *table, key string, before int64, fields map[string]bool) error {
	then, err := c.rowBefore(t, key, before)
	if err != nil {
		return err
	}
	if fields[""] || then == nil {
		return c.put(t, key, then)
	}
	now, err := readRow(c.ctx, c.tx, t, key)
	if err != nil || now == nil {
		return err
	}
	for i, col := range t.columns {
		if fields[col.name] {
			now[i] = then[i]
		}
	}
	return c.put(t, key, now)
}

// rowBefore is the row under key as it stood before an op, or nil.
func (c *change) rowBefore(t *table, key string, op int64) (row, error) {
	s := newState()
	for o, err := range opsOf(c.ctx, c.tx, ask(`WHERE entity = ? AND "key" = ? AND id < ? ORDER BY id`, t.kind, key, op)) {
		if err != nil {
			return nil, err
		}
		s.apply(o)
	}
	return s[t.kind][key], nil
}
