// Package volume binds the volume: the sections of the report and the pages of
// the evidence as one PDF file with continuous page numbers. It is the only
// package that turns files of evidence into pages. One file is open at a time,
// and none is held in memory whole.
package volume

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/assets"
	"mingpin/report"
	"mingpin/report/pdf"
	"mingpin/report/pdf/object"
)

// A File is an open piece of evidence.
type File interface {
	io.ReaderAt
	io.Closer
}

// Files gives the evidence by its digest.
type Files interface {
	// OpenEvidence opens the file of digest and tells its size.
	OpenEvidence(digest string) (File, int64, error)
}

// Progress is told how many of how many pages of evidence are bound; it may be
// nil.
type Progress func(done, total int)

// Producer is what the volume's file says made it.
const Producer = "Mingpin"

// Input evaluates snapshot s under pack p and makes what the sections need.
func Input(p *programme.Pack, s assess.Snapshot) (report.Input, error) {
	text, err := assets.NewText(s.Locale)
	if err != nil {
		return report.Input{}, err
	}
	return report.Input{Pack: p, Snapshot: s, Evaluation: assess.Evaluate(p, s), Text: text}, nil
}

// Build writes the volume of in to w: the same bytes for the same input and the
// same program. It returns where fields for signatures came to lie.
func Build(ctx context.Context, w io.Writer, in report.Input, files Files, p Progress) (pdf.Result, error) {
	in, err := inspected(ctx, in, files)
	if err != nil {
		return pdf.Result{}, err
	}
	return bind(ctx, w, in, report.Volume(in), files, p)
}

// Draft writes a volume that says on every page that it is one, and has no
// place for an electronic signature.
func Draft(ctx context.Context, w io.Writer, in report.Input, files Files, p Progress) (pdf.Result, error) {
	in, err := inspected(ctx, in, files)
	if err != nil {
		return pdf.Result{}, err
	}
	doc := report.Volume(in)
	doc.Mark = strings.TrimSpace(in.Text.T("report.mark.draft") + " " + doc.Mark)
	return bind(ctx, w, in, doc, files, p)
}

// inspected fills in how the evidence appears, unless the caller has looked
// already.
func inspected(ctx context.Context, in report.Input, files Files) (report.Input, error) {
	if in.Annexes != nil {
		return in, nil
	}
	annexes, err := Inspect(ctx, files, in.Snapshot.Evidence)
	in.Annexes = annexes
	return in, err
}

func bind(ctx context.Context, w io.Writer, in report.Input, doc report.Doc, files Files, p Progress) (pdf.Result, error) {
	b := &binder{ctx: ctx, files: files, progress: p, records: map[string]assess.Evidence{}}
	for _, e := range in.Snapshot.Evidence {
		b.records[e.ID] = e
	}
	for _, a := range in.Annexes {
		b.total += len(a.Pages)
	}
	defer b.close()
	return rendered(w, doc, options(in.Snapshot, b.fill))
}

// rendered gathers the small pieces in which a file is written.
func rendered(w io.Writer, doc report.Doc, o pdf.Options) (pdf.Result, error) {
	buffered := bufio.NewWriterSize(w, 256<<10)
	r, err := pdf.Render(buffered, doc, o)
	return r, errors.Join(err, buffered.Flush())
}

// Internal writes the internal report of in to w.
func Internal(w io.Writer, in report.Input) (pdf.Result, error) {
	return rendered(w, report.Internal(in), options(in.Snapshot, nil))
}

func options(s assess.Snapshot, fill func(*object.Writer, report.Frame) (pdf.Drawn, error)) pdf.Options {
	return pdf.Options{
		Fonts:    pdf.Fonts{Regular: assets.Regular(), Bold: assets.Bold()},
		Created:  createdOn(s.Date),
		Producer: Producer,
		Fill:     fill,
	}
}

// createdOn makes the file's date from the declaration date, so that the same
// snapshot gives the same bytes on any day.
func createdOn(d assess.Date) time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return t
}

// A binder fills the frames of the volume one after the other, keeping open
// only the file whose pages are being bound.
type binder struct {
	ctx      context.Context
	files    Files
	records  map[string]assess.Evidence
	progress Progress
	done     int
	total    int

	evidence string
	file     File
	size     int64
	pdf      *importer
}

// An importer is an open PDF with what has been copied of it.
type importer struct {
	*object.Importer
	pages []object.Page
}

func (b *binder) fill(out *object.Writer, f report.Frame) (pdf.Drawn, error) {
	if err := b.ctx.Err(); err != nil {
		return pdf.Drawn{}, err
	}
	id, page, err := frameID(f.ID)
	if err != nil {
		return pdf.Drawn{}, err
	}
	if err := b.open(id); err != nil {
		return pdf.Drawn{}, err
	}
	d, err := b.draw(out, page)
	if err != nil {
		return pdf.Drawn{}, &assess.Fault{
			Kind: assess.Damaged, Key: "fault.evidence_damaged",
			Args: assess.Args{"Name": b.records[id].Name, "Title": b.records[id].Title}, Err: err,
		}
	}
	b.done++
	if b.progress != nil {
		b.progress(b.done, b.total)
	}
	return d, nil
}

func frameID(s string) (id string, page int, err error) {
	id, n, ok := strings.Cut(s, "#")
	if !ok {
		return "", 0, fmt.Errorf("frame %q has no page", s)
	}
	page, err = strconv.Atoi(n)
	return id, page, err
}

func (b *binder) open(id string) error {
	if b.evidence == id {
		return nil
	}
	b.close()
	f, size, err := b.files.OpenEvidence(b.records[id].Digest)
	if err != nil {
		return err
	}
	b.evidence, b.file, b.size = id, f, size
	return nil
}

func (b *binder) close() {
	if b.file != nil {
		b.file.Close()
	}
	b.evidence, b.file, b.pdf = "", nil, nil
}

func (b *binder) draw(out *object.Writer, page int) (pdf.Drawn, error) {
	switch b.records[b.evidence].Media {
	case mediaPDF:
		return b.drawPage(out, page)
	case mediaJPEG:
		return drawJPEG(out, b.file, b.size)
	default:
		return drawPNG(out, b.file, b.size)
	}
}

func (b *binder) drawPage(out *object.Writer, page int) (pdf.Drawn, error) {
	if b.pdf == nil {
		f, err := object.Open(b.file, b.size)
		if err != nil {
			return pdf.Drawn{}, err
		}
		pages, err := f.Pages()
		if err != nil {
			return pdf.Drawn{}, err
		}
		b.pdf = &importer{object.NewImporter(f, out), pages}
	}
	if page >= len(b.pdf.pages) {
		return pdf.Drawn{}, fmt.Errorf("page %d of %d", page+1, len(b.pdf.pages))
	}
	form, err := b.pdf.Form(b.pdf.pages[page])
	if err != nil {
		return pdf.Drawn{}, err
	}
	d := pdf.Drawn{Ref: form.Ref, WidthMilli: form.WidthMilli, HeightMilli: form.HeightMilli}
	d.Layers, d.Hidden = b.pdf.Layers()
	return d, nil
}
