package sign_test

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"mingpin/report/sign"
)

// A bigFile is a document with a hole of zeros in it, so that it takes no
// memory: head, size zeros inside a stream, tail.
type bigFile struct {
	head, tail []byte
	size       int64
}

func (b bigFile) length() int64 { return int64(len(b.head)) + b.size + int64(len(b.tail)) }

func (b bigFile) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	for n < len(p) {
		at := off + int64(n)
		switch {
		case at < int64(len(b.head)):
			n += copy(p[n:], b.head[at:])
		case at < int64(len(b.head))+b.size:
			k := int(min(int64(len(p)-n), int64(len(b.head))+b.size-at))
			clear(p[n : n+k])
			n += k
		case at < b.length():
			n += copy(p[n:], b.tail[at-int64(len(b.head))-b.size:])
		default:
			return n, io.EOF
		}
	}
	return n, nil
}

// newBigFile makes a one-page document with a field and a stream of size zeros.
func newBigFile(size int64) bigFile {
	var head, tail bytes.Buffer
	var at [7]int64
	obj := func(n int, body string) {
		at[n] = int64(head.Len())
		fmt.Fprintf(&head, "%d 0 obj\n%s\nendobj\n", n, body)
	}
	head.WriteString("%PDF-1.7\n")
	obj(1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]/SigFlags 3>>/Evidence 6 0 R>>")
	obj(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
	obj(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Annots[4 0 R]>>")
	obj(4, "<</Type/Annot/Subtype/Widget/FT/Sig/T(legal)/F 132/Rect[0 0 0 0]/P 3 0 R/AP<</N 5 0 R>>>>")
	obj(5, "<</Type/XObject/Subtype/Form/BBox[0 0 0 0]/Length 0>>\nstream\n\nendstream")
	at[6] = int64(head.Len())
	fmt.Fprintf(&head, "6 0 obj\n<</Length %d>>\nstream\n", size)
	tail.WriteString("\nendstream\nendobj\n")
	xref := int64(head.Len()) + size + int64(tail.Len())
	tail.WriteString("xref\n0 7\n0000000000 65535 f \n")
	for _, off := range at[1:] {
		fmt.Fprintf(&tail, "%010d 00000 n \n", off)
	}
	fmt.Fprintf(&tail, "trailer\n<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", xref)
	return bigFile{head.Bytes(), tail.Bytes(), size}
}

// TestBigFilesStream signs and verifies a file that is larger than the memory
// it may take.
func TestBigFilesStream(t *testing.T) {
	const size = 64 << 20
	src := newBigFile(size)
	r := request(t, "legal", authority().ECDSA)
	var out keepEnds
	allocated := allocatedBy(func() {
		if err := sign.Sign(src, src.length(), &out, r); err != nil {
			t.Fatal(err)
		}
	})
	if allocated > 4<<20 {
		t.Errorf("Sign allocated %d bytes", allocated)
	}
	result := bigFile{src.head, append(bytes.Clone(src.tail), out.after(src.length())...), size}
	allocated = allocatedBy(func() {
		got, err := sign.Verify(result, result.length(), sign.Options{Roots: authority().roots()})
		if err != nil || len(got) != 1 || !got[0].Trusted || !got[0].CoversWholeFile {
			t.Errorf("%+v, %v", got, err)
		}
	})
	if allocated > 4<<20 {
		t.Errorf("Verify allocated %d bytes", allocated)
	}
}

// keepEnds counts what is written and keeps the last piece.
type keepEnds struct {
	n    int64
	last []byte
}

func (k *keepEnds) Write(p []byte) (int, error) {
	k.n += int64(len(p))
	if len(p) > 2*sign.Reserve {
		k.last = append(k.last[:0], p...)
	}
	return len(p), nil
}

// after gives what was written behind the first n bytes.
func (k *keepEnds) after(n int64) []byte { return k.last[int64(len(k.last))-(k.n-n):] }
