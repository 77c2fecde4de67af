package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mingpin/assess"
	"mingpin/assess/store"
	"mingpin/report/volume"
)

// merged keeps what an existing record of the same id says wherever the command
// says nothing.
func merged(s *session, v *store.Vault, e assess.Evidence) (assess.Evidence, error) {
	if e.ID == "" {
		return e, nil
	}
	old, err := store.One[assess.Evidence](s.ctx, v, e.ID)
	if assess.KindOf(err) == assess.Missing {
		return e, nil
	}
	if err != nil {
		return e, err
	}
	for from, to := range map[*string]*string{
		&old.Title: &e.Title, &old.Number: &e.Number, &old.Issuer: &e.Issuer, &old.Holder: &e.Holder, &old.HolderCode: &e.HolderCode,
		&old.Product: &e.Product, (*string)(&old.Issued): (*string)(&e.Issued), (*string)(&old.Expires): (*string)(&e.Expires),
		(*string)(&old.Period.From): (*string)(&e.Period.From), (*string)(&old.Period.To): (*string)(&e.Period.To),
	} {
		if *to == "" {
			*to = *from
		}
	}
	for from, to := range map[*[]string]*[]string{&old.Slots: &e.Slots, &old.Models: &e.Models, &old.Methods: &e.Methods, &old.Marks: &e.Marks} {
		*to = union(*from, *to)
	}
	for k, x := range old.Fields {
		if _, said := e.Fields[k]; !said {
			if e.Fields == nil {
				e.Fields = map[string]string{}
			}
			e.Fields[k] = x
		}
	}
	return e, nil
}

func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, x := range b {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

// readableFile refuses a file that claims to be a PDF or an image and cannot be
// read, before anything is kept: whoever receives it could not read it either.
func readableFile(s *session, path string) error {
	e := assess.Evidence{ID: "x", Digest: path, Name: filepath.Base(path), Title: filepath.Base(path), Media: claimedMedia(path)}
	annexes, err := volume.Inspect(s.ctx, onDisk{}, []assess.Evidence{e})
	if err != nil {
		return err
	}
	key := map[string]string{
		"report.problem.encrypted": "fault.evidence_encrypted", "report.problem.damaged": "fault.evidence_damaged",
	}[annexes[0].Problem]
	if key == "" {
		return nil
	}
	return &assess.Fault{Kind: assess.Damaged, Key: key, Args: assess.Args{"Title": e.Title, "Name": path}}
}

// claimedMedia is what a file says to be by its name.
func claimedMedia(path string) string {
	return map[string]string{
		".pdf": "application/pdf", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png",
	}[strings.ToLower(filepath.Ext(path))]
}

// onDisk opens files that are not in the vault yet; their path stands in for
// the digest.
type onDisk struct{}

// OpenEvidence opens the file at path.
func (onDisk) OpenEvidence(path string) (volume.File, int64, error) {
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
