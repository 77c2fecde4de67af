package assesstest

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/assess/quantity"
)

func (s sample) facts(concepts programme.Concepts) ([]assess.Entity, error) {
	var out []assess.Entity
	for _, st := range s.Facts {
		concept, known := concepts[st.Concept]
		if !known {
			return nil, missing("concept", st.Concept)
		}
		facts, err := st.facts(concept)
		if err != nil {
			return nil, fmt.Errorf("read fact %s: %w", st.Concept, err)
		}
		out = append(out, facts...)
	}
	return out, nil
}

// facts are the facts of one statement: of each year, or one.
func (st statement) facts(concept programme.Concept) ([]assess.Entity, error) {
	base := assess.Fact{Concept: st.Concept, Subject: st.Subject, Source: st.Source, Evidence: st.Evidence}
	if st.None != nil {
		base.ID, base.None, base.Period = st.id("none"), true, *st.None
		return []assess.Entity{base}, nil
	}
	if len(st.Years) == 0 {
		f, err := stated(base, concept, st.Value)
		f.ID = st.id("")
		return []assess.Entity{f}, err
	}
	var out []assess.Entity
	for _, year := range slices.Sorted(maps.Keys(st.Years)) {
		f, err := stated(base, concept, st.Years[year])
		if err != nil {
			return nil, err
		}
		if f.Year, err = strconv.Atoi(year); err != nil {
			return nil, err
		}
		f.ID = st.id(year)
		out = append(out, f)
	}
	return out, nil
}

// stated gives f its value; amounts are in the unit of their concept.
func stated(f assess.Fact, concept programme.Concept, value string) (assess.Fact, error) {
	f.Value = value
	if concept.Type == programme.Code && !slices.Contains(concept.Codes, value) {
		return f, missing("code", value)
	}
	if concept.Type != programme.Amount {
		return f, nil
	}
	n, err := quantity.ParseDecimal(value)
	if err != nil {
		return f, err
	}
	f.Value, f.Unit = n.String(), concept.Unit
	return f, nil
}

// id is made as the command line makes it, so that a fact stated there again
// replaces that of the sample.
func (st statement) id(last string) string {
	parts := slices.DeleteFunc([]string{st.Concept, st.Subject, last}, func(s string) bool { return s == "" })
	return strings.Join(parts, "_")
}
