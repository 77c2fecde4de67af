package quantity

import "strings"

// narrow turns full-width forms into ASCII, the many dashes and minus signs
// into one, and every kind of blank into a space, so that what was typed with a
// Chinese input method reads like the rest.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '−', '–', '‐', '‑', '﹣':
			return '-'
		case '\u3000', '\u00a0', '\u2009', '\u202f', '\t', '\n', '\r':
			return ' '
		case '〜', '∼', '˜':
			return '~'
		case '﹪':
			return '%'
		case '\ufeff', '\u200b':
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
