package assess_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/assess"
)

func canonical(t testing.TB, s assess.Snapshot) []byte {
	t.Helper()
	data, err := s.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestSnapshotSurvivesItsCanonicalForm(t *testing.T) {
	s := good(t, testPack(t))
	data := canonical(t, *s)
	back, err := assess.ParseSnapshot(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(data), string(canonical(t, back))); diff != "" {
		t.Errorf("parsed and written again (-first +second):\n%s", diff)
	}
	if bytes.Contains(data, []byte("null")) {
		t.Error("a list is null instead of empty")
	}
}

func TestEmptySnapshotHasEmptyLists(t *testing.T) {
	data := canonical(t, assess.Snapshot{})
	for _, list := range []string{`"facts":[]`, `"reviews":[]`, `"actions":[]`} {
		if !bytes.Contains(data, []byte(list)) {
			t.Errorf("no %s in %s", list, data)
		}
	}
}

func TestCanonicalFormDoesNotDependOnTheOrderOfLists(t *testing.T) {
	s := good(t, testPack(t))
	first, err := s.Digest()
	if err != nil {
		t.Fatal(err)
	}
	reverse(s)
	second, err := s.Digest()
	if err != nil {
		t.Fatal(err)
	}
	if first != second {
		t.Error("the digest changes with the order")
	}
	if s.Facts[0].ID == "since" {
		t.Error("the lists were not reversed, or the snapshot was changed")
	}
}

func reverse(s *assess.Snapshot) {
	slices.Reverse(s.Subjects)
	slices.Reverse(s.Facts)
	slices.Reverse(s.Standards)
	slices.Reverse(s.Attestations)
	slices.Reverse(s.Findings)
	slices.Reverse(s.Evidence)
	slices.Reverse(s.Indicators)
	slices.Reverse(s.Reviews)
	slices.Reverse(s.Signers)
}

func TestContentDigestCoversWhatIsVouchedFor(t *testing.T) {
	p := testPack(t)
	before := good(t, p).ContentDigest()
	for name, tt := range map[string]struct {
		change func(*assess.Snapshot)
		same   bool
	}{
		"a review":           {func(s *assess.Snapshot) { s.Reviews = nil }, true},
		"the history":        {func(s *assess.Snapshot) { s.History.Ops = 7 }, true},
		"an action":          {func(s *assess.Snapshot) { s.Actions = []assess.Action{{ID: "x"}} }, true},
		"a comment":          {func(s *assess.Snapshot) { s.Findings[0].Comment = "x" }, true},
		"the process state":  {func(s *assess.Snapshot) { s.Application.State = "s-draft" }, true},
		"a rating":           {func(s *assess.Snapshot) { s.Findings[0].Rating = "5" }, false},
		"the language":       {func(s *assess.Snapshot) { s.Locale = "en" }, true},
		"a digest":           {func(s *assess.Snapshot) { s.Evidence[0].Digest = strings.Repeat("a", 64) }, false},
		"a limit":            {func(s *assess.Snapshot) { s.Indicators[0].Own.Clause = "5.1" }, false},
		"the declared date":  {func(s *assess.Snapshot) { s.Date = "2026-06-02" }, false},
		"the pack's digest":  {func(s *assess.Snapshot) { s.Pack.Digest = "x" }, false},
		"a signer":           {func(s *assess.Snapshot) { s.Signers[0].Title = "x" }, false},
		"the declared place": {func(s *assess.Snapshot) { s.Declaration.Place = "x" }, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := good(t, p)
			tt.change(s)
			if same := s.ContentDigest() == before; same != tt.same {
				t.Errorf("same digest = %v, want %v", same, tt.same)
			}
		})
	}
}

// TestContentDigestIsFrozen holds the form ContentDigest is taken over: a
// change of it would take every approval in every vault back. The language is
// no part of it: showing the same content in another language changes nothing
// anybody vouched for.
func TestContentDigestIsFrozen(t *testing.T) {
	s := assess.Snapshot{Format: 1, Client: assess.Client{ID: "c", Name: "示例"}, Evidence: []assess.Evidence{{ID: "e"}}, Findings: []assess.Finding{{Requirement: "r"}}}
	const want = "e86535a5c712ab57db0732fd527d2a0f0e5368e07395efe1ec558855e3830864"
	if got := s.ContentDigest(); got != want {
		t.Errorf("ContentDigest = %s", got)
	}
}

func TestParseSnapshotRefusesWhatIsNotOne(t *testing.T) {
	valid := string(canonical(t, *good(t, testPack(t))))
	for name, tt := range map[string]struct {
		data  string
		key   string
		kind  assess.Kind
		place string
	}{
		"cut off":               {valid[:len(valid)/2], "fault.snapshot_json", assess.Damaged, ""},
		"nothing":               {"", "fault.snapshot_json", assess.Damaged, ""},
		"not UTF-8":             {"\xff\xfe", "fault.snapshot_not_text", assess.Hostile, ""},
		"something behind it":   {valid + "{}", "fault.snapshot_trailing", assess.Hostile, ""},
		"nested without end":    {strings.Repeat("[", 1000), "fault.snapshot_depth", assess.Hostile, "[0]"},
		"an unknown field":      {strings.Replace(valid, `"client":{`, `"client":{"extra":1,`, 1), "fault.snapshot_form", assess.Damaged, ""},
		"a field twice":         {strings.Replace(valid, `"client":{`, `"client":{"name":"x",`, 1), "fault.snapshot_twice", assess.Hostile, "client.name"},
		"a field in two cases":  {strings.Replace(valid, `"client":{`, `"client":{"NAME":"x",`, 1), "fault.snapshot_twice", assess.Hostile, "client.name"},
		"a number for a word":   {strings.Replace(valid, `"locale":"zh-CN"`, `"locale":1`, 1), "fault.snapshot_form", assess.Damaged, "locale"},
		"another format":        {strings.Replace(valid, `"format":1`, `"format":2`, 1), "fault.snapshot_format", assess.Invalid, ""},
		"an impossible date":    {strings.Replace(valid, `"date":"2026-06-01"`, `"date":"2026-02-30"`, 1), "fault.bad_date", assess.Invalid, ""},
		"a wrong check digit":   {strings.ReplaceAll(valid, "91510100MA6EXAMP0J", "91510100MA6EXAMP0K"), "fault.code_check", assess.Invalid, ""},
		"an id with a slash":    {strings.ReplaceAll(valid, `"id":"oil"`, `"id":"../oil"`), "fault.bad_id", assess.Invalid, ""},
		"two facts of one id":   {strings.ReplaceAll(valid, `"id":"since"`, `"id":"public"`), "fault.twice", assess.Invalid, ""},
		"another's application": {strings.Replace(valid, `"attestations":[{"application":"a1"`, `"attestations":[{"application":"a2"`, 1), "fault.other_application", assess.Conflict, ""},
		"a list without end":    {`{"facts":[` + strings.Repeat("0,", 100_000) + "0]}", "fault.snapshot_entries", assess.Hostile, "facts"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := assess.ParseSnapshot([]byte(tt.data))
			var f *assess.Fault
			if !errors.As(err, &f) {
				t.Fatalf("error = %v", err)
			}
			if f.Key != tt.key || f.Kind != tt.kind {
				t.Errorf("fault = %v (%s), want %s (%s)", f, f.Kind, tt.key, tt.kind)
			}
			if tt.place != "" && !strings.HasSuffix(f.Args["Place"], tt.place) {
				t.Errorf("place = %q, want %q", f.Args["Place"], tt.place)
			}
		})
	}
}

func TestParseSnapshotAcceptsOtherOrderAndSpaces(t *testing.T) {
	s := good(t, testPack(t))
	reverse(s)
	data, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	back, err := assess.ParseSnapshot(data)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(canonical(t, *s)), string(canonical(t, back))); diff != "" {
		t.Error(diff)
	}
}

func FuzzParseSnapshot(f *testing.F) {
	f.Add([]byte(`{"format":1}`))
	f.Add(canonical(f, *good(f, testPack(f))))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := assess.ParseSnapshot(data)
		if err != nil {
			return
		}
		if _, err := assess.ParseSnapshot(canonical(t, s)); err != nil {
			t.Errorf("what was read cannot be read again: %v", err)
		}
	})
}
