package object

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// samples gives the files of testdata that can be read.
func samples(t testing.TB) map[string][]byte {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.pdf")
	if err != nil || len(paths) < 10 {
		t.Fatalf("samples: %d, error %v", len(paths), err)
	}
	all := map[string][]byte{}
	for _, p := range paths {
		if filepath.Base(p) == "encrypted.pdf" {
			continue
		}
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(p)] = b
	}
	return all
}

// tool gives the output of a foreign program.
func tool(t *testing.T, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("%s is not installed: the file is not checked by a foreign reader", name)
	}
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
	return string(out)
}

func save(t *testing.T, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "out.pdf")
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// copyAll copies a whole document.
func copyAll(t *testing.T, f *File) []byte {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b)
	im := NewImporter(f, w)
	trailer := Dict{}
	for _, k := range []Name{"Root", "Info"} {
		o, err := im.Copy(f.Trailer()[k])
		if err != nil {
			t.Fatal(err)
		}
		trailer[k] = o
	}
	if err := w.Close(trailer); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSampleRoundTrip(t *testing.T) {
	for name, b := range samples(t) {
		t.Run(name, func(t *testing.T) {
			f := openBytes(t, b)
			if f.Rebuilt() {
				t.Fatal("the cross-reference of a sound file was rebuilt")
			}
			out := copyAll(t, f)
			if again := copyAll(t, openBytes(t, b)); !bytes.Equal(out, again) {
				t.Error("two copies differ")
			}
			path := save(t, out)
			tool(t, "qpdf", "--check", path)
			before := tool(t, "pdftotext", filepath.Join("testdata", name), "-")
			if after := tool(t, "pdftotext", path, "-"); after != before || !strings.Contains(before, "ample data") {
				t.Errorf("text before %q, after %q", before, after)
			}
		})
	}
}

func TestPagesOfSamples(t *testing.T) {
	want := map[string]int{"mutool-create.pdf": 2, "reportlab.pdf": 2}
	for name, b := range samples(t) {
		f := openBytes(t, b)
		pages, err := f.Pages()
		n := want[name]
		if n == 0 {
			n = 3
		}
		if err != nil || len(pages) != n {
			t.Errorf("%s: %d pages, want %d; error %v", name, len(pages), n, err)
		}
		if len(f.Refs()) < 8 {
			t.Errorf("%s: only %d objects", name, len(f.Refs()))
		}
	}
}

// forms puts every page of f, as a form, on a page of its own.
func forms(t *testing.T, f *File) []byte {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b)
	im := NewImporter(f, w)
	pages, err := f.Pages()
	if err != nil {
		t.Fatal(err)
	}
	tree := w.Alloc()
	var kids Array
	for _, p := range pages {
		form, err := im.Form(p)
		if err != nil {
			t.Fatal(err)
		}
		c, err1 := w.Add(Deflate(Dict{}, []byte("q /F Do Q")))
		page, err2 := w.Add(Dict{
			"Type": Name("Page"), "Parent": tree, "Contents": c,
			"MediaBox":  Box{0, 0, form.WidthMilli, form.HeightMilli}.Array(),
			"Resources": Dict{"XObject": Dict{"F": form.Ref}},
		})
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		kids = append(kids, page)
	}
	if err := w.Put(tree, Dict{"Type": Name("Pages"), "Kids": kids, "Count": len(kids)}); err != nil {
		t.Fatal(err)
	}
	root, err := w.Add(Dict{"Type": Name("Catalog"), "Pages": tree})
	if err := errors.Join(err, w.Close(Dict{"Root": root})); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFormsLookLikeTheirPages(t *testing.T) {
	for name, b := range samples(t) {
		t.Run(name, func(t *testing.T) {
			out := forms(t, openBytes(t, b))
			path := save(t, out)
			tool(t, "qpdf", "--check", path)
			source := filepath.Join("testdata", name)
			if before, after := drawn(t, source), drawn(t, path); !bytes.Equal(before, after) {
				t.Errorf("pictures of %d and %d bytes differ", len(before), len(after))
			}
			for _, r := range openBytes(t, out).Refs() {
				o, err := openBytes(t, out).Object(r)
				if d, _ := o.(Dict); err != nil || d["Type"] == Name("Annot") {
					t.Errorf("object %d: annotation came along, or error %v", r.Num, err)
				}
			}
		})
	}
}

// drawn gives the picture of all pages inside their crop boxes, without
// annotations.
func drawn(t *testing.T, path string) []byte {
	t.Helper()
	dir := t.TempDir()
	tool(t, "pdftoppm", "-r", "30", "-cropbox", "-hide-annotations", path, filepath.Join(dir, "p"))
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no pictures; error %v", err)
	}
	slices.Sort(names)
	var all []byte
	for _, n := range names {
		b, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, b...)
	}
	return all
}

func TestUpdateOfSamples(t *testing.T) {
	refused := []string{"objstm.pdf", "linearized-objstm.pdf", "pdfcpu.pdf"}
	for name, b := range samples(t) {
		t.Run(name, func(t *testing.T) {
			f := openBytes(t, b)
			u := NewUpdate(f)
			pages, err := f.Pages()
			if err != nil {
				t.Fatal(err)
			}
			pages[0].Dict["Rotate"] = int64(90)
			note := u.Alloc()
			err = errors.Join(u.Put(pages[0].Ref, pages[0].Dict), u.Put(note, Dict{"Note": Text("示例数据"), "Room": Verbatim("<0000>")}))
			if err != nil {
				t.Fatal(err)
			}
			out := bytes.NewBuffer(bytes.Clone(b))
			n, offsets, err := u.AppendTo(out)
			if slices.Contains(refused, name) {
				if !errors.Is(err, ErrNotAppendable) {
					t.Errorf("error %v, want ErrNotAppendable", err)
				}
				return
			}
			if err != nil || int(n) != out.Len()-len(b) {
				t.Fatalf("appended %d of %d bytes; error %v", n, out.Len()-len(b), err)
			}
			checkUpdate(t, out.Bytes(), note, offsets)
			ends, err := openBytes(t, out.Bytes()).Revisions()
			if len(ends) < 2 || ends[len(ends)-1] != int64(out.Len()) || ends[len(ends)-2] != int64(len(b)) {
				t.Errorf("revisions end at %v, want %d and %d; error %v", ends, len(b), out.Len(), err)
			}
		})
	}
}

func checkUpdate(t *testing.T, out []byte, note Ref, offsets map[Ref]int64) {
	t.Helper()
	tool(t, "qpdf", "--check", save(t, out))
	head := []byte(string(appendRef(nil, note)))
	if !bytes.HasPrefix(out[offsets[note]:], head[:len(head)-1]) {
		t.Errorf("offset %d of the new object leads to %q", offsets[note], out[offsets[note]:][:10])
	}
	f := openBytes(t, out)
	o, err := f.Object(note)
	if d, _ := o.(Dict); err != nil || d["Note"].(String).Text() != "示例数据" {
		t.Errorf("the new object is %v; error %v", o, err)
	}
	pages, err := f.Pages()
	if err != nil || pages[0].Rotate != 90 {
		t.Errorf("the page was not turned; error %v", err)
	}
	id, _ := f.Trailer()["ID"].(Array)
	if len(id) != 2 {
		t.Error("the update has no /ID")
	}
}

func TestEncryptedAndForeignFilesAreNamed(t *testing.T) {
	b, err := os.ReadFile("testdata/encrypted.pdf")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(bytes.NewReader(b), int64(len(b))); !errors.Is(err, ErrEncrypted) {
		t.Errorf("encrypted file: %v", err)
	}
	for _, s := range []string{"", "%PD", "PK\x03\x04 not a PDF at all"} {
		if _, err := Open(strings.NewReader(s), int64(len(s))); !errors.Is(err, ErrNotPDF) {
			t.Errorf("%q: %v", s, err)
		}
	}
	var syntax *SyntaxError
	if _, err := Open(strings.NewReader("%PDF-1.7\n"), 9); !errors.As(err, &syntax) {
		t.Errorf("header alone: %v", err)
	}
}

func TestDamagedCrossReferenceIsRebuilt(t *testing.T) {
	for name, b := range samples(t) {
		i := bytes.LastIndex(b, []byte("startxref"))
		cut := append(bytes.Clone(b[:i]), "startxref\n7\n%%EOF\n"...)
		f := openBytes(t, cut)
		if !f.Rebuilt() {
			t.Errorf("%s: not rebuilt", name)
		}
		pages, err := f.Pages()
		if err != nil || len(pages) < 2 {
			t.Errorf("%s: %d pages after rebuilding; error %v", name, len(pages), err)
		}
		junk := append([]byte("HTTP/1.1 200 OK\r\n\r\n"), b...)
		g := openBytes(t, junk)
		if pages, err := g.Pages(); err != nil || len(pages) < 2 || g.Rebuilt() {
			t.Errorf("%s: junk before the header: %d pages, error %v, rebuilt %v", name, len(pages), err, g.Rebuilt())
		}
	}
}
