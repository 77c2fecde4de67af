package object

import "io"

// unASCII85 decodes groups of five characters up to ~> (7.4.3).
func unASCII85(r io.Reader, max int64) ([]byte, error) {
	in, err := readLimited(r, 2*max+1024)
	if err != nil {
		return nil, err
	}
	g := group85{}
	for _, c := range in {
		if c == '~' {
			break
		}
		if isSpace(int(c)) {
			continue
		}
		if err := g.add(c); err != nil {
			return nil, err
		}
		if int64(len(g.out)) > max {
			return nil, tooLong(max)
		}
	}
	return g.flush()
}

type group85 struct {
	out []byte
	v   uint64
	n   int
}

func (g *group85) add(c byte) error {
	if c == 'z' && g.n == 0 {
		g.out = append(g.out, 0, 0, 0, 0)
		return nil
	}
	if c < '!' || c > 'u' {
		return &FilterError{"ASCII85Decode", "character outside the alphabet"}
	}
	g.v = g.v*85 + uint64(c-'!')
	if g.n++; g.n < 5 {
		return nil
	}
	if g.v > 0xFFFFFFFF {
		return &FilterError{"ASCII85Decode", "group too great"}
	}
	g.out = append(g.out, byte(g.v>>24), byte(g.v>>16), byte(g.v>>8), byte(g.v))
	g.v, g.n = 0, 0
	return nil
}

// flush writes a last, short group of n characters as n-1 bytes.
func (g *group85) flush() ([]byte, error) {
	n := g.n
	if n == 0 {
		return g.out, nil
	}
	if n == 1 {
		return nil, &FilterError{"ASCII85Decode", "single character at the end"}
	}
	for g.n != 0 {
		if err := g.add('u'); err != nil {
			return nil, err
		}
	}
	return g.out[:len(g.out)-5+n], nil
}
