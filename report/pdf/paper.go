package pdf

import "mingpin/report"

// A length on paper is counted in thousandths of a point, so that a page comes
// out the same on every machine.
type length = int

const (
	pt length = 1000
	mm length = 2835 // 72 / 25.4 points
)

// The sheet is A4 (ISO 216) and bound on the left, 左侧装订; a landscape page is
// bound at its head.
const (
	sheetShort  = 595276
	sheetLong   = 841890
	bindingEdge = 25 * mm
	freeEdge    = 20 * mm
	headRoom    = 26 * mm // from the upper edge to the text
	footRoom    = 22 * mm
)

// A sheet is the room of one page.
type sheet struct {
	w, h                     length
	left, right, top, bottom length // of the text
}

func sheetOf(landscape bool) sheet {
	s := sheet{w: sheetShort, h: sheetLong}
	s.left, s.top = bindingEdge, headRoom
	if landscape {
		s.w, s.h = sheetLong, sheetShort
		s.left, s.top = freeEdge, headRoom+3*mm
	}
	s.right = s.w - freeEdge
	s.bottom = s.h - footRoom
	return s
}

func (s sheet) width() length  { return s.right - s.left }
func (s sheet) height() length { return s.bottom - s.top }

// Sizes of type in the document.
const (
	bodySize    = 10500 // 五号
	tableSize   = 9 * pt
	captionSize = 9 * pt
	edgeSize    = 8 * pt // head and foot of the page
	noteSize    = 7500
)

// A headingStyle is how one level of heading is set.
type headingStyle struct {
	size, before, after length
	align               report.Align
}

func headingOf(level int) headingStyle {
	switch level {
	case 0:
		return headingStyle{size: 26 * pt, before: 0, after: 8 * pt, align: report.Center}
	case 1:
		return headingStyle{size: 16 * pt, before: 20 * pt, after: 12 * pt, align: report.Center}
	case 2:
		return headingStyle{size: 12500, before: 14 * pt, after: 6 * pt}
	case 3:
		return headingStyle{size: 11 * pt, before: 10 * pt, after: 4 * pt}
	}
	return headingStyle{size: bodySize, before: 8 * pt, after: 3 * pt}
}

// A colour of the palette; the greys they print as stay apart.
type colour struct{ r, g, b uint8 }

var (
	ink      = colour{0x1F, 0x23, 0x28}
	muted    = colour{0x5D, 0x64, 0x6D}
	hairline = colour{0xE3, 0xE0, 0xD8}
	seal     = colour{0xB7, 0x34, 0x2B}
	holds    = colour{0x2E, 0x7D, 0x4F}
	notice   = colour{0x9A, 0x67, 0x00}
	shade    = colour{0xF3, 0xEF, 0xE6}
	white    = colour{0xFF, 0xFF, 0xFF}
)

func colourOf(t report.Tone) colour {
	switch t {
	case report.Muted:
		return muted
	case report.Seal:
		return seal
	case report.Holds:
		return holds
	case report.Notice:
		return notice
	}
	return ink
}

// leading is the distance of lines of a size in running text.
func leading(size length) length { return size * 165 / 100 }

// tightLeading is the distance of lines in tables and headings.
func tightLeading(size length) length { return size * 140 / 100 }

// baseline is how far below the top of a line its letters stand.
func baseline(size, lead length) length { return (lead-size)/2 + size*88/100 }
