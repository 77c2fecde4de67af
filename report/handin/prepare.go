package handin

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"mingpin/assess/programme"
	"mingpin/assets"
	"mingpin/report"
	"mingpin/report/pdf"
	"mingpin/report/sign"
	"mingpin/report/volume"
)

// BuildVolume binds the volume of in at path, with the fields for its signers
// placed and unsigned. Evidence that is lost, altered, damaged or encrypted is a
// fault naming every such file. path never holds half a volume.
func BuildVolume(ctx context.Context, path string, in report.Input, files volume.Files, p volume.Progress) (pdf.Result, error) {
	var r pdf.Result
	annexes, err := ready(ctx, in, files)
	if err != nil {
		return r, err
	}
	in.Annexes = annexes
	err = replace(path, func(tmp *os.File) error {
		bound, err := os.CreateTemp(filepath.Dir(path), ".bound-*")
		if err != nil {
			return fmt.Errorf("create volume: %w", err)
		}
		defer os.Remove(bound.Name())
		defer bound.Close()
		if r, err = volume.Build(ctx, bound, in, files, p); err != nil {
			return err
		}
		size, err := bound.Seek(0, io.SeekEnd)
		if err != nil {
			return err
		}
		return sign.PlaceFields(bound, size, tmp, fields(r))
	})
	return r, err
}

// BuildDraft binds a draft at path, which cannot be signed.
func BuildDraft(ctx context.Context, path string, in report.Input, files volume.Files, p volume.Progress) (pdf.Result, error) {
	var r pdf.Result
	err := replace(path, func(tmp *os.File) (err error) {
		r, err = volume.Draft(ctx, tmp, in, files, p)
		return err
	})
	return r, err
}

// fields are the places for electronic signatures; boxes without a name are
// for paper only.
func fields(r pdf.Result) []sign.FieldSpec {
	var specs []sign.FieldSpec
	for _, f := range r.Fields {
		if f.Name != "" {
			specs = append(specs, sign.FieldSpec{Name: f.Name, Page: f.Page - 1, Rect: f.Rect})
		}
	}
	return specs
}

// replace writes a file beside path, syncs it and gives it its name.
func replace(path string, write func(tmp *os.File) error) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".volume-*")
	if err != nil {
		return fmt.Errorf("create volume: %w", err)
	}
	defer func() {
		tmp.Close()
		if err != nil {
			os.Remove(tmp.Name())
		}
	}()
	if err := write(tmp); err != nil {
		return err
	}
	if err := tmp.Sync(); err != nil {
		return fmt.Errorf("sync volume: %w", err)
	}
	if err := tmp.Close(); err != nil {
		return fmt.Errorf("close volume: %w", err)
	}
	if err := os.Chmod(tmp.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), path)
}

// Unsigned lists the roles whose fields in the volume wait for a signature, in
// the order of the volume.
func Unsigned(path string) ([]string, error) {
	f, size, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return sign.UnsignedFields(f, size)
}

// Signed lists the names in the certificates that have signed the volume.
func Signed(path string) ([]string, error) {
	f, size, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	reports, err := sign.Verify(f, size, sign.Options{})
	var names []string
	for _, r := range reports {
		names = append(names, r.Signer)
	}
	return names, err
}

func openFile(path string) (*os.File, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, 0, err
	}
	return f, info.Size(), nil
}

// A Signature is one signer's act.
type Signature struct {
	Role             string // name of the field
	Identity         *sign.Identity
	Time             time.Time
	Name             string // as the declaration names the signer
	Reason, Location string
	Seal             []byte       // picture of a seal or handwriting, PNG or JPEG; may be nil
	Text             *assets.Text // language of what the box shows
}

// SignVolume signs the field of s in the volume at path. The first signature
// certifies the volume: afterwards nothing but the other signatures may be
// added.
func SignVolume(path string, s Signature) error {
	f, size, err := openFile(path)
	if err != nil {
		return err
	}
	defer f.Close()
	before, err := sign.Verify(f, size, sign.Options{})
	if err != nil {
		return err
	}
	stamp, err := pdf.Appearance(pdf.Stamp{
		Fonts: pdf.Fonts{Regular: assets.Regular(), Bold: assets.Bold()},
		Lines: s.lines(), Image: s.Seal, Lang: s.Text.Lang(), Created: s.Time,
	})
	if err != nil {
		return err
	}
	return replace(path, func(tmp *os.File) error {
		return sign.Sign(f, size, tmp, sign.Request{
			Field: s.Role, Identity: s.Identity, Time: s.Time, Reason: s.Reason, Location: s.Location,
			Name: s.Name, Appearance: stamp, Certify: len(before) == 0,
		})
	})
}

// lines are what the box shows: who, when, why, and what the identity is worth.
func (s Signature) lines() []string {
	lines := []string{
		s.Name,
		s.Text.T("report.stamp.certificate", map[string]string{"Name": s.Identity.Certificate.Subject.CommonName}),
		s.Text.T("report.stamp.time", map[string]string{"Time": s.Time.Format("2006-01-02 15:04 -07:00")}),
		s.Text.T("report.stamp.reason", map[string]string{"Reason": s.Reason}),
	}
	if s.Identity.SelfMade {
		lines = append(lines, s.Text.T("report.stamp.self_made"))
	}
	return lines
}

// Collect gathers what goes into the package of in: the signed volume, the
// snapshot, its pack and the evidence in the order of the volume.
func Collect(in report.Input, volumePath string, files volume.Files, now time.Time) (Contents, error) {
	snapshot, err := in.Snapshot.Canonical()
	if err != nil {
		return Contents{}, err
	}
	pack, err := programme.Encode(in.Pack)
	if err != nil {
		return Contents{}, err
	}
	c := Contents{Volume: volumePath, Snapshot: snapshot, Pack: pack, Files: files, Modified: now}
	packed := map[string]bool{}
	for _, n := range report.Numbering(in) {
		e := n.Evidence
		if packed[e.Digest] {
			continue // the same file recorded twice is packed once
		}
		packed[e.Digest] = true
		c.Evidence = append(c.Evidence, Item{Name: EvidenceName(n.Number, e.Digest, e.Name), Digest: e.Digest, Media: e.Media, Size: e.Size})
	}
	return c, nil
}
