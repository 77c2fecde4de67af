package office

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"mingpin/assess"
	"mingpin/assess/quantity"
)

// A row is one indicator while it is read: limits and values can be understood
// only when unit and grades are known, so they are kept as text until then.
type row struct {
	assess.Indicator
	own, measured string
	comparators   []comparatorText
}

// A comparatorText is what the columns of a group say, by part.
type comparatorText struct {
	group *group
	parts [4]string
}

// comparator are the texts of the row for a group.
func (r *row) comparator(g *group) *[4]string {
	for i := range r.comparators {
		if r.comparators[i].group == g {
			return &r.comparators[i].parts
		}
	}
	r.comparators = append(r.comparators, comparatorText{group: g})
	return &r.comparators[len(r.comparators)-1].parts
}

func (r *reader) indicators(s *sheet, standards []record[standardRow]) []record[assess.Indicator] {
	before, after := indicatorColumns()
	known := append(before, after...)
	groups, columns := findGroups(s, known)
	for _, g := range groups {
		r.name(s, g, standards)
	}
	list := records(r, s, heads(r, s, known, func(i int) (column[row], bool) {
		c, ok := columns[i]
		return c, ok
	}))
	twice(r, s, "id", list, func(x row) string { return x.ID })
	twice(r, s, "name", list, func(x row) string { return spelling(x.Name) })
	r.identify(list)
	var out []record[assess.Indicator]
	for i, x := range list {
		if r.foreign(x.value.ID) {
			r.complain(s, x.row, "id", invalid("fault.cell_other_application", nil))
		}
		x.value.Order = i + 1
		out = append(out, record[assess.Indicator]{value: r.indicator(s, x), row: x.row})
	}
	return out
}

// identify gives rows without id that of the application's indicator with
// their name, or a free one.
func (r *reader) identify(list []record[row]) {
	used := map[string]bool{}
	for _, x := range list {
		used[x.value.ID] = true
	}
	for i := range list {
		ind := &list[i].value.Indicator
		if ind.ID != "" {
			continue
		}
		ind.ID = r.indicatorID(ind.Name, used)
		used[ind.ID] = true
	}
}

func (r *reader) indicatorID(name string, used map[string]bool) string {
	for _, k := range r.known.Indicators {
		if k.Application == r.known.Application && spelling(k.Name) == spelling(name) && !used[k.ID] {
			return k.ID
		}
	}
	for n := 1; ; n++ {
		id := fmt.Sprintf("i%d", n)
		if !used[id] && !slices.ContainsFunc(r.known.Indicators, func(k assess.Indicator) bool { return k.ID == id }) {
			return id
		}
	}
}

// foreign reports whether id is that of another application's indicator.
func (r *reader) foreign(id string) bool {
	return slices.ContainsFunc(r.known.Indicators, func(k assess.Indicator) bool {
		return k.ID == id && k.Application != r.known.Application
	})
}

// indicator understands the texts of a row now that unit and grades are known.
func (r *reader) indicator(s *sheet, x record[row]) assess.Indicator {
	before := len(r.errs)
	ind := x.value.Indicator
	ind.Application, ind.Own.Standard = r.known.Application, r.known.Standard
	var f *assess.Fault
	if ind.Own.Limit, f = limitOf(x.value.own, ind); f != nil {
		r.complain(s, x.row, "own", f)
	}
	var err error
	if ind.Measured.Value, err = quantity.ParseValue(x.value.measured, ind.Spec.Unit, ind.Spec.Grades); err != nil {
		r.complain(s, x.row, "measured", invalid("fault.cell_measured", nil))
	}
	groups := map[string]*group{}
	for _, c := range x.value.comparators {
		if ind.Comparators, f = withComparator(ind, c, groups); f != nil {
			r.complain(s, x.row, c.group.key+"#limit", f)
		}
	}
	r.inOldOrder(ind)
	if ind.Measured.Report, f = reportID(ind.Measured.Report, r.known.Evidence); f != nil {
		r.complain(s, x.row, "report", f)
	}
	if len(r.errs) == before && !x.wrong {
		r.check(s, x.row, ind, func(path string) string { return indicatorPath(path, ind, groups) })
	}
	return ind
}

// withComparator is ind's comparators with that of c.
func withComparator(ind assess.Indicator, c comparatorText, groups map[string]*group) ([]assess.Comparator, *assess.Fault) {
	if c.parts == [4]string{3: "no"} {
		return ind.Comparators, nil
	}
	if groups[c.group.standard] != nil {
		return ind.Comparators, invalid("fault.cell_comparator_twice", nil)
	}
	groups[c.group.standard] = c.group
	l, f := limitOf(c.parts[0], ind)
	return append(ind.Comparators, assess.Comparator{
		Standard: c.group.standard, Clause: c.parts[1], Limit: l, Methods: split(c.parts[2]), Unverified: c.parts[3] == "yes",
	}), f
}

// inOldOrder puts the comparators of an indicator that is there already in the
// order they had: that of the columns is not the user's.
func (r *reader) inOldOrder(ind assess.Indicator) {
	at := slices.IndexFunc(r.known.Indicators, func(k assess.Indicator) bool { return k.ID == ind.ID })
	if at < 0 {
		return
	}
	old := r.known.Indicators[at].Comparators
	place := func(c assess.Comparator) int {
		i := slices.IndexFunc(old, func(o assess.Comparator) bool { return o.Standard == c.Standard })
		if i < 0 {
			return len(old)
		}
		return i
	}
	slices.SortStableFunc(ind.Comparators, func(a, b assess.Comparator) int { return cmp.Compare(place(a), place(b)) })
}

// indicatorPath is the column that holds the field a fault names; groups are
// those of the comparators, by standard.
func indicatorPath(path string, ind assess.Indicator, groups map[string]*group) string {
	rest, ok := strings.CutPrefix(path, "comparators.")
	if !ok {
		return indicatorPaths[path]
	}
	number, field, _ := strings.Cut(rest, ".")
	n, err := strconv.Atoi(number)
	if err != nil || n >= len(ind.Comparators) || partIndex(field) < 0 {
		return ""
	}
	return groups[ind.Comparators[n].Standard].key + "#" + field
}

func limitOf(s string, ind assess.Indicator) (quantity.Limit, *assess.Fault) {
	l, err := quantity.ParseLimit(s, ind.Spec.Unit, ind.Spec.Grades)
	if err != nil {
		return l, invalid("fault.cell_limit", nil)
	}
	return l, nil
}

// reportID finds the evidence a report cell names by id or number.
func reportID(s string, evidence []assess.Evidence) (string, *assess.Fault) {
	if s == "" {
		return "", nil
	}
	var found []string
	for _, e := range evidence {
		if e.ID == s {
			return e.ID, nil
		}
		if spelling(e.Number) == spelling(s) {
			found = append(found, e.ID)
		}
	}
	switch len(found) {
	case 0:
		return "", &assess.Fault{Kind: assess.Missing, Key: "fault.cell_report"}
	case 1:
		return found[0], nil
	}
	return "", invalid("fault.cell_report_two", assess.Args{"IDs": strings.Join(found, ", ")})
}

// reportName is the number of the report with the id, or the id where the
// number does not tell it from other evidence.
func reportName(id string, evidence []assess.Evidence) string {
	for _, e := range evidence {
		if e.ID != id || e.Number == "" || strings.TrimSpace(e.Number) != e.Number {
			continue
		}
		if back, f := reportID(e.Number, evidence); f == nil && back == id {
			return e.Number
		}
	}
	return id
}
