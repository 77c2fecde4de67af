package quantity

import (
	"strings"
	"unicode"
)

// narrow turns full-width forms into ASCII, the many dashes and minus signs
// into one, and every kind of blank into a space, so that what was typed with a
// Chinese input method reads like the rest.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '−', '–', '‐', '‑', '﹣':
			return '-'
		case '〜', '∼', '˜':
			return '~'
		case '﹪':
			return '%'
		case '\ufeff', '\u200b':
			return -1
		}
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		if r >= '！' && r <= '～' {
			return r - '！' + '!'
		}
		return r
	}, s)
}

// squeeze is narrow without any blanks.
func squeeze(s string) string { return strings.ReplaceAll(narrow(s), " ", "") }
