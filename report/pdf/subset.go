package pdf

import (
	"encoding/binary"
	"slices"
)

// privateUse is where runes beyond the basic plane are drawn from: the PDF
// library knows 16-bit codes only. Reading goes by the ToUnicode map, which
// names the true rune.
const (
	privateUse     = 0xE000
	privateUseLast = 0xF8FF
)

// A charset is what one face has to show in one document: every rune with the
// 16-bit code it is drawn by.
type charset struct {
	runes []rune          // sorted
	codes map[rune]uint16 // of runes beyond the basic plane only
}

// newCharset gives codes to runes. used marks the runes of the basic plane.
func newCharset(used *[0x10000]bool, beyond map[rune]bool) (charset, bool) {
	c := charset{codes: map[rune]uint16{}}
	for r := range used {
		if used[r] {
			c.runes = append(c.runes, rune(r))
		}
	}
	var far []rune
	for r := range beyond {
		far = append(far, r)
	}
	slices.Sort(far)
	code := privateUse
	for _, r := range far {
		for code <= privateUseLast && used[code] {
			code++
		}
		if code > privateUseLast {
			return c, false
		}
		c.codes[r] = uint16(code)
		code++
	}
	c.runes = append(c.runes, far...)
	return c, true
}

// code is the 16-bit code r is drawn by.
func (c charset) code(r rune) uint16 {
	if r < 0x10000 {
		return uint16(r)
	}
	return c.codes[r]
}

// A subsetter builds a font file that holds only the glyphs of a charset: glyph
// i+1 shows the i-th code; parts of composite glyphs follow.
type subsetter struct {
	face  *face
	gids  map[uint16]uint16 // old glyph → its place, for parts
	queue []uint16          // old glyphs still to be written
	next  uint16
	glyf  []byte
	loca  []byte
	hmtx  []byte
}

// subset makes the font file of c. Every rune of c must have a glyph.
func (f *face) subset(c charset) []byte {
	s := &subsetter{face: f, gids: map[uint16]uint16{}, next: 1}
	codes := make([]uint16, len(c.runes))
	byCode := make(map[uint16]rune, len(c.runes))
	for i, r := range c.runes {
		codes[i] = c.code(r)
		byCode[codes[i]] = r
	}
	slices.Sort(codes)
	s.next += uint16(len(codes))
	s.put(f.outline(0), f.adv[0])
	for _, code := range codes {
		s.putRune(byCode[code])
	}
	for len(s.queue) > 0 {
		g := s.queue[0]
		s.queue = s.queue[1:]
		s.put(s.renumber(f.outline(g)), f.adv[g])
	}
	return s.file(cmapFormat4(codes))
}

func (s *subsetter) putRune(r rune) {
	if g := s.face.glyph(r); g != 0 {
		s.put(s.renumber(s.face.outline(g)), s.face.adv[g])
		return
	}
	m := s.face.made[r]
	s.put(m.outline(s.face, s.gid), m.adv)
}

// gid is the place of an old glyph used as a part; asked for the first time, it
// is queued to be written.
func (s *subsetter) gid(old uint16) uint16 {
	if n, ok := s.gids[old]; ok {
		return n
	}
	n := s.next
	s.next++
	s.gids[old] = n
	s.queue = append(s.queue, old)
	return n
}

// put appends one glyph with its advance in thousandths of an em.
func (s *subsetter) put(outline []byte, adv uint16) {
	be := binary.BigEndian
	s.loca = be.AppendUint32(s.loca, uint32(len(s.glyf)))
	s.glyf = append(s.glyf, outline...)
	for len(s.glyf)%4 != 0 {
		s.glyf = append(s.glyf, 0)
	}
	var bearing uint16
	if len(outline) >= 4 {
		bearing = u16(outline, 2) // xMin
	}
	s.hmtx = be.AppendUint16(s.hmtx, uint16(s.face.fontUnits(int(adv))))
	s.hmtx = be.AppendUint16(s.hmtx, bearing)
}

// renumber returns the outline with the parts of a composite glyph renumbered.
func (s *subsetter) renumber(outline []byte) []byte {
	if len(outline) < 10 || int16(u16(outline, 0)) >= 0 {
		return outline
	}
	out := slices.Clone(outline)
	for at := 10; at+4 <= len(out); {
		flags := u16(out, at)
		binary.BigEndian.PutUint16(out[at+2:], s.gid(u16(out, at+2)))
		at += componentSize(flags)
		if flags&moreComponents == 0 {
			break
		}
	}
	return out
}

func componentSize(flags uint16) int {
	n := 6
	if flags&argsAreWords != 0 {
		n = 8
	}
	switch {
	case flags&haveScale != 0:
		n += 2
	case flags&haveXYScale != 0:
		n += 4
	case flags&have2x2 != 0:
		n += 8
	}
	return n
}

// file puts the tables together. Check sums stay zero: the PDF library rewrites
// the file and computes its own.
func (s *subsetter) file(cmap []byte) []byte {
	be := binary.BigEndian
	n := s.next
	s.loca = be.AppendUint32(s.loca, uint32(len(s.glyf)))
	head := slices.Clone(s.face.tables["head"])
	be.PutUint16(head[50:], 1)
	hhea := slices.Clone(s.face.tables["hhea"])
	be.PutUint16(hhea[34:], n)
	maxp := slices.Clone(s.face.tables["maxp"])
	be.PutUint16(maxp[4:], n)
	tables := []struct {
		name string
		data []byte
	}{
		{"OS/2", s.face.tables["OS/2"]},
		{"cmap", cmap},
		{"glyf", s.glyf},
		{"head", head},
		{"hhea", hhea},
		{"hmtx", s.hmtx},
		{"loca", s.loca},
		{"maxp", maxp},
		{"name", []byte{0, 0, 0, 0, 0, 6}},
		{"post", s.face.tables["post"]},
		{"prep", s.face.tables["prep"]},
	}
	out := be.AppendUint32(nil, 0x00010000)
	out = be.AppendUint16(out, uint16(len(tables)))
	out = append(out, make([]byte, 6)...) // search fields: unused by the reader
	at := 12 + 16*len(tables)
	for _, t := range tables {
		out = append(out, t.name...)
		out = be.AppendUint32(out, 0)
		out = be.AppendUint32(out, uint32(at))
		out = be.AppendUint32(out, uint32(len(t.data)))
		at += (len(t.data) + 3) &^ 3
	}
	for _, t := range tables {
		out = append(out, t.data...)
		out = append(out, make([]byte, -len(t.data)&3)...)
	}
	return out
}

// cmapFormat4 maps sorted codes to the glyphs 1, 2, 3 …
func cmapFormat4(codes []uint16) []byte {
	be := binary.BigEndian
	var end, start, delta, offset []byte
	segment := func(first, last, d uint16) {
		start, end = be.AppendUint16(start, first), be.AppendUint16(end, last)
		delta, offset = be.AppendUint16(delta, d), be.AppendUint16(offset, 0)
	}
	for i := 0; i < len(codes); {
		j := i
		for j+1 < len(codes) && codes[j+1] == codes[j]+1 {
			j++
		}
		segment(codes[i], codes[j], uint16(i+1)-codes[i])
		i = j + 1
	}
	segment(0xFFFF, 0xFFFF, 1)
	n := uint16(len(end) / 2)
	out := []byte{0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12} // one table: Windows, Unicode BMP
	out = be.AppendUint16(out, 4)
	out = be.AppendUint16(out, 16+8*n) // wraps for > 8190 segments; the reader does without where no offset is used
	out = be.AppendUint16(out, 0)
	out = be.AppendUint16(out, 2*n)
	out = append(out, make([]byte, 6)...)
	out = append(append(out, end...), 0, 0)
	out = append(out, start...)
	out = append(out, delta...)
	return append(out, offset...)
}
