package programme

import (
	"reflect"
	"slices"
	"strconv"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// asked is the state of one evaluation: whom to ask and what was asked.
type asked struct {
	env   Env
	pack  *Pack
	uses  []Use
	count int64 // of what was missing, to tell unknowns apart
}

func (a *asked) note(call, value string) {
	use := Use{Call: call, Value: value}
	if !slices.Contains(a.uses, use) {
		a.uses = append(a.uses, use)
	}
}

func (a *asked) used(call string, v ref.Val) ref.Val {
	a.note(call, printed(v))
	return v
}

// missing answers with an unknown that remembers what it lacks.
func (a *asked) missing(call, what string) ref.Val {
	a.note(call, "")
	a.count++
	return types.NewUnknown(a.count, types.NewAttributeTrail(what))
}

func merged(a, b ref.Val) ref.Val {
	x, okX := a.(*types.Unknown)
	y, okY := b.(*types.Unknown)
	if okX && okY {
		return types.MergeUnknowns(x, y)
	}
	return a // an error outweighs
}

func printed(v ref.Val) string {
	switch v := v.(type) {
	case decimalVal:
		return v.String()
	case dateVal:
		return string(v)
	case yearVal:
		return itoa(int(v))
	case periodVal:
		return Period(v).String()
	case types.Bool:
		if v {
			return "true"
		}
		return "false"
	case types.Int:
		return itoa(int(v))
	case types.String:
		return string(v)
	}
	return ""
}

// CEL asks the state to be a value like any other.
func (a *asked) ConvertToNative(t reflect.Type) (any, error) { return native(a, t) }
func (a *asked) ConvertToType(t ref.Type) ref.Val            { return noConversion(a, t) }
func (a *asked) Equal(ref.Val) ref.Val                       { return types.False }
func (a *asked) Type() ref.Type                              { return askedType }
func (a *asked) Value() any                                  { return a }

// Parent is nil: all variables are ours.
func (a *asked) Parent() cel.Activation { return nil }

// ResolveName gives the variables of a condition.
func (a *asked) ResolveName(name string) (any, bool) {
	switch {
	case name == askedName:
		return a, true
	case name == dateName:
		return dateVal(a.env.Date()), true
	case attributeTypes[name] != nil:
		return attributes{asked: a, object: name}, true
	case figureTypes[name] != nil:
		return a.figure(name), true
	}
	return nil, false
}

func (a *asked) figure(name string) ref.Val {
	s, ok := a.env.Figure(name)
	d, err := parseDecimal(s)
	if !ok || err != nil {
		return a.missing(name, name)
	}
	if figureTypes[name] == decimalType {
		return a.used(name, decimalVal{d})
	}
	n, err := strconv.Atoi(d.String())
	if err != nil {
		return a.missing(name, name)
	}
	return a.used(name, types.Int(n))
}

func (a *asked) paramDecimal(args []ref.Val) ref.Val {
	id := text(args[0])
	x, _ := a.pack.Param(id)
	d := x.Value
	if s, ok := a.env.Param(id); ok {
		replaced, err := parseDecimal(s)
		if err != nil {
			return a.missing(call("param", id), id)
		}
		d = replaced
	}
	return a.used(call("param", id), decimalVal{d})
}

func (a *asked) paramPeriod(args []ref.Val) ref.Val {
	id := text(args[0])
	x, _ := a.pack.Param(id)
	s := x.Period
	if replaced, ok := a.env.Param(id); ok {
		s = replaced
	}
	p, err := ParsePeriod(s)
	if err != nil {
		return a.missing(call("param", id), id)
	}
	return a.used(call("param", id), periodVal(p))
}

// attributes is one of the objects application, client and standard.
type attributes struct {
	*asked
	object string
}

func (x attributes) Type() ref.Type { return cel.ObjectType(objectPrefix + x.object) }

// Get gives a field, unknown when the application does not say.
func (x attributes) Get(index ref.Val) ref.Val {
	field := text(index)
	path := x.object + "." + field
	s, ok := x.env.Attr(path)
	if !ok || s == "" {
		return x.missing(path, path)
	}
	switch attributeTypes[x.object][field] {
	case dateType:
		d, err := ParseDate(s)
		if err != nil {
			return x.missing(path, path)
		}
		return x.used(path, dateVal(d))
	case decimalType:
		d, err := parseDecimal(s)
		if err != nil {
			return x.missing(path, path)
		}
		return x.used(path, decimalVal{d})
	}
	return x.used(path, types.String(s))
}
