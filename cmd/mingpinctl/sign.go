package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"mingpin/assess"
	"mingpin/report"
	"mingpin/report/handin"
	"mingpin/report/sign"
	"mingpin/report/volume"
)

type signCommand struct {
	Out          string `short:"o" type:"path" default:"." help:"${help_build_out}"`
	P12          string `name:"p12" required:"" type:"path" placeholder:"FILE" help:"${help_sign_p12}"`
	PasswordFile string `placeholder:"FILE" help:"${help_password_file}"`
	Role         string `help:"${help_sign_role}"`
	Reason       string `help:"${help_sign_reason}"`
	Seal         string `type:"path" placeholder:"IMAGE" help:"${help_sign_seal}"`
	OtherName    bool   `help:"${help_sign_other_name}"`
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
	in, err := frozenInput(snap)
	if err != nil {
		return err
	}
	path := filepath.Join(c.Out, volumeFile)
	if err := handin.CheckVolume(path, in); err != nil {
		return inFile(path, err)
	}
	open, err := handin.Unsigned(path)
	if err != nil {
		return inFile(path, err)
	}
	role, err := s.nextRole(c.Role, snap, open)
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(c.Out, packageFile)); role == "" && err == nil {
		s.tell("ctl.all_signed")
		return nil
	}
	if role != "" {
		if err := c.sameName(id, snap, role); err != nil {
			return err
		}
		if err := c.sign(s, id, snap, role); err != nil {
			return err
		}
		if open, err = handin.Unsigned(path); err != nil {
			return inFile(path, err)
		}
	}
	if len(open) > 0 {
		for i, role := range open {
			open[i] = s.role(role)
		}
		s.tell("ctl.still_to_sign", map[string]string{"Roles": strings.Join(open, s.say.T("ctl.and"))})
		return nil
	}
	return c.pack(s, id, in)
}

// frozenInput judges a frozen snapshot by the pack it was frozen with.
func frozenInput(snap assess.Snapshot) (report.Input, error) {
	p, err := loadPack(snap.Pack.ID, snap.Pack.Version)
	if err != nil {
		return report.Input{}, err
	}
	if p.Digest() != snap.Pack.Digest {
		return report.Input{}, &assess.Fault{Kind: assess.Conflict, Key: "fault.pack_changed", Args: assess.Args{"Pack": snap.Pack.ID + " " + snap.Pack.Version}}
	}
	return volume.Input(p, snap)
}

// sameName refuses a certificate made out to neither the signer nor the
// enterprise: a person would sign in another's place without anybody noticing.
func (c signCommand) sameName(id *sign.Identity, snap assess.Snapshot, role string) error {
	holder := id.Certificate.Subject.CommonName
	if name := signerName(snap, role); c.OtherName || holder == name || holder == snap.Client.Name {
		return nil
	}
	return &assess.Fault{Kind: assess.Conflict, Key: "fault.signer_name", Args: assess.Args{"Holder": holder, "Signer": signerName(snap, role)}}
}

// nextRole is the signer whose turn it is; the order is that of the
// declaration. Nobody is left when the volume is fully signed.
func (s *session) nextRole(wanted string, snap assess.Snapshot, open []string) (string, error) {
	if wanted != "" && !isSigner(wanted, snap) {
		return "", &assess.Fault{Kind: assess.Usage, Key: "fault.unknown_role", Args: assess.Args{"Role": wanted, "All": roles(snap)}}
	}
	if len(open) == 0 {
		if wanted != "" {
			return "", &assess.Fault{Kind: assess.Conflict, Key: "fault.already_signed", Args: assess.Args{"Role": s.role(wanted)}}
		}
		return "", nil
	}
	for _, sg := range snap.Signers {
		for _, role := range open {
			if sg.Role != role {
				continue
			}
			if wanted != "" && wanted != role {
				return "", &assess.Fault{Kind: assess.Conflict, Key: "fault.signing_order", Args: assess.Args{"Role": s.role(wanted), "Next": s.role(role)}}
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
	path := filepath.Join(c.Out, volumeFile)
	err := handin.SignVolume(path, handin.Signature{
		Role: role, Identity: id, Time: s.now(), Name: signerName(snap, role), Reason: reason,
		Location: snap.Declaration.Place, Seal: seal, Text: s.say,
	})
	if err != nil {
		return inFile(path, err)
	}
	s.tell("ctl.signed", map[string]string{"Role": s.role(role), "Name": id.Certificate.Subject.CommonName})
	if id.SelfMade {
		s.tell("ctl.self_made")
	}
	return nil
}

func isSigner(role string, s assess.Snapshot) bool {
	return slices.ContainsFunc(s.Signers, func(sg assess.Signer) bool { return sg.Role == role })
}

func roles(s assess.Snapshot) string {
	var all []string
	for _, sg := range s.Signers {
		all = append(all, sg.Role)
	}
	return strings.Join(all, ", ")
}

func signerName(s assess.Snapshot, role string) string {
	for _, sg := range s.Signers {
		if sg.Role == role {
			return sg.Name
		}
	}
	return ""
}

// role names a signer's role as the declaration does; other names stay.
func (s *session) role(id string) string {
	if key := "report.signer." + id; s.say.Has(key) {
		return s.say.T(key)
	}
	return id
}

// pack writes the package from the frozen snapshot, the signed volume and the
// vault's files.
func (c signCommand) pack(s *session, id *sign.Identity, in report.Input) error {
	snap := in.Snapshot
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
