package main

import (
	"bufio"
	"crypto/rand"
	"errors"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"mingpin/assess"
	"mingpin/report/sign"
)

const maxKeyFile = 1 << 20

// identity opens a key file with the password from a file, the environment or
// the standard input; never from the command line, where others can read it.
func (s *session) identity(path, passwordFile string) (*sign.Identity, error) {
	data, err := readFile(path, maxKeyFile)
	if err != nil {
		return nil, err
	}
	password, err := s.password(passwordFile)
	if err != nil {
		return nil, err
	}
	id, err := sign.OpenPKCS12(data, password)
	if password == "" && errors.Is(err, sign.ErrWrongPassword) {
		return nil, &assess.Fault{Kind: assess.Usage, Key: "fault.no_password"}
	}
	if err != nil {
		return nil, inFile(path, err)
	}
	return id, inFile(path, id.CheckAt(s.now()))
}

func (s *session) password(file string) (string, error) {
	switch {
	case file == "-":
		return firstLine(bufio.NewReader(s.in))
	case file == os.DevNull:
		return "", nil
	case file != "":
		f, err := os.Open(file)
		if err != nil {
			return "", err
		}
		defer f.Close()
		return firstLine(bufio.NewReader(f))
	}
	return os.Getenv("MINGPIN_PASSWORD"), nil
}

func firstLine(r *bufio.Reader) (string, error) {
	line, err := r.ReadString('\n')
	if err != nil && line == "" {
		return "", &assess.Fault{Kind: assess.Usage, Key: "fault.no_password"}
	}
	return strings.TrimRight(line, "\r\n"), nil
}

type identityCommand struct {
	New identityNew `cmd:"" help:"${help_identity_new}"`
}

type identityNew struct {
	File         string `arg:"" type:"path" help:"${help_identity_file}"`
	Name         string `required:"" help:"${help_identity_name}"`
	Organisation string `help:"${help_identity_organisation}"`
	PasswordFile string `placeholder:"FILE" help:"${help_password_file}"`
}

// strong refuses a key file anybody could open or that names nobody.
func (c identityNew) strong(password string) error {
	const least = 6
	switch {
	case strings.TrimSpace(c.Name) == "":
		return &assess.Fault{Kind: assess.Usage, Key: "fault.identity_name"}
	case utf8.RuneCountInString(password) < least:
		return &assess.Fault{Kind: assess.Usage, Key: "fault.identity_password", Args: assess.Args{"Least": strconv.Itoa(least)}}
	}
	return nil
}

// Run makes a signing identity of the user's own. It proves integrity, not
// who signed, and the volume says so.
func (c identityNew) Run(s *session) error {
	if _, err := os.Stat(c.File); err == nil {
		return &assess.Fault{Kind: assess.Conflict, Key: "fault.file_exists", Args: assess.Args{"Path": c.File}}
	}
	password, err := s.password(c.PasswordFile)
	if err != nil {
		return err
	}
	if err := c.strong(password); err != nil {
		return err
	}
	data, err := newIdentity(s, c.Name, c.Organisation, password)
	if err != nil {
		return err
	}
	if err := os.WriteFile(c.File, data, 0o600); err != nil {
		return err
	}
	s.tell("ctl.identity_made", map[string]string{"File": c.File, "Name": c.Name})
	s.tell("ctl.self_made")
	return nil
}

// newIdentity makes a key with certificate and seals it with password.
func newIdentity(s *session, name, organisation, password string) ([]byte, error) {
	id, err := sign.NewIdentity(name, organisation, s.now(), rand.Reader)
	if err != nil {
		return nil, err
	}
	return id.PKCS12(password)
}
