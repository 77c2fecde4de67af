package assess

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of what one entity may hold, in characters and entries.
const (
	maxLine = 300    // a name, a number, a title
	maxText = 20_000 // a statement, a profile
	maxList = 2_000  // entries of a list or map
	maxFile = 1 << 40
)

var (
	idForm     = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$`)
	digestForm = regexp.MustCompile(`^[0-9a-f]{64}$`)
	countForm  = regexp.MustCompile(`^[0-9]{1,9}$`)
	amountForm = regexp.MustCompile(`^-?[0-9]{1,30}(\.[0-9]{1,30})?$`)
)

// faults gathers what is wrong with one entity.
type faults struct {
	at   string // entity kind and key
	errs []error
}

func faultsOf(e Entity) *faults { return &faults{at: e.Kind() + "/" + e.Key()} }

func (f *faults) join() error { return errors.Join(f.errs...) }

func (f *faults) add(path, key, value string) {
	f.errs = append(f.errs, &Fault{Kind: Invalid, Key: key, Args: Args{
		"Field": f.at + "/" + path, "Value": clip(value),
	}})
}

// addTo records an error of a part at path, with the field added to its facts.
func (f *faults) addTo(path string, err error) {
	var fault *Fault
	if !errors.As(err, &fault) {
		f.errs = append(f.errs, err)
		return
	}
	args := Args{"Field": f.at + "/" + path}
	for k, v := range fault.Args {
		args[k] = v
	}
	f.errs = append(f.errs, &Fault{Kind: fault.Kind, Key: fault.Key, Args: args})
}

// clip shortens a value so that a message stays one line.
func clip(s string) string {
	const most = 60
	s = strings.ToValidUTF8(s, "\uFFFD")
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}

func (f *faults) required(path, v string) {
	if strings.TrimSpace(v) == "" {
		f.add(path, "fault.required", v)
	}
}

// line checks a text of one line.
func (f *faults) line(path, v string) { f.words(path, v, maxLine, "") }

// text checks a text that may have several lines.
func (f *faults) text(path, v string) { f.words(path, v, maxText, "\n\t") }

func (f *faults) words(path, v string, most int, allowed string) {
	if !utf8.ValidString(v) {
		f.add(path, "fault.not_text", v)
		return
	}
	if n := utf8.RuneCountInString(v); n > most {
		f.errs = append(f.errs, &Fault{Kind: Invalid, Key: "fault.too_long", Args: Args{
			"Field": f.at + "/" + path, "Length": strconv.Itoa(n), "Most": strconv.Itoa(most),
		}})
	}
	if strings.ContainsFunc(v, func(r rune) bool { return unicode.IsControl(r) && !strings.ContainsRune(allowed, r) }) {
		f.add(path, "fault.control_character", v)
	}
}

func (f *faults) lines(path string, vs []string) {
	f.count(path, len(vs))
	for _, v := range vs {
		f.required(path, v)
		f.line(path, v)
	}
}

func (f *faults) count(path string, n int) {
	if n > maxList {
		f.errs = append(f.errs, &Fault{Kind: Invalid, Key: "fault.too_many", Args: Args{
			"Field": f.at + "/" + path, "Count": strconv.Itoa(n), "Most": strconv.Itoa(maxList),
		}})
	}
}

// id checks an identifier that has to be there.
func (f *faults) id(path, v string) {
	if !idForm.MatchString(v) {
		f.add(path, "fault.bad_id", v)
	}
}

func (f *faults) optionalID(path, v string) {
	if v != "" {
		f.id(path, v)
	}
}

func (f *faults) ids(path string, vs []string) {
	f.count(path, len(vs))
	seen := map[string]bool{}
	for _, v := range vs {
		f.id(path, v)
		if seen[v] {
			f.add(path, "fault.twice", v)
		}
		seen[v] = true
	}
}

func (f *faults) date(path string, d Date) {
	if d != "" && !d.Valid() {
		f.add(path, "fault.bad_date", string(d))
	}
}

// order checks two dates and that the first is not after the second.
func (f *faults) order(first, second string, a, b Date) {
	f.date(first, a)
	f.date(second, b)
	if a.Valid() && b.Valid() && a > b {
		f.errs = append(f.errs, &Fault{Kind: Invalid, Key: "fault.date_order", Args: Args{
			"Field": f.at + "/" + second, "First": string(a), "Second": string(b),
		}})
	}
}

func (f *faults) span(path string, s Span) { f.order(path+".from", path+".to", s.From, s.To) }

func (f *faults) oneOf(path, v string, words ...string) {
	if !slices.Contains(words, v) {
		f.errs = append(f.errs, &Fault{Kind: Invalid, Key: "fault.unknown_word", Args: Args{
			"Field": f.at + "/" + path, "Value": clip(v), "Words": strings.Trim(strings.Join(words, ", "), ", "),
		}})
	}
}

func (f *faults) form(path, v, key string, form *regexp.Regexp) {
	if v != "" && !form.MatchString(v) {
		f.add(path, key, v)
	}
}

func (f *faults) table(path string, m map[string]string) {
	f.count(path, len(m))
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		f.id(path+"."+clip(k), k)
		f.text(path+"."+clip(k), m[k])
	}
}

// provinces are the first two digits of GB/T 2260 codes.
const provinces = "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82"

// region checks the form of a GB/T 2260 code: six digits, a province that
// exists, and no county without its prefecture.
func (f *faults) region(path, v string) {
	if v == "" {
		return
	}
	digits := len(v) == 6 && strings.Trim(v, "0123456789") == ""
	if !digits || !slices.Contains(strings.Fields(provinces), v[:2]) || (v[2:4] == "00" && v[4:] != "00") {
		f.add(path, "fault.bad_region", v)
	}
}

func (f *faults) person(path string, p Person) {
	f.line(path+".name", p.Name)
	f.line(path+".title", p.Title)
	f.line(path+".phone", p.Phone)
	f.line(path+".mail", p.Mail)
	f.line(path+".act", p.Act)
	f.date(path+".since", p.Since)
}
