package volume_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"mingpin/assess"
	"mingpin/assess/assesstest"
	"mingpin/assess/programme"
	"mingpin/assets"
	"mingpin/report"
	"mingpin/report/pdf/object"
	"mingpin/report/sample"
	"mingpin/report/volume"
)

// papers are the files of the sample, rendered once.
var papers = sync.OnceValues(func() (map[string][]byte, error) {
	reg, err := programme.LoadConcepts(assets.Concepts())
	if err != nil {
		return nil, err
	}
	c, err := assesstest.Sample(reg)
	if err != nil {
		return nil, err
	}
	out := map[string][]byte{}
	for _, p := range c.Papers {
		var b bytes.Buffer
		if err := sample.Write(&b, p, c.Client); err != nil {
			return nil, err
		}
		out[p.Record.ID] = b.Bytes()
	}
	return out, nil
})

// sampleInput is the sample application with its real files.
func sampleInput(t testing.TB) (report.Input, folder) {
	t.Helper()
	rendered, err := papers()
	if err != nil {
		t.Fatal(err)
	}
	p := pack(t)
	reg, err := programme.LoadConcepts(assets.Concepts())
	if err != nil {
		t.Fatal(err)
	}
	c, err := assesstest.Sample(reg)
	if err != nil {
		t.Fatal(err)
	}
	files := folder{}
	s, err := c.Snapshot(p, func(p assesstest.Paper) (string, int64, string) {
		e := files.record(p.File, rendered[p.Record.ID])
		return e.Digest, e.Size, e.Media
	})
	if err != nil {
		t.Fatal(err)
	}
	in, err := volume.Input(p, s)
	if err != nil {
		t.Fatal(err)
	}
	return in, files
}

func TestVolumeOfTheSample(t *testing.T) {
	in, files := sampleInput(t)
	v := build(t, in, files)
	t.Run("is a sound PDF", func(t *testing.T) { tool(t, "qpdf", "--check", v.path) })
	t.Run("has the same bytes every time", func(t *testing.T) {
		if again := build(t, in, files); !bytes.Equal(again.data, v.data) {
			t.Error("two volumes of one snapshot differ")
		}
	})
	t.Run("prints what the snapshot amounts to", func(t *testing.T) {
		want, err := report.Values(report.Volume(in))
		if err != nil {
			t.Fatal(err)
		}
		got := v.values(t)
		for id, text := range want {
			if got[id] != text {
				t.Errorf("%s reads %q, want %q", id, got[id], text)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%d values can be read, want %d", len(got), len(want))
		}
	})
	texts := v.texts(t)
	t.Run("numbers its pages without a gap", func(t *testing.T) {
		for n, text := range texts {
			if want := fmt.Sprintf("第 %d 页 共 %d 页", n+1, v.Pages); !strings.Contains(text, want) {
				t.Errorf("page %d does not say %q", n+1, want)
			}
		}
	})
	t.Run("has the real page numbers in its contents", func(t *testing.T) { contents(t, v, texts) })
	t.Run("has a bookmark for every heading", func(t *testing.T) {
		want := 0
		for _, h := range v.Headings {
			if h.Level > 0 {
				want++
			}
		}
		if got := bookmarks(t, v); got != want {
			t.Errorf("%d bookmarks, want %d", got, want)
		}
	})
	t.Run("names every piece of evidence in its annexes", func(t *testing.T) {
		for _, n := range report.Numbering(in) {
			if !strings.Contains(strings.Join(texts, ""), n.Number+" "+n.Evidence.Title) {
				t.Errorf("annex %s %s is not named", n.Number, n.Evidence.Title)
			}
		}
	})
}

// contents compares the entries of the table of contents with the pages their
// headings stand on.
func contents(t *testing.T, v *bound, texts []string) {
	t.Helper()
	line := regexp.MustCompile(`(?m)^\s*(\S.*?)[\s.…·]*\s(\d+)$`)
	listed := map[string][]int{}
	for _, text := range texts[page(v, "declaration") : page(v, "form")-1] {
		for _, m := range line.FindAllStringSubmatch(text, -1) {
			n, err := strconv.Atoi(m[2])
			if err != nil {
				t.Fatal(err)
			}
			listed[m[1]] = append(listed[m[1]], n)
		}
	}
	found := 0
	for _, h := range v.Headings {
		if h.Level < 1 || h.Level > 2 {
			continue
		}
		if !strings.Contains(texts[h.Page-1], h.Text) {
			t.Errorf("%q does not stand on page %d", h.Text, h.Page)
		}
		if pages, ok := listed[h.Text]; ok {
			found++
			if pages[0] != h.Page {
				t.Errorf("contents say %q is on page %d, it is on %d", h.Text, pages[0], h.Page)
			}
		}
	}
	if found < 60 {
		t.Errorf("only %d headings are found in the contents: %v", found, listed)
	}
}

// page is where the heading of this id stands.
func page(v *bound, id string) int {
	for _, h := range v.Headings {
		if h.ID == id {
			return h.Page
		}
	}
	return 0
}

// bookmarks counts the entries of the outline.
func bookmarks(t *testing.T, v *bound) int {
	t.Helper()
	f := v.file(t)
	catalog, err := f.Catalog()
	if err != nil {
		t.Fatal(err)
	}
	var count func(o object.Object) int
	count = func(o object.Object) int {
		n := 0
		for o != nil {
			resolved, err := f.Resolve(o)
			if err != nil {
				t.Fatal(err)
			}
			d := resolved.(object.Dict)
			n += 1 + count(d["First"])
			o = d["Next"]
		}
		return n
	}
	return count(catalog["Outlines"]) - 1
}

func TestADraftSaysSoAndCannotBeSigned(t *testing.T) {
	in := application(t)
	var b bytes.Buffer
	r, err := volume.Draft(t.Context(), &b, in, folder{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &bound{Result: r, data: b.Bytes()}
	v.path = save(t, v.data)
	for n, text := range v.texts(t) {
		if !strings.Contains(text, "草稿") {
			t.Errorf("page %d of the draft does not say so", n+1)
		}
	}
}

func TestInternalReportIsAFileOfItsOwn(t *testing.T) {
	in, _ := sampleInput(t)
	var b bytes.Buffer
	r, err := volume.Internal(&b, in)
	if err != nil {
		t.Fatal(err)
	}
	v := &bound{Result: r, data: b.Bytes()}
	v.path = save(t, v.data)
	if first := v.texts(t)[0]; !strings.Contains(first, in.Text.T("report.internal.note")) {
		t.Errorf("the internal report does not say that it is internal:\n%s", first)
	}
}

func TestProgressCountsEveryPageOnce(t *testing.T) {
	files := folder{}
	records := []assess.Evidence{
		files.record("a.pdf", foreign(t, nil, sheet{say("1"), nil}, sheet{say("2"), nil})),
		files.record("b.png", encodePNG(t, newGrey())),
		files.record("c.xlsx", []byte("PK")),
	}
	var told []string
	_, err := volume.Build(t.Context(), &bytes.Buffer{}, application(t, records...), files, func(done, total int) {
		told = append(told, fmt.Sprintf("%d/%d", done, total))
	})
	if err != nil || strings.Join(told, " ") != "1/3 2/3 3/3" {
		t.Errorf("told %v (%v), want 1/3 2/3 3/3", told, err)
	}
}

func TestBindingStopsWhenItsContextDoes(t *testing.T) {
	files := folder{}
	e := files.record("a.pdf", foreign(t, nil, sheet{say("1"), nil}, sheet{say("2"), nil}))
	ctx, stop := context.WithCancel(t.Context())
	_, err := volume.Build(ctx, &bytes.Buffer{}, application(t, e), files, func(int, int) { stop() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Build = %v, want %v", err, context.Canceled)
	}
}

func TestEvidenceThatIsGoneStopsTheWork(t *testing.T) {
	files := folder{}
	e := files.record("a.pdf", foreign(t, nil, sheet{say("1"), nil}))
	delete(files, e.Digest)
	if _, err := volume.Build(t.Context(), &bytes.Buffer{}, application(t, e), files, nil); err == nil {
		t.Error("a volume was bound without its evidence")
	}
}
