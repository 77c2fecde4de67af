package assess

import (
	"strings"

	"mingpin/assess/programme"
	"mingpin/assess/quantity"
)

// Words are the texts of one language: the program's catalogue.
type Words interface {
	// Lang is the language, as a BCP 47 tag.
	Lang() string
	// Has reports whether the catalogue has the key.
	Has(key string) bool
	// T says a key with the facts its message names.
	T(key string, args ...map[string]string) string
}

// Readable gives args as a message of an issue, a derivation or a fault says
// them in the language of say: ids of pack items and concepts, field paths,
// lengths of time, units, conditions and the faults of facts become words.
// What has no word stays as it is.
func Readable(p *programme.Pack, say Words, args Args) Args {
	r := reader{p: p, say: say, args: args}
	out := make(Args, len(args))
	for k, v := range args {
		out[k] = v
		if read := readers[k]; read != nil && v != "" {
			out[k] = read(&r, v)
		}
	}
	if key := args["Fault"]; key != "" {
		out["Fault"] = say.T(key, out)
	}
	return out
}

// ReadableValue gives the value of a derivation in the language of say: yes and
// no, codes and lengths of time become words.
func ReadableValue(p *programme.Pack, say Words, value string) string {
	return (&reader{p: p, say: say}).value(value)
}

// A reader puts facts of messages into words.
type reader struct {
	p    *programme.Pack
	say  Words
	args Args
}

// readers say how the facts that need words get them, by their name.
var readers = map[string]func(*reader, string) string{
	"Annex": (*reader).name, "Concept": (*reader).name, "Dimension": (*reader).name, "Gate": (*reader).name,
	"Entry": (*reader).name, "Parameter": (*reader).name, "Reason": (*reader).name, "Requirement": (*reader).name,
	"Slot": (*reader).name, "Level": (*reader).name, "Pass": (*reader).name, "Programme": (*reader).name,
	"Missing": (*reader).names, "Slots": (*reader).names, "Scale": (*reader).names,
	"Codes": (*reader).codes, "Roles": (*reader).roles, "Role": (*reader).role, "Changed": (*reader).changed,
	"Show": (*reader).field, "MaxAge": (*reader).period, "Validity": (*reader).period,
	"Pack": (*reader).pack, "Application": (*reader).pack, "Want": (*reader).pack,
	"Found": (*reader).found, "Call": (*reader).call,
	"Yes": (*reader).value, "No": (*reader).value, "Form": (*reader).periods,
	"Levels": (*reader).levels, "Known": (*reader).known,
	"Unit": (*reader).unit, "OtherUnit": (*reader).unit, "WantUnit": (*reader).unit,
	"Value": (*reader).stated, "Other": (*reader).stated, "Record": (*reader).stated,
}

// name is the title of an item of the pack, the name of a concept, or the
// catalogue's word for a field.
func (r *reader) name(id string) string {
	for _, lang := range []string{r.say.Lang(), programme.Languages[0]} {
		if r.p.HasText(lang, id, "title") {
			return r.p.Text(lang, id, "title")
		}
		if name := r.p.Concepts[id].Name[lang]; name != "" {
			return name
		}
	}
	if id == r.p.ID {
		return r.name("pack")
	}
	return r.field(id)
}

func (r *reader) field(name string) string { return r.word("field.", name) }

// word is the catalogue's text for a name of the program, else the name.
func (r *reader) word(prefix, name string) string {
	if r.say.Has(prefix + name) {
		return r.say.T(prefix + name)
	}
	return name
}

func (r *reader) names(v string) string { return r.each(v, r.name) }

func (r *reader) codes(v string) string {
	return r.each(v, func(s string) string { return r.word("value.", s) })
}

func (r *reader) role(v string) string { return r.word("role.", v) }

func (r *reader) roles(v string) string { return r.each(v, r.role) }

// changed are kinds of entities.
func (r *reader) changed(v string) string {
	return r.each(v, func(s string) string { return r.word("kind.", s) })
}

// each puts the parts of a list into words and joins them as the language does.
func (r *reader) each(list string, read func(string) string) string {
	return r.join("field.and", mapped(strings.Split(list, ", "), read))
}

// join folds parts with a text that says how two stand together.
func (r *reader) join(key string, parts []string) string {
	out := parts[0]
	for _, next := range parts[1:] {
		out = r.say.T(key, map[string]string{"First": out, "Second": next})
	}
	return out
}

// period says a length of time: 1 year 6 months.
func (r *reader) period(v string) string {
	p, err := programme.ParsePeriod(v)
	if err != nil {
		return v
	}
	var parts []string
	add := func(n int, one, many string) {
		switch {
		case n == 1:
			parts = append(parts, r.say.T(one, map[string]string{"Count": "1"}))
		case n > 1:
			parts = append(parts, r.say.T(many, map[string]string{"Count": itoa(n)}))
		}
	}
	add(p.Years, "period.year", "period.years")
	add(p.Months, "period.month", "period.months")
	add(p.Days, "period.day", "period.days")
	if len(parts) == 0 {
		return r.say.T("period.days", map[string]string{"Count": "0"})
	}
	return r.join("period.and", parts)
}

func (r *reader) periods(v string) string { return r.each(v, r.period) }

// pack says the name of this pack before its version; others keep their id.
func (r *reader) pack(v string) string {
	if rest, ours := strings.CutPrefix(v, r.p.ID); ours && (rest == "" || rest[0] == ' ') {
		return r.name("pack") + rest
	}
	return v
}

func (r *reader) unit(v string) string {
	u, err := quantity.ParseUnit(v)
	if err != nil {
		return v
	}
	return u.Print(r.say.Lang())
}

// stated is a value of a fact or a replaced parameter: codes and yes or no of a
// concept become words, anything else stays as it was entered.
func (r *reader) stated(v string) string {
	switch r.p.Concepts[r.args["Concept"]].Type {
	case programme.Boolean, programme.Code:
		return r.value(v)
	}
	if r.args["Parameter"] != "" {
		return r.period(v)
	}
	return v
}

// levels lists the ratings of the requirement's scale.
func (r *reader) levels(v string) string {
	q, _ := r.p.Requirement(r.args["Requirement"])
	return r.list(v, q.Scale+".")
}

func (r *reader) known(v string) string { return r.list(v, "") }

// list names choices again, each of which begins with its id.
func (r *reader) list(v, prefix string) string {
	entries := mapped(strings.Split(v, choiceMark), func(entry string) string {
		id, _, _ := strings.Cut(entry, " ")
		if r.p.HasText(r.say.Lang(), prefix+id, "title") {
			return choices(r.p, r.say.Lang(), prefix, []string{id})
		}
		return entry
	})
	return r.join("call.and", entries)
}
