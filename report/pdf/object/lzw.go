package object

import (
	"bufio"
	"io"
)

const (
	lzwClear = 256
	lzwEnd   = 257
	lzwMax   = 4096
)

// lzwTable holds the sequences met so far: each is an earlier one and a byte.
type lzwTable struct {
	prefix [lzwMax]int16
	last   [lzwMax]byte
	length [lzwMax]int32
	next   int
}

func (t *lzwTable) reset() { t.next = lzwEnd + 1 }

func (t *lzwTable) size(code int) int {
	if code < 256 {
		return 1
	}
	return int(t.length[code])
}

// expand appends the sequence of code to out.
func (t *lzwTable) expand(out []byte, code int) []byte {
	n := t.size(code)
	at := len(out)
	out = append(out, make([]byte, n)...)
	for i := at + n - 1; i > at; i-- {
		out[i] = t.last[code]
		code = int(t.prefix[code])
	}
	out[at] = byte(code)
	return out
}

// add enters previous followed by c.
func (t *lzwTable) add(previous int, c byte) {
	if t.next >= lzwMax {
		return
	}
	t.prefix[t.next], t.last[t.next] = int16(previous), c
	t.length[t.next] = int32(t.size(previous) + 1)
	t.next++
}

// unlzw decodes LZWDecode (7.4.4): codes of 9 to 12 bits, high bit first, whose
// width grows one code early unless /EarlyChange is 0.
func unlzw(r io.Reader, parms Dict, max int64) ([]byte, error) {
	early := 1
	if v, ok := Int(parms["EarlyChange"]); ok && v == 0 {
		early = 0
	}
	bits := &bitReader{r: bufio.NewReader(r)}
	t := &lzwTable{}
	t.reset()
	var out []byte
	previous := -1
	for {
		code, err := bits.read(lzwWidth(t.next + early))
		switch {
		case err == io.EOF || code == lzwEnd:
			return out, nil
		case err != nil:
			return nil, err
		case code == lzwClear:
			t.reset()
			previous = -1
			continue
		case code > t.next || (code == t.next && previous < 0) || (previous < 0 && code > 255):
			return nil, &FilterError{"LZWDecode", "code that was not defined"}
		}
		at := len(out)
		if code == t.next {
			out = t.expand(out, previous)
			out = append(out, out[at])
		} else {
			out = t.expand(out, code)
		}
		if previous >= 0 {
			t.add(previous, out[at])
		}
		previous = code
		if int64(len(out)) > max {
			return nil, tooLong(max)
		}
	}
}

func lzwWidth(next int) uint {
	switch {
	case next < 512:
		return 9
	case next < 1024:
		return 10
	case next < 2048:
		return 11
	}
	return 12
}

type bitReader struct {
	r    *bufio.Reader
	bits uint32
	n    uint
}

func (b *bitReader) read(width uint) (int, error) {
	for b.n < width {
		c, err := b.r.ReadByte()
		if err != nil {
			return 0, err
		}
		b.bits = b.bits<<8 | uint32(c)
		b.n += 8
	}
	b.n -= width
	return int(b.bits >> b.n & (1<<width - 1)), nil
}
