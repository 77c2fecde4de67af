package sample_test

import (
	"testing"

	"mingpin/assess/assesstest"
	"mingpin/assess/programme"
	"mingpin/assets"
)

func client(t testing.TB) assesstest.Case {
	t.Helper()
	concepts, err := programme.LoadConcepts(assets.Concepts())
	if err != nil {
		t.Fatal(err)
	}
	c, err := assesstest.Sample(concepts)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
