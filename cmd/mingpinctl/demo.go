package main

import (
	"fmt"
	"os"
	"path/filepath"

	"mingpin/assess"
	"mingpin/assess/assesstest"
	"mingpin/assess/store"
	"mingpin/report/sample"
)

type demoCommand struct {
	Dir string `arg:"" type:"path" help:"${help_demo_dir}"`
}

// demoMark is the file by which a folder is known as an earlier demo's, which
// may be replaced; any other folder has to be empty.
const demoMark = ".mingpin-demo"

// Run takes the sample client from nothing to a verified package: the same
// steps and the same code as for a real one.
func (c demoCommand) Run(s *session) error {
	if err := c.begin(); err != nil {
		return err
	}
	s.root = filepath.Join(c.Dir, "data")
	for i, step := range []struct {
		key string
		run func(*session) error
	}{
		{"ctl.demo.install", c.install},
		{"ctl.demo.check", checkCommand{}.Run},
		{"ctl.demo.build", buildCommand{Out: c.Dir}.Run},
		{"ctl.demo.sign", c.sign},
		{"ctl.demo.verify", verifyCommand{File: filepath.Join(c.Dir, packageFile)}.Run},
	} {
		s.tell("ctl.demo_step", map[string]string{"N": fmt.Sprint(i + 1), "What": s.say.T(step.key)})
		if err := step.run(s); err != nil {
			return err
		}
	}
	s.tell("ctl.demo_done", map[string]string{
		"Volume":   filepath.Join(c.Dir, volumeFile),
		"Package":  filepath.Join(c.Dir, packageFile),
		"Internal": filepath.Join(c.Dir, internalFile),
	})
	return nil
}

// begin makes the folder, replacing only what an earlier demo has left.
func (c demoCommand) begin() error {
	mark := filepath.Join(c.Dir, demoMark)
	entries, err := os.ReadDir(c.Dir)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	if len(entries) > 0 {
		if _, err := os.Stat(mark); err != nil {
			return &assess.Fault{Kind: assess.Conflict, Key: "fault.demo_folder", Args: assess.Args{"Path": c.Dir}}
		}
		if err := os.RemoveAll(c.Dir); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(c.Dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(mark, nil, 0o644)
}

func (c demoCommand) install(s *session) error {
	reg, err := concepts()
	if err != nil {
		return err
	}
	sampleCase, err := assesstest.Sample(reg)
	if err != nil {
		return err
	}
	p, err := loadPack("tianfu-mingpin", "")
	if err != nil {
		return err
	}
	v, err := store.Create(s.ctx, s.root, sampleCase.Client, s.options())
	if err != nil {
		return err
	}
	defer v.Close()
	s.client = v.ID()
	if _, err := sample.Install(s.ctx, v, sampleCase, packRef(p)); err != nil {
		return err
	}
	s.tell("ctl.demo.installed", map[string]string{"Client": sampleCase.Client.Name, "Files": fmt.Sprint(len(sampleCase.Papers))})
	return nil
}

// sign makes an identity for each signer and signs in their order.
func (c demoCommand) sign(s *session) error {
	snap, err := frozen(c.Dir)
	if err != nil {
		return err
	}
	for _, sg := range snap.Signers {
		path := filepath.Join(c.Dir, sg.Role+".p12")
		data, err := newIdentity(s, sg.Name, snap.Client.Name, "")
		if err != nil {
			return err
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			return err
		}
		if err := (signCommand{Out: c.Dir, P12: path, PasswordFile: os.DevNull}).Run(s); err != nil {
			return err
		}
	}
	return nil
}
