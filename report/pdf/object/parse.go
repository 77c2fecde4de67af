package object

// parser builds objects from tokens; nodes counts down over one object.
type parser struct {
	*lexer
	nodes int
}

func newParser(l *lexer) *parser { return &parser{lexer: l, nodes: maxNodes} }

// object reads one object; a keyword that is none is given back as a token.
func (p *parser) object() (Object, token, error) {
	t, err := p.token()
	if err != nil {
		return nil, t, err
	}
	if t.kind == kindEOF {
		return nil, t, p.fail(t.at, "an object is missing")
	}
	if num, ok := t.value.(int64); ok {
		return p.perhapsRef(num), t, nil
	}
	o, err := p.from(t, 0)
	return o, t, err
}

// perhapsRef looks ahead for "gen R" after an integer.
func (p *parser) perhapsRef(num int64) Object {
	mark := p.pos
	if g, err := p.token(); err == nil {
		gen, ok := g.value.(int64)
		if r, err := p.token(); ok && err == nil && r.word == "R" && validRef(num, gen) {
			return Ref{int(num), int(gen)}
		}
	}
	p.pos = mark
	return num
}

func validRef(num, gen int64) bool {
	return num > 0 && num < 1<<31 && gen >= 0 && gen <= 65535
}

// from reads the object that t begins.
func (p *parser) from(t token, depth int) (Object, error) {
	if p.nodes--; p.nodes < 0 {
		return nil, &LimitError{What: "values inside one object", Limit: maxNodes}
	}
	switch t.kind {
	case kindValue:
		return t.value, nil
	case kindArrayOpen:
		return p.sequence(kindArrayClose, depth+1)
	case kindDictOpen:
		items, err := p.sequence(kindDictClose, depth+1)
		if err != nil {
			return nil, err
		}
		return pairUp(items, p, t.at)
	case kindKeyword:
		switch t.word {
		case "true":
			return true, nil
		case "false":
			return false, nil
		case "null":
			return nil, nil
		}
		return nil, p.fail(t.at, "unexpected word "+printable(t.word))
	}
	return nil, p.fail(t.at, "unexpected end of an array or dictionary")
}

// sequence reads objects up to the closing token. References are folded when
// their R comes, so that long rows of numbers are read once.
func (p *parser) sequence(closing kind, depth int) (Array, error) {
	if depth > maxDepth {
		return nil, &LimitError{What: "nesting of objects", Limit: maxDepth}
	}
	items := Array{}
	for {
		t, err := p.token()
		if err != nil {
			return nil, err
		}
		switch {
		case t.kind == closing:
			return items, nil
		case t.kind == kindEOF:
			return nil, p.fail(t.at, "array or dictionary without end")
		case t.kind == kindKeyword && t.word == "R":
			if items, err = foldRef(items, p, t.at); err != nil {
				return nil, err
			}
			continue
		}
		o, err := p.from(t, depth)
		if err != nil {
			return nil, err
		}
		items = append(items, o)
	}
}

func foldRef(items Array, p *parser, at int64) (Array, error) {
	if n := len(items); n >= 2 {
		num, ok1 := items[n-2].(int64)
		gen, ok2 := items[n-1].(int64)
		if ok1 && ok2 {
			if !validRef(num, gen) {
				// A reference to an impossible object is null (7.3.10).
				return append(items[:n-2], nil), nil
			}
			return append(items[:n-2], Ref{int(num), int(gen)}), nil
		}
	}
	return nil, p.fail(at, "R without object number")
}

func pairUp(items Array, p *parser, at int64) (Object, error) {
	d := make(Dict, len(items)/2)
	if len(items)%2 != 0 {
		return nil, p.fail(at, "dictionary with a key and no value")
	}
	for i := 0; i < len(items); i += 2 {
		k, ok := items[i].(Name)
		if !ok {
			return nil, p.fail(at, "dictionary key is no name")
		}
		if items[i+1] != nil {
			d[k] = items[i+1]
		}
	}
	return d, nil
}

// printable cuts and cleans a word for an error message.
func printable(s string) string {
	b := []byte(s[:min(len(s), 20)])
	for i, c := range b {
		if c < 0x20 || c > 0x7E {
			b[i] = '?'
		}
	}
	return string(b)
}
