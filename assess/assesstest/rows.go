package assesstest

import (
	"fmt"

	"mingpin/assess"
	"mingpin/assess/quantity"
)

// rows are the comparison table, in the order of the file.
func (s sample) rows() ([]assess.Entity, error) {
	var out []assess.Entity
	for n, r := range s.Indicators {
		i, err := r.indicator(s.Application.Standard)
		if err != nil {
			return nil, fmt.Errorf("read indicator %s: %w", r.ID, err)
		}
		i.Order = n + 1
		out = append(out, i)
	}
	return out, nil
}

// indicator reads limits and values in the unit of the row.
func (r row) indicator(own string) (assess.Indicator, error) {
	i := assess.Indicator{
		ID: r.ID, Application: sampleApplication, Name: r.Name, NameEn: r.NameEn, Class: r.Class,
		Spec:        quantity.Indicator{Quantity: r.Quantity, Direction: r.Direction},
		Own:         assess.OwnLimit{Standard: own, Clause: r.Own.Clause, Methods: r.Own.Methods},
		Equivalents: r.Equivalents, Claim: r.Claim, Note: r.Note, Lower: r.Lower,
	}
	var err error
	if i.Spec.Unit, err = quantity.ParseUnit(r.Unit); err != nil {
		return i, err
	}
	if i.Own.Limit, err = quantity.ParseLimit(r.Own.Limit, i.Spec.Unit, nil); err != nil {
		return i, err
	}
	for _, c := range r.Comparators {
		limit, err := quantity.ParseLimit(c.Limit, i.Spec.Unit, nil)
		if err != nil {
			return i, err
		}
		i.Comparators = append(i.Comparators, assess.Comparator{
			Standard: c.Standard, Clause: c.Clause, Limit: limit, Methods: c.Methods, Unverified: c.Unverified,
		})
	}
	i.Measured, err = r.Measured.measurement(i.Spec.Unit)
	return i, err
}

func (m measured) measurement(unit quantity.Unit) (assess.Measurement, error) {
	v, err := quantity.ParseValue(m.Value, unit, nil)
	return assess.Measurement{Value: v, Methods: m.Methods, Report: m.Report, Page: m.Page, Model: m.Model, On: m.On}, err
}
