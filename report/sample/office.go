package sample

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"mingpin/assess/assesstest"
)

// writeSheet makes a workbook of one sheet. The first line of the body is the
// head of the table; "|" parts the columns. All cells are text.
func writeSheet(w io.Writer, p assesstest.Paper) error {
	f := excelize.NewFile()
	defer f.Close()
	const name = "Sheet1"
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	rows := [][]string{{p.Record.Title, "（" + mark + "）"}, {"编号", p.Record.Number, "日期", string(p.Record.Issued)}}
	head := len(rows) + 1
	for _, line := range p.Body {
		rows = append(rows, strings.Split(line, "|"))
	}
	for n, cells := range rows {
		for col, cell := range cells {
			at, err := excelize.CoordinatesToCellName(col+1, n+1)
			if err != nil {
				return err
			}
			if err := f.SetCellStr(name, at, cell); err != nil {
				return err
			}
		}
	}
	for _, n := range []int{1, head} {
		if err := f.SetRowStyle(name, n, n, bold); err != nil {
			return err
		}
	}
	return f.Write(w)
}

// Parts of a WordprocessingML package (ECMA-376) with a document and nothing
// else.
const (
	contentTypes = xml.Header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
	relationships = xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	documentStart = xml.Header + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`
	documentEnd   = `<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>`
)

// writeText makes a text document: the title, the particulars, what it says.
func writeText(w io.Writer, p assesstest.Paper) error {
	var body strings.Builder
	body.WriteString(documentStart)
	body.WriteString(paragraph(p.Record.Title+"（"+mark+"）", `<w:b/><w:sz w:val="32"/>`))
	for _, line := range statements(p) {
		body.WriteString(paragraph(line, ""))
	}
	body.WriteString(documentEnd)

	z := zip.NewWriter(w)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", relationships},
		{"word/document.xml", body.String()},
	} {
		out, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: assesstest.Clock()})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(out, part.text); err != nil {
			return err
		}
	}
	return z.Close()
}

func paragraph(text, style string) string {
	var escaped strings.Builder
	if err := xml.EscapeText(&escaped, []byte(text)); err != nil {
		panic(err) // a strings.Builder takes everything
	}
	return fmt.Sprintf(`<w:p><w:r><w:rPr>%s</w:rPr><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, style, escaped.String())
}
