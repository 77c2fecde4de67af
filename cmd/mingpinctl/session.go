package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/assess/store"
	"mingpin/assets"
	"mingpin/report/volume"
)

// A session is one run of the command: where it reads and writes, whose data,
// in which language.
type session struct {
	ctx         context.Context
	in          io.Reader
	out, err    io.Writer
	say         *assets.Text
	root        string
	client, app string
	actor       string
	now         func() time.Time
	began       bool            // the entity last looked for was not there and has been begun
	pack        *programme.Pack // of the application at work, for its titles in messages
}

func (s *session) set(c commands) error {
	s.root, s.client, s.app, s.actor = c.Data, c.Client, c.App, c.Actor
	if s.root == "" {
		dir, err := dataFolder()
		if err != nil {
			return err
		}
		s.root = dir
	}
	return nil
}

// dataFolder is where the system wants data of programs that is not to roam.
func dataFolder() (string, error) {
	if dir := os.Getenv("XDG_DATA_HOME"); dir != "" && runtime.GOOS == "linux" {
		return filepath.Join(dir, "mingpin"), nil
	}
	if dir := os.Getenv("LOCALAPPDATA"); dir != "" && runtime.GOOS == "windows" {
		return filepath.Join(dir, "Mingpin"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", &assess.Fault{Kind: assess.Usage, Key: "fault.no_data_folder", Err: err}
	}
	if runtime.GOOS == "darwin" {
		return filepath.Join(home, "Library", "Application Support", "Mingpin"), nil
	}
	return filepath.Join(home, ".local", "share", "mingpin"), nil
}

func (s *session) options() store.Options { return store.Options{Now: s.now, Actor: s.actor} }

// open opens the vault of the client that was named, or of the only one.
func (s *session) open() (*store.Vault, error) {
	id, err := s.clientID()
	if err != nil {
		return nil, err
	}
	return store.Open(s.ctx, s.root, id, s.options())
}

func (s *session) clientID() (string, error) {
	lines, err := store.Clients(s.ctx, s.root)
	if err != nil {
		return "", err
	}
	var found []string
	var names []string
	for _, l := range lines {
		names = append(names, l.Name+" "+l.ID)
		if s.client == "" || l.ID == s.client || l.Code == s.client || l.Name == s.client {
			found = append(found, l.ID)
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	return "", pick(found, "client", s.client, names)
}

// pick says why not exactly one thing was found.
func pick(found []string, what, wanted string, all []string) error {
	args := assess.Args{"Wanted": wanted, "All": strings.Join(all, "; ")}
	switch {
	case len(all) == 0:
		return &assess.Fault{Kind: assess.Missing, Key: "fault.no_" + what}
	case len(found) == 0:
		return &assess.Fault{Kind: assess.Missing, Key: "fault.unknown_" + what, Args: args}
	}
	return &assess.Fault{Kind: assess.Usage, Key: "fault.which_" + what, Args: args}
}

// application finds the application that was named, or the only one.
func (s *session) application(v *store.Vault) (assess.Application, error) {
	apps, err := v.Applications(s.ctx)
	if err != nil {
		return assess.Application{}, err
	}
	var found, names []string
	var last assess.Application
	for _, a := range apps {
		names = append(names, a.ProductName+" "+a.ID)
		if s.app == "" || a.ID == s.app {
			found = append(found, a.ID)
			last = a
		}
	}
	if len(found) != 1 {
		return assess.Application{}, pick(found, "application", s.app, names)
	}
	return last, nil
}

// A job is an open application with everything that judges and prints it.
type job struct {
	vault    *store.Vault
	pack     *programme.Pack
	snapshot assess.Snapshot
}

// job opens the vault, the application and its pack. The caller closes it.
func (s *session) job() (*job, error) {
	v, err := s.open()
	if err != nil {
		return nil, err
	}
	j, err := s.load(v)
	if err != nil {
		v.Close()
		return nil, err
	}
	return j, nil
}

func (s *session) load(v *store.Vault) (*job, error) {
	a, err := s.application(v)
	if err != nil {
		return nil, err
	}
	p, err := loadPack(a.Programme, a.Version)
	if err != nil {
		return nil, err
	}
	snap, err := v.Snapshot(s.ctx, a.ID, packRef(p), s.say.Lang())
	if err != nil {
		return nil, err
	}
	s.pack = p
	return &job{vault: v, pack: p, snapshot: snap}, nil
}

func (j *job) close() error { return j.vault.Close() }

// files gives the evidence of a vault to those who bind and pack it.
type files struct{ vault *store.Vault }

// OpenEvidence opens the file of digest.
func (f files) OpenEvidence(digest string) (volume.File, int64, error) {
	file, err := f.vault.OpenEvidence(context.Background(), digest)
	if err != nil {
		return nil, 0, err
	}
	info, err := file.Stat()
	if err != nil {
		file.Close()
		return nil, 0, err
	}
	return file, info.Size(), nil
}
