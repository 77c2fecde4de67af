package assess

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"mingpin/assess/programme"
	"mingpin/assess/quantity"
)

// tableRules are the checks of the 主要关键性能指标对比表.
var tableRules = []rule{
	{"MP-T01", Block, clauseTable, tooFewRows},
	{"MP-T02", Quality, clauseTable, tooFewBetter},
	{"MP-T03", Quality, clauseTable, comparatorWithdrawn},
	{"MP-T04", Quality, clauseTable, comparatorOld},
	{"MP-T05", Quality, clauseTable, incomparable(reasonUnit)},
	{"MP-T06", Quality, clauseTable, incomparable(reasonMethod, reasonEdition)},
	{"MP-T07", Quality, clauseTable, reportOld},
	{"MP-T08", Block, clauseTable, gapBesideLimit},
	{"MP-T09", Quality, "湖北精品标准先进性评价（待核实）", implementedShortly},
	{"MP-T10", Block, clauseTable, claimTooGood},
	{"MP-T11", Quality, clauseTable, notMeasured},
	{"MP-T12", Quality, clauseTable, measuredWithoutReport},
	{"MP-T13", Quality, clauseMethods, measuredByOtherMethod},
	{"MP-T14", Quality, clauseTable, withoutComparator},
	{"MP-T15", Block, clauseTable, danglingStandards},
	{"MP-T16", Hint, clauseTable, unverifiedValues},
	{"MP-T17", Quality, clauseTable, comparatorStatusUnknown},
	{"MP-T18", Hint, clauseTable, roomToRaise},
	{"MP-T19", Quality, clauseTable, ownLimitMissing},
	{"MP-T20", Quality, clauseTable, reportNotAReport},
}

// Reasons of quantity for 不可比 that have a rule of their own.
const (
	reasonUnit    = "verdict.units"
	reasonMethod  = "verdict.method"
	reasonEdition = "verdict.method_edition"
)

func (c *context) tableField() Field {
	return field(KindApplication, c.s.Application.ID, "indicators")
}

// tooFewRows blocks only where the pack's rule rests on an official text and
// no table is there at all; how many rows there should be is the pack's own.
func tooFewRows(c *context) []finding {
	rule := c.p.Indicators
	n := len(c.s.Indicators)
	if n >= max(rule.Min, 1) || (!rule.Required && n >= rule.Min) {
		return nil
	}
	f := finding{field: c.tableField(), args: Args{"Count": itoa(n), "Min": itoa(rule.Min)}}
	if n > 0 || !rule.Provenance.Blocks() {
		f.severity = Quality
	}
	return []finding{f}
}

func tooFewBetter(c *context) []finding {
	better := 0
	for _, r := range c.e.Indicators {
		if r.Overall.Verdict == quantity.Better || r.Overall.Verdict == quantity.Gap {
			better++
		}
	}
	few := len(c.e.Indicators) > 0 && better < c.p.Indicators.MinBetter
	return one(few, c.tableField(), Args{"Count": itoa(better), "Min": itoa(c.p.Indicators.MinBetter)})
}

// comparatorStandards are the standards the table compares with, each once.
func (c *context) comparatorStandards() []Standard {
	used := map[string]bool{}
	for _, x := range c.comparisons() {
		used[x.other.Standard] = true
	}
	return slices.DeleteFunc(slices.Clone(c.s.Standards), func(s Standard) bool { return !used[s.ID] })
}

func comparatorWithdrawn(c *context) []finding {
	return each(c.comparatorStandards(), func(s Standard) []finding {
		gone := s.Status == StatusWithdrawn || s.Status == StatusReplaced
		return one(gone, standardField(s.ID, "status"), Args{"Standard": s.Number, "Status": s.Status})
	})
}

// yearForm is the year at the end of a standard's number.
var yearForm = regexp.MustCompile(`[-—–:](\d{4})$`)

// comparatorOld finds standards older than five years whose last review is not
// recorded (standards are reviewed every five years as a rule). Where somebody
// has just found the standard in force, it is a hint.
func comparatorOld(c *context) []finding {
	return each(c.comparatorStandards(), func(s Standard) []finding {
		m := yearForm.FindStringSubmatch(s.Number)
		if m == nil {
			return nil
		}
		year, _ := strconv.Atoi(m[1])
		limit := c.s.Date.Minus(programme.Period{Years: 5})
		out := one(year < limit.Year() && s.Reviewed < limit, standardField(s.ID, "reviewed"), Args{"Standard": s.Number, "Year": m[1]})
		for n := range out {
			if s.Status == StatusInForce && s.StatusOn >= c.s.Date.Minus(programme.Period{Years: 1}) {
				out[n].severity = Hint
			}
		}
		return out
	})
}

// incomparable finds comparisons that fail for one of the reasons.
func incomparable(reasons ...string) func(*context) []finding {
	return func(c *context) []finding {
		return each(c.comparisons(), func(x comparison) []finding {
			hit := x.level.Verdict == quantity.Incomparable && slices.Contains(reasons, x.level.Reason.Key)
			return one(hit, indicatorField(x.row.ID, "comparators"), c.comparisonArgs(x))
		})
	}
}

func reportOld(c *context) []finding {
	age, err := programme.ParsePeriod(c.p.Indicators.ReportAge)
	if err != nil {
		return nil
	}
	return each(c.rows(), func(i Indicator) []finding {
		report, there := c.report(i)
		old := there && report.Issued != "" && report.Issued < c.s.Date.Minus(age)
		return one(old, indicatorField(i.ID, "measured.report"), Args{
			"Indicator": i.Name, "Report": cmp.Or(report.Number, report.facts(nil)["Title"]), "Issued": string(report.Issued), "MaxAge": c.p.Indicators.ReportAge,
		})
	})
}

// gapBesideLimit finds a claim of 填补空白 beside a national or industry
// standard that does set a limit.
func gapBesideLimit(c *context) []finding {
	return each(c.comparisons(), func(x comparison) []finding {
		return one(x.row.Claim == quantity.Gap && x.fills(), indicatorField(x.row.ID, "claim"), c.comparisonArgs(x))
	})
}

// fills reports whether the comparator fills a national or industry cell.
func (x comparison) fills() bool {
	return !x.other.Limit.IsZero() && slices.Contains([]string{ClassMandatory, ClassRecommended, ClassIndustry}, x.standard.Class)
}

// implementedShortly finds an executed standard in use for less than three
// months.
func implementedShortly(c *context) []finding {
	if len(c.gatesOn("standard.implemented_on")) > 0 {
		return nil // the pack asks itself
	}
	s, _ := c.executed()
	short := s.From != "" && s.From <= c.s.Date && s.From > c.s.Date.Minus(programme.Period{Months: 3})
	return one(short, standardField(s.ID, "from"), Args{"Standard": s.Number, "From": string(s.From)})
}

var verdictRank = map[quantity.Verdict]int{
	quantity.Incomparable: 0, quantity.Worse: 1, quantity.Equal: 2, quantity.Better: 3, quantity.Gap: 4,
}

// claimTooGood finds claims better than what is computed. 填补空白 beside a
// filled national or industry cell has a rule of its own.
func claimTooGood(c *context) []finding {
	filled := map[string]bool{}
	for _, x := range c.comparisons() {
		filled[x.row.ID] = filled[x.row.ID] || (x.row.Claim == quantity.Gap && x.fills())
	}
	var out []finding
	for n, i := range c.rows() {
		computed := c.e.Indicators[n].Overall.Verdict
		if filled[i.ID] || i.Claim == "" || i.Claim == quantity.Incomparable || verdictRank[i.Claim] <= verdictRank[computed] {
			continue
		}
		out = append(out, finding{field: indicatorField(i.ID, "claim"), args: Args{
			"Indicator": i.Name, "Claim": string(i.Claim), "Computed": string(computed),
		}})
	}
	return out
}

func notMeasured(c *context) []finding {
	return each(c.rows(), func(i Indicator) []finding {
		return one(i.Measured.Value.IsZero(), indicatorField(i.ID, "measured.value"), Args{"Indicator": i.Name})
	})
}

func measuredWithoutReport(c *context) []finding {
	return each(c.rows(), func(i Indicator) []finding {
		bare := !i.Measured.Value.IsZero() && i.Measured.Report == ""
		return one(bare, indicatorField(i.ID, "measured.report"), Args{"Indicator": i.Name, "Value": i.Measured.Value.String()})
	})
}

// measuredByOtherMethod finds values measured by none of the test methods the
// executed standard names.
func measuredByOtherMethod(c *context) []finding {
	return each(c.rows(), func(i Indicator) []finding {
		if len(i.Own.Methods) == 0 || len(i.Measured.Methods) == 0 {
			return nil
		}
		fits := slices.ContainsFunc(i.Measured.Methods, func(m string) bool {
			return slices.ContainsFunc(i.Own.Methods, func(o string) bool { return same(o, m) || i.equivalent(o, m) })
		})
		return one(!fits, indicatorField(i.ID, "measured.methods"), Args{
			"Indicator": i.Name, "Methods": strings.Join(i.Measured.Methods, "、"), "Own": strings.Join(i.Own.Methods, "、"),
		})
	})
}

func withoutComparator(c *context) []finding {
	return each(c.rows(), func(i Indicator) []finding {
		return one(len(i.Comparators) == 0, indicatorField(i.ID, "comparators"), Args{"Indicator": i.Name})
	})
}

func danglingStandards(c *context) []finding {
	return each(c.rows(), func(i Indicator) []finding {
		_, known := c.standards[i.Own.Standard]
		out := one(i.Own.Standard != "" && !known, indicatorField(i.ID, "own.standard"), Args{"Indicator": i.Name, "Standard": i.Own.Standard})
		for n, x := range i.Comparators {
			_, known := c.standards[x.Standard]
			out = append(out, one(!known, indicatorField(i.ID, "comparators."+itoa(n)), Args{"Indicator": i.Name, "Standard": x.Standard})...)
		}
		return out
	})
}

func unverifiedValues(c *context) []finding {
	return each(c.comparisons(), func(x comparison) []finding {
		unseen := !x.other.Limit.IsZero() && (x.other.Unverified || x.standard.Unverified)
		return one(unseen, indicatorField(x.row.ID, "comparators"), c.comparisonArgs(x))
	})
}

// comparatorStatusUnknown finds standards whose status nobody looked up within
// the year before the declaration.
func comparatorStatusUnknown(c *context) []finding {
	since := c.s.Date.Minus(programme.Period{Years: 1})
	return each(c.comparatorStandards(), func(s Standard) []finding {
		unknown := s.Status == "" || s.Status == StatusUnknown || s.StatusOn < since
		return one(unknown, standardField(s.ID, "statusOn"), Args{"Standard": s.Number, "On": string(s.StatusOn)})
	})
}

// roomToRaise finds rows where the product is better than every comparator but
// the own standard only as good: a promise could be raised.
func roomToRaise(c *context) []finding {
	var out []finding
	for n, i := range c.rows() {
		r := c.e.Indicators[n]
		worse := slices.ContainsFunc(r.Physical, func(x ComparatorResult) bool { return x.Result.Verdict != quantity.Better })
		room := len(r.Physical) > 0 && !worse && r.Overall.Verdict == quantity.Equal
		out = append(out, one(room, indicatorField(i.ID, "own.limit"), Args{
			"Indicator": i.Name, "Value": i.Measured.Value.String(), "Own": i.Own.Limit.String(),
		})...)
	}
	return out
}

// ownLimitMissing finds rows in which the own standard promises nothing and no
// other rule says why that is wrong.
func ownLimitMissing(c *context) []finding {
	return each(c.rows(), func(i Indicator) []finding {
		if !i.Own.Limit.IsZero() {
			return nil
		}
		recommended := slices.ContainsFunc(i.Comparators, func(x Comparator) bool {
			return isRecommended(c.standards[x.Standard].Class) && !x.Limit.IsZero()
		})
		return one(!recommended || c.statesLower(i), indicatorField(i.ID, "own.limit"), Args{"Indicator": i.Name})
	})
}

// slotSatisfaction is the kind of evidence that proves the values of a service.
const slotSatisfaction = "satisfaction-report"

// reportNotAReport finds measured values that refer to evidence of another
// kind: test reports prove them, for a service also a survey of satisfaction.
func reportNotAReport(c *context) []finding {
	return each(c.rows(), func(i Indicator) []finding {
		e, there := c.report(i)
		proves := e.isReport() || (c.s.Application.Object == objectService && slices.Contains(e.Slots, slotSatisfaction))
		return one(there && !proves, indicatorField(i.ID, "measured.report"), Args{"Indicator": i.Name, "Title": e.facts(nil)["Title"]})
	})
}
