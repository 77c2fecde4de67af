package object

import (
	"errors"
	"io"
	"strconv"
)

type kind int

const (
	kindEOF kind = iota
	kindValue
	kindKeyword
	kindArrayOpen
	kindArrayClose
	kindDictOpen
	kindDictClose
)

// token is one lexical unit: a value (number, string, name) or a word.
type token struct {
	kind  kind
	value Object
	word  string
	at    int64
}

// lexer reads tokens from any place of a file through a small window.
type lexer struct {
	r    io.ReaderAt
	size int64
	pos  int64

	buf    []byte
	base   int64
	window int
	err    error // of the reader, when it is not the end
}

const (
	firstWindow = 1 << 10
	nextWindow  = 32 << 10
)

func newLexer(r io.ReaderAt, size, pos int64) *lexer {
	return &lexer{r: r, size: size, pos: pos, window: firstWindow}
}

// peek gives the byte at the position, or -1 at the end.
func (l *lexer) peek() int {
	i := l.pos - l.base
	if i >= 0 && i < int64(len(l.buf)) {
		return int(l.buf[i])
	}
	if !l.fill() {
		return -1
	}
	return int(l.buf[0])
}

func (l *lexer) fill() bool {
	if l.err != nil || l.pos < 0 || l.pos >= l.size {
		return false
	}
	n := min(int64(l.window), l.size-l.pos)
	if int64(cap(l.buf)) < n {
		l.buf = make([]byte, n)
	}
	got, err := l.r.ReadAt(l.buf[:n], l.pos)
	l.buf, l.base, l.window = l.buf[:got], l.pos, nextWindow
	if err != nil && !errors.Is(err, io.EOF) {
		l.err = err
		return false
	}
	return got > 0
}

func (l *lexer) next() int {
	c := l.peek()
	if c >= 0 {
		l.pos++
	}
	return c
}

// fail gives the reader's error if there was one, or a syntax error.
func (l *lexer) fail(at int64, what string) error {
	if l.err != nil {
		return l.err
	}
	return &SyntaxError{Offset: at, What: what}
}

func isSpace(c int) bool {
	switch c {
	case 0, '\t', '\n', '\f', '\r', ' ':
		return true
	}
	return false
}

func isDelimiter(c int) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

func isRegular(c int) bool { return c >= 0 && !isSpace(c) && !isDelimiter(c) }

// skipSpace passes over white space and comments.
func (l *lexer) skipSpace() {
	for {
		c := l.peek()
		switch {
		case isSpace(c):
			l.pos++
		case c == '%':
			for c >= 0 && c != '\n' && c != '\r' {
				l.pos++
				c = l.peek()
			}
		default:
			return
		}
	}
}

// token reads the next lexical unit.
func (l *lexer) token() (token, error) {
	l.skipSpace()
	at := l.pos
	c := l.next()
	t := token{at: at}
	switch c {
	case -1:
		return t, l.err
	case '[':
		t.kind = kindArrayOpen
	case ']':
		t.kind = kindArrayClose
	case '(':
		return l.literal(t)
	case '/':
		return l.name(t)
	case '<':
		if l.peek() == '<' {
			l.pos++
			t.kind = kindDictOpen
			return t, nil
		}
		return l.hex(t)
	case '>':
		if l.next() != '>' {
			return t, l.fail(at, "single >")
		}
		t.kind = kindDictClose
	case '{', '}':
		t.kind, t.word = kindKeyword, string(rune(c))
	case ')':
		return t, l.fail(at, "unbalanced )")
	default:
		return l.regular(t)
	}
	return t, nil
}

// regular reads a number or a word.
func (l *lexer) regular(t token) (token, error) {
	l.pos = t.at
	var b []byte
	for isRegular(l.peek()) {
		b = append(b, byte(l.next()))
		if len(b) > maxName {
			return t, l.fail(t.at, "word too long")
		}
	}
	if l.err != nil {
		return t, l.err
	}
	if v, ok := number(string(b)); ok {
		t.kind, t.value = kindValue, v
		return t, nil
	}
	t.kind, t.word = kindKeyword, string(b)
	return t, nil
}

// number reads an integer or a real. As readers do, it takes what leads a
// broken number (1.2.3, 5-3, --5) and calls a bare sign or point zero.
func number(s string) (Object, bool) {
	c := s[0]
	if c != '+' && c != '-' && c != '.' && (c < '0' || c > '9') {
		return nil, false
	}
	if i, err := strconv.ParseInt(s, 10, 64); err == nil {
		return i, true
	}
	i := 0
	for i < len(s) && (s[i] == '+' || s[i] == '-') {
		i++
	}
	start, point, digits := i, false, 0
	for ; i < len(s); i++ {
		if s[i] == '.' && !point {
			point = true
			continue
		}
		if s[i] < '0' || s[i] > '9' {
			break
		}
		digits++
	}
	if digits == 0 {
		// A word such as "..." or "-x" is no number; a lone sign or point is zero.
		return int64(0), i == len(s)
	}
	sign := ""
	if c == '-' {
		sign = "-"
	}
	if v, err := strconv.ParseInt(sign+s[start:i], 10, 64); err == nil {
		return v, true
	}
	return Real(sign + s[start:i]), true
}

func (l *lexer) name(t token) (token, error) {
	var b []byte
	for isRegular(l.peek()) {
		c := l.next()
		if c == '#' {
			c = l.escapedName()
		}
		b = append(b, byte(c))
		if len(b) > maxName {
			return t, l.fail(t.at, "name too long")
		}
	}
	t.kind, t.value = kindValue, Name(b)
	return t, l.err
}

// escapedName reads the two digits after #; a # without them is itself.
func (l *lexer) escapedName() int {
	mark := l.pos
	hi, lo := unhex(l.next()), unhex(l.next())
	if hi < 0 || lo < 0 {
		l.pos = mark
		return '#'
	}
	return hi<<4 | lo
}

func unhex(c int) int {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	}
	return -1
}
