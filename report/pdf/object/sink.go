package object

import "io"

// Sink takes objects into a file being written: a *Writer or an *Update.
type Sink interface {
	// Alloc gives a reference that is still free.
	Alloc() Ref
	// Put writes o as the indirect object r; o may be a *Stream.
	Put(r Ref, o Object) error
	// PutStream writes a stream of n encoded bytes taken from src; n < 0 means
	// that the number is not known before the end of src.
	PutStream(r Ref, d Dict, src io.Reader, n int64) error
}

var (
	_ Sink = (*Writer)(nil)
	_ Sink = (*Update)(nil)
)
