package handin

import (
	"slices"

	"mingpin/assess"
)

// signers holds the signatures of the volume against the signers the
// declaration names. One that is missing or not named is a problem; a certificate made out
// to someone else, or one that stands for several people, is for a person to
// look at, since a seal certificate is made out to the enterprise.
func (c *check) signers(s assess.Snapshot) {
	holders := map[string]string{} // by role
	for _, r := range c.report.Signatures {
		holders[r.Field] = r.Signer
	}
	first := map[string]string{} // role by holder
	for _, sg := range s.Signers {
		holder, signed := holders[sg.Role]
		if !signed {
			c.problem("signer_missing", assess.Args{"Role": sg.Role, "Signer": sg.Name})
			continue
		}
		if holder != sg.Name && holder != s.Client.Name {
			c.notice("signer_name", assess.Args{"Signer": sg.Name, "Holder": holder})
		}
		if other, twice := first[holder]; twice {
			c.notice("signer_twice", assess.Args{"Holder": holder, "Role": sg.Role, "Other": other})
		}
		first[holder] = sg.Role
	}
	for _, r := range c.report.Signatures {
		if !slices.ContainsFunc(s.Signers, func(sg assess.Signer) bool { return sg.Role == r.Field }) {
			c.problem("signer_extra", assess.Args{"Role": r.Field, "Signer": r.Signer})
		}
	}
}

func (c *check) notice(key string, args assess.Args) {
	c.report.Notices = append(c.report.Notices, Problem{Key: "verify." + key, Args: args})
}
