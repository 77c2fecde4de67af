package assess

import (
	"errors"
	"slices"
)

// Check returns the faults of every entity in s, of keys that stand twice and
// of entities that belong to another application, joined.
func (s Snapshot) Check() error {
	var errs []error
	if !s.Date.Valid() {
		errs = append(errs, &Fault{Kind: Invalid, Key: "fault.bad_date", Args: Args{"Field": "snapshot/date", "Value": clip(string(s.Date))}})
	}
	errs = append(errs, s.Client.Check(), s.Application.Check())
	if s.Declaration != (Declaration{}) {
		errs = append(errs, s.Declaration.Check())
	}
	errs = append(
		errs,
		checkAll(s.Subjects), checkAll(s.Facts), checkAll(s.Standards), checkAll(s.Attestations), checkAll(s.Thresholds),
		checkAll(s.Findings), checkAll(s.Evidence), checkAll(s.Indicators), checkAll(s.Actions), checkAll(s.Reviews), checkAll(s.Signers),
		s.checkOwner(),
	)
	return errors.Join(errs...)
}

func checkAll[E Entity](list []E) error {
	var errs []error
	seen := make(map[string]bool, len(list))
	for _, e := range list {
		errs = append(errs, e.Check())
		if seen[e.Key()] {
			errs = append(errs, &Fault{Kind: Invalid, Key: "fault.twice", Args: Args{"Field": e.Kind() + "/" + e.Key(), "Value": clip(e.Key())}})
		}
		seen[e.Key()] = true
	}
	return errors.Join(errs...)
}

// checkOwner finds entities of another application.
func (s Snapshot) checkOwner() error {
	var errs []error
	look := func(e Entity, owner string) {
		if owner != s.Application.ID {
			errs = append(errs, &Fault{Kind: Conflict, Key: "fault.other_application", Args: Args{
				"Field": e.Kind() + "/" + clip(e.Key()), "Value": clip(owner), "Want": s.Application.ID,
			}})
		}
	}
	for _, x := range s.Attestations {
		look(x, x.Application)
	}
	for _, x := range s.Thresholds {
		look(x, x.Application)
	}
	for _, x := range s.Findings {
		look(x, x.Application)
	}
	for _, x := range s.Indicators {
		look(x, x.Application)
	}
	for _, x := range s.Actions {
		look(x, x.Application)
	}
	for _, x := range s.Reviews {
		look(x, x.Application)
	}
	for _, x := range s.Signers {
		look(x, x.Application)
	}
	if s.Declaration != (Declaration{}) {
		look(s.Declaration, s.Declaration.Application)
	}
	return errors.Join(errs...)
}

// lineage is the chain of subject ids from id up to the client (""), nearest
// first. A parent that does not exist or a circle ends the chain at the client.
func (s Snapshot) lineage(id string) []string {
	var chain []string
	for id != "" && !slices.Contains(chain, id) {
		n := slices.IndexFunc(s.Subjects, func(x Subject) bool { return x.ID == id })
		if n < 0 {
			break
		}
		chain = append(chain, id)
		id = s.Subjects[n].Parent
	}
	return append(chain, "")
}
