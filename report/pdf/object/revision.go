package object

import "slices"

// Revisions gives the end of each revision, oldest first: the place behind
// %%EOF and its line end (7.5.6). The first section of a linearized file is
// part of its only revision. A file whose cross-reference was rebuilt has one
// revision, the whole.
func (f *File) Revisions() ([]int64, error) {
	if f.rebuilt {
		return []int64{f.size}, nil
	}
	var ends []int64
	for _, s := range slices.Backward(f.sections) {
		end, err := f.endOfRevision(s.end)
		if err != nil {
			return nil, err
		}
		if len(ends) == 0 || end > ends[len(ends)-1] {
			ends = append(ends, end)
		}
	}
	return ends, nil
}

// endOfRevision finds the first %%EOF behind a section.
func (f *File) endOfRevision(at int64) (int64, error) {
	const mark = "%%EOF"
	i, err := f.find(at, f.size, mark)
	if err != nil {
		return 0, err
	}
	if i < 0 {
		return f.size, nil
	}
	end := i + int64(len(mark))
	eol := make([]byte, min(2, f.size-end))
	if n, err := f.r.ReadAt(eol, end); n < len(eol) {
		return 0, err
	}
	switch {
	case len(eol) == 2 && eol[0] == '\r' && eol[1] == '\n':
		end += 2
	case len(eol) > 0 && (eol[0] == '\r' || eol[0] == '\n'):
		end++
	}
	return end, nil
}
