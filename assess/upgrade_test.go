package assess

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/assess/programme"
)

var (
	refOld = PackRef{ID: "sample", Version: "0.9", Digest: "old"}
	refNew = PackRef{ID: "sample", Version: "1.0", Digest: "new"}
)

// planOfEveryFate has one requirement, gate and parameter for each fate.
func planOfEveryFate() programme.Upgrade {
	levels := []string{"0", "1", "2"}
	to := func(ids ...string) (list []programme.Target) {
		for _, id := range ids {
			list = append(list, programme.Target{ID: id, Levels: levels, Reasons: []string{"not-our-trade"}})
		}
		return list
	}
	u := programme.Upgrade{Programme: "sample", From: "0.9", To: "1.0"}
	for _, kind := range []struct{ name, letter string }{{"requirement", "r"}, {"gate", "g"}, {"parameter", "p"}, {"field", "f"}} {
		id := func(s string) string { return kind.letter + "-" + s }
		u.Items = append(u.Items,
			programme.Carry{Kind: kind.name, From: id("kept"), To: to(id("kept")), Fate: programme.FateKept},
			programme.Carry{Kind: kind.name, From: id("asked"), To: to(id("asked")), Fate: programme.FateRecheck, Recheck: true},
			programme.Carry{Kind: kind.name, From: id("old"), To: to(id("new")), Fate: programme.FateMoved},
			programme.Carry{Kind: kind.name, From: id("whole"), To: to(id("part-a"), id("part-b")), Fate: programme.FateSplit, Recheck: true},
			programme.Carry{Kind: kind.name, From: id("one"), To: to(id("both")), Fate: programme.FateMerged, Recheck: true},
			programme.Carry{Kind: kind.name, From: id("two"), To: to(id("both")), Fate: programme.FateMerged, Recheck: true},
			programme.Carry{Kind: kind.name, From: id("gone"), Fate: programme.FateArchived},
		)
	}
	return u
}

func answerOf(requirement, rating string) Finding {
	return Finding{Application: "a1", Requirement: requirement, Rating: rating, Statement: "说明 " + requirement, Evidence: []string{"e-" + requirement}}
}

func upgraded(t *testing.T, s Snapshot) (Snapshot, Receipt) {
	t.Helper()
	s.Pack = refOld
	out, receipt, err := ApplyUpgrade(s, planOfEveryFate(), refNew)
	if err != nil {
		t.Fatal(err)
	}
	return out, receipt
}

func TestUpgradeCarriesFindings(t *testing.T) {
	for name, c := range map[string]struct {
		before, live, archived []Finding
	}{
		"kept":                {[]Finding{answerOf("r-kept", "1")}, []Finding{answerOf("r-kept", "1")}, nil},
		"to be confirmed":     {[]Finding{answerOf("r-asked", "1")}, []Finding{{Application: "a1", Requirement: "r-asked", Rating: "1", Statement: "说明 r-asked", Evidence: []string{"e-r-asked"}, Recheck: true}}, nil},
		"archived":            {[]Finding{answerOf("r-gone", "1")}, []Finding{}, []Finding{answerOf("r-gone", "1")}},
		"unknown to the plan": {[]Finding{answerOf("r-never", "1")}, []Finding{}, []Finding{answerOf("r-never", "1")}},
		"a rating the new scale lacks": {
			[]Finding{answerOf("r-kept", "5")},
			[]Finding{{Application: "a1", Requirement: "r-kept", Statement: "说明 r-kept", Evidence: []string{"e-r-kept"}, Recheck: true}},
			[]Finding{answerOf("r-kept", "5")},
		},
		"a reason no longer accepted": {
			[]Finding{{Application: "a1", Requirement: "r-kept", NotApplicable: "too-small"}},
			[]Finding{{Application: "a1", Requirement: "r-kept", Recheck: true}},
			[]Finding{{Application: "a1", Requirement: "r-kept", NotApplicable: "too-small"}},
		},
		"merged takes the worse rating and all that was said": {
			[]Finding{answerOf("r-one", "2"), answerOf("r-two", "1")},
			[]Finding{{Application: "a1", Requirement: "r-both", Rating: "1", Statement: "说明 r-one\n说明 r-two", Evidence: []string{"e-r-one", "e-r-two"}, Recheck: true}},
			[]Finding{answerOf("r-one", "2"), answerOf("r-two", "1")},
		},
		"split goes to both": {
			[]Finding{answerOf("r-whole", "1")},
			[]Finding{
				{Application: "a1", Requirement: "r-part-a", Rating: "1", Statement: "说明 r-whole", Evidence: []string{"e-r-whole"}, Recheck: true},
				{Application: "a1", Requirement: "r-part-b", Rating: "1", Statement: "说明 r-whole", Evidence: []string{"e-r-whole"}, Recheck: true},
			},
			nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			out, receipt := upgraded(t, Snapshot{Findings: c.before})
			if diff := cmp.Diff(c.live, out.Findings); diff != "" {
				t.Errorf("live (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.archived, receipt.Archived.Findings); diff != "" {
				t.Errorf("archived (-want +got):\n%s", diff)
			}
		})
	}
}

func TestUpgradeNeverCarriesASignOffToOtherWords(t *testing.T) {
	at := func(gate string) Attestation {
		return Attestation{Application: "a1", Gate: gate, Holds: true, By: "王某"}
	}
	out, receipt := upgraded(t, Snapshot{Attestations: []Attestation{
		at("g-kept"), at("g-asked"), at("g-old"), at("g-whole"), at("g-one"), at("g-two"), at("g-gone"),
	}})
	if diff := cmp.Diff([]Attestation{at("g-kept"), at("g-new")}, out.Attestations); diff != "" {
		t.Errorf("live (-want +got):\n%s", diff)
	}
	if got := len(receipt.Archived.Attestations); got != 5 {
		t.Errorf("%d archived, want 5", got)
	}
	want := []string{"g-asked", "g-both", "g-part-a", "g-part-b"}
	if diff := cmp.Diff(want, receipt.Recheck); diff != "" {
		t.Errorf("recheck (-want +got):\n%s", diff)
	}
}

func TestUpgradeCarriesTheApplication(t *testing.T) {
	u := planOfEveryFate()
	u.Items = append(u.Items,
		programme.Carry{Kind: "track", From: "self", To: []programme.Target{{ID: "self-declaration"}}, Fate: programme.FateMoved},
		programme.Carry{Kind: "state", From: "county", Fate: programme.FateArchived},
		programme.Carry{Kind: "slot", From: "report", To: []programme.Target{{ID: "test-report"}}, Fate: programme.FateMoved},
	)
	before := Snapshot{
		Pack:        refOld,
		Application: Application{Version: "0.9", Track: "self", State: "county", Form: map[string]string{"f-old": "甲", "f-gone": "乙", "f-one": "丙", "f-two": "丁"}},
		Evidence:    []Evidence{{ID: "e1", Slots: []string{"report"}}},
		Actions:     []Action{{ID: "x1", Target: "r-old"}, {ID: "x2", Target: "r-gone"}},
	}
	out, receipt, err := ApplyUpgrade(before, u, refNew)
	if err != nil {
		t.Fatal(err)
	}
	want := Application{Version: "1.0", Track: "self-declaration", Form: map[string]string{"f-new": "甲", "f-both": "丙"}}
	if diff := cmp.Diff(want, out.Application); diff != "" {
		t.Errorf("application (-want +got):\n%s", diff)
	}
	archived := Archive{State: "county", Form: map[string]string{"f-gone": "乙", "f-two": "丁"}}
	if diff := cmp.Diff(archived, receipt.Archived); diff != "" {
		t.Errorf("archived (-want +got):\n%s", diff)
	}
	if got := out.Evidence[0].Slots; !slices.Equal(got, []string{"report", "test-report"}) {
		t.Errorf("slots %v", got)
	}
	if out.Actions[0].Target != "r-new" || out.Actions[1].Target != "r-gone" {
		t.Errorf("actions %v", out.Actions)
	}
	if before.Application.Form["f-old"] != "甲" || before.Evidence[0].Slots[0] != "report" || len(before.Evidence[0].Slots) != 1 || before.Actions[0].Target != "r-old" {
		t.Error("the snapshot before was changed")
	}
	if out.Pack != refNew || receipt.From != refOld || receipt.To != refNew {
		t.Error("the packs are not recorded")
	}
}

// TestUpgradeLosesNothing tries random sets of answers: each is live with its
// content, or archived as it was.
func TestUpgradeLosesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	names := []string{"kept", "asked", "old", "whole", "one", "two", "gone", "never"}
	ratings := []string{"", "0", "1", "2", "5"}
	for round := range 300 {
		var s Snapshot
		for _, name := range names {
			if random.IntN(3) == 0 {
				continue
			}
			f := answerOf("r-"+name, ratings[random.IntN(len(ratings))])
			f.Statement = fmt.Sprintf("说明 %s %d", name, round)
			if f.Rating == "" && random.IntN(2) == 0 {
				f.NotApplicable = []string{"not-our-trade", "too-small"}[random.IntN(2)]
			}
			s.Findings = append(s.Findings, f)
			s.Attestations = append(s.Attestations, Attestation{Application: "a1", Gate: "g-" + name, By: f.Statement})
			s.Thresholds = append(s.Thresholds, Threshold{Application: "a1", Parameter: "p-" + name, Value: itoa(random.IntN(9))})
		}
		out, receipt := upgraded(t, s)
		for _, f := range s.Findings {
			kept := slices.ContainsFunc(out.Findings, func(g Finding) bool { return sameAnswer(f, g) })
			if !kept && !slices.ContainsFunc(receipt.Archived.Findings, func(g Finding) bool { return cmp.Equal(f, g) }) {
				t.Fatalf("lost %+v\nlive %+v\narchived %+v", f, out.Findings, receipt.Archived.Findings)
			}
		}
		if got := len(out.Attestations) + len(receipt.Archived.Attestations); got != len(s.Attestations) {
			t.Fatalf("%d attestations became %d", len(s.Attestations), got)
		}
		if got := len(out.Thresholds) + len(receipt.Archived.Thresholds); got != len(s.Thresholds) {
			t.Fatalf("%d thresholds became %d", len(s.Thresholds), got)
		}
		if !slices.IsSortedFunc(out.Findings, func(a, b Finding) int { return strings.Compare(a.Key(), b.Key()) }) {
			t.Fatal("findings are not sorted by key")
		}
	}
}

func sameAnswer(f, g Finding) bool {
	g.Requirement, g.Recheck = f.Requirement, f.Recheck
	return cmp.Equal(f, g)
}

func TestUpgradeWithAForeignPlanIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ have, to PackRef }{
		"another version":   {PackRef{ID: "sample", Version: "0.8"}, refNew},
		"another programme": {PackRef{ID: "other", Version: "0.9"}, refNew},
		"another target":    {refOld, PackRef{ID: "sample", Version: "2.0"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := ApplyUpgrade(Snapshot{Pack: c.have}, planOfEveryFate(), c.to)
			var f *Fault
			if !errors.As(err, &f) || f.Kind != Conflict || f.Args["Have"] == "" {
				t.Errorf("got %v", err)
			}
		})
	}
}
