package main

import (
	"context"
	"io"
	"path/filepath"
	"strings"
	"testing"
)

// BenchmarkDemo is the whole job on the sample; run it with -cpuprofile to see
// where the time goes.
func BenchmarkDemo(b *testing.B) {
	dir := b.TempDir()
	for b.Loop() {
		args := []string{"demo", filepath.Join(dir, "demo")}
		if code := run(context.Background(), args, strings.NewReader(""), io.Discard, io.Discard); code != exitFine {
			b.Fatalf("exit code %d", code)
		}
	}
}
