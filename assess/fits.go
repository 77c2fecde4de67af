package assess

import (
	"slices"
	"strings"

	"mingpin/assess/programme"
	"mingpin/assess/quantity"
)

// choiceMark parts the choices a fault lists.
const choiceMark = "；"

// Fits returns what in e does not fit the pack its application is judged by, as
// faults joined, or nil: answers to what the pack does not ask, ratings that
// are no level of the scale, replaced parameters that cannot be read, signers
// without a role, a track, object or kind of evidence nobody knows, facts that
// CheckFact refuses. The faults list the choices there are as "id name", in
// Chinese; Readable puts them into another language. What e says by itself is
// left to e.Check.
func Fits(p *programme.Pack, e Entity) error {
	f := fitting{faults: *faultsOf(e), p: p}
	switch e := e.(type) {
	case Application:
		f.application(e)
	case Finding:
		f.finding(e)
	case Attestation:
		f.attestation(e)
	case Threshold:
		f.threshold(e)
	case Signer:
		f.signer(e)
	case Evidence:
		f.evidence(e)
	case Fact:
		if c, known := p.Concepts[e.Concept]; known {
			return CheckFact(c, e)
		}
	}
	return f.join()
}

// fitting gathers what in one entity does not fit a pack.
type fitting struct {
	faults
	p *programme.Pack
}

// misfit records a value that is none of the choices, with further facts.
func (f *fitting) misfit(path, key, value string, more Args) {
	args := Args{"Field": f.at + "/" + path, "Value": clip(value)}
	for k, v := range more {
		args[k] = v
	}
	f.errs = append(f.errs, &Fault{Kind: Invalid, Key: key, Args: args})
}

// choices lists items of the pack as "id name"; prefix is what their texts'
// ids have before their own.
func choices(p *programme.Pack, lang, prefix string, ids []string) string {
	out := mapped(ids, func(id string) string { return strings.TrimSpace(id + " " + p.Text(lang, prefix+id, "title")) })
	return strings.Join(out, choiceMark)
}

func (f *fitting) choices(ids []string) Args {
	return Args{"Known": choices(f.p, programme.Languages[0], "", ids)}
}

func (f *fitting) application(a Application) {
	if a.Programme != f.p.ID {
		f.misfit("programme", "fault.fit_programme", a.Programme, Args{"Want": f.p.ID})
	}
	if a.Version != f.p.Version {
		f.misfit("version", "fault.fit_version", a.Version, Args{"Want": f.p.Version})
	}
	if _, known := f.p.Track(a.Track); !known {
		f.misfit("track", "fault.fit_track", a.Track, f.choices(mapped(f.p.Tracks, func(t programme.Track) string { return t.ID })))
	}
	if !slices.Contains(f.p.Objects, a.Object) {
		f.misfit("object", "fault.fit_object", a.Object, f.choices(f.p.Objects))
	}
}

func (f *fitting) finding(x Finding) {
	q, known := f.p.Requirement(x.Requirement)
	if !known {
		f.misfit("requirement", "fault.fit_requirement", x.Requirement, nil)
		return
	}
	scale, _ := f.p.Scale(q.Scale)
	if _, known := scale.Level(x.Rating); x.Rating != "" && !known {
		f.misfit("rating", "fault.fit_rating", x.Rating, Args{
			"Requirement": q.ID, "Levels": choices(f.p, programme.Languages[0], scale.ID+".", levelIDs(scale)),
		})
	}
	switch {
	case x.NotApplicable == "" || slices.Contains(q.Reasons, x.NotApplicable):
	case len(q.Reasons) == 0:
		f.misfit("notApplicable", "fault.fit_no_reason", x.NotApplicable, Args{"Requirement": q.ID})
	default:
		f.misfit("notApplicable", "fault.fit_reason", x.NotApplicable, f.choices(q.Reasons))
	}
}

func levelIDs(s programme.Scale) []string {
	return mapped(s.Levels, func(l programme.Level) string { return l.ID })
}

// attestation refuses an answer to a gate that facts alone decide.
func (f *fitting) attestation(a Attestation) {
	g, known := f.p.Gate(a.Gate)
	switch {
	case !known:
		f.misfit("gate", "fault.fit_gate", a.Gate, nil)
	case !g.Attested:
		f.misfit("gate", "fault.fit_computed", a.Gate, Args{"Gate": a.Gate})
	}
}

func (f *fitting) threshold(t Threshold) {
	x, known := f.p.Param(t.Parameter)
	if !known {
		f.misfit("parameter", "fault.fit_parameter", t.Parameter, f.choices(mapped(f.p.Parameters, func(x programme.Parameter) string { return x.ID })))
		return
	}
	if x.Period != "" {
		if _, err := programme.ParsePeriod(t.Value); err != nil {
			f.misfit("value", "fault.fit_period", t.Value, Args{"Parameter": t.Parameter, "Form": "P3Y, P6M"})
		}
		return
	}
	if _, err := quantity.ParseDecimal(t.Value); err != nil {
		f.misfit("value", "fault.fit_number", t.Value, Args{"Parameter": t.Parameter})
	}
}

func (f *fitting) signer(s Signer) {
	if roles := signingRoles(f.p); !slices.Contains(roles, s.Role) {
		f.misfit("role", "fault.fit_role", s.Role, Args{"Roles": strings.Join(roles, ", ")})
	}
}

// signingRoles are the programme's; the legal representative signs always.
func signingRoles(p *programme.Pack) []string {
	if slices.Contains(p.Declaration.Signers, RoleLegal) {
		return p.Declaration.Signers
	}
	return append([]string{RoleLegal}, p.Declaration.Signers...)
}

func (f *fitting) evidence(e Evidence) {
	for _, id := range e.Slots {
		if _, known := f.p.Slot(id); !known {
			f.misfit("slots", "fault.fit_slot", id, nil)
		}
	}
}
