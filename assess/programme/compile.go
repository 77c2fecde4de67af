package programme

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"cel.dev/cel-go/cel"
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
