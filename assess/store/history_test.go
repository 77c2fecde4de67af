package store_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/assess"
	"mingpin/assess/store"
)

// faultKey is the catalogue key of a fault, or "".
func faultKey(err error) string {
	var f *assess.Fault
	if errors.As(err, &f) {
		return f.Key
	}
	return ""
}

func history(t *testing.T, v *store.Vault, f store.Filter) []store.Op {
	t.Helper()
	ops, err := v.History(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return ops
}

func TestOnlyChangedFieldsBecomeOps(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	f := assess.Finding{Application: "app1", Requirement: "r1", Rating: "full"}
	save(t, v, f)
	last := len(history(t, v, store.Filter{}))

	save(t, v, f)
	if got := len(history(t, v, store.Filter{})); got != last {
		t.Errorf("saving the same wrote %d ops", got-last)
	}
	f.Statement, f.Rating = "已建立制度", "part"
	save(t, v, f)
	type change struct{ Field, Old, New, Base string }
	var got []change
	for _, o := range history(t, v, store.Filter{After: int64(last)}) {
		got = append(got, change{o.Field, o.Old, o.New, o.Base})
	}
	base := fmt.Sprintf("device-a/%d", last) // rating was the last field of the first save
	want := []change{{"rating", "full", "part", base}, {"statement", "", "已建立制度", ""}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestSaveIsAllOrNothing(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	before := len(history(t, v, store.Filter{}))
	good := assess.Finding{Application: "app1", Requirement: "r1", Rating: "full"}
	for name, tt := range map[string]struct {
		bad  assess.Entity
		want string
	}{
		"a fault of its own":             {assess.Finding{Application: "app1", Requirement: "r 2"}, "fault.bad_id"},
		"an application that is missing": {assess.Finding{Application: "app2", Requirement: "r2"}, "fault.application_missing"},
		"another client":                 {assess.Client{ID: "0190-other", Name: "示例"}, "fault.other_client"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := faultKey(v.Save(t.Context(), good, tt.bad)); got != tt.want {
				t.Errorf("fault = %q, want %q", got, tt.want)
			}
			if got := len(history(t, v, store.Filter{})); got != before {
				t.Errorf("%d ops were written", got-before)
			}
		})
	}
}

func TestSignOffsAreMarkedInTheHistory(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	save(t, v, assess.Signer{Application: "app1", Role: "quality-officer", Name: "示例"},
		assess.Declaration{Application: "app1", Number: "示例-1"},
		assess.Finding{Application: "app1", Requirement: "r1"})
	for _, o := range history(t, v, store.Filter{}) {
		want := o.Entity == assess.KindSigner || o.Entity == assess.KindDeclaration
		if o.SignOff != want {
			t.Errorf("op %d on %s: sign-off = %v", o.ID, o.Entity, o.SignOff)
		}
	}
}

func TestDeletedApplicationTakesItsRowsAndComesBack(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	f := assess.Finding{Application: "app1", Requirement: "r1", Rating: "full"}
	save(t, v, f, assess.Signer{Application: "app1", Role: "quality-officer", Name: "示例"})
	before := dump(t, v)
	if err := v.Delete(t.Context(), assess.Application{ID: "app1"}); err != nil {
		t.Fatal(err)
	}
	if fs, _ := store.All[assess.Finding](t.Context(), v, ""); len(fs) != 0 {
		t.Errorf("%d findings outlived their application", len(fs))
	}
	sound(t, v)
	if _, err := v.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(before, dump(t, v)); d != "" {
		t.Error(d)
	}
	if got := faultKey(v.Delete(t.Context(), assess.Client{ID: v.ID()})); got != "fault.client_delete" {
		t.Errorf("deleting the client: %q", got)
	}
}

// dump is everything the vault holds, as one text a kind.
func dump(t *testing.T, v *store.Vault) []string {
	t.Helper()
	return []string{
		dumpKind[assess.Client](t, v), dumpKind[assess.Application](t, v), dumpKind[assess.Finding](t, v),
		dumpKind[assess.Fact](t, v), dumpKind[assess.Evidence](t, v), dumpKind[assess.Signer](t, v),
	}
}

func dumpKind[T assess.Entity](t *testing.T, v *store.Vault) string {
	t.Helper()
	list, err := store.All[T](t.Context(), v, "")
	if err != nil {
		t.Fatal(err)
	}
	s, err := json.Marshal(list)
	if err != nil {
		t.Fatal(err)
	}
	return string(s)
}

// model is what undo and redo should lead to.
type model struct {
	now        []string
	undo, redo [][]string
}

func (m *model) changed(now []string) {
	if cmp.Equal(m.now, now) {
		return
	}
	m.undo, m.redo, m.now = append(m.undo, m.now), nil, now
}

// TestRowsAreTheReplayOfTheOps runs random saves, deletions, undos and redos,
// also over restarts, and compares with the model and with the replay.
func TestRowsAreTheReplayOfTheOps(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2) {
		luck := rand.New(rand.NewPCG(seed, 7))
		root := t.TempDir()
		v, err := store.Create(t.Context(), root, sampleClient(), options())
		if err != nil {
			t.Fatal(err)
		}
		m := &model{now: dump(t, v)}
		for n := range 150 {
			randomStep(t, v, m, luck)
			if d := cmp.Diff(m.now, dump(t, v)); d != "" {
				t.Fatalf("seed %d, step %d: %s", seed, n, d)
			}
			if n%40 == 39 {
				sound(t, v)
				v = reopen(t, v, root)
			}
		}
		sound(t, v)
		if err := v.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func reopen(t *testing.T, v *store.Vault, root string) *store.Vault {
	t.Helper()
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	w, err := store.Open(t.Context(), root, v.ID(), options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return w
}

func randomStep(t *testing.T, v *store.Vault, m *model, luck *rand.Rand) {
	t.Helper()
	switch luck.IntN(8) {
	case 0, 1:
		_, err := v.Undo(t.Context())
		if len(m.undo) == 0 {
			if faultKey(err) != "fault.nothing_to_undo" {
				t.Fatalf("undo without anything to undo: %v", err)
			}
			return
		}
		m.redo, m.now, m.undo = append(m.redo, m.now), m.undo[len(m.undo)-1], m.undo[:len(m.undo)-1]
		mustNil(t, err)
	case 2:
		_, err := v.Redo(t.Context())
		if len(m.redo) == 0 {
			if faultKey(err) != "fault.nothing_to_redo" {
				t.Fatalf("redo without anything to redo: %v", err)
			}
			return
		}
		m.undo, m.now, m.redo = append(m.undo, m.now), m.redo[len(m.redo)-1], m.redo[:len(m.redo)-1]
		mustNil(t, err)
	case 3:
		mustNil(t, v.Delete(t.Context(), randomEntities(luck, v.ID())[1:]...))
		m.changed(dump(t, v))
	default:
		mustNil(t, v.Save(t.Context(), randomEntities(luck, v.ID())...))
		m.changed(dump(t, v))
	}
}

func mustNil(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// randomEntities is the client and one to three more of a small set of keys, so
// that the same are met again.
func randomEntities(luck *rand.Rand, client string) []assess.Entity {
	pick := func(words ...string) string { return words[luck.IntN(len(words))] }
	c := sampleClient()
	c.ID, c.Profile = client, pick("", "简介一", "简介二")
	app := pick("app1", "app2")
	list := []assess.Entity{c, assess.Application{
		ID: app, Programme: "tianfu", Version: pick("2021.05", "2025.12"), Models: []string{pick("一级", "二级")},
	}}
	for range luck.IntN(3) {
		switch luck.IntN(4) {
		case 0:
			list = append(list, assess.Finding{
				Application: app, Requirement: pick("r1", "r2"), Rating: pick("", "full", "part"),
				Evidence: []string{"e1"}, Recheck: luck.IntN(2) == 0,
			})
		case 1:
			list = append(list, assess.Fact{ID: pick("f1", "f2"), Concept: "turnover", Year: 2023 + luck.IntN(3), Value: pick("1.0", "1.00")})
		case 2:
			list = append(list, assess.Signer{Application: app, Role: "quality-officer", Name: pick("示例甲", "示例乙")})
		case 3:
			list = append(list, assess.Fact{ID: "f3", Concept: "revoked", None: true, Period: assess.Span{From: "2023-01-01"}})
		}
	}
	return list
}

func TestPastMomentsCanBeRead(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	f := assess.Finding{Application: "app1", Requirement: "r1", Rating: "full"}
	save(t, v, f)
	then := int64(len(history(t, v, store.Filter{})))
	changed := f
	changed.Rating = "part"
	save(t, v, changed)
	mustNil(t, v.Delete(t.Context(), changed))
	got, err := store.At[assess.Finding](t.Context(), v, then)
	mustNil(t, err)
	if d := cmp.Diff([]assess.Finding{f}, got); d != "" {
		t.Error(d)
	}
}

// TestTamperingIsNamed changes the database behind the program's back.
func TestTamperingIsNamed(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		sql  string
		want store.What
	}{
		"a row edited":              {`UPDATE finding SET rating = 'part'`, store.RowDiffers},
		"a row deleted":             {`DELETE FROM finding`, store.RowMissing},
		"a row added":               {`INSERT INTO subject SELECT 'x','x','site','示例','','',''`, store.RowExtra},
		"an op edited":              {`UPDATE op SET new = 'part' WHERE field = 'rating'`, store.Forged},
		"an op's actor edited":      {`UPDATE op SET actor = '别人' WHERE id = 5`, store.Forged},
		"an op's time edited":       {`UPDATE op SET at = at + 1 WHERE id = 5`, store.Forged},
		"a sign-off mark edited":    {`UPDATE op SET sign_off = 1 WHERE id = 5`, store.Forged},
		"an op deleted":             {`DELETE FROM op WHERE id = 5`, store.Gap},
		"the tail of the ops cut":   {`DELETE FROM op WHERE entity = 'finding'; DELETE FROM finding`, store.TailCut},
		"two ops exchanged":         {`UPDATE op SET id = -id WHERE id IN (5, 6); UPDATE op SET id = 11 + id WHERE id < 0`, store.Forged},
		"an op of an unknown field": {`UPDATE op SET field = 'nothing' WHERE field = 'rating'`, store.Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			v := newVault(t)
			save(t, v, assess.Finding{Application: "app1", Requirement: "r1", Rating: "full"})
			s, err := v.Snapshot(t.Context(), "app1", assess.PackRef{}, "zh-CN")
			mustNil(t, err)
			damage(t, v, tt.sql)
			report, err := v.VerifyHistory(t.Context(), s.History)
			mustNil(t, err)
			found := false
			for _, f := range report.Faults {
				found = found || f.What == tt.want
			}
			if !found {
				t.Errorf("faults = %+v, want %s among them", report.Faults, tt.want)
			}
		})
	}
}

// damage takes away what protects the ops, as someone with a tool would.
func damage(t *testing.T, v *store.Vault, sql string) {
	t.Helper()
	const open = `DROP TRIGGER op_no_update; DROP TRIGGER op_no_delete; PRAGMA ignore_check_constraints = 1;`
	if _, err := v.Writer().ExecContext(t.Context(), open+sql); err != nil {
		t.Fatal(err)
	}
}

func TestOpsCannotBeChangedByAccident(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	for _, sql := range []string{`UPDATE op SET new = 'x'`, `DELETE FROM op`, `REPLACE INTO op SELECT * FROM op WHERE id = 1`} {
		if _, err := v.Writer().ExecContext(t.Context(), sql); err == nil {
			t.Errorf("%s went through", sql)
		}
	}
}

func TestClockNeverRunsBackwards(t *testing.T) {
	t.Parallel()
	v := newVault(t) // its clock stands still
	save(t, v, assess.Finding{Application: "app1", Requirement: "r1", Rating: "full"})
	last := int64(0)
	for _, o := range history(t, v, store.Filter{}) {
		if o.Clock <= last {
			t.Errorf("op %d: clock %d after %d", o.ID, o.Clock, last)
		}
		last = o.Clock
	}
}
