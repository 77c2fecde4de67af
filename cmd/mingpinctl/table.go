package main

import (
	"fmt"
	"os"

	"mingpin/assess"
	"mingpin/assess/store"
	"mingpin/report/office"
)

type tableCommand struct {
	Import tableImport `cmd:"" help:"${help_table_import}"`
	Export tableExport `cmd:"" help:"${help_table_export}"`
}

type tableImport struct {
	File string `arg:"" help:"${help_table_file}"`
}

// Run reads a workbook into the comparison table: rows and standards it names
// replace those of the same id, nothing else is touched, and nothing at all
// when a cell cannot be read.
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
	a := j.snapshot.Application
	t, err := office.ReadTable(f, office.Known{Application: a.ID, Standard: a.Standard, Evidence: j.snapshot.Evidence})
	if err != nil {
		return inFile(c.File, err)
	}
	var entities []assess.Entity
	for _, std := range t.Standards {
		entities = append(entities, std)
	}
	for _, ind := range t.Indicators {
		entities = append(entities, ind)
	}
	if err := j.vault.Save(s.ctx, entities...); err != nil {
		return inFile(c.File, err)
	}
	s.tell("ctl.table_imported", map[string]string{"Rows": fmt.Sprint(len(t.Indicators)), "Standards": fmt.Sprint(len(t.Standards))})
	return nil
}

type tableExport struct {
	File string `arg:"" help:"${help_table_file}"`
}

// Run writes the comparison table as a workbook, which is also the template
// for filling it in.
func (c tableExport) Run(s *session) error {
	j, err := s.job()
	if err != nil {
		return err
	}
	defer j.close()
	// Those of the vault, not only of the snapshot: what nothing is compared
	// with yet is to be filled in here.
	standards, err := store.All[assess.Standard](s.ctx, j.vault, "")
	if err != nil {
		return err
	}
	f, err := os.Create(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := office.WriteTable(f, office.Table{Indicators: j.snapshot.Indicators, Standards: standards}, s.say); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	s.tell("ctl.table_exported", map[string]string{"Rows": fmt.Sprint(len(j.snapshot.Indicators)), "File": c.File})
	return nil
}
