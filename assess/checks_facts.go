package assess

import (
	"cmp"
	"errors"
	"maps"
	"slices"

	"mingpin/assess/programme"
)

// datesOutOfOrder finds dates of the client, the product and the standard that
// cannot follow each other as recorded.
func datesOutOfOrder(c *context) []finding {
	a, client := c.s.Application, c.s.Client
	std, _ := c.executed()
	pairs := []struct {
		first, second Date
		at            Field
	}{
		{client.Founded, a.LaunchedOn, c.applicationField("launchedOn")},
		{a.LaunchedOn, c.s.Date, c.applicationField("launchedOn")},
		{client.Founded, c.s.Date, c.clientField("founded")},
		{client.Founded, client.Quality.Since, c.clientField("quality.since")},
		{client.Quality.Since, c.s.Date, c.clientField("quality.since")},
		{std.Reviewed, c.s.Date, standardField(std.ID, "reviewed")},
		{std.StatusOn, c.s.Date, standardField(std.ID, "statusOn")},
	}
	var out []finding
	for _, p := range pairs {
		if p.first != "" && p.second != "" && p.first > p.second {
			out = append(out, finding{field: p.at, args: Args{"First": string(p.first), "Second": string(p.second)}})
		}
	}
	return out
}

func measuredAfterReport(c *context) []finding {
	return each(c.s.Indicators, func(i Indicator) []finding {
		report, _ := c.report(i)
		late := i.Measured.On != "" && report.Issued != "" && i.Measured.On > report.Issued
		return one(late, indicatorField(i.ID, "measured.on"), Args{
			"Indicator": i.Name, "On": string(i.Measured.On), "Issued": string(report.Issued),
		})
	})
}

func measuredOtherModel(c *context) []finding {
	return each(c.s.Indicators, func(i Indicator) []finding {
		m := i.Measured.Model
		other := m != "" && len(c.s.Application.Models) > 0 &&
			!slices.ContainsFunc(c.s.Application.Models, func(x string) bool { return same(x, m) })
		return one(other, indicatorField(i.ID, "measured.model"), Args{"Indicator": i.Name, "Model": m})
	})
}

// contradictingFacts finds two confirmed statements about the same thing for
// the same time with different values, and events that happened at a time for
// which another fact says that they did not.
func contradictingFacts(c *context) []finding {
	return append(c.differingFacts(), c.deniedEvents()...)
}

// deniedEvents are told at the fact that denies them.
func (c *context) deniedEvents() []finding {
	byConcept := map[string][]Fact{}
	for _, f := range c.s.Facts {
		if c.p.Concepts[f.Concept].Type == programme.Event && !f.Pending {
			byConcept[f.Concept] = append(byConcept[f.Concept], f)
		}
	}
	return each(c.s.Facts, func(f Fact) []finding {
		if !f.None || f.Pending {
			return nil
		}
		return each(faultsWithin(CheckFactAgainst(f, byConcept[f.Concept])), func(fault *Fault) []finding {
			return one(true, Field(fault.Args["Field"]), Args{
				"Concept": f.Concept, "Value": fault.Args["Value"], "Unit": "", "Other": "", "OtherUnit": "", "From": fault.Args["From"], "To": fault.Args["To"],
			})
		})
	})
}

func (c *context) differingFacts() []finding {
	type topic struct {
		concept, subject string
		year             int
		period           Span
	}
	first := map[topic]Fact{}
	return each(c.s.Facts, func(f Fact) []finding {
		concept, known := c.p.Concepts[f.Concept]
		if f.Pending || !known || concept.Type == programme.Event {
			return nil
		}
		t := topic{f.Concept, f.Subject, f.Year, f.Period}
		other, twice := first[t]
		if !twice {
			first[t] = f
			return nil
		}
		differ := f.Value != other.Value || f.Unit != other.Unit
		return one(differ, field(KindFact, f.ID, "value"), Args{
			"Concept": f.Concept, "Value": f.Value, "Unit": f.Unit, "Other": other.Value, "OtherUnit": other.Unit, "From": "", "To": "",
		})
	})
}

// factsOfWrongForm finds what CheckFact finds: the message of its fault stands
// in the issue's own.
func factsOfWrongForm(c *context) []finding {
	return each(c.s.Facts, func(f Fact) []finding {
		concept, known := c.p.Concepts[f.Concept]
		if !known {
			return nil // belongs to another programme
		}
		return each(faultsWithin(CheckFact(concept, f)), func(fault *Fault) []finding {
			args := maps.Clone(fault.Args)
			args["Concept"], args["Fault"] = f.Concept, fault.Key
			return []finding{{field: Field(fault.Args["Field"]), args: args}}
		})
	})
}

// faultsWithin are the faults joined in err, in their order.
func faultsWithin(err error) []*Fault {
	if err == nil {
		return nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return slices.Concat(mapped(joined.Unwrap(), faultsWithin)...)
	}
	var f *Fault
	if errors.As(err, &f) {
		return []*Fault{f}
	}
	return nil
}

func mapped[T, U any](list []T, f func(T) U) []U {
	out := make([]U, 0, len(list))
	for _, x := range list {
		out = append(out, f(x))
	}
	return out
}

// pendingFacts finds facts that would count once confirmed.
func pendingFacts(c *context) []finding {
	return each(c.s.Facts, func(f Fact) []finding {
		_, known := c.p.Concepts[f.Concept]
		return one(f.Pending && known, field(KindFact, f.ID, "pending"), Args{"Concept": f.Concept, "Value": cmp.Or(f.Value, "—")})
	})
}

// factsAgainstRecords finds dates given as a fact and, differently, in the
// record of the standard, trade mark or client.
func factsAgainstRecords(c *context) []finding {
	return each(c.env.recorded(), func(r record) []finding {
		facts := c.env.sources[r.concept]
		if r.value == "" || len(facts) == 0 {
			return nil
		}
		return one(facts[0].Value != r.value, field(KindFact, facts[0].ID, "value"), Args{
			"Concept": r.concept, "Value": facts[0].Value, "Record": r.value,
		})
	})
}
