package assess

import (
	"encoding/json"
	"slices"
	"strings"

	"mingpin/assess/programme"
)

// emptyFormFields finds required fields of the application form that nothing
// fills: for figures over several years, every year that lacks one.
func emptyFormFields(c *context) []finding {
	tree := c.formTree()
	return each(c.p.Form, func(section programme.FormSection) []finding {
		return each(section.Fields, func(f programme.FormField) []finding {
			if !f.Required || f.Blank {
				return nil
			}
			return c.emptyField(f, tree)
		})
	})
}

func (c *context) emptyField(f programme.FormField, tree map[string]any) []finding {
	concept, isFact := strings.CutPrefix(f.Source, "fact:")
	switch {
	case isFact && f.Years > 0:
		return c.missingYears(f, concept)
	case isFact:
		return one(len(c.env.facts[concept]) == 0, factField(concept), Args{"Entry": f.ID, "Year": ""})
	}
	filled := !blank(c.s.Application.Form[f.ID]) || hasValue(at(tree, f.Source))
	return one(!filled, c.formField(f), Args{"Entry": f.ID, "Year": ""})
}

func (c *context) missingYears(f programme.FormField, concept string) []finding {
	var out []finding
	last := c.s.Date.Year() - 1
	for year := last - f.Years + 1; year <= last; year++ {
		there := slices.ContainsFunc(c.env.facts[concept], func(x programme.Fact) bool { return x.Year == year })
		out = append(out, one(!there, factField(concept), Args{"Entry": f.ID, "Year": itoa(year)})...)
	}
	return out
}

// formTree is what the paths of form fields lead into: the JSON of the client,
// application, executed standard and declaration.
func (c *context) formTree() map[string]any {
	standard, _ := c.executed()
	data, err := json.Marshal(map[string]any{
		KindClient: c.s.Client, KindApplication: c.s.Application,
		KindStandard: standard, KindDeclaration: c.s.Declaration,
	})
	if err != nil {
		panic(err) // our own types
	}
	var tree map[string]any
	if err := json.Unmarshal(data, &tree); err != nil {
		panic(err)
	}
	return tree
}

func at(tree map[string]any, path string) any {
	var v any = tree
	for step := range strings.SplitSeq(path, ".") {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[step]
	}
	return v
}

func hasValue(v any) bool {
	switch v := v.(type) {
	case string:
		return !blank(v)
	case []any:
		return len(v) > 0
	}
	return v != nil
}

// formField is where the content of a form field is entered.
func (c *context) formField(f programme.FormField) Field {
	kind, path, _ := strings.Cut(f.Source, ".")
	switch kind {
	case KindClient:
		return c.clientField(path)
	case KindApplication:
		return c.applicationField(path)
	case KindDeclaration:
		return c.declarationField(path)
	case KindStandard:
		return standardField(c.s.Application.Standard, path)
	}
	return c.applicationField("form." + f.ID)
}
