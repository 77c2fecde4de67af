package pdf

import (
	"fmt"

	"mingpin/report"
)

// Room inside the cells of a table.
const (
	cellSide = 3500
	cellHead = 3 * pt
)

// Rules of a table.
const (
	heavyRule = 800
	lightRule = 500
)

// A tableLayout turns one table into slabs.
type tableLayout struct {
	*typesetter
	table  report.Table
	size   length
	edges  []length // of the columns, one more than there are columns
	repeat *tableHead
	room   length // of a page, for head and rows
}

// A gridCell is a cell with its place in the grid.
type gridCell struct {
	cell     report.Cell
	lines    []textLine
	row, col int
	rows     int
	from, to length // left and right edge
	align    report.Align
	isHead   bool
	group    bool
}

func (c *gridCell) height(lead length) length {
	return length(len(c.lines))*lead + 2*cellHead
}

// A TableError says what is wrong with the shape of a table.
type TableError struct {
	Caption string
	Row     int // from 1; 0 for the head
	Problem string
}

func (e *TableError) Error() string {
	return fmt.Sprintf("table %q, row %d: %s", e.Caption, e.Row, e.Problem)
}

func (t *typesetter) tableSlabs(tab report.Table, on sheet) ([]slab, error) {
	width := on.width()
	l := &tableLayout{typesetter: t, table: tab, size: tableSize, room: on.height()}
	if tab.Size > 0 {
		l.size = length(tab.Size * float64(pt))
	}
	if err := l.setEdges(width); err != nil {
		return nil, err
	}
	var out []slab
	if tab.Caption != "" {
		out = append(out, t.captionSlab(tab.Caption, width))
	}
	head, err := l.headSlabs()
	if err != nil {
		return nil, err
	}
	body, err := l.bodySlabs()
	if err != nil {
		return nil, err
	}
	out = append(out, head...)
	out = append(out, body...)
	if len(out) > 0 {
		out[0].before = max(out[0].before, 6*pt)
		out = append(out, slab{height: 8 * pt, gap: true})
	}
	return out, nil
}

func (l *tableLayout) setEdges(width length) error {
	total := 0.0
	for _, c := range l.table.Columns {
		if c.Width <= 0 {
			return &TableError{Caption: l.table.Caption, Problem: "a column has no width"}
		}
		total += c.Width
	}
	l.edges = []length{0}
	sum := 0.0
	for _, c := range l.table.Columns {
		sum += c.Width
		l.edges = append(l.edges, length(float64(width)*(sum/total)))
	}
	return nil
}

func (l *tableLayout) lead() length { return tightLeading(l.size) }

// grid gives every cell its place; rows that are joined by cells over several
// rows come out in one cluster.
func (l *tableLayout) grid(rows []report.Row, isHead bool) ([][]*gridCell, error) {
	n := len(l.table.Columns)
	until := make([]int, n) // first row in which the column is free again
	out := make([][]*gridCell, len(rows))
	for r, row := range rows {
		col := 0
		for _, c := range row.Cells {
			for col < n && until[col] > r {
				col++
			}
			span, down := max(c.Span, 1), min(max(c.Rows, 1), len(rows)-r)
			if col+span > n {
				return nil, l.fault(r, isHead, fmt.Sprintf("more cells than the %d columns", n))
			}
			for k := col; k < col+span; k++ {
				if until[k] > r {
					return nil, l.fault(r, isHead, "a cell overlaps one from a row above")
				}
				until[k] = r + down
			}
			out[r] = append(out[r], l.gridCell(c, gridCell{row: r, col: col, rows: down, isHead: isHead, group: row.Group, from: l.edges[col], to: l.edges[col+span]}))
			col += span
		}
	}
	return out, nil
}

func (l *tableLayout) fault(row int, isHead bool, problem string) error {
	if isHead {
		row = -1
	}
	return &TableError{Caption: l.table.Caption, Row: row + 1, Problem: problem}
}

func (l *tableLayout) gridCell(c report.Cell, g gridCell) *gridCell {
	g.cell = c
	g.align = c.Align
	if g.align == report.Left && !g.group {
		g.align = l.table.Columns[g.col].Align
	}
	runs := l.runs(c.Spans, l.size, g.isHead || g.group)
	width := g.to - g.from - 2*cellSide
	g.lines = l.lines(runs, width, 0)
	if g.isHead && len(g.lines) > 1 {
		g.lines = l.balanced(runs, width, g.lines)
	}
	return &g
}

// balanced makes the lines of a head as even as their number allows: 提升／幅度
// rather than 提升幅／度.
func (l *tableLayout) balanced(runs []run, width length, lines []textLine) []textLine {
	for w := width - l.size/2; w > width/2; w -= l.size / 2 {
		narrower := l.lines(runs, w, 0)
		if len(narrower) > len(lines) {
			break
		}
		lines = narrower
	}
	return lines
}

// heights gives each row of a cluster the height its cells need; a cell over
// several rows makes the last of them higher where it must.
func (l *tableLayout) heights(rows [][]*gridCell) []length {
	out := make([]length, len(rows))
	for r, row := range rows {
		out[r] = l.lead() + 2*cellHead
		for _, c := range row {
			if c.rows == 1 {
				out[r] = max(out[r], c.height(l.lead()))
			}
		}
	}
	for r, row := range rows {
		for _, c := range row {
			if c.rows == 1 {
				continue
			}
			have := 0
			for _, h := range out[r : r+c.rows] {
				have += h
			}
			out[r+c.rows-1] += max(0, c.height(l.lead())-have)
		}
	}
	return out
}

// headSlabs makes the head one slab, so that it is never parted, and keeps it
// for the pages to come.
func (l *tableLayout) headSlabs() ([]slab, error) {
	if len(l.table.Head) == 0 {
		return nil, nil
	}
	rows := make([]report.Row, len(l.table.Head))
	for i, cells := range l.table.Head {
		rows[i].Cells = cells
	}
	grid, err := l.grid(rows, true)
	if err != nil {
		return nil, err
	}
	s := l.cluster(grid)
	s.keepNext = true
	width := l.edges[len(l.edges)-1]
	s.boxes = append([]box{{0, 0, width, s.height, shade}, {0, -heavyRule / 2, width, heavyRule, ink}}, s.boxes...)
	s.boxes = append(s.boxes, box{0, s.height - lightRule/2, width, lightRule, ink})
	l.repeat = &tableHead{slabs: []slab{s}, height: s.height}
	return []slab{s}, nil
}

func (l *tableLayout) bodySlabs() ([]slab, error) {
	grid, err := l.grid(l.table.Rows, false)
	if err != nil {
		return nil, err
	}
	var out []slab
	for r := 0; r < len(grid); {
		end := clusterEnd(grid, r)
		for _, row := range grid[r:end] {
			for _, c := range row {
				c.row -= r
			}
		}
		out = append(out, l.clusterSlabs(grid[r:end])...)
		out[len(out)-1].keepNext = l.table.Rows[end-1].Group && end < len(grid)
		r = end
	}
	if len(out) == 0 {
		return nil, nil
	}
	width := l.edges[len(l.edges)-1]
	last := &out[len(out)-1]
	if len(l.table.Head) > 0 {
		last.boxes = append(last.boxes, box{0, last.height - heavyRule/2, width, heavyRule, ink})
	} else {
		out[0].boxes = append(out[0].boxes, box{0, -lightRule / 2, width, lightRule, hairline})
	}
	return out, nil
}

// clusterEnd is the row after those joined to row r by cells over several rows.
func clusterEnd(grid [][]*gridCell, r int) int {
	end := r + 1
	for k := r; k < end; k++ {
		for _, c := range grid[k] {
			end = max(end, k+c.rows)
		}
	}
	return end
}

// clusterSlabs makes one slab of rows that belong together. Where a page has no
// room for it each row goes by itself; what was to stand beside several rows
// then stands beside the first.
func (l *tableLayout) clusterSlabs(rows [][]*gridCell) []slab {
	s := l.cluster(rows)
	if len(rows) == 1 {
		s.split = l.splitter(rows[0], s.height)
		return []slab{s}
	}
	if s.height+l.headHeight() <= l.room {
		return []slab{s}
	}
	out := make([]slab, len(rows))
	for i, row := range rows {
		for _, c := range row {
			c.rows = 1
		}
		out[i] = l.rowSlab(row)
	}
	return out
}

func (l *tableLayout) headHeight() length {
	if l.repeat == nil {
		return 0
	}
	return l.repeat.height
}
