package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"mingpin/assess"
)

// MaxEvidence is the largest file taken as evidence, in bytes.
const MaxEvidence = 16 << 30

// buffers for copying, 1 MiB each, so that ingest needs the same memory
// whatever a file's size.
var buffers = sync.Pool{New: func() any {
	b := make([]byte, 1<<20)
	return &b
}}

// objectPath is where the file with a digest is kept.
func (v *Vault) objectPath(digest string) string {
	return filepath.Join(v.dir, "objects", "sha256", digest[:2], digest)
}

// incoming is a file on its way into the vault.
type incoming struct {
	file   *os.File
	digest string
	size   int64
	pushed int64  // how much the system was told to write already
	head   []byte // its first bytes, for telling its type
}

// receive copies r into a file of its own, hashing on the way. The caller must
// discard or keep it.
func (v *Vault) receive(ctx context.Context, name string, r io.Reader) (*incoming, error) {
	f, err := os.CreateTemp(filepath.Join(v.dir, "tmp"), "in-*")
	if err != nil {
		return nil, err
	}
	in := &incoming{file: f}
	if err := in.fill(ctx, name, r); err != nil {
		in.discard()
		return nil, err
	}
	return in, nil
}

func (in *incoming) fill(ctx context.Context, name string, r io.Reader) error {
	before, err := statOf(r)
	if err != nil {
		return unreadable(name, err)
	}
	h := sha256.New()
	if err := in.copy(ctx, name, r, h); err != nil {
		return err
	}
	in.digest = hex.EncodeToString(h.Sum(nil))
	if in.size == 0 {
		return &assess.Fault{Kind: assess.Invalid, Key: "fault.evidence_empty", Args: assess.Args{"File": name}}
	}
	return in.unchanged(name, r, before)
}

// copy tells failures to read from failures to write: the first are the file's,
// the second the vault's.
func (in *incoming) copy(ctx context.Context, name string, r io.Reader, h hash.Hash) error {
	pooled := buffers.Get().(*[]byte)
	defer buffers.Put(pooled)
	b := *pooled
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := r.Read(b)
		if in.size += int64(n); in.size > MaxEvidence {
			return &assess.Fault{Kind: assess.Hostile, Key: "fault.evidence_too_large", Args: assess.Args{
				"File": name, "Most": itoa(MaxEvidence),
			}}
		}
		if missing := sniffLength - len(in.head); missing > 0 {
			in.head = append(in.head, b[:min(n, missing)]...)
		}
		h.Write(b[:n])
		if _, err := in.file.Write(b[:n]); err != nil {
			return fmt.Errorf("write evidence: %w", err)
		}
		in.push()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return unreadable(name, err)
		}
	}
}

// push keeps the disk busy while the rest of the file is read and hashed.
func (in *incoming) push() {
	const part = 8 << 20
	if in.size-in.pushed >= part {
		startWriting(in.file, in.pushed, in.size-in.pushed)
		in.pushed = in.size
	}
}

// statOf is what the system says about r where r is a file, else nil. Only a
// regular file has an end.
func statOf(r io.Reader) (fs.FileInfo, error) {
	f, ok := r.(interface{ Stat() (fs.FileInfo, error) })
	if !ok {
		return nil, nil
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is not a regular file", info.Mode().Type())
	}
	return info, err
}

// unchanged refuses a file that went away, was cut, grew or was rewritten while
// it was read: what was read then may never have existed as a file.
func (in *incoming) unchanged(name string, r io.Reader, before fs.FileInfo) error {
	if before == nil {
		return nil
	}
	after, err := statAgain(r)
	if err != nil {
		return unreadable(name, err)
	}
	if after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime()) || !os.SameFile(after, before) {
		return &assess.Fault{Kind: assess.Conflict, Key: "fault.evidence_changed", Args: assess.Args{"File": name}}
	}
	return nil
}

// statAgain asks by name where there is one: an open file outlives its name.
func statAgain(r io.Reader) (fs.FileInfo, error) {
	if f, ok := r.(interface{ Name() string }); ok {
		return os.Stat(f.Name())
	}
	return statOf(r)
}

// unreadable names a file that cannot be read to its end, and why.
func unreadable(name string, err error) error {
	kind := assess.Damaged
	switch {
	case errors.Is(err, fs.ErrNotExist):
		kind = assess.Missing
	case errors.Is(err, fs.ErrPermission):
		kind = assess.Refused
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	}
	return &assess.Fault{Kind: kind, Key: "fault.evidence_unreadable", Args: assess.Args{
		"File": name, "Cause": cause(err),
	}, Err: err}
}

// cause is the innermost sentence of the system, without paths of ours.
func cause(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

func (in *incoming) discard() {
	// Nothing refers to the file, and tmp is emptied when the vault opens.
	_ = in.file.Close()
	_ = os.Remove(in.file.Name())
}

// keep gives the file its place under its digest, on disk with its name. It
// reports false when an intact file is there already; a damaged one is replaced.
func (v *Vault) keep(in *incoming) (added bool, err error) {
	path := v.objectPath(in.digest)
	if intact, err := sameObject(path, in.digest, in.size); err != nil || intact {
		in.discard()
		return false, err
	}
	// After a failed sync the pages are lost though a second sync would succeed,
	// so the file is given up and not tried again.
	if err := errors.Join(in.file.Sync(), in.file.Close(), seal(in.file.Name())); err != nil {
		in.discard()
		return false, err
	}
	if err := v.makeShelf(filepath.Dir(path)); err != nil {
		in.discard()
		return false, err
	}
	if err := rename(in.file.Name(), path); err != nil {
		in.discard()
		return false, err
	}
	return true, syncDir(filepath.Dir(path))
}

// makeShelf makes the folder objects/sha256/ab with its name on disk. A folder
// that is there may be from a program that died before its name was; so each is
// seen to once in the life of the vault.
func (v *Vault) makeShelf(dir string) error {
	if v.shelves[dir] {
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	hashes := filepath.Dir(dir)
	above := []string{hashes}
	if len(v.shelves) == 0 {
		above = append(above, filepath.Dir(hashes), v.dir)
	}
	for _, d := range above {
		if err := syncDir(d); err != nil {
			return err
		}
	}
	v.shelves[dir] = true
	return nil
}

// sameObject reports whether path holds an intact file of that digest.
func sameObject(path, digest string, size int64) (bool, error) {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil || !info.Mode().IsRegular() || info.Size() != size {
		return false, err
	}
	got, err := digestOf(path, func(int64) error { return nil })
	return got == digest, err
}

// digestOf hashes a file and tells each after every piece how long it was.
func digestOf(path string, each func(n int64) error) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	pooled := buffers.Get().(*[]byte)
	defer buffers.Put(pooled)
	h := sha256.New()
	for {
		n, err := f.Read(*pooled)
		h.Write((*pooled)[:n])
		if stop := each(int64(n)); stop != nil {
			return "", stop
		}
		if errors.Is(err, io.EOF) {
			return hex.EncodeToString(h.Sum(nil)), nil
		}
		if err != nil {
			return "", err
		}
	}
}

// emptyTmp removes what a crash left on its way in.
func (v *Vault) emptyTmp() error {
	dir := filepath.Join(v.dir, "tmp")
	left, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range left {
		errs = append(errs, os.Remove(filepath.Join(dir, e.Name())))
	}
	return errors.Join(errs...)
}
