package store_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/assess"
	"mingpin/assess/store"
)

func evidence(id string, slots ...string) assess.Evidence {
	return assess.Evidence{ID: id, Digest: strings.Repeat("ab", 32), Name: id + ".pdf", Slots: slots}
}

// twoProducts is a client with an application for oil and one for flour.
func twoProducts(t *testing.T) *store.Vault {
	t.Helper()
	v := newVault(t)
	about := func(id, product string, slots ...string) assess.Evidence {
		e := evidence(id, slots...)
		e.Product = product
		return e
	}
	save(
		t, v,
		assess.Subject{ID: "site1", Class: "site", Name: "一厂"},
		assess.Subject{ID: "line-oil", Class: "line", Name: "油脂", Parent: "site1"},
		assess.Subject{ID: "oil", Class: "product", Name: "菜籽油", Parent: "line-oil"},
		assess.Subject{ID: "oil-5l", Class: "model", Name: "5L", Parent: "oil"},
		assess.Subject{ID: "flour", Class: "product", Name: "面粉"},
		assess.Subject{ID: "flour-1", Class: "model", Name: "特一", Parent: "flour"},
		assess.Fact{ID: "f-client", Concept: "turnover", Evidence: []string{"e-fact"}},
		assess.Fact{ID: "f-oil", Concept: "output", Subject: "oil-5l"},
		assess.Fact{ID: "f-flour", Concept: "output", Subject: "flour", Evidence: []string{"e-flour-fact"}},
		assess.Standard{ID: "s-own", Number: "Q/示例 0001S", Class: "enterprise"},
		assess.Standard{ID: "s-compared", Number: "GB/T 1536", Class: "recommended"},
		assess.Standard{ID: "s-flour", Number: "GB/T 1355", Class: "recommended"},
		assess.Application{
			ID: "app1", Programme: "tianfu", Version: "2025.12", Product: "oil", ProductName: "菜籽油",
			Standard: "s-own", Places: []string{"site1"},
		},
		assess.Application{ID: "app2", Programme: "tianfu", Version: "2025.12", Product: "flour", ProductName: "面粉", Standard: "s-flour"},
		assess.Finding{Application: "app1", Requirement: "r2", Evidence: []string{"e-finding"}},
		assess.Finding{Application: "app1", Requirement: "r1"},
		assess.Finding{Application: "app2", Requirement: "r1", Evidence: []string{"e-flour-finding"}},
		assess.Attestation{Application: "app1", Gate: "g1", Holds: true, By: "示例", On: "2026-05-01", Evidence: []string{"e-gate"}},
		assess.Indicator{
			ID: "i1", Application: "app1", Name: "酸价", Measured: assess.Measurement{Report: "e-report"},
			Comparators: []assess.Comparator{{Standard: "s-compared"}},
		},
		assess.Indicator{ID: "i2", Application: "app2", Name: "灰分", Measured: assess.Measurement{Report: "e-flour-report"}},
		evidence("e-fact"), evidence("e-finding"), evidence("e-gate"), evidence("e-report"),
		evidence("e-flour-fact"), evidence("e-flour-finding"), evidence("e-flour-report"),
		evidence("e-licence", "licence"), evidence("e-unsorted"),
		about("e-oil-slot", "菜籽油", "report"), about("e-flour-slot", "面粉", "report"), about("e-misprint", "菜仔油", "report"),
	)
	return v
}

func TestSnapshotHoldsWhatBelongsToTheApplication(t *testing.T) {
	t.Parallel()
	v := twoProducts(t)
	pack := assess.PackRef{ID: "tianfu", Version: "2025.12", Digest: "d"}
	s, err := v.Snapshot(t.Context(), "app1", pack, "zh-CN")
	mustNil(t, err)
	got := map[string]string{
		"subjects": keys(s.Subjects), "facts": keys(s.Facts), "standards": keys(s.Standards),
		"evidence": keys(s.Evidence), "findings": keys(s.Findings), "indicators": keys(s.Indicators),
		"attestations": keys(s.Attestations),
	}
	want := map[string]string{
		"subjects": "line-oil oil oil-5l site1", "facts": "f-client f-oil", "standards": "s-compared s-own",
		// A report with a misspelt product stays visible: the checks must see it.
		"evidence": "e-fact e-finding e-gate e-licence e-misprint e-oil-slot e-report",
		"findings": "app1/r1 app1/r2", "indicators": "i1", "attestations": "app1/g1",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if s.Format != assess.SnapshotFormat || s.Pack != pack || s.Locale != "zh-CN" || s.Date != "2026-05-04" {
		t.Errorf("head of the snapshot: %+v", s)
	}
	ops := history(t, v, store.Filter{})
	if want := (assess.History{Ops: int64(len(ops)), Head: ops[len(ops)-1].Hash}); s.History != want {
		t.Errorf("history = %+v, want %+v", s.History, want)
	}
	text, err := json.Marshal(s)
	mustNil(t, err)
	if bytes.Contains(text, []byte("null")) {
		t.Errorf("a list is absent: %s", text)
	}
}

func keys[T assess.Entity](list []T) string {
	var ks []string
	for _, e := range list {
		ks = append(ks, e.Key())
	}
	return strings.Join(ks, " ")
}

func TestSnapshotIsJudgedOnTheDeclarationsDate(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	save(t, v, assess.Declaration{Application: "app1", Number: "示例-1", On: "2026-06-30"})
	s, err := v.Snapshot(t.Context(), "app1", assess.PackRef{}, "zh-CN")
	mustNil(t, err)
	if s.Date != "2026-06-30" || s.Declaration.Number != "示例-1" {
		t.Errorf("date = %s, declaration = %+v", s.Date, s.Declaration)
	}
	if _, err := v.Snapshot(t.Context(), "app9", assess.PackRef{}, "zh-CN"); faultKey(err) != "fault.application_missing" {
		t.Errorf("an application that is not there: %v", err)
	}
}
