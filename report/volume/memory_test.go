package volume_test

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"mingpin/assess"
	"mingpin/report/pdf/object"
	"mingpin/report/volume"
)

// disk is a directory of files named by their digest.
type disk string

func (d disk) OpenEvidence(digest string) (volume.File, int64, error) {
	f, err := os.Open(filepath.Join(string(d), digest))
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	return f, info.Size(), err
}

// record writes a large file to the disk under a made-up digest.
func (d disk) record(t *testing.T, name string, write func(w io.Writer)) assess.Evidence {
	t.Helper()
	sum := sha256.Sum256([]byte(name))
	digest := hex.EncodeToString(sum[:])
	f, err := os.Create(filepath.Join(string(d), digest))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	write(f)
	return assess.Evidence{ID: name[:1], Digest: digest, Name: name, Title: name, Media: mediaOf(name)}
}

const large = 60 << 20

// largeJPEG carries its weight in comments before the picture.
func largeJPEG(t *testing.T) func(io.Writer) {
	plain := encodeJPEG(t, newGrey())
	comment := append([]byte{0xFF, 0xFE}, binary.BigEndian.AppendUint16(nil, 0xFFFF)...)
	comment = append(comment, make([]byte, 0xFFFF-2)...)
	return func(w io.Writer) {
		must(t, w, plain[:2])
		for range large / len(comment) {
			must(t, w, comment)
		}
		must(t, w, plain[2:])
	}
}

// largePDF shows one uncompressed image.
func largePDF(t *testing.T) func(io.Writer) {
	return func(to io.Writer) {
		w := object.NewWriter(to)
		tree, page, content, img, root := w.Alloc(), w.Alloc(), w.Alloc(), w.Alloc(), w.Alloc()
		const width, height = 4096, large / 4096
		err := w.PutStream(img, object.Dict{
			"Type": object.Name("XObject"), "Subtype": object.Name("Image"), "Width": width, "Height": height,
			"ColorSpace": object.Name("DeviceGray"), "BitsPerComponent": 8,
		}, io.LimitReader(zeros{}, large), large)
		for at, o := range map[object.Ref]object.Object{
			tree:    object.Dict{"Type": object.Name("Pages"), "Kids": object.Array{page}, "Count": 1},
			page:    object.Dict{"Type": object.Name("Page"), "Parent": tree, "MediaBox": object.Array{0, 0, 595, 842}, "Contents": content, "Resources": object.Dict{"XObject": object.Dict{"I": img}}},
			content: object.Deflate(object.Dict{}, []byte("500 0 0 700 40 40 cm /I Do")),
			root:    object.Dict{"Type": object.Name("Catalog"), "Pages": tree},
		} {
			if err == nil {
				err = w.Put(at, o)
			}
		}
		if err == nil {
			err = w.Close(object.Dict{"Root": root})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

func must(t *testing.T, w io.Writer, b []byte) {
	t.Helper()
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
}

// A heapMeter counts what is written and looks at the live heap now and then.
type heapMeter struct {
	written, next int64
	most          uint64
}

func (m *heapMeter) Write(b []byte) (int, error) {
	m.written += int64(len(b))
	if m.written >= m.next {
		m.next += 16 << 20
		var s runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&s)
		m.most = max(m.most, s.HeapAlloc)
	}
	return len(b), nil
}

func TestLargeEvidenceIsNeverHeldInMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 120 MB; left out of short runs")
	}
	files := disk(t.TempDir())
	records := []assess.Evidence{files.record(t, "a.jpg", largeJPEG(t)), files.record(t, "b.pdf", largePDF(t))}
	var m heapMeter
	if _, err := volume.Build(t.Context(), &m, application(t, records...), files, nil); err != nil {
		t.Fatal(err)
	}
	if m.written < 2*large {
		t.Fatalf("only %d bytes are bound", m.written)
	}
	if m.most > 64<<20 {
		t.Errorf("the live heap reached %d MB, want at most 64", m.most>>20)
	}
	t.Logf("live heap at most %d MB for %d MB bound", m.most>>20, m.written>>20)
}
