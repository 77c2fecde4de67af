package object

import (
	"bytes"
	"errors"
)

// maxOperands bounds the operands of one operator; the standard asks for 33.
const maxOperands = 4096

// Scanner reads a content stream operator by operator (7.8.2).
//
//	s := object.Scan(content)
//	for s.Next() {
//		use(s.Operator(), s.Operands())
//	}
//	err := s.Err()
type Scanner struct {
	p        *parser
	content  []byte
	operator string
	operands []Object
	err      error
}

// Scan begins to read content, which must be decoded.
func Scan(content []byte) *Scanner {
	l := newLexer(bytes.NewReader(content), int64(len(content)), 0)
	return &Scanner{p: newParser(l), content: content}
}

// Operator gives the operator that Next came to. An inline image comes as BI
// with its dictionary and its encoded data as operands.
func (s *Scanner) Operator() string { return s.operator }

// Operands gives the operands of the operator, valid until the next Next.
func (s *Scanner) Operands() []Object { return s.operands }

// Err gives what ended the reading early, a *SyntaxError or a *LimitError.
func (s *Scanner) Err() error { return s.err }

// Next moves to the next operator; false at the end or at an error. As readers
// do, it passes over closing brackets that nothing opened.
func (s *Scanner) Next() bool {
	s.operands = s.operands[:0]
	for s.err == nil {
		t, err := s.p.token()
		if err != nil {
			var syntax *SyntaxError
			if errors.As(err, &syntax) && s.p.pos < s.p.size {
				continue
			}
			s.err = err
			return false
		}
		switch t.kind {
		case kindEOF:
			return false
		case kindArrayClose, kindDictClose:
			continue
		case kindKeyword:
			if s.keyword(t) {
				return true
			}
		default:
			s.operand(t)
		}
	}
	return false
}

func (s *Scanner) operand(t token) {
	s.p.nodes = maxNodes
	o, err := s.p.from(t, 0)
	if err != nil {
		s.err = err
		return
	}
	if len(s.operands) >= maxOperands {
		s.err = &LimitError{What: "operands of one operator", Limit: maxOperands}
		return
	}
	s.operands = append(s.operands, o)
}

// keyword takes true, false and null as operands, all else as an operator.
func (s *Scanner) keyword(t token) bool {
	switch t.word {
	case "true", "false", "null":
		s.operand(t)
		return false
	case "BI":
		s.operator = "BI"
		s.inlineImage(t.at)
		return s.err == nil
	}
	s.operator = t.word
	return true
}

// inlineImage reads key and value pairs up to ID and passes over the data.
func (s *Scanner) inlineImage(at int64) {
	var items Array
	s.p.nodes = maxNodes
	for {
		t, err := s.p.token()
		if err == nil && t.kind == kindKeyword && t.word == "ID" {
			break
		}
		if err == nil && t.kind == kindEOF {
			err = &SyntaxError{at, "inline image without data"}
		}
		var o Object
		if err == nil {
			o, err = s.p.from(t, 0)
		}
		if err != nil {
			s.err = err
			return
		}
		items = append(items, o)
	}
	d, err := pairUp(items, s.p, at)
	if err != nil {
		s.err = err
		return
	}
	start := min(s.p.pos+1, s.p.size) // one white space stands behind ID
	end, next := endOfImage(s.content, int(start))
	if end < 0 {
		s.err = &SyntaxError{at, "inline image without end"}
		return
	}
	s.operands = append(s.operands[:0], d, String(s.content[start:end]))
	s.p.pos = int64(next)
}

// endOfImage looks for EI between white space with what looks like operators
// behind it: the data of the image may hold the two letters by chance.
func endOfImage(b []byte, from int) (end, next int) {
	for i := from; ; {
		j := bytes.Index(b[i:], []byte("EI"))
		if j < 0 {
			return -1, -1
		}
		i += j + 2
		spaceBefore := i-2 == from || isSpace(int(b[i-3]))
		if spaceBefore && (i == len(b) || isSpace(int(b[i]))) && looksLikeText(b[i:]) {
			return max(from, i-3), i
		}
	}
}

func looksLikeText(b []byte) bool {
	for _, c := range b[:min(len(b), 12)] {
		if c > 0x7E || (c < 0x20 && !isSpace(int(c))) || c == 0 {
			return false
		}
	}
	return true
}
