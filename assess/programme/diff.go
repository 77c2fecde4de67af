package programme

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// ChangeKind is what happened to an item between two versions.
type ChangeKind string

// The kinds of changes. An item that was renamed or moved may have changed
// besides; its Fields say so.
const (
	Added   ChangeKind = "added"
	Removed ChangeKind = "removed"
	Changed ChangeKind = "changed"
	Moved   ChangeKind = "moved" // stands at another place among its kind
	Renamed ChangeKind = "renamed"
)

// A Change is what happened to one item.
type Change struct {
	Kind   ChangeKind    `json:"kind"`
	Item   string        `json:"item"` // kind of item: gate, requirement, slot, …
	ID     string        `json:"id"`
	From   string        `json:"from,omitempty"` // its id before, when it was renamed
	Fields []FieldChange `json:"fields,omitempty"`
}

// A FieldChange is one field that differs: a field of the model, as JSON, or a
// text such as title.zh-CN. An empty side means that the field was not there.
type FieldChange struct {
	Field string `json:"field"`
	Old   string `json:"old,omitempty"`
	New   string `json:"new,omitempty"`
}

// Diff compares two versions item by item: first what the new one holds, in
// its order, then what is gone. The migrations of b tell renamed items.
func Diff(a, b *Pack) []Change {
	before, after := viewOf(a), viewOf(b)
	renames := renamesOf(a, b)
	pairs := make(map[string]string, len(after.order)) // new key → old key
	taken := map[string]bool{}
	for _, key := range after.order {
		old := key
		if id, ok := renames[after.items[key].id]; ok {
			old = after.items[key].kind + "/" + id
		}
		if _, ok := before.items[old]; ok {
			pairs[key], taken[old] = old, true
		}
	}
	moved := reordered(before.order, after.order, pairs)
	var changes []Change
	for _, key := range after.order {
		x := after.items[key]
		old, ok := pairs[key]
		if !ok {
			changes = append(changes, Change{Kind: Added, Item: x.kind, ID: x.id})
			continue
		}
		if c, differs := compareItems(before.items[old], x, moved[key]); differs {
			changes = append(changes, c)
		}
	}
	for _, key := range before.order {
		if x := before.items[key]; !taken[key] {
			changes = append(changes, Change{Kind: Removed, Item: x.kind, ID: x.id})
		}
	}
	return changes
}

func compareItems(a, b viewed, moved bool) (Change, bool) {
	c := Change{Kind: Changed, Item: b.kind, ID: b.id, Fields: fieldChanges(a.fields, b.fields)}
	switch {
	case a.id != b.id:
		c.Kind, c.From = Renamed, a.id
	case moved:
		c.Kind = Moved
	case len(c.Fields) == 0:
		return Change{}, false
	}
	return c, true
}

func fieldChanges(a, b map[string]string) []FieldChange {
	names := slices.AppendSeq(slices.Collect(maps.Keys(a)), maps.Keys(b))
	slices.Sort(names)
	var list []FieldChange
	for _, name := range slices.Compact(names) {
		if a[name] != b[name] {
			list = append(list, FieldChange{Field: name, Old: a[name], New: b[name]})
		}
	}
	return list
}

// renamesOf gives the old ids of the items that b's migration renames one to
// one.
func renamesOf(a, b *Pack) map[string]string {
	renames := map[string]string{}
	for _, m := range b.Migrations {
		if m.From != a.Version {
			continue
		}
		for _, move := range m.Moves {
			if len(move.From) == 1 && len(move.To) == 1 {
				renames[move.To[0]] = move.From[0]
			}
		}
	}
	return renames
}

// reordered finds the items that stand elsewhere among their kind: those
// outside the longest sequence that kept its order.
func reordered(before, after []string, pairs map[string]string) map[string]bool {
	place := make(map[string]int, len(before))
	for i, key := range before {
		place[key] = i
	}
	byKind := map[string][]string{}
	for _, key := range after {
		if _, ok := pairs[key]; ok {
			kind, _, _ := strings.Cut(key, "/")
			byKind[kind] = append(byKind[kind], key)
		}
	}
	moved := map[string]bool{}
	for _, keys := range byKind {
		places := make([]int, len(keys))
		for i, key := range keys {
			places[i] = place[pairs[key]]
		}
		for i, stays := range longestRising(places) {
			if !stays {
				moved[keys[i]] = true
			}
		}
	}
	return moved
}

// longestRising marks one longest rising subsequence of list.
func longestRising(list []int) []bool {
	length := make([]int, len(list)) // of the longest ending here
	from := make([]int, len(list))
	best := -1
	for i := range list {
		from[i] = -1
		for j := range i {
			if list[j] < list[i] && length[j] > length[i] {
				length[i], from[i] = length[j], j
			}
		}
		length[i]++
		if best < 0 || length[i] > length[best] {
			best = i
		}
	}
	stays := make([]bool, len(list))
	for i := best; i >= 0; i = from[i] {
		stays[i] = true
	}
	return stays
}

// A view is a pack as items with flat fields, texts among them.
type view struct {
	items map[string]viewed // by kind/id
	order []string
}

type viewed struct {
	kind, id string
	fields   map[string]string
}

func (v *view) put(x viewed) {
	key := x.kind + "/" + x.id
	if _, twice := v.items[key]; twice {
		return // reasons and authorities are named more than once
	}
	v.items[key] = x
	v.order = append(v.order, key)
}

func viewOf(p *Pack) view {
	v := view{items: map[string]viewed{}}
	tree := treeOf(p)
	texts := textsByItem(p)
	for _, x := range itemsOf(p) {
		fields := fieldsAt(tree, x.path)
		if x.kind == "pack" {
			fields = packFields(tree)
		}
		maps.Copy(fields, texts[x.id])
		v.put(viewed{kind: x.kind, id: x.id, fields: fields})
	}
	for _, name := range []string{"indicators", "scoring"} {
		v.put(viewed{kind: name, id: name, fields: fieldsAt(tree, []string{name})})
	}
	for i, b := range p.Basis {
		v.put(viewed{kind: "basis", id: b.ID, fields: fieldsAt(tree, []string{"basis", itoa(i)})})
	}
	return v
}

// treeOf is the model as JSON values, with numbers as written.
func treeOf(p *Pack) map[string]any {
	data, err := Encode(p)
	if err != nil {
		panic(err) // a loaded pack has been encoded before
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var tree map[string]any
	if err := dec.Decode(&tree); err != nil {
		panic(err) // we wrote it
	}
	return tree
}

// ownItems are the fields that hold items of their own.
var ownItems = map[string]bool{
	"id": true, "levels": true, "fields": true, "outcomes": true, "clauses": true, "commitment": true,
}

func fieldsAt(tree map[string]any, path []string) map[string]string {
	fields := map[string]string{}
	value, _ := descend(tree, path).(map[string]any)
	for name, v := range value {
		if !ownItems[name] {
			fields[name] = compact(v)
		}
	}
	return fields
}

func packFields(tree map[string]any) map[string]string {
	fields := map[string]string{}
	for _, name := range []string{"format", "region", "status", "effective", "supersedes", "version"} {
		if v, ok := tree[name]; ok {
			fields[name] = compact(v)
		}
	}
	return fields
}

func descend(v any, path []string) any {
	for _, token := range path {
		switch x := v.(type) {
		case map[string]any:
			v = x[token]
		case []any:
			v = x[index(token)]
		}
	}
	return v
}

func index(token string) int {
	n := 0
	for _, c := range token {
		n = 10*n + int(c-'0')
	}
	return n
}

// compact writes a value as people compare it: text bare, the rest as JSON.
func compact(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	data, err := json.Marshal(v)
	if err != nil {
		panic(err) // it came from JSON
	}
	return string(data)
}

// textsByItem sorts the texts under their items as aspect.language.
func textsByItem(p *Pack) map[string]map[string]string {
	out := map[string]map[string]string{}
	for lang, texts := range p.Texts {
		for key, s := range texts {
			dot := strings.LastIndexByte(key, '.')
			if dot < 0 {
				continue
			}
			id, aspect := key[:dot], key[dot+1:]
			if out[id] == nil {
				out[id] = map[string]string{}
			}
			out[id][aspect+"."+lang] = s
		}
	}
	return out
}

// ItemID is a kind of item with an id.
type ItemID struct {
	Kind string `json:"kind"`
	ID   string `json:"id"`
}

func compareIDs(a, b ItemID) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID))
}
