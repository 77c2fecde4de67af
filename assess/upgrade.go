package assess

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"mingpin/assess/programme"
)

// A Receipt tells what an upgrade did with the answers of an application. What
// found no place, or was changed on the way, is here with its whole content:
// live and archived together hold everything there was.
type Receipt struct {
	From     PackRef            `json:"from"`
	To       PackRef            `json:"to"`
	Carried  []programme.Carry  `json:"carried"` // items with answers, and what became of them
	Recheck  []string           `json:"recheck"` // ids of items whose answer the user has to confirm or give anew
	New      []programme.ItemID `json:"new"`     // asked for the first time
	Archived Archive            `json:"archived"`
}

// An Archive keeps answers that an upgrade could not carry unchanged.
type Archive struct {
	Findings     []Finding         `json:"findings,omitempty"`
	Attestations []Attestation     `json:"attestations,omitempty"`
	Thresholds   []Threshold       `json:"thresholds,omitempty"`
	Form         map[string]string `json:"form,omitempty"` // by field id
	Track        string            `json:"track,omitempty"`
	Object       string            `json:"object,omitempty"`
	State        string            `json:"state,omitempty"`
}

// ApplyUpgrade moves the answers of a snapshot along a plan to another version
// of its programme. Findings, attestations and thresholds follow their items;
// what has to be looked at again is marked. A sign-off is never carried to
// other words: the attestation of a gate that asks something else now, or was
// merged or split, is archived and has to be given anew. The error is a fault
// when the plan is not for the pack of the snapshot; s itself is not changed.
func ApplyUpgrade(s Snapshot, u programme.Upgrade, to PackRef) (Snapshot, Receipt, error) {
	if s.Pack.ID != u.Programme || s.Pack.Version != u.From || to.ID != u.Programme || to.Version != u.To {
		return Snapshot{}, Receipt{}, &Fault{Kind: Conflict, Key: "fault.upgrade_plan", Args: Args{
			"Have": s.Pack.ID + " " + s.Pack.Version, "From": u.Programme + " " + u.From,
			"To": u.Programme + " " + u.To, "Want": to.ID + " " + to.Version,
		}}
	}
	up := upgrading{
		plan: map[programme.ItemID]programme.Carry{}, used: map[programme.ItemID]bool{}, recheck: map[string]bool{},
		receipt: Receipt{From: s.Pack, To: to, New: u.New},
	}
	for _, c := range u.Items {
		up.plan[programme.ItemID{Kind: c.Kind, ID: c.From}] = c
	}
	s.Findings = up.findings(s.Findings)
	s.Attestations = up.attestations(s.Attestations)
	s.Thresholds = up.thresholds(s.Thresholds)
	s.Application = up.application(s.Application, to)
	s.Evidence = up.evidence(s.Evidence)
	s.Actions = up.actions(s.Actions)
	s.Pack = to
	up.finish()
	return s, up.receipt, nil
}

// upgrading is one upgrade under way.
type upgrading struct {
	plan    map[programme.ItemID]programme.Carry
	used    map[programme.ItemID]bool
	recheck map[string]bool
	receipt Receipt
}

// carry looks up what becomes of an item; one the plan does not know has no
// place.
func (up *upgrading) carry(kind, id string) programme.Carry {
	key := programme.ItemID{Kind: kind, ID: id}
	c, ok := up.plan[key]
	if !ok {
		c = programme.Carry{Kind: kind, From: id, Fate: programme.FateArchived}
		up.plan[key] = c
	}
	up.used[key] = true
	return c
}

func (up *upgrading) findings(list []Finding) []Finding {
	byTarget := map[string][]Finding{} // key of the new finding → what goes there
	levels := map[string]programme.Target{}
	var order []string
	for _, f := range list {
		c := up.carry("requirement", f.Requirement)
		if len(c.To) == 0 {
			up.receipt.Archived.Findings = append(up.receipt.Archived.Findings, f)
		}
		changed := false
		for _, t := range c.To {
			g, lost := carriedFinding(f, t, c.Recheck)
			changed = changed || lost
			if byTarget[g.Key()] == nil {
				order = append(order, g.Key())
			}
			byTarget[g.Key()] = append(byTarget[g.Key()], g)
			levels[g.Key()] = t
			if g.Recheck {
				up.recheck[t.ID] = true
			}
		}
		if changed || c.Fate == programme.FateMerged {
			up.receipt.Archived.Findings = append(up.receipt.Archived.Findings, f)
		}
	}
	out := make([]Finding, 0, len(order))
	for _, key := range order {
		out = append(out, mergedFinding(byTarget[key], levels[key]))
	}
	slices.SortFunc(out, func(a, b Finding) int { return cmp.Compare(a.Key(), b.Key()) })
	return out
}

// carriedFinding is f as an answer to t; lost says that t has no such rating or
// reason, which is then left open.
func carriedFinding(f Finding, t programme.Target, recheck bool) (g Finding, lost bool) {
	g = f
	g.Requirement = t.ID
	if f.Rating != "" && !slices.Contains(t.Levels, f.Rating) {
		g.Rating, lost = "", true
	}
	if f.NotApplicable != "" && !slices.Contains(t.Reasons, f.NotApplicable) {
		g.NotApplicable, lost = "", true
	}
	g.Recheck = f.Recheck || recheck || lost
	return g, lost
}

// mergedFinding makes one finding of several: the worst rating, all that was
// said and all evidence.
func mergedFinding(list []Finding, t programme.Target) Finding {
	out := list[0]
	for _, f := range list[1:] {
		out.Rating = worse(out.Rating, f.Rating, t.Levels)
		out.Statement = joined(out.Statement, f.Statement)
		out.Reason = joined(out.Reason, f.Reason)
		out.Comment = joined(out.Comment, f.Comment)
		out.NotApplicable = cmp.Or(out.NotApplicable, f.NotApplicable)
		out.Department = cmp.Or(out.Department, f.Department)
		out.Evidence = union(out.Evidence, f.Evidence)
		out.Recheck = true
	}
	if out.Rating != "" {
		out.NotApplicable = ""
	}
	return out
}

func worse(a, b string, levels []string) string {
	if a == "" || b == "" {
		return cmp.Or(a, b)
	}
	return levels[min(slices.Index(levels, a), slices.Index(levels, b))]
}

func joined(a, b string) string {
	if a == "" || b == "" || a == b {
		return cmp.Or(a, b)
	}
	return strings.Join([]string{a, b}, "\n")
}

func union(a, b []string) []string {
	out := slices.Clone(a)
	for _, x := range b {
		if !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

func (up *upgrading) attestations(list []Attestation) []Attestation {
	out := make([]Attestation, 0, len(list))
	for _, a := range list {
		c := up.carry("gate", a.Gate)
		if len(c.To) != 1 || c.Recheck {
			up.receipt.Archived.Attestations = append(up.receipt.Archived.Attestations, a)
			for _, t := range c.To {
				up.recheck[t.ID] = true
			}
			continue
		}
		a.Gate = c.To[0].ID
		out = append(out, a)
	}
	slices.SortFunc(out, func(a, b Attestation) int { return cmp.Compare(a.Key(), b.Key()) })
	return out
}

func (up *upgrading) thresholds(list []Threshold) []Threshold {
	out := make([]Threshold, 0, len(list))
	for _, t := range list {
		c := up.carry("parameter", t.Parameter)
		if len(c.To) != 1 || c.Recheck {
			up.receipt.Archived.Thresholds = append(up.receipt.Archived.Thresholds, t)
			for _, target := range c.To {
				up.recheck[target.ID] = true
			}
			continue
		}
		t.Parameter = c.To[0].ID
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b Threshold) int { return cmp.Compare(a.Key(), b.Key()) })
	return out
}

func (up *upgrading) application(a Application, to PackRef) Application {
	a.Version = to.Version
	a.Track = up.word("track", a.Track, &up.receipt.Archived.Track)
	a.Object = up.word("object", a.Object, &up.receipt.Archived.Object)
	a.State = up.word("state", a.State, &up.receipt.Archived.State)
	if a.Form == nil {
		return a
	}
	form := make(map[string]string, len(a.Form))
	for _, id := range slices.Sorted(maps.Keys(a.Form)) {
		c := up.carry("field", id)
		_, taken := form[firstTarget(c)]
		if len(c.To) != 1 || taken {
			if up.receipt.Archived.Form == nil {
				up.receipt.Archived.Form = map[string]string{}
			}
			up.receipt.Archived.Form[id] = a.Form[id]
			continue
		}
		form[c.To[0].ID] = a.Form[id]
	}
	a.Form = form
	return a
}

func firstTarget(c programme.Carry) string {
	if len(c.To) == 0 {
		return ""
	}
	return c.To[0].ID
}

// word carries a single choice such as the track.
func (up *upgrading) word(kind, id string, archived *string) string {
	if id == "" {
		return ""
	}
	c := up.carry(kind, id)
	if len(c.To) != 1 {
		*archived = id
		return ""
	}
	if c.Recheck {
		up.recheck[c.To[0].ID] = true
	}
	return c.To[0].ID
}

// evidence lets records serve the slots that took the place of theirs as well;
// other applications may still use the old ones.
func (up *upgrading) evidence(list []Evidence) []Evidence {
	out := slices.Clone(list)
	for i, e := range out {
		for _, slot := range e.Slots {
			for _, t := range up.plan[programme.ItemID{Kind: "slot", ID: slot}].To {
				e.Slots = union(e.Slots, []string{t.ID})
			}
		}
		out[i].Slots = e.Slots
	}
	return out
}

// actions follow the requirement or gate they close a gap of.
func (up *upgrading) actions(list []Action) []Action {
	out := slices.Clone(list)
	for i, a := range out {
		for _, kind := range []string{"requirement", "gate"} {
			if c := up.plan[programme.ItemID{Kind: kind, ID: a.Target}]; len(c.To) == 1 {
				out[i].Target = c.To[0].ID
			}
		}
	}
	return out
}

func (up *upgrading) finish() {
	for key := range up.used {
		up.receipt.Carried = append(up.receipt.Carried, up.plan[key])
	}
	slices.SortFunc(up.receipt.Carried, func(a, b programme.Carry) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.From, b.From))
	})
	up.receipt.Recheck = slices.Sorted(maps.Keys(up.recheck))
}
