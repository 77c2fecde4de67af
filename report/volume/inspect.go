package volume

import (
	"bytes"
	"context"
	"errors"
	"image/jpeg"
	"image/png"
	"io"

	"mingpin/assess"
	"mingpin/report"
	"mingpin/report/pdf/object"
)

// Media types that have pages of their own.
const (
	mediaPDF  = "application/pdf"
	mediaJPEG = "image/jpeg"
	mediaPNG  = "image/png"
)

// Limits of what is bound as pages; beyond them an index page stands for the
// file.
const (
	maxPages   = 2_000
	maxPixels  = 100_000_000 // passed on as they are
	maxDecoded = 25_000_000  // held in memory
)

// Inspect tells how each piece of evidence appears in the volume: as how many
// pages lying which way, or, with the reason, as an index page only.
func Inspect(ctx context.Context, files Files, records []assess.Evidence) ([]report.Annex, error) {
	annexes := make([]report.Annex, 0, len(records))
	for _, e := range records {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		a, err := inspect(files, e)
		if err != nil {
			return nil, err
		}
		annexes = append(annexes, a)
	}
	return annexes, nil
}

func inspect(files Files, e assess.Evidence) (report.Annex, error) {
	a := report.Annex{Evidence: e.ID}
	switch e.Media {
	case mediaPDF, mediaJPEG, mediaPNG:
	default:
		a.Problem = "report.problem.format"
		return a, nil
	}
	f, size, err := files.OpenEvidence(e.Digest)
	if err != nil {
		return a, err
	}
	defer f.Close()
	switch e.Media {
	case mediaPDF:
		a.Pages, a.Problem = pdfPages(f, size)
	case mediaJPEG:
		a.Pages, a.Problem = jpegPages(f, size)
	default:
		a.Pages, a.Problem = pngPages(f, size)
	}
	return a, nil
}

func pdfPages(r io.ReaderAt, size int64) ([]report.AnnexPage, string) {
	f, err := object.Open(r, size)
	if errors.Is(err, object.ErrEncrypted) {
		return nil, "report.problem.encrypted"
	}
	if err != nil {
		return nil, "report.problem.damaged"
	}
	pages, err := f.Pages()
	if err != nil || len(pages) == 0 {
		return nil, "report.problem.damaged"
	}
	if len(pages) > maxPages {
		return nil, "report.problem.pages"
	}
	if f.Rebuilt() && (cutOff(r, size) || !copies(f, pages)) {
		return nil, "report.problem.damaged"
	}
	out := make([]report.AnnexPage, len(pages))
	for i, p := range pages {
		sideways := p.Rotate == 90 || p.Rotate == 270
		out[i].Landscape = (p.CropBox.Width() > p.CropBox.Height()) != sideways
	}
	return out, ""
}

// copies tries what binding will do with a file whose cross-reference had to be
// guessed: it may have been cut off.
func copies(f *object.File, pages []object.Page) bool {
	im := object.NewImporter(f, object.NewWriter(io.Discard))
	for _, p := range pages {
		if _, err := im.Form(p); err != nil {
			return false
		}
	}
	return true
}

// cutOff looks for the end-of-file marker, which stands in the last bytes of
// every whole file.
func cutOff(r io.ReaderAt, size int64) bool {
	tail := make([]byte, min(size, 2<<10))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF {
		return true
	}
	return !bytes.Contains(tail, []byte("%%EOF"))
}

func jpegPages(r io.ReaderAt, size int64) ([]report.AnnexPage, string) {
	c, err := jpeg.DecodeConfig(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, "report.problem.damaged"
	}
	if tooLarge(c.Width, c.Height, maxPixels) {
		return nil, "report.problem.pixels"
	}
	j, err := readJPEG(r, size)
	if err != nil {
		return nil, "report.problem.damaged"
	}
	if j.space == "" && tooLarge(j.width, j.height, maxDecoded) {
		return nil, "report.problem.pixels"
	}
	if sideways(j.orientation) {
		return imagePage(j.height, j.width)
	}
	return imagePage(j.width, j.height)
}

func pngPages(r io.ReaderAt, size int64) ([]report.AnnexPage, string) {
	c, err := png.DecodeConfig(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, "report.problem.damaged"
	}
	if tooLarge(c.Width, c.Height, maxPixels) {
		return nil, "report.problem.pixels"
	}
	p, err := readPNG(r, size)
	if err != nil {
		return nil, "report.problem.damaged"
	}
	if !p.plain() && tooLarge(p.width, p.height, maxDecoded) {
		return nil, "report.problem.pixels"
	}
	if p.check() != nil {
		return nil, "report.problem.damaged"
	}
	return imagePage(p.width, p.height)
}

// tooLarge compares the pixels of an image with a limit, without overflow.
func tooLarge(w, h int, limit int64) bool { return int64(w) > limit/max(1, int64(h)) }

func imagePage(w, h int) ([]report.AnnexPage, string) {
	if w == 0 || h == 0 {
		return nil, "report.problem.damaged"
	}
	return []report.AnnexPage{{Landscape: w > h}}, ""
}
