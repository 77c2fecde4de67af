package object

import (
	"fmt"
	"slices"
	"strconv"
)

// Write gives the bytes of o as they stand in a file. Keys of dictionaries are
// sorted, /Type first, so that equal objects give equal bytes; strings are
// escaped literals, never hexadecimal, because some readers show nothing for
// the latter. Of a *Stream only the dictionary is given: its data goes through
// a Sink. Write panics on a Go type that is no Object.
func Write(o Object) []byte {
	if s, ok := o.(*Stream); ok {
		o = s.Dict
	}
	b, err := appendObject(nil, o, 0)
	if err != nil {
		panic(err)
	}
	return b
}

// appendObject writes o behind b. An error means that the program handed over
// something that is no object, or a stream inside another object.
func appendObject(b []byte, o Object, depth int) ([]byte, error) {
	if depth > maxDepth+1 {
		return nil, &LimitError{What: "nesting of objects", Limit: maxDepth}
	}
	switch v := o.(type) {
	case nil:
		return append(b, "null"...), nil
	case bool:
		return strconv.AppendBool(b, v), nil
	case int64:
		return strconv.AppendInt(b, v, 10), nil
	case int:
		return strconv.AppendInt(b, int64(v), 10), nil
	case Real:
		return append(b, v...), nil
	case Name:
		return appendName(b, v), nil
	case String:
		return appendString(b, v), nil
	case Verbatim:
		return append(b, v...), nil
	case Ref:
		return appendRef(b, v), nil
	case Array:
		return appendArray(b, v, depth)
	case Dict:
		return appendDict(b, v, depth)
	case *Stream:
		return nil, fmt.Errorf("write an object: a stream stands inside another object")
	}
	return nil, fmt.Errorf("write an object: type %T is no PDF object", o)
}

func appendRef(b []byte, r Ref) []byte {
	b = strconv.AppendInt(b, int64(r.Num), 10)
	b = append(b, ' ')
	b = strconv.AppendInt(b, int64(r.Gen), 10)
	return append(b, " R"...)
}

func appendArray(b []byte, a Array, depth int) ([]byte, error) {
	b = append(b, '[')
	var err error
	for i, o := range a {
		if i > 0 {
			b = append(b, ' ')
		}
		if b, err = appendObject(b, o, depth+1); err != nil {
			return nil, err
		}
	}
	return append(b, ']'), nil
}

func appendDict(b []byte, d Dict, depth int) ([]byte, error) {
	b = append(b, "<<"...)
	var err error
	for _, k := range sortedKeys(d) {
		if d[k] == nil {
			continue
		}
		b = appendName(b, k)
		b = append(b, ' ')
		if b, err = appendObject(b, d[k], depth+1); err != nil {
			return nil, err
		}
	}
	return append(b, ">>"...), nil
}

func sortedKeys(d Dict) []Name {
	keys := make([]Name, 0, len(d))
	for k := range d {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b Name) int {
		switch {
		case a == b:
			return 0
		case a == "Type" || (b != "Type" && a < b):
			return -1
		}
		return 1
	})
	return keys
}

const hexDigits = "0123456789ABCDEF"

func appendName(b []byte, n Name) []byte {
	b = append(b, '/')
	for i := range len(n) {
		c := n[i]
		if c <= ' ' || c > '~' || c == '#' || isDelimiter(int(c)) {
			b = append(b, '#', hexDigits[c>>4], hexDigits[c&15])
			continue
		}
		b = append(b, c)
	}
	return b
}

func appendString(b []byte, s String) []byte {
	b = append(b, '(')
	for _, c := range s {
		switch {
		case c == '(' || c == ')' || c == '\\':
			b = append(b, '\\', c)
		case c == '\n':
			b = append(b, `\n`...)
		case c == '\r':
			b = append(b, `\r`...)
		case c < 0x20 || c == 0x7F:
			b = append(b, '\\', '0'+c>>6, '0'+c>>3&7, '0'+c&7)
		default:
			b = append(b, c)
		}
	}
	return append(b, ')')
}
