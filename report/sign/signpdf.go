package sign

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	"mingpin/report/pdf/object"
)

// Reserve is the number of bytes a signature has room for in the file. A CMS
// with a chain of three certificates takes about 3,300.
const Reserve = 16_384

// A Request is what is to be signed as.
type Request struct {
	// Field names the field, which has to be in the document and unsigned.
	Field    string
	Identity *Identity
	// Time is the moment of signing, as the signer claims it.
	Time                   time.Time
	Reason, Location, Name string
	// Appearance is what the field shows: a finished PDF of one page, which is
	// scaled to the field. Nil shows nothing.
	Appearance []byte
	// Certify makes this, the first signature, a certification that allows
	// nothing but filling fields and signing (DocMDP P=2).
	Certify bool
}

// Sign copies the PDF in src to dst, which gets a complete file, and appends
// the signature. The source is read once, as a stream, besides what little of
// it has to be understood; memory does not grow with its size. When Sign
// fails, what dst has got is of no use.
//
// A FieldError says that the field is missing or signed. The identity is asked
// CheckAt first. A source whose cross-reference is no plain table fails with
// object.ErrNotAppendable.
func Sign(src io.ReaderAt, size int64, dst io.Writer, r Request) error {
	if r.Time.IsZero() {
		return errors.New("sign the document: no time given")
	}
	if err := r.Identity.CheckAt(r.Time); err != nil {
		return fmt.Errorf("sign the document: %w", err)
	}
	if r.Identity.cmsSize() > Reserve {
		return ErrTooLong
	}
	f, err := object.Open(src, size)
	if err != nil {
		return fmt.Errorf("open the document: %w", err)
	}
	if f.Rebuilt() {
		return object.ErrNotAppendable
	}
	s := signing{file: f, update: object.NewUpdate(f), request: r}
	if err := s.prepare(); err != nil {
		return err
	}
	var tail bytes.Buffer
	_, offsets, err := s.update.AppendTo(&tail)
	if err != nil {
		return fmt.Errorf("append the signature: %w", err)
	}
	return s.seal(src, dst, tail.Bytes(), offsets[s.sig])
}

// cmsSize is more than the signature can take: its certificates and two
// kilobytes for all else, which holds the value of a 8,192-bit key.
func (i *Identity) cmsSize() int {
	n := len(i.Certificate.Raw) + 2*len(i.Certificate.RawIssuer) + 2048
	for _, c := range i.Chain {
		n += len(c.Raw)
	}
	return n
}

// signing is an update that signs.
type signing struct {
	file    *object.File
	update  *object.Update
	request Request
	sig     object.Ref
}

// prepare puts all objects of the signature into the update.
func (s *signing) prepare() error {
	at, err := s.field()
	if err != nil {
		return err
	}
	s.sig = s.update.Alloc()
	if err := s.update.Put(s.sig, s.dictionary()); err != nil {
		return err
	}
	if err := s.fill(at); err != nil {
		return err
	}
	return s.catalog()
}

// field finds the field and makes sure that it may be signed.
func (s *signing) field() (field, error) {
	fields, err := readFields(s.file)
	if err != nil {
		return field{}, fmt.Errorf("read form: %w", err)
	}
	found := field{}
	signed := false
	for _, f := range fields {
		signed = signed || f.kind == "Sig" && f.v != nil
		if f.name == s.request.Field && f.kind == "Sig" {
			found = f
		}
	}
	switch {
	case found.dict == nil:
		return found, FieldError{s.request.Field, "missing"}
	case found.v != nil:
		return found, FieldError{s.request.Field, "signed"}
	case s.request.Certify && signed:
		return found, ErrCertifyLate
	}
	p, err := permission(s.file)
	if err != nil {
		return found, fmt.Errorf("read certification: %w", err)
	}
	if p == 1 {
		return found, ErrLocked
	}
	return found, nil
}

// dictionary is the signature dictionary (ISO 32000-1, 12.8.1) with blanks for
// what is known last. Texts are literals: some readers show nothing for
// hexadecimal ones.
func (s *signing) dictionary() object.Dict {
	r := s.request
	d := object.Dict{
		"Type": object.Name("Sig"), "Filter": object.Name("Adobe.PPKLite"),
		"SubFilter": object.Name(cadesDetached),
		"ByteRange": object.Verbatim(blankRange),
		"Contents":  object.Verbatim("<" + string(bytes.Repeat([]byte{'0'}, 2*Reserve)) + ">"),
		"M":         object.String(pdfDate(r.Time)),
	}
	for key, text := range map[object.Name]string{"Name": r.Name, "Reason": r.Reason, "Location": r.Location} {
		if text != "" {
			d[key] = object.Text(text)
		}
	}
	if r.Certify {
		d["Reference"] = object.Array{object.Dict{
			"Type": object.Name("SigRef"), "TransformMethod": object.Name("DocMDP"),
			"TransformParams": object.Dict{
				"Type": object.Name("TransformParams"), "P": int64(2), "V": object.Name("1.2"),
			},
		}}
	}
	return d
}

const (
	cadesDetached = "ETSI.CAdES.detached"
	pkcs7Detached = "adbe.pkcs7.detached"
	blankRange    = "[0 0000000000 0000000000 0000000000]"
)

// pdfDate writes a date as ISO 32000-1, 7.9.4 has it.
func pdfDate(t time.Time) string {
	if _, offset := t.Zone(); offset == 0 {
		return t.Format("D:20060102150405Z")
	}
	zone := t.Format("-07:00")
	return t.Format("D:20060102150405") + zone[:3] + "'" + zone[4:] + "'"
}

// fill sets the value of the field and what it shows.
func (s *signing) fill(at field) error {
	form, err := s.appearance(at)
	if err != nil {
		return err
	}
	dict := at.dict.Clone()
	dict["V"] = s.sig
	if len(at.kids) == 0 {
		dict["F"] = widgetFlags
		dict["AP"] = object.Dict{"N": form}
		return s.update.Put(at.ref, dict)
	}
	if err := s.update.Put(at.ref, dict); err != nil {
		return err
	}
	o, err := s.file.Object(at.kids[0])
	if err != nil {
		return fmt.Errorf("read field: %w", err)
	}
	kid, _ := o.(object.Dict)
	widget := kid.Clone()
	widget["F"] = widgetFlags
	widget["AP"] = object.Dict{"N": form}
	return s.update.Put(at.kids[0], widget)
}

// appearance gives the form that the field shows: the page handed in, copied
// with all it needs, or nothing.
func (s *signing) appearance(at field) (object.Ref, error) {
	if s.request.Appearance == nil {
		rect, _ := at.dict["Rect"].(object.Array)
		ref := s.update.Alloc()
		return ref, s.update.Put(ref, emptyAppearance(rect))
	}
	page := s.request.Appearance
	f, err := object.Open(bytes.NewReader(page), int64(len(page)))
	if err != nil {
		return object.Ref{}, fmt.Errorf("open the appearance: %w", err)
	}
	pages, err := f.Pages()
	if err != nil {
		return object.Ref{}, fmt.Errorf("read the appearance: %w", err)
	}
	if len(pages) == 0 {
		return object.Ref{}, errors.New("read the appearance: it has no page")
	}
	form, err := object.NewImporter(f, s.update).Form(pages[0])
	if err != nil {
		return object.Ref{}, fmt.Errorf("copy the appearance: %w", err)
	}
	return form.Ref, nil
}

// catalog sets what the document says about signatures, where it does not say
// so already.
func (s *signing) catalog() error {
	catalog, err := s.file.Catalog()
	if err != nil {
		return err
	}
	acro, err := acroForm(s.file)
	if err != nil {
		return err
	}
	const both = signaturesExist | appendOnly
	flags, _ := object.Int(acro["SigFlags"])
	if flags&both == both && !s.request.Certify {
		return nil
	}
	catalog = catalog.Clone()
	if flags&both != both {
		acro = acro.Clone()
		acro["SigFlags"] = flags | both
		catalog["AcroForm"] = acro
	}
	if s.request.Certify {
		catalog["Perms"] = object.Dict{"DocMDP": s.sig}
	}
	root, ok := s.file.Trailer()["Root"].(object.Ref)
	if !ok {
		return object.ErrNotAppendable
	}
	return s.update.Put(root, catalog)
}

// seal fills in the byte range, hashes everything but the room for the
// signature while copying it, and writes the update with the signature in it.
func (s *signing) seal(src io.ReaderAt, dst io.Writer, tail []byte, sigAt int64) error {
	size := s.file.Size()
	dict := int(sigAt - size)
	ranges := dict + bytes.Index(tail[dict:], []byte(blankRange))
	open := ranges + bytes.IndexByte(tail[ranges:], '<')
	end := open + 2*Reserve + 2
	copy(tail[ranges:], fmt.Sprintf("%-*s", len(blankRange), fmt.Sprintf("[0 %d %d %d]",
		size+int64(open), size+int64(end), len(tail)-end)))

	h := sha256.New()
	if _, err := io.CopyN(io.MultiWriter(dst, h), io.NewSectionReader(src, 0, size), size); err != nil {
		return fmt.Errorf("copy the document: %w", err)
	}
	h.Write(tail[:open])
	h.Write(tail[end:])
	cms, err := s.request.Identity.signDigest(h.Sum(nil))
	if err != nil {
		return err
	}
	if len(cms) > Reserve {
		return ErrTooLong
	}
	hex.Encode(tail[open+1:], cms)
	if _, err := dst.Write(tail); err != nil {
		return fmt.Errorf("write the signature: %w", err)
	}
	return nil
}
