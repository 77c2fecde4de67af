package programme

import (
	"strings"
	"sync"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// Limits on conditions.
const (
	maxConditions = 2000   // in a pack
	maxCondition  = 2000   // characters
	maxNesting    = 40     // of the grammar
	maxCost       = 2_000  // estimated before it runs
	maxRunCost    = 20_000 // counted while it runs
)

// attributeTypes are the attributes conditions may ask of an application, its
// client and its executed standard, by object and name. All may be unknown.
var attributeTypes = map[string]map[string]*cel.Type{
	"application": {
		"programme": cel.StringType, "version": cel.StringType, "track": cel.StringType, "object": cel.StringType,
		"product": cel.StringType, "licences": cel.StringType, "state": cel.StringType, "brand": cel.StringType,
		"brand_number": cel.StringType, "brand_holder": cel.StringType, "brand_expires": dateType, "launched_on": dateType,
	},
	"client": {
		"name": cel.StringType, "code": cel.StringType, "region": cel.StringType, "type": cel.StringType,
		"scale": cel.StringType, "industry": cel.StringType, "founded": dateType, "employees": decimalType,
	},
	"standard": {
		"number": cel.StringType, "class": cel.StringType, "status": cel.StringType,
		"from": dateType, "published_on": dateType,
	},
}

// figureTypes are the numbers of the evaluation, which only outcomes may ask.
var figureTypes = map[string]*cel.Type{
	"score": decimalType, "proven": decimalType, "conforming": decimalType,
	"gates_failed": cel.IntType, "gates_unknown": cel.IntType, "blocks": cel.IntType,
}

const (
	askedName = "@asked" // the state of one evaluation; no author can write it
	dateName  = "declaration_date"
)

// provider adds the fields of our objects to CEL's types.
type provider struct{ *types.Registry }

func (p provider) FindStructType(name string) (*types.Type, bool) {
	if name == dateType.TypeName() || attributeTypes[objectName(name)] != nil {
		return types.NewTypeTypeWithParam(types.NewObjectType(name)), true
	}
	return p.Registry.FindStructType(name)
}

func (p provider) FindStructFieldType(name, field string) (*types.FieldType, bool) {
	if name == dateType.TypeName() && field == "year" {
		return &types.FieldType{Type: yearType}, true
	}
	if t, ok := attributeTypes[objectName(name)][field]; ok {
		return &types.FieldType{Type: t}, true
	}
	return nil, false
}

const objectPrefix = "mingpin.attributes."

func objectName(typeName string) string {
	if len(typeName) > len(objectPrefix) && typeName[:len(objectPrefix)] == objectPrefix {
		return typeName[len(objectPrefix):]
	}
	return ""
}

// base is the language without a pack's concepts and parameters: built once.
var base = sync.OnceValue(func() *cel.Env {
	registry, err := types.NewRegistry()
	if err != nil {
		panic(err) // nothing but CEL's own types
	}
	options := []cel.EnvOption{
		cel.CustomTypeProvider(provider{registry}),
		cel.CustomTypeAdapter(registry),
		cel.ParserExpressionSizeLimit(maxCondition),
		cel.ParserRecursionLimit(maxNesting),
		cel.Variable(askedName, askedType),
		cel.Variable(dateName, dateType),
	}
	for object := range attributeTypes {
		options = append(options, cel.Variable(object, cel.ObjectType(objectPrefix+object)))
	}
	options = append(options, logic()...)
	options = append(options, comparisons()...)
	options = append(options, arithmetic()...)
	options = append(options, questions()...)
	env, err := cel.NewCustomEnv(options...)
	if err != nil {
		panic(err) // the language itself is broken
	}
	return env
})

func logic() []cel.EnvOption {
	b := cel.BoolType
	list := cel.ListType(cel.TypeParamType("T"))
	return []cel.EnvOption{
		cel.Function(operators.LogicalAnd, cel.Overload("and", []*cel.Type{b, b}, b)),
		cel.Function(operators.LogicalOr, cel.Overload("or", []*cel.Type{b, b}, b)),
		cel.Function(operators.LogicalNot, cel.Overload("not", []*cel.Type{b}, b, cel.UnaryBinding(not))),
		cel.Function(operators.NotStrictlyFalse,
			cel.Overload("not_strictly_false", []*cel.Type{b}, b, cel.OverloadIsNonStrict(), cel.UnaryBinding(notFalse))),
		cel.Function(operators.Conditional,
			cel.Overload("conditional", []*cel.Type{b, cel.TypeParamType("T"), cel.TypeParamType("T")}, cel.TypeParamType("T"))),
		cel.Function(operators.In,
			cel.Overload("in_list", []*cel.Type{cel.TypeParamType("T"), list}, b, cel.BinaryBinding(in))),
		cel.Function("startsWith",
			cel.MemberOverload("starts_with", []*cel.Type{cel.StringType, cel.StringType}, b, cel.BinaryBinding(startsWith))),
	}
}

// startsWith serves the codes of regions and industries, whose front digits
// are the wider region or industry.
func startsWith(s, front ref.Val) ref.Val {
	return types.Bool(strings.HasPrefix(text(s), text(front)))
}

func not(v ref.Val) ref.Val {
	if b, ok := v.(types.Bool); ok {
		return !b
	}
	return types.NewErr("not a truth value")
}

// notFalse lets a comprehension go on past what is unknown.
func notFalse(v ref.Val) ref.Val {
	b, ok := v.(types.Bool)
	return types.Bool(!ok || bool(b))
}

func in(v, list ref.Val) ref.Val {
	l, ok := list.(interface{ Contains(ref.Val) ref.Val })
	if !ok {
		return types.NewErr("not a list")
	}
	return l.Contains(v)
}

// comparable pairs: each type with itself, decimals and years with counts too.
func pairs() [][2]*cel.Type {
	return [][2]*cel.Type{
		{decimalType, decimalType},
		{decimalType, cel.IntType},
		{cel.IntType, decimalType},
		{cel.IntType, cel.IntType},
		{dateType, dateType},
		{yearType, yearType},
		{yearType, cel.IntType},
	}
}

func comparisons() []cel.EnvOption {
	var options []cel.EnvOption
	ordered := map[string]func(int) bool{
		operators.Less:          func(n int) bool { return n < 0 },
		operators.LessEquals:    func(n int) bool { return n <= 0 },
		operators.Greater:       func(n int) bool { return n > 0 },
		operators.GreaterEquals: func(n int) bool { return n >= 0 },
	}
	for name, holds := range ordered {
		overloads := []cel.FunctionOpt{cel.SingletonBinaryBinding(func(a, b ref.Val) ref.Val {
			n, ok := order(a, b)
			if !ok {
				return types.NewErr("these values do not compare")
			}
			return types.Bool(holds(n))
		})}
		for _, p := range pairs() {
			overloads = append(overloads, cel.Overload(overloadID(name, p), p[:], cel.BoolType))
		}
		options = append(options, cel.Function(name, overloads...))
	}
	for _, name := range []string{operators.Equals, operators.NotEquals} {
		var overloads []cel.FunctionOpt
		same := [][2]*cel.Type{{cel.StringType, cel.StringType}, {cel.BoolType, cel.BoolType}, {periodType, periodType}}
		for _, p := range append(pairs(), same...) {
			if p == [2]*cel.Type{cel.IntType, decimalType} {
				continue // CEL compares an int on the left by itself
			}
			overloads = append(overloads, cel.Overload(overloadID(name, p), p[:], cel.BoolType))
		}
		options = append(options, cel.Function(name, overloads...))
	}
	return options
}

func overloadID(name string, p [2]*cel.Type) string {
	return name + "_" + p[0].TypeName() + "_" + p[1].TypeName()
}

func arithmetic() []cel.EnvOption {
	var options []cel.EnvOption
	signs := map[string]string{operators.Add: "+", operators.Subtract: "-", operators.Multiply: "*", operators.Divide: "/"}
	for name, sign := range signs {
		overloads := []cel.FunctionOpt{cel.SingletonBinaryBinding(func(a, b ref.Val) ref.Val { return calculate(sign, a, b) })}
		for _, p := range [][2]*cel.Type{{decimalType, decimalType}, {decimalType, cel.IntType}, {cel.IntType, decimalType}} {
			overloads = append(overloads, cel.Overload(overloadID(name, p), p[:], decimalType))
		}
		if sign == "+" || sign == "-" {
			p := [2]*cel.Type{yearType, cel.IntType}
			overloads = append(overloads, cel.Overload(overloadID(name, p), p[:], yearType))
		}
		if sign == "-" {
			p := [2]*cel.Type{yearType, yearType}
			overloads = append(overloads, cel.Overload(overloadID(name, p), p[:], cel.IntType))
		}
		options = append(options, cel.Function(name, overloads...))
	}
	negate := func(v ref.Val) ref.Val { return calculate("-", types.Int(0), v) }
	return append(options, cel.Function(operators.Negate,
		cel.Overload("negate_decimal", []*cel.Type{decimalType}, decimalType, cel.UnaryBinding(negate))))
}
