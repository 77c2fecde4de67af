package pdf

import (
	"fmt"
	"math"
	"strconv"

	"mingpin/report"
)

// Measures of the radar figure.
const (
	radarRadius = 32 * mm
	radarHeight = 88 * mm
	radarRings  = 5 // at 20, 40 … 100
	radarLabel  = 40 * mm
)

// A RadarError says what is wrong with a radar figure.
type RadarError struct {
	Caption string
	Problem string
}

func (e *RadarError) Error() string { return fmt.Sprintf("figure %q: %s", e.Caption, e.Problem) }

// radarSlabs draws scores on three to eight axes. Each score also stands in
// figures at its axis.
func (l *layouter) radarSlabs(r report.Radar, width length) ([]slab, error) {
	n := len(r.Axes)
	if n < 3 || n > 8 {
		return nil, &RadarError{r.Caption, fmt.Sprintf("%d axes where 3 to 8 fit", n)}
	}
	s := slab{height: radarHeight, before: 4 * mm}
	centre := point2{width / 2, radarHeight / 2}
	scores := make([]point2, n)
	for i, a := range r.Axes {
		score, err := strconv.ParseFloat(a.Score, 64)
		if err != nil || !(score >= 0 && score <= 100) { // NaN too
			return nil, &RadarError{r.Caption, fmt.Sprintf("score %q of %q is not between 0 and 100", a.Score, a.Label)}
		}
		scores[i] = onAxis(centre, i, n, float64(radarRadius)*score/100)
	}
	s.shapes = append(s.shapes, shape{points: scores, closed: true, filled: true, fill: shade})
	drawGrid(&s, centre, n)
	s.shapes = append(s.shapes, shape{points: scores, closed: true, width: 1400, stroke: seal})
	for _, p := range scores {
		s.boxes = append(s.boxes, box{p.x - 1500, p.y - 1500, 3000, 3000, seal})
	}
	l.ringLabels(&s, centre)
	for i, a := range r.Axes {
		l.axisLabel(&s, a, centre, onAxis(centre, i, n, float64(radarRadius+4*mm)))
	}
	if r.Caption == "" {
		return []slab{s}, nil
	}
	return []slab{l.captionSlab(r.Caption, width), s}, nil
}

// onAxis is the point at a distance from the centre on axis i of n; the first
// axis points up.
func onAxis(centre point2, i, n int, distance float64) point2 {
	sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
	return point2{centre.x + int(math.Round(distance*sin)), centre.y - int(math.Round(distance*cos))}
}

func drawGrid(s *slab, centre point2, n int) {
	for ring := 1; ring <= radarRings; ring++ {
		points := make([]point2, n)
		for i := range points {
			points[i] = onAxis(centre, i, n, float64(radarRadius*ring)/radarRings)
		}
		g := shape{points: points, closed: true, width: 250, stroke: muted}
		if ring == radarRings {
			g.width, g.stroke = 700, muted
		}
		s.shapes = append(s.shapes, g)
	}
	for i := range n {
		end := onAxis(centre, i, n, float64(radarRadius))
		s.shapes = append(s.shapes, shape{points: []point2{centre, end}, width: 250, stroke: muted})
	}
}

// ringLabels names the rings beside the first axis.
func (l *layouter) ringLabels(s *slab, centre point2) {
	const size = 6 * pt
	for ring := 1; ring <= radarRings; ring++ {
		runs := []run{{text: strconv.Itoa(ring * 100 / radarRings), style: style{size: size, col: muted}}}
		y := centre.y - radarRadius*ring/radarRings
		for _, line := range l.lines(runs, 20*pt, 0) {
			s.setLine(line, linePlace{x: centre.x + 2*pt, y: y + 500, width: 20 * pt, size: size, lead: size})
		}
	}
}

// axisLabel sets the name of an axis and its score outside the figure.
func (l *layouter) axisLabel(s *slab, a report.Axis, centre, at point2) {
	name := l.runs([]report.Span{{Text: a.Label}}, captionSize, false)
	score := l.runs([]report.Span{{Text: a.Score, Value: a.Value}}, captionSize, true)
	lines := append(l.lines(name, radarLabel, 0), l.lines(score, radarLabel, 0)...)
	place := linePlace{width: radarLabel, size: captionSize, lead: tightLeading(captionSize)}
	height := length(len(lines)) * place.lead
	place.y = at.y - height/2
	switch {
	case at.x < centre.x-2*mm:
		place.x, place.right = at.x-radarLabel, true
	case at.x > centre.x+2*mm:
		place.x = at.x
	default:
		place.x, place.centre = at.x-radarLabel/2, true
		place.y = at.y
		if at.y < centre.y {
			place.y = at.y - height
		}
	}
	for _, line := range lines {
		s.setLine(line, place)
		place.y += place.lead
	}
}
