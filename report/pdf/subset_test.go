package pdf

import (
	"os"
	"path/filepath"
	"testing"
)

func regular(t *testing.T) *face {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "assets", "fonts", "NotoSansSC-Regular.ttf"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := faceOf(data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestSubsetFollowsParts makes a subset with glyphs made of others and looks
// that every part they name is in the file and outlined as in the whole font.
func TestSubsetFollowsParts(t *testing.T) {
	f := regular(t)
	var used [0x10000]bool
	for _, r := range []rune{'A', '名', '☑', '₂'} {
		used[r] = true
	}
	set, ok := newCharset(&used, map[rune]bool{'𬭚': true})
	if !ok || set.code('𬭚') != privateUse {
		t.Fatalf("charset %+v", set)
	}
	sub := &face{data: f.subset(set), tables: map[string][]byte{}}
	if err := sub.readDirectory(); err != nil {
		t.Fatal(err)
	}
	if err := sub.readLoca(); err != nil {
		t.Fatal(err)
	}
	glyphs := len(sub.loca) - 1
	parts := 0
	for g := range glyphs {
		o := sub.outline(uint16(g))
		if len(o) < 10 || int16(u16(o, 0)) >= 0 {
			continue
		}
		for at := 10; ; {
			flags, part := u16(o, at), int(u16(o, at+2))
			if part == 0 || part >= glyphs || len(sub.outline(uint16(part))) == 0 {
				t.Errorf("glyph %d names the part %d of %d glyphs", g, part, glyphs)
			}
			parts++
			at += componentSize(flags)
			if flags&moreComponents == 0 {
				break
			}
		}
	}
	if parts < 3 {
		t.Errorf("%d parts are too few for ☑ and ₂", parts)
	}
}

func TestTooManyRareCharacters(t *testing.T) {
	beyond := map[rune]bool{}
	for r := rune(0x20000); len(beyond) <= privateUseLast-privateUse+1; r++ {
		beyond[r] = true
	}
	if _, ok := newCharset(&[0x10000]bool{}, beyond); ok {
		t.Error("more runes than codes were taken")
	}
}

func TestPrivateCodesInUseAreLeftAlone(t *testing.T) {
	var used [0x10000]bool
	used[privateUse] = true
	set, _ := newCharset(&used, map[rune]bool{'𬭚': true})
	if set.code('𬭚') != privateUse+1 {
		t.Errorf("𬭚 is drawn by %04X, a code the text uses itself", set.code('𬭚'))
	}
}

// TestPartsAreRenumbered takes a composite glyph as a font may hold it, naming
// its parts by the numbers of that font.
func TestPartsAreRenumbered(t *testing.T) {
	f := regular(t)
	m := f.made['☑']
	whole := m.outline(f, func(old uint16) uint16 { return old })
	s := &subsetter{face: f, gids: map[uint16]uint16{}, next: 7}
	out := s.renumber(whole)
	second := 10 + componentSize(u16(out, 10))
	if a, b := u16(out, 12), u16(out, second+2); a != 7 || b != 8 {
		t.Errorf("the parts are numbered %d and %d, want 7 and 8", a, b)
	}
	if len(s.queue) != 2 || s.queue[0] != m.parts[0].glyph || s.queue[1] != m.parts[1].glyph {
		t.Errorf("glyphs %v wait to be written, want those of %+v", s.queue, m.parts)
	}
	if u16(whole, 12) != m.parts[0].glyph {
		t.Error("the glyph of the whole font was changed")
	}
}
