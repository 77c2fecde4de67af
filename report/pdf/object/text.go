package object

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// Text gives the text string for s (7.9.2.2): plain ASCII as it is, anything
// else as UTF-16BE with a byte order mark.
func Text(s string) String {
	if plainASCII(s) {
		return String(s)
	}
	out := String{0xFE, 0xFF}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u>>8), byte(u))
	}
	return out
}

func plainASCII(s string) bool {
	for i := range len(s) {
		c := s[i]
		if (c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c >= 0x7F {
			return false
		}
	}
	return true
}

// Text reads the bytes as a text string: UTF-16 or UTF-8 after a byte order
// mark, PDFDocEncoding otherwise. What cannot be read becomes U+FFFD.
func (s String) Text() string {
	switch {
	case bytes.HasPrefix(s, []byte{0xFE, 0xFF}):
		return fromUTF16(s[2:], 1, 0)
	case bytes.HasPrefix(s, []byte{0xFF, 0xFE}):
		return fromUTF16(s[2:], 0, 1)
	case bytes.HasPrefix(s, []byte{0xEF, 0xBB, 0xBF}):
		return string(bytes.ToValidUTF8(s[3:], []byte("\uFFFD")))
	}
	out := make([]byte, 0, len(s))
	for _, c := range s {
		out = utf8.AppendRune(out, docRune(c))
	}
	return string(out)
}

// fromUTF16 reads pairs of bytes; low and high are the places of the two bytes
// in a pair. Language marks between two escapes are left out (7.9.2.2).
func fromUTF16(b []byte, low, high int) string {
	units := make([]uint16, 0, len(b)/2)
	mark := false
	for ; len(b) >= 2; b = b[2:] {
		u := uint16(b[high])<<8 | uint16(b[low])
		if u == 0x1B {
			mark = !mark
			continue
		}
		if !mark {
			units = append(units, u)
		}
	}
	return string(utf16.Decode(units))
}

// docEncoding holds the places where PDFDocEncoding departs from Latin-1
// (ISO 32000-1 annex D.2): 0x18–0x1F and 0x80–0xA0.
var docEncoding = map[byte]rune{
	0x18: '˘', 0x19: 'ˇ', 0x1A: 'ˆ', 0x1B: '˙', 0x1C: '˝', 0x1D: '˛', 0x1E: '˚', 0x1F: '˜',
	0x80: '•', 0x81: '†', 0x82: '‡', 0x83: '…', 0x84: '—', 0x85: '–', 0x86: 'ƒ', 0x87: '⁄',
	0x88: '‹', 0x89: '›', 0x8A: '−', 0x8B: '‰', 0x8C: '„', 0x8D: '“', 0x8E: '”', 0x8F: '‘',
	0x90: '’', 0x91: '‚', 0x92: '™', 0x93: 'ﬁ', 0x94: 'ﬂ', 0x95: 'Ł', 0x96: 'Œ', 0x97: 'Š',
	0x98: 'Ÿ', 0x99: 'Ž', 0x9A: 'ı', 0x9B: 'ł', 0x9C: 'œ', 0x9D: 'š', 0x9E: 'ž',
	0x7F: utf8.RuneError, 0x9F: utf8.RuneError, 0xAD: utf8.RuneError, 0xA0: '€',
}

func docRune(c byte) rune {
	if r, ok := docEncoding[c]; ok {
		return r
	}
	return rune(c)
}
