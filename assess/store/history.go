package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"fmt"
	"iter"
	"reflect"
	"sort"

	"mingpin/assess"
)

// A Filter chooses ops. Its zero value chooses all.
type Filter struct {
	Entity string // kind
	Key    string
	Change int64
	After  int64 // only ops behind this one
	Limit  int   // 0: no limit
}

// History returns ops in the order they were written.
func (v *Vault) History(ctx context.Context, f Filter) ([]Op, error) {
	ops, err := collect(opsOf(ctx, v.read, f.where()))
	return ops, v.mend(err)
}

// where names only what is asked for, so that SQLite can use its indexes.
func (f Filter) where() query {
	w := ask(`WHERE id > ?`, f.After)
	and := func(sql string, arg any) {
		w.sql += sql
		w.args = append(w.args, arg)
	}
	if f.Entity != "" {
		and(` AND entity = ?`, f.Entity)
	}
	if f.Key != "" {
		and(` AND "key" = ?`, f.Key)
	}
	if f.Change != 0 {
		and(` AND change = ?`, f.Change)
	}
	w.sql += ` ORDER BY id`
	if f.Limit > 0 {
		and(` LIMIT ?`, f.Limit)
	}
	return w
}

func opsOf(ctx context.Context, q querier, where query) iter.Seq2[Op, error] {
	return scan(ctx, q, query{`SELECT ` + opColumns + ` FROM op ` + where.sql, where.args}, scanOp)
}

// state is what a vault holds, by kind and key.
type state map[string]map[string]row

func newState() state {
	s := state{}
	for _, t := range tables {
		s[t.kind] = map[string]row{}
	}
	return s
}

// apply replays o and says what is wrong with it where it does not fit.
func (s state) apply(o Op) What {
	t := tableByKind[o.Entity]
	if t == nil {
		return Unknown
	}
	r, there := s[o.Entity][o.Key]
	if o.Field == "" {
		if o.New == "1" == there {
			return OldDiffers
		}
		if there {
			delete(s[o.Entity], o.Key)
		} else {
			s[o.Entity][o.Key] = t.zero()
		}
		return ""
	}
	i, known := t.byName[o.Field]
	if !known {
		return Unknown
	}
	if !there || r[i] != o.Old {
		return OldDiffers
	}
	r[i] = o.New
	return ""
}

// What names what is wrong with a history.
type What string

// What VerifyHistory finds.
const (
	Gap        What = "gap"         // an op is missing or its number is out of order
	Forged     What = "hash"        // an op was changed after it was written
	Unknown    What = "unknown"     // an op of a kind or field this program does not know
	OldDiffers What = "old"         // an op does not continue the one before it
	RowMissing What = "row-missing" // the replay has a row the table lacks
	RowExtra   What = "row-extra"   // the table has a row the replay lacks
	RowDiffers What = "row-differs" // table and replay differ in Field
	Integrity  What = "integrity"   // SQLite's own check complains: Detail
	TailCut    What = "tail"        // a witness knows more ops, or others
)

// A HistoryFault is one thing wrong with a vault's history.
type HistoryFault struct {
	What   What   `json:"what"`
	Op     int64  `json:"op,omitempty"`
	Entity string `json:"entity,omitempty"`
	Key    string `json:"key,omitempty"`
	Field  string `json:"field,omitempty"`
	Detail string `json:"detail,omitempty"`
}

// A HistoryReport is what VerifyHistory found.
type HistoryReport struct {
	Ops    int64          `json:"ops"`
	Head   string         `json:"head"` // hex
	Faults []HistoryFault `json:"faults"`
}

// OK reports whether nothing was found wrong.
func (r HistoryReport) OK() bool { return len(r.Faults) == 0 }

// VerifyHistory checks SQLite's pages, the chain of hashes, that ops have no
// gaps, and that the current rows are the replay of the ops. Witnesses are
// histories that others hold (from snapshots, printed volumes, packages): the
// chain alone does not show that its tail was cut off or rewritten.
func (v *Vault) VerifyHistory(ctx context.Context, witnesses ...assess.History) (HistoryReport, error) {
	var c historyCheck
	err := inTx(ctx, v.read, func(tx *sql.Tx) (bool, error) {
		c = historyCheck{ctx: ctx, tx: tx, state: newState(), hash: genesis(v.id), seqs: map[string]int64{}, witnesses: witnesses}
		return false, c.run()
	})
	return c.report, v.mend(err)
}

type historyCheck struct {
	ctx       context.Context
	tx        *sql.Tx
	state     state
	hash      [32]byte
	seqs      map[string]int64
	witnesses []assess.History
	report    HistoryReport
}

func (c *historyCheck) add(f HistoryFault) { c.report.Faults = append(c.report.Faults, f) }

func (c *historyCheck) run() error {
	c.report.Faults = []HistoryFault{}
	found, err := problems(c.ctx, c.tx, "integrity_check")
	if err != nil {
		return err
	}
	for _, f := range found {
		c.add(HistoryFault{What: Integrity, Detail: f})
	}
	for o, err := range opsOf(c.ctx, c.tx, ask(`ORDER BY id`)) {
		if err != nil {
			return err
		}
		c.op(o)
	}
	c.report.Head = hex.EncodeToString(c.hash[:])
	for _, w := range c.witnesses {
		if w.Ops > c.report.Ops {
			c.add(HistoryFault{What: TailCut, Op: w.Ops, Detail: w.Head})
		}
	}
	for _, t := range tables {
		if err := c.rows(t); err != nil {
			return err
		}
	}
	return nil
}

func (c *historyCheck) op(o Op) {
	fault := HistoryFault{Op: o.ID, Entity: o.Entity, Key: o.Key, Field: o.Field}
	note := func(w What) {
		fault.What = w
		c.add(fault)
	}
	if o.ID != c.report.Ops+1 || o.Seq != c.seqs[o.Device]+1 {
		note(Gap)
	}
	c.report.Ops, c.seqs[o.Device] = o.ID, o.Seq
	c.hash = o.chained(c.hash)
	if hex.EncodeToString(c.hash[:]) != o.Hash {
		note(Forged)
		c.rejoin(o.Hash)
	}
	if w := c.state.apply(o); w != "" {
		note(w)
	}
	for _, w := range c.witnesses {
		if w.Ops == o.ID && w.Head != o.Hash {
			note(TailCut)
		}
	}
}

// rejoin goes on from the hash as it is stored, so that one altered op is named
// once and not all that follow.
func (c *historyCheck) rejoin(stored string) {
	b, err := hex.DecodeString(stored)
	if err == nil {
		copy(c.hash[:], b)
	}
}

// rows compares a table with the replay.
func (c *historyCheck) rows(t *table) error {
	replayed := c.state[t.kind]
	for k, err := range scan(c.ctx, c.tx, ask(t.selectSQL(`ORDER BY "key"`)), t.scan) {
		if err != nil {
			return err
		}
		want, there := replayed[k.key]
		delete(replayed, k.key)
		if !there {
			c.add(HistoryFault{What: RowExtra, Entity: t.kind, Key: k.key})
			continue
		}
		for i, col := range t.columns {
			if k.row[i] != want[i] {
				c.add(HistoryFault{What: RowDiffers, Entity: t.kind, Key: k.key, Field: col.name})
			}
		}
	}
	for _, key := range sortedKeys(replayed) {
		c.add(HistoryFault{What: RowMissing, Entity: t.kind, Key: key})
	}
	return nil
}

func sortedKeys(m map[string]row) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// At returns the entities of the kind T as they stood right after op, sorted by
// key, by replaying the history up to there.
func At[T assess.Entity](ctx context.Context, v *Vault, op int64) ([]T, error) {
	var zero T
	t := tableByKind[zero.Kind()]
	s := newState()
	for o, err := range opsOf(ctx, v.read, ask(`WHERE id <= ? AND entity = ? ORDER BY id`, op, t.kind)) {
		if err != nil {
			return nil, v.mend(err)
		}
		if w := s.apply(o); w != "" {
			return nil, &assess.Fault{Kind: assess.Damaged, Key: "fault.vault_history", Args: assess.Args{"Op": itoa(o.ID), "What": string(w)}}
		}
	}
	list := []T{}
	for _, key := range sortedKeys(s[t.kind]) {
		var e T
		if err := t.decode(s[t.kind][key], reflect.ValueOf(&e).Elem()); err != nil {
			return nil, fmt.Errorf("read %s at op %d: %w", t.kind, op, err)
		}
		list = append(list, e)
	}
	return list, nil
}
