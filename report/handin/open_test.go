package handin_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"mingpin/report/handin"
	"mingpin/report/sign"
)

// container writes a package whose records are stubs: enough for everything
// that is checked before content.
func container(t testing.TB) []byte {
	t.Helper()
	dir := t.TempDir()
	id, err := sign.NewIdentity("示例", "示例数据", time.Now(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	vol := filepath.Join(dir, "volume.pdf")
	if err := os.WriteFile(vol, []byte("%PDF-1.7\n%%EOF\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "p.asice")
	c := handin.Contents{Volume: vol, Snapshot: []byte("{}"), Pack: []byte("{}"), Modified: time.Now()}
	if err := handin.Write(context.Background(), out, c, id, nil); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// An entry of a package made by other hands.
type made struct {
	name   string
	data   string
	method uint16
}

var parts = []made{
	{"mimetype", handin.MediaType, zip.Store},
	{"volume.pdf", "%PDF-1.7", zip.Store},
	{"snapshot.json", "{}", zip.Store},
	{"pack.json", "{}", zip.Store},
	{"META-INF/ASiCManifest001.xml", "<x/>", zip.Store},
	{"META-INF/signature001.p7s", "x", zip.Store},
}

// zipped writes entries without data descriptors, as handin does.
func zipped(t *testing.T, entries []made) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: e.method}
		h.CompressedSize64, h.UncompressedSize64 = uint64(len(e.data)), uint64(len(e.data))
		out, err := w.CreateRaw(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := out.Write([]byte(e.data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func with(entries []made, more ...made) []made { return append(append([]made{}, entries...), more...) }

func without(name string) []made {
	var out []made
	for _, p := range parts {
		if p.name != name {
			out = append(out, p)
		}
	}
	return out
}

func TestBrokenContainersAreRefusedByName(t *testing.T) {
	bomb := made{"evidence/1-1-00000000.pdf", "x", zip.Deflate}
	for name, tt := range map[string]struct {
		data []byte
		what string
	}{
		"nothing":                  {nil, "not-zip"},
		"no zip at all":            {bytes.Repeat([]byte("x"), 4096), "not-zip"},
		"a path that leads out":    {zipped(t, with(parts, made{"../evil", "x", zip.Store})), "name"},
		"an absolute path":         {zipped(t, with(parts, made{"/etc/passwd", "x", zip.Store})), "name"},
		"a backslash path":         {zipped(t, with(parts, made{`evidence\..\x`, "x", zip.Store})), "name"},
		"a name of its own":        {zipped(t, with(parts, made{"readme.txt", "x", zip.Store})), "name"},
		"upper case":               {zipped(t, with(parts, made{"VOLUME.PDF", "x", zip.Store})), "name"},
		"the same entry twice":     {zipped(t, with(parts, parts[1])), "duplicate"},
		"a compressed entry":       {zipped(t, with(parts, bomb)), "method"},
		"mimetype not first":       {zipped(t, with(without("mimetype"), parts[0])), "layout"},
		"no manifest":              {zipped(t, without("META-INF/ASiCManifest001.xml")), "missing"},
		"no signature":             {zipped(t, without("META-INF/signature001.p7s")), "missing"},
		"no volume":                {zipped(t, without("volume.pdf")), "missing"},
		"another mimetype":         {zipped(t, with([]made{{"mimetype", "application/zip", zip.Store}}, parts[1:]...)), "mimetype"},
		"something after the end":  {append(zipped(t, parts), 'x'), "not-zip"},
		"something before":         {append([]byte("#!/bin/sh\n"), zipped(t, parts)...), "layout"},
		"another name in the file": {rename(zipped(t, parts)), "layout"},
		"a gap between entries":    {gap(zipped(t, parts)), "layout"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := handin.NewReader(bytes.NewReader(tt.data), int64(len(tt.data)))
			var b *handin.BrokenError
			if !errors.As(err, &b) || b.What != tt.what {
				t.Fatalf("NewReader = %v, want %s", err, tt.what)
			}
		})
	}
}

// rename changes a name in the local header only, so that a reader that goes
// by the directory sees another package than one that goes by the entries.
func rename(data []byte) []byte {
	out := bytes.Clone(data)
	copy(out[bytes.Index(out, []byte("volume.pdf")):], "volume.PDF")
	return out
}

// gap hides bytes between the last entry and the directory.
func gap(data []byte) []byte {
	end := bytes.LastIndex(data, []byte("PK\x05\x06"))
	dir := int(binary.LittleEndian.Uint32(data[end+16:]))
	out := append(bytes.Clone(data[:dir]), append([]byte("hidden"), data[dir:]...)...)
	end += len("hidden")
	binary.LittleEndian.PutUint32(out[end+16:], uint32(dir+len("hidden")))
	return out
}

func TestEveryTruncationIsRefused(t *testing.T) {
	data := container(t)
	for n := range len(data) {
		if _, err := handin.NewReader(bytes.NewReader(data[:n]), int64(n)); err == nil {
			t.Fatalf("a package cut off after %d of %d bytes opens", n, len(data))
		}
	}
}

// A flipped bit either breaks the form, or is named by the verification, or
// sits in a field that means nothing (time stamps, versions, checksums that the
// digests replace); then the content is what it was.
func TestEveryFlippedBitIsFoundOrHarmless(t *testing.T) {
	data := container(t)
	want := contents(t, data)
	for i := range data {
		flipped := bytes.Clone(data)
		flipped[i] ^= 1 << (i % 8)
		r, err := handin.NewReader(bytes.NewReader(flipped), int64(len(flipped)))
		if err != nil {
			continue
		}
		report, err := r.Verify(context.Background(), handin.Options{})
		if err != nil || hasProblem(report, "verify.altered_file", "verify.package_signature", "verify.missing_file", "verify.extra_file") {
			continue
		}
		if got := contents(t, flipped); got != want {
			t.Fatalf("bit %d of byte %d changes the content and nothing says so", i%8, i)
		}
	}
}

// contents is everything the signature speaks for. The signature itself has
// fields that mean nothing; it stands while it verifies.
func contents(t *testing.T, data []byte) string {
	t.Helper()
	r, err := handin.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	for _, n := range r.Names() {
		if n == "META-INF/signature001.p7s" {
			continue
		}
		part, err := r.ReadAll(n)
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(n)
		b.Write(part)
	}
	return b.String()
}

func hasProblem(r handin.Report, keys ...string) bool {
	for _, p := range r.Problems {
		for _, k := range keys {
			if p.Key == k {
				return true
			}
		}
	}
	return false
}

func FuzzOpen(f *testing.F) {
	f.Add(container(f))
	f.Fuzz(func(_ *testing.T, data []byte) {
		if r, err := handin.NewReader(bytes.NewReader(data), int64(len(data))); err == nil {
			_, _ = r.Verify(context.Background(), handin.Options{})
		}
	})
}
