package volume_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	_ "image/png"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/assets"
	"mingpin/report"
	"mingpin/report/pdf"
	"mingpin/report/pdf/object"
	"mingpin/report/volume"
)

// folder holds evidence in memory, by digest.
type folder map[string][]byte

type memory struct{ *bytes.Reader }

func (memory) Close() error { return nil }

func (f folder) OpenEvidence(digest string) (volume.File, int64, error) {
	data, ok := f[digest]
	if !ok {
		return nil, 0, fs.ErrNotExist
	}
	return memory{bytes.NewReader(data)}, int64(len(data)), nil
}

// record adds a file and gives its record.
func (f folder) record(name string, data []byte) assess.Evidence {
	sum := sha256.Sum256(data)
	e := assess.Evidence{
		ID: fmt.Sprintf("e%03d", len(f)), Digest: hex.EncodeToString(sum[:]), Size: int64(len(data)),
		Name: name, Title: "佐证" + name, Media: mediaOf(name),
	}
	f[e.Digest] = data
	return e
}

func mediaOf(name string) string {
	switch filepath.Ext(name) {
	case ".pdf":
		return "application/pdf"
	case ".jpg":
		return "image/jpeg"
	case ".png":
		return "image/png"
	}
	return "application/octet-stream"
}

func pack(t testing.TB) *programme.Pack {
	t.Helper()
	reg, err := programme.LoadConcepts(assets.Concepts())
	if err != nil {
		t.Fatal(err)
	}
	p, err := programme.Load(assets.Programmes(), "tianfu-mingpin/2025.12", reg)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// application is one in which nothing but evidence was entered.
func application(t testing.TB, records ...assess.Evidence) report.Input {
	t.Helper()
	p := pack(t)
	in, err := volume.Input(p, assess.Snapshot{
		Format: assess.SnapshotFormat, Locale: "zh-CN", Date: "2026-11-16",
		Pack:        assess.PackRef{ID: p.ID, Version: p.Version, Digest: p.Digest()},
		Client:      assess.Client{ID: "c", Name: "示例有限公司", Code: "91510100MAEXAMP01X"},
		Application: assess.Application{ID: "a", Programme: p.ID, Version: p.Version, Track: p.Tracks[0].ID, Object: "product", ProductName: "示例产品"},
		Evidence:    records,
		Signers:     []assess.Signer{{Application: "a", Role: "legal-representative", Name: "张示例"}},
	}.Normal())
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// A bound volume with where it lies on disk.
type bound struct {
	pdf.Result
	data []byte
	path string

	pages []string          // their texts, once read
	read  map[string]string // their values, once read
}

func build(t testing.TB, in report.Input, files volume.Files) *bound {
	t.Helper()
	var b bytes.Buffer
	r, err := volume.Build(context.Background(), &b, in, files, nil)
	if err != nil {
		t.Fatal(err)
	}
	return &bound{Result: r, data: b.Bytes(), path: save(t, b.Bytes())}
}

func save(t testing.TB, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "out.pdf")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// pageOf is the page on which a page of evidence came to lie.
func (b *bound) pageOf(t testing.TB, id string, page int) int {
	t.Helper()
	for _, f := range b.Frames {
		if f.ID == fmt.Sprintf("%s#%d", id, page) {
			return f.Page
		}
	}
	t.Fatalf("page %d of %s is not bound", page+1, id)
	return 0
}

// tool runs a foreign program and gives what it prints. Where it is missing the
// test is skipped, except under CI, which installs all.
func tool(t testing.TB, name string, args ...string) []byte {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed", name)
		}
		t.Skipf("%s is not installed; this check needs it", name)
	}
	var problems bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %v: %v\n%s%s", name, args, err, out, problems.Bytes())
	}
	return out
}

func (b *bound) file(t testing.TB) *object.File {
	t.Helper()
	f, err := object.Open(bytes.NewReader(b.data), int64(len(b.data)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// values are the marked values of the volume.
func (b *bound) values(t testing.TB) map[string]string {
	t.Helper()
	if b.read == nil {
		var err error
		if b.read, err = pdf.Values(b.file(t)); err != nil {
			t.Fatal(err)
		}
	}
	return b.read
}

// texts are the texts of the pages.
func (b *bound) texts(t testing.TB) []string {
	t.Helper()
	if b.pages == nil {
		all := strings.Split(string(tool(t, "pdftotext", "-layout", b.path, "-")), "\f")
		b.pages = all[:len(all)-1]
	}
	return b.pages
}

// picture is a page as poppler draws it.
func (b *bound) picture(t testing.TB, page int) image.Image {
	t.Helper()
	n := fmt.Sprint(page)
	out := tool(t, "pdftoppm", "-png", "-r", "36", "-f", n, "-l", n, b.path)
	img, _, err := image.Decode(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	return img
}
