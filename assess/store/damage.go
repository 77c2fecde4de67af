package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sort"

	"mingpin/assess"
)

// A DamageKind is what is wrong with a file of evidence.
type DamageKind string

// The kinds of damage.
const (
	Lost    DamageKind = "missing" // a record's file is not there
	Altered DamageKind = "altered" // a file is not what its name says
	Orphan  DamageKind = "orphan"  // a file that no record ever named
)

// Damage is one file of evidence that is not as it should be.
type Damage struct {
	Kind   DamageKind `json:"kind"`
	Digest string     `json:"digest"` // or the file's name, where that is no digest
	IDs    []string   `json:"ids"`    // of the records that name it
	Names  []string   `json:"names"`  // file names in those records
}

// VerifyEvidence reads every file of the vault and compares it with its digest.
// progress, which may be nil, hears how many bytes of how many are done. The
// damages are sorted by digest. Files that only earlier moments of the history
// name are checked too: an undo may bring them back.
func (v *Vault) VerifyEvidence(ctx context.Context, progress func(done, total int64)) ([]Damage, error) {
	if progress == nil {
		progress = func(int64, int64) {}
	}
	records, err := v.records(ctx)
	if err != nil {
		return nil, v.mend(err)
	}
	files, total, err := v.objects()
	if err != nil {
		return nil, v.mend(err)
	}
	c := objectCheck{ctx: ctx, total: total, progress: progress}
	damages := []Damage{}
	for _, f := range files {
		d, known := records[f.name]
		delete(records, f.name)
		if d.Kind, err = c.file(f, known); err != nil {
			return nil, v.mend(err)
		}
		if d.Kind != "" {
			d.Digest = f.name
			damages = append(damages, d)
		}
	}
	for digest, d := range records {
		if len(d.IDs) > 0 { // nothing that is there now lacks a file of the past
			d.Kind, d.Digest = Lost, digest
			damages = append(damages, d)
		}
	}
	sort.Slice(damages, func(i, j int) bool { return damages[i].Digest < damages[j].Digest })
	return damages, nil
}

// records are all digests that the history names, with the records that name
// them now.
func (v *Vault) records(ctx context.Context) (map[string]Damage, error) {
	past, err := column1(ctx, v.read, ask(`SELECT DISTINCT new FROM op WHERE entity = 'evidence' AND field = 'digest' AND new <> ''`))
	if err != nil {
		return nil, err
	}
	records := map[string]Damage{}
	for _, digest := range past {
		records[digest] = Damage{IDs: []string{}, Names: []string{}}
	}
	now, err := all[assess.Evidence](ctx, v.read, "")
	for _, e := range now {
		d := records[e.Digest]
		d.IDs, d.Names = append(d.IDs, e.ID), append(d.Names, e.Name)
		records[e.Digest] = d
	}
	return records, err
}

type object struct {
	name, path string
	size       int64
	regular    bool
}

// objects are all files below objects, in the order of their paths.
func (v *Vault) objects() (files []object, total int64, err error) {
	err = filepath.WalkDir(filepath.Join(v.dir, "objects"), func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		files = append(files, object{name: e.Name(), path: path, size: info.Size(), regular: info.Mode().IsRegular()})
		total += info.Size()
		return nil
	})
	return files, total, err
}

type objectCheck struct {
	ctx         context.Context
	done, total int64
	progress    func(done, total int64)
}

func (c *objectCheck) file(f object, known bool) (DamageKind, error) {
	if !known {
		c.read(f.size)
		return Orphan, c.ctx.Err()
	}
	if !f.regular {
		return Altered, nil
	}
	got, err := digestOf(f.path, func(n int64) error {
		c.read(n)
		return c.ctx.Err()
	})
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return "", err
	case err != nil || got != f.name: // a file that cannot be read is damage, not the end
		return Altered, nil
	}
	return "", nil
}

func (c *objectCheck) read(n int64) {
	c.done += n
	c.progress(c.done, c.total)
}

// Sweep removes the files that no op of the history names, which a crash
// between file and record leaves, and returns how many. It is never done by
// itself: after a database was restored from a backup, the files of the lost
// records are all that is left of them.
func (v *Vault) Sweep(ctx context.Context) (int, error) {
	records, err := v.records(ctx)
	if err != nil {
		return 0, v.mend(err)
	}
	files, _, err := v.objects()
	if err != nil {
		return 0, v.mend(err)
	}
	removed := 0
	for _, f := range files {
		if _, known := records[f.name]; known {
			continue
		}
		if err := os.Remove(f.path); err != nil {
			return removed, v.mend(err)
		}
		removed++
	}
	return removed, nil
}
