package office

import (
	"slices"
	"strings"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/assess/quantity"
)

// A row is one indicator while it is read: limits and values can be understood
// only when unit and grades are known, so they are kept as text until then.
type row struct {
	assess.Indicator
	own, measured string
	comparators   []comparatorText
}

type comparatorText struct {
	standard, limit, clause, methods, unverified string
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
		key: key,
		get: func(v T) string { return *at(&v) },
		set: func(v *T, s string) error { *at(v) = strings.TrimSpace(s); return nil },
	}
}

func list[T any](key string, at func(*T) *[]string) column[T] {
	return column[T]{
		key: key,
		get: func(v T) string { return join(*at(&v)) },
		set: func(v *T, s string) error { *at(v) = split(s); return nil },
	}
}

func date[T any](key string, at func(*T) *assess.Date) column[T] {
	return column[T]{
		key: key,
		get: func(v T) string { return string(*at(&v)) },
		set: func(v *T, s string) error {
			d, err := programme.ParseDate(strings.NewReplacer("/", "-", ".", "-").Replace(strings.TrimSpace(s)))
			if err != nil {
				return &assess.Fault{Kind: assess.Invalid, Key: "fault.cell_date"}
			}
			*at(v) = d
			return nil
		},
	}
}

// choice makes a column of a closed set of words.
func choice[T any](key string, words []string, at func(*T) *string) column[T] {
	return column[T]{
		key: key,
		get: func(v T) string { return *at(&v) },
		set: func(v *T, s string) error {
			s = strings.TrimSpace(s)
			if !slices.Contains(words, s) {
				return &assess.Fault{Kind: assess.Invalid, Key: "fault.cell_choice", Args: assess.Args{"Words": strings.Join(words, ", ")}}
			}
			*at(v) = s
			return nil
		},
	}
}

func yes[T any](key string, at func(*T) *bool) column[T] {
	return column[T]{
		key: key,
		get: func(v T) string {
			if *at(&v) {
				return "yes"
			}
			return ""
		},
		set: func(v *T, s string) error { *at(v) = isYes(s); return nil },
	}
}

func isYes(s string) bool {
	return slices.Contains([]string{"yes", "是", "true", "1", "待核实"}, strings.ToLower(strings.TrimSpace(s)))
}

var classes = []string{"safety", "basic", "core", "innovative"}

var standardClasses = []string{"mandatory", "recommended", "industry", "local", "group", "enterprise", "foreign", "international"}

var statuses = []string{"in-force", "replaced", "withdrawn", "not-yet", "unknown"}

// indicatorColumns are the columns of an indicator before and after those of
// its comparators.
func indicatorColumns() (before, after []column[row]) {
	before = []column[row]{
		text("id", func(r *row) *string { return &r.ID }),
		text("name", func(r *row) *string { return &r.Name }),
		text("name-en", func(r *row) *string { return &r.NameEn }),
		choice("class", classes, func(r *row) *string { return &r.Class }),
		{key: "unit", get: func(r row) string { return string(r.Spec.Unit) }, set: setUnit},
		choice("direction", []string{"higher", "lower", "range"}, func(r *row) *string { return (*string)(&r.Spec.Direction) }),
		list("grades", func(r *row) *[]string { return &r.Spec.Grades }),
		choice("comparison", []string{"full", "rounded"}, func(r *row) *string { return (*string)(&r.Spec.Method) }),
		text("quantity", func(r *row) *string { return (*string)(&r.Spec.Quantity) }),
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
		choice("claim", []string{"better", "equal", "worse", "gap", "incomparable"}, func(r *row) *string { return (*string)(&r.Claim) }),
		text("note", func(r *row) *string { return &r.Note }),
		text("lower", func(r *row) *string { return &r.Lower }),
	}
	return before, after
}

func setUnit(r *row, s string) error {
	u, err := quantity.ParseUnit(strings.TrimSpace(s))
	if err != nil {
		return &assess.Fault{Kind: assess.Invalid, Key: "fault.cell_unit"}
	}
	r.Spec.Unit = u
	return nil
}

// standardColumns are the columns of a standard.
func standardColumns() []column[assess.Standard] {
	type std = assess.Standard
	return []column[std]{
		text("id", func(s *std) *string { return &s.ID }),
		text("number", func(s *std) *string { return &s.Number }),
		text("title", func(s *std) *string { return &s.Title }),
		choice("class", standardClasses, func(s *std) *string { return &s.Class }),
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
		text("note", func(s *std) *string { return &s.Note }),
	}
}

// A method is one recorded equivalence of test methods of one indicator.
type method struct {
	indicator string
	assess.Equivalence
}

func methodColumns() []column[method] {
	return []column[method]{
		text("indicator", func(m *method) *string { return &m.indicator }),
		text("method-a", func(m *method) *string { return &m.A }),
		text("method-b", func(m *method) *string { return &m.B }),
		text("source", func(m *method) *string { return &m.Source }),
	}
}
