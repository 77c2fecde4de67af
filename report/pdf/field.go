package pdf

import "mingpin/report"

// Size of the box for a signature or a seal: a round seal of 40 mm is stamped
// over its edge, one of 30 mm fits.
const (
	FieldWidth  = 80 // millimetres
	FieldHeight = 30
)

// fieldSlab sets a place to sign: labels left, the box right.
func (l *layouter) fieldSlab(f report.Field, width length) slab {
	const boxW, boxH = FieldWidth * mm, FieldHeight * mm
	s := slab{before: 5 * mm, height: boxH}
	x := width - boxW
	const in = 250 // the line lies inside the field, so that a stamp covers it
	corner := []point2{{x + in, in}, {x + boxW - in, in}, {x + boxW - in, boxH - in}, {x + in, boxH - in}}
	s.shapes = []shape{{points: corner, closed: true, width: 500, stroke: muted, dash: 3 * pt}}
	if f.Name != "" {
		s.fields = []fieldBox{{name: f.Name, x: x, w: boxW, h: boxH}}
	}
	l.fieldLabels(&s, f.Labels, x-6*mm)
	hint := []run{{text: f.Hint, style: style{size: captionSize, col: muted}}}
	at := linePlace{x: x, y: boxH - 7*mm, width: boxW, size: captionSize, lead: tightLeading(captionSize), centre: true}
	for _, line := range l.lines(hint, boxW, 0) {
		s.setLine(line, at)
	}
	note := []run{{text: f.Note, style: style{size: noteSize, col: muted}}}
	at = linePlace{x: x, y: boxH + 2*pt, width: boxW, size: noteSize, lead: tightLeading(noteSize)}
	for _, line := range l.lines(note, boxW, 0) {
		s.setLine(line, at)
		at.y += at.lead
		s.height = max(s.height, at.y+3*mm)
	}
	return s
}

// fieldLabels spreads the labels over the height of the box, each on a fine
// line of its own to be written on.
func (l *layouter) fieldLabels(s *slab, labels []report.Span, width length) {
	lead := tightLeading(bodySize)
	var lines []textLine
	for i := range labels {
		lines = append(lines, l.lines(l.runs(labels[i:i+1], bodySize, false), width, 0)...)
	}
	if len(lines) == 0 {
		return
	}
	step := max(lead+4*pt, FieldHeight*mm/length(len(lines)))
	for i, line := range lines {
		y := length(i)*step + (step-lead)/2
		s.setLine(line, linePlace{y: y, width: width, size: bodySize, lead: lead})
		s.boxes = append(s.boxes, box{0, y + lead + pt, width, lightRule, hairline})
	}
	s.height = max(s.height, length(len(lines))*step)
}
