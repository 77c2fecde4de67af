// Package sample makes the files of the sample client and enters the client into
// a vault. It is the only package that makes files of evidence: everywhere else
// they are read. Every page of them says 示例数据, and the same paper gives the
// same bytes.
package sample

import (
	"fmt"
	"io"

	"mingpin/assess"
	"mingpin/assess/assesstest"
)

// mark stands on everything the sample makes.
const mark = "示例数据"

// Write renders a paper of the sample, which belongs to client, in its own
// format.
func Write(w io.Writer, p assesstest.Paper, client assess.Client) error {
	var err error
	switch p.Format {
	case "pdf":
		err = writePDF(w, p, client)
	case "jpeg":
		err = writeJPEG(w, p)
	case "png":
		err = writePNG(w, p)
	case "xlsx":
		err = writeSheet(w, p)
	case "docx":
		err = writeText(w, p)
	default:
		return fmt.Errorf("render %s: no such format: %q", p.File, p.Format)
	}
	if err != nil {
		return fmt.Errorf("render %s: %w", p.File, err)
	}
	return nil
}
