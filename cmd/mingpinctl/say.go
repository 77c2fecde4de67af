package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/report/handin"
	"mingpin/report/office"
	"mingpin/report/pdf"
	"mingpin/report/pdf/object"
)

// explain turns err into sentences, one for each thing that is wrong, and the
// kind of the worst. An empty kind means the program's own error.
func (s *session) explain(err error) (lines []string, kind assess.Kind) {
	var in *fileError
	if errors.As(err, &in) {
		return s.explainFile(in)
	}
	var joined interface{ Unwrap() []error }
	if errors.As(err, &joined) {
		for _, e := range joined.Unwrap() {
			l, k := s.explain(e)
			lines = append(lines, l...)
			kind = worse(kind, k)
		}
		return lines, kind
	}
	var problem *programme.Problem
	if errors.As(err, &problem) {
		return []string{s.problem(*problem)}, assess.Damaged
	}
	var cell *office.CellError
	if errors.As(err, &cell) {
		return []string{cell.Say(s.say)}, assess.Invalid
	}
	f := asFault(err)
	if f == nil {
		return []string{s.say.T("fault.internal", map[string]string{"Why": err.Error()})}, ""
	}
	return []string{s.fault(f)}, f.Kind
}

// fault says f. What the system said of a file is said in the user's language
// where it is one of the usual causes.
func (s *session) fault(f *assess.Fault) string {
	args := f.Args
	if s.pack != nil && (strings.HasPrefix(f.Key, "fault.fit_") || strings.HasPrefix(f.Key, "fault.fact_")) {
		args = assess.Readable(s.pack, s.say, args)
	}
	if key := systemCause(f.Err); key != "" && args["Cause"] != "" {
		args = with(args, assess.Args{"Cause": s.say.T(key)})
	}
	return s.say.T(f.Key, args)
}

func systemCause(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "ctl.cause.missing"
	case errors.Is(err, fs.ErrPermission):
		return "ctl.cause.permission"
	case errors.Is(err, syscall.EISDIR):
		return "ctl.cause.folder"
	}
	return ""
}

// A fileError says in which of the user's files something is wrong.
type fileError struct {
	path string
	err  error
}

func (e *fileError) Error() string { return e.path + ": " + e.err.Error() }

func (e *fileError) Unwrap() error { return e.err }

// inFile says that err is about the file at path.
func inFile(path string, err error) error {
	if err == nil {
		return nil
	}
	return &fileError{path, err}
}

func (s *session) explainFile(in *fileError) ([]string, assess.Kind) {
	var path *fs.PathError
	if errors.As(in.err, &path) {
		return s.explain(in.err) // names its file itself
	}
	lines, kind := s.explain(in.err)
	for i, l := range lines {
		lines[i] = s.say.T("ctl.in_file", map[string]string{"File": in.path, "Why": l})
	}
	return lines, kind
}

// worse prefers what names a damaged or hostile input.
func worse(a, b assess.Kind) assess.Kind {
	if a == assess.Hostile || a == assess.Damaged || b == "" {
		return a
	}
	return b
}

// asFault finds the fault in err or makes one of the typed errors of the
// packages below, which know no catalogue.
func asFault(err error) *assess.Fault {
	var f *assess.Fault
	if errors.As(err, &f) {
		return f
	}
	for _, known := range []func(error) *assess.Fault{packageFault, pdfFault, signFault, upgradeFault, fileFault} {
		if f := known(err); f != nil {
			f.Err = err
			return f
		}
	}
	return nil
}

func with(a, b assess.Args) assess.Args {
	out := assess.Args{}
	for k, v := range a {
		out[k] = v
	}
	for k, v := range b {
		out[k] = v
	}
	return out
}

func packageFault(err error) *assess.Fault {
	var b *handin.BrokenError
	if errors.As(err, &b) {
		return &assess.Fault{Kind: assess.Hostile, Key: "fault.package_" + b.Key(), Args: assess.Args{"Entry": b.Entry}}
	}
	var c *handin.ChangedError
	if errors.As(err, &c) {
		return &assess.Fault{Kind: assess.Damaged, Key: "fault.evidence_altered", Args: assess.Args{"Name": c.Name}}
	}
	return nil
}

func pdfFault(err error) *assess.Fault {
	var m *pdf.MissingGlyphError
	if errors.As(err, &m) {
		return &assess.Fault{Kind: assess.Invalid, Key: "fault.missing_glyph", Args: assess.Args{
			"Rune": string(m.Rune), "Code": fmt.Sprintf("U+%04X", m.Rune), "Text": m.Text,
		}}
	}
	if errors.Is(err, object.ErrEncrypted) {
		return &assess.Fault{Kind: assess.Damaged, Key: "fault.pdf_encrypted"}
	}
	if errors.Is(err, object.ErrNotPDF) {
		return &assess.Fault{Kind: assess.Damaged, Key: "fault.not_pdf"}
	}
	var syntax *object.SyntaxError
	if errors.As(err, &syntax) {
		return &assess.Fault{Kind: assess.Damaged, Key: "fault.pdf_damaged", Args: assess.Args{"Offset": fmt.Sprint(syntax.Offset)}}
	}
	var limit *object.LimitError
	if errors.As(err, &limit) {
		return &assess.Fault{Kind: assess.Hostile, Key: "fault.pdf_limit"}
	}
	var filter *object.FilterError
	if errors.As(err, &filter) {
		return &assess.Fault{Kind: assess.Damaged, Key: "fault.pdf_filter"}
	}
	var stamp *pdf.StampError
	if errors.As(err, &stamp) {
		return &assess.Fault{Kind: assess.Invalid, Key: "fault.stamp"}
	}
	return nil
}

func upgradeFault(err error) *assess.Fault {
	var u *programme.UpgradeError
	if !errors.As(err, &u) {
		return nil
	}
	kind := assess.Conflict
	if u.Item != "" { // the pack's own migration is wrong
		kind = assess.Damaged
	}
	return &assess.Fault{Kind: kind, Key: "fault.upgrade." + u.Reason, Args: assess.Args{"From": u.From, "To": u.To, "Item": u.Item}}
}

func fileFault(err error) *assess.Fault {
	var p *fs.PathError
	if !errors.As(err, &p) {
		return nil
	}
	key := "fault.file"
	switch {
	case errors.Is(err, syscall.EISDIR):
		key = "fault.file_folder"
	case errors.Is(err, syscall.ENOTDIR):
		key = "fault.not_folder"
	case errors.Is(err, fs.ErrNotExist):
		key = "fault.no_file"
	case errors.Is(err, fs.ErrPermission):
		key = "fault.file_permission"
	}
	return &assess.Fault{Kind: assess.Missing, Key: key, Args: assess.Args{"Path": p.Path, "Why": p.Err.Error()}}
}
