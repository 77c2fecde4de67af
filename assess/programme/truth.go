package programme

// compiled holds the conditions of a pack, ready to run.
type compiled struct{}

// Truth decides a condition of this pack (the source text of a When, Test or
// Outcome; "" holds) over env. A missing fact makes it Unknown.
func (p *Pack) Truth(condition string, env Env) Truth {
	if condition == "" {
		return Truth{State: Holds}
	}
	return Truth{State: Unknown}
}
