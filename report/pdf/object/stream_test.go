package object

import (
	"bytes"
	"compress/lzw"
	"crypto/sha256"
	"encoding/ascii85"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"testing"
)

func TestFilters(t *testing.T) {
	plain := []byte("Sample data, sample data, sample data: 示例数据")
	deflated, _ := io.ReadAll(first(Deflate(Dict{}, plain).Raw()))
	var a85 bytes.Buffer
	e := ascii85.NewEncoder(&a85)
	_, _ = e.Write(deflated)
	_ = e.Close()
	hex := Name("ASCIIHexDecode")
	cases := []struct {
		sentence string
		dict     Dict
		data     []byte
		want     string
	}{
		{"none", Dict{}, plain, string(plain)},
		{"Flate", Dict{"Filter": Name("FlateDecode")}, deflated, string(plain)},
		{"Flate without check sum", Dict{"Filter": Name("FlateDecode")}, deflated[:len(deflated)-4], string(plain)},
		{"ASCII85 of Flate", Dict{"Filter": Array{Name("ASCII85Decode"), Name("FlateDecode")}}, append(a85.Bytes(), "~>"...), string(plain)},
		{"ASCII85 with z and a short group", Dict{"Filter": Name("ASCII85Decode")}, []byte("z87c UR~>junk"), "\x00\x00\x00\x00Hell"},
		{"ASCIIHex, odd", Dict{"Filter": hex}, []byte("48 65 6C6C 7> 41"), "Hellp"},
		{"RunLength", Dict{"Filter": Name("RunLengthDecode")}, []byte("\x02abc\xFEx\x80zz"), "abcxxx"},
		{"LZW, the example of the standard", Dict{"Filter": Name("LZWDecode")}, []byte{0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01}, "-----A---B"},
		{"PNG: none, sub, up, average, paeth", predicted(15, 1, 8, 3), png(t), "\x01\x02\x03\x01\x03\x06\x02\x05\x09\x02\x05\x0A\x03\x07\x0D"},
		{"TIFF, 8 bits", predicted(2, 1, 8, 3), deflate("\x01\x01\x01\x05\xFF\x02"), "\x01\x02\x03\x05\x04\x06"},
		{"TIFF, 16 bits", predicted(2, 1, 16, 2), deflate("\x00\xFF\x00\x01"), "\x00\xFF\x01\x00"},
		{"TIFF, 4 bits", predicted(2, 1, 4, 4), deflate("\x11\x1F"), "\x12\x32"},
		{"TIFF, 1 bit", predicted(2, 1, 1, 8), deflate("\x81"), "\xFE"},
	}
	for _, c := range cases {
		t.Run(c.sentence, func(t *testing.T) {
			got, err := NewStream(c.dict, c.data).Decode(1 << 10)
			if err != nil || string(got) != c.want {
				t.Errorf("%q, want %q; error %v", got, c.want, err)
			}
			var limit *LimitError
			if _, err := NewStream(c.dict, c.data).Decode(0); !errors.As(err, &limit) {
				t.Errorf("beyond the limit: %v", err)
			}
		})
	}
}

func first(r io.Reader, _ int64) io.Reader { return r }

func deflate(s string) []byte {
	b, _ := io.ReadAll(first(Deflate(nil, []byte(s)).Raw()))
	return b
}

func predicted(kind, colors, bits, columns int) Dict {
	return Dict{"Filter": Name("FlateDecode"), "DecodeParms": Dict{"Predictor": kind, "Colors": colors, "BitsPerComponent": bits, "Columns": columns}}
}

// png gives five rows of three bytes, each with another row filter.
func png(t *testing.T) []byte {
	t.Helper()
	rows := "\x00\x01\x02\x03" + "\x01\x01\x02\x03" + "\x02\x01\x02\x03" + "\x03\x01\x02\x03" + "\x04\x01\x02\x03"
	return deflate(rows)
}

func TestLZWOfManyCodes(t *testing.T) {
	plain := make([]byte, 100_000)
	for i := range plain {
		plain[i] = byte(i * i >> 7)
	}
	// Go's writer grows the width one code later than PDF does by default.
	var b bytes.Buffer
	w := lzw.NewWriter(&b, lzw.MSB, 8)
	_, _ = w.Write(plain)
	_ = w.Close()
	d := Dict{"Filter": Name("LZWDecode"), "DecodeParms": Dict{"EarlyChange": 0}}
	got, err := NewStream(d, b.Bytes()).Decode(1 << 20)
	if err != nil || !bytes.Equal(got, plain) {
		t.Errorf("%d bytes, want %d; error %v", len(got), len(plain), err)
	}
}

func TestLZWOfAForeignWriter(t *testing.T) {
	data, err := os.ReadFile("testdata/noise.lzw")
	if err != nil {
		t.Fatal(err)
	}
	d := predicted(2, 3, 8, 64)
	d["Filter"] = Name("LZWDecode")
	got, err := NewStream(d, data).Decode(1 << 20)
	const want = "bf0dac7f9df8d8e2e7345f2a299546dd2feb7c8c7f02ad35636257d731fef589"
	if sum := fmt.Sprintf("%x", sha256.Sum256(got)); sum != want {
		t.Errorf("%d bytes with SHA-256 %s, want %s; error %v", len(got), sum, want, err)
	}
}

func TestDamagedFiltersAreNamed(t *testing.T) {
	for name, data := range map[Name]string{
		"FlateDecode": "\x78\x9cgarbage", "LZWDecode": "\xff\xff\xff", "ASCII85Decode": "abc\x7f", "ASCIIHexDecode": "4x",
		"RunLengthDecode": "\x05ab", "DCTDecode": "x", "Crypt": "x",
	} {
		var f *FilterError
		if _, err := NewStream(Dict{"Filter": name}, []byte(data)).Decode(1 << 20); !errors.As(err, &f) || f.Filter != name {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDeflateIsDeterministic(t *testing.T) {
	d := Dict{"K": int64(1)}
	a, b := Deflate(d, []byte("示例数据")), Deflate(d, []byte("示例数据"))
	x, _ := io.ReadAll(first(a.Raw()))
	y, _ := io.ReadAll(first(b.Raw()))
	if !bytes.Equal(x, y) || len(d) != 1 || a.Dict["K"] != Object(int64(1)) {
		t.Error("equal data, other bytes; or the caller's dictionary was changed")
	}
}

// bigFile is a PDF whose object 4 is a picture of 50 MB that exists nowhere:
// its bytes are made as they are read.
type bigFile struct {
	head, tail []byte
	n          int64
	largest    int
}

func (b *bigFile) size() int64 { return int64(len(b.head)) + b.n + int64(len(b.tail)) }

func (b *bigFile) ReadAt(p []byte, off int64) (int, error) {
	b.largest = max(b.largest, len(p))
	for i := range p {
		at := off + int64(i)
		switch {
		case at < int64(len(b.head)):
			p[i] = b.head[at]
		case at < int64(len(b.head))+b.n:
			p[i] = byte(at * 31 >> 3)
		case at < b.size():
			p[i] = b.tail[at-int64(len(b.head))-b.n]
		default:
			return i, io.EOF
		}
	}
	return len(p), nil
}

func newBigFile() *bigFile {
	const n = 50_000_000
	whole := pdf("/Root 1 0 R", catalog, tree,
		"<</Type/Page/Parent 2 0 R/Resources<</XObject<</Im 5 0 R>>>>/Contents 4 0 R>>",
		stream("", []byte("/Im Do")),
		"<</Subtype/Image/Width 50000/Height 1000/BitsPerComponent 8/ColorSpace/DeviceGray/Length 50000000>>\nstream\n@\nendstream")
	head, tail, _ := bytes.Cut(whole, []byte("@"))
	// The table stands n-1 bytes further back than pdf thought.
	at := bytes.LastIndex(tail, []byte("startxref\n")) + len("startxref\n")
	start := int64(bytes.LastIndex(tail[:at-10], []byte("xref\n0")) + len(head) + n)
	return &bigFile{head: head, tail: append(bytes.Clone(tail[:at]), Write(Array{start})[1:]...), n: n}
}

func TestBigStreamsAreNotHeld(t *testing.T) {
	src := newBigFile()
	f, err := Open(src, src.size())
	if err != nil || f.Rebuilt() {
		t.Fatalf("error %v, rebuilt %v", err, err == nil)
	}
	pages, err := f.Pages()
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	w := NewWriter(io.Discard)
	if _, err := NewImporter(f, w).Form(pages[0]); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if w.Offset() < src.n {
		t.Errorf("only %d bytes were written", w.Offset())
	}
	if spent := after.TotalAlloc - before.TotalAlloc; spent > 1<<20 || src.largest > 1<<20 {
		t.Errorf("allocated %d bytes, read up to %d at a time", spent, src.largest)
	}
}
