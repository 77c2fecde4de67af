package pdf

import (
	"fmt"
	"strings"

	"mingpin/report"
	"mingpin/report/pdf/object"
)

// Dump lays a document out and tells what stands where, in points from the
// upper left corner, rounded.
func Dump(doc report.Doc, f Fonts) (string, error) {
	l, err := laidOut(doc, f)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for i, p := range l.pages {
		fmt.Fprintf(&b, "page %d: %d x %d\n", i+1, round(p.w), round(p.h))
		for _, x := range p.boxes {
			if x.h > pt { // rules are left out: they stand with every row
				fmt.Fprintf(&b, "  ground %d %d, %d x %d\n", round(x.x), round(x.y), round(x.w), round(x.h))
			}
		}
		for _, s := range p.shapes {
			fmt.Fprintf(&b, "  shape of %d points from %d %d\n", len(s.points), round(s.points[0].x), round(s.points[0].y))
		}
		if p.frame != nil {
			fmt.Fprintf(&b, "  frame %s %d %d, %d x %d\n", p.frame.ID, round(p.room.x), round(p.room.y), round(p.room.w), round(p.room.h))
		}
		for _, x := range p.fields {
			fmt.Fprintf(&b, "  field %s %d %d, %d x %d\n", x.name, round(x.x), round(x.y), round(x.w), round(x.h))
		}
		for _, t := range p.texts {
			weight := ""
			if t.style.bold {
				weight = "b"
			}
			fmt.Fprintf(&b, "  %4d %4d %4.1f%s %s\n", round(t.x), round(t.y), points(t.style.size), weight, t.text)
		}
	}
	return b.String(), nil
}

func laidOut(doc report.Doc, f Fonts) (*layouter, error) {
	t, err := newTypesetter(f)
	if err != nil {
		return nil, err
	}
	l := &layouter{typesetter: t}
	return l, l.layout(doc)
}

func round(l length) int { return (l + pt/2) / pt }

// Lines breaks text at a width in points.
func Lines(text string, width, size float64, f Fonts) ([]string, error) {
	t, err := newTypesetter(f)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, l := range t.lines([]run{{text: text, style: style{size: length(size * float64(pt))}}}, length(width*float64(pt)), 0) {
		s := ""
		for _, f := range l.frags {
			s += f.text
		}
		out = append(out, strings.TrimRight(s, " "))
	}
	return out, t.err
}

// A PlacedString is a string as it is drawn.
type PlacedString struct {
	Page       int
	Landscape  bool
	X, Y, Size float64
	Bold       bool
	Text       string
}

// Strings are all strings of a document with their places.
func Strings(doc report.Doc, f Fonts) ([]PlacedString, error) {
	l, err := laidOut(doc, f)
	if err != nil {
		return nil, err
	}
	var out []PlacedString
	for i, p := range l.pages {
		for _, t := range p.texts {
			out = append(out, PlacedString{i, p.landscape, points(t.x), points(t.y), points(t.style.size), t.style.bold, t.text})
		}
	}
	return out, nil
}

// ValuesWithin is Values with other limits.
func ValuesWithin(f *object.File, content, text int64, fonts int) (map[string]string, error) {
	return readValues(f, limits{content, text, fonts})
}
