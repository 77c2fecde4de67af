package store_test

import (
	"crypto/sha256"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"mingpin/assess"
	"mingpin/assess/store"
)

// BenchmarkIngest takes in 20 files of 50 MB and, in the same run, copies them
// with cp, sync and openssl dgst -sha256. It reports the ratio of the two (the
// bar is 1.3) and the most memory the whole process held (the bar is 40 MB).
//
//	go test -run '^$' -bench Ingest ./assess/store
func BenchmarkIngest(b *testing.B) {
	const files, size = 20, 50 << 20
	sources := benchFiles(b, files, size)
	var ours, theirs time.Duration
	resetPeak()
	for b.Loop() {
		theirs += copyAndDigest(b, sources)
		ours += ingest(b, sources) // each is once before and once behind the other
		ours += ingest(b, sources)
		theirs += copyAndDigest(b, sources)
	}
	b.ReportMetric(float64(ours)/float64(theirs), "ratio")
	b.ReportMetric(ours.Seconds()/float64(2*b.N), "s/ingest")
	b.ReportMetric(peakMB(b), "MB-RSS")
}

func benchFiles(b *testing.B, files int, size int64) []string {
	b.Helper()
	dir := b.TempDir()
	var paths []string
	for n := range files {
		path := filepath.Join(dir, fmt.Sprintf("示例-%02d.bin", n))
		f, err := os.Create(path)
		if err != nil {
			b.Fatal(err)
		}
		source := rand.NewChaCha8(sha256.Sum256([]byte(path)))
		if _, err := io.CopyN(f, source, size); err != nil {
			b.Fatal(err)
		}
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
		paths = append(paths, path)
	}
	run(b, "sync")
	return paths
}

func run(b *testing.B, name string, args ...string) {
	b.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		b.Fatalf("%s: %v: %s", name, err, out)
	}
}

func copyAndDigest(b *testing.B, sources []string) time.Duration {
	b.Helper()
	dir, err := os.MkdirTemp(b.TempDir(), "cp")
	if err != nil {
		b.Fatal(err)
	}
	begin := time.Now()
	run(b, "cp", append(slices.Clone(sources), dir)...)
	run(b, "sync")
	run(b, "openssl", append([]string{"dgst", "-sha256"}, sources...)...)
	took := time.Since(begin)
	clearAway(b, dir)
	return took
}

func ingest(b *testing.B, sources []string) time.Duration {
	b.Helper()
	root, err := os.MkdirTemp(b.TempDir(), "vault")
	if err != nil {
		b.Fatal(err)
	}
	v, err := store.Create(b.Context(), root, sampleClient(), options())
	if err != nil {
		b.Fatal(err)
	}
	begin := time.Now()
	for _, path := range sources {
		if _, added, err := v.AddEvidenceFile(b.Context(), assess.Evidence{}, path, nil); err != nil || !added {
			b.Fatal(added, err)
		}
	}
	took := time.Since(begin)
	if err := v.Close(); err != nil {
		b.Fatal(err)
	}
	clearAway(b, root)
	return took
}

// clearAway removes outside what is measured, so that neither side pays for
// what the other left.
func clearAway(b *testing.B, dir string) {
	b.Helper()
	if err := os.RemoveAll(dir); err != nil {
		b.Fatal(err)
	}
	run(b, "sync")
}

// resetPeak lets the kernel forget the most memory held so far.
func resetPeak() { _ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) }

// peakMB is the most memory the process has held, where the kernel tells.
func peakMB(b *testing.B) float64 {
	b.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		var kb float64
		if n, _ := fmt.Sscanf(line, "VmHWM: %f kB", &kb); n == 1 {
			return kb / 1024
		}
	}
	return 0
}

// BenchmarkSave is one finding changed and on disk; p50 and p99 are what a user
// waits for.
func BenchmarkSave(b *testing.B) {
	v, err := store.Create(b.Context(), b.TempDir(), sampleClient(), options())
	if err != nil {
		b.Fatal(err)
	}
	defer v.Close()
	if err := v.Save(b.Context(), assess.Application{ID: "app1", Programme: "tianfu", Version: "2025.12"}); err != nil {
		b.Fatal(err)
	}
	var took []time.Duration
	for n := 0; b.Loop(); n++ {
		f := assess.Finding{
			Application: "app1", Requirement: fmt.Sprintf("r%d", n%300), Rating: "full",
			Statement: fmt.Sprintf("已建立并实施，示例数据 %d", n), Evidence: []string{"e1", "e2"},
		}
		begin := time.Now()
		if err := v.Save(b.Context(), f); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(begin))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}

// BenchmarkOpen is opening, a snapshot of 300 findings and 500 files, closing.
func BenchmarkOpen(b *testing.B) {
	root := b.TempDir()
	v, err := store.Create(b.Context(), root, sampleClient(), options())
	if err != nil {
		b.Fatal(err)
	}
	es := []assess.Entity{assess.Application{ID: "app1", Programme: "tianfu", Version: "2025.12"}}
	for n := range 300 {
		es = append(es, assess.Finding{Application: "app1", Requirement: fmt.Sprintf("r%d", n), Rating: "full", Statement: strings.Repeat("述", 200)})
	}
	for n := range 500 {
		es = append(es, assess.Evidence{
			ID: fmt.Sprintf("e%d", n), Digest: strings.Repeat("ab", 32), Name: "示例.pdf", Slots: []string{"s"}, Title: "示例数据",
		})
	}
	if err := v.Save(b.Context(), es...); err != nil {
		b.Fatal(err)
	}
	if err := v.Close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		v, err := store.Open(b.Context(), root, v.ID(), options())
		if err != nil {
			b.Fatal(err)
		}
		if _, err := v.Snapshot(b.Context(), "app1", assess.PackRef{}, "zh-CN"); err != nil {
			b.Fatal(err)
		}
		if err := v.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
