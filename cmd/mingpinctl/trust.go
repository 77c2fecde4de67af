package main

import (
	"fmt"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/assess/store"
	"mingpin/report/handin"
)

type programmeTrust struct {
	Package string `arg:"" help:"${help_trust_package}"`
	Remove  bool   `help:"${help_trust_remove}"`
}

// Run trusts, or no longer trusts, the pack enclosed in a package, so that
// packages judged by it can be verified and not only found consistent. The
// user has to know the pack from elsewhere: its digest is shown.
func (c programmeTrust) Run(s *session) error {
	p, err := enclosedPack(c.Package)
	if err != nil {
		return err
	}
	catalog, err := store.OpenCatalog(s.ctx, s.root)
	if err != nil {
		return err
	}
	defer catalog.Close()
	ref := packRef(p)
	key, change := "ctl.pack_trusted", catalog.TrustPack
	if c.Remove {
		key, change = "ctl.pack_distrusted", catalog.DistrustPack
	}
	if err := change(s.ctx, ref); err != nil {
		return err
	}
	s.tell(key, map[string]string{"Pack": p.Text(s.say.Lang(), "pack", "title") + " " + p.Version, "Digest": ref.Digest})
	return nil
}

func enclosedPack(path string) (*programme.Pack, error) {
	r, err := handin.Open(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := r.ReadAll(handin.PackName)
	if err != nil {
		return nil, err
	}
	p, err := programme.Decode(data)
	if err != nil {
		return nil, &assess.Fault{Kind: assess.Damaged, Key: "verify.pack_unreadable", Args: assess.Args{"Why": fmt.Sprint(err)}}
	}
	return p, nil
}
