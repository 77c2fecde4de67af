package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/uuid"

	"mingpin/assess"
)

// AddEvidence takes a file into the vault: the bytes of r under their SHA-256,
// then the record. meta holds what is known about the document; Digest, Media,
// Size and Name (from name) are filled in, a missing Title becomes the name
// without its extension, a missing ID a new UUID. Memory does not grow with the
// size of the file. When AddEvidence returns nil, file and record survive the
// loss of power.
//
// added reports whether the vault did not have the file. Where it had: with an
// empty meta.ID the record that is there is returned and nothing is written;
// with an ID of its own a second record of the same file is made.
//
// Faults, all naming File, after which the vault is as before: Invalid
// fault.evidence_empty; Hostile fault.evidence_too_large; Damaged, Missing or
// Refused fault.evidence_unreadable (Cause); Conflict fault.evidence_changed
// when the file changed while it was read; Conflict fault.evidence_id_taken when
// meta.ID is another file's; Refused fault.disk_full.
func (v *Vault) AddEvidence(ctx context.Context, meta assess.Evidence, name string, r io.Reader) (record assess.Evidence, added bool, err error) {
	in, err := v.receive(ctx, name, r)
	if err != nil {
		return assess.Evidence{}, false, v.mend(err)
	}
	record, err = describe(meta, name, in)
	if err != nil {
		in.discard()
		return assess.Evidence{}, false, err
	}
	record, added, err = v.shelve(ctx, in, record, meta.ID == "")
	if err != nil {
		return assess.Evidence{}, false, v.mend(fmt.Errorf("add evidence %s: %w", name, err))
	}
	return record, added, nil
}

// shelve puts the file in its place and then writes its record. Where the
// record fails, a file that nothing else names is taken away again.
func (v *Vault) shelve(ctx context.Context, in *incoming, e assess.Evidence, once bool) (assess.Evidence, bool, error) {
	v.shelf.Lock()
	defer v.shelf.Unlock()
	added, err := v.keep(in)
	if err == nil {
		e, err = v.record(ctx, e, once)
	}
	if err != nil && added {
		err = errors.Join(err, v.unshelve(in.digest))
	}
	return e, added, err
}

// unshelve works without the caller's context, which may be what has ended.
func (v *Vault) unshelve(digest string) error {
	const naming = `SELECT id FROM op WHERE entity = 'evidence' AND field = 'digest' AND new = ? LIMIT 1`
	named, err := column1(context.Background(), v.read, ask(naming, digest))
	if err != nil || len(named) > 0 {
		return err
	}
	return os.Remove(v.objectPath(digest))
}

// AddEvidenceFile is AddEvidence of the file at path under its own name.
// progress, which may be nil, hears how many bytes of how many are read.
func (v *Vault) AddEvidenceFile(ctx context.Context, meta assess.Evidence, path string, progress func(done, total int64)) (assess.Evidence, bool, error) {
	name := filepath.Base(path)
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() { // opening a pipe would wait for a writer
		err = fmt.Errorf("%s is not a regular file", info.Mode().Type())
	}
	if err != nil {
		return assess.Evidence{}, false, unreadable(name, err)
	}
	f, err := os.Open(path)
	if err != nil {
		return assess.Evidence{}, false, unreadable(name, err)
	}
	defer f.Close()
	if progress == nil {
		return v.AddEvidence(ctx, meta, name, f)
	}
	return v.AddEvidence(ctx, meta, name, &watched{File: f, total: info.Size(), progress: progress})
}

// watched is a file that tells how far it has been read.
type watched struct {
	*os.File
	done, total int64
	progress    func(done, total int64)
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.File.Read(p)
	w.done += int64(n)
	w.progress(w.done, w.total)
	return n, err
}

// describe completes and checks the record of a received file.
func describe(e assess.Evidence, name string, in *incoming) (assess.Evidence, error) {
	e.Digest, e.Size, e.Name = in.digest, in.size, name
	media, err := mediaOf(in.head, in.file, in.size)
	if err != nil {
		return e, fmt.Errorf("tell type of evidence: %w", err)
	}
	e.Media = media
	if e.Title == "" {
		e.Title = strings.TrimSuffix(name, filepath.Ext(name))
	}
	if e.ID == "" {
		id, err := uuid.NewV7()
		if err != nil {
			return e, fmt.Errorf("make evidence id: %w", err)
		}
		e.ID = id.String()
	}
	return e, e.Check()
}

// record writes e, or returns the record that is there where e is not to be a
// second one of its file.
func (v *Vault) record(ctx context.Context, e assess.Evidence, once bool) (assess.Evidence, error) {
	err := v.change(ctx, 0, func(c *change) error {
		t := tableByKind[assess.KindEvidence]
		if once {
			keys, err := column1(ctx, c.tx, ask(`SELECT "key" FROM evidence WHERE digest = ? ORDER BY "key" LIMIT 1`, e.Digest))
			if err != nil {
				return err
			}
			if len(keys) > 0 {
				e, err = one[assess.Evidence](ctx, c.tx, keys[0])
				return err
			}
		}
		old, err := readRow(ctx, c.tx, t, e.ID)
		if err != nil {
			return err
		}
		if old != nil && old[t.byName["digest"]] != e.Digest {
			return &assess.Fault{Kind: assess.Conflict, Key: "fault.evidence_id_taken", Args: assess.Args{
				"ID": e.ID, "File": e.Name,
			}}
		}
		return c.save(e)
	})
	return e, err
}

// OpenEvidence opens the file with a digest for reading. The fault is Missing
// fault.evidence_missing (Key: the digest). It does not verify the content; see
// VerifyEvidence.
func (v *Vault) OpenEvidence(_ context.Context, digest string) (*os.File, error) {
	if !isDigest(digest) {
		return nil, missing(assess.KindEvidence, digest)
	}
	f, err := os.Open(v.objectPath(digest))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, missing(assess.KindEvidence, digest)
	}
	return f, err
}

func isDigest(s string) bool {
	return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == ""
}
