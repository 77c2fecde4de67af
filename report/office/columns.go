package office

import (
	"strings"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/assess/quantity"
	"mingpin/assets"
)

// A form is what a column accepts: its key in the hidden second row, the words
// it is limited to, whether it holds dates, and whether it has to be filled.
type form struct {
	key      string
	label    string      // its title's key, where it is not the same
	words    *vocabulary // nil where any text goes
	date     bool
	required bool
}

func (f form) titleKey() string {
	if f.label != "" {
		return "office.column." + f.label
	}
	return "office.column." + f.key
}

// title is the column's title, with the words it accepts.
func (f form) title(say *assets.Text) string {
	title := say.T(f.titleKey())
	if f.required {
		title += "*"
	}
	if f.words != nil && f.words != yesNo {
		title = say.T("office.title_words", map[string]string{"Title": title, "Words": strings.Join(f.words.words(say), "/")})
	}
	return title
}

// A column of a sheet: its form and the getter and setter of the record it
// stands for. Closed sets are got and set as codes.
type column[T any] struct {
	form
	get func(T) string
	set func(*T, string) *assess.Fault
}

// labelled gives a column a title of its own.
func labelled[T any](label string, c column[T]) column[T] {
	c.label = label
	return c
}

// must marks a column that has to be filled.
func must[T any](c column[T]) column[T] {
	c.required = true
	return c
}

const wordSeparator = ";"

func split(s string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(";；、\n", r) }) {
		if w = strings.TrimSpace(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}

func join(words []string) string { return strings.Join(words, wordSeparator+" ") }

// text makes a column of a plain text field.
func text[T any](key string, at func(*T) *string) column[T] {
	return column[T]{
		form: form{key: key},
		get:  func(v T) string { return *at(&v) },
		set:  func(v *T, s string) *assess.Fault { *at(v) = s; return nil },
	}
}

func list[T any](key string, at func(*T) *[]string) column[T] {
	return column[T]{
		form: form{key: key},
		get:  func(v T) string { return join(*at(&v)) },
		set:  func(v *T, s string) *assess.Fault { *at(v) = split(s); return nil },
	}
}

func date[T any](key string, at func(*T) *assess.Date) column[T] {
	return column[T]{
		form: form{key: key, date: true},
		get:  func(v T) string { return string(*at(&v)) },
		set: func(v *T, s string) *assess.Fault {
			d, err := programme.ParseDate(s)
			if err != nil {
				return invalid("fault.cell_date", nil)
			}
			*at(v) = d
			return nil
		},
	}
}

// choice makes a column of a closed set of words.
func choice[T any](key string, words *vocabulary, at func(*T) *string) column[T] {
	c := text(key, at)
	c.words = words
	return c
}

func yes[T any](key string, at func(*T) *bool) column[T] {
	return column[T]{
		form: form{key: key, words: yesNo},
		get: func(v T) string {
			if *at(&v) {
				return "yes"
			}
			return ""
		},
		set: func(v *T, s string) *assess.Fault { *at(v) = s == "yes"; return nil },
	}
}

func invalid(key string, args assess.Args) *assess.Fault {
	return &assess.Fault{Kind: assess.Invalid, Key: key, Args: args}
}

// indicatorColumns are the columns of an indicator before and after those of
// its comparators.
func indicatorColumns() (before, after []column[row]) {
	before = []column[row]{
		text("id", func(r *row) *string { return &r.ID }),
		must(text("name", func(r *row) *string { return &r.Name })),
		text("name-en", func(r *row) *string { return &r.NameEn }),
		choice("class", indicatorClasses, func(r *row) *string { return &r.Class }),
		{form: form{key: "unit"}, get: func(r row) string { return string(r.Spec.Unit) }, set: setUnit},
		choice("direction", directions, func(r *row) *string { return (*string)(&r.Spec.Direction) }),
		list("grades", func(r *row) *[]string { return &r.Spec.Grades }),
		choice("comparison", comparisons, func(r *row) *string { return (*string)(&r.Spec.Method) }),
		choice("quantity", quantities, func(r *row) *string { return (*string)(&r.Spec.Quantity) }),
	}
	after = []column[row]{
		text("own", func(r *row) *string { return &r.own }),
		text("own-clause", func(r *row) *string { return &r.Own.Clause }),
		list("own-methods", func(r *row) *[]string { return &r.Own.Methods }),
		text("measured", func(r *row) *string { return &r.measured }),
		list("measured-methods", func(r *row) *[]string { return &r.Measured.Methods }),
		text("report", func(r *row) *string { return &r.Measured.Report }),
		text("page", func(r *row) *string { return &r.Measured.Page }),
		text("model", func(r *row) *string { return &r.Measured.Model }),
		date("measured-on", func(r *row) *assess.Date { return &r.Measured.On }),
		choice("claim", claims, func(r *row) *string { return (*string)(&r.Claim) }),
		text("note", func(r *row) *string { return &r.Note }),
		text("lower", func(r *row) *string { return &r.Lower }),
	}
	return before, after
}

func setUnit(r *row, s string) *assess.Fault {
	u, err := quantity.ParseUnit(s)
	if err != nil {
		return invalid("fault.cell_unit", nil)
	}
	r.Spec.Unit = u
	return nil
}

// A standardRow is one standard while it is read: group names the blank group
// of columns of the comparison sheet it is meant for.
type standardRow struct {
	assess.Standard
	group string
}

// standardColumns are the columns of a standard.
func standardColumns() []column[standardRow] {
	type std = standardRow
	return []column[std]{
		text("id", func(s *std) *string { return &s.ID }),
		must(text("number", func(s *std) *string { return &s.Number })),
		text("title", func(s *std) *string { return &s.Title }),
		must(choice("class", standardClasses, func(s *std) *string { return &s.Class })),
		choice("group", blankGroups, func(s *std) *string { return &s.group }),
		choice("status", statuses, func(s *std) *string { return &s.Status }),
		date("status-on", func(s *std) *assess.Date { return &s.StatusOn }),
		text("status-from", func(s *std) *string { return &s.StatusFrom }),
		date("from", func(s *std) *assess.Date { return &s.From }),
		date("reviewed", func(s *std) *assess.Date { return &s.Reviewed }),
		text("platform", func(s *std) *string { return &s.Published.Platform }),
		date("published-on", func(s *std) *assess.Date { return &s.Published.On }),
		text("record", func(s *std) *string { return &s.Published.Number }),
		text("lower", func(s *std) *string { return &s.Published.Lower }),
		yes("unverified", func(s *std) *bool { return &s.Unverified }),
		labelled("remark", text("note", func(s *std) *string { return &s.Note })),
	}
}

// A method is one recorded equivalence of test methods of one indicator, which
// is named by id or name.
type method struct {
	indicator string
	assess.Equivalence
}

func methodColumns() []column[method] {
	return []column[method]{
		must(text("indicator", func(m *method) *string { return &m.indicator })),
		must(text("method-a", func(m *method) *string { return &m.A })),
		must(text("method-b", func(m *method) *string { return &m.B })),
		must(text("source", func(m *method) *string { return &m.Source })),
	}
}
