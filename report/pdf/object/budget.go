package object

// budget bounds work or bytes: places of a file may overlap, so that little
// input could cause much.
type budget struct {
	what        string
	left, limit int64
}

func newBudget(what string, limit int64) *budget { return &budget{what, limit, limit} }

// spend takes n off; it fails when nothing is left.
func (b *budget) spend(n int64) error {
	if b.left -= n; b.left < 0 {
		return &LimitError{What: b.what, Limit: b.limit}
	}
	return nil
}

// damageBudget bounds what damaged places of a file may cost: a sound file
// spends nothing, a damaged one a few times its size.
func damageBudget(size int64) *budget {
	return newBudget("work on damaged places", 16*size+16<<20)
}

// walkBudget bounds one walk over objects, where each is read once.
func walkBudget(size int64) *budget {
	return newBudget("bytes read in one walk over the objects", 16*size+256<<20)
}
