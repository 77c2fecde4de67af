package main

import (
	"crypto/x509"
	"fmt"
	"io"
	"os"
	"strings"

	"mingpin/assess"
	"mingpin/assess/store"
	"mingpin/report/handin"
	"mingpin/report/sign"
)

type verifyCommand struct {
	File  string `arg:"" help:"${help_verify_file}"`
	JSON  bool   `help:"${help_json}"`
	Trust string `type:"path" placeholder:"CA.pem" help:"${help_verify_trust}"`
}

// Run verifies a package, or a volume by itself: the plain answer first, the
// proof under it.
func (c verifyCommand) Run(s *session) error {
	roots, err := c.roots()
	if err != nil {
		return err
	}
	pdf, err := isPDF(c.File)
	if err != nil {
		return err
	}
	if pdf {
		return c.volume(s, roots)
	}
	bar := s.bar("ctl.verifying")
	r, err := handin.Verify(s.ctx, c.File, handin.Options{
		Sign: sign.Options{Roots: roots}, Known: s.known, Progress: bar.set,
	})
	bar.end()
	if err != nil {
		return inFile(c.File, err)
	}
	if c.JSON {
		err = s.json(r)
	} else {
		s.verification(r)
	}
	if err == nil && r.Verdict == handin.Failed {
		return errFails
	}
	return err
}

func isPDF(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	head := make([]byte, 5)
	_, err = f.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return false, err
	}
	return string(head) == "%PDF-", nil
}

func (c verifyCommand) roots() (*x509.CertPool, error) {
	if c.Trust == "" {
		return nil, nil
	}
	data, err := readFile(c.Trust, 4<<20)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(data) {
		return nil, &assess.Fault{Kind: assess.Damaged, Key: "fault.no_certificates", Args: assess.Args{"Path": c.Trust}}
	}
	return pool, nil
}

// known reports whether a pack is shipped with the program or trusted by the
// user.
func (s *session) known(ref assess.PackRef) bool {
	if p, err := loadPack(ref.ID, ref.Version); err == nil && p.Digest() == ref.Digest {
		return true
	}
	catalog, err := store.OpenCatalog(s.ctx, s.root)
	if err != nil {
		return false
	}
	defer catalog.Close()
	trusted, err := catalog.TrustedPacks(s.ctx)
	if err != nil {
		return false
	}
	for _, t := range trusted {
		if t == ref {
			return true
		}
	}
	return false
}

// verification says what a verification has found.
func (s *session) verification(r handin.Report) {
	s.tell("ctl.verdict."+r.Verdict, map[string]string{"Pack": r.Pack.ID + " " + r.Pack.Version})
	if r.Verdict != handin.Failed && !r.Proven() {
		s.tell("ctl.identity_unproven")
	}
	for _, p := range r.Problems {
		fmt.Fprintln(s.out, "  "+s.say.T(p.Key, s.facts(p)))
	}
	for _, n := range r.Notices {
		fmt.Fprintln(s.out, "  "+s.say.T(n.Key, s.facts(n)))
	}
	s.contents(r)
	for _, sg := range r.Signatures {
		s.signature(sg)
	}
	s.signature(r.Package)
}

// contents says what the package is about, as far as it could be read.
func (s *session) contents(r handin.Report) {
	if r.Client == "" {
		return
	}
	s.tell("ctl.verified_of", map[string]string{"Client": r.Client, "Code": r.Code, "Product": r.Product})
	s.tell("ctl.verified_counts", map[string]string{"Entries": fmt.Sprint(r.Entries), "Values": fmt.Sprint(r.Values), "Snapshot": r.Snapshot})
	if e := r.Evaluation; e != nil {
		s.tell("ctl.verified_score", map[string]string{"Score": e.Score.Value.String(), "Ops": fmt.Sprint(r.History.Ops), "Head": r.History.Head})
	}
}

// signature says one line about a signature.
func (s *session) signature(r sign.Report) {
	state := "ctl.signature.broken"
	switch {
	case r.Intact && r.Trusted:
		state = "ctl.signature.trusted"
	case r.Intact && r.SelfMade:
		state = "ctl.signature.self_made"
	case r.Intact:
		state = "ctl.signature.untrusted"
	}
	field := s.role(r.Field)
	if field == "" {
		field = s.say.T("ctl.signature.package")
	}
	when := ""
	if !r.ClaimedTime.IsZero() {
		when = r.ClaimedTime.Format("2006-01-02 15:04:05 -07:00")
	}
	s.tell("ctl.signature", map[string]string{
		"Field": field, "Signer": r.Signer, "State": s.say.T(state), "Algorithm": r.Algorithm, "When": when,
		"Why": s.signatureProblem(r.Problem),
	})
	for _, ch := range r.LaterChanges {
		s.tell("ctl.later_change", map[string]string{"Kind": s.say.T("ctl.change." + string(ch.Kind)), "Field": s.role(ch.Field), "Object": fmt.Sprint(ch.Object)})
	}
}

// facts are those of a problem in the user's words.
func (s *session) facts(p handin.Problem) assess.Args {
	args := with(p.Args, nil)
	if p.Err != nil {
		lines, _ := s.explain(p.Err)
		args["Why"] = strings.Join(lines, " ")
	} else if key := "ctl.problem." + args["Why"]; s.say.Has(key) {
		args["Why"] = s.say.T(key)
	}
	for _, k := range []string{"Field", "Role", "Other"} {
		if args[k] != "" {
			args[k] = s.role(args[k])
		}
	}
	return args
}

func (s *session) signatureProblem(p string) string {
	if p == "" {
		return ""
	}
	return s.say.T("ctl.problem." + p)
}

// volume verifies the signatures of a volume that comes without its package.
func (c verifyCommand) volume(s *session, roots *x509.CertPool) error {
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	reports, err := sign.Verify(f, info.Size(), sign.Options{Roots: roots})
	if err != nil {
		return inFile(c.File, err)
	}
	if c.JSON {
		if err := s.json(reports); err != nil {
			return err
		}
	}
	if err := s.judge(reports, c.JSON); err != nil || c.JSON {
		return err
	}
	open, err := sign.UnsignedFields(f, info.Size())
	if err != nil || len(open) == 0 {
		return err
	}
	for i, role := range open {
		open[i] = s.role(role)
	}
	s.tell("ctl.volume_incomplete", map[string]string{"Roles": strings.Join(open, s.say.T("ctl.and"))})
	return errFails
}

func (s *session) judge(reports []sign.Report, quiet bool) error {
	good := len(reports) > 0
	for i, r := range reports {
		good = good && r.Intact && r.ChangesAllowed && (i < len(reports)-1 || r.CoversWholeFile)
	}
	if !quiet {
		key := "ctl.volume_good"
		switch {
		case len(reports) == 0:
			key = "ctl.volume_unsigned"
		case !good:
			key = "ctl.volume_bad"
		}
		s.tell(key)
		for _, r := range reports {
			s.signature(r)
		}
	}
	if !good {
		return errFails
	}
	return nil
}

// witness reads the history a package holds.
func witness(path string) (assess.History, error) {
	r, err := handin.Open(path)
	if err != nil {
		return assess.History{}, inFile(path, err)
	}
	defer r.Close()
	data, err := r.ReadAll(handin.SnapshotName)
	if err != nil {
		return assess.History{}, inFile(path, err)
	}
	snap, err := assess.ParseSnapshot(data)
	return snap.History, inFile(path, err)
}

// historyFault says what is wrong with the history and where.
func (s *session) historyFault(f store.HistoryFault) string {
	return s.say.T("ctl.history."+string(f.What), map[string]string{
		"Op": fmt.Sprint(f.Op), "Field": strings.Trim(f.Entity+"/"+f.Key+"/"+f.Field, "/"), "Detail": f.Detail,
	})
}
