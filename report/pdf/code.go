package pdf

import (
	"fmt"

	"github.com/skip2/go-qrcode"

	"mingpin/report"
)

// codeSize is the edge of a QR code on the page.
const codeSize = 22 * mm

// codeSlab sets a QR code with its lines at its right. The modules are drawn as
// rectangles, a run of dark ones in a row at once.
func (l *layouter) codeSlab(c report.Code, width length) (slab, error) {
	code, err := qrcode.New(c.Text, qrcode.Medium)
	if err != nil {
		return slab{}, fmt.Errorf("make the QR code of %q: %w", c.Text, err)
	}
	code.DisableBorder = true
	s := slab{before: 4 * mm, height: codeSize}
	rows := code.Bitmap()
	for y, row := range rows {
		s.codeRow(row, y, len(rows))
	}
	x := codeSize + 4*mm
	at := linePlace{x: x, y: 0, width: width - x, size: noteSize, lead: leading(noteSize)}
	for _, spans := range c.Lines {
		for _, line := range l.lines(l.runs(spans, noteSize, false), width-x, 0) {
			s.setLine(line, at)
			at.y += at.lead
		}
	}
	s.height = max(s.height, at.y)
	return s, nil
}

func (s *slab) codeRow(row []bool, y, n int) {
	edge := func(i int) length { return codeSize * length(i) / length(n) }
	for x := 0; x < len(row); x++ {
		if !row[x] {
			continue
		}
		end := x
		for end < len(row) && row[end] {
			end++
		}
		s.boxes = append(s.boxes, box{edge(x), edge(y), edge(end) - edge(x), edge(y+1) - edge(y), ink})
		x = end
	}
}
