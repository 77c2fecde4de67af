package sign_test

// replaceInteger replaces the two-byte INTEGER at at by 2^31-1 and mends the
// lengths of everything around it.
func replaceInteger(der []byte, at int) []byte {
	return grow(der, at, 4, []byte{0x02, 0x04, 0x7f, 0xff, 0xff, 0xff})
}

// grow replaces n bytes at at by with and rewrites the lengths of the elements
// that enclose them, OCTET STRINGs with DER inside included.
func grow(der []byte, at, n int, with []byte) []byte {
	if at == 0 && n == len(der) {
		return with
	}
	var out []byte
	for pos := 0; pos < len(der); {
		head, size := header(der[pos:])
		end := pos + head + size
		switch {
		case pos == at:
			out = append(out, with...)
		case pos < at && at < end:
			inner := grow(der[pos+head:end], at-pos-head, n, with)
			out = append(out, element(der[pos], inner)...)
		default:
			out = append(out, der[pos:end]...)
		}
		pos = end
	}
	return out
}

// header gives the lengths of tag and length, and of the content.
func header(der []byte) (head, size int) {
	if der[1] < 0x80 {
		return 2, int(der[1])
	}
	n := int(der[1] & 0x7f)
	for _, b := range der[2 : 2+n] {
		size = size<<8 | int(b)
	}
	return 2 + n, size
}

// element writes one DER element.
func element(tag byte, content []byte) []byte {
	n := len(content)
	switch {
	case n < 0x80:
		return append([]byte{tag, byte(n)}, content...)
	case n < 0x100:
		return append([]byte{tag, 0x81, byte(n)}, content...)
	case n < 0x10000:
		return append([]byte{tag, 0x82, byte(n >> 8), byte(n)}, content...)
	}
	return append([]byte{tag, 0x83, byte(n >> 16), byte(n >> 8), byte(n)}, content...)
}

// edit replaces the element of der at path, counted by children; a negative
// number counts from the end.
func edit(der []byte, path []int, change func([]byte) []byte) []byte {
	if len(path) == 0 {
		return change(der)
	}
	kids := children(der)
	n := path[0]
	if n < 0 {
		n += len(kids)
	}
	var content []byte
	for i, kid := range kids {
		if i == n {
			kid = edit(kid, path[1:], change)
		}
		content = append(content, kid...)
	}
	return element(der[0], content)
}

// children splits the content of an element.
func children(der []byte) [][]byte {
	head, size := header(der)
	var kids [][]byte
	for rest := der[head : head+size]; len(rest) > 0; {
		h, n := header(rest)
		kids = append(kids, rest[:h+n])
		rest = rest[h+n:]
	}
	return kids
}

// at gives the element of der at path.
func at(der []byte, path ...int) []byte {
	var found []byte
	edit(der, path, func(b []byte) []byte { found = b; return b })
	return found
}
