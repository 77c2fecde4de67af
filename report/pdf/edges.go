package pdf

import (
	"fmt"
	"strconv"
	"strings"

	"mingpin/report"
)

// edges sets running head and page number on every page, covers without head.
func (l *layouter) edges(doc report.Doc) {
	l.where = ""
	mark := l.runs([]report.Span{{Text: doc.Mark, Tone: report.Muted}}, edgeSize, false)
	for i, p := range l.pages {
		l.head(p, doc, mark)
		l.foot(p, doc.Footer, i+1)
	}
}

func (l *layouter) head(p *page, doc report.Doc, mark []run) {
	lead := tightLeading(edgeSize)
	right := p.right
	rule := p.top - 7*mm
	at := linePlace{x: p.left, width: right - p.left, size: edgeSize, lead: lead, right: true, y: rule - lead - 2*pt}
	room := right - p.left
	if doc.Mark != "" {
		for _, line := range l.lines(mark, room, 0) {
			p.setLine(line, at)
			room -= line.width + 2*edgeSize
		}
	}
	if p.bare || (len(doc.Header) == 0 && doc.Mark == "") {
		return
	}
	header := make([]report.Span, len(doc.Header))
	for i, s := range doc.Header {
		if s.Tone == report.Ink {
			s.Tone = report.Muted
		}
		header[i] = s
	}
	lines := l.lines(l.runs(header, edgeSize, false), room, 0)
	at.right = false
	for i, line := range lines {
		at.y = rule - 2*pt - length(len(lines)-i)*lead
		p.setLine(line, at)
	}
	p.boxes = append(p.boxes, box{p.left, rule, right - p.left, lightRule, hairline})
}

func (l *layouter) foot(p *page, template string, number int) {
	if template == "" {
		return
	}
	text := template
	switch strings.Count(template, "%d") {
	case 1:
		text = fmt.Sprintf(template, number)
	case 2:
		text = fmt.Sprintf(template, number, len(l.pages))
	}
	lead := tightLeading(edgeSize)
	right := p.right
	at := linePlace{x: p.left, y: p.h - 13*mm, width: right - p.left, size: edgeSize, lead: lead, centre: true}
	for _, line := range l.lines([]run{{text: text, style: style{size: edgeSize, col: muted}}}, at.width, 0) {
		p.setLine(line, at)
	}
}

// settleNumbers fills in the page numbers of the contents, with dots leading to
// them.
func (l *layouter) settleNumbers() {
	for _, p := range l.pages {
		for _, n := range p.numbers {
			runs := []run{{text: strconv.Itoa(l.headings[n.heading].page), style: n.style}}
			for _, line := range l.lines(runs, numberRoom, 0) {
				left := n.right - line.width
				for _, f := range line.frags {
					f.x += left
					p.texts = append(p.texts, placedText{frag: f, y: n.y})
				}
				p.leader(n.x, left-n.style.size/2, n.y)
			}
		}
	}
}

// leader draws dots from x to right, standing below each other on all lines.
func (m *marks) leader(x, right, y length) {
	const step = 4 * pt
	x = (x + step - 1) / step * step
	if right-x < 2*step {
		return
	}
	for ; x < right; x += step {
		m.boxes = append(m.boxes, box{x, y - 700, 700, 700, muted})
	}
}
