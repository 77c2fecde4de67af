package programme

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/cost"
	"cel.dev/cel-go/common/types"
)

// compiled holds the conditions of a pack, ready to run, by source text.
type compiled struct{ programs map[string]cel.Program }

// A wrong is why a condition is refused: a rule with its facts.
type wrong struct {
	rule string
	args []string
}

func (w *wrong) Error() string { return fmt.Sprint(w.rule, w.args) }

// conditions compiles every condition of the draft and gathers the concepts
// they use.
func (d *draft) conditions() {
	d.pack.compiled = &compiled{programs: map[string]cel.Program{}}
	plain := dialect{reg: d.reg, pack: d.pack, concepts: map[string]bool{}}
	outcomes := plain
	outcomes.figures = true
	list := conditionsOf(d.pack)
	if len(list) > maxConditions {
		d.add(d.at("pack", "id"), ruleHostile, "limit", "more than "+strconv.Itoa(maxConditions)+" conditions")
		return
	}
	done := map[condition]bool{}
	for _, c := range list {
		if done[c.condition] {
			continue
		}
		l := &plain
		if c.figures {
			l = &outcomes
		}
		program, err := l.compile(c.text)
		if err != nil {
			args := append([]string{"field", c.field}, err.args...)
			d.add(d.at(c.item, c.path...), err.rule, args...)
			continue
		}
		d.pack.compiled.programs[c.text] = program
		done[c.condition] = true
	}
	for id := range plain.concepts {
		d.use(id)
	}
}

// A dialect is the base language with the concepts and parameters of one pack.
type dialect struct {
	reg      Concepts
	pack     *Pack
	figures  bool
	concepts map[string]bool // used so far
	refused  *wrong          // by a macro while parsing
	env      *cel.Env
}

func (l *dialect) compile(source string) (cel.Program, *wrong) {
	if l.env == nil {
		env, err := base().Extend(l.extension()...)
		if err != nil {
			return nil, &wrong{ruleCondition, []string{"why", err.Error()}}
		}
		l.env = env
	}
	l.refused = nil
	parsed, issues := l.env.Parse(source)
	if issues.Err() != nil {
		return nil, l.refusal(issues)
	}
	if w := foreign(parsed.NativeRep().Expr()); w != nil {
		return nil, w
	}
	if w := l.strangeCode(parsed.NativeRep().Expr()); w != nil {
		return nil, w
	}
	checked, issues := l.env.Check(parsed)
	if issues.Err() != nil {
		return nil, l.refusal(issues)
	}
	if checked.OutputType() != cel.BoolType {
		return nil, &wrong{ruleCondition, []string{"why", "it gives a " + checked.OutputType().String() + ", not true or false"}}
	}
	estimate, err := l.env.EstimateCost(checked, sizes{})
	if err != nil || estimate.Max > maxCost {
		return nil, &wrong{ruleCost, []string{"cost", bounded(estimate.Max), "limit", strconv.Itoa(maxCost)}}
	}
	program, err := l.env.Program(checked, cel.CostLimit(maxRunCost))
	if err != nil {
		return nil, &wrong{ruleCondition, []string{"why", err.Error()}}
	}
	return program, nil
}

func bounded(n uint64) string {
	if n == math.MaxUint64 {
		return "no bound"
	}
	return strconv.FormatUint(n, 10)
}

// refusal turns CEL's issues into a wrong, unless a macro has raised its own.
func (l *dialect) refusal(issues *cel.Issues) *wrong {
	if l.refused != nil {
		return l.refused
	}
	var why []string
	for _, e := range issues.Errors() {
		why = append(why, "column "+strconv.Itoa(e.Location.Column()+1)+": "+e.Message)
	}
	return &wrong{ruleCondition, []string{"why", strings.Join(why, "; ")}}
}

// sizes tells the cost estimate how long the values of variables can be.
type sizes struct{}

func (sizes) EstimateSize(cost.AstNode) *cost.SizeEstimate {
	return &cost.SizeEstimate{Min: 0, Max: 100}
}

func (sizes) EstimateCallCost(string, string, *cost.AstNode, []cost.AstNode) *cost.CallEstimate {
	return nil
}

// foreign finds what CEL knows and packs must not use: binary numbers, and
// literals of types that have no meaning here.
func foreign(e ast.Expr) *wrong {
	var found *wrong
	ast.PostOrderVisit(e, ast.NewExprVisitor(func(e ast.Expr) {
		if found != nil {
			return
		}
		switch e.Kind() {
		case ast.MapKind, ast.StructKind:
			found = &wrong{ruleCondition, []string{"why", "maps and objects are not part of the language"}}
		case ast.LiteralKind:
			if d, ok := e.AsLiteral().(types.Double); ok {
				found = &wrong{ruleDouble, []string{"value", strconv.FormatFloat(float64(d), 'g', -1, 64)}}
			}
		}
	}))
	return found
}

func (l *dialect) extension() []cel.EnvOption {
	options := []cel.EnvOption{cel.Macros(l.macros()...)}
	if l.figures {
		for name, t := range figureTypes {
			options = append(options, cel.Variable(name, t))
		}
	}
	return options
}

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
