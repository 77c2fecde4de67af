package object

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// streamed builds a file whose cross-reference is a stream with one entry a row
// of widths 1, 4, 2.
func streamed(entries string, rows [][3]int, bodies ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	offsets := make([]int, len(bodies))
	for i, body := range bodies {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, body)
	}
	var table []byte
	for _, r := range rows {
		at := r[1]
		if r[0] == 1 {
			at = offsets[r[1]-1]
		}
		table = append(table, byte(r[0]), byte(at>>24), byte(at>>16), byte(at>>8), byte(at), byte(r[2]>>8), byte(r[2]))
	}
	start := b.Len()
	fmt.Fprintf(&b, "99 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n", stream("/Type/XRef/W[1 4 2]/Root 1 0 R"+entries, table), start)
	return b.Bytes()
}

func TestHostileStreams(t *testing.T) {
	packed := func(s string) string { return stream("/Type/ObjStm/N 1/First 4", []byte(s)) }
	rows := [][3]int{{0, 0, 0}, {2, 2, 0}, {1, 2, 0}, {1, 3, 0}}
	bomb := bomb()
	cases := []struct {
		sentence string
		file     []byte
		want     string
	}{
		{"a catalog in an object stream", streamed("/Size 4", rows, "null", packed("1 0 <</Type/Catalog/Pages 3 0 R>>"), "<</Type/Pages/Kids[]>>"), ""},
		{"an object stream in an object stream", streamed("/Size 4", [][3]int{{0, 0, 0}, {2, 2, 0}, {2, 2, 0}, {1, 3, 0}}, "null", "null", "null"), "no document catalog"},
		{"two object streams in each other", streamed("/Size 4", [][3]int{{0, 0, 0}, {2, 2, 0}, {2, 3, 0}, {2, 2, 0}}, "null", "null", "null"), "no document catalog"},
		{"an index beyond the stream", streamed("/Size 4", [][3]int{{0, 0, 0}, {2, 2, 9}, {1, 2, 0}, {1, 3, 0}}, "null", packed("1 0 <</Type/Catalog/Pages 3 0 R>>"), "<</Type/Pages/Kids[]>>"), "catalog"},
		{"/N is huge", streamed("/Size 4", rows, "null", stream("/Type/ObjStm/N 2147483647/First 4", []byte("1 0 <<>>")), "null"), "catalog"},
		{"the object stream is a bomb", streamed("/Size 4", rows, "null", stream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", bomb), "null"), "decoded bytes"},
		{"/Index counts two thousand million entries", streamed("/Size 4/Index[0 2147483647]", rows, "null", packed("1 0 <</Type/Catalog/Pages 3 0 R>>"), "<</Type/Pages/Kids[]>>"), ""},
		{"/Index is negative", streamed("/Size 4/Index[-5 4]", rows, catalog, tree, leaf), ""},
		{"/W is wide", streamed("/Size 4/W[9 9 9]", rows, "null", "null", "null"), "catalog"},
	}
	for _, c := range cases {
		t.Run(c.sentence, func(t *testing.T) {
			err := exercise(t, c.file)
			if (c.want == "") != (err == nil) || (err != nil && !strings.Contains(err.Error(), c.want)) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}
