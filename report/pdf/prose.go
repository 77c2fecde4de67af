package pdf

import "mingpin/report"

// headingSlabs sets a heading; it stays with what follows.
func (l *layouter) headingSlabs(h report.Heading, width length) []slab {
	l.where = h.Text
	st := headingOf(h.Level)
	runs := []run{{text: h.Text, style: style{bold: true, size: st.size, col: ink}}}
	s := slab{before: st.before, keepNext: true}
	s.headings = []headingMark{{l.placed, 0}}
	s.addAnchor(h.ID, 0)
	l.placed++
	at := linePlace{width: width, size: st.size, lead: tightLeading(st.size), centre: st.align == report.Center}
	for _, line := range l.lines(runs, width, 0) {
		at.y = s.height
		s.setLine(line, at)
		s.height += at.lead
	}
	s.height += st.after
	return []slab{s}
}

// paragraphSlabs sets running text, one slab a line; the first two and the last
// two lines stay together.
func (l *layouter) paragraphSlabs(p report.Paragraph, width length) []slab {
	size := bodySize
	if p.Size > 0 {
		size = length(p.Size * float64(pt))
	}
	indent := 0
	if p.Indent {
		indent = 2 * size
	}
	lead := leading(size)
	if p.Align == report.Center {
		lead = tightLeading(size)
	}
	lines := l.lines(l.runs(p.Spans, size, false), width, indent)
	out := make([]slab, 0, len(lines)+1)
	for i, line := range lines {
		s := slab{height: lead, keepNext: i == 0 && len(lines) > 1 || i == len(lines)-2}
		at := linePlace{width: width, size: size, lead: lead, centre: p.Align == report.Center, right: p.Align == report.Right}
		at.justify = p.Align == report.Left
		if i == 0 {
			at.x, at.width = indent, width-indent
		}
		s.setLine(line, at)
		out = append(out, s)
	}
	return append(out, slab{height: size / 3, gap: true})
}

// listSlabs sets entries with their labels in a column of their own.
func (l *layouter) listSlabs(list report.List, width length) []slab {
	lead := leading(bodySize)
	labels := make([][]run, len(list.Items))
	column := bodySize * 3 / 2
	for i, it := range list.Items {
		labels[i] = []run{{text: it.Label, style: style{size: bodySize, col: ink}}}
		column = max(column, l.natural(labels[i])+bodySize/2)
	}
	column = min(column, width/3)
	var out []slab
	for i, it := range list.Items {
		body := l.lines(l.runs(it.Spans, bodySize, false), width-column, 0)
		label := l.lines(labels[i], column, 0)
		for k := range max(len(body), len(label), 1) {
			s := slab{height: lead, keepNext: k == 0 && len(body) > 1 || k == len(body)-2}
			if k < len(label) {
				s.setLine(label[k], linePlace{width: column, size: bodySize, lead: lead})
			}
			if k < len(body) {
				s.setLine(body[k], linePlace{x: column, width: width - column, size: bodySize, lead: lead, justify: true})
			}
			out = append(out, s)
		}
	}
	return append(out, slab{height: bodySize / 3, gap: true})
}

// captionSlab is the line above a table or figure.
func (t *typesetter) captionSlab(text string, width length) slab {
	s := slab{before: 6 * pt, keepNext: true}
	at := linePlace{width: width, size: captionSize, lead: tightLeading(captionSize)}
	runs := []run{{text: text, style: style{bold: true, size: captionSize, col: ink}}}
	for _, line := range t.lines(runs, width, 0) {
		at.y = s.height
		s.setLine(line, at)
		s.height += at.lead
	}
	s.height += 4 * pt
	return s
}

// numberRoom is kept free at the right of the contents for the page numbers.
const numberRoom = 34 * pt

// contentsSlabs sets the table of contents. Its numbers are filled in when all
// pages are known; their room is fixed, so that they move nothing.
func (l *layouter) contentsSlabs(c report.Contents, width length) []slab {
	st := headingOf(1)
	out := []slab{}
	if c.Title != "" {
		title := slab{before: st.before, keepNext: true, height: tightLeading(st.size) + st.after}
		runs := []run{{text: c.Title, style: style{bold: true, size: st.size, col: ink}}}
		for _, line := range l.lines(runs, width, 0) {
			title.setLine(line, linePlace{width: width, size: st.size, lead: tightLeading(st.size), centre: true})
		}
		out = append(out, title)
	}
	for i, h := range l.headings {
		if h.Level >= 1 && h.Level <= c.Depth {
			out = append(out, l.entrySlab(i, h, width))
		}
	}
	return out
}

func (l *layouter) entrySlab(i int, h heading, width length) slab {
	st := style{size: bodySize, col: ink, bold: h.Level == 1}
	left := length(h.Level-1) * 2 * bodySize
	lead := leading(bodySize)
	s := slab{}
	if h.Level == 1 {
		s.before = 4 * pt
	}
	var last textLine
	at := linePlace{x: left, width: width - left - numberRoom, size: bodySize, lead: lead}
	for _, line := range l.lines([]run{{text: h.Text, style: st}}, at.width, 0) {
		at.y = s.height
		s.setLine(line, at)
		s.height += lead
		last = line
	}
	s.height = max(s.height, lead)
	s.numbers = []pageNumber{{
		heading: i, x: left + last.width + bodySize/2, y: s.height - lead + baseline(bodySize, lead),
		right: width, style: style{size: bodySize, col: ink},
	}}
	s.links = []link{{x: left, w: width - left, h: s.height, heading: i + 1}}
	return s
}
