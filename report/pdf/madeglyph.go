package pdf

import "encoding/binary"

// A madeGlyph is put together from glyphs the face has, for signs it lacks:
// tick boxes, subscripts, the thin spaces. A madeGlyph without parts is blank.
type madeGlyph struct {
	adv   uint16 // thousandths of an em
	parts []part
}

// A part places one glyph of the face, scaled, at an offset in font units.
type part struct {
	glyph  uint16
	dx, dy int16
	scale  uint16 // 2.14 fixed point; 1 << 14 is the natural size
}

const natural = 1 << 14

// A recipe is how a sign is made of others; offsets in thousandths of an em.
type recipe struct {
	sign   rune
	parts  []rune
	dx, dy int
	scale  int // percent, of the last part
}

// recipes lists the signs Noto Sans SC has no glyph for and applications use.
var recipes = []recipe{
	{sign: '☐', parts: []rune{'□'}, scale: 100},
	{sign: '☑', parts: []rune{'□', '✓'}, dx: 150, dy: 70, scale: 95},
	{sign: '☒', parts: []rune{'□', '×'}, dx: 50, dy: 38, scale: 90},
	{sign: '✔', parts: []rune{'✓'}, scale: 100},
	{sign: '✗', parts: []rune{'×'}, scale: 100},
	{sign: '✘', parts: []rune{'×'}, scale: 100},
	{sign: '✕', parts: []rune{'×'}, scale: 100},
	{sign: '⁄', parts: []rune{'/'}, scale: 100},
	{sign: '⁺', parts: []rune{'+'}, dy: 330, scale: 60},
	{sign: '⁻', parts: []rune{'−'}, dy: 330, scale: 60},
	{sign: '₊', parts: []rune{'+'}, dy: -90, scale: 60},
	{sign: '₋', parts: []rune{'−'}, dy: -90, scale: 60},
}

// blanks are the spaces the face lacks, with their widths.
var blanks = map[rune]uint16{
	'\u2000': 500, '\u2001': 1000, '\u2004': 333, '\u2005': 250, '\u2006': 167,
	'\u2007': 555, '\u2008': 250, '\u2009': 200, '\u200a': 100, '\u202f': 200, '\u205f': 222,
}

// makeGlyphs builds what the face lacks from what it has; a sign whose parts
// are missing too stays missing.
func (f *face) makeGlyphs() map[rune]madeGlyph {
	made := map[rune]madeGlyph{}
	list := recipes
	for i := range 10 {
		digit := []rune{rune('0' + i)}
		list = append(list[:len(list):len(list)],
			recipe{sign: '⁰' + rune(i), parts: digit, dy: 330, scale: 60},
			recipe{sign: '₀' + rune(i), parts: digit, dy: -90, scale: 60})
	}
	for _, r := range list {
		if g, ok := f.cook(r); ok && f.glyph(r.sign) == 0 {
			made[r.sign] = g
		}
	}
	for r, adv := range blanks {
		if f.glyph(r) == 0 {
			made[r] = madeGlyph{adv: adv}
		}
	}
	return made
}

func (f *face) cook(r recipe) (madeGlyph, bool) {
	var m madeGlyph
	for i, p := range r.parts {
		g := f.glyph(p)
		if g == 0 {
			return m, false
		}
		placed := part{glyph: g, scale: natural}
		adv := int(f.adv[g])
		if i == len(r.parts)-1 {
			placed.dx, placed.dy = f.fontUnits(r.dx), f.fontUnits(r.dy)
			placed.scale = uint16(natural * r.scale / 100)
			adv = adv * r.scale / 100
		}
		m.parts = append(m.parts, placed)
		m.adv = max(m.adv, uint16(adv))
	}
	return m, true
}

func (f *face) fontUnits(thousandths int) int16 {
	return int16(thousandths * int(u16(f.tables["head"], 18)) / 1000)
}

// Flags of a component of a composite glyph (OpenType, table glyf).
const (
	argsAreWords   = 1 << 0
	argsAreXY      = 1 << 1
	haveScale      = 1 << 3
	moreComponents = 1 << 5
	haveXYScale    = 1 << 6
	have2x2        = 1 << 7
)

// outline writes m as a composite glyph; gid gives the glyph numbers of the
// parts in the new font.
func (m madeGlyph) outline(f *face, gid func(old uint16) uint16) []byte {
	if len(m.parts) == 0 {
		return nil
	}
	be := binary.BigEndian
	out := be.AppendUint16(nil, 0xFFFF) // number of contours: composite
	out = append(out, f.outline(m.parts[0].glyph)[2:10]...)
	for i, p := range m.parts {
		flags := uint16(argsAreWords | argsAreXY | haveScale)
		if i < len(m.parts)-1 {
			flags |= moreComponents
		}
		out = be.AppendUint16(out, flags)
		out = be.AppendUint16(out, gid(p.glyph))
		out = be.AppendUint16(out, uint16(p.dx))
		out = be.AppendUint16(out, uint16(p.dy))
		out = be.AppendUint16(out, p.scale)
	}
	return out
}
