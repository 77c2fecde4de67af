package pdf_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/report"
	"mingpin/report/pdf"
	"mingpin/report/pdf/object"
)

// outline writes bookmarks as an indented list with pages and counts.
func outline(t *testing.T, f *object.File, first object.Object, indent string) string {
	t.Helper()
	pages, err := f.Pages()
	if err != nil {
		t.Fatal(err)
	}
	out := ""
	for first != nil {
		d := dict(t, f, first)
		number := 0
		for i, p := range pages {
			if p.Ref == d["Dest"].(object.Array)[0] {
				number = i + 1
			}
		}
		count, _ := object.Int(d["Count"])
		out += fmt.Sprintf("%s%s %d (%d)\n", indent, d["Title"].(object.String).Text(), number, count)
		if d["First"] != nil {
			out += outline(t, f, d["First"], indent+"  ")
		}
		first = d["Next"]
	}
	return out
}

func dict(t *testing.T, f *object.File, o object.Object) object.Dict {
	t.Helper()
	o, err := f.Resolve(o)
	if err != nil {
		t.Fatal(err)
	}
	d, ok := o.(object.Dict)
	if !ok {
		t.Fatalf("%v is no dictionary", o)
	}
	return d
}

func TestOutline(t *testing.T) {
	doc := report.Doc{}
	for _, h := range []report.Heading{{Level: 0, Text: "封面"}, {Level: 1, Text: "一"}, {Level: 2, Text: "一之一"}, {Level: 4, Text: "深"}, {Level: 2, Text: "一之二𬭚"}, {Level: 1, Text: "二"}} {
		doc.Blocks = append(doc.Blocks, report.Break{}, h)
	}
	data, _ := render(t, doc)
	f := open(t, data)
	catalog, err := f.Catalog()
	if err != nil {
		t.Fatal(err)
	}
	root := dict(t, f, catalog["Outlines"])
	if n, _ := object.Int(root["Count"]); n != 2 {
		t.Errorf("%d entries are open", n)
	}
	want := "一 2 (-2)\n  一之一 3 (-1)\n    深 4 (0)\n  一之二𬭚 5 (0)\n二 6 (0)\n"
	if d := cmp.Diff(want, outline(t, f, root["First"], "")); d != "" {
		t.Errorf("outline differs (-want +got):\n%s", d)
	}
}

func TestLinks(t *testing.T) {
	link := func(target string) report.Doc {
		return report.Doc{Blocks: []report.Block{
			report.Table{Columns: []report.Column{{Width: 1}}, Rows: []report.Row{{Cells: []report.Cell{{Spans: report.Text("见"), Link: target}}}}},
			report.Break{},
			report.Heading{Level: 1, Text: "附件", ID: "annexes"},
		}}
	}
	for target, want := range map[string]string{
		"annexes": "Dest", "https://std.samr.gov.cn/gb?a=1": "A",
	} {
		data, _ := render(t, link(target))
		f := open(t, data)
		pages, err := f.Pages()
		if err != nil {
			t.Fatal(err)
		}
		d := dict(t, f, pages[0].Dict["Annots"].(object.Array)[0])
		if flags, _ := object.Int(d["F"]); d[object.Name(want)] == nil || flags != 4 {
			t.Errorf("link to %s: %v", target, d)
		}
	}
	for _, target := range []string{"nowhere", "javascript:alert(1)", "file:///etc/passwd"} {
		var wrong *pdf.LinkError
		if _, err := pdf.Render(&bytes.Buffer{}, link(target), options(t)); !errors.As(err, &wrong) || wrong.Target != target {
			t.Errorf("link to %s: error %v", target, err)
		}
	}
}
