package programme

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"
)

// Load reads the pack in dir (pack.yaml and locales/*.yaml) and checks
// everything that would make it unusable. The error joins a *Problem for each
// thing that is wrong, in the order of file and line.
func Load(fsys fs.FS, dir string, reg Concepts) (*Pack, error) {
	d := draft{reg: reg, dir: dir}
	d.read(fsys)
	if d.pack != nil {
		d.check()
	}
	if errs := d.errors(); len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	if err := d.seal(); err != nil {
		return nil, err
	}
	return d.pack, nil
}

// A draft is a pack while it is being read and checked.
type draft struct {
	problems
	dir     string
	reg     Concepts
	src     source
	locales []*locale
	pack    *Pack
	items   []item
}

func (d *draft) read(fsys fs.FS) {
	src, ok := readSource(fsys, path.Join(d.dir, "pack.yaml"), &d.problems)
	d.locales = readLocales(fsys, d.dir, &d.problems)
	if !ok {
		return
	}
	d.src = src
	value := src.root.value("")
	conform(loadSchemas().pack, value, src, &d.problems)
	if d.failed() {
		return
	}
	p := &Pack{Texts: map[string]map[string]string{}}
	if err := intoModel(value, p); err != nil {
		d.add(place{file: src.file, id: "pack"}, ruleSyntax, "why", err.Error())
		return
	}
	for _, l := range d.locales {
		p.Texts[l.lang] = l.texts
	}
	d.pack = p
}

// intoModel fills p from a value that the schema has passed.
func intoModel(value any, p *Pack) error {
	data, err := json.Marshal(value)
	if err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	return dec.Decode(p)
}

// readSource reads one YAML file within limits.
func readSource(fsys fs.FS, name string, ps *problems) (source, bool) {
	src := source{file: name}
	data, err := readLimited(fsys, name)
	if err != nil {
		ps.add(place{file: name}, ruleFile, "why", reason(err))
		return src, false
	}
	root, f := readYAML(data)
	if f != nil {
		ps.add(src.near(data, f.line), f.rule, f.args...)
		return src, false
	}
	src.root = root
	return src, true
}

func readLimited(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxYAML+1))
}

// reason tells why a file could not be read without naming it again.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// near is the place of a line in a file that has no tree; the item is the one
// whose id was written last above it.
func (s source) near(data []byte, line int) place {
	p := place{file: s.file, line: line, id: "pack"}
	number := 0
	for text := range strings.Lines(string(data)) {
		if number++; number > line {
			break
		}
		if m := idForm.FindStringSubmatch(text); m != nil {
			p.id = m[1]
		}
	}
	return p
}

// LoadConcepts reads the registry of concepts, a YAML list. The error joins a
// *Problem for each thing that is wrong.
func LoadConcepts(data []byte) (Concepts, error) {
	var ps problems
	src := source{file: "concepts.yaml"}
	root, f := readYAML(data)
	if f != nil {
		ps.add(src.near(data, f.line), f.rule, f.args...)
		return nil, errors.Join(ps.errors()...)
	}
	src.root = root
	value := root.value("")
	conform(loadSchemas().concepts, value, src, &ps)
	if ps.failed() {
		return nil, errors.Join(ps.errors()...)
	}
	encoded, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	var list []Concept
	if err := json.Unmarshal(encoded, &list); err != nil {
		return nil, err
	}
	reg := make(Concepts, len(list))
	for i, c := range list {
		if _, twice := reg[c.ID]; twice {
			ps.add(src.at(itoa(i)), ruleSameID, "kind", "concept")
		}
		checkConcept(c, src.at(itoa(i)), &ps)
		reg[c.ID] = c
	}
	if errs := ps.errors(); len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return reg, nil
}

func checkConcept(c Concept, at place, ps *problems) {
	at.id = c.ID
	switch {
	case (c.Type == Amount) != (c.Unit != ""):
		ps.add(at, ruleUnit, "unit", c.Unit, "type", string(c.Type))
	case c.Type == Amount && !knownUnit(c.Unit):
		ps.add(at, ruleUnit, "unit", c.Unit, "type", string(c.Type))
	case (c.Type == Code) != (len(c.Codes) > 0):
		ps.add(at, ruleMissing, "name", "codes")
	}
	for _, lang := range Languages {
		if c.Name[lang] == "" {
			ps.add(at, ruleMissing, "name", "name."+lang)
		}
		if c.Meaning[lang] == "" {
			ps.add(at, ruleMissing, "name", "meaning."+lang)
		}
	}
}
