package pdf

import "mingpin/report"

// cluster draws rows that stay together as one slab.
func (l *tableLayout) cluster(rows [][]*gridCell) slab {
	heights := l.heights(rows)
	s := slab{repeat: l.repeat}
	tops := make([]length, len(rows)+1)
	for r, h := range heights {
		tops[r+1] = tops[r] + h
	}
	s.height = tops[len(rows)]
	for r, row := range rows {
		for _, c := range row {
			l.drawCell(&s, c, tops[r], tops[r+c.rows])
		}
		if len(row) > 0 && row[0].group {
			ground := box{0, tops[r], l.edges[len(l.edges)-1], heights[r], shade}
			s.boxes = append([]box{ground}, s.boxes...)
		}
	}
	return s
}

// drawCell sets the lines of c between top and bottom, in the middle of them,
// with a rule below.
func (l *tableLayout) drawCell(s *slab, c *gridCell, top, bottom length) {
	y := top + (bottom-top-length(len(c.lines))*l.lead())/2
	for i, line := range c.lines {
		s.setLine(line, l.place(c, y+length(i)*l.lead()))
	}
	l.finishCell(s, c, top, bottom)
}

func (l *tableLayout) place(c *gridCell, y length) linePlace {
	return linePlace{
		x: c.from + cellSide, y: y, width: c.to - c.from - 2*cellSide,
		size: l.size, lead: l.lead(),
		centre: c.align == report.Center, right: c.align == report.Right,
	}
}

func (l *tableLayout) finishCell(s *slab, c *gridCell, top, bottom length) {
	rule := hairline
	if c.isHead {
		rule = muted
	}
	s.boxes = append(s.boxes, box{c.from, bottom - lightRule/2, c.to - c.from, lightRule, rule})
	if c.cell.Link != "" {
		s.links = append(s.links, link{x: c.from, y: top, w: c.to - c.from, h: bottom - top, target: c.cell.Link})
	}
}

// splitter parts a row that is higher than a page: as many lines of each cell
// as there is room for, the others on the next page.
func (l *tableLayout) splitter(row []*gridCell, height length) func(length) (slab, *slab) {
	return func(room length) (slab, *slab) {
		if room >= height {
			s := l.cluster([][]*gridCell{row})
			return s, nil
		}
		n := int((room - 2*cellHead) / l.lead())
		if n < min(3, mostLines(row)) {
			rest := l.rowSlab(row)
			return slab{}, &rest
		}
		first, rest := make([]*gridCell, len(row)), make([]*gridCell, len(row))
		for i, c := range row {
			a, b := *c, *c
			k := min(n, len(c.lines))
			a.lines, b.lines = c.lines[:k], c.lines[k:]
			first[i], rest[i] = &a, &b
		}
		tail := l.rowSlab(rest)
		return l.cluster([][]*gridCell{first}), &tail
	}
}

func mostLines(row []*gridCell) int {
	n := 1
	for _, c := range row {
		n = max(n, len(c.lines))
	}
	return n
}

func (l *tableLayout) rowSlab(row []*gridCell) slab {
	s := l.cluster([][]*gridCell{row})
	s.split = l.splitter(row, s.height)
	return s
}
