package programme

import (
	"os"
	"testing"
)

func TestSmoke(t *testing.T) {
	data, _ := os.ReadFile("testdata/concepts.yaml")
	reg, err := LoadConcepts(data)
	if err != nil {
		t.Fatal(err)
	}
	p, err := Load(os.DirFS("testdata/good"), "sample/1.0", reg)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := Encode(p)
	if _, err := Decode(b); err != nil {
		t.Fatal(err)
	}
	for _, x := range Lint(os.DirFS("testdata/good"), "sample/1.0", reg) {
		t.Error(&x)
	}
	t.Log(p.Digest(), len(b))
}
