package pdf

// A slab is a piece of a document that is never parted: a line of text, a row
// of a table, a figure. Its marks are placed from its own upper left corner.
type slab struct {
	height   length
	before   length // room above, dropped at the head of a page
	keepNext bool   // stays on one page with the slab that follows
	gap      bool   // empty room: not carried over to the next page
	repeat   *tableHead
	split    func(room length) (slab, *slab) // nil: cannot be parted
	marks
}

// A tableHead is what stands again at the head of every page its table goes on.
type tableHead struct {
	slabs  []slab
	height length
}

// marks are the things a slab or a page shows.
type marks struct {
	boxes    []box
	shapes   []shape
	texts    []placedText
	links    []link
	numbers  []pageNumber
	fields   []fieldBox
	headings []headingMark
	anchors  []anchor
}

// A box is a filled rectangle; rules are thin boxes.
type box struct {
	x, y, w, h length
	fill       colour
}

// A shape is a line of straight pieces, closed and filled or not. Dashed lines
// have pieces of dash and gap length.
type shape struct {
	points []point2
	closed bool
	filled bool
	fill   colour
	width  length // 0: not stroked
	stroke colour
	dash   length
}

type point2 struct{ x, y length }

// A placedText is a frag with its place: the left end of its base line.
type placedText struct {
	frag
	y      length
	spread length // added after each character, so that lines end alike
}

// A link is an area that leads to an anchor of the document, or to an address
// outside.
type link struct {
	x, y, w, h length
	target     string // the ID of an anchor, or an address outside
	heading    int    // 1 + index of a heading; 0: see target
}

// A pageNumber is the number of a heading's page, set at right with a dotted
// leader from x.
type pageNumber struct {
	heading int
	x, y    length // where the leader may begin; base line
	right   length
	style   style
}

// A fieldBox is the place of a signature field.
type fieldBox struct {
	name       string
	x, y, w, h length
}

// An anchor is a place links lead to.
type anchor struct {
	id string
	y  length
}

// A headingMark says that the heading of this index stands here.
type headingMark struct {
	index int
	y     length
}

// add places the marks of m at x, y among those of the page.
func (p *marks) add(m *marks, x, y length) {
	for _, b := range m.boxes {
		b.x, b.y = b.x+x, b.y+y
		p.boxes = append(p.boxes, b)
	}
	for _, s := range m.shapes {
		moved := make([]point2, len(s.points))
		for i, q := range s.points {
			moved[i] = point2{q.x + x, q.y + y}
		}
		s.points = moved
		p.shapes = append(p.shapes, s)
	}
	for _, t := range m.texts {
		t.x, t.y = t.x+x, t.y+y
		p.texts = append(p.texts, t)
	}
	for _, l := range m.links {
		l.x, l.y = l.x+x, l.y+y
		p.links = append(p.links, l)
	}
	for _, n := range m.numbers {
		n.x, n.y, n.right = n.x+x, n.y+y, n.right+x
		p.numbers = append(p.numbers, n)
	}
	p.addPlaces(m, x, y)
}

func (p *marks) addPlaces(m *marks, x, y length) {
	for _, f := range m.fields {
		f.x, f.y = f.x+x, f.y+y
		p.fields = append(p.fields, f)
	}
	for _, h := range m.headings {
		h.y += y
		p.headings = append(p.headings, h)
	}
	for _, a := range m.anchors {
		a.y += y
		p.anchors = append(p.anchors, a)
	}
}

// setLine places a line of text with its upper left corner at x, y.
func (p *marks) setLine(l textLine, at linePlace) {
	x := at.x
	switch {
	case at.centre:
		x += (at.width - l.width) / 2
	case at.right:
		x += at.width - l.width
	}
	spread := 0
	if at.justify && l.full && l.chars > 1 {
		if gap := (at.width - l.width) / (l.chars - 1); gap > 0 && gap <= at.size/6 {
			spread = gap
		}
	}
	before := 0
	for _, f := range l.frags {
		f.x += x + before*spread
		before += f.chars
		p.texts = append(p.texts, placedText{frag: f, y: at.y + baseline(at.size, at.lead), spread: spread})
	}
}

// A linePlace is where and how a line is set.
type linePlace struct {
	x, y, width   length
	size, lead    length
	centre, right bool
	justify       bool
}
