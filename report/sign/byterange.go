package sign

import (
	"bytes"
	"crypto"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"slices"

	"mingpin/report/pdf/object"
)

// A byteRange is what a signature covers: the file up to gap, and from resume
// to end.
type byteRange struct{ gap, resume, end int64 }

// readRange reads /ByteRange. Only one form is taken: from the file's start,
// with one gap, in ascending order, inside the file.
func readRange(sig object.Dict, size int64) (byteRange, bool) {
	a, ok := sig["ByteRange"].(object.Array)
	if !ok || len(a) != 4 {
		return byteRange{}, false
	}
	var n [4]int64
	for i, o := range a {
		v, ok := o.(int64)
		if !ok || v < 0 || v > size {
			return byteRange{}, false
		}
		n[i] = v
	}
	r := byteRange{gap: n[1], resume: n[2], end: n[2] + n[3]}
	return r, n[0] == 0 && 0 < r.gap && r.gap < r.resume && n[3] > 0 && r.end <= size
}

// holdsContents says whether the gap is exactly the hexadecimal string of
// /Contents, brackets included, and lies inside the dictionary's own object:
// otherwise there would be room for something that nobody signed.
func (r byteRange) holdsContents(src io.ReaderAt, s signature, f *object.File) (bool, error) {
	contents, ok := s.dict["Contents"].(object.String)
	if !ok || len(contents) == 0 || len(contents) > maxCMS || r.resume-r.gap != int64(2*len(contents)+2) {
		return false, nil
	}
	from, to, err := f.Extent(s.ref)
	if err != nil || r.gap < from || r.resume > to {
		return false, err
	}
	raw := make([]byte, r.resume-r.gap)
	if _, err := src.ReadAt(raw, r.gap); err != nil && err != io.EOF {
		return false, fmt.Errorf("read signature: %w", err)
	}
	if raw[0] != '<' || raw[len(raw)-1] != '>' {
		return false, nil
	}
	decoded := make([]byte, len(contents))
	_, err = hex.Decode(decoded, raw[1:len(raw)-1])
	return err == nil && bytes.Equal(decoded, contents), nil
}

// A digestJob asks for the digest of a byte range.
type digestJob struct {
	byteRange
	hash crypto.Hash
	sum  []byte
}

// digestAll computes all digests in one pass over the file per algorithm: every
// range begins at the file's start, so that what comes before a gap is shared.
func digestAll(src io.ReaderAt, jobs []*digestJob) error {
	sorted := slices.Clone(jobs)
	slices.SortFunc(sorted, func(a, b *digestJob) int { return int(min(1, max(-1, a.gap-b.gap))) })
	type state struct {
		hash.Cloner
		at int64
	}
	states := map[crypto.Hash]*state{}
	buf := make([]byte, 256<<10)
	for _, j := range sorted {
		st := states[j.hash]
		if st == nil {
			c, ok := j.hash.New().(hash.Cloner)
			if !ok {
				return fmt.Errorf("digest %v: its state cannot be copied", j.hash)
			}
			st = &state{Cloner: c}
			states[j.hash] = st
		}
		if err := feed(st, src, st.at, j.gap, buf); err != nil {
			return err
		}
		st.at = j.gap
		tail, err := st.Clone()
		if err != nil {
			return fmt.Errorf("digest %v: %w", j.hash, err)
		}
		if err := feed(tail, src, j.resume, j.end, buf); err != nil {
			return err
		}
		j.sum = tail.Sum(nil)
	}
	return nil
}

// feed gives the bytes of the file from one place to another to w.
func feed(w io.Writer, src io.ReaderAt, from, to int64, buf []byte) error {
	for from < to {
		n, err := src.ReadAt(buf[:min(int64(len(buf)), to-from)], from)
		if n == 0 && err != nil {
			return fmt.Errorf("read the document: %w", err)
		}
		if _, err := w.Write(buf[:n]); err != nil {
			return err
		}
		from += int64(n)
	}
	return nil
}
