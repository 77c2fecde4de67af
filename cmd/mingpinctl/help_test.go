package main

import (
	"testing"

	"mingpin/assets"
)

func text(t *testing.T, lang string) *assets.Text {
	t.Helper()
	say, err := assets.NewText(lang)
	if err != nil {
		t.Fatal(err)
	}
	return say
}
