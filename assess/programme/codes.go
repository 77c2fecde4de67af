package programme

import (
	"slices"
	"strings"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
)

// strangeCode finds a fact compared with a code its concept does not have,
// which would be false for ever without anybody noticing.
func (l *dialect) strangeCode(e ast.Expr) *wrong {
	var found *wrong
	ast.PostOrderVisit(e, ast.NewExprVisitor(func(e ast.Expr) {
		if found != nil || e.Kind() != ast.CallKind || len(e.AsCall().Args()) != 2 {
			return
		}
		a, b := e.AsCall().Args()[0], e.AsCall().Args()[1]
		switch e.AsCall().FunctionName() {
		case operators.Equals, operators.NotEquals:
			if found = l.notACode(a, b); found == nil {
				found = l.notACode(b, a)
			}
		case operators.In:
			if b.Kind() == ast.ListKind {
				for _, x := range b.AsList().Elements() {
					if found == nil {
						found = l.notACode(a, x)
					}
				}
			}
		}
	}))
	return found
}

// notACode refuses a literal that is no code of the concept fact asks for.
func (l *dialect) notACode(fact, literal ast.Expr) *wrong {
	value, ok := literalText(literal)
	if !ok || fact.Kind() != ast.CallKind || fact.AsCall().FunctionName() != factFunction(Code) {
		return nil
	}
	id, _ := literalText(fact.AsCall().Args()[1])
	c := l.reg[id]
	if c.Type != Code || slices.Contains(c.Codes, value) {
		return nil
	}
	return &wrong{ruleValue, []string{"name", id, "value", value, "want", "wanted one of " + strings.Join(c.Codes, ", ")}}
}
