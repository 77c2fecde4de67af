package sample_test

import (
	"io"
	"testing"

	"mingpin/report/sample"
)

// BenchmarkAllFiles makes every file of the sample, one after the other.
func BenchmarkAllFiles(b *testing.B) {
	c := sampleCase(b)
	for b.Loop() {
		for _, p := range c.Papers {
			if err := sample.Write(io.Discard, p, c.Client); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkInstall enters the sample into a new vault.
func BenchmarkInstall(b *testing.B) {
	c := sampleCase(b)
	_, ref := pack(b)
	for b.Loop() {
		if _, err := sample.Install(b.Context(), newVault(b, c), c, ref); err != nil {
			b.Fatal(err)
		}
	}
}
