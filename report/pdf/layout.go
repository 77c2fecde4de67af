package pdf

import (
	"fmt"

	"mingpin/report"
)

// A layouter turns the blocks of a document into pages.
type layouter struct {
	*typesetter
	flow
	held     []slab // since the last break: slabs that may have to stay together
	headings []heading
	placed   int // headings met so far
}

// A heading is one entry of outline and contents.
type heading struct {
	report.Heading
	page int // from 1
	y    length
}

func (l *layouter) layout(doc report.Doc) error {
	l.collect(doc.Blocks)
	for i, b := range doc.Blocks {
		if err := l.block(b); err != nil {
			return fmt.Errorf("lay out block %d: %w", i+1, err)
		}
		if l.err != nil {
			return l.err
		}
	}
	l.flush()
	if len(l.pages) == 0 {
		l.cur = l.open(l.landscape)
	}
	l.settleHeadings()
	l.edges(doc)
	l.settleNumbers()
	return l.err
}

// collect lists the headings beforehand: the contents stand before the text.
func (l *layouter) collect(blocks []report.Block) {
	for _, b := range blocks {
		switch b := b.(type) {
		case report.Heading:
			l.headings = append(l.headings, heading{Heading: b})
		case report.Frame:
			if b.Heading != nil {
				l.headings = append(l.headings, heading{Heading: *b.Heading})
			}
		case report.KeepTogether:
			l.collect(b.Blocks)
		}
	}
}

func (l *layouter) block(b report.Block) error {
	switch b := b.(type) {
	case report.Break:
		l.flush()
		l.breakPage(b.Landscape)
		return nil
	case report.Frame:
		l.flush()
		return l.frame(b)
	}
	slabs, err := l.slabs(b)
	l.held = append(l.held, slabs...)
	return err
}

// flush puts what is held on pages.
func (l *layouter) flush() {
	l.place(l.held)
	l.held = l.held[:0]
}

// slabs lays out one block that stands in the flow of text.
func (l *layouter) slabs(b report.Block) ([]slab, error) {
	on := l.sheet()
	switch b := b.(type) {
	case report.Heading:
		return l.headingSlabs(b, on.width()), nil
	case report.Paragraph:
		return l.paragraphSlabs(b, on.width()), nil
	case report.List:
		return l.listSlabs(b, on.width()), nil
	case report.Table:
		return l.tableSlabs(b, on)
	case report.Contents:
		return l.contentsSlabs(b, on.width()), nil
	case report.Radar:
		return l.radarSlabs(b, on.width())
	case report.Field:
		return []slab{l.fieldSlab(b, on.width())}, nil
	case report.Code:
		s, err := l.codeSlab(b, on.width())
		return []slab{s}, err
	case report.Space:
		return []slab{{height: length(b.MM * float64(mm)), gap: true}}, nil
	case report.KeepTogether:
		return l.keptSlabs(b)
	}
	return nil, fmt.Errorf("block of type %T has no place here", b)
}

func (l *layouter) keptSlabs(k report.KeepTogether) ([]slab, error) {
	var out []slab
	for _, b := range k.Blocks {
		slabs, err := l.slabs(b)
		if err != nil {
			return nil, err
		}
		out = append(out, slabs...)
	}
	for i := range out {
		out[i].keepNext = i < len(out)-1
	}
	return out, nil
}

// settleHeadings notes on which page each heading came to stand.
func (l *layouter) settleHeadings() {
	for i, p := range l.pages {
		for _, m := range p.headings {
			h := &l.headings[m.index]
			h.page, h.y = i+1, m.y
			p.bare = p.bare || h.Level == 0
		}
	}
}

// frame gives foreign content a page of its own. Its margins are narrower than
// those of text, so that a document stays legible.
func (l *layouter) frame(f report.Frame) error {
	p := l.open(f.Landscape)
	l.cur = nil
	p.frame = &f
	p.right, p.bottom = p.w-15*mm, p.h-17*mm
	y := p.top - 4*mm
	runs := l.runs(f.Caption, captionSize, false)
	at := linePlace{x: p.left, width: p.width(), size: captionSize, lead: tightLeading(captionSize)}
	for _, line := range l.lines(runs, p.width(), 0) {
		at.y = y
		p.setLine(line, at)
		y += at.lead
	}
	if f.ID != "" {
		p.anchors = append(p.anchors, anchor{id: f.ID, y: p.top})
	}
	if f.Heading != nil {
		p.headings = append(p.headings, headingMark{l.placed, p.top})
		p.addAnchor(f.Heading.ID, p.top)
		l.placed++
	}
	y += 2 * mm
	p.room = hole{x: p.left, y: y, w: p.width(), h: p.bottom - y}
	if p.room.h < 20*mm {
		return fmt.Errorf("the caption of frame %q leaves no room on its page", f.ID)
	}
	return nil
}

func (p *marks) addAnchor(id string, y length) {
	if id != "" {
		p.anchors = append(p.anchors, anchor{id: id, y: y})
	}
}
