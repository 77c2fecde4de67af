package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mingpin/assess"
	"mingpin/assess/store"
	"mingpin/report/volume"
)

type evidenceCommand struct {
	Add    evidenceAdd    `cmd:"" help:"${help_evidence_add}"`
	List   evidenceList   `cmd:"" help:"${help_evidence_list}"`
	Check  evidenceCheck  `cmd:"" help:"${help_evidence_check}"`
	Remove evidenceRemove `cmd:"" help:"${help_evidence_remove}"`
}

type evidenceAdd struct {
	Files   []string          `arg:"" help:"${help_evidence_files}"`
	ID      string            `help:"${help_evidence_id}"`
	Title   string            `help:"${help_evidence_title}"`
	Slot    []string          `help:"${help_evidence_slot}"`
	Number  string            `help:"${help_evidence_number}"`
	Issuer  string            `help:"${help_evidence_issuer}"`
	Holder  string            `help:"${help_evidence_holder}"`
	Code    string            `help:"${help_evidence_code}"`
	Product string            `help:"${help_evidence_product}"`
	Model   []string          `help:"${help_evidence_model}"`
	Method  []string          `help:"${help_evidence_method}"`
	Mark    []string          `help:"${help_evidence_mark}"`
	Issued  string            `help:"${help_evidence_issued}"`
	Expires string            `help:"${help_evidence_expires}"`
	From    string            `help:"${help_evidence_from}"`
	To      string            `help:"${help_evidence_to}"`
	Field   map[string]string `help:"${help_evidence_field}"`
	For     []string          `help:"${help_evidence_for}"`
}

// Run takes files into the vault and, with --for, hangs them on requirements
// or gates.
func (c evidenceAdd) Run(s *session) error {
	meta, err := c.record()
	if err != nil {
		return err
	}
	v, err := s.open()
	if err != nil {
		return err
	}
	defer v.Close()
	for _, target := range c.For { // before anything is written
		if err := s.attach(v, target, ""); err != nil {
			return err
		}
	}
	for _, path := range c.Files {
		if err := c.add(s, v, meta, path); err != nil {
			return err
		}
	}
	return nil
}

func (c evidenceAdd) add(s *session, v *store.Vault, meta assess.Evidence, path string) error {
	if len(c.Files) > 1 {
		meta.ID, meta.Title = "", ""
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return &assess.Fault{Kind: assess.Usage, Key: "fault.file_folder", Args: assess.Args{"Path": path}}
	}
	if err := readableFile(s, path); err != nil {
		return err
	}
	meta, err := merged(s, v, meta)
	if err != nil {
		return err
	}
	if meta.Title == "" {
		meta.Title = strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	}
	shown := meta
	shown.Name = filepath.Base(path)
	if err := s.accept(v, shown); err != nil {
		return err
	}
	bar := s.bar("ctl.adding")
	e, added, err := v.AddEvidenceFile(s.ctx, meta, path, bar.set)
	bar.end()
	if err != nil {
		return err
	}
	key := "ctl.evidence_added"
	switch {
	case !added && meta.ID != "":
		key = "ctl.evidence_recorded"
	case !added:
		key = "ctl.evidence_known"
	}
	s.tell(key, map[string]string{"Name": e.Name, "ID": e.ID, "Digest": e.Digest, "Size": fmt.Sprint(e.Size)})
	for _, target := range c.For {
		if err := s.attach(v, target, e.ID); err != nil {
			return err
		}
	}
	return nil
}

func (c evidenceAdd) record() (assess.Evidence, error) {
	e := assess.Evidence{
		ID: c.ID, Title: c.Title, Slots: c.Slot, Number: c.Number, Issuer: c.Issuer, Holder: c.Holder,
		HolderCode: c.Code, Product: c.Product, Models: c.Model, Methods: c.Method, Marks: c.Mark, Fields: c.Field,
	}
	for _, d := range []struct {
		text string
		at   *assess.Date
	}{{c.Issued, &e.Issued}, {c.Expires, &e.Expires}, {c.From, &e.Period.From}, {c.To, &e.Period.To}} {
		var err error
		if *d.at, err = date(d.text); err != nil {
			return e, err
		}
	}
	return e, nil
}

// attach hangs evidence on a gate or a requirement of the application; without
// an id it only looks whether there is such a one.
func (s *session) attach(v *store.Vault, target, id string) error {
	a, err := s.application(v)
	if err != nil {
		return err
	}
	p, err := loadPack(a.Programme, a.Version)
	if err != nil {
		return err
	}
	gate, isGate := p.Gate(target)
	_, isRequirement := p.Requirement(target)
	if isGate == isRequirement {
		return &assess.Fault{Kind: assess.Usage, Key: "fault.unknown_target", Args: assess.Args{"Target": target}}
	}
	if isGate && !gate.Attested {
		return &assess.Fault{Kind: assess.Usage, Key: "fault.gate_computed", Args: assess.Args{"Gate": p.Text(s.say.Lang(), target, "title")}}
	}
	if id == "" {
		return nil
	}
	key := a.ID + "/" + target
	if isGate {
		at, err := store.One[assess.Attestation](s.ctx, v, key)
		if assess.KindOf(err) == assess.Missing {
			s.tell("ctl.gate_unanswered", map[string]string{"Gate": p.Text(s.say.Lang(), target, "title"), "Field": "attestation/" + target})
			return nil // evidence of the right kind counts for the gate as it is
		}
		if err != nil {
			return err
		}
		at.Evidence = including(at.Evidence, id)
		return v.Save(s.ctx, at)
	}
	f, err := oneOr(s, v, key, assess.Finding{Application: a.ID, Requirement: target})
	if err != nil {
		return err
	}
	f.Evidence = including(f.Evidence, id)
	return v.Save(s.ctx, f)
}

func including(ids []string, id string) []string {
	if slices.Contains(ids, id) {
		return ids
	}
	return append(ids, id)
}

func oneOr[T assess.Entity](s *session, v *store.Vault, key string, begin T) (T, error) {
	e, err := store.One[T](s.ctx, v, key)
	if assess.KindOf(err) == assess.Missing {
		return begin, nil
	}
	return e, err
}

type evidenceList struct {
	JSON bool `help:"${help_json}"`
}

// Run lists the client's evidence.
func (c evidenceList) Run(s *session) error {
	v, err := s.open()
	if err != nil {
		return err
	}
	defer v.Close()
	all, err := store.All[assess.Evidence](s.ctx, v, "")
	if err != nil {
		return err
	}
	if c.JSON {
		return s.json(all)
	}
	for _, e := range all {
		fmt.Fprintf(s.out, "%s\t%s\t%.12s\t%s\t%s\n", e.ID, strings.Join(e.Slots, ","), e.Digest, e.Expires, e.Title)
	}
	return nil
}

type evidenceCheck struct{}

// Run reads every file again, compares it with its digest and tells how it
// will appear in the volume.
func (evidenceCheck) Run(s *session) error {
	v, err := s.open()
	if err != nil {
		return err
	}
	defer v.Close()
	bar := s.bar("ctl.checking")
	damages, err := v.VerifyEvidence(s.ctx, bar.set)
	bar.end()
	if err != nil {
		return err
	}
	for _, d := range damages {
		s.tell("ctl.damage."+string(d.Kind), map[string]string{"Digest": d.Digest, "Names": strings.Join(d.Names, ", ")})
	}
	if len(damages) > 0 {
		return errFails
	}
	all, err := store.All[assess.Evidence](s.ctx, v, "")
	if err != nil {
		return err
	}
	annexes, err := volume.Inspect(s.ctx, files{v}, all)
	if err != nil {
		return err
	}
	for i, a := range annexes {
		how := s.say.N("ctl.pages", len(a.Pages))
		if a.Problem != "" {
			how = s.say.T(a.Problem)
		}
		fmt.Fprintf(s.out, "%s\t%s\t%s\n", all[i].ID, all[i].Title, how)
	}
	s.tell("ctl.evidence_sound", map[string]string{"Count": fmt.Sprint(len(all))})
	return nil
}
