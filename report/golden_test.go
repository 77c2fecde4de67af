package report_test

import (
	"strings"
	"testing"

	"mingpin/assess/assesstest"
	"mingpin/report"
)

func TestVolumeAndInternalReportSayWhatTheGoldenFilesSay(t *testing.T) {
	for _, lang := range []string{"zh-CN", "en"} {
		for what, in := range map[string]report.Input{"sample": sample(t, lang), "empty": empty(t, lang)} {
			t.Run(what+" "+lang, func(t *testing.T) {
				assesstest.Golden(t, what+"-volume."+lang+".golden", steady(t, in, report.Volume(in)))
				assesstest.Golden(t, what+"-internal."+lang+".golden", steady(t, in, report.Internal(in)))
			})
		}
	}
}

// steady leaves out the digests of pack and data, which change with every word
// of a pack.
func steady(t *testing.T, in report.Input, doc report.Doc) []byte {
	t.Helper()
	digest, err := in.Snapshot.Digest()
	if err != nil {
		t.Fatal(err)
	}
	return []byte(strings.NewReplacer(in.Snapshot.Pack.Digest, "(digest)", digest, "(digest)").Replace(dump(doc.Blocks)))
}

func TestSectionsStandInTheOrderOfApplicationFiles(t *testing.T) {
	assesstest.Golden(t, "order.golden", []byte(outline(report.Volume(sample(t, "zh-CN")).Blocks)))
}

// outline keeps what stands in the contents: headings and the contents
// themselves.
func outline(blocks []report.Block) string {
	var d dumper
	for _, b := range blocks {
		switch b := b.(type) {
		case report.Heading, report.Contents:
			d.block(b)
		case report.Frame:
			if b.Heading != nil {
				d.block(*b.Heading)
			}
		}
	}
	return d.String()
}
