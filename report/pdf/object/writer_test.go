package object

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWriterWritesWhatOthersRead(t *testing.T) {
	var b bytes.Buffer
	w := NewWriter(&b)
	never, drawing, pages := w.Alloc(), w.Alloc(), w.Alloc()
	page, err1 := w.Add(Dict{"Type": Name("Page"), "Parent": pages, "MediaBox": Box{0, 0, 100_500, 200_000}.Array(), "Contents": drawing, "Unused": never})
	err2 := w.PutStream(drawing, Dict{}, strings.NewReader("0 0 10 10 re f"), -1)
	err3 := w.Put(pages, Dict{"Type": Name("Pages"), "Kids": Array{page}, "Count": 1})
	w.Alloc()
	root, err4 := w.Add(Dict{"Type": Name("Catalog"), "Pages": pages})
	at := w.Offset()
	if err := errors.Join(err1, err2, err3, err4, w.Close(Dict{"Root": root})); err != nil {
		t.Fatal(err)
	}
	out := tool(t, "qpdf", "--check", save(t, b.Bytes()))
	if !strings.Contains(out, "No syntax or stream encoding errors") {
		t.Error(out)
	}
	f := openBytes(t, b.Bytes())
	if f.StartXRef() != at || f.Size() != int64(b.Len()) {
		t.Errorf("table at %d of %d bytes, want %d of %d", f.StartXRef(), f.Size(), at, b.Len())
	}
	o, err := f.Object(never)
	if o != nil || err != nil {
		t.Errorf("a reference that was never written leads to %v; error %v", o, err)
	}
	got, err := f.Pages()
	if err != nil || got[0].MediaBox != (Box{0, 0, 100_500, 200_000}) {
		t.Errorf("%v; error %v", got, err)
	}
	content, err := f.Content(got[0], 100)
	if string(content) != "0 0 10 10 re f\n" || err != nil {
		t.Errorf("content %q; error %v", content, err)
	}
}

func TestWriterRefusesWrongNumbers(t *testing.T) {
	w := NewWriter(io.Discard)
	r := w.Alloc()
	if err := w.Put(r, nil); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []Ref{r, {}, {Num: 9}, {Num: -1}, {Num: 1, Gen: 1}} {
		if err := w.Put(bad, nil); err == nil {
			t.Errorf("%v was written", bad)
		}
	}
	if err := w.PutStream(w.Alloc(), Dict{}, strings.NewReader("abc"), 4); !errors.Is(err, io.EOF) {
		t.Errorf("a stream that is too short: %v", err)
	}
}

// brokenDisk fails after n bytes, writing or reading.
type brokenDisk struct{ n int64 }

var errDisk = errors.New("disk is broken")

func (d *brokenDisk) Write(b []byte) (int, error) {
	if d.n -= int64(len(b)); d.n < 0 {
		return 0, errDisk
	}
	return len(b), nil
}

func TestErrorsOfTheDiskComeThrough(t *testing.T) {
	sample, err := os.ReadFile("testdata/objstm.pdf")
	if err != nil {
		t.Fatal(err)
	}
	for n := int64(0); n < int64(len(sample)); n += 101 {
		f := openBytes(t, sample)
		w := NewWriter(&brokenDisk{n})
		_, err := NewImporter(f, w).Copy(f.Trailer()["Root"])
		if err = errors.Join(err, w.Close(Dict{})); n < 1500 && !errors.Is(err, errDisk) {
			t.Errorf("writing %d bytes: %v", n, err)
		}
		half := readerAt(func(p []byte, off int64) (int, error) {
			if off+int64(len(p)) > n && off+int64(len(p)) < int64(len(sample)) {
				return 0, errDisk
			}
			return bytes.NewReader(sample).ReadAt(p, off)
		})
		g, err := Open(half, int64(len(sample)))
		if err == nil {
			_, err = g.Pages()
		}
		if err != nil && !errors.Is(err, errDisk) {
			t.Errorf("reading fails behind byte %d: %v", n, err)
		}
	}
}

type readerAt func([]byte, int64) (int, error)

func (r readerAt) ReadAt(p []byte, off int64) (int, error) { return r(p, off) }

func TestRevisionsOfALinearizedFileAreOne(t *testing.T) {
	for name, want := range map[string]int{"gofpdf.pdf": 1, "linearized.pdf": 1, "linearized-objstm.pdf": 1, "incremental.pdf": 2} {
		b := samples(t)[name]
		f := openBytes(t, b)
		ends, err := f.Revisions()
		if err != nil || len(ends) != want || ends[len(ends)-1] != int64(len(b)) {
			t.Errorf("%s: revisions end at %v, want %d, the last at %d; error %v", name, ends, want, len(b), err)
		}
	}
}

// hybrid is a file whose table hides object 4, the drawing's resources, in an
// object stream that only the stream named by /XRefStm knows.
func hybrid() []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	at := map[int]int{}
	add := func(num int, body string) {
		at[num] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", num, body)
	}
	add(1, catalog)
	add(2, tree)
	add(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]/Resources 4 0 R>>")
	add(5, stream("/Type/ObjStm/N 1/First 4", []byte("4 0 <</Hidden(yes)>>")))
	add(6, stream("/Type/XRef/W[1 2 1]/Index[4 1]/Size 7", []byte{2, 0, 5, 0}))
	start := b.Len()
	b.WriteString("xref\n0 7\n0000000004 65535 f \n")
	for num := 1; num < 7; num++ {
		if num == 4 {
			b.WriteString("0000000000 00000 f \n")
			continue
		}
		fmt.Fprintf(&b, "%010d 00000 n \n", at[num])
	}
	fmt.Fprintf(&b, "trailer\n<</Size 7/Root 1 0 R/XRefStm %d>>\nstartxref\n%d\n%%%%EOF\n", at[6], start)
	return b.Bytes()
}

func TestHybridFile(t *testing.T) {
	f := openBytes(t, hybrid())
	got, err := f.Object(Ref{Num: 4})
	if d := cmp.Diff(Object(Dict{"Hidden": String("yes")}), got); d != "" || err != nil || f.Rebuilt() {
		t.Errorf("error %v, rebuilt %v\n%s", err, f.Rebuilt(), d)
	}
	if p := f.Place(Ref{Num: 4}); p != (Place{Stream: 5}) {
		t.Errorf("place %v", p)
	}
}

func TestLayersThatTheSourceHidesAreNamed(t *testing.T) {
	page := "<</Type/Page/MediaBox[0 0 10 10]/Resources<</Properties<</A 4 0 R/B 5 0 R>>>>>>"
	group := "<</Type/OCG/Name(x)>>"
	for d, want := range map[string]int{"/OFF[5 0 R]": 1, "": 0, "/BaseState/OFF/ON[4 0 R]": 1, "/BaseState/OFF": 2} {
		f := openBytes(t, pdf("/Root 1 0 R", "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[4 0 R 5 0 R]/D<<"+d+">>>>>>", tree, page, group, group))
		pages, err := f.Pages()
		if err != nil {
			t.Fatal(err)
		}
		im := NewImporter(f, NewWriter(io.Discard))
		if _, err := im.Form(pages[0]); err != nil {
			t.Fatal(err)
		}
		if all, hidden := im.Layers(); len(all) != 2 || len(hidden) != want {
			t.Errorf("%q: %d layers, %d hidden, want 2 and %d", d, len(all), len(hidden), want)
		}
	}
}

func TestFormLeavesTheRestOfTheDocumentBehind(t *testing.T) {
	page := "<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 20]/Rotate -90/Group<</S/Transparency/CS/DeviceRGB>>" +
		"/Annots[5 0 R]/AA<</O 5 0 R>>/Resources<</XObject<</X 4 0 R>>/Properties<</P<</Pg 3 0 R>>>>>>>>"
	x := stream("/Subtype/Form/StructParent 3/F(other file)/PieceInfo<<>>", []byte("q Q"))
	f := openBytes(t, pdf("/Root 1 0 R", catalog, tree, page, x, "<</S/JavaScript/JS(app.alert)>>"))
	pages, err := f.Pages()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := NewWriter(&b)
	form, err := NewImporter(f, w).Form(pages[0])
	if err != nil || form.WidthMilli != 20_000 || form.HeightMilli != 10_000 {
		t.Errorf("%v; error %v", form, err)
	}
	out := b.String()
	for _, bad := range []string{"JavaScript", "/Kids", "/Annots", "StructParent", "other file", "PieceInfo", "/AA"} {
		if strings.Contains(out, bad) {
			t.Errorf("%s came along", bad)
		}
	}
	for _, good := range []string{"/Matrix [0 1 -1 0 20 0]", "/BBox [0 0 10 20]", "/I true", "q Q"} {
		if !strings.Contains(out, good) {
			t.Errorf("%s is missing in\n%s", good, out)
		}
	}
}
