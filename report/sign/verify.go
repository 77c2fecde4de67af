package sign

import (
	"io"
	"time"

	"mingpin/report/pdf/object"
)

// Verify reports on every signature of a PDF, the oldest first; none if there
// is none. Signatures of earlier revisions that a later one has hidden are
// among them. An error says that the file is no PDF that can be read
// (object.ErrNotPDF, object.ErrEncrypted, *object.SyntaxError,
// *object.LimitError) or that reading failed; whatever is wrong with a
// signature stands in its report.
func Verify(r io.ReaderAt, size int64, opts Options) ([]Report, error) {
	h, err := readHistory(r, size)
	if err != nil {
		return nil, err
	}
	found, err := h.signatures()
	if err != nil {
		return nil, err
	}
	v := verification{history: h, opts: opts, reports: make([]Report, len(found)), ends: make([]int64, len(found))}
	for i, s := range found {
		if err := v.open(i, s); err != nil {
			return nil, err
		}
	}
	v.number()
	if err := v.digest(); err != nil {
		return nil, err
	}
	for _, c := range v.checks {
		if err := v.finish(c); err != nil {
			return nil, err
		}
	}
	return v.reports, nil
}

// UnsignedFields lists the names of the signature fields of a PDF that wait
// for a signature, in the order of the form.
func UnsignedFields(r io.ReaderAt, size int64) ([]string, error) {
	f, err := object.Open(r, size)
	if err != nil {
		return nil, err
	}
	fields, err := readFields(f)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, d := range fields {
		if d.kind == "Sig" && d.v == nil {
			names = append(names, d.name)
		}
	}
	return names, nil
}

// A verification is Verify at work.
type verification struct {
	history *history
	opts    Options
	reports []Report
	ends    []int64 // of what each signature covers, 0 if that is not known
	checks  []check
}

// number says which revision each signature has signed.
func (v *verification) number() {
	for i, end := range v.ends {
		v.reports[i].Revision = v.history.number(end)
		v.reports[i].Revisions = len(v.history.revisions)
	}
}

// A check is one signature that is well-formed enough to be held against the
// bytes it covers.
type check struct {
	report *Report
	sig    signature
	data   *signedData
	signed *revision
	job    *digestJob
}

// open reads one signature and the range it covers.
func (v *verification) open(i int, s signature) error {
	r := &v.reports[i]
	r.Field = s.field
	r.Reason, r.Location = text(s.dict["Reason"]), text(s.dict["Location"])
	r.ClaimedTime = parseDate(text(s.dict["M"]))
	covers, ok := readRange(s.dict, v.history.size)
	if ok {
		r.CoversWholeFile = covers.end == v.history.size && !s.gone
		v.ends[i] = covers.end
	}
	signed := (*revision)(nil)
	if ok {
		signed = v.history.signedUpTo(covers.end)
	}
	if signed == nil || !signed.has(s) {
		r.CoversWholeFile = false
		r.problem(ProblemByteRange)
		return nil
	}
	whole, err := covers.holdsContents(v.history.src, s, signed.file)
	if err != nil {
		return err
	}
	if !whole {
		r.CoversWholeFile = false
		r.problem(ProblemByteRange)
		return nil
	}
	return v.openCMS(check{report: r, sig: s, signed: signed, job: &digestJob{byteRange: covers}})
}

// has says whether the revision has the signature as the value of its field.
func (r *revision) has(s signature) bool {
	for _, d := range r.fields {
		ref, ok := d.v.(object.Ref)
		if ok && d.kind == "Sig" && d.name == s.field && r.file.Place(ref) == s.place {
			return true
		}
	}
	return false
}

func (v *verification) openCMS(c check) error {
	format, _ := c.sig.dict["SubFilter"].(object.Name)
	if format != cadesDetached && format != pkcs7Detached {
		c.report.Algorithm = string(format)
		c.report.problem(ProblemUnsupported)
		return v.history.judgeChanges(c)
	}
	contents, _ := c.sig.dict["Contents"].(object.String)
	data, ok := readSignedData(contents)
	if !ok {
		c.report.problem(ProblemCMS)
		return v.history.judgeChanges(c)
	}
	c.data = data
	c.job.hash = hashOf(data.digest)
	v.checks = append(v.checks, c)
	return nil
}

// digest computes what the signatures have to hold.
func (v *verification) digest() error {
	var jobs []*digestJob
	for _, c := range v.checks {
		if c.job.hash != 0 {
			jobs = append(jobs, c.job)
		}
	}
	return digestAll(v.history.src, jobs)
}

// finish judges one signature by the digest of its bytes.
func (v *verification) finish(c check) error {
	r := c.report
	if r.ClaimedTime.IsZero() {
		r.ClaimedTime = c.data.signingTime
	}
	format := c.sig.dict["SubFilter"]
	r.judge(c.data, c.job.sum, format == object.Name(cadesDetached))
	if err := v.history.judgeChanges(c); err != nil {
		return err
	}
	r.judgeCertificate(c.data, v.opts)
	return nil
}

func text(o object.Object) string {
	s, _ := o.(object.String)
	return s.Text()
}

// parseDate reads a PDF date, zero if it is none. A date without a zone is
// taken as UTC.
func parseDate(s string) time.Time {
	for _, layout := range []string{"D:20060102150405-07'00'", "D:20060102150405-07'00", "D:20060102150405Z", "D:20060102150405Z00'00'", "D:20060102150405"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}
