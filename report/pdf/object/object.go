// Package object is the only package that knows the syntax of PDF files: it
// reads objects of a file at random, copies and renumbers them into another
// file, appends to a finished file, and writes cross-reference tables. It draws
// nothing and knows nothing of brands, fonts or signatures.
//
// Every file is read as if an enemy had made it: depth, counts, sizes and work
// are limited, and what goes beyond a limit ends in a *LimitError, what breaks
// the syntax in a *SyntaxError. Clause numbers refer to ISO 32000-1:2008.
package object

import (
	"bytes"
	"compress/zlib"
	"io"
)

// Object is one of nil (null), bool, int64, Real, Name, String, Array, Dict,
// Ref and *Stream. When writing, int is taken as int64, and Verbatim is
// allowed; reading never gives either.
type Object any

// Real is a number with a fraction, in the digits it was written with.
type Real string

// Name is a name without its slash and with its #-escapes undone.
type Name string

// String holds the bytes of a string object; Text reads them as text.
type String []byte

// Array is an array object.
type Array []Object

// Dict is a dictionary object. An entry that is nil counts as absent (7.3.7).
type Dict map[Name]Object

// Ref names an indirect object. The zero Ref names none.
type Ref struct{ Num, Gen int }

// Verbatim is written exactly as it stands. It is meant for what a caller
// patches in place afterwards (a signature's /Contents and /ByteRange), where
// the number of bytes must be known beforehand.
type Verbatim []byte

// Stream is a dictionary and its encoded data, which stays in the file it was
// read from until somebody asks for it.
type Stream struct {
	Dict Dict

	r      io.ReaderAt
	off, n int64
	file   *File
}

// NewStream gives a stream of data that is already encoded as d says.
func NewStream(d Dict, data []byte) *Stream {
	return &Stream{Dict: d, r: bytes.NewReader(data), n: int64(len(data))}
}

// Deflate gives a stream of plain compressed by FlateDecode; d gets the filter.
// Equal data gives equal bytes.
func Deflate(d Dict, plain []byte) *Stream {
	var buf bytes.Buffer
	z := zlib.NewWriter(&buf)
	// Writing into memory cannot fail.
	_, _ = z.Write(plain)
	_ = z.Close()
	with := d.Clone()
	with["Filter"] = Name("FlateDecode")
	delete(with, "DecodeParms")
	return NewStream(with, buf.Bytes())
}

// Raw gives the encoded bytes, read from the file as they are asked for, and
// their number.
func (s *Stream) Raw() (io.Reader, int64) {
	return io.NewSectionReader(s.r, s.off, s.n), s.n
}

// Clone gives a shallow copy of d that can be changed; it is never nil.
func (d Dict) Clone() Dict {
	c := make(Dict, len(d)+1)
	for k, v := range d {
		c[k] = v
	}
	return c
}

// Int gives the value of an integer object, and of a real that has no fraction
// other than zeros.
func Int(o Object) (int64, bool) {
	switch v := o.(type) {
	case int64:
		return v, true
	case int:
		return int64(v), true
	case Real:
		m, ok := Milli(v)
		return m / 1000, ok && m%1000 == 0
	}
	return 0, false
}
