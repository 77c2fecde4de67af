package pdf_test

import (
	"testing"

	"mingpin/report/pdf"
)

func TestMissingNamesEachCharacterOnce(t *testing.T) {
	got, err := pdf.Missing(fonts(t), "王𬭚 😀 ☑ ≤3.0\n😀č")
	if err != nil {
		t.Fatal(err)
	}
	if want := "😀č"; string(got) != want {
		t.Errorf("Missing = %q, want %q", string(got), want)
	}
}
