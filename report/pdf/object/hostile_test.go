package object

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"math/rand"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// exercise does with a file what the program does with a foreign one, and fails
// on an error that has no type.
func exercise(t *testing.T, b []byte) error {
	t.Helper()
	err := readAll(b)
	var syntax *SyntaxError
	var limit *LimitError
	var filter *FilterError
	known := err == nil || errors.As(err, &syntax) || errors.As(err, &limit) || errors.As(err, &filter) ||
		errors.Is(err, ErrEncrypted) || errors.Is(err, ErrNotPDF) || errors.Is(err, io.ErrUnexpectedEOF)
	if !known {
		t.Errorf("error without a type: %v", err)
	}
	return err
}

func readAll(b []byte) error {
	f, err := Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return err
	}
	if _, err := f.Revisions(); err != nil {
		return err
	}
	pages, err := f.Pages()
	if err != nil {
		return err
	}
	im := NewImporter(f, NewWriter(io.Discard))
	for _, p := range pages {
		if _, err := im.Form(p); err != nil {
			return err
		}
		content, err := f.Content(p, 1<<20)
		if err != nil {
			return err
		}
		s := Scan(content)
		for s.Next() {
			_ = s.Operator()
		}
		if s.Err() != nil {
			return s.Err()
		}
	}
	_, err = im.Copy(f.Trailer()["Root"])
	return err
}

func TestTruncatedFiles(t *testing.T) {
	for name, b := range samples(t) {
		whole := 0
		for n := 0; n < len(b); n += 97 {
			if exercise(t, b[:n]) == nil {
				whole++
			}
		}
		if whole > 3+len(b)/97*9/10 {
			t.Errorf("%s: %d of %d truncated files were read without an error", name, whole, len(b)/97)
		}
	}
}

func TestFlippedBits(t *testing.T) {
	rnd := rand.New(rand.NewSource(1))
	files := samples(t)
	names := make([]string, 0, len(files))
	for n := range files {
		names = append(names, n)
	}
	slices.Sort(names)
	for range 2000 {
		b := bytes.Clone(files[names[rnd.Intn(len(names))]])
		for range 1 + rnd.Intn(4) {
			b[rnd.Intn(len(b))] ^= 1 << rnd.Intn(8)
		}
		_ = exercise(t, b)
	}
}

// pdf builds a file from the bodies of objects 1, 2, …, with a sound table.
// The trailer's entries are given beside /Size.
func pdf(trailer string, bodies ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	offsets := make([]int, len(bodies))
	for i, body := range bodies {
		offsets[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, body)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(bodies)+1)
	for _, at := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n", len(bodies)+1, strings.ReplaceAll(trailer, "SELF", fmt.Sprint(start)), start)
	return b.Bytes()
}

const (
	catalog = "<</Type/Catalog/Pages 2 0 R>>"
	tree    = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
	leaf    = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]/Contents 4 0 R>>"
)

func stream(entries string, data []byte) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", entries, len(data), data)
}

// bomb gives deflated zeros, 1 GiB of them: one block of 1 MiB, repeated.
func bomb() []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	block := make([]byte, 1<<20)
	ends := []int{}
	for range 2 {
		// Writing into memory cannot fail.
		_, _ = z.Write(block)
		_ = z.Flush()
		ends = append(ends, b.Len())
	}
	first, second := b.Bytes()[:ends[0]], b.Bytes()[ends[0]:]
	return append(bytes.Clone(first), bytes.Repeat(second, 1023)...)
}

func TestHostileFiles(t *testing.T) {
	bomb := bomb()
	root := "/Root 1 0 R"
	drawing := stream("", []byte("q Q"))
	cases := []struct {
		sentence string
		file     []byte
		want     string // part of the error; empty: the file is read
	}{
		{"a sound file", pdf(root, catalog, tree, leaf, drawing), ""},
		{"/Prev leads to itself", pdf(root+"/Prev SELF", catalog, tree, leaf, drawing), ""},
		{"/Prev is negative", pdf(root+"/Prev -5", catalog, tree, leaf, drawing), ""},
		{"/Size is huge", pdf(root+"/Size 2147483647", catalog, tree, leaf, drawing), ""},
		{"the tree holds itself", pdf(root, catalog, "<</Type/Pages/Kids[2 0 R]>>"), "stands twice"},
		{"the tree runs in a circle of two", pdf(root, catalog, "<</Type/Pages/Kids[3 0 R]>>", "<</Type/Pages/Kids[2 0 R]>>"), "stands twice"},
		{"/Kids is a number", pdf(root, catalog, "<</Type/Pages/Kids 5>>"), "no array"},
		{"a kid is a string", pdf(root, catalog, "<</Type/Pages/Kids[(x)]>>"), "no page"},
		{"/Pages is an array", pdf(root, "<</Type/Catalog/Pages[1 2]>>"), "no page"},
		{"a reference leads to itself", pdf(root, catalog, "2 0 R"), "references that lead"},
		{"200,000 arrays in each other", pdf(root, catalog, strings.Repeat("[", 200_000)+strings.Repeat("]", 200_000)), "nesting"},
		{"200,000 dictionaries in each other", pdf(root, catalog, strings.Repeat("<</A", 200_000)), "nesting"},
		{"two million numbers in one array", pdf(root, catalog, "["+strings.Repeat("1 ", 2_000_000)+"]"), "values inside"},
		{"/Length is too great", pdf(root, catalog, tree, leaf, "<</Length 99999999>>\nstream\nq Q\nendstream"), ""},
		{"/Length is negative", pdf(root, catalog, tree, leaf, "<</Length -1>>\nstream\nq Q\nendstream"), ""},
		{"/Length leads to its own stream", pdf(root, catalog, tree, leaf, "<</Length 4 0 R>>\nstream\nq Q\nendstream"), ""},
		{"the drawing is a bomb of 1 GiB", pdf(root, catalog, tree, leaf, stream("/Filter/FlateDecode", bomb)), "decoded bytes"},
		{"a bomb in a bomb", pdf(root, catalog, tree, leaf, stream("/Filter[/FlateDecode/FlateDecode]", bomb)), "decoded bytes"},
		{"a hundred filters", pdf(root, catalog, tree, leaf, stream("/Filter["+strings.Repeat("/AHx ", 100)+"]", nil)), "filters of a stream"},
		{"an unknown filter", pdf(root, catalog, tree, leaf, stream("/Filter/Rot13", []byte("x"))), "Rot13"},
		{"a predictor of zero columns", pdf(root, catalog, tree, leaf, stream("/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 0>>", bomb[:10])), "FlateDecode"},
		{"the page is 20,001 pages", pdf(root, catalog, "<</Type/Pages/Kids["+strings.Repeat("<</Type/Page>>", 20_001)+"]>>"), "pages of a file"},
		{"no catalog", pdf("", "<<>>", tree), "no document catalog"},
		{"/Encrypt", pdf(root+"/Encrypt<</Filter/Standard>>", catalog, tree), "encrypted"},
	}
	for _, c := range cases {
		t.Run(c.sentence, func(t *testing.T) {
			begin, before := time.Now(), allocated()
			err := exercise(t, c.file)
			switch {
			case c.want == "" && err != nil:
				t.Errorf("error %v, want none", err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("error %v, want %q", err, c.want)
			}
			if spent := allocated() - before; spent > 700<<20 {
				t.Errorf("allocated %d MiB in all", spent>>20)
			}
			if time.Since(begin) > 20*time.Second {
				t.Error("took more than 20 s")
			}
		})
	}
}

// allocated gives all bytes ever allocated: a bound for what was held.
func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

func TestWorkOnManyBrokenObjectsIsBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("%PDF-1.7\n1 0 obj\n" + catalog + "\nendobj\n")
	for i := range 40_000 {
		fmt.Fprintf(&b, "%d 0 obj (", i+2)
	}
	begin := time.Now()
	if err := exercise(t, []byte(b.String())); err == nil {
		t.Error("a file of broken strings was read")
	}
	if time.Since(begin) > 10*time.Second {
		t.Error("took more than 10 s")
	}
}

func TestObjectsInEachOthersCommentsAreBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("%PDF-1.7\n1 0 obj\n" + catalog + "\nendobj\n2 0 obj <</Type/Pages/Kids[]/All[")
	for i := range 40_000 {
		fmt.Fprintf(&b, "%d 0 R ", i+3)
	}
	b.WriteString("]>> endobj\n")
	for i := range 40_000 {
		fmt.Fprintf(&b, "%d 0 obj [ %%", i+3)
	}
	b.WriteString("\n] endobj")
	var limit *LimitError
	if err := exercise(t, []byte(b.String())); !errors.As(err, &limit) {
		t.Errorf("error %v, want a limit", err)
	}
}

func TestRebuildingFindsEveryObject(t *testing.T) {
	// The file is read in blocks; the padding moves their ends over an object.
	for pad := range 22 {
		bodies := []string{catalog, tree, leaf, stream("", make([]byte, pad))}
		for range 3500 {
			bodies = append(bodies, "1")
		}
		b := pdf("/Root 1 0 R", bodies...)
		sound := openBytes(t, b)
		f := openBytes(t, b[:bytes.LastIndex(b, []byte("startxref"))])
		if !f.Rebuilt() || len(f.Refs()) != len(bodies) {
			t.Fatalf("%d objects, want %d", len(f.Refs()), len(bodies))
		}
		for _, r := range sound.Refs() {
			if f.Place(r) != sound.Place(r) {
				t.Fatalf("object %d at %v, want %v", r.Num, f.Place(r), sound.Place(r))
			}
		}
	}
}

func TestOverlappingStreamsDoNotMultiply(t *testing.T) {
	var kids, bodies []string
	for i := range 300 {
		kids = append(kids, fmt.Sprintf("%d 0 R", i+3))
		bodies = append(bodies, fmt.Sprintf("<</Length 4000000 /N %d>>\nstream\n", i))
	}
	var b strings.Builder
	b.WriteString("%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R/All[" + strings.Join(kids, " ") + "]>> endobj\n2 0 obj <</Type/Pages/Kids[]>> endobj\n")
	for i, body := range bodies {
		fmt.Fprintf(&b, "%d 0 obj %s", i+3, body)
	}
	b.WriteString(strings.Repeat("x", 4_000_000) + "\nendstream\nendobj\ntrailer<</Root 1 0 R>>")
	var limit *LimitError
	if err := exercise(t, []byte(b.String())); !errors.As(err, &limit) {
		t.Errorf("error %v, want a limit", err)
	}
}

func FuzzOpen(f *testing.F) {
	for _, b := range samples(f) {
		f.Add(b)
	}
	f.Add(pdf("/Root 1 0 R/Prev SELF", catalog, tree, leaf, stream("", []byte("BI /W 1 ID x EI"))))
	f.Fuzz(func(t *testing.T, b []byte) {
		_ = exercise(t, b)
	})
}
