package programme

import (
	"fmt"
	"slices"
)

// Fate is what becomes of an item, and of what was answered about it, when an
// application moves to another version.
type Fate string

// The fates of items.
const (
	FateKept     Fate = "kept"     // same id, same meaning
	FateRecheck  Fate = "recheck"  // same id, but what is asked has changed
	FateMoved    Fate = "moved"    // renamed
	FateSplit    Fate = "split"    // into several; each is to be confirmed
	FateMerged   Fate = "merged"   // with others into one, to be confirmed
	FateArchived Fate = "archived" // no place in the new version; the answer is kept apart
)

// An Upgrade is the plan for moving an application from one version of a pack
// to another. It knows items only; answers are carried by whoever has them.
type Upgrade struct {
	Programme string   `json:"programme"`
	From      string   `json:"from"` // version
	To        string   `json:"to"`
	Items     []Carry  `json:"items"` // every old item, by kind and id
	New       []ItemID `json:"new"`   // what the new version asks for the first time
}

// A Carry says what becomes of one old item.
type Carry struct {
	Kind    string   `json:"kind"`
	From    string   `json:"from"`
	To      []Target `json:"to,omitempty"`
	Fate    Fate     `json:"fate"`
	Recheck bool     `json:"recheck"`       // the carried answer is to be confirmed
	Why     string   `json:"why,omitempty"` // text id
}

// A Target is an item of the new version with what an answer to it may be.
type Target struct {
	ID      string   `json:"id"`
	Levels  []string `json:"levels,omitempty"`  // of a requirement's scale, worst first
	Reasons []string `json:"reasons,omitempty"` // accepted for not applicable
}

// An UpgradeError says why there is no plan.
type UpgradeError struct {
	Reason   string // "other-programme", "same-version", "unknown-item", "other-kind"
	From, To string // versions, or programmes for other-programme
	Item     string
}

func (e *UpgradeError) Error() string {
	return fmt.Sprintf("no upgrade from %s to %s: %s %s", e.From, e.To, e.Reason, e.Item)
}

// answered are the kinds of items about which an application holds something.
var answered = map[string]bool{
	"gate": true, "requirement": true, "parameter": true, "slot": true, "field": true,
	"track": true, "object": true, "state": true, "dimension": true, "annex": true, "duty": true,
}

// asks are the fields and texts of an item that decide what is asked; when one
// differs, an answer carried over is to be confirmed.
var asks = map[string][]string{
	"gate":        {"test", "attested", "when", "text.zh-CN", "text.en"},
	"requirement": {"scale", "pass", "modality", "concept", "text.zh-CN", "text.en"},
	"parameter":   {"period", "unit"},
}

// Plan says what becomes of every item of from in to. Errors are *UpgradeError.
func Plan(from, to *Pack) (Upgrade, error) {
	u := Upgrade{Programme: to.ID, From: from.Version, To: to.Version}
	switch {
	case from.ID != to.ID:
		return Upgrade{}, &UpgradeError{Reason: "other-programme", From: from.ID, To: to.ID}
	case from.Version == to.Version:
		return Upgrade{}, &UpgradeError{Reason: "same-version", From: from.Version, To: to.Version}
	}
	p := planner{from: from, to: to, before: viewOf(from), after: viewOf(to), reached: map[ItemID]bool{}}
	if err := p.readMoves(); err != nil {
		return Upgrade{}, err
	}
	for _, key := range p.before.order {
		if x := p.before.items[key]; answered[x.kind] {
			c := p.carry(x)
			for _, t := range c.To {
				p.reached[ItemID{c.Kind, t.ID}] = true
			}
			u.Items = append(u.Items, c)
		}
	}
	for _, key := range p.after.order {
		x := p.after.items[key]
		if id := (ItemID{x.kind, x.id}); answered[x.kind] && !p.reached[id] {
			u.New = append(u.New, id)
		}
	}
	slices.SortFunc(u.Items, func(a, b Carry) int {
		return compareIDs(ItemID{a.Kind, a.From}, ItemID{b.Kind, b.From})
	})
	slices.SortFunc(u.New, compareIDs)
	return u, nil
}

type planner struct {
	from, to      *Pack
	before, after view
	moves         map[string]Move // by old id
	merges        map[string]int  // old items per new id
	reached       map[ItemID]bool
}

func (p *planner) readMoves() error {
	p.moves, p.merges = map[string]Move{}, map[string]int{}
	kindBefore, kindAfter := kindsIn(p.before), kindsIn(p.after)
	for _, m := range p.to.Migrations {
		if m.From != p.from.Version {
			continue
		}
		for _, move := range m.Moves {
			for _, id := range move.From {
				if kindBefore[id] == "" {
					return &UpgradeError{Reason: "unknown-item", From: p.from.Version, To: p.to.Version, Item: id}
				}
				p.moves[id] = move
				for _, target := range move.To {
					if kindAfter[target] != kindBefore[id] {
						return &UpgradeError{Reason: "other-kind", From: p.from.Version, To: p.to.Version, Item: id}
					}
					p.merges[target]++
				}
			}
		}
	}
	// an item that keeps its id and takes in another is merged too
	for id := range p.merges {
		if _, leaves := p.moves[id]; !leaves && kindBefore[id] != "" && kindBefore[id] == kindAfter[id] {
			p.merges[id]++
		}
	}
	return nil
}

func kindsIn(v view) map[string]string {
	kinds := make(map[string]string, len(v.items))
	for _, x := range v.items {
		kinds[x.id] = x.kind
	}
	return kinds
}

func (p *planner) carry(x viewed) Carry {
	c := Carry{Kind: x.kind, From: x.id}
	move, moves := p.moves[x.id]
	targets := []string{x.id}
	if moves {
		targets, c.Why, c.Recheck = move.To, move.Why, move.Recheck
	}
	same := true
	for _, id := range targets {
		y, ok := p.after.items[x.kind+"/"+id]
		if !ok {
			continue
		}
		t := target(p.to, x.kind, id)
		c.To = append(c.To, t)
		same = same && asksSame(x, y) && slices.Equal(t.Levels, target(p.from, x.kind, x.id).Levels)
	}
	switch {
	case len(c.To) == 0:
		c.Fate, c.Recheck = FateArchived, false
	case len(c.To) > 1:
		c.Fate, c.Recheck = FateSplit, true
	case p.merges[c.To[0].ID] > 1:
		c.Fate, c.Recheck = FateMerged, true
	case c.To[0].ID != x.id:
		c.Fate, c.Recheck = FateMoved, c.Recheck || !same
	case same && !c.Recheck:
		c.Fate = FateKept
	default:
		c.Fate, c.Recheck = FateRecheck, true
	}
	return c
}

func asksSame(a, b viewed) bool {
	for _, field := range asks[a.kind] {
		if a.fields[field] != b.fields[field] {
			return false
		}
	}
	return true
}

// target is an item of p with what an answer to it may be.
func target(p *Pack, kind, id string) Target {
	t := Target{ID: id}
	if kind != "requirement" {
		return t
	}
	r, _ := p.Requirement(id)
	scale, _ := p.Scale(r.Scale)
	for _, l := range scale.Levels {
		t.Levels = append(t.Levels, l.ID)
	}
	t.Reasons = slices.Clone(r.Reasons)
	return t
}
