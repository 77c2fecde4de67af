package pdf

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"mingpin/report"
)

// TestMetadataIsWellFormed puts everything XML knows as markup into the texts.
func TestMetadataIsWellFormed(t *testing.T) {
	const nasty = "<甲> & \"乙\" ]]> '丙' \u0001"
	doc := report.Doc{Title: nasty, Author: nasty, Subject: nasty, Keywords: nasty, Lang: "zh-CN"}
	data := metadata(doc, Options{Producer: nasty, Created: time.Unix(0, 0).UTC()}, true)
	d := xml.NewDecoder(strings.NewReader(string(data)))
	var texts []string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if c, ok := token.(xml.CharData); ok && strings.TrimSpace(string(c)) != "" {
			texts = append(texts, string(c))
		}
	}
	shown := strings.ReplaceAll(nasty, "\u0001", "\uFFFD")
	want := []string{"2", "U", "application/pdf", shown, shown, shown, "zh-CN", shown, shown, "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"}
	if strings.Join(texts, "|") != strings.Join(want, "|") {
		t.Errorf("texts\n%q, want\n%q", texts, want)
	}
}

// TestProfileHoldsTogether follows the tag table of the colour profile.
func TestProfileHoldsTogether(t *testing.T) {
	p := sRGB()
	if int(u32(p, 0)) != len(p) || string(p[36:40]) != "acsp" {
		t.Fatalf("header of %d bytes names %d", len(p), u32(p, 0))
	}
	kinds := map[string]string{"desc": "desc", "cprt": "text", "wtpt": "XYZ ", "rXYZ": "XYZ ", "gXYZ": "XYZ ", "bXYZ": "XYZ ", "rTRC": "curv", "gTRC": "curv", "bTRC": "curv"}
	n := int(u32(p, 128))
	if n != len(kinds) {
		t.Fatalf("%d tags", n)
	}
	sum := [3]int32{}
	for i := range n {
		entry := p[132+12*i:]
		name, at, size := string(entry[:4]), int(u32(entry, 4)), int(u32(entry, 8))
		if at%4 != 0 || at+size > len(p) || string(p[at:at+4]) != kinds[name] {
			t.Fatalf("tag %s of %d bytes at %d", name, size, at)
		}
		if strings.HasSuffix(name, "XYZ") {
			for k := range sum {
				sum[k] += int32(u32(p, at+8+4*k))
			}
		}
		if kinds[name] == "curv" && (u16(p, at+12) != 0 || u16(p, at+size-2) != 0xFFFF) {
			t.Errorf("curve %s does not go from 0 to 1", name)
		}
	}
	for k, white := range []int32{0xF6D6, 0x10000, 0xD32D} {
		if d := sum[k] - white; d < -16 || d > 16 {
			t.Errorf("the primaries do not add up to white: %x, want %x", sum[k], white)
		}
	}
}
