package programme

import (
	"io/fs"
	"path"
	"strings"
)

// Languages are those every shipped pack speaks, the first being the one the
// others fall back to.
var Languages = []string{"zh-CN", "en"}

// A locale is one file of texts, with the line of each.
type locale struct {
	lang  string
	file  string
	texts map[string]string
	lines map[string]int
}

func (l *locale) at(key, id string) place {
	return place{file: l.file, line: l.lines[key], id: id}
}

// readLocales reads locales/*.yaml. Texts stand either flat ("r-1.title: …") or
// one level deep ("r-1: {title: …}").
func readLocales(fsys fs.FS, dir string, ps *problems) []*locale {
	names, err := fs.Glob(fsys, path.Join(dir, "locales", "*.yaml"))
	if err != nil || len(names) == 0 {
		ps.add(place{file: path.Join(dir, "locales"), id: "pack"}, ruleFile, "why", "no locales/*.yaml")
		return nil
	}
	if len(names) > maxLocales {
		ps.add(place{file: path.Join(dir, "locales"), id: "pack"}, ruleHostile, "limit", "too many languages")
		return nil
	}
	var list []*locale
	for _, name := range names {
		l := &locale{
			lang: strings.TrimSuffix(path.Base(name), ".yaml"), file: name,
			texts: map[string]string{}, lines: map[string]int{},
		}
		if src, ok := readSource(fsys, name, ps); ok {
			l.fill(src.root, ps)
			list = append(list, l)
		}
	}
	return list
}

const (
	maxLocales = 20
	maxText    = 20_000 // bytes of one text
)

func (l *locale) fill(root *node, ps *problems) {
	if root.kind != mapNode {
		ps.add(place{file: l.file, line: root.line, id: "pack"}, ruleType, "name", "locale", "got", root.kind.String(), "want", "mapping")
		return
	}
	for i, key := range root.keys {
		v := root.vals[i]
		if v.kind != mapNode {
			l.put(key, key, root.lines[i], v, ps)
			continue
		}
		for j, aspect := range v.keys {
			l.put(key+"."+aspect, key, v.lines[j], v.vals[j], ps)
		}
	}
}

func (l *locale) put(key, id string, line int, v *node, ps *problems) {
	at := place{file: l.file, line: line, id: id}
	switch {
	case v.kind == nullNode: // an empty text, which the linter tells
	case v.kind != textNode:
		ps.add(at, ruleType, "name", key, "got", v.kind.String(), "want", "text")
		return
	case len(v.text) > maxText:
		ps.add(at, ruleHostile, "limit", "a text is too long")
		return
	}
	if _, twice := l.texts[key]; twice {
		ps.add(at, ruleDuplicate, "name", key)
		return
	}
	l.texts[key], l.lines[key] = strings.TrimSpace(v.text), line
}

func (k shape) String() string {
	return [...]string{"nothing", "text", "number", "yes or no", "list", "mapping"}[k]
}
