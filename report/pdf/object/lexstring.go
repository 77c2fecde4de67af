package object

// literal reads a string in round brackets (7.3.4.2).
func (l *lexer) literal(t token) (token, error) {
	b := String{}
	for depth := 1; ; {
		c := l.next()
		switch c {
		case -1:
			return t, l.fail(t.at, "string without end")
		case '(':
			depth++
		case ')':
			depth--
			if depth == 0 {
				t.kind, t.value = kindValue, b
				return t, nil
			}
		case '\\':
			if c = l.escape(); c < 0 {
				continue
			}
		case '\r':
			if l.peek() == '\n' {
				l.pos++
			}
			c = '\n'
		}
		b = append(b, byte(c))
		if len(b) > maxToken {
			return t, &LimitError{What: "bytes of a string", Limit: maxToken}
		}
	}
}

// escape reads what follows a backslash; -1 means nothing is meant by it.
func (l *lexer) escape() int {
	c := l.next()
	switch c {
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case '\r':
		if l.peek() == '\n' {
			l.pos++
		}
		return -1
	case '\n':
		return -1
	}
	if c < '0' || c > '7' {
		return c
	}
	v := c - '0'
	for range 2 {
		d := l.peek()
		if d < '0' || d > '7' {
			break
		}
		l.pos++
		v = v<<3 | (d - '0')
	}
	return v & 0xFF
}

// hex reads a string in angle brackets; a missing last digit is 0 (7.3.4.3).
func (l *lexer) hex(t token) (token, error) {
	b := String{}
	half := -1
	for {
		c := l.next()
		d := unhex(c)
		switch {
		case c == '>':
			if half >= 0 {
				b = append(b, byte(half<<4))
			}
			t.kind, t.value = kindValue, b
			return t, nil
		case c < 0:
			return t, l.fail(t.at, "string without end")
		case isSpace(c):
		case d < 0:
			return t, l.fail(l.pos-1, "no hexadecimal digit")
		case half < 0:
			half = d
		default:
			b = append(b, byte(half<<4|d))
			half = -1
		}
		if len(b) > maxToken {
			return t, &LimitError{What: "bytes of a string", Limit: maxToken}
		}
	}
}
