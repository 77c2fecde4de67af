package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"slices"
	"time"

	"mingpin/assess"
	"mingpin/assess/programme"
)

// Snapshot gathers everything an evaluation or a page of one application needs,
// as it stood at one moment: in one read transaction, every list sorted by key.
// Its date is that of the declaration, or today where none is set. History is
// the end of the vault's chain of ops.
//
// What belongs to the client is in it; what belongs to another product or
// application is not: see relevant.
func (v *Vault) Snapshot(ctx context.Context, application string, pack assess.PackRef, locale string) (assess.Snapshot, error) {
	var s assess.Snapshot
	err := inTx(ctx, v.read, func(tx *sql.Tx) (bool, error) {
		r := reader{ctx: ctx, tx: tx}
		s = r.snapshot(v.id, application)
		return false, r.err
	})
	if err != nil {
		return assess.Snapshot{}, v.mend(err)
	}
	s.Format, s.Pack, s.Locale, s.Date = assess.SnapshotFormat, pack, locale, s.Declaration.On
	if s.Date.IsZero() {
		s.Date = dateOf(v.now())
	}
	return s, nil
}

// reader reads several lists and keeps the first error.
type reader struct {
	ctx context.Context
	tx  *sql.Tx
	err error
}

func list[T assess.Entity](r *reader, application string) []T {
	if r.err != nil {
		return nil
	}
	var l []T
	l, r.err = all[T](r.ctx, r.tx, application)
	return l
}

func single[T assess.Entity](r *reader, key string) T {
	var e T
	if r.err == nil {
		e, r.err = one[T](r.ctx, r.tx, key)
	}
	return e
}

func (r *reader) snapshot(client, application string) assess.Snapshot {
	s := assess.Snapshot{
		Client:       single[assess.Client](r, client),
		Application:  single[assess.Application](r, application),
		Attestations: list[assess.Attestation](r, application),
		Thresholds:   list[assess.Threshold](r, application),
		Findings:     list[assess.Finding](r, application),
		Indicators:   list[assess.Indicator](r, application),
		Actions:      list[assess.Action](r, application),
		Reviews:      list[assess.Review](r, application),
		Signers:      list[assess.Signer](r, application),
		History:      r.history(client),
	}
	if ds := list[assess.Declaration](r, application); len(ds) > 0 {
		s.Declaration = ds[0]
	}
	all := relevant{
		snapshot:     &s,
		subjects:     list[assess.Subject](r, ""),
		facts:        list[assess.Fact](r, ""),
		standards:    list[assess.Standard](r, ""),
		evidence:     list[assess.Evidence](r, ""),
		applications: list[assess.Application](r, ""),
	}
	if r.err == nil {
		all.choose()
	}
	return s
}

func (r *reader) history(client string) assess.History {
	if r.err != nil {
		return assess.History{}
	}
	var h head
	h, r.err = readHead(r.ctx, r.tx, client)
	return assess.History{Ops: h.id, Head: hex.EncodeToString(h.hash[:])}
}

// relevant chooses from all of a client's records those of one application.
type relevant struct {
	snapshot     *assess.Snapshot
	subjects     []assess.Subject
	facts        []assess.Fact
	standards    []assess.Standard
	evidence     []assess.Evidence
	applications []assess.Application
}

func (r relevant) choose() {
	s := r.snapshot
	subjects := r.subjectIDs()
	s.Subjects = kept(r.subjects, func(x assess.Subject) bool { return subjects[x.ID] })
	s.Facts = kept(r.facts, func(x assess.Fact) bool { return x.Subject == "" || subjects[x.Subject] })
	standards := r.standardIDs()
	s.Standards = kept(r.standards, func(x assess.Standard) bool { return standards[x.ID] })
	used, foreign := r.evidenceIDs(), r.foreignProducts()
	s.Evidence = kept(r.evidence, func(x assess.Evidence) bool {
		return used[x.ID] || len(x.Slots) > 0 && !foreign[x.Product]
	})
}

// subjectIDs are the client's sites, and of products, lines and models the
// declared product with what is above and below it and what is above the
// producing sites.
func (r relevant) subjectIDs() map[string]bool {
	a := r.snapshot.Application
	parent := map[string]string{}
	keep := map[string]bool{}
	for _, x := range r.subjects {
		parent[x.ID] = x.Parent
		keep[x.ID] = x.Class == "site"
	}
	for _, id := range append([]string{a.Product}, a.Places...) {
		for _, up := range lineage(id, parent) {
			keep[up] = true
		}
	}
	for _, x := range r.subjects {
		if a.Product != "" && slices.Contains(lineage(x.ID, parent), a.Product) {
			keep[x.ID] = true
		}
	}
	return keep
}

// lineage is id and what it belongs to, upwards; a circle ends it.
func lineage(id string, parent map[string]string) []string {
	var line []string
	for ; id != "" && !slices.Contains(line, id); id = parent[id] {
		line = append(line, id)
	}
	return line
}

// standardIDs are the executed standard and those of the comparison table.
func (r relevant) standardIDs() map[string]bool {
	keep := map[string]bool{r.snapshot.Application.Standard: true}
	for _, i := range r.snapshot.Indicators {
		keep[i.Own.Standard] = true
		for _, c := range i.Comparators {
			keep[c.Standard] = true
		}
	}
	return keep
}

// evidenceIDs are what the application's records refer to.
func (r relevant) evidenceIDs() map[string]bool {
	keep := map[string]bool{}
	add := func(ids ...string) {
		for _, id := range ids {
			keep[id] = true
		}
	}
	for _, f := range r.snapshot.Findings {
		add(f.Evidence...)
	}
	for _, a := range r.snapshot.Attestations {
		add(a.Evidence...)
	}
	for _, f := range r.snapshot.Facts {
		add(f.Evidence...)
	}
	for _, i := range r.snapshot.Indicators {
		add(i.Measured.Report)
	}
	return keep
}

// foreignProducts are the products of the client's other applications. Evidence
// that fills a slot and is made out for one of them is not shown here.
func (r relevant) foreignProducts() map[string]bool {
	foreign := map[string]bool{}
	for _, a := range r.applications {
		foreign[a.ProductName] = true
	}
	delete(foreign, "")
	delete(foreign, r.snapshot.Application.ProductName)
	return foreign
}

// kept returns what fn wants of list, never nil.
func kept[T any](list []T, fn func(T) bool) []T {
	out := []T{}
	for _, x := range list {
		if fn(x) {
			out = append(out, x)
		}
	}
	return out
}

func dateOf(t time.Time) assess.Date { return programme.DateOf(t) }
