package handin

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"

	"mingpin/assess"
	"mingpin/report/sign"
)

// The verdicts of a verification.
const (
	Verified   = "verified"   // everything holds, by a pack the program knows
	Consistent = "consistent" // everything holds, but only by its own unknown pack
	Failed     = "failed"
)

// Options say what a verification relies on.
type Options struct {
	Sign sign.Options
	// Known reports whether the pack of this reference is shipped with the
	// program or trusted by the user.
	Known    func(assess.PackRef) bool
	Progress Progress
}

// A Report is what Verify found out about a package.
type Report struct {
	Verdict    string             `json:"verdict"`
	Problems   []Problem          `json:"problems"`
	Notices    []Problem          `json:"notices,omitempty"` // what a person should look at; nothing fails by them
	Signatures []sign.Report      `json:"signatures"`        // of the volume
	Package    sign.Report        `json:"package"`           // over the manifest
	PackKnown  bool               `json:"packKnown"`
	Pack       assess.PackRef     `json:"pack"`
	Client     string             `json:"client"`
	Code       string             `json:"code"`
	Product    string             `json:"product"`
	Snapshot   string             `json:"snapshot"` // digest
	History    assess.History     `json:"history"`
	Entries    int                `json:"entries"`
	Values     int                `json:"values"` // read back from the volume and found equal
	Evaluation *assess.Evaluation `json:"evaluation,omitempty"`
}

// Proven reports whether every signature is by someone a trusted root vouches
// for. Without, the package proves integrity, not identity.
func (r Report) Proven() bool {
	for _, s := range append(slices.Clone(r.Signatures), r.Package) {
		if !s.Trusted {
			return false
		}
	}
	return len(r.Signatures) > 0
}

// A Problem is one thing that does not hold: a catalogue key with facts.
type Problem struct {
	Key  string      `json:"key"` // "verify.…"
	Args assess.Args `json:"args,omitempty"`
	Err  error       `json:"-"` // cause, which front ends say in their own words instead of Args' Why
}

// Verify holds every entry of a package against the manifest, manifest and
// volume against their signatures, evaluates the snapshot again with the
// enclosed pack and compares what the volume prints with it, value by value.
// A package whose form is broken is a *BrokenError; everything else that does
// not hold is a problem of the report.
func Verify(ctx context.Context, path string, o Options) (Report, error) {
	r, err := Open(path)
	if err != nil {
		return Report{}, err
	}
	defer r.Close()
	return r.Verify(ctx, o)
}

// Verify is the function Verify for an open package.
func (r *Reader) Verify(ctx context.Context, o Options) (Report, error) {
	c := &check{ctx: ctx, in: r, o: o, report: Report{Entries: len(r.names)}}
	for _, step := range []func() error{c.manifest, c.digests, c.signatures, c.content} {
		if err := step(); err != nil {
			return Report{}, err
		}
	}
	c.report.Verdict = c.verdict()
	return c.report, nil
}

type check struct {
	ctx     context.Context
	in      *Reader
	o       Options
	entries []entry
	digest  map[string]string // computed, by entry
	report  Report
}

func (c *check) problem(key string, args assess.Args) {
	c.report.Problems = append(c.report.Problems, Problem{Key: "verify." + key, Args: args})
}

// cause is problem with an error as the fact Why.
func (c *check) cause(key string, err error) {
	c.report.Problems = append(c.report.Problems, Problem{Key: "verify." + key, Args: assess.Args{"Why": err.Error()}, Err: err})
}

func (c *check) verdict() string {
	switch {
	case len(c.report.Problems) > 0:
		return Failed
	case !c.report.PackKnown:
		return Consistent
	}
	return Verified
}

// manifest reads the list of files and names what it lists and the package
// lacks, and the other way round.
func (c *check) manifest() error {
	var err error
	if c.entries, err = readManifest(c.in.Entry(manifestName)); err != nil {
		return err
	}
	listed := map[string]bool{}
	for _, e := range c.entries {
		if listed[e.Name] {
			return &BrokenError{Entry: e.Name, What: "duplicate"}
		}
		listed[e.Name] = true
		if c.in.content[e.Name] == nil {
			c.problem("missing_file", assess.Args{"Name": e.Name})
		}
	}
	for _, name := range c.in.names {
		if name != mimetypeName && name != manifestName && name != signatureName && !listed[name] {
			c.problem("extra_file", assess.Args{"Name": name})
		}
	}
	return nil
}

// digests reads every file once.
func (c *check) digests() error {
	c.digest = map[string]string{}
	var done, total int64
	for _, e := range c.entries {
		if s := c.in.Entry(e.Name); s != nil {
			total += s.Size()
		}
	}
	buf := make([]byte, 1<<20)
	for _, e := range c.entries {
		s := c.in.Entry(e.Name)
		if s == nil {
			continue
		}
		sum := sha256.New()
		for {
			if err := c.ctx.Err(); err != nil {
				return err
			}
			n, err := s.Read(buf)
			sum.Write(buf[:n])
			done += int64(n)
			c.o.Progress.tell(done, total)
			if err == io.EOF {
				break
			}
			if err != nil {
				return fmt.Errorf("read %s: %w", e.Name, err)
			}
		}
		c.digest[e.Name] = hex.EncodeToString(sum.Sum(nil))
	}
	c.compareDigests()
	return nil
}

// compareDigests names altered files, and says so when a file holds what
// another one should.
func (c *check) compareDigests() {
	owner := map[string]string{}
	for _, e := range c.entries {
		owner[e.Digest] = e.Name
	}
	for _, e := range c.entries {
		got, ok := c.digest[e.Name]
		if !ok || got == e.Digest {
			continue
		}
		if other, ok := owner[got]; ok {
			c.problem("swapped_file", assess.Args{"Name": e.Name, "Other": other})
			continue
		}
		c.problem("altered_file", assess.Args{"Name": e.Name})
	}
}

func (c *check) signatures() error {
	v := c.in.Entry(VolumeName)
	reports, err := sign.Verify(v, v.Size(), c.o.Sign)
	if err != nil {
		c.cause("volume_unreadable", err)
	} else {
		c.report.Signatures = reports
		c.judge(reports)
	}
	return c.packageSignature()
}

// packageSignature checks the signature over the manifest. It carries no time
// of its own and is judged at the time of the last signature in the volume,
// which it was made together with.
func (c *check) packageSignature() error {
	sig, err := c.in.ReadAll(signatureName)
	if err != nil {
		return err
	}
	o := c.o.Sign
	for _, s := range c.report.Signatures {
		if c.o.Sign.At.IsZero() && s.ClaimedTime.After(o.At) {
			o.At = s.ClaimedTime
		}
	}
	p, err := sign.VerifyCMS(sig, c.in.Entry(manifestName), o)
	if err != nil {
		c.cause("package_signature", err)
		return nil
	}
	c.report.Package = p
	if !p.Intact {
		c.problem("package_signature", assess.Args{"Why": p.Problem})
	}
	return nil
}

// judge names every signature of the volume that does not stand.
func (c *check) judge(reports []sign.Report) {
	if len(reports) == 0 {
		c.problem("volume_unsigned", nil)
	}
	for i, s := range reports {
		args := assess.Args{"Field": s.Field, "Signer": s.Signer, "Why": s.Problem}
		switch {
		case !s.Intact:
			c.problem("volume_signature", args)
		case !s.ChangesAllowed:
			c.problem("volume_changed", args)
		case i == len(reports)-1 && !s.CoversWholeFile:
			c.problem("volume_appended", args)
		}
	}
}
