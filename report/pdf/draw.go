package pdf

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/jung-kurt/gofpdf"

	"mingpin/report/pdf/object"
)

// A pen draws pages with the PDF library and keeps what is set, so that nothing
// is set twice.
type pen struct {
	*gofpdf.Fpdf
	sets   [2]charset
	values []string
	times  []int // how often each run with a value was begun
	count  int

	style  style
	fill   colour
	spread length
	set    bool // a font was chosen; it holds from page to page
}

var errTooManyRare = errors.New("more characters beyond the basic plane than one font has codes for")

// draw gives the pages as the library writes them: contents and fonts; the rest
// is the finisher's.
func (l *layouter) draw() ([]byte, [2]charset, error) {
	size := gofpdf.SizeType{Wd: points(sheetShort), Ht: points(sheetLong)}
	p := &pen{
		Fpdf:   gofpdf.NewCustom(&gofpdf.InitType{OrientationStr: "P", UnitStr: "pt", Size: size}),
		values: l.values,
		times:  make([]int, len(l.values)+1),
	}
	p.SetCatalogSort(true)
	p.SetCreationDate(time.Unix(0, 0).UTC())
	p.SetModificationDate(time.Unix(0, 0).UTC())
	p.SetAutoPageBreak(false, 0)
	p.SetCompression(false) // the finisher does it with one compressor for all pages
	for i, style := range []string{"", "B"} {
		set, ok := newCharset(&l.used[i], l.beyond[i])
		if !ok {
			return nil, p.sets, errTooManyRare
		}
		p.sets[i] = set
		if len(set.runes) > 0 {
			p.AddUTF8FontFromBytes("text", style, l.faces[i].subset(set))
		}
	}
	for _, pg := range l.pages {
		p.page(pg)
	}
	var buf bytes.Buffer
	err := p.Output(&buf)
	return buf.Bytes(), p.sets, err
}

func (p *pen) page(pg *page) {
	orientation := "P"
	if pg.landscape {
		orientation = "L"
	}
	p.AddPageFormat(orientation, gofpdf.SizeType{Wd: points(min(pg.w, pg.h)), Ht: points(max(pg.w, pg.h))})
	p.spread = 0
	for i := 0; i < len(pg.boxes); {
		i += p.box(pg.boxes[i:])
	}
	for _, s := range pg.shapes {
		p.shape(s)
	}
	for i := range pg.texts {
		p.text(&pg.texts[i])
	}
}

// box fills the first box together with those that continue it to the right.
func (p *pen) box(boxes []box) int {
	b, n := boxes[0], 1
	for n < len(boxes) {
		c := boxes[n]
		if c.y != b.y || c.h != b.h || c.x != b.x+b.w || c.fill != b.fill {
			break
		}
		b.w += c.w
		n++
	}
	p.setFill(b.fill)
	p.Rect(points(b.x), points(b.y), points(b.w), points(b.h), "F")
	return n
}

func (p *pen) setFill(c colour) {
	if p.fill == c {
		return
	}
	p.fill = c
	p.SetFillColor(int(c.r), int(c.g), int(c.b))
	p.SetTextColor(int(c.r), int(c.g), int(c.b))
}

func (p *pen) shape(s shape) {
	how := ""
	if s.filled {
		p.setFill(s.fill)
		how = "F"
	}
	if s.width > 0 {
		p.SetDrawColor(int(s.stroke.r), int(s.stroke.g), int(s.stroke.b))
		p.SetLineWidth(points(s.width))
		how += "D"
	}
	if s.dash > 0 {
		p.SetDashPattern([]float64{points(s.dash), points(s.dash)}, 0)
		defer p.SetDashPattern(nil, 0)
	}
	if !s.closed {
		for i := 1; i < len(s.points); i++ {
			a, b := s.points[i-1], s.points[i]
			p.Line(points(a.x), points(a.y), points(b.x), points(b.y))
		}
		return
	}
	corners := make([]gofpdf.PointType, len(s.points))
	for i, q := range s.points {
		corners[i] = gofpdf.PointType{X: points(q.x), Y: points(q.y)}
	}
	p.Polygon(corners, how)
}

func (p *pen) text(t *placedText) {
	if t.value == 0 && strings.TrimRight(t.text, " ") == "" {
		return
	}
	if t.text != "" {
		p.choose(t)
	}
	if t.value > 0 {
		p.mark(t)
	}
	if t.text != "" {
		p.Text(points(t.x), points(t.y), p.coded(t))
	}
	if t.value > 0 {
		p.RawWriteStr("EMC")
	}
}

// choose sets colour, font and spread of t.
func (p *pen) choose(t *placedText) {
	p.setFill(t.style.col)
	if !p.set || p.style.bold != t.style.bold || p.style.size != t.style.size {
		weight := ""
		if t.style.bold {
			weight = "B"
		}
		p.SetFont("text", weight, points(t.style.size))
	}
	p.style, p.set = t.style, true
	if t.spread != p.spread {
		p.RawWriteStr(strconv.FormatFloat(points(t.spread), 'f', 3, 64) + " Tc")
		p.spread = t.spread
	}
}

// mark opens the marked content of a value: its id, a number that is the same
// for all pieces of one printing, and what follows the piece unseen.
func (p *pen) mark(t *placedText) {
	if t.first {
		p.count++
		p.times[t.value] = p.count
	}
	d := object.Dict{"ID": object.Text(p.values[t.value-1]), "N": p.times[t.value]}
	if t.after != "" {
		d["A"] = object.Text(t.after)
	}
	p.RawWriteStr(markTag + " " + string(object.Write(d)) + " BDC")
}

// markTag is the tag of the marked content that holds a value.
const markTag = "/MPV"

// coded is the text with runes beyond the basic plane replaced by the codes
// they are drawn by.
func (p *pen) coded(t *placedText) string {
	codes := p.sets[faceIndex(t.style.bold)].codes
	if len(codes) == 0 {
		return t.text
	}
	return strings.Map(func(r rune) rune {
		if c, ok := codes[r]; ok {
			return rune(c)
		}
		return r
	}, t.text)
}
