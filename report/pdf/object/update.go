package object

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// Update is an incremental update (7.5.6): objects that are appended to a
// finished file and whose bytes are kept in memory until they are written. The
// file must end in a plain cross-reference table; AppendTo says otherwise with
// ErrNotAppendable.
type Update struct {
	f    *File
	next int
	body map[Ref][]byte
}

// NewUpdate begins an update of f.
func NewUpdate(f *File) *Update {
	next := 1
	if n, ok := Int(f.trailer["Size"]); ok && n > 0 && n < 1<<31 {
		next = int(n)
	}
	for num := range f.xref {
		next = max(next, num+1)
	}
	return &Update{f: f, next: next, body: map[Ref][]byte{}}
}

// Alloc gives a reference that the file does not use.
func (u *Update) Alloc() Ref {
	u.next++
	return Ref{Num: u.next - 1}
}

// Put sets the indirect object r: one of the file, which it replaces, or a new
// one. The last Put of a reference holds.
func (u *Update) Put(r Ref, o Object) error {
	if s, ok := o.(*Stream); ok {
		src, n := s.Raw()
		return u.PutStream(r, s.Dict, src, n)
	}
	if r.Num <= 0 || r.Num >= u.next {
		return fmt.Errorf("update object %d %d: the number is not in use", r.Num, r.Gen)
	}
	b, err := appendObject(nil, o, 0)
	if err != nil {
		return err
	}
	u.body[r] = b
	return nil
}

// PutStream sets the stream r; its data is read now and kept in memory.
func (u *Update) PutStream(r Ref, d Dict, src io.Reader, n int64) error {
	var data bytes.Buffer
	got, err := copyExactly(&data, src, n)
	if err != nil {
		return err
	}
	head := d.Clone()
	head["Length"] = got
	if err := u.Put(r, head); err != nil {
		return err
	}
	b := append(u.body[r], "\nstream\n"...)
	b = append(b, data.Bytes()...)
	u.body[r] = append(b, "\nendstream"...)
	return nil
}

// AppendTo writes what has to stand behind the file's bytes: the objects, a
// cross-reference section and a trailer. It gives the number of bytes and the
// place of each object ("n g obj") counted from the start of the whole file, so
// that a caller can patch in place. It does not write the file itself.
func (u *Update) AppendTo(w io.Writer) (n int64, offsets map[Ref]int64, err error) {
	if !u.f.appendable() {
		return 0, nil, ErrNotAppendable
	}
	b, err := u.f.lineBreak()
	if err != nil {
		return 0, nil, err
	}
	refs := u.refs()
	offsets = make(map[Ref]int64, len(refs))
	for _, r := range refs {
		offsets[r] = u.f.size + int64(len(b))
		b = fmt.Appendf(b, "%d %d obj\n", r.Num, r.Gen)
		b = append(b, u.body[r]...)
		b = append(b, "\nendobj\n"...)
	}
	start := u.f.size + int64(len(b))
	if start > maxOffset {
		return 0, nil, &LimitError{What: "bytes of a file", Limit: maxOffset}
	}
	t, err := u.trailer(b)
	if err != nil {
		return 0, nil, err
	}
	b = appendSections(b, refs, offsets)
	b = append(b, "trailer\n"...)
	b = append(b, Write(t)...)
	b = fmt.Appendf(b, "\nstartxref\n%d\n%%%%EOF\n", start)
	m, err := w.Write(b)
	return int64(m), offsets, err
}

func (u *Update) refs() []Ref {
	refs := make([]Ref, 0, len(u.body))
	for r := range u.body {
		refs = append(refs, r)
	}
	slices.SortFunc(refs, func(a, b Ref) int { return a.Num - b.Num })
	return refs
}

// appendSections writes one sub-section for each run of numbers (7.5.4).
func appendSections(b []byte, refs []Ref, offsets map[Ref]int64) []byte {
	b = append(b, "xref\n"...)
	for len(refs) > 0 {
		run := 1
		for run < len(refs) && refs[run].Num == refs[0].Num+run {
			run++
		}
		b = append(b, strconv.Itoa(refs[0].Num)+" "+strconv.Itoa(run)+"\n"...)
		for _, r := range refs[:run] {
			b = fmt.Appendf(b, "%010d %05d n \n", offsets[r], r.Gen)
		}
		refs = refs[run:]
	}
	return b
}

// trailer carries over what a trailer must keep. The first half of /ID names
// the document and stays; the second is taken from the appended bytes.
func (u *Update) trailer(appended []byte) (Dict, error) {
	old := u.f.trailer
	t := Dict{"Size": int64(u.next), "Prev": u.f.startXRef, "Root": old["Root"], "Info": old["Info"]}
	ids, err := u.f.Resolve(old["ID"])
	if err != nil {
		return nil, err
	}
	first, last := String(nil), String(nil)
	if a, ok := ids.(Array); ok && len(a) == 2 {
		first, _ = a[0].(String)
		last, _ = a[1].(String)
	}
	sum := sha256.Sum256(append(slices.Clone(last), appended...))
	id := String(sum[:16])
	if first == nil {
		first = id
	}
	t["ID"] = Array{first, id}
	return t, nil
}

// appendable says whether the newest cross-reference section is a table that
// was read as it stands.
func (f *File) appendable() bool {
	return f.classic && !f.rebuilt && f.shift == 0
}

// lineBreak gives the line end that the file lacks at its end, if any.
func (f *File) lineBreak() ([]byte, error) {
	last := make([]byte, 1)
	if _, err := f.r.ReadAt(last, f.size-1); err != nil && err != io.EOF {
		return nil, err
	}
	if last[0] == '\n' || last[0] == '\r' {
		return nil, nil
	}
	return []byte{'\n'}, nil
}
