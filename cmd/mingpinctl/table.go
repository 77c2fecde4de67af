package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"mingpin/assess"
	"mingpin/assess/store"
	"mingpin/report/office"
)

type tableCommand struct {
	Import tableImport `cmd:"" help:"${help_table_import}"`
	Export tableExport `cmd:"" help:"${help_table_export}"`
}

type tableImport struct {
	File    string `arg:"" help:"${help_table_file}"`
	Replace bool   `help:"${help_table_replace}"`
}

// Run reads a workbook into the comparison table: rows and standards it names
// replace those of the same id, and nothing at all is done when a cell cannot
// be read. Other indicators of the application stay, unless they are to be
// replaced as a whole.
func (c tableImport) Run(s *session) error {
	f, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	j, err := s.job()
	if err != nil {
		return err
	}
	defer j.close()
	k, err := j.known(s)
	if err != nil {
		return err
	}
	t, err := office.ReadTable(f, k)
	if err != nil {
		return inFile(c.File, err)
	}
	d, err := differ(j.snapshot.Indicators, t.Indicators)
	if err != nil {
		return err
	}
	if err := j.vault.Save(s.ctx, entitiesOf(t)...); err != nil {
		return inFile(c.File, err)
	}
	s.tell("ctl.table_imported", map[string]string{"Rows": fmt.Sprint(len(t.Indicators)), "Standards": fmt.Sprint(len(t.Standards))})
	s.tell("office.import.rows", map[string]string{
		"New": fmt.Sprint(d.added), "Changed": fmt.Sprint(d.changed), "Same": fmt.Sprint(d.same),
	})
	return c.others(s, j, d.others)
}

// others deletes or keeps the indicators that are not in the workbook, and
// says which they are.
func (c tableImport) others(s *session, j *job, others []assess.Indicator) error {
	if len(others) == 0 {
		return nil
	}
	var names []string
	var entities []assess.Entity
	for _, ind := range others {
		names = append(names, fmt.Sprintf("%s %s", ind.ID, ind.Name))
		entities = append(entities, ind)
	}
	facts := map[string]string{"Count": fmt.Sprint(len(others)), "Names": strings.Join(names, s.say.T("office.list_comma"))}
	if !c.Replace {
		s.tell("office.import.kept", facts)
		return nil
	}
	s.tell("office.import.deleting", facts)
	return j.vault.Delete(s.ctx, entities...)
}

func entitiesOf(t office.Table) []assess.Entity {
	var out []assess.Entity
	for _, std := range t.Standards {
		out = append(out, std)
	}
	for _, ind := range t.Indicators {
		out = append(out, ind)
	}
	return out
}

// A difference is what a workbook's rows are to the application's.
type difference struct {
	added, changed, same int
	others               []assess.Indicator // not in the workbook
}

func differ(old, read []assess.Indicator) (difference, error) {
	var d difference
	left := map[string]assess.Indicator{}
	for _, ind := range old {
		left[ind.ID] = ind
	}
	for _, ind := range read {
		before, ok := left[ind.ID]
		delete(left, ind.ID)
		if !ok {
			d.added++
			continue
		}
		same, err := equal(before, ind)
		if err != nil {
			return d, err
		}
		if same {
			d.same++
		} else {
			d.changed++
		}
	}
	for _, ind := range old {
		if _, ok := left[ind.ID]; ok {
			d.others = append(d.others, ind)
		}
	}
	return d, nil
}

// equal compares what is stored, in which 0.3 is not 0.30.
func equal(a, b assess.Indicator) (bool, error) {
	x, err := json.Marshal(a)
	if err != nil {
		return false, err
	}
	y, err := json.Marshal(b)
	return bytes.Equal(x, y), err
}

// known is what a table of the application may refer to.
func (j *job) known(s *session) (office.Known, error) {
	a := j.snapshot.Application
	k := office.Known{Application: a.ID, Standard: a.Standard}
	var err error
	if k.Evidence, err = store.All[assess.Evidence](s.ctx, j.vault, ""); err != nil {
		return k, err
	}
	if k.Indicators, err = store.All[assess.Indicator](s.ctx, j.vault, ""); err != nil {
		return k, err
	}
	k.Standards, err = store.All[assess.Standard](s.ctx, j.vault, "")
	return k, err
}

type tableExport struct {
	File  string `arg:"" help:"${help_table_file}"`
	Force bool   `help:"${help_table_force}"`
}

// Run writes the comparison table as a workbook, which is also the template
// for filling it in: with a file that is there already goes what somebody may
// have filled in, so it is not overwritten unasked.
func (c tableExport) Run(s *session) error {
	j, err := s.job()
	if err != nil {
		return err
	}
	defer j.close()
	k, err := j.known(s)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := office.WriteTable(&b, office.Table{Indicators: j.snapshot.Indicators, Standards: k.Standards}, k, s.say); err != nil {
		return err
	}
	if err := c.write(b.Bytes()); err != nil {
		return err
	}
	s.tell("ctl.table_exported", map[string]string{"Rows": fmt.Sprint(len(j.snapshot.Indicators)), "File": c.File})
	return nil
}

func (c tableExport) write(data []byte) error {
	mode := os.O_EXCL
	if c.Force {
		mode = os.O_TRUNC
	}
	f, err := os.OpenFile(c.File, os.O_WRONLY|os.O_CREATE|mode, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return &assess.Fault{Kind: assess.Conflict, Key: "fault.file_exists", Args: assess.Args{"Path": c.File}}
	}
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
