package programme

import (
	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
)

// literals are the functions that need no state.
func literals() []cel.EnvOption {
	s := cel.StringType
	move := func(name string, by func(Date, Period) Date) cel.EnvOption {
		return cel.Function(name, cel.MemberOverload(name, []*cel.Type{dateType, periodType}, dateType,
			cel.BinaryBinding(func(d, p ref.Val) ref.Val {
				date, okD := d.(dateVal)
				period, okP := p.(periodVal)
				if !okD || !okP || !Date(date).Valid() {
					return types.NewErr("not a date and a period")
				}
				return dateVal(by(Date(date), Period(period)))
			})))
	}
	return []cel.EnvOption{
		cel.Function("@decimal", cel.Overload("@decimal", []*cel.Type{s}, decimalType, cel.UnaryBinding(decimalOf))),
		cel.Function("@date", cel.Overload("@date", []*cel.Type{s}, dateType, cel.UnaryBinding(dateOf))),
		cel.Function("@period", cel.Overload("@period", []*cel.Type{s}, periodType, cel.UnaryBinding(periodOf))),
		move("minus", Date.Minus),
		move("plus", Date.Plus),
	}
}

func decimalOf(v ref.Val) ref.Val {
	d, err := parseDecimal(string(v.(types.String)))
	if err != nil {
		return types.NewErr("%v", err)
	}
	return decimalVal{d}
}

func dateOf(v ref.Val) ref.Val {
	d, err := ParseDate(string(v.(types.String)))
	if err != nil || d == "" {
		return types.NewErr("no date")
	}
	return dateVal(d)
}

func periodOf(v ref.Val) ref.Val {
	p, err := ParsePeriod(string(v.(types.String)))
	if err != nil {
		return types.NewErr("%v", err)
	}
	return periodVal(p)
}
