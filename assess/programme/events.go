package programme

import (
	"cmp"
	"slices"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// happenedOn gives the date on which an event happened last.
func (a *asked) happenedOn(args []ref.Val) ref.Val {
	id := text(args[0])
	name := call("happened_on", id)
	var latest Date
	for _, f := range a.env.Facts(id) {
		if span, ok := happening(f); ok && span.From <= a.env.Date() {
			latest = max(latest, min(span.To, a.env.Date()))
		}
	}
	if latest == "" {
		return a.missing(name, id)
	}
	return a.used(name, dateVal(latest))
}

// noneWithin decides whether an event did not happen in the period before the
// declaration date, both ends included: false when it did; true when facts that
// say so cover the whole window; else unknown, for that nobody told of an event
// proves nothing.
func (a *asked) noneWithin(args []ref.Val) ref.Val {
	id := text(args[0])
	period, ok := args[1].(periodVal)
	if !ok {
		return types.NewErr("not a period")
	}
	name := call("none_within", id, Period(period).String())
	today := a.env.Date()
	if !today.Valid() {
		return a.missing(name, dateName)
	}
	window := Span{From: today.Minus(Period(period)), To: today}
	var none []Span
	undated := false
	for _, f := range a.env.Facts(id) {
		if f.None {
			none = append(none, closed(f.Period, today))
			continue
		}
		span, dated := happening(f)
		if dated && span.From <= window.To && span.To >= window.From {
			return a.used(name, types.False)
		}
		undated = undated || !dated
	}
	if undated || !covers(none, window) {
		return a.missing(name, id)
	}
	return a.used(name, types.True)
}

// happening is the stretch of time in which an event happened.
func happening(f Fact) (Span, bool) {
	if f.None {
		return Span{}, false
	}
	if d, err := ParseDate(f.Value); err == nil && d != "" {
		return Span{From: d, To: d}, true
	}
	switch {
	case f.Period.From != "":
		return Span{From: f.Period.From, To: cmp.Or(f.Period.To, "9999-12-31")}, true
	case f.Period.To != "":
		return Span{From: "0000-01-01", To: f.Period.To}, true
	case f.Year > 0:
		year := itoa(f.Year)
		return Span{From: Date(year + "-01-01"), To: Date(year + "-12-31")}, true
	}
	return Span{}, false
}

// closed puts ends to an open span; one that goes on reaches today.
func closed(s Span, today Date) Span {
	return Span{From: cmp.Or(s.From, "0000-01-01"), To: cmp.Or(s.To, today)}
}

// covers reports whether the spans together leave no day of the window out.
func covers(spans []Span, window Span) bool {
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Compare(a.From, b.From) })
	next := window.From // the first day not yet covered
	for _, s := range spans {
		if s.From > next {
			return false
		}
		if s.To >= window.To {
			return true
		}
		if s.To >= next {
			next = s.To.Plus(Period{Days: 1})
		}
	}
	return false
}
