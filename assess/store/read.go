package store

import (
	"context"
	"database/sql"
	"reflect"

	"mingpin/assess"
)

// Client is the enterprise the vault belongs to.
func (v *Vault) Client(ctx context.Context) (assess.Client, error) {
	return One[assess.Client](ctx, v, v.id)
}

// Applications are all applications of the client, sorted by id.
func (v *Vault) Applications(ctx context.Context) ([]assess.Application, error) {
	return All[assess.Application](ctx, v, "")
}

// Application is the one with the id; without it the fault is Missing
// fault.application_missing.
func (v *Vault) Application(ctx context.Context, id string) (assess.Application, error) {
	return One[assess.Application](ctx, v, id)
}

// All returns the entities of the kind T (a struct, not a pointer), sorted by
// key: those of one application, or all where application is empty. Kinds that
// belong to the client and not to an application are returned whole.
func All[T assess.Entity](ctx context.Context, v *Vault, application string) ([]T, error) {
	list, err := all[T](ctx, v.read, application)
	return list, v.mend(err)
}

// One returns the entity of the kind T (a struct, not a pointer) under key. The
// fault is Missing fault.<kind>_missing.
func One[T assess.Entity](ctx context.Context, v *Vault, key string) (T, error) {
	e, err := one[T](ctx, v.read, key)
	return e, v.mend(err)
}

func all[T assess.Entity](ctx context.Context, q querier, application string) ([]T, error) {
	var zero T
	t := tableByKind[zero.Kind()]
	w := ask(t.selectSQL(`ORDER BY "key"`))
	if application != "" && t.application {
		w = query{t.selectSQL(`WHERE "application" = ? ORDER BY "key"`), []any{application}}
	}
	list := []T{}
	for k, err := range scan(ctx, q, w, t.scan) {
		if err != nil {
			return nil, err
		}
		var e T
		if err := t.decode(k.row, reflect.ValueOf(&e).Elem()); err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, nil
}

func one[T assess.Entity](ctx context.Context, q querier, key string) (T, error) {
	var e T
	t := tableByKind[e.Kind()]
	r, err := readRow(ctx, q, t, key)
	if err != nil {
		return e, err
	}
	if r == nil {
		return e, missing(t.kind, key)
	}
	return e, t.decode(r, reflect.ValueOf(&e).Elem())
}

func missing(kind, key string) error {
	return &assess.Fault{Kind: assess.Missing, Key: "fault." + kind + "_missing", Args: assess.Args{"Key": key}}
}

// readRow returns the row under key, or nil.
func readRow(ctx context.Context, q querier, t *table, key string) (row, error) {
	for k, err := range scan(ctx, q, ask(t.selectSQL(`WHERE "key" = ?`), key), t.scan) {
		return k.row, err
	}
	return nil, nil
}

// keyed is a row with its key.
type keyed struct {
	key string
	row row
}

// scan reads what selectSQL asks for.
func (t *table) scan(rows *sql.Rows) (keyed, error) {
	k := keyed{row: make(row, len(t.columns))}
	to := []any{&k.key}
	for i := range k.row {
		to = append(to, &k.row[i])
	}
	return k, rows.Scan(to...)
}
