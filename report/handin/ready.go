package handin

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"mingpin/assess"
	"mingpin/report"
	"mingpin/report/pdf"
	"mingpin/report/pdf/object"
	"mingpin/report/sign"
	"mingpin/report/volume"
)

// ready refuses to bind evidence that is lost, is not what its record says, or
// could not be read by whoever receives it. Every such file is named at once:
// after signing it would be too late. It gives how each file will appear.
func ready(ctx context.Context, in report.Input, files volume.Files) ([]report.Annex, error) {
	var errs []error
	for _, e := range in.Snapshot.Evidence {
		if err := intact(ctx, files, e); err != nil {
			if ctx.Err() != nil {
				return nil, err
			}
			errs = append(errs, err)
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	annexes, err := volume.Inspect(ctx, files, in.Snapshot.Evidence)
	if err != nil {
		return nil, err
	}
	for i, a := range annexes {
		if key := unreadable[a.Problem]; key != "" {
			errs = append(errs, evidenceFault(assess.Damaged, key, in.Snapshot.Evidence[i], nil))
		}
	}
	return annexes, errors.Join(errs...)
}

// unreadable are the problems with which a file is not handed in, with the
// fault each becomes.
var unreadable = map[string]string{
	"report.problem.encrypted": "fault.evidence_encrypted",
	"report.problem.damaged":   "fault.evidence_damaged",
}

func evidenceFault(kind assess.Kind, key string, e assess.Evidence, err error) error {
	return &assess.Fault{Kind: kind, Key: key, Args: assess.Args{"Name": e.Name, "Title": e.Title}, Err: err}
}

func intact(ctx context.Context, files volume.Files, e assess.Evidence) error {
	f, size, err := files.OpenEvidence(e.Digest)
	if err != nil {
		return evidenceFault(assess.Damaged, "fault.evidence_lost", e, err)
	}
	defer f.Close()
	sum := sha256.New()
	buf := make([]byte, 1<<20)
	if _, err := io.CopyBuffer(sum, &cancelled{ctx, io.NewSectionReader(f, 0, size)}, buf); err != nil {
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != e.Digest {
		return evidenceFault(assess.Damaged, "fault.evidence_altered", e, nil)
	}
	return nil
}

// cancelled is a reader that ends with its context.
type cancelled struct {
	ctx context.Context
	r   io.Reader
}

func (c *cancelled) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// CheckVolume refuses a file that is not the volume of in: one without the
// fields of its signers, or that prints anything but what in amounts to. It is
// asked before every signature, since nobody should sign another file's pages.
func CheckVolume(path string, in report.Input) error {
	f, size, err := openFile(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := checkFields(f, size, in.Snapshot.Signers); err != nil {
		return err
	}
	o, err := object.Open(f, size)
	if err != nil {
		return err
	}
	got, err := pdf.Values(o)
	if err != nil {
		return err
	}
	want, err := report.Values(report.Volume(in))
	if err != nil {
		return err
	}
	for _, id := range sortedKeys(want) {
		if got[id] != want[id] {
			return &assess.Fault{Kind: assess.Conflict, Key: "fault.volume_other", Args: assess.Args{"Value": id, "Printed": got[id], "Wanted": want[id]}}
		}
	}
	return nil
}

func checkFields(f *os.File, size int64, signers []assess.Signer) error {
	open, err := sign.UnsignedFields(f, size)
	if err != nil {
		return err
	}
	signed, err := sign.Verify(f, size, sign.Options{})
	if err != nil {
		return fmt.Errorf("read signatures: %w", err)
	}
	for _, s := range signed {
		open = append(open, s.Field)
	}
	for _, s := range signers {
		if !slices.Contains(open, s.Role) {
			return &assess.Fault{Kind: assess.Conflict, Key: "fault.volume_no_field", Args: assess.Args{"Role": s.Role}}
		}
	}
	return nil
}
