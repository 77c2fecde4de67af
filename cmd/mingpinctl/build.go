package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"mingpin/assess"
	"mingpin/report"
	"mingpin/report/handin"
	"mingpin/report/volume"
)

// The files of an application on its way to the office, in one folder.
const (
	snapshotFile = "snapshot.json"
	volumeFile   = "volume.pdf"
	internalFile = "internal.pdf"
	draftFile    = "draft.pdf"
	packageFile  = "package.asice"
)

const maxSnapshot = 64 << 20

type buildCommand struct {
	Out   string `short:"o" type:"path" default:"." help:"${help_build_out}"`
	Draft bool   `help:"${help_build_draft}"`
	Force bool   `help:"${help_build_force}"`
}

// Run freezes the application and binds its volume, ready for signing. While
// something blocks only a draft can be bound; the internal report always is.
func (c buildCommand) Run(s *session) error {
	j, err := s.job()
	if err != nil {
		return err
	}
	defer j.close()
	in, err := volume.Input(j.pack, j.snapshot)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Out, 0o755); err != nil {
		return err
	}
	if n := blocks(in.Evaluation); n > 0 && !c.Draft {
		s.evaluation(j.pack, in.Evaluation)
		fmt.Fprintln(s.err, s.say.N("ctl.blocked", n))
		if err := writeInternal(filepath.Join(c.Out, internalFile), in); err != nil {
			return err
		}
		return errFails
	}
	if err := writeInternal(filepath.Join(c.Out, internalFile), in); err != nil {
		return err
	}
	if c.Draft {
		return c.draft(s, j, in)
	}
	if err := c.replaceable(); err != nil {
		return err
	}
	return c.build(s, j, in)
}

// replaceable refuses to overwrite a volume somebody has signed. With --force
// it goes, and the package made from it too.
func (c buildCommand) replaceable() error {
	path := filepath.Join(c.Out, volumeFile)
	signed, err := handin.Signed(path)
	if err != nil || len(signed) == 0 {
		return nil // nothing there, or nothing anybody has signed
	}
	if !c.Force {
		return &assess.Fault{Kind: assess.Conflict, Key: "fault.volume_signed", Args: assess.Args{"Path": path, "Signers": strings.Join(signed, ", ")}}
	}
	if err := os.Remove(filepath.Join(c.Out, packageFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (c buildCommand) build(s *session, j *job, in report.Input) error {
	data, err := j.snapshot.Canonical()
	if err != nil {
		return err
	}
	path := filepath.Join(c.Out, volumeFile)
	bar := s.bar("ctl.binding")
	r, err := handin.BuildVolume(s.ctx, path, in, files{j.vault}, bar.pages)
	bar.end()
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(c.Out, snapshotFile), data, 0o644); err != nil {
		return err
	}
	s.tell("ctl.built", map[string]string{"File": path, "Pages": fmt.Sprint(r.Pages)})
	if a := in.Evaluation.Approval; a.State != assess.StepApproved || a.Stale {
		s.tell("ctl.not_approved")
	}
	return nil
}

// draft binds a volume that says on every page that it is one; it has no
// signature fields and no snapshot, so it cannot be handed in.
func (c buildCommand) draft(s *session, j *job, in report.Input) error {
	path := filepath.Join(c.Out, draftFile)
	bar := s.bar("ctl.binding")
	r, err := handin.BuildDraft(s.ctx, path, in, files{j.vault}, bar.pages)
	bar.end()
	if err != nil {
		return err
	}
	s.tell("ctl.drafted", map[string]string{"File": path, "Pages": fmt.Sprint(r.Pages)})
	return nil
}

// writeInternal writes the internal report whole or not at all.
func writeInternal(path string, in report.Input) error {
	var b bytes.Buffer
	if _, err := volume.Internal(&b, in); err != nil {
		return err
	}
	return os.WriteFile(path, b.Bytes(), 0o644)
}

// frozen reads back what build has frozen.
func frozen(dir string) (assess.Snapshot, error) {
	path := filepath.Join(dir, snapshotFile)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return assess.Snapshot{}, &assess.Fault{Kind: assess.Missing, Key: "fault.not_built", Args: assess.Args{"Path": dir}}
	}
	data, err := readFile(path, maxSnapshot)
	if err != nil {
		return assess.Snapshot{}, err
	}
	s, err := assess.ParseSnapshot(data)
	return s, inFile(path, err)
}
