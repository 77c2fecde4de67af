package assess

import (
	"cmp"
	"slices"
	"strings"

	"mingpin/assess/programme"
)

// A weakness is one reason why attached evidence does not count on the
// declaration date: catalogue key and facts.
type weakness struct {
	key  string
	args Args
	path string // what to mend in the record
}

// Keys of weaknesses; the checks of evidence tell them apart by these.
const (
	weakEmpty    = "weak.empty"
	weakExpired  = "weak.expired"
	weakFuture   = "weak.future"
	weakOld      = "weak.old"
	weakUndated  = "weak.undated"
	weakNoExpiry = "weak.no_expiry"
	weakField    = "weak.field"
)

// weaknesses are what speaks against e under the terms on date.
func (e *Evidence) weaknesses(t terms, date Date) []weakness {
	var out []weakness
	add := func(key, path string, args Args) { out = append(out, weakness{key, args, path}) }
	if e.Size == 0 {
		add(weakEmpty, "digest", nil)
	}
	if e.Issued > date {
		add(weakFuture, "issued", Args{"Issued": string(e.Issued)})
	}
	switch {
	case e.Expires != "" && e.Expires < date:
		add(weakExpired, "expires", Args{"Expires": string(e.Expires)})
	case t.expires && e.Expires == "":
		add(weakNoExpiry, "expires", nil)
	}
	switch {
	case t.oldest == "":
	case e.Issued == "":
		add(weakUndated, "issued", Args{"MaxAge": t.maxAge})
	case e.Issued < t.oldest:
		add(weakOld, "issued", Args{"MaxAge": t.maxAge, "Issued": string(e.Issued)})
	}
	for _, name := range t.mustShow {
		if !e.Shows(name) {
			add(weakField, name, Args{"Show": strings.TrimPrefix(name, "fields.")})
		}
	}
	return out
}

// Shows reports whether the record of e has the named field filled: one of the
// record's own (number, issuer, holder, product, models, methods, marks,
// issued, expires, period …) or, as fields.<name>, one of Fields.
func (e *Evidence) Shows(name string) bool {
	if own, known := e.ownField(name); known {
		return own
	}
	return strings.TrimSpace(e.Fields[strings.TrimPrefix(name, "fields.")]) != ""
}

// fieldAliases are other names of the record's own fields.
var fieldAliases = map[string]string{
	"report_no": "number", "sample_model": "models", "method": "methods", "date": "issued",
}

func (e *Evidence) ownField(name string) (filled, known bool) {
	switch cmp.Or(fieldAliases[name], name) {
	case "title":
		return e.Title != "", true
	case "number":
		return e.Number != "", true
	case "issuer":
		return e.Issuer != "", true
	case "holder":
		return e.Holder != "", true
	case "holderCode", "holder_code":
		return e.HolderCode != "", true
	case "product":
		return e.Product != "", true
	case "models":
		return len(e.Models) > 0, true
	case "methods":
		return len(e.Methods) > 0, true
	case "marks":
		return len(e.Marks) > 0, true
	case "issued":
		return e.Issued != "", true
	case "expires":
		return e.Expires != "", true
	case "period":
		return e.Period != Span{}, true
	}
	return false, false
}

// terms are what a piece of evidence is held against.
type terms struct {
	expires  bool
	maxAge   string
	oldest   Date // issued before it is too old; empty: any age
	covers   string
	mustShow []string
}

func (c *context) newTerms(v programme.Validity, mustShow []string) terms {
	t := terms{expires: v.Expires, maxAge: v.MaxAge, covers: v.Covers, mustShow: mustShow}
	if age, err := programme.ParsePeriod(v.MaxAge); v.MaxAge != "" && err == nil {
		t.oldest = c.s.Date.Minus(age)
	}
	return t
}

// termsOf are the terms of a rule: its own, else those of its slot.
func (c *context) termsOf(r programme.EvidenceRule) terms {
	if r.Valid == nil && len(r.MustShow) == 0 {
		return c.slotTerms[r.Slot]
	}
	slot := c.slots[r.Slot]
	valid, mustShow := slot.Valid, slot.MustShow
	if r.Valid != nil {
		valid = *r.Valid
	}
	if len(r.MustShow) > 0 {
		mustShow = r.MustShow
	}
	return c.newTerms(valid, mustShow)
}

// fill holds the evidence of a pool against the rules that apply. The same file
// recorded twice counts once.
func (c *context) fill(rules []programme.EvidenceRule, pool []string) []SlotResult {
	var out []SlotResult
	ids := slices.Compact(slices.Sorted(slices.Values(pool)))
	for _, rule := range rules {
		if c.applies(rule.When) {
			out = append(out, c.fillOne(rule, ids))
		}
	}
	return out
}

func (c *context) fillOne(rule programme.EvidenceRule, ids []string) SlotResult {
	t := c.termsOf(rule)
	r := SlotResult{Slot: rule.Slot, Need: rule.Min}
	files := map[string]bool{}
	var periods []Span
	for _, id := range ids {
		e, there := c.evidence[id]
		if !there || !slices.Contains(e.Slots, rule.Slot) {
			continue
		}
		if len(e.weaknesses(t, c.s.Date)) > 0 {
			r.Weak = append(r.Weak, id)
			continue
		}
		r.Valid = append(r.Valid, id)
		files[e.Digest] = true
		periods = append(periods, e.Period)
	}
	r.Filled = len(files) >= r.Need && covers(periods, t.covers, c.s.Date)
	return r
}

// covers reports whether the periods together cover, without a gap, the length
// asked for, ending not more than 18 months before date: accounts of a year are
// closed and audited well after its end.
func covers(periods []Span, length string, date Date) bool {
	if length == "" {
		return true
	}
	need, err := programme.ParsePeriod(length)
	if err != nil {
		return true // lint refuses such a pack; it is not the applicant's fault
	}
	spans := slices.SortedFunc(slices.Values(periods), func(a, b Span) int { return cmp.Compare(a.From, b.From) })
	oldest := date.Minus(programme.Period{Months: 18})
	for _, newest := range spans {
		end := newest.To
		if end == "" || end > date {
			end = date
		}
		if end >= oldest && unbroken(spans, end.Plus(programme.Period{Days: 1}).Minus(need), end) {
			return true
		}
	}
	return false
}

// unbroken reports whether spans, sorted by start, cover every day from first
// to last.
func unbroken(spans []Span, first, last Date) bool {
	next := first // first day not yet covered
	for _, s := range spans {
		if s.From == "" || s.From > next {
			continue
		}
		if s.To == "" || s.To >= last {
			return true
		}
		if s.To >= next {
			next = s.To.Plus(programme.Period{Days: 1})
		}
	}
	return next > last
}
