package object

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"strconv"
)

// maxOffset is the greatest offset that a cross-reference table can hold.
const maxOffset = 9_999_999_999

// Writer writes a new file from front to end and keeps no more than the offset
// of each object.
type Writer struct {
	w       io.Writer
	sum     hash.Hash
	at      int64
	offsets []int64 // by object number; 0: not written
	err     error
}

// NewWriter begins a file: header and the comment that marks it as binary. w is
// written in small pieces, so that a file should be buffered. Errors of w come
// with the next Put or Close.
func NewWriter(w io.Writer) *Writer {
	x := &Writer{w: w, sum: sha256.New(), offsets: make([]int64, 1)}
	_, _ = x.write([]byte("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")) // kept in x.err
	return x
}

// Offset gives the number of bytes written so far.
func (w *Writer) Offset() int64 { return w.at }

// Alloc gives the next free reference.
func (w *Writer) Alloc() Ref {
	w.offsets = append(w.offsets, 0)
	return Ref{Num: len(w.offsets) - 1}
}

// Add writes o as a new indirect object and gives its reference.
func (w *Writer) Add(o Object) (Ref, error) {
	r := w.Alloc()
	return r, w.Put(r, o)
}

// Put writes o as the indirect object r, which Alloc must have given; each
// reference is written once.
func (w *Writer) Put(r Ref, o Object) error {
	if s, ok := o.(*Stream); ok {
		src, n := s.Raw()
		return w.PutStream(r, s.Dict, src, n)
	}
	body, err := appendObject(nil, o, 0)
	if err != nil {
		return err
	}
	if err := w.begin(r); err != nil {
		return err
	}
	_, err = w.write(append(body, "\nendobj\n"...))
	return err
}

// PutStream writes n bytes of src, already encoded as d says, as the stream r.
// With n < 0 it writes all of src, and the length as an object of its own.
func (w *Writer) PutStream(r Ref, d Dict, src io.Reader, n int64) error {
	length := Object(n)
	var later Ref
	if n < 0 {
		later = w.Alloc()
		length = later
	}
	head := d.Clone()
	head["Length"] = length
	body, err := appendObject(nil, head, 0)
	if err != nil {
		return err
	}
	if err := w.begin(r); err != nil {
		return err
	}
	_, _ = w.write(append(body, "\nstream\n"...)) // kept in w.err
	got, err := copyExactly(counted{w}, src, n)
	if err != nil {
		return errors.Join(w.err, err)
	}
	if _, err := w.write([]byte("\nendstream\nendobj\n")); err != nil {
		return err
	}
	if n < 0 {
		return w.Put(later, got)
	}
	return nil
}

// copyExactly copies n bytes, or all when n < 0.
func copyExactly(w io.Writer, src io.Reader, n int64) (int64, error) {
	if n < 0 {
		return io.Copy(w, src)
	}
	got, err := io.CopyN(w, src, n)
	if err != nil {
		return got, fmt.Errorf("copy a stream of %d bytes, got %d: %w", n, got, err)
	}
	return got, nil
}

func (w *Writer) begin(r Ref) error {
	if w.err != nil {
		return w.err
	}
	if r.Num <= 0 || r.Num >= len(w.offsets) || r.Gen != 0 {
		return fmt.Errorf("write object %d %d: the number was not allocated", r.Num, r.Gen)
	}
	if w.offsets[r.Num] != 0 {
		return fmt.Errorf("write object %d: it was written before", r.Num)
	}
	w.offsets[r.Num] = w.at
	_, err := w.write([]byte(strconv.Itoa(r.Num) + " 0 obj\n"))
	return err
}

// counted is the Writer as a writer of bytes: each counts and goes into the sum.
type counted struct{ *Writer }

func (w counted) Write(b []byte) (int, error) { return w.write(b) }

func (w *Writer) write(b []byte) (int, error) {
	if w.err != nil {
		return 0, w.err
	}
	n, err := w.w.Write(b)
	w.sum.Write(b[:n])
	w.at += int64(n)
	if err == nil && w.at > maxOffset {
		err = &LimitError{What: "bytes of a file", Limit: maxOffset}
	}
	w.err = err
	return n, err
}

// Close writes the cross-reference table and the trailer. /Size is set; /ID is
// taken from the bytes written so far unless trailer gives one. References that
// were allocated and never written become free entries. The underlying writer
// stays open.
func (w *Writer) Close(trailer Dict) error {
	t := trailer.Clone()
	t["Size"] = int64(len(w.offsets))
	if t["ID"] == nil {
		id := String(w.sum.Sum(nil)[:16])
		t["ID"] = Array{id, id}
	}
	tail, err := appendObject([]byte("trailer\n"), t, 0)
	if err != nil {
		return err
	}
	start := w.at
	_, _ = w.write(w.table()) // kept in w.err
	_, err = w.write(fmt.Appendf(tail, "\nstartxref\n%d\n%%%%EOF\n", start))
	return err
}

// table gives the cross-reference table; free entries form a chain (7.5.4).
func (w *Writer) table() []byte {
	b := fmt.Appendf(nil, "xref\n0 %d\n", len(w.offsets))
	var free []int
	for n, at := range w.offsets {
		if at == 0 {
			free = append(free, n)
		}
	}
	free = append(free, 0)
	for n, at := range w.offsets {
		switch {
		case n == 0:
			free = free[1:]
			b = fmt.Appendf(b, "%010d 65535 f \n", free[0])
		case at == 0:
			free = free[1:]
			b = fmt.Appendf(b, "%010d 00000 f \n", free[0])
		default:
			b = fmt.Appendf(b, "%010d 00000 n \n", at)
		}
	}
	return b
}
