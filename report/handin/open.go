package handin

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"time"
)

// Limits a package is read within.
const (
	maxEntries = 50_000
	maxSize    = 16 << 30
	maxEntry   = 1<<32 - 1
	maxListing = 256      // bytes of the directory an entry may take
	maxRecord  = 64 << 20 // snapshot and pack, which are read whole
)

func newReader(b []byte) *bytes.Reader { return bytes.NewReader(b) }

// entryName is every name a package may hold, so that none can lead out of a
// folder it is unpacked into.
var entryName = regexp.MustCompile(`^(mimetype|volume\.pdf|snapshot\.json|pack\.json|evidence/[0-9]{1,4}-[0-9]{1,4}-[0-9a-f]{8}\.[a-z0-9]{1,5}|META-INF/ASiCManifest001\.xml|META-INF/signature001\.p7s)$`)

// A Reader is an opened package whose form is sound: every entry has a name of
// the format, stands once, is stored, and the entries fill the file from its
// first byte to its directory without gaps or overlaps.
type Reader struct {
	src     io.ReaderAt
	closer  io.Closer
	names   []string
	content map[string]*io.SectionReader
}

// Open opens the package at path.
func Open(path string) (*Reader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	r, err := NewReader(f, info.Size())
	if err != nil {
		f.Close()
		return nil, err
	}
	r.closer = f
	return r, nil
}

// NewReader opens the package in src.
func NewReader(src io.ReaderAt, size int64) (*Reader, error) {
	if size > maxSize {
		return nil, &BrokenError{What: "too-large"}
	}
	directory, err := directoryOffset(src, size)
	if err != nil {
		return nil, err
	}
	z, err := zip.NewReader(src, size)
	if err != nil {
		return nil, &BrokenError{What: "not-zip", Err: err}
	}
	if len(z.File) > maxEntries {
		return nil, &BrokenError{What: "too-many"}
	}
	r := &Reader{src: src, content: map[string]*io.SectionReader{}}
	at := int64(0)
	for i, f := range z.File {
		if at, err = r.add(f, i, at); err != nil {
			return nil, err
		}
	}
	if at != directory {
		return nil, &BrokenError{What: "layout"}
	}
	return r, r.complete()
}

// add checks one entry, which has to begin at at, and gives where it ends.
func (r *Reader) add(f *zip.File, i int, at int64) (int64, error) {
	broken := func(what string) (int64, error) { return 0, &BrokenError{Entry: f.Name, What: what} }
	const utf8Name = 0x800
	switch {
	case !entryName.MatchString(f.Name):
		return broken("name")
	case r.content[f.Name] != nil:
		return broken("duplicate")
	case f.Method != zip.Store || f.Flags&^utf8Name != 0 || f.CompressedSize64 != f.UncompressedSize64:
		return broken("method")
	case f.UncompressedSize64 > maxEntry:
		return broken("too-large")
	case (i == 0) != (f.Name == mimetypeName):
		return broken("layout")
	}
	data, err := f.DataOffset()
	if err != nil {
		return 0, &BrokenError{Entry: f.Name, What: "layout", Err: err}
	}
	const localHeader = 30
	if data != at+localHeader+int64(len(f.Name)) {
		return broken("layout")
	}
	if err := r.sameName(f.Name, at+localHeader); err != nil {
		return 0, err
	}
	size := int64(f.UncompressedSize64)
	r.names = append(r.names, f.Name)
	r.content[f.Name] = io.NewSectionReader(r.src, data, size)
	return data + size, nil
}

// sameName refuses an entry whose own header names it otherwise than the
// directory: two readers would see two different packages.
func (r *Reader) sameName(name string, at int64) error {
	b := make([]byte, len(name))
	if _, err := r.src.ReadAt(b, at); err != nil || string(b) != name {
		return &BrokenError{Entry: name, What: "layout", Err: err}
	}
	return nil
}

func (r *Reader) complete() error {
	for _, name := range []string{mimetypeName, VolumeName, SnapshotName, PackName, manifestName, signatureName} {
		if r.content[name] == nil {
			return &BrokenError{Entry: name, What: "missing"}
		}
	}
	got, err := r.ReadAll(mimetypeName)
	if err != nil {
		return err
	}
	if string(got) != mimetype {
		return &BrokenError{Entry: mimetypeName, What: "mimetype"}
	}
	return nil
}

// Close closes the file Open has opened.
func (r *Reader) Close() error {
	if r.closer == nil {
		return nil
	}
	return r.closer.Close()
}

// Names lists the entries in their order.
func (r *Reader) Names() []string { return r.names }

// Entry gives the content of an entry, or nil.
func (r *Reader) Entry(name string) *io.SectionReader {
	s := r.content[name]
	if s == nil {
		return nil
	}
	return io.NewSectionReader(s, 0, s.Size())
}

// ReadAll reads a record of the package whole, within limits.
func (r *Reader) ReadAll(name string) ([]byte, error) {
	s := r.Entry(name)
	if s == nil {
		return nil, &BrokenError{Entry: name, What: "missing"}
	}
	if s.Size() > maxRecord {
		return nil, &BrokenError{Entry: name, What: "too-large"}
	}
	data, err := io.ReadAll(s)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	return data, nil
}

// directoryOffset finds the central directory from the end record, which has
// to be the very end of the file.
func directoryOffset(src io.ReaderAt, size int64) (int64, error) {
	const endSize, locatorSize, end64Size = 22, 20, 56
	end, err := readAt(src, size-endSize, endSize)
	if err != nil || binary.LittleEndian.Uint32(end) != 0x06054b50 || binary.LittleEndian.Uint16(end[20:]) != 0 {
		return 0, &BrokenError{What: "not-zip", Err: err}
	}
	offset, length := int64(binary.LittleEndian.Uint32(end[16:])), int64(binary.LittleEndian.Uint32(end[12:]))
	stop := size - endSize
	if offset == 1<<32-1 || binary.LittleEndian.Uint16(end[10:]) == 1<<16-1 {
		stop -= locatorSize + end64Size
		end64, err := readAt(src, stop, end64Size)
		if err != nil || binary.LittleEndian.Uint32(end64) != 0x06064b50 {
			return 0, &BrokenError{What: "layout", Err: err}
		}
		offset, length = int64(binary.LittleEndian.Uint64(end64[48:])), int64(binary.LittleEndian.Uint64(end64[40:]))
	}
	if offset < 0 || length < 0 || offset != stop-length {
		return 0, &BrokenError{What: "layout"}
	}
	if length > maxEntries*maxListing { // before anything is made of each entry
		return 0, &BrokenError{What: "too-many"}
	}
	return offset, nil
}

func readAt(src io.ReaderAt, at int64, n int) ([]byte, error) {
	if at < 0 {
		return nil, errors.New("too short")
	}
	b := make([]byte, n)
	_, err := src.ReadAt(b, at)
	return b, err
}

// setDOSTime sets the only time stamp that is written for raw entries.
func setDOSTime(h *zip.FileHeader, t time.Time) {
	if t.Year() < 1980 {
		t = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	//lint:ignore SA1019 raw entries carry these fields as they are
	h.ModifiedDate = uint16(t.Day() + int(t.Month())<<5 + (t.Year()-1980)<<9)
	//lint:ignore SA1019 raw entries carry these fields as they are
	h.ModifiedTime = uint16(t.Second()/2 + t.Minute()<<5 + t.Hour()<<11)
}
