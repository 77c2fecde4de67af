package store_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"mingpin/assess"
	"mingpin/assess/store"
)

func add(t *testing.T, v *store.Vault, meta assess.Evidence, name, content string) (assess.Evidence, bool) {
	t.Helper()
	e, added, err := v.AddEvidence(t.Context(), meta, name, strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return e, added
}

// tree lists the files of a vault that hold evidence or were to.
func tree(t *testing.T, v *store.Vault) []string {
	t.Helper()
	var files []string
	for _, sub := range []string{"objects", "tmp"} {
		err := filepath.WalkDir(filepath.Join(v.Dir(), sub), func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				files = append(files, sub+"/"+d.Name())
			}
			return err
		})
		mustNil(t, err)
	}
	return files
}

func TestEvidenceReadsBackAlike(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	meta := assess.Evidence{Slots: []string{"licence"}, Number: "示例-001", Issued: "2026-01-02", Fields: map[string]string{"a": "1"}}
	e, added := add(t, v, meta, "营业执照 副本.pdf", "%PDF-1.7 示例数据")
	if !added {
		t.Error("a new file was not added")
	}
	sum := sha256.Sum256([]byte("%PDF-1.7 示例数据"))
	want := meta
	want.ID, want.Digest, want.Size = e.ID, hex.EncodeToString(sum[:]), 21
	want.Name, want.Title, want.Media = "营业执照 副本.pdf", "营业执照 副本", "application/pdf"
	if d := cmp.Diff(want, e); d != "" {
		t.Error(d)
	}
	stored, err := store.One[assess.Evidence](t.Context(), v, e.ID)
	mustNil(t, err)
	if d := cmp.Diff(want, stored); d != "" {
		t.Error(d)
	}
	f, err := v.OpenEvidence(t.Context(), e.Digest)
	mustNil(t, err)
	defer f.Close()
	if got, _ := io.ReadAll(f); string(got) != "%PDF-1.7 示例数据" {
		t.Errorf("content = %q", got)
	}
	for _, digest := range []string{strings.Repeat("0", 64), "../../vault.db", ""} {
		if _, err := v.OpenEvidence(t.Context(), digest); faultKey(err) != "fault.evidence_missing" {
			t.Errorf("open %q: %v", digest, err)
		}
	}
}

func TestSameFileIsKeptOnce(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	first, _ := add(t, v, assess.Evidence{}, "a.txt", "示例")
	ops := len(history(t, v, store.Filter{}))

	again, added := add(t, v, assess.Evidence{Number: "other"}, "b.txt", "示例")
	if added || !cmp.Equal(first, again) || len(history(t, v, store.Filter{})) != ops {
		t.Errorf("the same file without an id: added = %v, record = %+v", added, again)
	}
	second, added := add(t, v, assess.Evidence{ID: "own-id"}, "b.txt", "示例")
	if added || second.ID != "own-id" || second.Name != "b.txt" {
		t.Errorf("the same file with an id of its own: added = %v, record = %+v", added, second)
	}
	if got := tree(t, v); len(got) != 1 {
		t.Errorf("files = %v", got)
	}
	_, _, err := v.AddEvidence(t.Context(), assess.Evidence{ID: "own-id"}, "c.txt", strings.NewReader("另一个"))
	if faultKey(err) != "fault.evidence_id_taken" {
		t.Errorf("another file under an id that is taken: %v", err)
	}
	if got := tree(t, v); len(got) != 1 {
		t.Errorf("the refused file was left: %v", got)
	}
}

// cutting truncates the file it reads after the first piece.
type cutting struct{ *os.File }

func (c cutting) Read(p []byte) (int, error) {
	n, err := c.File.Read(p[:10])
	return n, errors.Join(err, os.Truncate(c.Name(), 10))
}

// vanishing removes the file it reads.
type vanishing struct{ *os.File }

func (c vanishing) Read(p []byte) (int, error) {
	_ = os.Remove(c.Name())
	return c.File.Read(p)
}

func TestFileThatCannotBeTakenLeavesTheVaultAsItWas(t *testing.T) {
	t.Parallel()
	file := func(t *testing.T) *os.File {
		t.Helper()
		path := filepath.Join(t.TempDir(), "报告.pdf")
		mustNil(t, os.WriteFile(path, bytes.Repeat([]byte("%PDF-1.7 示例 "), 100), 0o600))
		f, err := os.Open(path)
		mustNil(t, err)
		t.Cleanup(func() { _ = f.Close() })
		return f
	}
	folder := func(t *testing.T) io.Reader {
		f, err := os.Open(t.TempDir())
		mustNil(t, err)
		t.Cleanup(func() { _ = f.Close() })
		return f
	}
	for name, tt := range map[string]struct {
		r    func(t *testing.T) io.Reader
		want string
		kind assess.Kind
	}{
		"no byte":       {func(*testing.T) io.Reader { return strings.NewReader("") }, "fault.evidence_empty", assess.Invalid},
		"fails at once": {func(*testing.T) io.Reader { return iotest.ErrReader(fs.ErrPermission) }, "fault.evidence_unreadable", assess.Refused},
		"fails midway": {func(*testing.T) io.Reader {
			return io.MultiReader(strings.NewReader("%PDF"), iotest.ErrReader(io.ErrUnexpectedEOF))
		}, "fault.evidence_unreadable", assess.Damaged},
		"cut while read":         {func(t *testing.T) io.Reader { return cutting{file(t)} }, "fault.evidence_changed", assess.Conflict},
		"vanishes while read":    {func(t *testing.T) io.Reader { return vanishing{file(t)} }, "fault.evidence_unreadable", assess.Missing},
		"is a folder":            {folder, "fault.evidence_unreadable", assess.Damaged},
		"a control in its id":    {func(*testing.T) io.Reader { return strings.NewReader("x") }, "fault.bad_id", assess.Invalid},
		"the user breaks it off": {func(*testing.T) io.Reader { return iotest.ErrReader(context.Canceled) }, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			v := newVault(t)
			before, ops := tree(t, v), len(history(t, v, store.Filter{}))
			meta := assess.Evidence{}
			if tt.want == "fault.bad_id" {
				meta.ID = "a\x00b"
			}
			_, added, err := v.AddEvidence(t.Context(), meta, "报告.pdf", tt.r(t))
			if err == nil || added || faultKey(err) != tt.want || assess.KindOf(err) != tt.kind {
				t.Errorf("added = %v, err = %v, want %s %q", added, err, tt.kind, tt.want)
			}
			var f *assess.Fault
			if errors.As(err, &f) && f.Key != "fault.bad_id" && f.Args["File"] != "报告.pdf" {
				t.Errorf("the fault does not name the file: %v", f.Args)
			}
			if d := cmp.Diff(before, tree(t, v)); d != "" {
				t.Error(d)
			}
			if got := len(history(t, v, store.Filter{})); got != ops {
				t.Errorf("%d ops were written", got-ops)
			}
		})
	}
}

func TestPathsThatAreNoFilesAreNamed(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	for name, tt := range map[string]struct {
		path string
		want assess.Kind
	}{
		"nothing":  {filepath.Join(t.TempDir(), "没有.pdf"), assess.Missing},
		"a folder": {t.TempDir(), assess.Damaged},
		"a device": {os.DevNull, assess.Damaged},
	} {
		_, _, err := v.AddEvidenceFile(t.Context(), assess.Evidence{}, tt.path, nil)
		if faultKey(err) != "fault.evidence_unreadable" || assess.KindOf(err) != tt.want {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
	path := filepath.Join(t.TempDir(), "好.txt")
	mustNil(t, os.WriteFile(path, []byte("示例"), 0o600))
	if e, added, err := v.AddEvidenceFile(t.Context(), assess.Evidence{}, path, nil); err != nil || !added || e.Name != "好.txt" {
		t.Errorf("a file: %+v, %v, %v", e, added, err)
	}
}

func zipped(t *testing.T, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, n := range names {
		f, err := w.Create(n)
		mustNil(t, err)
		_, err = f.Write([]byte("示例"))
		mustNil(t, err)
	}
	mustNil(t, w.Close())
	return b.String()
}

func TestTypeIsToldByContent(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	const office = "application/vnd.openxmlformats-officedocument."
	for name, tt := range map[string]struct{ content, want string }{
		"pdf":                             {"%PDF-1.4\n", "application/pdf"},
		"pdf behind a line":               {"\xef\xbb\xbf\n%PDF-1.4\n", "application/pdf"},
		"jpeg":                            {"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"},
		"png":                             {"\x89PNG\r\n\x1a\n\x00", "image/png"},
		"webp":                            {"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"},
		"xlsx":                            {zipped(t, "[Content_Types].xml", "xl/workbook.xml"), office + "spreadsheetml.sheet"},
		"docx":                            {zipped(t, "[Content_Types].xml", "word/document.xml"), office + "wordprocessingml.document"},
		"ofd":                             {zipped(t, "OFD.xml", "Doc_0/Document.xml"), "application/ofd"},
		"zip":                             {zipped(t, "a.txt"), "application/zip"},
		"the beginning of a zip only":     {"PK\x03\x04" + strings.Repeat("x", 100), "application/zip"},
		"a zip whose directory is no one": {"PK\x03\x04PK\x05\x06" + strings.Repeat("\xff", 18), "application/zip"},
		"old word":                        {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "application/x-cfb"},
		"chinese text":                    {"检验报告，示例数据\n", "text/plain"},
		"chinese text of old":             {"\xbc\xec\xd1\xe9\xb1\xa8\xb8\xe6\xca\xbe\xc0\xfd", "text/plain; charset=gb18030"},
		"markup":                          {"<!DOCTYPE html><html>", "text/html"},
		"anything else":                   {"\x00\x01\x02", "application/octet-stream"},
	} {
		t.Run(name, func(t *testing.T) {
			e, _ := add(t, v, assess.Evidence{}, "名字不说明.pdf", tt.content)
			if e.Media != tt.want {
				t.Errorf("media = %s, want %s", e.Media, tt.want)
			}
		})
	}
}

func TestDamagedEvidenceIsNamed(t *testing.T) {
	t.Parallel()
	v := newVault(t)
	add(t, v, assess.Evidence{ID: "whole"}, "a.txt", "甲")
	altered, _ := add(t, v, assess.Evidence{ID: "altered"}, "b.txt", "乙")
	lost, _ := add(t, v, assess.Evidence{ID: "lost"}, "c.txt", "丙")
	gone, _ := add(t, v, assess.Evidence{ID: "gone"}, "d.txt", "丁")
	mustNil(t, v.Delete(t.Context(), gone))
	path := func(e assess.Evidence) string {
		return filepath.Join(v.Dir(), "objects", "sha256", e.Digest[:2], e.Digest)
	}
	mustNil(t, os.Chmod(path(altered), 0o600))
	mustNil(t, os.WriteFile(path(altered), []byte("假"), 0o600))
	mustNil(t, os.Remove(path(lost)))
	mustNil(t, os.WriteFile(filepath.Join(v.Dir(), "objects", "stray"), []byte("x"), 0o600))

	var last, total int64
	damages, err := v.VerifyEvidence(t.Context(), func(done, all int64) { last, total = done, all })
	mustNil(t, err)
	got := map[string]string{}
	for _, d := range damages {
		got[string(d.Kind)+" "+d.Digest] = strings.Join(d.IDs, " ") + "/" + strings.Join(d.Names, " ")
	}
	want := map[string]string{
		"altered " + altered.Digest: "altered/b.txt", "missing " + lost.Digest: "lost/c.txt", "orphan stray": "/",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if last != total || total == 0 {
		t.Errorf("progress ended at %d of %d", last, total)
	}

	if n, err := v.Sweep(t.Context()); n != 1 || err != nil {
		t.Errorf("swept %d, %v; a file of the past must stay", n, err)
	}
	for _, e := range []assess.Evidence{altered, lost} { // adding the file again mends it
		add(t, v, assess.Evidence{}, e.Name, map[string]string{"altered": "乙", "lost": "丙"}[e.ID])
	}
	if _, err := v.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if damages, err := v.VerifyEvidence(t.Context(), nil); err != nil || len(damages) != 0 {
		t.Errorf("after mending: %+v, %v", damages, err)
	}
}

// zeros gives n bytes without holding them.
type zeros struct{ n int64 }

func (z *zeros) Read(p []byte) (int, error) {
	n := min(int64(len(p)), z.n)
	z.n -= n
	clear(p[:n])
	if n == 0 {
		return 0, io.EOF
	}
	return int(n), nil
}

func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	const size = 256 << 20
	v := newVault(t)
	add(t, v, assess.Evidence{}, "first.txt", "示例") // fills the pools
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	e, _, err := v.AddEvidence(t.Context(), assess.Evidence{}, "大.bin", &zeros{size})
	mustNil(t, err)
	runtime.ReadMemStats(&after)
	if e.Size != size {
		t.Errorf("size = %d", e.Size)
	}
	const most = 4 << 20
	if used := after.TotalAlloc - before.TotalAlloc; used > most {
		t.Errorf("%d bytes were allocated for a file of %d", used, size)
	}
}
