package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/report/handin"
	"mingpin/report/sign"
	"mingpin/report/volume"
)

const maxKeyFile = 1 << 20

type signCommand struct {
	Out          string `short:"o" type:"path" default:"." help:"${help_build_out}"`
	P12          string `required:"" type:"path" placeholder:"FILE" help:"${help_sign_p12}"`
	PasswordFile string `placeholder:"FILE" help:"${help_password_file}"`
	Role         string `help:"${help_sign_role}"`
	Reason       string `help:"${help_sign_reason}"`
	Seal         string `type:"path" placeholder:"IMAGE" help:"${help_sign_seal}"`
}

// Run signs the volume for the next signer and, when all have signed, writes
// the package.
func (c signCommand) Run(s *session) error {
	id, err := s.identity(c.P12, c.PasswordFile)
	if err != nil {
		return err
	}
	snap, err := frozen(c.Out)
	if err != nil {
		return err
	}
	path := filepath.Join(c.Out, volumeFile)
	open, err := handin.Unsigned(path)
	if err != nil {
		return err
	}
	role, err := nextRole(c.Role, snap, open)
	if err != nil {
		return err
	}
	if role != "" {
		if err := c.sign(s, id, snap, role); err != nil {
			return err
		}
		if open, err = handin.Unsigned(path); err != nil {
			return err
		}
	}
	if len(open) > 0 {
		s.tell("ctl.still_to_sign", map[string]string{"Roles": strings.Join(open, ", ")})
		return nil
	}
	return c.pack(s, id, snap)
}

// nextRole is the signer whose turn it is; the order is that of the
// declaration. Nobody is left when the volume is fully signed.
func nextRole(wanted string, s assess.Snapshot, open []string) (string, error) {
	if len(open) == 0 {
		if wanted != "" {
			return "", &assess.Fault{Kind: assess.Conflict, Key: "fault.already_signed", Args: assess.Args{"Role": wanted}}
		}
		return "", nil
	}
	for _, sg := range s.Signers {
		for _, role := range open {
			if sg.Role != role {
				continue
			}
			if wanted != "" && wanted != role {
				return "", &assess.Fault{Kind: assess.Conflict, Key: "fault.signing_order", Args: assess.Args{"Role": wanted, "Next": role}}
			}
			return role, nil
		}
	}
	return open[0], nil
}

func (c signCommand) sign(s *session, id *sign.Identity, snap assess.Snapshot, role string) error {
	var seal []byte
	if c.Seal != "" {
		var err error
		if seal, err = readFile(c.Seal, 8<<20); err != nil {
			return err
		}
	}
	reason := c.Reason
	if reason == "" {
		reason = s.say.T("ctl.sign_reason")
	}
	err := handin.SignVolume(filepath.Join(c.Out, volumeFile), handin.Signature{
		Role: role, Identity: id, Time: s.now(), Name: signerName(snap, role), Reason: reason,
		Location: snap.Declaration.Place, Seal: seal, Text: s.say,
	})
	if err != nil {
		return err
	}
	s.tell("ctl.signed", map[string]string{"Role": s.say.T("report.signer." + role), "Name": id.Certificate.Subject.CommonName})
	if id.SelfMade {
		s.tell("ctl.self_made")
	}
	return nil
}

func signerName(s assess.Snapshot, role string) string {
	for _, sg := range s.Signers {
		if sg.Role == role {
			return sg.Name
		}
	}
	return ""
}

// pack writes the package from the frozen snapshot, the signed volume and the
// vault's files.
func (c signCommand) pack(s *session, id *sign.Identity, snap assess.Snapshot) error {
	p, err := loadPack(snap.Pack.ID, snap.Pack.Version)
	if err != nil {
		return err
	}
	if p.Digest() != snap.Pack.Digest {
		return &assess.Fault{Kind: assess.Conflict, Key: "fault.pack_changed", Args: assess.Args{"Pack": snap.Pack.ID + " " + snap.Pack.Version}}
	}
	in, err := volume.Input(p, snap)
	if err != nil {
		return err
	}
	if s.client == "" {
		s.client = snap.Client.ID
	}
	v, err := s.open()
	if err != nil {
		return err
	}
	defer v.Close()
	contents, err := handin.Collect(in, filepath.Join(c.Out, volumeFile), files{v}, s.now())
	if err != nil {
		return err
	}
	path := filepath.Join(c.Out, packageFile)
	bar := s.bar("ctl.packing")
	err = handin.Write(s.ctx, path, contents, id, bar.set)
	bar.end()
	if err != nil {
		return err
	}
	s.tell("ctl.packed", map[string]string{"File": path})
	return nil
}

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
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", filepath.Base(path), err)
	}
	if err := id.CheckAt(s.now()); err != nil {
		return nil, err
	}
	return id, nil
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

func signFault(err error) *assess.Fault {
	key := ""
	args := assess.Args{}
	var expired sign.ExpiredError
	var early sign.NotYetValidError
	var weak sign.WeakKeyError
	var unsupported sign.UnsupportedError
	var field sign.FieldError
	switch {
	case errors.Is(err, sign.ErrWrongPassword):
		key = "fault.p12_password"
	case errors.Is(err, sign.ErrDamaged):
		key = "fault.p12_damaged"
	case errors.Is(err, sign.ErrNoKey):
		key = "fault.p12_no_key"
	case errors.As(err, &expired):
		key, args["Date"] = "fault.p12_expired", string(programme.DateOf(expired.NotAfter))
	case errors.As(err, &early):
		key, args["Date"] = "fault.p12_early", string(programme.DateOf(early.NotBefore))
	case errors.As(err, &weak):
		key, args["Algorithm"] = "fault.p12_weak", weak.Algorithm
	case errors.As(err, &unsupported):
		key, args["What"] = "fault.p12_unsupported", unsupported.What
	case errors.As(err, &field):
		key, args["Field"], args["Why"] = "fault.signature_field", field.Name, field.What
	default:
		return nil
	}
	return &assess.Fault{Kind: assess.Damaged, Key: key, Args: args}
}
