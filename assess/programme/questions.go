package programme

import (
	"fmt"
	"strconv"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// Authors write fact('revenue', 2024); a macro that knows the registry turns it
// into @fact_decimal(@asked, 'revenue', 2024), so that every condition has
// static types and each evaluation its own state.

// questions are the functions behind the macros.
func questions() []cel.EnvOption {
	s, i := cel.StringType, cel.IntType
	options := []cel.EnvOption{
		question("@mean", decimalType, (*asked).mean, s, i),
		question("@mean", decimalType, (*asked).mean, s, decimalType),
		question("@sum", decimalType, (*asked).sum, s, i),
		question("@sum", decimalType, (*asked).sum, s, decimalType),
		question("@ratio", decimalType, (*asked).ratio, s, s, i),
		question("@ratio", decimalType, (*asked).ratio, s, s, decimalType),
		question("@growing", cel.BoolType, (*asked).growing, s, i),
		question("@growing", cel.BoolType, (*asked).growing, s, decimalType),
		question("@years", cel.IntType, (*asked).years, s),
		question("@happened_on", dateType, (*asked).happenedOn, s),
		question("@none_within", cel.BoolType, (*asked).noneWithin, s, periodType),
		question("@param_decimal", decimalType, (*asked).paramDecimal, s),
		question("@param_period", periodType, (*asked).paramPeriod, s),
	}
	for _, n := range []*cel.Type{i, decimalType} {
		for _, x := range []*cel.Type{i, decimalType} {
			options = append(options, question("@run_below", cel.IntType, (*asked).runBelow, s, n, x))
		}
	}
	for name, t := range factTypes {
		options = append(options,
			question(name, t, (*asked).fact, s),
			question(name, t, (*asked).factOfYear, s, i),
			question(name, t, (*asked).factOfYear, s, yearType))
	}
	return append(options, literals()...)
}

// factTypes are the functions behind fact(…), by what they give.
var factTypes = map[string]*cel.Type{
	"@fact_decimal": decimalType, "@fact_date": dateType, "@fact_bool": cel.BoolType, "@fact_string": cel.StringType,
}

func factFunction(t ConceptType) string {
	switch t {
	case Amount, Number:
		return "@fact_decimal"
	case Day:
		return "@fact_date"
	case Boolean:
		return "@fact_bool"
	}
	return "@fact_string"
}

// question declares one overload whose first argument is the state.
func question(name string, result *cel.Type, f func(*asked, []ref.Val) ref.Val, args ...*cel.Type) cel.EnvOption {
	id := name
	for _, t := range args {
		id += "_" + t.TypeName()
	}
	params := append([]*cel.Type{askedType}, args...)
	return cel.Function(name, cel.Overload(id, params, result, cel.FunctionBinding(func(v ...ref.Val) ref.Val {
		a, ok := v[0].(*asked)
		if !ok {
			return types.NewErr("asked outside an evaluation")
		}
		return f(a, v[1:])
	})))
}

// fact gives the latest fact of a concept.
func (a *asked) fact(args []ref.Val) ref.Val {
	id := text(args[0])
	facts := a.env.Facts(id)
	if len(facts) == 0 {
		return a.missing(call("fact", id), id)
	}
	return a.value(call("fact", id), facts[0])
}

func (a *asked) factOfYear(args []ref.Val) ref.Val {
	id := text(args[0])
	year, _ := asYear(args[1])
	name := call("fact", id, year)
	f, ok := a.ofYear(id, year)
	if !ok {
		return a.missing(name, id)
	}
	return a.value(name, f)
}

func (a *asked) ofYear(id string, year int) (Fact, bool) {
	for _, f := range a.env.Facts(id) {
		if f.Year == year && !f.None {
			return f, true
		}
	}
	return Fact{}, false
}

// value turns a fact into a value of its concept's type; one that cannot be
// read counts as missing.
func (a *asked) value(name string, f Fact) ref.Val {
	concept := a.pack.Concepts[f.Concept]
	var v ref.Val
	switch concept.Type {
	case Amount, Number:
		d, err := inUnit(f, concept.Unit)
		if err != nil {
			return a.missing(name, f.Concept)
		}
		v = decimalVal{d}
	case Day:
		d, err := ParseDate(f.Value)
		if err != nil || d == "" {
			return a.missing(name, f.Concept)
		}
		v = dateVal(d)
	case Boolean:
		b, err := strconv.ParseBool(f.Value)
		if err != nil {
			return a.missing(name, f.Concept)
		}
		v = types.Bool(b)
	default:
		if f.Value == "" {
			return a.missing(name, f.Concept)
		}
		v = types.String(f.Value)
	}
	return a.used(name, v)
}

// maxYears bounds how many years a condition may look back.
const maxYears = 50

// series gives the numbers of the n complete years before the declaration
// year, oldest first; false with the answer to give when one is missing.
func (a *asked) series(name, id string, count ref.Val) ([]decimal, ref.Val) {
	n, ok := asCount(count)
	if !ok {
		return nil, types.NewErr("the number of years is not a count from 1 to %d", maxYears)
	}
	list := make([]decimal, 0, n)
	first := a.env.Date().Year() - n
	for year := first; year < first+n; year++ {
		f, ok := a.ofYear(id, year)
		if !ok {
			return nil, a.missing(name, id)
		}
		d, err := inUnit(f, a.pack.Concepts[id].Unit)
		if err != nil {
			return nil, a.missing(name, id)
		}
		a.note(call("fact", id, year), d.String())
		list = append(list, d)
	}
	return list, nil
}

func asCount(v ref.Val) (int, bool) {
	d, ok := asDecimal(v)
	if !ok || d.Cmp(whole(1)) < 0 || d.Cmp(whole(maxYears)) > 0 {
		return 0, false
	}
	n, err := strconv.Atoi(trimmed(d).String())
	return n, err == nil
}

func total(list []decimal) decimal {
	var t decimal
	for _, d := range list {
		t = t.Add(d)
	}
	return t
}

func (a *asked) sum(args []ref.Val) ref.Val {
	name := call("sum", text(args[0]), args[1])
	list, unknown := a.series(name, text(args[0]), args[1])
	if unknown != nil {
		return unknown
	}
	return a.used(name, decimalVal{total(list)})
}

func (a *asked) mean(args []ref.Val) ref.Val {
	name := call("mean", text(args[0]), args[1])
	list, unknown := a.series(name, text(args[0]), args[1])
	if unknown != nil {
		return unknown
	}
	return a.used(name, decimalVal{quotient(total(list), whole(int64(len(list))))})
}

func (a *asked) ratio(args []ref.Val) ref.Val {
	top, bottom := text(args[0]), text(args[1])
	name := call("ratio", top, bottom, args[2])
	over, missingTop := a.series(name, top, args[2])
	under, missingBottom := a.series(name, bottom, args[2])
	switch {
	case missingTop != nil && missingBottom != nil:
		return merged(missingTop, missingBottom)
	case missingTop != nil:
		return missingTop
	case missingBottom != nil:
		return missingBottom
	}
	if total(under).IsZero() {
		return a.missing(name, bottom)
	}
	return a.used(name, decimalVal{quotient(total(over), total(under))})
}

func (a *asked) growing(args []ref.Val) ref.Val {
	name := call("growing", text(args[0]), args[1])
	list, unknown := a.series(name, text(args[0]), args[1])
	if unknown != nil {
		return unknown
	}
	grows := true
	for i := 1; i < len(list); i++ {
		grows = grows && list[i].Cmp(list[i-1]) > 0
	}
	return a.used(name, types.Bool(grows))
}

// runBelow gives the longest run of consecutive years below a limit.
func (a *asked) runBelow(args []ref.Val) ref.Val {
	name := call("run_below", text(args[0]), args[1], args[2])
	list, unknown := a.series(name, text(args[0]), args[1])
	if unknown != nil {
		return unknown
	}
	limit, _ := asDecimal(args[2])
	longest, run := 0, 0
	for _, d := range list {
		run++
		if d.Cmp(limit) >= 0 {
			run = 0
		}
		longest = max(longest, run)
	}
	return a.used(name, types.Int(longest))
}

// years gives the complete years since a date, or for a yearly concept the
// number of consecutive years with a fact back from the last complete year.
func (a *asked) years(args []ref.Val) ref.Val {
	id := text(args[0])
	name := call("years", id)
	facts := a.env.Facts(id)
	if len(facts) == 0 {
		return a.missing(name, id)
	}
	if a.pack.Concepts[id].Yearly {
		return a.used(name, types.Int(a.unbroken(id)))
	}
	from, err := ParseDate(facts[0].Value)
	if err != nil || from == "" {
		return a.missing(name, id)
	}
	n := a.env.Date().Year() - from.Year()
	if from.Plus(Period{Years: n}) > a.env.Date() {
		n-- // this year's day is still to come
	}
	return a.used(name, types.Int(max(0, n)))
}

// unbroken counts the years with a fact, back from the last complete one.
func (a *asked) unbroken(id string) int {
	last := a.env.Date().Year() - 1
	for n := range maxYears {
		if _, ok := a.ofYear(id, last-n); !ok {
			return n
		}
	}
	return maxYears
}

func call(name string, args ...any) string {
	s := name + "("
	for i, arg := range args {
		if i > 0 {
			s += ", "
		}
		switch v := arg.(type) {
		case string:
			s += "'" + v + "'"
		case ref.Val:
			s += printed(v)
		default:
			s += fmt.Sprint(v)
		}
	}
	return s + ")"
}

func text(v ref.Val) string {
	s, _ := v.(types.String)
	return string(s)
}
