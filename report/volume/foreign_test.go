package volume_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingpin/assess"
	"mingpin/report/pdf/object"
)

// A sheet is a page of a PDF by other hands: what it draws and what its
// dictionary says.
type sheet struct {
	draw string
	dict object.Dict
}

// foreign writes a PDF with these pages; catalog is added to its catalog.
func foreign(t testing.TB, catalog object.Dict, sheets ...sheet) []byte {
	t.Helper()
	var b bytes.Buffer
	w := object.NewWriter(&b)
	add := func(o object.Object) object.Ref {
		r, err := w.Add(o)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	font := add(object.Dict{"Type": object.Name("Font"), "Subtype": object.Name("Type1"), "BaseFont": object.Name("Helvetica")})
	tree := w.Alloc()
	var kids object.Array
	for _, s := range sheets {
		d := object.Dict{
			"Type": object.Name("Page"), "Parent": tree, "MediaBox": object.Array{0, 0, 595, 842},
			"Resources": object.Dict{"Font": object.Dict{"F": font}},
			"Contents":  add(object.Deflate(object.Dict{}, []byte(s.draw))),
		}
		for k, v := range s.dict {
			d[k] = v
		}
		kids = append(kids, add(d))
	}
	if err := w.Put(tree, object.Dict{"Type": object.Name("Pages"), "Kids": kids, "Count": len(kids)}); err != nil {
		t.Fatal(err)
	}
	root := object.Dict{"Type": object.Name("Catalog"), "Pages": tree}
	for k, v := range catalog {
		root[k] = v
	}
	if err := w.Close(object.Dict{"Root": add(root)}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func say(text string) string { return fmt.Sprintf("BT /F 20 Tf 80 120 Td (%s) Tj ET", text) }

func TestPagesOfAPDFStandInTheVolumeWithTheirText(t *testing.T) {
	wide := object.Array{0, 0, 842, 595}
	data := foreign(t, nil,
		sheet{say("upright"), nil},
		sheet{say("landscape"), object.Dict{"MediaBox": wide}},
		sheet{say("turned"), object.Dict{"Rotate": 90}},
		sheet{say("turned back"), object.Dict{"MediaBox": wide, "Rotate": 270}},
		sheet{say("cropped") + " 1 0 0 rg 80 310 200 200 re f", object.Dict{"CropBox": object.Array{50, 100, 500, 300}}},
	)
	files := folder{}
	e := files.record("five.pdf", data)
	v := build(t, application(t, e), files)
	texts := v.texts(t)
	for n, want := range []struct {
		text      string
		landscape bool
	}{{"upright", false}, {"landscape", true}, {"turned", true}, {"turned back", false}, {"cropped", true}} {
		page := v.pageOf(t, e.ID, n)
		text := texts[page-1]
		if !strings.Contains(text, want.text) || !strings.Contains(text, e.Title) {
			t.Errorf("page %d lacks %q or its caption:\n%s", page, want.text, text)
		}
		if size := v.picture(t, page).Bounds(); (size.Dx() > size.Dy()) != want.landscape {
			t.Errorf("page %q is %v, want landscape %t", want.text, size, want.landscape)
		}
	}
	if shows(v.picture(t, v.pageOf(t, e.ID, 4)), red) {
		t.Error("what was cropped away is shown")
	}
}

// shows says whether a page holds a colour.
func shows(page image.Image, c color.RGBA) bool {
	for y := range page.Bounds().Dy() {
		for x := range page.Bounds().Dx() {
			if near(color.RGBAModel.Convert(page.At(x, y)).(color.RGBA), c) {
				return true
			}
		}
	}
	return false
}

func TestLayersThatAPDFHidesStayHidden(t *testing.T) {
	off, on := object.Dict{"Type": object.Name("OCG"), "Name": object.Text("off")}, object.Dict{"Type": object.Name("OCG"), "Name": object.Text("on")}
	data := layered(t, off, on)
	files := folder{}
	e := files.record("layers.pdf", data)
	v := build(t, application(t, e), files)
	page := v.picture(t, v.pageOf(t, e.ID, 0))
	if shows(page, red) {
		t.Error("a hidden layer is shown")
	}
	if !shows(page, green) {
		t.Error("a layer that is not hidden is not shown")
	}
}

// layered draws a red square on the layer off and a green one on the layer on.
func layered(t testing.TB, off, on object.Dict) []byte {
	t.Helper()
	draw := "/OC /Off BDC 1 0 0 rg 100 500 200 200 re f EMC /OC /On BDC 0 1 0 rg 100 200 200 200 re f EMC"
	var b bytes.Buffer
	w := object.NewWriter(&b)
	tree, page, content, offRef, onRef, root := w.Alloc(), w.Alloc(), w.Alloc(), w.Alloc(), w.Alloc(), w.Alloc()
	properties := object.Dict{"Properties": object.Dict{"Off": offRef, "On": onRef}}
	for _, o := range []struct {
		at object.Ref
		o  object.Object
	}{
		{tree, object.Dict{"Type": object.Name("Pages"), "Kids": object.Array{page}, "Count": 1}},
		{page, object.Dict{"Type": object.Name("Page"), "Parent": tree, "MediaBox": object.Array{0, 0, 595, 842}, "Contents": content, "Resources": properties}},
		{content, object.Deflate(object.Dict{}, []byte(draw))},
		{offRef, off},
		{onRef, on},
		{root, object.Dict{"Type": object.Name("Catalog"), "Pages": tree, "OCProperties": object.Dict{
			"OCGs": object.Array{offRef, onRef}, "D": object.Dict{"OFF": object.Array{offRef}},
		}}},
	} {
		if err := w.Put(o.at, o.o); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(object.Dict{"Root": root}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPDFsOfNewerFormsAndEncryptedOnes(t *testing.T) {
	plain := foreign(t, nil, sheet{say("streams"), nil})
	files := folder{}
	packed := files.record("packed.pdf", qpdf(t, plain, "--object-streams=generate"))
	closed := files.record("closed.pdf", qpdf(t, plain, "--encrypt", "", "owner", "256", "--"))
	if !bytes.Contains(files[packed.Digest], []byte("/XRef")) || !bytes.Contains(files[closed.Digest], []byte("/Encrypt")) {
		t.Fatal("qpdf has not written what it should")
	}
	v := build(t, application(t, packed, closed), files)
	texts := v.texts(t)
	if text := texts[v.pageOf(t, packed.ID, 0)-1]; !strings.Contains(text, "streams") {
		t.Errorf("the page of a file with object streams lacks its text:\n%s", text)
	}
	indexPage(t, v, closed, "PDF 文件已加密")
}

func qpdf(t testing.TB, data []byte, args ...string) []byte {
	t.Helper()
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.pdf"), filepath.Join(dir, "out.pdf")
	if err := os.WriteFile(in, data, 0o600); err != nil {
		t.Fatal(err)
	}
	tool(t, "qpdf", append(args, in, out)...)
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// indexPage looks for the page that stands for a file: it gives name and
// reason, and the digest can be read back.
func indexPage(t testing.TB, v *bound, e assess.Evidence, why string) {
	t.Helper()
	if got := v.values(t)["evidence."+e.ID+".digest"]; got != e.Digest {
		t.Errorf("the digest of %s reads %q", e.Name, got)
	}
	for _, text := range v.texts(t) {
		if strings.Contains(text, why) && strings.Contains(text, e.Name) {
			return
		}
	}
	t.Errorf("no index page names %s and %q", e.Name, why)
}

func TestFilesWithoutPagesGetAnIndexPage(t *testing.T) {
	files := folder{}
	huge := encodePNG(t, quarters(newGrey()))
	copy(huge[16:], "\x00\x01\x86\xa0\x00\x01\x86\xa0") // 100,000 × 100,000
	sealPNG(huge)
	wide := encodeJPEG(t, quarters(newGrey()))
	at := bytes.Index(wide, []byte{0xFF, 0xC0})
	copy(wide[at+5:], "\xff\xdc\xff\xdc") // 65,500 × 65,500
	pages := make([]sheet, 2001)
	cases := []struct {
		record assess.Evidence
		why    string
	}{
		{files.record("表.xlsx", []byte("PK\x03\x04 sheet")), "该格式不能直接影印"},
		{files.record("文.docx", []byte("PK\x03\x04 text")), "该格式不能直接影印"},
		{files.record("huge.png", huge), "图像过大"},
		{files.record("wide.jpg", wide), "图像过大"},
		{files.record("long.pdf", foreign(t, nil, pages...)), "页数过多"},
		{files.record("empty.pdf", nil), "文件损坏，无法读取"},
		{files.record("empty.jpg", []byte("x")), "文件损坏，无法读取"},
		{files.record("other.png", encodeJPEG(t, quarters(newGrey()))), "文件损坏，无法读取"},
		{files.record("none.pdf", foreign(t, nil)), "文件损坏，无法读取"},
	}
	var records []assess.Evidence
	for _, c := range cases {
		records = append(records, c.record)
	}
	v := build(t, application(t, records...), files)
	if len(v.Frames) != 0 {
		t.Errorf("%d pages are bound, want index pages only", len(v.Frames))
	}
	for _, c := range cases {
		indexPage(t, v, c.record, c.why)
	}
}
