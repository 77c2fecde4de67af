package volume

import (
	"context"
	"io"

	"mingpin/assess"
	"mingpin/report/pdf/object"
)

// Bind draws one page of a piece of evidence into a file that nobody keeps.
func Bind(files Files, e assess.Evidence, page int) error {
	b := &binder{ctx: context.Background(), files: files, records: map[string]assess.Evidence{e.ID: e}}
	defer b.close()
	if err := b.open(e.ID); err != nil {
		return err
	}
	_, err := b.draw(object.NewWriter(io.Discard), page)
	return err
}
