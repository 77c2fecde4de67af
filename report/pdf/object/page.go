package object

import (
	"errors"
	"fmt"
)

// Box is a rectangle in thousandths of a point: left, bottom, right, top.
type Box [4]int64

// Width gives the width in thousandths of a point.
func (b Box) Width() int64 { return b[2] - b[0] }

// Height gives the height in thousandths of a point.
func (b Box) Height() int64 { return b[3] - b[1] }

// Array gives the rectangle as it stands in a file.
func (b Box) Array() Array {
	return Array{FromMilli(b[0]), FromMilli(b[1]), FromMilli(b[2]), FromMilli(b[3])}
}

func (b Box) intersect(c Box) Box {
	return Box{max(b[0], c[0]), max(b[1], c[1]), min(b[2], c[2]), min(b[3], c[3])}
}

func (b Box) empty() bool { return b.Width() <= 0 || b.Height() <= 0 }

// letter is what readers take when a page has no usable MediaBox.
var letter = Box{0, 0, 612_000, 792_000}

// Page is one page with what it inherits.
type Page struct {
	Ref      Ref // zero when the page is no indirect object
	Dict     Dict
	MediaBox Box
	CropBox  Box // inside MediaBox
	Rotate   int // clockwise: 0, 90, 180 or 270
}

// inherited are the entries that pages take from their parents (7.7.3.4).
var inherited = []Name{"Resources", "MediaBox", "CropBox", "Rotate"}

// treeNode is a place of the page tree that is still to be visited.
type treeNode struct {
	o      Object
	depth  int
	parent Dict // inherited entries only
}

// treeWalk goes through the page tree.
type treeWalk struct {
	f     *File
	todo  []treeNode // the next one last
	seen  map[Ref]bool
	pages []Page
	work  *budget
}

// Pages gives the pages in order, at most 20,000. A tree that runs in a circle
// or holds what is no page is a *SyntaxError.
func (f *File) Pages() ([]Page, error) {
	catalog, err := f.Catalog()
	if err != nil {
		return nil, err
	}
	w := treeWalk{f: f, seen: map[Ref]bool{}, work: walkBudget(f.size)}
	w.todo = []treeNode{{o: catalog["Pages"]}}
	for len(w.todo) > 0 {
		n := w.todo[len(w.todo)-1]
		w.todo = w.todo[:len(w.todo)-1]
		before := f.parsed
		if err := w.visit(n); err != nil {
			return nil, err
		}
		if err := w.work.spend(f.parsed - before); err != nil {
			return nil, err
		}
	}
	return w.pages, nil
}

func (w *treeWalk) visit(n treeNode) error {
	ref, isRef := n.o.(Ref)
	if isRef && w.seen[ref] {
		return &SyntaxError{w.f.placeOf(ref), fmt.Sprintf("object %d stands twice in the page tree", ref.Num)}
	}
	w.seen[ref] = true
	d, kids, err := w.f.treeNode(n, ref)
	if err != nil {
		return err
	}
	if kids == nil {
		page, err := w.f.page(ref, d)
		w.pages = append(w.pages, page)
		return errors.Join(err, w.tooMany(len(w.pages)))
	}
	if n.depth >= maxPageDepth {
		return &LimitError{What: "levels of the page tree", Limit: maxPageDepth}
	}
	if err := w.tooMany((len(w.todo) + len(kids)) / 2); err != nil {
		return err
	}
	handed := pick(d)
	for i := len(kids) - 1; i >= 0; i-- {
		w.todo = append(w.todo, treeNode{kids[i], n.depth + 1, handed})
	}
	return nil
}

func (w *treeWalk) tooMany(n int) error {
	if n > maxPages {
		return &LimitError{What: "pages of a file", Limit: maxPages}
	}
	return nil
}

// treeNode reads a node with what it inherits; kids is nil for a page.
func (f *File) treeNode(n treeNode, ref Ref) (Dict, Array, error) {
	d, err := f.dict(n.o)
	if err != nil {
		return nil, nil, err
	}
	if d == nil {
		return nil, nil, &SyntaxError{f.placeOf(ref), fmt.Sprintf("object %d in the page tree is no page", ref.Num)}
	}
	for k, v := range n.parent {
		if d[k] == nil {
			d[k] = v
		}
	}
	o, err := f.Resolve(d["Kids"])
	if err != nil {
		return nil, nil, err
	}
	kids, ok := o.(Array)
	if d["Type"] == Name("Page") || (o == nil && d["Type"] != Name("Pages")) {
		return d, nil, nil
	}
	if o != nil && !ok {
		return nil, nil, &SyntaxError{f.placeOf(ref), "/Kids is no array"}
	}
	if kids == nil {
		kids = Array{}
	}
	return d, kids, nil
}

func pick(d Dict) Dict {
	p := Dict{}
	for _, k := range inherited {
		if d[k] != nil {
			p[k] = d[k]
		}
	}
	return p
}

// placeOf gives where an object stands, for messages.
func (f *File) placeOf(r Ref) int64 {
	if e := f.xref[r.Num]; e.where == placeOffset {
		return e.offset
	}
	return f.startXRef
}

func (f *File) page(ref Ref, d Dict) (Page, error) {
	p := Page{Ref: ref, Dict: d, MediaBox: letter}
	media, ok, err := f.box(d["MediaBox"])
	if err != nil {
		return p, err
	}
	if ok {
		p.MediaBox = media
	}
	p.CropBox = p.MediaBox
	crop, ok, err := f.box(d["CropBox"])
	if err != nil {
		return p, err
	}
	if in := crop.intersect(p.MediaBox); ok && !in.empty() {
		p.CropBox = in
	}
	turn, err := f.Resolve(d["Rotate"])
	if err != nil {
		return p, err
	}
	if v, ok := Int(turn); ok && v%90 == 0 {
		p.Rotate = int((v%360 + 360) % 360)
	}
	return p, nil
}

// box reads a rectangle, whichever two corners it names; ok is false when it is
// none or has no area.
func (f *File) box(o Object) (b Box, ok bool, err error) {
	o, err = f.Resolve(o)
	if err != nil {
		return b, false, err
	}
	a, _ := o.(Array)
	if len(a) < 4 {
		return b, false, nil
	}
	for i := range b {
		v, err := f.Resolve(a[i])
		if err != nil {
			return b, false, err
		}
		if b[i], ok = Milli(v); !ok {
			return b, false, nil
		}
	}
	b = Box{min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3])}
	return b, !b.empty(), nil
}
