package assess

import "mingpin/assess/quantity"

// Check returns every fault of the table row by itself.
func (i Indicator) Check() error {
	f := faultsOf(i)
	f.id("id", i.ID)
	f.id("application", i.Application)
	f.required("name", i.Name)
	f.line("name", i.Name)
	f.line("nameEn", i.NameEn)
	f.oneOf("class", i.Class, "", "safety", "basic", "core", "innovative")
	f.spec(i.Spec)
	f.optionalID("own.standard", i.Own.Standard)
	f.limit("own.limit", i.Own.Limit)
	f.line("own.clause", i.Own.Clause)
	f.lines("own.methods", i.Own.Methods)
	f.measured("measured.value", i.Measured.Value)
	f.lines("measured.methods", i.Measured.Methods)
	f.optionalID("measured.report", i.Measured.Report)
	f.line("measured.page", i.Measured.Page)
	f.line("measured.model", i.Measured.Model)
	f.date("measured.on", i.Measured.On)
	f.comparators(i.Comparators)
	f.equivalents(i.Equivalents)
	f.oneOf("claim", string(i.Claim), "", string(quantity.Better), string(quantity.Equal), string(quantity.Worse), string(quantity.Gap), string(quantity.Incomparable))
	f.text("note", i.Note)
	f.text("lower", i.Lower)
	return f.join()
}

func (f *faults) comparators(cs []Comparator) {
	f.count("comparators", len(cs))
	seen := map[string]bool{}
	for n, c := range cs {
		path := "comparators." + itoa(n)
		f.id(path+".standard", c.Standard)
		if seen[c.Standard] {
			f.add(path+".standard", "fault.twice", c.Standard)
		}
		seen[c.Standard] = true
		f.line(path+".clause", c.Clause)
		f.limit(path+".limit", c.Limit)
		f.lines(path+".methods", c.Methods)
	}
}

func (f *faults) equivalents(es []Equivalence) {
	f.count("equivalents", len(es))
	for n, e := range es {
		path := "equivalents." + itoa(n)
		f.required(path+".a", e.A)
		f.line(path+".a", e.A)
		f.required(path+".b", e.B)
		f.line(path+".b", e.B)
		f.required(path+".source", e.Source)
		f.text(path+".source", e.Source)
	}
}

func (f *faults) spec(s quantity.Indicator) {
	f.oneOf("spec.direction", string(s.Direction), "", string(quantity.Higher), string(quantity.Lower), string(quantity.Between))
	f.oneOf("spec.method", string(s.Method), "", string(quantity.Full), string(quantity.Rounded))
	f.line("spec.quantity", string(s.Quantity))
	f.lines("spec.grades", s.Grades)
	f.unit("spec.unit", s.Unit)
}

// limit checks that a limit has all its parts and a unit that is known.
func (f *faults) limit(path string, l quantity.Limit) {
	f.line(path+".text", l.Text)
	f.line(path+".grade", l.Grade)
	f.unit(path+".unit", l.Unit)
	if !l.IsZero() && !l.Whole() {
		f.add(path, "fault.limit_incomplete", l.String())
	}
}

func (f *faults) measured(path string, v quantity.Value) {
	f.line(path+".text", v.Text)
	f.line(path+".grade", v.Grade)
	f.unit(path+".unit", v.Unit)
}

func (f *faults) unit(path string, u quantity.Unit) {
	if u == "" {
		return
	}
	if err := u.Check(); err != nil {
		f.errs = append(f.errs, EntryFault(err, Field(f.at+"/"+path)))
	}
}
