package assess

import (
	"regexp"
	"strings"
)

// callForm is what a condition looked up, as programme writes it:
// none_within('incident-major', P3Y).
var callForm = regexp.MustCompile(`^([a-z_]+)\((.*)\)$`)

// call says what a condition looked up.
func (r *reader) call(v string) string {
	m := callForm.FindStringSubmatch(v)
	if m == nil {
		return r.name(v)
	}
	args := r.arguments(m[2])
	if key := "call." + m[1]; r.say.Has(key) {
		return r.say.T(key, args)
	}
	return args["First"]
}

func (r *reader) arguments(list string) map[string]string {
	args := map[string]string{"First": "", "Second": "", "Third": ""}
	for n, arg := range strings.SplitN(list, ", ", 3) {
		args[[]string{"First", "Second", "Third"}[n]] = r.argument(strings.Trim(arg, "'"))
	}
	return args
}

// argument says one argument of a call: a concept or parameter, a length of
// time, or a number.
func (r *reader) argument(v string) string {
	if words := r.period(v); words != v {
		return words
	}
	return r.name(v)
}

// found says what a failed condition rests on, thing by thing; of an event that
// it happened. What is no "call = value" is a date or years and stays as it is.
func (r *reader) found(v string) string {
	return r.join("call.and", mapped(strings.Split(v, "; "), func(part string) string {
		call, value, is := strings.Cut(part, " = ")
		if !is {
			return part
		}
		if list, ok := strings.CutPrefix(call, "none_within("); ok && value == "false" {
			return r.say.T("call.happened_within", r.arguments(strings.TrimSuffix(list, ")")))
		}
		return r.say.T("call.is", map[string]string{"What": r.call(call), "Value": r.value(value)})
	}))
}

// value says what a condition found: yes and no, codes, lengths of time and
// items of the pack in words.
func (r *reader) value(v string) string {
	if words := r.word("value.", v); words != v {
		return words
	}
	if words := r.period(v); words != v {
		return words
	}
	return r.name(v)
}
