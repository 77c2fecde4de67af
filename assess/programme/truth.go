package programme

import (
	"slices"

	"cel.dev/cel-go/common/types"
)

// Truth decides a condition of this pack (the source text of a When, Test or
// Outcome; "" holds) over env. What is missing makes it Unknown, unless the
// rest decides it. It may be called from several goroutines at once. It panics
// on a text that is no condition of the pack, or when the pack was not made by
// Load or Decode.
func (p *Pack) Truth(condition string, env Env) Truth {
	if condition == "" {
		return Truth{State: Holds}
	}
	if p.compiled == nil {
		panic("programme: a pack that was not loaded decides nothing")
	}
	program, ok := p.compiled.programs[condition]
	if !ok {
		panic("programme: not a condition of the pack: " + condition)
	}
	a := &asked{env: env, pack: p}
	result, _, err := program.Eval(a)
	t := Truth{State: Unknown, Used: a.uses}
	if err != nil {
		t.Fault = err.Error()
		return t
	}
	switch v := result.(type) {
	case types.Bool:
		t.State = Fails
		if v {
			t.State = Holds
		}
	case *types.Unknown:
		t.Missing = lacking(v)
	}
	return t
}

// lacking lists what an unknown rests on.
func lacking(u *types.Unknown) []string {
	var list []string
	for _, id := range u.IDs() {
		trails, _ := u.GetAttributeTrails(id)
		for _, t := range trails {
			list = append(list, t.Variable())
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}
