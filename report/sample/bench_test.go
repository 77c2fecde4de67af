package sample_test

import (
	"io"
	"testing"

	"mingpin/report/sample"
)

func BenchmarkAllFiles(b *testing.B) {
	c := client(b)
	for b.Loop() {
		for _, p := range c.Papers {
			if err := sample.Write(io.Discard, p, c.Client); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkEach(b *testing.B) {
	c := client(b)
	for _, p := range c.Papers {
		b.Run(p.Record.ID+"."+p.Format, func(b *testing.B) {
			for b.Loop() {
				if err := sample.Write(io.Discard, p, c.Client); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
