package assess

import (
	"cmp"
	"slices"
	"strings"

	"mingpin/assess/programme"
	"mingpin/assess/quantity"
)

// Years a fact may speak of: figures by year begin with the People's Republic's
// own statistics, dates may be older (a founding, a trade mark).
const (
	firstFigure = 1949
	firstYear   = 1900
	lastYear    = 2100
)

// CheckFact returns what in f does not fit its concept, as faults joined, or
// nil: the value by the concept's type, the unit, the year, and for an event
// either when it happened or since when it did not. Numbers are plain
// decimals in half-width digits; nothing is rewritten on the way, so a number
// in full-width digits is refused. Numbers without a unit are counts (persons,
// pieces, ranks), as the registry of concepts has them.
func CheckFact(c programme.Concept, f Fact) error {
	x := faultsOf(f)
	x.factYear(c, f)
	x.factPeriod(f)
	switch {
	case c.Type == programme.Event:
		x.event(f)
	case f.None:
		x.add("none", "fault.fact_none", f.Value)
	case blank(f.Value):
		x.add("value", "fault.fact_empty", f.Value)
	default:
		x.factValue(c, f)
	}
	return x.join()
}

func (f *faults) factYear(c programme.Concept, x Fact) {
	switch {
	case !c.Yearly && x.Year != 0:
		f.year("fault.fact_not_yearly", x.Year)
	case c.Yearly && x.Year == 0:
		f.add("year", "fault.fact_yearly", "")
	case c.Yearly && (x.Year < firstFigure || x.Year > lastYear):
		f.year("fault.fact_year", x.Year)
	}
}

func (f *faults) year(key string, year int) {
	f.errs = append(f.errs, &Fault{Kind: Invalid, Key: key, Args: Args{"Field": f.at + "/year", "Year": itoa(year)}})
}

func (f *faults) factPeriod(x Fact) {
	f.factDate("period.from", string(x.Period.From))
	f.factDate("period.to", string(x.Period.To))
	if x.Period.From.Valid() && x.Period.To.Valid() && x.Period.From > x.Period.To {
		f.errs = append(f.errs, &Fault{Kind: Invalid, Key: "fault.fact_period", Args: Args{
			"Field": f.at + "/period.to", "From": string(x.Period.From), "To": string(x.Period.To),
		}})
	}
}

// factDate checks a date that may be absent.
func (f *faults) factDate(path, v string) {
	d := Date(v)
	switch {
	case v == "":
	case !d.Valid():
		f.add(path, "fault.fact_date", v)
	case d.Year() < firstYear || d.Year() > lastYear:
		f.add(path, "fault.fact_date_range", v)
	}
}

// event is checked for one of its forms: it happened on a date or within a
// period with both ends, or it did not happen since a date. A period without
// end and without None would be read as the contrary of what is meant.
func (f *faults) event(x Fact) {
	switch {
	case x.None && x.Value != "":
		f.add("value", "fault.fact_none_value", x.Value)
	case x.None && x.Period.From == "":
		f.add("period.from", "fault.fact_event", "")
	case !x.None && x.Value == "" && (x.Period.From == "" || x.Period.To == ""):
		f.add("value", "fault.fact_event", "")
	case !x.None:
		f.factDate("value", x.Value)
	}
}

func (f *faults) factValue(c programme.Concept, x Fact) {
	switch c.Type {
	case programme.Amount:
		f.amount(c, x)
	case programme.Number:
		if !countForm.MatchString(x.Value) {
			f.add("value", "fault.fact_count", x.Value)
		}
	case programme.Day:
		f.factDate("value", x.Value)
	case programme.Boolean:
		if x.Value != "true" && x.Value != "false" {
			f.errs = append(f.errs, &Fault{Kind: Invalid, Key: "fault.fact_boolean", Args: Args{
				"Field": f.at + "/value", "Value": clip(x.Value), "Yes": "true", "No": "false",
			}})
		}
	case programme.Code:
		if !slices.Contains(c.Codes, x.Value) {
			f.errs = append(f.errs, &Fault{Kind: Invalid, Key: "fault.fact_code", Args: Args{
				"Field": f.at + "/value", "Value": clip(x.Value), "Codes": strings.Join(c.Codes, ", "),
			}})
		}
	}
}

// amount checks a number and that its unit converts into that of the concept.
func (f *faults) amount(c programme.Concept, x Fact) {
	if !amountForm.MatchString(x.Value) {
		f.add("value", "fault.fact_number", x.Value)
		return
	}
	n, err := quantity.ParseDecimal(x.Value)
	if err != nil {
		f.add("value", "fault.fact_number", x.Value)
		return
	}
	if n, err = inUnitOf(c, n, x.Unit); err != nil {
		f.errs = append(f.errs, &Fault{Kind: Invalid, Key: "fault.fact_unit", Args: Args{
			"Field": f.at + "/unit", "Unit": clip(x.Unit), "WantUnit": quantity.Unit(c.Unit).Print(programme.Languages[0]),
		}, Err: err})
		return
	}
	if c.Unit == percent && (n.Sign() < 0 || n.Cmp(quantity.FromInt(100)) > 0) {
		f.add("value", "fault.fact_percent", x.Value)
	}
}

const percent = "%"

// inUnitOf gives n, which is in unit, in the unit of the concept.
func inUnitOf(c programme.Concept, n quantity.Decimal, unit string) (quantity.Decimal, error) {
	if unit == c.Unit {
		return n, nil
	}
	from, err := quantity.ParseUnit(unit)
	if err != nil {
		return n, err
	}
	return quantity.Convert(n, from, quantity.Unit(c.Unit), "")
}

// CheckFactRefs returns a fault for the subject and for every piece of evidence
// f names that does not exist, joined, or nil. The faults list the subjects
// there are.
func CheckFactRefs(f Fact, subjects []Subject, evidence []Evidence) error {
	x := faultsOf(f)
	there := func(s Subject) bool { return s.ID == f.Subject }
	if f.Subject != "" && !slices.ContainsFunc(subjects, there) {
		known := make([]string, 0, len(subjects))
		for _, s := range subjects {
			known = append(known, s.ID+" "+s.Name)
		}
		slices.Sort(known)
		x.errs = append(x.errs, &Fault{Kind: Missing, Key: "fault.fact_subject", Args: Args{
			"Field": x.at + "/subject", "Value": clip(f.Subject), "Known": strings.Join(known, choiceMark),
		}})
	}
	for _, id := range f.Evidence {
		if !slices.ContainsFunc(evidence, func(e Evidence) bool { return e.ID == id }) {
			x.errs = append(x.errs, &Fault{Kind: Missing, Key: "fault.fact_evidence", Args: Args{
				"Field": x.at + "/evidence", "Value": clip(id),
			}})
		}
	}
	return x.join()
}

// CheckFactAgainst returns a fault (of kind Conflict) for every other fact of
// the same concept and subject that says an event happened at a time when f
// says that it did not, or the reverse; nil where none does. A fact of f's own
// id is the one f replaces and is left aside.
func CheckFactAgainst(f Fact, others []Fact) error {
	x := faultsOf(f)
	for _, o := range others {
		if o.ID == f.ID || !f.denies(o) {
			continue
		}
		none, happened := f, o
		if o.None {
			none, happened = o, f
		}
		x.errs = append(x.errs, &Fault{Kind: Conflict, Key: "fault.fact_denied", Args: Args{
			"Field": x.at + "/period.from", "Value": cmp.Or(happened.Value, string(happened.Period.From)),
			"From": string(none.Period.From), "To": string(none.Period.To),
		}})
	}
	return x.join()
}

// denies reports whether one of x and o says that an event happened within the
// time for which the other says that it did not.
func (x Fact) denies(o Fact) bool {
	if x.Concept != o.Concept || x.Subject != o.Subject || x.None == o.None {
		return false
	}
	if o.None {
		x, o = o, x
	}
	on := Span{From: o.Period.From, To: o.Period.To}
	if d := Date(o.Value); d.Valid() {
		on = Span{From: d, To: d}
	}
	if on == (Span{}) {
		return false
	}
	begins := x.Period.To == "" || on.From == "" || on.From <= x.Period.To
	ends := x.Period.From == "" || on.To == "" || on.To >= x.Period.From
	return begins && ends
}
