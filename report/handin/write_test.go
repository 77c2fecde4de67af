package handin_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mingpin/assess"
	"mingpin/report/handin"
	"mingpin/report/volume"
)

// contentsOf makes what goes into a package that needs no volume of meaning.
func contentsOf(t testing.TB, files volume.Files, items ...handin.Item) handin.Contents {
	t.Helper()
	vol := filepath.Join(t.TempDir(), "volume.pdf")
	if err := os.WriteFile(vol, []byte("%PDF-1.7\n%%EOF\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return handin.Contents{Volume: vol, Snapshot: []byte("{}"), Pack: []byte("{}"), Evidence: items, Files: files, Modified: signedAt}
}

func item(number string, digest string, size int) handin.Item {
	return handin.Item{Name: handin.EvidenceName(number, digest, "a.pdf"), Digest: digest, Media: "application/pdf", Size: int64(size)}
}

// holds lists what is in a folder.
func holds(t testing.TB, dir string) (names []string) {
	t.Helper()
	all, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		names = append(names, e.Name())
	}
	return names
}

// changing gives other files than it did when they were recorded.
type changing struct {
	memory
	now map[string][]byte // nil: gone
}

func (c changing) OpenEvidence(digest string) (volume.File, int64, error) {
	data, changed := c.now[digest]
	switch {
	case !changed:
		return c.memory.OpenEvidence(digest)
	case data == nil:
		return nil, 0, os.ErrNotExist
	}
	return openBytes{bytes.NewReader(data)}, int64(len(data)), nil
}

// short is a file that ends before the size it had when it was opened.
type short struct{ memory }

func (s short) OpenEvidence(digest string) (volume.File, int64, error) {
	f, size, err := s.memory.OpenEvidence(digest)
	return f, size + 7, err
}

func TestEvidenceThatChangesWhilePackedStopsTheWorkAndLeavesNothing(t *testing.T) {
	files := memory{}
	stays, goes := files.add([]byte("stays")), files.add([]byte("as recorded"))
	size := len("as recorded")
	for name, c := range map[string]struct {
		files volume.Files
		size  int
	}{
		"it is gone":          {changing{files, map[string][]byte{goes: nil}}, size},
		"it has other bytes":  {changing{files, map[string][]byte{goes: []byte("is changed!")}}, size},
		"it has grown":        {changing{files, map[string][]byte{goes: []byte("as recorded and more")}}, size},
		"it ends while read":  {short{files}, size + 7},
		"its record is wrong": {files, size + 1},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "p.asice")
			if err := os.WriteFile(path, []byte("an earlier package"), 0o600); err != nil {
				t.Fatal(err)
			}
			items := []handin.Item{item("1-2", goes, c.size)}
			if name != "it ends while read" {
				items = append([]handin.Item{item("1-1", stays, len("stays"))}, items...)
			}
			err := handin.Write(t.Context(), path, contentsOf(t, c.files, items...), selfMade(t, "张示例"), nil)
			var changed *handin.ChangedError
			if !errors.As(err, &changed) || changed.Digest != goes || changed.Name != items[len(items)-1].Name {
				t.Errorf("Write = %v, want an error that names the file", err)
			}
			if got, err := os.ReadFile(path); err != nil || string(got) != "an earlier package" {
				t.Errorf("the earlier package now holds %q (%v)", got, err)
			}
			if left := holds(t, dir); len(left) != 1 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func TestPackingThatIsCancelledLeavesNothing(t *testing.T) {
	files := memory{}
	large := files.add(bytes.Repeat([]byte("示例"), 1<<20))
	ctx, stop := context.WithCancel(t.Context())
	dir := t.TempDir()
	var most int64
	err := handin.Write(ctx, filepath.Join(dir, "p.asice"), contentsOf(t, files, item("1-1", large, 6<<20)), selfMade(t, "张示例"), func(done, total int64) {
		most = max(most, done)
		if done > 2<<20 {
			stop()
		}
	})
	if !errors.Is(err, context.Canceled) || most > 4<<20 {
		t.Errorf("Write = %v after %d bytes, want %v soon after 2 MB", err, most, context.Canceled)
	}
	if left := holds(t, dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestBindingThatFailsLeavesNothing(t *testing.T) {
	j := newJob(t, pack(t))
	cancelled, stop := context.WithCancel(t.Context())
	stop()
	lost := changing{j.files, map[string][]byte{j.in.Snapshot.Evidence[0].Digest: nil}}
	for name, c := range map[string]struct {
		ctx   context.Context
		files volume.Files
		want  string
	}{"cancelled": {cancelled, j.files, "context canceled"}, "a file is gone": {t.Context(), lost, "fault.evidence_lost"}} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if _, err := handin.BuildVolume(c.ctx, filepath.Join(dir, "volume.pdf"), j.in, c.files, nil); err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("BuildVolume = %v, want %s", err, c.want)
			}
			if left := holds(t, dir); len(left) != 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

func TestVerifyingEndsWithItsContext(t *testing.T) {
	g := done(t)
	ctx, stop := context.WithCancel(t.Context())
	r, err := handin.NewReader(bytes.NewReader(g.whole), int64(len(g.whole)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Verify(ctx, handin.Options{Progress: func(int64, int64) { stop() }}); !errors.Is(err, context.Canceled) {
		t.Errorf("Verify = %v, want %v", err, context.Canceled)
	}
}

// A progress that jumps back or never ends would be worse than none.
func TestProgressOnlyGrowsUpToItsEnd(t *testing.T) {
	var done, total int64
	tell := func(d, of int64) {
		if d < done || d > of || total != 0 && of != total {
			t.Errorf("told %d of %d after %d of %d", d, of, done, total)
		}
		done, total = d, of
	}
	files := memory{}
	c := contentsOf(t, files, item("1-1", files.add(bytes.Repeat([]byte("x"), 3<<20)), 3<<20), item("1-2", files.add([]byte("y")), 1))
	path := filepath.Join(t.TempDir(), "p.asice")
	if err := handin.Write(t.Context(), path, c, selfMade(t, "张示例"), tell); err != nil || done != total {
		t.Errorf("writing ended at %d of %d (%v)", done, total, err)
	}
	done, total = 0, 0
	if _, err := handin.Verify(t.Context(), path, handin.Options{Progress: tell}); err != nil || done != total || total < 3<<20 {
		t.Errorf("verifying ended at %d of %d (%v)", done, total, err)
	}
}

func TestTheSameFileRecordedTwiceIsPackedOnce(t *testing.T) {
	g := done(t)
	s := g.in.Snapshot
	again := s.Evidence[0]
	again.ID = "zz-again"
	s.Evidence = append(append([]assess.Evidence{}, s.Evidence...), again)
	in := input(t, g.in.Pack, s.Normal())
	c, err := handin.Collect(in, g.path, g.files, signedAt)
	if err != nil || len(c.Evidence) != len(g.in.Snapshot.Evidence) {
		t.Errorf("%d files are packed (%v), want %d", len(c.Evidence), err, len(g.in.Snapshot.Evidence))
	}
}

func TestEvidenceNamesArePlain(t *testing.T) {
	const digest = "0123456789abcdef"
	for file, want := range map[string]string{
		"报告.PDF": "evidence/3-1-01234567.pdf", "a.tar.gz": "evidence/3-1-01234567.gz", "无后缀": "evidence/3-1-01234567.bin",
		"a.后缀": "evidence/3-1-01234567.bin", "a.toolong": "evidence/3-1-01234567.bin", "a.": "evidence/3-1-01234567.bin", "../../a.sh": "evidence/3-1-01234567.sh",
	} {
		if got := handin.EvidenceName("3-1", digest, file); got != want {
			t.Errorf("EvidenceName(%q) = %s, want %s", file, got, want)
		}
	}
}
