package pdf

import "mingpin/report"

// A page is what one sheet shows.
type page struct {
	sheet
	landscape bool
	bare      bool // no running head: a cover
	frame     *report.Frame
	room      hole // of the frame
	marks
}

// A hole is the room for foreign content.
type hole struct {
	x, y, w, h length
	plain      bool // without a line around the content
}

// leastRoom is what must be left below a heading whose text is too high to stay
// with it whole.
const leastRoom = 20 * mm

// A flow puts slabs on pages one after the other.
type flow struct {
	pages     []*page
	cur       *page // nil: the next slab opens a page
	y         length
	landscape bool
}

// sheet is the sheet the next slab goes on.
func (f *flow) sheet() sheet { return sheetOf(f.landscape) }

func (f *flow) open(landscape bool) *page {
	p := &page{sheet: sheetOf(landscape), landscape: landscape}
	f.pages = append(f.pages, p)
	f.y = p.top
	return p
}

// place puts slabs on pages; those tied by keepNext stay together where a page
// has room for all of them.
func (f *flow) place(slabs []slab) {
	for len(slabs) > 0 {
		if s := slabs[0]; s.gap && f.cur != nil && f.y+s.height > f.cur.bottom {
			f.cur, slabs = nil, slabs[1:]
			continue
		}
		n, height := f.group(slabs)
		if f.cur == nil || (f.y > f.cur.top && f.y+slabs[0].before+height > f.cur.bottom) {
			f.turn(slabs[0])
		}
		for i := range slabs[:n] {
			f.put(slabs[i])
		}
		slabs = slabs[n:]
	}
}

// group is how many of the first slabs belong together, with their height
// without the room before the first. A group higher than a page falls apart.
func (f *flow) group(slabs []slab) (n int, height length) {
	n, height = 1, slabs[0].height
	for n < len(slabs) && slabs[n-1].keepNext {
		height += slabs[n].before + slabs[n].height
		n++
	}
	if n > 1 && height > f.roomFor(slabs[0]) {
		return 1, slabs[0].height + leastRoom
	}
	return n, height
}

// roomFor is what a fresh page has for s.
func (f *flow) roomFor(s slab) length {
	room := f.sheet().height()
	if s.repeat != nil {
		room -= s.repeat.height
	}
	return room
}

// turn opens the page s begins; a table that goes on begins with its head.
func (f *flow) turn(s slab) {
	if s.split != nil && s.height > f.roomFor(s) && f.cur != nil {
		return // it will be parted, beginning on this page
	}
	f.cur = f.open(f.landscape)
	f.repeatHead(s)
}

func (f *flow) repeatHead(s slab) {
	if s.repeat == nil {
		return
	}
	for i := range s.repeat.slabs {
		h := &s.repeat.slabs[i]
		f.cur.add(&h.marks, f.cur.left, f.y)
		f.y += h.height
	}
}

func (f *flow) put(s slab) {
	if f.y > f.cur.top {
		f.y += s.before
	}
	for fresh := false; s.split != nil && f.y+s.height > f.cur.bottom; fresh = true {
		first, rest := s.split(f.cur.bottom - f.y)
		if first.height == 0 && fresh {
			break // a single line is higher than the page
		}
		f.cur.add(&first.marks, f.cur.left, f.y)
		f.y += first.height
		if rest == nil {
			return
		}
		f.cur = f.open(f.landscape)
		f.repeatHead(s)
		s = *rest
	}
	f.cur.add(&s.marks, f.cur.left, f.y)
	f.y += s.height
}

// breakPage makes the next slab open a page.
func (f *flow) breakPage(landscape bool) {
	f.cur, f.landscape = nil, landscape
}
