package assesstest

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Golden compares got with the file testdata/name and fails t at the first line
// that differs. With -update it writes the file instead.
func Golden(t testing.TB, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", filepath.FromSlash(name))
	if *update {
		write(t, path, got)
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (make it with -update)", err)
	}
	if bytes.Equal(got, want) {
		return
	}
	n, g, w := firstDifference(got, want)
	t.Errorf("%s differs in line %d:\n got %s\nwant %s", path, n, g, w)
}

func write(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// firstDifference gives the first line that differs, counted from 1; a line
// that is not there is nil.
func firstDifference(a, b []byte) (line int, inA, inB []byte) {
	as, bs := bytes.SplitAfter(a, []byte("\n")), bytes.SplitAfter(b, []byte("\n"))
	for n := range max(len(as), len(bs)) {
		inA, inB = nil, nil
		if n < len(as) {
			inA = as[n]
		}
		if n < len(bs) {
			inB = bs[n]
		}
		if !bytes.Equal(inA, inB) {
			return n + 1, inA, inB
		}
	}
	return 0, nil, nil
}
