package main

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/assets"
)

type programmeCommand struct {
	List  programmeList  `cmd:"" help:"${help_programme_list}"`
	Show  programmeShow  `cmd:"" help:"${help_programme_show}"`
	Lint  programmeLint  `cmd:"" help:"${help_programme_lint}"`
	Diff  programmeDiff  `cmd:"" help:"${help_programme_diff}"`
	Trust programmeTrust `cmd:"" help:"${help_programme_trust}"`
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

type programmeList struct{}

// Run lists the shipped packs.
func (programmeList) Run(s *session) error {
	names, err := shipped()
	if err != nil {
		return err
	}
	reg, err := concepts()
	if err != nil {
		return err
	}
	for _, n := range names {
		p, err := programme.Load(assets.Programmes(), n, reg)
		if err != nil {
			return err
		}
		fmt.Fprintf(s.out, "%s\t%s\t%s\t%s\n", p.ID, p.Version, s.say.T("ctl.status."+string(p.Status)), p.Text(s.say.Lang(), "pack", "title"))
	}
	return nil
}

type programmeShow struct {
	ID      string `arg:"" help:"${help_programme_id}"`
	Version string `arg:"" optional:"" help:"${help_application_version}"`
	JSON    bool   `help:"${help_json}"`
}

// Run prints a pack: what it asks, clause by clause, and where from.
func (c programmeShow) Run(s *session) error {
	p, err := loadPack(c.ID, c.Version)
	if err != nil {
		return err
	}
	if c.JSON {
		data, err := programme.Encode(p)
		if err != nil {
			return err
		}
		_, err = s.out.Write(append(data, '\n'))
		return err
	}
	lang := s.say.Lang()
	fmt.Fprintf(s.out, "%s %s\n%s\n\n", p.Text(lang, "pack", "title"), p.Version, p.Digest())
	for _, g := range p.Gates {
		fmt.Fprintf(s.out, "%s\t%s%s\n", g.ID, p.Text(lang, g.ID, "title"), s.mark(g.Provenance))
		s.slots(p, g.Evidence)
	}
	for _, r := range p.Requirements {
		fmt.Fprintf(s.out, "%s\t%s %s%s\n", r.ID, r.Clause, p.Text(lang, r.ID, "title"), s.mark(r.Provenance))
		s.levels(p, r.Scale)
		s.slots(p, r.Evidence)
	}
	return nil
}

// levels lists what a requirement may be rated.
func (s *session) levels(p *programme.Pack, scale string) {
	sc, _ := p.Scale(scale)
	var levels []string
	for _, l := range sc.Levels {
		levels = append(levels, l.ID+" "+p.Text(s.say.Lang(), scale+"."+l.ID, "title"))
	}
	s.tell("ctl.show_levels", map[string]string{"Levels": strings.Join(levels, "; ")})
}

// slots lists the kinds of evidence asked for.
func (s *session) slots(p *programme.Pack, rules []programme.EvidenceRule) {
	if len(rules) == 0 {
		return
	}
	var slots []string
	for _, r := range rules {
		slots = append(slots, r.Slot+" "+p.Text(s.say.Lang(), r.Slot, "title"))
	}
	s.tell("ctl.show_slots", map[string]string{"Slots": strings.Join(slots, "; ")})
}

// mark says 待核实 for whatever has no official source.
func (s *session) mark(p programme.Provenance) string {
	if p.Blocks() {
		return ""
	}
	return s.say.T("report.unverified")
}

type programmeLint struct {
	Dir string `arg:"" help:"${help_programme_dir}"`
}

// Run checks a pack in a folder and names file, line and id of each thing that
// is wrong.
func (c programmeLint) Run(s *session) error {
	reg, err := concepts()
	if err != nil {
		return err
	}
	if _, err := os.Stat(c.Dir); err != nil {
		return err
	}
	problems := programme.Lint(os.DirFS(filepath.Dir(c.Dir)), filepath.Base(c.Dir), reg)
	errs := 0
	for _, p := range problems {
		fmt.Fprintln(s.out, s.problem(p))
		if p.Severity == programme.Error {
			errs++
		}
	}
	s.tell("ctl.lint", map[string]string{"Errors": fmt.Sprint(errs), "Warnings": fmt.Sprint(len(problems) - errs)})
	if errs > 0 {
		return errFails
	}
	return nil
}

// problem says where in the pack what is wrong.
func (s *session) problem(p programme.Problem) string {
	args := with(p.Args, nil)
	if kind := args["kind"]; kind != "" {
		args["kind"] = s.item(kind)
	}
	return s.say.T("ctl.problem", map[string]string{
		"File": p.File, "Line": fmt.Sprint(p.Line), "ID": p.ID, "Rule": p.Rule,
		"Severity": s.say.T("ctl.lint." + string(p.Severity)), "Why": s.say.T(p.Key(), args),
	})
}

type programmeDiff struct {
	ID   string `arg:"" help:"${help_programme_id}"`
	From string `arg:"" help:"${help_diff_from}"`
	To   string `arg:"" help:"${help_diff_to}"`
}

// Run compares two versions of a pack item by item.
func (c programmeDiff) Run(s *session) error {
	a, err := loadPack(c.ID, c.From)
	if err != nil {
		return err
	}
	b, err := loadPack(c.ID, c.To)
	if err != nil {
		return err
	}
	for _, ch := range programme.Diff(a, b) {
		s.change(ch)
	}
	return nil
}

// change prints what became of one item, then the fields that differ.
func (s *session) change(c programme.Change) {
	fmt.Fprintf(s.out, "%s\t%s\t%s\n", s.say.T("ctl.diff."+string(c.Kind)), s.item(c.Item), strings.TrimPrefix(c.From+" → "+c.ID, " → "))
	for _, f := range c.Fields {
		if s.foreign(f.Field) {
			continue
		}
		fmt.Fprintf(s.out, "\t%s: %s → %s\n", f.Field, f.Old, f.New)
	}
}

// item names a kind of item of a pack.
func (s *session) item(kind string) string {
	if key := "ctl.item." + kind; s.say.Has(key) {
		return s.say.T(key)
	}
	return kind
}

// foreign reports whether a field is a text in another language than the
// user's: title.en while the user reads Chinese.
func (s *session) foreign(field string) bool {
	return slices.ContainsFunc(assets.Languages, func(lang string) bool {
		return lang != s.say.Lang() && strings.HasSuffix(field, "."+lang)
	})
}

// upgrade prints what an upgrade does to each item that has an answer, and
// what is new.
func (s *session) upgrade(r assess.Receipt) {
	for _, c := range r.Carried {
		to := make([]string, len(c.To))
		for i, t := range c.To {
			to[i] = t.ID
		}
		fmt.Fprintf(s.out, "%s\t%s\t%s → %s\n", s.say.T("ctl.fate."+string(c.Fate)), s.item(c.Kind), c.From, strings.Join(to, ", "))
	}
	for _, n := range r.New {
		fmt.Fprintf(s.out, "%s\t%s\t%s\n", s.say.T("ctl.fate.new"), s.item(n.Kind), n.ID)
	}
}

type checkCommand struct {
	JSON bool `help:"${help_json}"`
}

// Run evaluates the application and lists every issue. It fails while
// something blocks.
func (c checkCommand) Run(s *session) error {
	j, err := s.job()
	if err != nil {
		return err
	}
	defer j.close()
	e := assess.Evaluate(j.pack, j.snapshot)
	if c.JSON {
		err = s.json(e)
	} else {
		s.evaluation(j.pack, e)
	}
	if err == nil && blocks(e) > 0 {
		return errFails
	}
	return err
}

func blocks(e assess.Evaluation) int {
	n := 0
	for _, i := range e.Issues {
		if i.Severity == assess.Block {
			n++
		}
	}
	return n
}

func (s *session) evaluation(p *programme.Pack, e assess.Evaluation) {
	for _, i := range e.Issues {
		fmt.Fprintf(s.out, "%s %s %s\t%s\n", s.say.T("report.severity."+string(i.Severity)), i.Rule, i.Field, s.say.T(i.Key, assess.Readable(p, s.say, i.Args)))
	}
	outcome := s.say.T("report.outcome.none")
	if e.Outcome != "" {
		outcome = p.Text(s.say.Lang(), e.Outcome, "title")
	}
	m := e.Meters
	s.tell("ctl.check", map[string]string{
		"Score": e.Score.Value.String(), "Outcome": outcome, "Blocks": fmt.Sprint(blocks(e)),
		"Answered": meter(m.Answered), "Proven": meter(m.Proven), "Conforming": meter(m.Conforming), "Approved": meter(m.Approved),
	})
}

func meter(m assess.Meter) string { return fmt.Sprintf("%d/%d", m.Done, m.Of) }
