package programme

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// table is an Env over plain data.
type table struct {
	date    Date
	attrs   map[string]string
	facts   map[string][]Fact
	params  map[string]string
	figures map[string]string
}

func (e *table) Date() Date                   { return e.date }
func (e *table) Facts(concept string) []Fact  { return e.facts[concept] }
func (e *table) Attr(p string) (string, bool) { v, ok := e.attrs[p]; return v, ok }

func (e *table) Param(id string) (string, bool) { v, ok := e.params[id]; return v, ok }

func (e *table) Figure(name string) (string, bool) { v, ok := e.figures[name]; return v, ok }

func yearly(concept string, last int, values ...string) []Fact {
	var list []Fact
	for i, v := range values {
		list = append(list, Fact{Concept: concept, Type: Amount, Value: v, Unit: "10*4.{CNY}", Year: last - i})
	}
	return list
}

func enterprise() *table {
	return &table{
		date: "2026-03-15",
		attrs: map[string]string{
			"application.object": "product", "application.track": "self-declaration", "client.region": "510107",
			"client.employees": "312", "application.brand_expires": "2031-06-20",
		},
		facts: map[string][]Fact{
			"founded": {{Concept: "founded", Type: Day, Value: "2019-03-15"}},
			"revenue": yearly("revenue", 2025, "3000", "2500", "2000.00"),
			"rd":      yearly("rd", 2025, "100", "80", "60"),
			"profit":  yearly("profit", 2025, "5", "-1", "-2", "4", "-3"),
			"incident": {
				{Concept: "incident", Type: Event, None: true, Period: Span{From: "2024-06-01"}},
				{Concept: "incident", Type: Event, None: true, Period: Span{From: "2022-01-01", To: "2024-05-31"}},
			},
			"standard.published_on": {{Concept: "standard.published_on", Type: Day, Value: "2025-12-15"}},
			"award.held":            {{Concept: "award.held", Type: Boolean, Value: "true"}},
			"award.level":           {{Concept: "award.level", Type: Code, Value: "provincial"}},
			"staff":                 {{Concept: "staff", Type: Number, Value: "312"}},
		},
		figures: map[string]string{
			"score": "82.50", "proven": "0.95", "conforming": "1", "gates_failed": "0", "gates_unknown": "1", "blocks": "0",
		},
	}
}

// decide compiles a condition as one of the sample pack's and runs it.
func decide(t testing.TB, condition string, env Env) Truth {
	t.Helper()
	p := samplePack(t)
	prepare(t, p, condition)
	return p.Truth(condition, env)
}

func prepare(t testing.TB, p *Pack, conditions ...string) {
	t.Helper()
	d := dialect{reg: concepts(t), pack: p, figures: true, concepts: map[string]bool{}}
	for _, c := range conditions {
		program, w := d.compile(c)
		if w != nil {
			t.Fatalf("%s: %v", c, w)
		}
		p.compiled.programs[c] = program
	}
	for id := range d.concepts {
		p.Concepts[id] = d.reg[id]
	}
}

func TestTruth(t *testing.T) {
	for _, c := range []struct {
		condition string
		want      State
		missing   string // concepts, comma-separated
	}{
		{"true", Holds, ""},
		{"fact('staff') == 312", Holds, ""},
		{"fact('staff') == decimal('312.0')", Holds, ""},
		{"fact('staff') != 312", Fails, ""},
		{"fact('staff') < decimal('312.01') && fact('staff') > 311", Holds, ""},
		{"312 <= fact('staff') && 312 >= fact('staff')", Holds, ""},
		{"fact('staff') * 2 - 4 == 620", Holds, ""},
		{"fact('staff') / 3 == 104", Holds, ""},
		{"-fact('staff') < 0", Holds, ""},
		{"decimal('0.1') + decimal('0.2') == decimal('0.3')", Holds, ""},
		{"fact('award.held')", Holds, ""},
		{"fact('award.held') == true", Holds, ""},
		{"!fact('award.held')", Fails, ""},
		{"fact('award.level') == 'provincial'", Holds, ""},
		{"fact('award.level') in ['national', 'provincial']", Holds, ""},
		{"fact('award.level') in ['national']", Fails, ""},
		{"fact('award.held') ? fact('award.level') == 'national' : true", Fails, ""},
		{"client.region.startsWith('51')", Holds, ""},
		{"client.region.startsWith('37')", Fails, ""},
		{"client.scale == 'large'", Unknown, "client.scale"},
		{"client.employees >= 300", Holds, ""},
		{"application.brand_expires >= declaration_date", Holds, ""},
		{"standard.class == 'enterprise'", Unknown, "standard.class"},

		// three values
		{"true || client.scale == 'large'", Holds, ""},
		{"client.scale == 'large' || true", Holds, ""},
		{"false && client.scale == 'large'", Fails, ""},
		{"client.scale == 'large' && false", Fails, ""},
		{"true && client.scale == 'large'", Unknown, "client.scale"},
		{"!(client.scale == 'large')", Unknown, "client.scale"},
		{"client.scale == 'large' && standard.class == 'x'", Unknown, "client.scale,standard.class"},
		{"client.scale == standard.class", Unknown, "client.scale,standard.class"},
		{"client.scale == 'large' ? true : false", Unknown, "client.scale"},

		// years
		{"fact('revenue') == 3000", Holds, ""},
		{"fact('revenue', 2024) == 2500", Holds, ""},
		{"fact('revenue', declaration_date.year - 1) == 3000", Holds, ""},
		{"fact('revenue', declaration_date.year) > 0", Unknown, "revenue"},
		{"declaration_date.year == 2026 && declaration_date.year - 6 < 2021", Holds, ""},
		{"mean('revenue', 3) == 2500", Holds, ""},
		{"mean('revenue', 3) == mean('revenue', param('min-years'))", Holds, ""},
		{"mean('revenue', 4) > 0", Unknown, "revenue"},
		{"sum('rd', 3) == 240", Holds, ""},
		{"ratio('rd', 'revenue', 3) == decimal('0.032')", Holds, ""},
		{"ratio('rd', 'revenue', 3) > decimal('0.0319999999') && ratio('rd', 'revenue', 3) < decimal('0.0320000001')", Holds, ""},
		{"ratio('rd', 'revenue', 5) > 0", Unknown, "rd,revenue"},
		{"growing('revenue', 3)", Holds, ""},
		{"growing('profit', 5)", Fails, ""},
		{"growing('revenue', 5)", Unknown, "revenue"},
		{"run_below('profit', 5, 0) == 2", Holds, ""},
		{"run_below('profit', 5, decimal('4.5')) == 4", Holds, ""},
		{"run_below('profit', 6, 0) < 2", Unknown, "profit"},
		{"years('revenue') == 3", Holds, ""},
		{"years('founded') == 7", Holds, ""},
		{"[1, 2, 3].all(n, fact('revenue', declaration_date.year - n) >= 2000)", Holds, ""},
		{"[1, 2, 3].exists(n, fact('revenue', declaration_date.year - n) > 2900)", Holds, ""},
		{"[1, 2, 4].all(n, fact('revenue', declaration_date.year - n) >= 2000)", Unknown, "revenue"},
		{"[1, 2, 4].all(n, fact('revenue', declaration_date.year - n) >= 2600)", Fails, ""},

		// calendar
		{"fact('standard.published_on') <= declaration_date.minus('P3M')", Holds, ""},
		{"fact('standard.published_on') <= declaration_date.minus('P3M1D')", Fails, ""},
		{"date('2024-02-29').plus('P1Y') == date('2025-02-28')", Holds, ""},
		{"declaration_date.minus(param('look-back')) == date('2023-03-15')", Holds, ""},
		{"param('look-back') == period('P3Y')", Holds, ""},

		// events
		{"none_within('incident', 'P3Y')", Holds, ""},
		{"none_within('incident', 'P5Y')", Unknown, "incident"},
		{"none_within('incident', param('look-back'))", Holds, ""},
		{"happened_on('incident') < declaration_date", Unknown, "incident"},

		// figures
		{"score >= 80 && gates_failed == 0", Holds, ""},
		{"score > decimal('82.5')", Fails, ""},
		{"proven >= decimal('0.9') && conforming == 1 && blocks == 0", Holds, ""},
		{"gates_unknown == 0", Fails, ""},
	} {
		t.Run(c.condition, func(t *testing.T) {
			got := decide(t, c.condition, enterprise())
			if got.State != c.want || strings.Join(got.Missing, ",") != c.missing || got.Fault != "" {
				t.Errorf("got %+v, want %s missing %q", got, c.want, c.missing)
			}
		})
	}
}

func TestNoneWithin(t *testing.T) {
	none := func(from, to Date) Fact {
		return Fact{Concept: "incident", None: true, Period: Span{From: from, To: to}}
	}
	on := func(d Date) Fact { return Fact{Concept: "incident", Value: string(d)} }
	for name, c := range map[string]struct {
		facts []Fact
		want  State
	}{
		"nobody said anything":                       {nil, Unknown},
		"none since ever":                            {[]Fact{none("", "")}, Holds},
		"none since the first day of the window":     {[]Fact{none("2023-03-15", "")}, Holds},
		"none since a day later":                     {[]Fact{none("2023-03-16", "")}, Unknown},
		"none until yesterday":                       {[]Fact{none("2020-01-01", "2026-03-14")}, Unknown},
		"none until today":                           {[]Fact{none("2020-01-01", "2026-03-15")}, Holds},
		"two stretches that meet":                    {[]Fact{none("2025-01-01", ""), none("2023-01-01", "2024-12-31")}, Holds},
		"two stretches with a day between":           {[]Fact{none("2025-01-02", ""), none("2023-01-01", "2024-12-31")}, Unknown},
		"a short stretch inside a long one":          {[]Fact{none("2023-01-01", "2026-12-31"), none("2024-01-01", "2024-02-01")}, Holds},
		"it happened inside the window":              {[]Fact{on("2024-05-05")}, Fails},
		"it happened although none is claimed":       {[]Fact{none("", ""), on("2024-05-05")}, Fails},
		"it happened on the first day of the window": {[]Fact{none("2023-03-16", ""), on("2023-03-15")}, Fails},
		"it happened the day before, and not since":  {[]Fact{none("2023-03-15", ""), on("2023-03-14")}, Holds},
		"it happened before, and nothing said since": {[]Fact{on("2023-03-14")}, Unknown},
		"it happened at no known date":               {[]Fact{none("", ""), {Concept: "incident"}}, Unknown},
		"it happened during a year in the window":    {[]Fact{{Concept: "incident", Year: 2024}}, Fails},
		"it went on into the window":                 {[]Fact{{Concept: "incident", Period: Span{From: "2020-01-01", To: "2023-06-01"}}}, Fails},
		"it ended before the window":                 {[]Fact{none("2023-01-01", ""), {Concept: "incident", Period: Span{To: "2022-06-01"}}}, Holds},
	} {
		t.Run(name, func(t *testing.T) {
			env := enterprise()
			env.facts["incident"] = c.facts
			got := decide(t, "none_within('incident', 'P3Y')", env)
			if got.State != c.want {
				t.Errorf("got %+v, want %s", got, c.want)
			}
		})
	}
}

func TestYearsSinceADate(t *testing.T) {
	for founded, want := range map[string]string{
		"2019-03-15": "7", "2019-03-16": "6", "2019-03-14": "7", "2026-03-15": "0", "2026-03-16": "0", "2030-01-01": "0",
		"2024-02-29": "2",
	} {
		env := enterprise()
		env.facts["founded"][0].Value = founded
		if got := decide(t, "years('founded') == "+want, env); got.State != Holds {
			t.Errorf("founded %s: want %s years, got %+v", founded, want, got)
		}
	}
}

func TestHappenedOn(t *testing.T) {
	env := enterprise()
	env.facts["incident"] = []Fact{
		{Concept: "incident", Value: "2021-01-01"},
		{Concept: "incident", Period: Span{From: "2024-02-01", To: "2024-03-01"}},
		{Concept: "incident", None: true, Period: Span{From: "2025-01-01"}},
	}
	if got := decide(t, "happened_on('incident') == date('2024-03-01')", env); got.State != Holds {
		t.Errorf("got %+v", got)
	}
}

func TestFactsInOtherUnitsAreConverted(t *testing.T) {
	env := enterprise()
	env.facts["revenue"] = []Fact{{Concept: "revenue", Value: "30000000", Unit: "{CNY}", Year: 2025}}
	if got := decide(t, "fact('revenue') == 3000", env); got.State != Holds {
		t.Errorf("got %+v", got)
	}
	env.facts["revenue"][0].Unit = "kg"
	if got := decide(t, "fact('revenue') == 3000", env); got.State != Unknown || len(got.Missing) != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestFactsThatCannotBeReadAreMissing(t *testing.T) {
	for concept, condition := range map[string]string{
		"staff": "fact('staff') > 0", "award.held": "fact('award.held')", "founded": "years('founded') > 1",
		"standard.published_on": "fact('standard.published_on') < declaration_date", "award.level": "fact('award.level') == 'national'",
	} {
		env := enterprise()
		env.facts[concept][0].Value = ""
		if got := decide(t, condition, env); got.State != Unknown || !cmp.Equal(got.Missing, []string{concept}) {
			t.Errorf("%s: got %+v", condition, got)
		}
	}
}

func TestParametersAreReplacedByTheUser(t *testing.T) {
	env := enterprise()
	p := samplePack(t)
	gate, _ := p.Gate("g-years")
	if got := p.Truth(gate.Test, env); got.State != Holds {
		t.Errorf("seven years against three: %+v", got)
	}
	env.params = map[string]string{"min-years": "8", "look-back": "P10Y"}
	if got := p.Truth(gate.Test, env); got.State != Fails {
		t.Errorf("seven years against eight: %+v", got)
	}
	gate, _ = p.Gate("g-incident")
	if got := p.Truth(gate.Test, env); got.State != Unknown {
		t.Errorf("ten years back: %+v", got)
	}
	env.params["look-back"] = "long"
	if got := p.Truth(gate.Test, env); got.State != Unknown || got.Missing[0] != "look-back" {
		t.Errorf("a period that is none: %+v", got)
	}
}

func TestTruthTellsWhatItUsed(t *testing.T) {
	got := decide(t, "ratio('rd', 'revenue', 2) >= param('min-years') || client.scale == 'large'", enterprise())
	want := []Use{
		{"fact('rd', 2024)", "80"},
		{"fact('rd', 2025)", "100"},
		{"fact('revenue', 2024)", "2500"},
		{"fact('revenue', 2025)", "3000"},
		{"ratio('rd', 'revenue', 2)", "0.032727272727272727273"},
		{"param('min-years')", "3"},
		{"client.scale", ""},
	}
	if diff := cmp.Diff(want, got.Used); diff != "" {
		t.Errorf("used (-want +got):\n%s", diff)
	}
}

func TestTruthThatCannotBeComputed(t *testing.T) {
	env := enterprise()
	env.facts["staff"][0].Value = "0"
	got := decide(t, "1 / fact('staff') > 0", env)
	if got.State != Unknown || !strings.Contains(got.Fault, "divided by zero") {
		t.Errorf("got %+v", got)
	}
	if got := decide(t, "1 / fact('staff') > 0 || true", env); got.State != Holds {
		t.Errorf("what decides it anyway: %+v", got)
	}
	env.facts["revenue"] = yearly("revenue", 2025, "0", "0")
	if got := decide(t, "ratio('rd', 'revenue', 2) > 0", env); got.State != Unknown || got.Missing[0] != "revenue" {
		t.Errorf("a ratio to nothing: %+v", got)
	}
	grows := "fact('staff')" + strings.Repeat(" * fact('staff')", 30) + " > 0"
	env.facts["staff"][0].Value = strings.Repeat("9", 40)
	if got := decide(t, grows, env); got.State != Unknown || !strings.Contains(got.Fault, "too long") {
		t.Errorf("a number that explodes: %+v", got)
	}
	if got := decide(t, "mean('revenue', fact('staff')) > 0", env); got.State != Unknown || got.Fault == "" {
		t.Errorf("endless years: %+v", got)
	}
}

func TestConditionsThatAreRefused(t *testing.T) {
	for condition, rule := range map[string]string{
		"fact('staff')":                                          ruleCondition,
		"fact('staff') > 3.5":                                    ruleDouble,
		"3.5 > 2.5":                                              ruleDouble,
		"1e3 == fact('staff')":                                   ruleDouble,
		"[0.5].exists(x, x == x)":                                ruleDouble,
		"double('3')":                                            ruleCondition,
		"fact('nothing') == 1":                                   ruleConcept,
		"param('nothing') == 1":                                  ruleReference,
		"fact(client.name) == 1":                                 ruleCondition,
		"param(client.name) == 1":                                ruleCondition,
		"fact('staff') == 'x'":                                   ruleCondition,
		"fact('award.level') == 'provintial'":                    ruleValue,
		"'none' != fact('award.level')":                          ruleValue,
		"fact('award.level') in ['national', 'galactic']":        ruleValue,
		"fact('award.level') > 3":                                ruleCondition,
		"1 == fact('staff')":                                     ruleCondition, // CEL would compare unlike types as false
		"fact('staff', 2024) > 1":                                ruleCondition, // not stated by year
		"fact('incident') == 'x'":                                ruleCondition,
		"mean('staff', 3) > 1":                                   ruleCondition,
		"none_within('staff', 'P1Y')":                            ruleCondition,
		"none_within('incident', 'one year')":                    ruleCondition,
		"declaration_date.minus('1Y') < declaration_date":        ruleCondition,
		"declaration_date.minus(client.name) < declaration_date": ruleCondition,
		"declaration_date.month == 3":                            ruleCondition,
		"date('2025-02-30') < declaration_date":                  ruleCondition,
		"date('') < declaration_date":                            ruleCondition,
		"decimal('1e5') > 1":                                     ruleCondition,
		"client.password == 'x'":                                 ruleCondition,
		"has(client.name)":                                       ruleCondition,
		"[1].map(x, x) == [1]":                                   ruleCondition,
		"[1].filter(x, true) == [1]":                             ruleCondition,
		"{'a': 1}.exists(k, true)":                               ruleCondition,
		"size('abc') == 3":                                       ruleCondition,
		"'a'.matches('(a+)+$')":                                  ruleCondition,
		"timestamp('2025-01-01T00:00:00Z') < timestamp('2026-01-01T00:00:00Z')": ruleCondition,
		"@asked == @asked":                     ruleCondition,
		"@fact_decimal(@asked, 'revenue') > 0": ruleCondition,
		"":                                     ruleCondition,
		"(":                                    ruleCondition,
		strings.Repeat("(", 200) + "true" + strings.Repeat(")", 200):                                           ruleCondition,
		strings.Repeat("true && ", 400) + "true":                                                               ruleCondition,
		"[1,2,3,4,5,6,7,8,9].all(a, [1,2,3,4,5,6,7,8,9].all(b, [1,2,3,4,5,6,7,8,9].all(c, a == b && b == c)))": ruleCost,
	} {
		t.Run(condition[:min(60, len(condition))], func(t *testing.T) {
			d := dialect{reg: concepts(t), pack: samplePack(t), concepts: map[string]bool{}}
			_, w := d.compile(condition)
			if w == nil || w.rule != rule {
				t.Errorf("got %v, want %s", w, rule)
			}
		})
	}
}

func TestTruthFromManyGoroutines(t *testing.T) {
	p := samplePack(t)
	gate, _ := p.Gate("g-incident")
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 50 {
				if got := p.Truth(gate.Test, enterprise()); got.State != Holds {
					t.Errorf("got %+v", got)
				}
			}
		})
	}
	wait.Wait()
}

func TestTruthOfAForeignConditionPanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	samplePack(t).Truth("1 == 2", enterprise())
}

func BenchmarkTruth(b *testing.B) {
	p := samplePack(b)
	gate, _ := p.Gate("g-incident")
	years, _ := p.Gate("g-years")
	env := enterprise()
	b.ReportAllocs()
	for b.Loop() {
		p.Truth(gate.When, env)
		p.Truth(gate.Test, env)
		p.Truth(years.Test, env)
	}
}
