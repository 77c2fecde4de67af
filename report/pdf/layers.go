package pdf

import "mingpin/report/pdf/object"

// layers are the optional content groups of foreign content (8.11).
type layers struct {
	seen        map[object.Ref]bool
	all, hidden object.Array
}

// add notes the groups of d; those of a file come with each of its pages.
func (l *layers) add(d Drawn) {
	if l.seen == nil {
		l.seen = map[object.Ref]bool{}
	}
	hidden := map[object.Ref]bool{}
	for _, r := range d.Hidden {
		hidden[r] = true
	}
	for _, r := range d.Layers {
		if l.seen[r] {
			continue
		}
		l.seen[r] = true
		l.all = append(l.all, r)
		if hidden[r] {
			l.hidden = append(l.hidden, r)
		}
	}
}

// properties is the catalog's entry for the groups; without it readers show
// those that are hidden (8.11.4.2).
func (l *layers) properties() object.Dict {
	return object.Dict{"OCGs": l.all, "D": object.Dict{"OFF": l.hidden}}
}
