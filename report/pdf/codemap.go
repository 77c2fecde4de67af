package pdf

import (
	"strings"
	"unicode/utf16"

	"mingpin/report/pdf/object"
)

// A codeMap gives the characters of the 16-bit codes of a font.
type codeMap map[uint16]string

func (m codeMap) decode(to *strings.Builder, s object.String) {
	for i := 0; i+1 < len(s); i += 2 {
		if text, ok := m[u16(s, i)]; ok {
			to.WriteString(text)
		} else {
			to.WriteRune('\uFFFD')
		}
	}
}

// readMap reads the single codes of a font's ToUnicode map; Render writes no
// ranges.
func (r *valueReader) readMap(font object.Ref) (codeMap, error) {
	d, err := r.dict(font)
	if err != nil {
		return nil, err
	}
	o, err := r.file.Resolve(d["ToUnicode"])
	if err != nil {
		return nil, err
	}
	stream, ok := o.(*object.Stream)
	if !ok {
		return codeMap{}, nil
	}
	data, err := stream.Decode(mostMap)
	if err != nil {
		return nil, err
	}
	m := codeMap{}
	s := object.Scan(data)
	for s.Next() {
		if s.Operator() == "endbfchar" {
			m.chars(s.Operands())
		}
	}
	return m, s.Err()
}

func (m codeMap) chars(pairs []object.Object) {
	for ; len(pairs) >= 2; pairs = pairs[2:] {
		code, ok1 := pairs[0].(object.String)
		text, ok2 := pairs[1].(object.String)
		if ok1 && ok2 && len(code) == 2 && len(text) <= mostUnit {
			m[u16(code, 0)] = fromUTF16(text)
		}
	}
}

func fromUTF16(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = u16(b, 2*i)
	}
	return string(utf16.Decode(units))
}
