package programme

import (
	"errors"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"
)

// macros turn what authors write into calls with static types and with the
// state of the evaluation.
func (l *dialect) macros() []cel.Macro {
	numbers := func(c Concept) bool { return (c.Type == Amount || c.Type == Number) && c.Yearly }
	return []cel.Macro{
		cel.AllMacro, cel.ExistsMacro,
		cel.GlobalMacro("fact", 1, l.fact), cel.GlobalMacro("fact", 2, l.fact),
		l.about("mean", 2, 1, numbers, "a yearly number"),
		l.about("sum", 2, 1, numbers, "a yearly number"),
		l.about("ratio", 3, 2, numbers, "a yearly number"),
		l.about("growing", 2, 1, numbers, "a yearly number"),
		l.about("run_below", 3, 1, numbers, "a yearly number"),
		l.about("years", 1, 1, func(c Concept) bool { return c.Type == Day || c.Yearly }, "a date or a yearly concept"),
		l.about("happened_on", 1, 1, func(c Concept) bool { return c.Type == Event }, "an event"),
		l.about("none_within", 2, 1, func(c Concept) bool { return c.Type == Event }, "an event"),
		cel.GlobalMacro("param", 1, l.param),
		literal("decimal", func(s string) error { _, err := parseDecimal(s); return err }),
		literal("date", func(s string) error {
			d, err := ParseDate(s)
			if err == nil && d == "" {
				err = errors.New("no date")
			}
			return err
		}),
		literal("period", func(s string) error { _, err := ParsePeriod(s); return err }),
		cel.ReceiverMacro("minus", 1, shift("minus")), cel.ReceiverMacro("plus", 1, shift("plus")),
	}
}

// concept reads the literal id of a concept from an argument.
func (l *dialect) concept(mf cel.MacroExprFactory, arg ast.Expr) (Concept, *common.Error) {
	id, ok := literalText(arg)
	if !ok {
		return Concept{}, mf.NewError(arg.ID(), "a concept is named by its id in quotes")
	}
	c, ok := l.reg[id]
	if !ok {
		l.refused = &wrong{ruleConcept, []string{"name", id}}
		return Concept{}, mf.NewError(arg.ID(), "unknown concept "+id)
	}
	l.concepts[id] = true
	return c, nil
}

func literalText(e ast.Expr) (string, bool) {
	if e.Kind() != ast.LiteralKind {
		return "", false
	}
	s, ok := e.AsLiteral().(types.String)
	return string(s), ok
}

func (l *dialect) fact(mf cel.MacroExprFactory, _ ast.Expr, args []ast.Expr) (ast.Expr, *common.Error) {
	c, err := l.concept(mf, args[0])
	switch {
	case err != nil:
		return nil, err
	case c.Type == Event:
		return nil, mf.NewError(args[0].ID(), c.ID+" is an event; ask none_within or happened_on")
	case len(args) == 2 && !c.Yearly:
		return nil, mf.NewError(args[0].ID(), c.ID+" is not stated by year")
	}
	return mf.NewCall(factFunction(c.Type), append([]ast.Expr{mf.NewIdent(askedName)}, args...)...), nil
}

// about is a macro whose first arguments name concepts of a certain sort.
func (l *dialect) about(name string, argCount, concepts int, fits func(Concept) bool, sort string) cel.Macro {
	return cel.GlobalMacro(name, argCount, func(mf cel.MacroExprFactory, _ ast.Expr, args []ast.Expr) (ast.Expr, *common.Error) {
		for _, arg := range args[:concepts] {
			c, err := l.concept(mf, arg)
			if err != nil {
				return nil, err
			}
			if !fits(c) {
				return nil, mf.NewError(arg.ID(), c.ID+" is not "+sort)
			}
		}
		if name == "none_within" {
			period, err := periodArg(mf, args[1])
			if err != nil {
				return nil, err
			}
			args = []ast.Expr{args[0], period}
		}
		return mf.NewCall("@"+name, append([]ast.Expr{mf.NewIdent(askedName)}, args...)...), nil
	})
}

func (l *dialect) param(mf cel.MacroExprFactory, _ ast.Expr, args []ast.Expr) (ast.Expr, *common.Error) {
	id, ok := literalText(args[0])
	if !ok {
		return nil, mf.NewError(args[0].ID(), "a parameter is named by its id in quotes")
	}
	p, ok := l.pack.Param(id)
	if !ok {
		l.refused = &wrong{ruleReference, []string{"name", id, "kind", "parameter"}}
		return nil, mf.NewError(args[0].ID(), "unknown parameter "+id)
	}
	name := "@param_decimal"
	if p.Period != "" {
		name = "@param_period"
	}
	return mf.NewCall(name, mf.NewIdent(askedName), args[0]), nil
}

// literal is a macro for a value written as text, checked while compiling.
func literal(name string, check func(string) error) cel.Macro {
	return cel.GlobalMacro(name, 1, func(mf cel.MacroExprFactory, _ ast.Expr, args []ast.Expr) (ast.Expr, *common.Error) {
		s, ok := literalText(args[0])
		if !ok {
			return nil, mf.NewError(args[0].ID(), name+" takes a text in quotes")
		}
		if err := check(s); err != nil {
			return nil, mf.NewError(args[0].ID(), err.Error())
		}
		return mf.NewCall("@"+name, args[0]), nil
	})
}

// periodArg lets a period be written as plain text where one is wanted.
func periodArg(mf cel.MacroExprFactory, arg ast.Expr) (ast.Expr, *common.Error) {
	s, ok := literalText(arg)
	if !ok {
		return arg, nil
	}
	if _, err := ParsePeriod(s); err != nil {
		return nil, mf.NewError(arg.ID(), err.Error())
	}
	return mf.NewCall("@period", arg), nil
}

func shift(name string) cel.MacroFactory {
	return func(mf cel.MacroExprFactory, target ast.Expr, args []ast.Expr) (ast.Expr, *common.Error) {
		period, err := periodArg(mf, args[0])
		if err != nil {
			return nil, err
		}
		if period == args[0] {
			return nil, nil // nothing to expand
		}
		return mf.NewMemberCall(name, target, period), nil
	}
}
