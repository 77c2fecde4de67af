package assets

import "testing"

func BenchmarkReadText(b *testing.B) {
	for b.Loop() {
		if _, err := readText("zh-CN"); err != nil {
			b.Fatal(err)
		}
	}
}
