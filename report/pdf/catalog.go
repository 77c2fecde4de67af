package pdf

import (
	"fmt"
	"net/url"

	"mingpin/report/pdf/object"
)

// A LinkError names a link that leads nowhere.
type LinkError struct{ Target string }

func (e *LinkError) Error() string {
	return fmt.Sprintf("link to %q: no heading or frame has this ID, and it is no address", e.Target)
}

// writeCatalog writes document information, metadata, colour profile, outline
// and the catalog, and closes the file.
func (f *finisher) writeCatalog(tree object.Ref) error {
	catalog := object.Dict{
		"Type": object.Name("Catalog"), "Pages": tree, "Lang": object.Text(f.doc.Lang),
		"ViewerPreferences": object.Dict{"DisplayDocTitle": true},
	}
	if f.doc.Lang == "" {
		delete(catalog, "Lang")
	}
	for _, part := range []struct {
		name  object.Name
		write func() (object.Object, error)
	}{{"Metadata", f.writeMetadata}, {"OutputIntents", f.writeIntent}, {"Outlines", f.writeOutline}} {
		o, err := part.write()
		if err != nil {
			return err
		}
		catalog[part.name] = o
	}
	if f.layers.all != nil {
		catalog["OCProperties"] = f.layers.properties()
	}
	if catalog["Outlines"] != nil {
		catalog["PageMode"] = object.Name("UseOutlines")
	}
	root, err := f.out.Add(catalog)
	if err != nil {
		return err
	}
	info, err := f.out.Add(f.info())
	if err != nil {
		return err
	}
	return f.out.Close(object.Dict{"Root": root, "Info": info})
}

func (f *finisher) info() object.Dict {
	d := object.Dict{"CreationDate": date(f.options.Created), "ModDate": date(f.options.Created)}
	for name, text := range map[object.Name]string{
		"Title": f.doc.Title, "Author": f.doc.Author, "Subject": f.doc.Subject,
		"Keywords": f.doc.Keywords, "Producer": f.options.Producer,
	} {
		if text != "" {
			d[name] = object.Text(text)
		}
	}
	return d
}

func (f *finisher) writeMetadata() (object.Object, error) {
	d := object.Dict{"Type": object.Name("Metadata"), "Subtype": object.Name("XML")}
	return f.out.Add(object.NewStream(d, metadata(f.doc, f.options, !f.foreign)))
}

func (f *finisher) writeIntent() (object.Object, error) {
	profile, err := f.out.Add(object.Deflate(object.Dict{"N": 3}, sRGB()))
	if err != nil {
		return nil, err
	}
	intent := object.Dict{
		"Type": object.Name("OutputIntent"), "S": object.Name("GTS_PDFA1"),
		"OutputConditionIdentifier": object.Text("sRGB IEC61966-2.1"),
		"Info":                      object.Text("sRGB IEC61966-2.1"),
		"DestOutputProfile":         profile,
	}
	return object.Array{intent}, nil
}

// An entry is one line of the outline with the lines below it.
type entry struct {
	head  *heading
	ref   object.Ref
	below []*entry
}

// outlineTree hangs every heading below the last one of a lower level; levels
// may be left out.
func outlineTree(headings []heading) *entry {
	root := &entry{}
	open := []*entry{root}
	for i := range headings {
		h := &headings[i]
		if h.Level < 1 {
			continue
		}
		for len(open) > 1 && open[len(open)-1].head.Level >= h.Level {
			open = open[:len(open)-1]
		}
		e := &entry{head: h}
		parent := open[len(open)-1]
		parent.below = append(parent.below, e)
		open = append(open, e)
	}
	return root
}

// writeOutline writes the bookmarks, closed below the first level (12.3.3).
func (f *finisher) writeOutline() (object.Object, error) {
	root := outlineTree(f.headings)
	if len(root.below) == 0 {
		return nil, nil
	}
	root.ref = f.out.Alloc()
	if err := f.writeEntries(root); err != nil {
		return nil, err
	}
	return root.ref, f.out.Put(root.ref, object.Dict{
		"Type": object.Name("Outlines"), "Count": len(root.below),
		"First": root.below[0].ref, "Last": root.below[len(root.below)-1].ref,
	})
}

func (f *finisher) writeEntries(parent *entry) error {
	list := parent.below
	for _, e := range list {
		e.ref = f.out.Alloc()
	}
	for i, e := range list {
		d := object.Dict{
			"Title": object.Text(e.head.Text), "Parent": parent.ref,
			"Dest": f.destination(e.head.page, e.head.y),
		}
		if i > 0 {
			d["Prev"] = list[i-1].ref
		}
		if i < len(list)-1 {
			d["Next"] = list[i+1].ref
		}
		if n := len(e.below); n > 0 {
			if err := f.writeEntries(e); err != nil {
				return err
			}
			d["First"], d["Last"], d["Count"] = e.below[0].ref, e.below[n-1].ref, -n
		}
		if err := f.out.Put(e.ref, d); err != nil {
			return err
		}
	}
	return nil
}

// destination is a place on a page, counted from 1.
func (f *finisher) destination(number int, y length) object.Array {
	high := f.pages[number-1].h
	return object.Array{f.refs[number-1], object.Name("XYZ"), nil, object.FromMilli(int64(high - y)), nil}
}

// annotations writes the links of p (12.5.6.5).
func (f *finisher) annotations(p *page) (object.Array, error) {
	var out object.Array
	for _, l := range p.links {
		d := object.Dict{
			"Type": object.Name("Annot"), "Subtype": object.Name("Link"), "F": 4, "Border": object.Array{0, 0, 0},
			"Rect": object.Array{
				object.FromMilli(int64(l.x)), object.FromMilli(int64(p.h - l.y - l.h)),
				object.FromMilli(int64(l.x + l.w)), object.FromMilli(int64(p.h - l.y)),
			},
		}
		if err := f.target(l, d); err != nil {
			return nil, err
		}
		ref, err := f.out.Add(d)
		if err != nil {
			return nil, err
		}
		out = append(out, ref)
	}
	return out, nil
}

func (f *finisher) target(l link, d object.Dict) error {
	if l.heading > 0 {
		h := f.headings[l.heading-1]
		d["Dest"] = f.destination(h.page, h.y)
		return nil
	}
	for i, p := range f.pages {
		for _, a := range p.anchors {
			if a.id == l.target {
				d["Dest"] = f.destination(i+1, a.y)
				return nil
			}
		}
	}
	u, err := url.Parse(l.target)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http" && u.Scheme != "mailto") {
		return &LinkError{l.target}
	}
	d["A"] = object.Dict{"S": object.Name("URI"), "URI": object.String(u.String())}
	return nil
}
