package sign

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"

	"mingpin/report/pdf/object"
)

// Limits of a verification.
const (
	maxRevisions  = 256
	maxSignatures = 256
)

// A revision is the document as it stood when one of its updates had been
// written: the file up to end.
type revision struct {
	end    int64
	file   *object.File
	fields []field
}

// A history is all revisions of a document, the oldest first. The last one is
// the whole file.
type history struct {
	src       io.ReaderAt
	size      int64
	revisions []*revision
}

// readHistory finds the revisions by the cross-reference sections the newest
// one leads to. One that cannot be read on its own is left out: no signature
// can be held against it.
func readHistory(src io.ReaderAt, size int64) (*history, error) {
	whole, err := object.Open(src, size)
	if err != nil {
		return nil, fmt.Errorf("open the document: %w", err)
	}
	ends, err := whole.Revisions()
	if err != nil {
		return nil, fmt.Errorf("read revisions: %w", err)
	}
	if len(ends) > maxRevisions {
		return nil, &object.LimitError{What: "revisions", Limit: maxRevisions}
	}
	h := &history{src: src, size: size}
	for _, end := range ends {
		if end == size {
			continue
		}
		if r := openRevision(src, end); r != nil {
			h.revisions = append(h.revisions, r)
		}
	}
	fields, err := readFields(whole)
	if err != nil {
		return nil, fmt.Errorf("read form: %w", err)
	}
	h.revisions = append(h.revisions, &revision{end: size, file: whole, fields: fields})
	return h, nil
}

// openRevision opens the first bytes of the file as a document of its own, nil
// if they are none.
func openRevision(src io.ReaderAt, end int64) *revision {
	f, err := object.Open(io.NewSectionReader(src, 0, end), end)
	if err != nil || f.Rebuilt() {
		return nil
	}
	fields, err := readFields(f)
	if err != nil {
		return nil
	}
	return &revision{end: end, file: f, fields: fields}
}

// number counts revisions up to the one that ends at end.
func (h *history) number(end int64) int {
	n := 0
	for _, r := range h.revisions {
		if r.end <= end {
			n++
		}
	}
	return n
}

// newest gives the whole file.
func (h *history) newest() *revision { return h.revisions[len(h.revisions)-1] }

// signedUpTo gives the revision that a signature up to end has signed: bytes
// that are a document of their own. Nil if they are none. One that the newest
// cross-reference does not lead to is entered.
func (h *history) signedUpTo(end int64) *revision {
	i, found := slices.BinarySearchFunc(h.revisions, end, func(r *revision, end int64) int { return cmp.Compare(r.end, end) })
	if !found {
		r := openRevision(h.src, end)
		if r != nil {
			h.revisions = slices.Insert(h.revisions, i, r)
		}
		return r
	}
	if h.revisions[i].file.Rebuilt() {
		return nil
	}
	return h.revisions[i]
}

// A signature is a signature dictionary of any revision.
type signature struct {
	field string
	dict  object.Dict
	place object.Place // of the dictionary's object
	ref   object.Ref
	gone  bool // not the value of this field in the newest revision
}

// signatures lists the signatures of all revisions, the oldest first, so that
// one which an update hides is still found.
func (h *history) signatures() ([]signature, error) {
	var found []signature
	for n, r := range h.revisions {
		last := n == len(h.revisions)-1
		for i := range found {
			found[i].gone = last
		}
		for _, d := range r.fields {
			dict, err := d.signature(r.file)
			var broken *object.SyntaxError
			if errors.As(err, &broken) {
				dict, err = object.Dict{}, nil // there is something, which covers nothing
			}
			if err != nil {
				return nil, fmt.Errorf("read signature: %w", err)
			}
			if dict == nil {
				continue
			}
			ref, _ := d.v.(object.Ref)
			s := signature{field: d.name, dict: dict, ref: ref, place: r.file.Place(ref)}
			i := slices.IndexFunc(found, func(o signature) bool { return o.field == s.field && o.place == s.place })
			if i >= 0 {
				found[i].gone = false
				continue
			}
			if found = append(found, s); len(found) > maxSignatures {
				return nil, &object.LimitError{What: "signatures", Limit: maxSignatures}
			}
		}
	}
	return found, nil
}
