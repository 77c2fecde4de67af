package pdf

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"time"

	"mingpin/report"
)

// metadata is the XMP packet: Dublin Core, the times, and, where archival says
// so, the claim to be PDF/A-2u (ISO 19005-2). Foreign pages are bound in as they
// are, so a file that holds some makes no such claim.
func metadata(doc report.Doc, o Options, archival bool) []byte {
	var b bytes.Buffer
	b.WriteString("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n" +
		"<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n" +
		"<rdf:Description rdf:about=\"\"" +
		" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"" +
		" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"" +
		" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"" +
		" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n")
	if archival {
		b.WriteString("<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>U</pdfaid:conformance>\n")
	}
	b.WriteString("<dc:format>application/pdf</dc:format>\n")
	element(&b, "dc:title", `<rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt>`, doc.Title)
	element(&b, "dc:creator", `<rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq>`, doc.Author)
	element(&b, "dc:description", `<rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt>`, doc.Subject)
	element(&b, "dc:language", `<rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag>`, doc.Lang)
	element(&b, "pdf:Keywords", "%s", doc.Keywords)
	element(&b, "pdf:Producer", "%s", o.Producer)
	element(&b, "xmp:CreateDate", "%s", o.Created.Format(time.RFC3339))
	element(&b, "xmp:ModifyDate", "%s", o.Created.Format(time.RFC3339))
	b.WriteString("</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>")
	return b.Bytes()
}

// element writes an element unless text is empty; form holds the place of the
// escaped text.
func element(b *bytes.Buffer, name, form, text string) {
	if text == "" {
		return
	}
	var escaped bytes.Buffer
	_ = xml.EscapeText(&escaped, []byte(text)) // writing into memory cannot fail
	fmt.Fprintf(b, "<%s>"+form+"</%s>\n", name, escaped.String(), name)
}
