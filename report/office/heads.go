package office

import (
	"fmt"
	"strings"
	"unicode"

	"mingpin/assess"
	"mingpin/assets"
)

// heads finds the column for every head of s: by its key, and where a person
// has added it, by its title. What nobody knows is an error, which is added to
// the reader's; such columns set nothing.
func heads[T any](r *reader, s *sheet, known []column[T], other func(position int) (column[T], bool)) []column[T] {
	out := make([]column[T], s.width())
	for i := range out {
		key, title := s.at(2, i), s.at(1, i)
		c, ok := byHead(known, key.shown, title.shown)
		if !ok && other != nil {
			c, ok = other(i)
		}
		switch {
		case key.shown == "" && title.shown == "":
			continue
		case !ok:
			r.add(s.errorAt(headRow(title), i, invalid("fault.cell_unknown_column", nil)))
			continue
		}
		if at, twice := s.columns[c.key]; twice {
			r.add(s.errorAt(headRow(title), i, invalid("fault.cell_column_twice", assess.Args{"Cell": cellName(at+1, 1)})))
			continue
		}
		s.columns[c.key] = i
		out[i] = c
	}
	r.missing(s, forms(known))
	r.headless(s)
	return out
}

// headRow is the row a person looks for a head in: that of the titles, but
// that of the keys where there is no title.
func headRow(title cell) int {
	if title.shown == "" {
		return 2
	}
	return 1
}

func byHead[T any](known []column[T], key, title string) (column[T], bool) {
	for _, c := range known {
		if c.key == key {
			return c, true
		}
	}
	for _, c := range known {
		if !strings.Contains(key, "#") && titled(title, c.titleKey()) {
			return c, true
		}
	}
	return column[T]{}, false
}

func forms[T any](columns []column[T]) []form {
	var out []form
	for _, c := range columns {
		out = append(out, c.form)
	}
	return out
}

// missing names required columns that s does not have.
func (r *reader) missing(s *sheet, known []form) {
	for _, f := range known {
		if _, ok := s.columns[f.key]; f.required && !ok {
			r.add(s.errorAt(1, 0, invalid("fault.cell_column_missing", assess.Args{"Title": s.say.T(f.titleKey())})))
		}
	}
}

// headless names the first cell of each column that holds something without
// having a head.
func (r *reader) headless(s *sheet) {
	named := map[int]bool{}
	for n := 3; n <= len(s.cells); n++ {
		for i, c := range s.cells[n-1] {
			if c.shown != "" && !named[i] && s.at(1, i).shown == "" && s.at(2, i).shown == "" {
				r.add(s.errorAt(n, i, invalid("fault.cell_without_head", nil)))
				named[i] = true
			}
		}
	}
}

var comparatorParts = []string{"limit", "clause", "methods", "unverified"}

// A group is the columns of one comparator while their heads are understood.
type group struct {
	key      string // what its columns' keys begin with
	standard string // id, or "" where none was named
	wrong    bool   // its heads are an error that has been added
	columns  []int
	names    []string // what the titles name, by column
}

// comparatorHead takes apart the head of a column of a comparator.
func comparatorHead(key, title string) (group, part, name string, ok bool) {
	group, part, ok = strings.Cut(key, "#")
	name, titlePart := cutPart(title)
	if ok {
		return group, part, name, partIndex(part) >= 0
	}
	named := titlePart != "" && strings.ContainsFunc(name, unicode.IsDigit)
	return "=" + spelling(name), titlePart, name, named
}

// cutPart takes the name of a part off the end of a title.
func cutPart(title string) (name, part string) {
	for _, t := range languages() {
		for _, p := range comparatorParts {
			if rest, ok := strings.CutSuffix(title, t.T("office.column."+p)); ok {
				return strings.TrimSpace(rest), p
			}
		}
	}
	return title, ""
}

func partIndex(part string) int {
	for i, p := range comparatorParts {
		if p == part {
			return i
		}
	}
	return -1
}

// findGroups finds the columns of comparators in s, which are not among known.
// Columns that were copied with their hidden keys make a group of their own.
func findGroups(s *sheet, known []column[row]) (list []*group, columns map[int]column[row]) {
	byKey, taken := map[string]*group{}, map[string]bool{}
	columns = map[int]column[row]{}
	for i := range s.width() {
		key, part, name, ok := comparatorHead(s.at(2, i).shown, s.at(1, i).shown)
		if _, plain := byHead(known, s.at(2, i).shown, s.at(1, i).shown); plain || !ok {
			continue
		}
		key = free(key, part, taken)
		g := byKey[key]
		if g == nil {
			g = &group{key: key}
			byKey[key] = g
			list = append(list, g)
		}
		g.columns, g.names = append(g.columns, i), append(g.names, name)
		columns[i] = comparatorColumn(g, part)
	}
	return list, columns
}

// free is key, or key with a number where that part of it is taken, and takes
// it.
func free(key, part string, taken map[string]bool) string {
	try := key
	for n := 2; taken[try+"#"+part]; n++ {
		try = fmt.Sprintf("%s@%d", key, n)
	}
	taken[try+"#"+part] = true
	return try
}

func comparatorColumn(g *group, part string) column[row] {
	c := column[row]{form: form{key: g.key + "#" + part}}
	if part == "unverified" {
		c.words = yesNo
	}
	c.set = func(r *row, s string) *assess.Fault {
		switch {
		case g.wrong:
			return nil
		case g.standard == "":
			return invalid("fault.cell_group_unnamed", nil)
		}
		r.comparator(g)[partIndex(part)] = s
		return nil
	}
	return c
}

// name finds the standard of each group: the one its titles name, or the one
// whose row names the group, or the one its key names.
func (r *reader) name(s *sheet, g *group, standards []record[standardRow]) {
	for i, name := range g.names {
		if name == "" || placeholder(g.key, name) {
			continue
		}
		id, ok := r.standardNamed(g, name, standards)
		switch {
		case !ok:
			r.add(s.errorAt(1, g.columns[i], invalid("fault.cell_standard", assess.Args{"Number": name})))
			g.wrong = true
			return
		case g.standard != "" && g.standard != id:
			r.add(s.errorAt(1, g.columns[i], invalid("fault.cell_standard_two", assess.Args{"Number": g.names[0]})))
			g.wrong = true
			return
		}
		g.standard = id
	}
	if g.standard != "" {
		return
	}
	for _, x := range standards {
		if "+"+x.value.group == g.key || x.value.ID == g.key {
			g.standard = x.value.ID
			return
		}
	}
	if !strings.HasPrefix(g.key, "+") {
		r.add(s.errorAt(2, g.columns[0], invalid("fault.cell_standard", assess.Args{"Number": g.key})))
		g.wrong = true
	}
}

// placeholder reports whether name is the title a blank group was given.
func placeholder(key, name string) bool {
	_, ok := blankGroups.code(name)
	return ok && strings.HasPrefix(key, "+") && !isCode(name)
}

func isCode(name string) bool { return len(name) == 1 }

// standardNamed finds the standard a title names by its number, or by the
// number it had when the table was written.
func (r *reader) standardNamed(g *group, name string, standards []record[standardRow]) (string, bool) {
	for _, x := range standards {
		if spelling(x.value.Number) == spelling(name) {
			return x.value.ID, true
		}
	}
	for _, x := range standards {
		for _, old := range r.known.Standards {
			if x.value.ID == g.key && old.ID == g.key && spelling(old.Number) == spelling(name) {
				return g.key, true
			}
		}
	}
	return "", false
}

// groupTitle is the title of the part of a group that is headed name.
func groupTitle(name, part string, say *assets.Text) string {
	return name + " " + say.T("office.column."+part)
}
