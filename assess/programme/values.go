package programme

import (
	"fmt"
	"reflect"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
)

// The types of the condition language. CEL's own numbers are binary, so all
// measured or counted money goes through ours; int is left for small counts.
var (
	decimalType = cel.ObjectType("mingpin.Decimal", traits.ComparerType, traits.AdderType, traits.SubtractorType)
	dateType    = cel.ObjectType("mingpin.Date", traits.ComparerType, traits.IndexerType)
	yearType    = cel.ObjectType("mingpin.Year", traits.ComparerType)
	periodType  = cel.ObjectType("mingpin.Period")
	askedType   = cel.ObjectType("mingpin.Asked")
)

type (
	decimalVal struct{ decimal }
	dateVal    Date
	yearVal    int
	periodVal  Period
)

func native(v ref.Val, t reflect.Type) (any, error) {
	if rv := reflect.ValueOf(v); rv.Type().AssignableTo(t) {
		return v, nil
	}
	return nil, fmt.Errorf("no conversion of %s to %s", v.Type().TypeName(), t)
}

func noConversion(v ref.Val, t ref.Type) ref.Val {
	if t == v.Type() {
		return v
	}
	return types.NewErr("no conversion of %s to %s", v.Type().TypeName(), t.TypeName())
}

func (d decimalVal) ConvertToNative(t reflect.Type) (any, error) { return native(d, t) }
func (d decimalVal) ConvertToType(t ref.Type) ref.Val            { return noConversion(d, t) }
func (d decimalVal) Type() ref.Type                              { return decimalType }
func (d decimalVal) Value() any                                  { return d.decimal }
func (d decimalVal) Equal(o ref.Val) ref.Val                     { return equals(d, o) }

func (d dateVal) ConvertToNative(t reflect.Type) (any, error) { return native(d, t) }
func (d dateVal) ConvertToType(t ref.Type) ref.Val            { return noConversion(d, t) }
func (d dateVal) Type() ref.Type                              { return dateType }
func (d dateVal) Value() any                                  { return Date(d) }
func (d dateVal) Equal(o ref.Val) ref.Val                     { return equals(d, o) }

// Get gives the fields of a date, of which there is one: year.
func (d dateVal) Get(index ref.Val) ref.Val {
	if index == types.String("year") {
		return yearVal(Date(d).Year())
	}
	return types.NewErr("a date has no %v", index)
}

func (y yearVal) ConvertToNative(t reflect.Type) (any, error) { return native(y, t) }
func (y yearVal) ConvertToType(t ref.Type) ref.Val            { return noConversion(y, t) }
func (y yearVal) Type() ref.Type                              { return yearType }
func (y yearVal) Value() any                                  { return int(y) }
func (y yearVal) Equal(o ref.Val) ref.Val                     { return equals(y, o) }

func (p periodVal) ConvertToNative(t reflect.Type) (any, error) { return native(p, t) }
func (p periodVal) ConvertToType(t ref.Type) ref.Val            { return noConversion(p, t) }
func (p periodVal) Type() ref.Type                              { return periodType }
func (p periodVal) Value() any                                  { return Period(p) }
func (p periodVal) Equal(o ref.Val) ref.Val                     { return types.Bool(p == o) }

func equals(a, b ref.Val) ref.Val {
	n, ok := order(a, b)
	return types.Bool(ok && n == 0)
}

// order compares two values of the same type, or a decimal or year with a
// count; false when the types do not compare.
func order(a, b ref.Val) (int, bool) {
	if x, ok := asDecimal(a); ok {
		y, ok := asDecimal(b)
		return x.Cmp(y), ok
	}
	switch x := a.(type) {
	case dateVal:
		y, ok := b.(dateVal)
		return compare(string(x), string(y)), ok
	case yearVal:
		y, ok := asYear(b)
		return compare(int(x), y), ok
	case types.String:
		y, ok := b.(types.String)
		return compare(x, y), ok
	}
	return 0, false
}

func compare[T string | int | types.String](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func asDecimal(v ref.Val) (decimal, bool) {
	switch v := v.(type) {
	case decimalVal:
		return v.decimal, true
	case types.Int:
		return whole(int64(v)), true
	}
	return decimal{}, false
}

func asYear(v ref.Val) (int, bool) {
	switch v := v.(type) {
	case yearVal:
		return int(v), true
	case types.Int:
		return int(v), true
	}
	return 0, false
}

// maxWritten is the longest number a condition may make, in characters; beyond
// it a product of products is an attack, not a rule.
const maxWritten = 120

func calculate(op string, a, b ref.Val) ref.Val {
	if y, ok := a.(yearVal); ok {
		return calculateYear(op, int(y), b)
	}
	x, okX := asDecimal(a)
	y, okY := asDecimal(b)
	if !okX || !okY {
		return types.NewErr("no arithmetic on these values")
	}
	var r decimal
	switch op {
	case "+":
		r = x.Add(y)
	case "-":
		r = x.Sub(y)
	case "*":
		r = x.Mul(y)
	case "/":
		if y.IsZero() {
			return types.NewErr("divided by zero")
		}
		r = quotient(x, y)
	}
	if len(r.String()) > maxWritten {
		return types.NewErr("number too long")
	}
	return decimalVal{r}
}

func calculateYear(op string, y int, b ref.Val) ref.Val {
	switch n := b.(type) {
	case types.Int:
		if n < -9999 || n > 9999 {
			return types.NewErr("year out of range")
		}
		if op == "-" {
			n = -n
		}
		return yearVal(y + int(n))
	case yearVal:
		return types.Int(y - int(n))
	}
	return types.NewErr("no arithmetic on these values")
}
