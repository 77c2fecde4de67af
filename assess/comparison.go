package assess

import (
	"cmp"
	"slices"

	"mingpin/assess/quantity"
)

// indicators compares every row of the table, in the order of the table.
func (c *context) indicators() {
	c.e.Indicators = make([]IndicatorResult, 0, len(c.s.Indicators))
	for _, i := range c.rows() {
		c.e.Indicators = append(c.e.Indicators, c.indicator(i))
	}
}

// rows are the indicators in the order of the table.
func (c *context) rows() []Indicator {
	return slices.SortedStableFunc(slices.Values(c.s.Indicators), func(a, b Indicator) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.ID, b.ID))
	})
}

// indicator gives the three separate results of one row: 标准水平 and 实物水平
// per comparator, 符合性 once. 填补空白 is decided over the international,
// national and industry standards.
func (c *context) indicator(i Indicator) IndicatorResult {
	r := IndicatorResult{Indicator: i.ID, Conforms: quantity.Conforms(i.Spec, i.Measured.Value, i.Own.Limit)}
	own := quantity.Side{Limit: i.Own.Limit, TestMethods: i.Own.Methods}
	var counting []quantity.Result
	for _, other := range i.Comparators {
		side := quantity.Side{Limit: other.Limit, TestMethods: other.Methods}
		level := quantity.CompareLimits(i.Spec, own, side, i.equivalent)
		physical := quantity.CompareMeasured(i.Spec, i.Measured.Value, i.Measured.Methods, side, i.equivalent)
		r.Level = append(r.Level, ComparatorResult{other.Standard, level})
		r.Physical = append(r.Physical, ComparatorResult{other.Standard, physical})
		if slices.Contains(countingClasses, c.standards[other.Standard].Class) {
			counting = append(counting, level)
		}
	}
	r.Overall = quantity.Overall(counting)
	return r
}

// countingClasses are the standards the overall result is taken over (川质强省发
// 〔2021〕1号 三(二): international, national and industry standards). Group,
// local and other enterprises' standards are shown beside it.
var countingClasses = []string{ClassMandatory, ClassRecommended, ClassIndustry, ClassInternational, ClassForeign}

// equivalent reports whether the user recorded that two test methods give
// comparable values, and who says so.
func (i Indicator) equivalent(a, b string) bool {
	return slices.ContainsFunc(i.Equivalents, func(e Equivalence) bool {
		return !blank(e.Source) && ((same(e.A, a) && same(e.B, b)) || (same(e.A, b) && same(e.B, a)))
	})
}
