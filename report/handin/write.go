package handin

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"mingpin/report/sign"
	"mingpin/report/volume"
)

// Contents are what goes into a package.
type Contents struct {
	Volume   string // path of the signed volume
	Snapshot []byte // canonical JSON
	Pack     []byte // canonical JSON
	Evidence []Item // in the order of the volume
	Files    volume.Files
	Modified time.Time // time stamp of the entries
}

// An Item is one piece of evidence in the package.
type Item struct {
	Name   string // inside the package, see EvidenceName
	Digest string
	Media  string
	Size   int64
}

// Write makes the package at path: written beside it under another name,
// synced, then renamed, so that path never holds half a package. Evidence that
// does not have its digest stops the work and names the file.
func Write(ctx context.Context, path string, c Contents, id *sign.Identity, p Progress) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".package-*")
	if err != nil {
		return fmt.Errorf("create package: %w", err)
	}
	defer func() {
		tmp.Close()
		if err != nil {
			os.Remove(tmp.Name())
		}
	}()
	w := &writer{file: tmp, zip: zip.NewWriter(tmp), progress: p, modified: c.Modified}
	if w.total, err = c.size(); err != nil {
		return err
	}
	if err := w.all(ctx, c, id); err != nil {
		return err
	}
	if err := tmp.Sync(); err != nil {
		return fmt.Errorf("sync package: %w", err)
	}
	if err := tmp.Close(); err != nil {
		return fmt.Errorf("close package: %w", err)
	}
	if err := os.Chmod(tmp.Name(), 0o644); err != nil {
		return fmt.Errorf("close package: %w", err)
	}
	return os.Rename(tmp.Name(), path)
}

// size counts the bytes to be written but for manifest and signature, which are
// small and made last.
func (c Contents) size() (int64, error) {
	info, err := os.Stat(c.Volume)
	if err != nil {
		return 0, fmt.Errorf("open volume: %w", err)
	}
	n := int64(len(mimetype)+len(c.Snapshot)+len(c.Pack)) + info.Size()
	for _, it := range c.Evidence {
		n += it.Size
	}
	return n, nil
}

type writer struct {
	file     *os.File
	zip      *zip.Writer
	progress Progress
	modified time.Time
	done     int64
	total    int64
	entries  []entry
	buf      []byte
	flushed  int64
}

// flush keeps the disk busy while files are read and hashed.
func (w *writer) flush() {
	const piece = 16 << 20
	if w.done-w.flushed >= piece {
		flush(w.file, w.flushed, w.done-w.flushed)
		w.flushed = w.done
	}
}

func (w *writer) all(ctx context.Context, c Contents, id *sign.Identity) error {
	w.buf = make([]byte, 1<<20)
	if err := w.bytes(ctx, entry{Name: mimetypeName}, []byte(mimetype)); err != nil {
		return err
	}
	w.entries = nil // the mimetype is not listed
	if err := w.volume(ctx, c.Volume); err != nil {
		return err
	}
	if err := w.bytes(ctx, entry{Name: SnapshotName, Media: "application/json"}, c.Snapshot); err != nil {
		return err
	}
	if err := w.bytes(ctx, entry{Name: PackName, Media: "application/json"}, c.Pack); err != nil {
		return err
	}
	for _, it := range c.Evidence {
		if err := w.evidence(ctx, c.Files, it); err != nil {
			return err
		}
	}
	return w.seal(ctx, id)
}

func (w *writer) volume(ctx context.Context, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open volume: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("open volume: %w", err)
	}
	_, err = w.copy(ctx, entry{Name: VolumeName, Media: "application/pdf"}, f, info.Size())
	return err
}

func (w *writer) evidence(ctx context.Context, files volume.Files, it Item) error {
	f, size, err := files.OpenEvidence(it.Digest)
	if errors.Is(err, fs.ErrNotExist) {
		return &ChangedError{Name: it.Name, Digest: it.Digest, Err: err}
	}
	if err != nil {
		return err
	}
	defer f.Close()
	if size != it.Size {
		return &ChangedError{Name: it.Name, Digest: it.Digest}
	}
	got, err := w.copy(ctx, entry{Name: it.Name, Media: it.Media, Digest: it.Digest}, io.NewSectionReader(f, 0, size), size)
	if err != nil {
		return err
	}
	if got != it.Digest {
		return &ChangedError{Name: it.Name, Digest: it.Digest}
	}
	return nil
}

// seal writes the manifest and the signature over it.
func (w *writer) seal(ctx context.Context, id *sign.Identity) error {
	manifest, err := writeManifest(w.entries)
	if err != nil {
		return err
	}
	if err := w.bytes(ctx, entry{Name: manifestName}, manifest); err != nil {
		return err
	}
	sig, err := id.CMS(newReader(manifest))
	if err != nil {
		return fmt.Errorf("sign manifest: %w", err)
	}
	if err := w.bytes(ctx, entry{Name: signatureName}, sig); err != nil {
		return err
	}
	return w.zip.Close()
}

func (w *writer) bytes(ctx context.Context, e entry, data []byte) error {
	_, err := w.copy(ctx, e, newReader(data), int64(len(data)))
	return err
}

// copy stores one entry in a single pass. The checksum is known only
// afterwards, so the local header is patched in place: a data descriptor
// behind a stored entry would be refused by some readers.
func (w *writer) copy(ctx context.Context, e entry, r io.Reader, size int64) (digest string, err error) {
	h := &zip.FileHeader{Name: e.Name, Method: zip.Store, Modified: time.Time{}}
	h.CompressedSize64, h.UncompressedSize64 = uint64(size), uint64(size)
	setDOSTime(h, w.modified)
	if err := w.zip.Flush(); err != nil {
		return "", err
	}
	at, err := w.file.Seek(0, io.SeekCurrent)
	if err != nil {
		return "", err
	}
	out, err := w.zip.CreateRaw(h)
	if err != nil {
		return "", err
	}
	sum, crc := sha256.New(), crc32.NewIEEE()
	n, err := w.stream(ctx, &tee{out: out, sums: io.MultiWriter(sum, crc)}, r)
	if err != nil {
		return "", fmt.Errorf("write %s: %w", e.Name, err)
	}
	if n != size {
		return "", &ChangedError{Name: e.Name, Digest: e.Digest}
	}
	h.CRC32 = crc.Sum32()
	if err := w.patch(at, h.CRC32); err != nil {
		return "", err
	}
	e.Digest = hex.EncodeToString(sum.Sum(nil))
	w.entries = append(w.entries, e)
	return e.Digest, nil
}

// A tee writes a piece and sums it up at the same time: both take about as
// long, and most of the time of a package goes into them.
type tee struct{ out, sums io.Writer }

func (t *tee) Write(p []byte) (int, error) {
	summed := make(chan error, 1)
	go func() {
		_, err := t.sums.Write(p)
		summed <- err
	}()
	n, err := t.out.Write(p)
	return n, errors.Join(err, <-summed)
}

// patch writes the checksum into the local file header that begins at at.
func (w *writer) patch(at int64, crc uint32) error {
	if err := w.zip.Flush(); err != nil {
		return err
	}
	const crcInHeader = 14
	var b [4]byte
	binary.LittleEndian.PutUint32(b[:], crc)
	_, err := w.file.WriteAt(b[:], at+crcInHeader)
	return err
}

func (w *writer) stream(ctx context.Context, out io.Writer, r io.Reader) (int64, error) {
	var n int64
	for {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		k, err := r.Read(w.buf)
		if k > 0 {
			if _, err := out.Write(w.buf[:k]); err != nil {
				return n, err
			}
			n += int64(k)
			w.done += int64(k)
			w.progress.tell(min(w.done, w.total), w.total)
			w.flush()
		}
		if err == io.EOF {
			return n, nil
		}
		if err != nil {
			return n, err
		}
	}
}
