package pdf

import (
	"encoding/binary"
	"errors"
	"fmt"
	"sort"
	"sync"
)

// A face is a parsed TrueType font: where its glyphs lie, how wide they are and
// which rune has which. It is read-only after parseFace.
type face struct {
	data   []byte
	tables map[string][]byte
	loca   []uint32
	adv    []uint16        // advance by glyph, thousandths of an em
	glyphs [0x10000]uint16 // glyph by rune of the basic plane; 0 = none
	groups []cmapGroup     // runes beyond it
	made   map[rune]madeGlyph
	widths [0x10000]uint16 // advance by rune of the basic plane, made ones too
}

// A cmapGroup is a run of supplementary runes with consecutive glyphs.
type cmapGroup struct{ first, last, glyph uint32 }

var errFont = errors.New("font is not a TrueType font with glyf outlines")

type faceKey struct {
	first *byte
	size  int
}

var (
	facesMu sync.Mutex
	faces   = map[faceKey]*face{}
)

// faceOf parses data once per process. The caller must not change the bytes
// afterwards.
func faceOf(data []byte) (*face, error) {
	if len(data) < 12 {
		return nil, errFont
	}
	key := faceKey{&data[0], len(data)}
	facesMu.Lock()
	defer facesMu.Unlock()
	if f, ok := faces[key]; ok {
		return f, nil
	}
	f, err := parseFace(data)
	if err == nil {
		faces[key] = f
	}
	return f, err
}

func parseFace(data []byte) (*face, error) {
	f := &face{data: data, tables: map[string][]byte{}}
	if err := f.readDirectory(); err != nil {
		return nil, err
	}
	for _, name := range []string{"head", "hhea", "hmtx", "maxp", "loca", "glyf", "cmap", "OS/2", "post"} {
		if f.tables[name] == nil {
			return nil, fmt.Errorf("%w: table %s is missing", errFont, name)
		}
	}
	for _, read := range []func() error{f.readLoca, f.readWidths, f.readCmap} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	f.made = f.makeGlyphs()
	f.fillWidths()
	return f, nil
}

// noGlyph marks a rune the face cannot show.
const noGlyph = 0xFFFF

func (f *face) fillWidths() {
	for r, g := range f.glyphs {
		f.widths[r] = noGlyph
		if g != 0 {
			f.widths[r] = f.adv[g]
		}
	}
	for r, m := range f.made {
		f.widths[r] = m.adv
	}
}

func (f *face) readDirectory() error {
	if v := u32(f.data, 0); v != 0x00010000 && v != 0x74727565 {
		return errFont
	}
	n := int(u16(f.data, 4))
	if len(f.data) < 12+16*n {
		return errFont
	}
	for i := range n {
		rec := f.data[12+16*i:]
		off, size := uint64(u32(rec, 8)), uint64(u32(rec, 12))
		if off+size > uint64(len(f.data)) {
			return errFont
		}
		f.tables[string(rec[:4])] = f.data[off : off+size]
	}
	return nil
}

func (f *face) readLoca() error {
	head, loca := f.tables["head"], f.tables["loca"]
	if len(head) < 54 || len(f.tables["maxp"]) < 6 {
		return errFont
	}
	n := int(u16(f.tables["maxp"], 4))
	long := u16(head, 50) == 1
	if (long && len(loca) < 4*(n+1)) || (!long && len(loca) < 2*(n+1)) {
		return errFont
	}
	f.loca = make([]uint32, n+1)
	for i := range f.loca {
		if long {
			f.loca[i] = u32(loca, 4*i)
		} else {
			f.loca[i] = 2 * uint32(u16(loca, 2*i))
		}
		if f.loca[i] > uint32(len(f.tables["glyf"])) || (i > 0 && f.loca[i] < f.loca[i-1]) {
			return errFont
		}
	}
	return nil
}

func (f *face) readWidths() error {
	hhea, hmtx := f.tables["hhea"], f.tables["hmtx"]
	if len(hhea) < 36 {
		return errFont
	}
	n, em := int(u16(hhea, 34)), int(u16(f.tables["head"], 18))
	if n == 0 || em == 0 || len(hmtx) < 4*n {
		return errFont
	}
	f.adv = make([]uint16, len(f.loca)-1)
	for i := range f.adv {
		a := int(u16(hmtx, 4*min(i, n-1)))
		f.adv[i] = uint16((a*1000 + em/2) / em)
	}
	return nil
}

func (f *face) readCmap() error {
	cmap := f.tables["cmap"]
	if len(cmap) < 4 {
		return errFont
	}
	for i := range int(u16(cmap, 2)) {
		if len(cmap) < 4+8*(i+1) {
			return errFont
		}
		off := u32(cmap, 4+8*i+4)
		if uint64(off)+16 > uint64(len(cmap)) {
			return errFont
		}
		if sub := cmap[off:]; u16(sub, 0) == 12 {
			return f.readGroups(sub)
		}
	}
	return fmt.Errorf("%w: no character map for all planes", errFont)
}

// readGroups reads a format-12 character map.
func (f *face) readGroups(sub []byte) error {
	n := u32(sub, 12)
	if uint64(len(sub)) < 16+12*uint64(n) {
		return errFont
	}
	for i := range int(n) {
		rec := sub[16+12*i:]
		g := cmapGroup{u32(rec, 0), u32(rec, 4), u32(rec, 8)}
		if g.last < g.first || uint64(g.glyph)+uint64(g.last-g.first) >= uint64(len(f.adv)) {
			return errFont
		}
		for r := g.first; r <= min(g.last, 0xFFFF); r++ {
			f.glyphs[r] = uint16(g.glyph + r - g.first)
		}
		if g.last > 0xFFFF {
			f.groups = append(f.groups, g)
		}
	}
	return nil
}

// glyph is the glyph of r; 0 means there is none.
func (f *face) glyph(r rune) uint16 {
	if uint32(r) < 0x10000 {
		return f.glyphs[r]
	}
	i := sort.Search(len(f.groups), func(i int) bool { return f.groups[i].last >= uint32(r) })
	if i < len(f.groups) && f.groups[i].first <= uint32(r) {
		return uint16(f.groups[i].glyph + uint32(r) - f.groups[i].first)
	}
	return 0
}

// width is the advance of r in thousandths of an em, or noGlyph when the face
// can show r neither by a glyph of its own nor by one put together.
func (f *face) width(r rune) uint16 {
	if uint32(r) < 0x10000 {
		return f.widths[r]
	}
	if g := f.glyph(r); g != 0 {
		return f.adv[g]
	}
	return noGlyph
}

// outline is the glyph's entry in the glyf table; empty for a blank one.
func (f *face) outline(g uint16) []byte {
	return f.tables["glyf"][f.loca[g]:f.loca[g+1]]
}

func u16(b []byte, i int) uint16 { return binary.BigEndian.Uint16(b[i:]) }
func u32(b []byte, i int) uint32 { return binary.BigEndian.Uint32(b[i:]) }
