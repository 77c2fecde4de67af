package handin_test

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"mingpin/report/handin"
	"mingpin/report/sign"
	"mingpin/report/volume"
)

// folder is a directory of files named by their digest.
type folder string

func (f folder) OpenEvidence(digest string) (volume.File, int64, error) {
	file, err := os.Open(filepath.Join(string(f), digest))
	if err != nil {
		return nil, 0, err
	}
	info, err := file.Stat()
	if err != nil {
		return nil, 0, err
	}
	return file, info.Size(), nil
}

// BenchmarkPackage writes and reads a package of 500 MB of evidence beside the
// plain tools doing the least that could be done: cat into one file, sync,
// openssl dgst.
func BenchmarkPackage(b *testing.B) {
	dir := b.TempDir()
	items, paths := evidence(b, dir, 50, 10<<20)
	id, err := sign.NewIdentity("示例", "示例数据", time.Now(), rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	vol := filepath.Join(dir, "volume.pdf")
	if err := os.WriteFile(vol, []byte("%PDF-1.7\n%%EOF\n"), 0o644); err != nil {
		b.Fatal(err)
	}
	c := handin.Contents{Volume: vol, Snapshot: []byte("{}"), Pack: []byte("{}"), Evidence: items, Files: folder(dir), Modified: time.Now()}
	out := filepath.Join(dir, "package.asice")
	var ours, tools, verify, dgst time.Duration
	for b.Loop() {
		tools += timed(b, func() error { return catSync(filepath.Join(dir, "cat"), paths) })
		dgstOnly := timed(b, func() error { return exec.Command("openssl", "dgst", "-sha256", filepath.Join(dir, "cat")).Run() })
		tools, dgst = tools+dgstOnly, dgst+dgstOnly
		ours += timed(b, func() error { return handin.Write(context.Background(), out, c, id, nil) })
		verify += timed(b, func() error { return readAll(out) })
	}
	b.ReportMetric(float64(ours)/float64(tools), "write/tools")
	b.ReportMetric(float64(verify)/float64(dgst), "verify/openssl")
	b.ReportMetric(float64(peak())/1024, "peak-MB")
}

// readAll verifies everything but the content of the records, which are stubs
// here: the cost is in the digests.
func readAll(path string) error {
	r, err := handin.Open(path)
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = r.Verify(context.Background(), handin.Options{})
	return err
}

func evidence(b *testing.B, dir string, n int, size int64) (items []handin.Item, paths []string) {
	b.Helper()
	for i := range n {
		tmp := filepath.Join(dir, fmt.Sprintf("tmp%d", i))
		f, err := os.Create(tmp)
		if err != nil {
			b.Fatal(err)
		}
		h := sha256.New()
		if _, err := io.CopyN(io.MultiWriter(f, h), rand.Reader, size); err != nil {
			b.Fatal(err)
		}
		f.Close()
		digest := hex.EncodeToString(h.Sum(nil))
		path := filepath.Join(dir, digest)
		if err := os.Rename(tmp, path); err != nil {
			b.Fatal(err)
		}
		items = append(items, handin.Item{Name: handin.EvidenceName(fmt.Sprintf("1-%d", i+1), digest, "a.pdf"), Digest: digest, Media: "application/pdf", Size: size})
		paths = append(paths, path)
	}
	return items, paths
}

func catSync(out string, paths []string) error {
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	defer f.Close()
	cat := exec.Command("cat", paths...)
	cat.Stdout = f
	if err := cat.Run(); err != nil {
		return err
	}
	return f.Sync()
}

func timed(b *testing.B, f func() error) time.Duration {
	b.Helper()
	begun := time.Now()
	if err := f(); err != nil {
		b.Fatal(err)
	}
	return time.Since(begun)
}

// peak is the largest resident size of this process so far, in KB.
func peak() int64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return u.Maxrss
}
