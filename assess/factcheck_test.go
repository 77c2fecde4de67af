package assess_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/assets"
)

func registry(t testing.TB) programme.Concepts {
	t.Helper()
	reg, err := programme.LoadConcepts(assets.Concepts())
	if err != nil {
		t.Fatal(err)
	}
	return reg
}

func TestFactsAreCheckedByTheirConcept(t *testing.T) {
	reg := registry(t)
	none := func(from, to assess.Date) assess.Fact {
		return assess.Fact{Concept: "incident-major", None: true, Period: assess.Span{From: from, To: to}}
	}
	for name, tt := range map[string]struct {
		fact assess.Fact
		want []string
	}{
		"a date":                          {assess.Fact{Concept: "operating.since", Value: "2010-03-01"}, nil},
		"a date not in the calendar":      {assess.Fact{Concept: "operating.since", Value: "2025-02-30"}, []string{"fact_date fact/f/value"}},
		"a date too long ago":             {assess.Fact{Concept: "operating.since", Value: "1899-12-31"}, []string{"fact_date_range fact/f/value"}},
		"a date too far ahead":            {assess.Fact{Concept: "operating.since", Value: "2101-01-01"}, []string{"fact_date_range fact/f/value"}},
		"a date with a year":              {assess.Fact{Concept: "operating.since", Value: "2010-03-01", Year: 2024}, []string{"fact_not_yearly fact/f/year"}},
		"no value":                        {assess.Fact{Concept: "operating.since"}, []string{"fact_empty fact/f/value"}},
		"yes":                             {assess.Fact{Concept: "province.site", Value: "true"}, nil},
		"maybe":                           {assess.Fact{Concept: "province.site", Value: "maybe"}, []string{"fact_boolean fact/f/value"}},
		"yes in capitals":                 {assess.Fact{Concept: "province.site", Value: "TRUE"}, []string{"fact_boolean fact/f/value"}},
		"a code":                          {assess.Fact{Concept: "quality-award.level", Value: "none"}, nil},
		"no such code":                    {assess.Fact{Concept: "quality-award.level", Value: "foo"}, []string{"fact_code fact/f/value"}},
		"persons":                         {assess.Fact{Concept: "employees", Year: 2025, Value: "120"}, nil},
		"persons with a unit":             {assess.Fact{Concept: "employees", Year: 2025, Value: "120人"}, []string{"fact_count fact/f/value"}},
		"half a person":                   {assess.Fact{Concept: "employees", Year: 2025, Value: "1.5"}, []string{"fact_count fact/f/value"}},
		"fewer than no persons":           {assess.Fact{Concept: "employees", Year: 2025, Value: "-1"}, []string{"fact_count fact/f/value"}},
		"full-width digits":               {assess.Fact{Concept: "employees", Year: 2025, Value: "１２０"}, []string{"fact_count fact/f/value"}},
		"a figure of a year":              {assess.Fact{Concept: "revenue", Year: 2025, Value: "8200.50", Unit: "万元"}, nil},
		"a loss":                          {assess.Fact{Concept: "net-profit", Year: 2025, Value: "-12", Unit: "10*4.{CNY}"}, nil},
		"a figure without year":           {assess.Fact{Concept: "revenue", Value: "8200", Unit: "万元"}, []string{"fact_yearly fact/f/year"}},
		"a figure of another age":         {assess.Fact{Concept: "revenue", Year: 1948, Value: "8200", Unit: "万元"}, []string{"fact_year fact/f/year"}},
		"a figure with separators":        {assess.Fact{Concept: "revenue", Year: 2025, Value: "8,200", Unit: "万元"}, []string{"fact_number fact/f/value"}},
		"a figure without unit":           {assess.Fact{Concept: "revenue", Year: 2025, Value: "8200"}, []string{"fact_unit fact/f/unit"}},
		"a figure in a foreign unit":      {assess.Fact{Concept: "revenue", Year: 2025, Value: "8200", Unit: "kg"}, []string{"fact_unit fact/f/unit"}},
		"all of a share":                  {assess.Fact{Concept: "local-supply", Year: 2025, Value: "100", Unit: "%"}, nil},
		"more than all":                   {assess.Fact{Concept: "local-supply", Year: 2025, Value: "150", Unit: "%"}, []string{"fact_percent fact/f/value"}},
		"less than nothing":               {assess.Fact{Concept: "local-supply", Year: 2025, Value: "-0.1", Unit: "%"}, []string{"fact_percent fact/f/value"}},
		"a share per mille":               {assess.Fact{Concept: "local-supply", Year: 2025, Value: "1001", Unit: "‰"}, []string{"fact_percent fact/f/value"}},
		"none of what is no event":        {assess.Fact{Concept: "province.site", None: true, Period: assess.Span{From: "2020-01-01"}}, []string{"fact_none fact/f/none"}},
		"an event":                        {assess.Fact{Concept: "incident-major", Value: "2024-05-01"}, nil},
		"an event within a period":        {assess.Fact{Concept: "incident-major", Period: assess.Span{From: "2024-05-01", To: "2024-05-03"}}, nil},
		"none since":                      {none("2020-01-01", ""), nil},
		"an event of neither form":        {assess.Fact{Concept: "incident-major"}, []string{"fact_event fact/f/value"}},
		"since, without saying none":      {assess.Fact{Concept: "incident-major", Period: assess.Span{From: "2020-01-01"}}, []string{"fact_event fact/f/value"}},
		"none at no time":                 {none("", ""), []string{"fact_event fact/f/period.from"}},
		"none in a period run backwards":  {none("2024-01-02", "2024-01-01"), []string{"fact_period fact/f/period.to"}},
		"an event on no day":              {assess.Fact{Concept: "incident-major", Value: "去年"}, []string{"fact_date fact/f/value"}},
		"several faults in one statement": {assess.Fact{Concept: "revenue", Value: "约一百", Unit: "万元", Period: assess.Span{To: "2024-13-01"}}, []string{"fact_yearly fact/f/year", "fact_date fact/f/period.to", "fact_number fact/f/value"}},
	} {
		t.Run(name, func(t *testing.T) {
			tt.fact.ID = "f"
			if diff := cmp.Diff(tt.want, faultsIn(assess.CheckFact(reg[tt.fact.Concept], tt.fact))); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

// CheckFact takes every number without a unit for a count; this holds the
// registry to it.
func TestNumbersOfTheRegistryAreCounts(t *testing.T) {
	for id, c := range registry(t) {
		name := c.Name["zh-CN"]
		if c.Type == programme.Number && !strings.HasSuffix(name, "数") && !strings.HasSuffix(name, "排名") {
			t.Errorf("%s (%s) is a number but no count", id, name)
		}
	}
}

func TestChoicesAreNamed(t *testing.T) {
	err := assess.CheckFact(registry(t)["quality-award.level"], assess.Fact{ID: "f", Value: "foo"})
	var f *assess.Fault
	if !errors.As(err, &f) || f.Args["Codes"] != "national, provincial, provincial-nomination, municipal, none" {
		t.Errorf("fault = %v", err)
	}
}

func TestFactsReferToWhatIsThere(t *testing.T) {
	subjects, evidence := []assess.Subject{{ID: "oil", Name: "示例菜籽油"}}, []assess.Evidence{{ID: "audit"}}
	if err := assess.CheckFactRefs(assess.Fact{ID: "f", Subject: "oil", Evidence: []string{"audit"}}, subjects, evidence); err != nil {
		t.Error(err)
	}
	err := assess.CheckFactRefs(assess.Fact{ID: "f", Subject: "tea", Evidence: []string{"audit", "tax"}}, subjects, evidence)
	if diff := cmp.Diff([]string{"fact_subject fact/f/subject", "fact_evidence fact/f/evidence"}, faultsIn(err)); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	var f *assess.Fault
	if errors.As(err, &f); f.Args["Known"] != "oil 示例菜籽油" || f.Kind != assess.Missing {
		t.Errorf("fault = %v", f)
	}
}

func TestNoneAndHappenedContradict(t *testing.T) {
	none := assess.Fact{ID: "none", Concept: "incident-major", None: true, Period: assess.Span{From: "2020-01-01", To: "2024-12-31"}}
	on := func(id string, d string) assess.Fact { return assess.Fact{ID: id, Concept: "incident-major", Value: d} }
	for name, tt := range map[string]struct {
		others []assess.Fact
		faults int
	}{
		"within the time":          {[]assess.Fact{on("a", "2024-12-31")}, 1},
		"before it":                {[]assess.Fact{on("a", "2019-12-31")}, 0},
		"after it":                 {[]assess.Fact{on("a", "2025-01-01")}, 0},
		"about something else":     {[]assess.Fact{{ID: "a", Concept: "incident-major", Subject: "site", Value: "2022-01-01"}}, 0},
		"the fact it replaces":     {[]assess.Fact{on("none", "2022-01-01")}, 0},
		"over an overlapping time": {[]assess.Fact{{ID: "a", Concept: "incident-major", Period: assess.Span{From: "2019-01-01", To: "2020-01-01"}}}, 1},
		"twice":                    {[]assess.Fact{on("a", "2020-01-01"), on("b", "2021-01-01")}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			if got := faultsIn(assess.CheckFactAgainst(none, tt.others)); len(got) != tt.faults {
				t.Errorf("faults = %v", got)
			}
			for _, o := range tt.others {
				same := assess.CheckFactAgainst(o, []assess.Fact{none}) != nil
				if same != (tt.faults > 0) {
					t.Errorf("seen from the other side: %v", same)
				}
			}
		})
	}
}
