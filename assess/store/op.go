package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"time"
)

// An Op is one change of one field, the unit of the vault's history. Ops are
// written in the same transaction as the rows they change and never altered.
// Two ops of a kind of their own have no field: New "1" brings the entity into
// being, Old "1" is its tombstone.
type Op struct {
	ID      int64     `json:"id"`     // place in this vault's chain, from 1
	Device  string    `json:"device"` // installation that made it
	Seq     int64     `json:"seq"`    // its number among the ops of that device, from 1
	Clock   int64     `json:"clock"`  // hybrid logical clock: milliseconds << 16 | counter
	At      time.Time `json:"at"`     // the device's own clock, UTC
	Actor   string    `json:"actor"`
	Change  int64     `json:"change"`            // id of the first op written together with it
	Reverts int64     `json:"reverts,omitempty"` // change that an undo or redo takes back
	Entity  string    `json:"entity"`
	Key     string    `json:"key"`
	Field   string    `json:"field,omitempty"`
	Old     string    `json:"old,omitempty"`
	New     string    `json:"new,omitempty"`
	Base    string    `json:"base,omitempty"` // device/seq of the op before it on the same field
	SignOff bool      `json:"signOff,omitempty"`
	Hash    string    `json:"hash"` // hex SHA-256 over the op and the hash before it
}

const (
	opDomain    = "mingpin-op-v1\x00"
	vaultDomain = "mingpin-vault-v1\x00"
	clockBits   = 16
)

// genesis is the hash before the first op, so that the history of one vault
// cannot stand in for another's.
func genesis(vault string) [32]byte { return sha256.Sum256([]byte(vaultDomain + vault)) }

// chained is the hash of o after an op with the hash prev: numbers as eight
// bytes, texts with their length before them, so that no two ops read alike.
func (o *Op) chained(prev [32]byte) [32]byte {
	b := make([]byte, 0, 512+len(o.Old)+len(o.New))
	b = append(b, opDomain...)
	b = append(b, prev[:]...)
	signOff := int64(0)
	if o.SignOff {
		signOff = 1
	}
	for _, n := range []int64{o.ID, o.Seq, o.Clock, o.At.UnixMilli(), o.Change, o.Reverts, signOff} {
		b = binary.BigEndian.AppendUint64(b, uint64(n))
	}
	for _, s := range []string{o.Device, o.Actor, o.Entity, o.Key, o.Field, o.Old, o.New, o.Base} {
		b = binary.BigEndian.AppendUint64(b, uint64(len(s)))
		b = append(b, s...)
	}
	return sha256.Sum256(b)
}

// head is the end of the chain.
type head struct {
	id    int64
	clock int64
	hash  [32]byte
}

// tick is the clock of the next op: never behind the one before it, whatever
// the computer's clock does.
func (h head) tick(now time.Time) int64 {
	return max(h.clock+1, now.UnixMilli()<<clockBits)
}

func readHead(ctx context.Context, q querier, vault string) (head, error) {
	h := head{hash: genesis(vault)}
	var hash []byte
	err := q.QueryRowContext(ctx, `SELECT id, clock, hash FROM op ORDER BY id DESC LIMIT 1`).Scan(&h.id, &h.clock, &hash)
	if err == sql.ErrNoRows {
		return h, nil
	}
	if err != nil {
		return head{}, err
	}
	copy(h.hash[:], hash)
	return h, nil
}

const opColumns = `id, device, seq, clock, at, actor, change, reverts, entity, "key", field, old, new, base, sign_off, hash`

func scanOp(rows *sql.Rows) (Op, error) {
	var o Op
	var at int64
	var hash []byte
	err := rows.Scan(&o.ID, &o.Device, &o.Seq, &o.Clock, &at, &o.Actor, &o.Change, &o.Reverts,
		&o.Entity, &o.Key, &o.Field, &o.Old, &o.New, &o.Base, &o.SignOff, &hash)
	o.At = time.UnixMilli(at).UTC()
	o.Hash = hex.EncodeToString(hash)
	return o, err
}
