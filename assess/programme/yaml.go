package programme

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Limits on YAML files, which keep the parser within bounds before it runs.
const (
	maxYAML   = 1 << 20 // bytes
	maxLine   = 8 << 10 // bytes
	maxIndent = 64      // columns of blanks and list dashes before content
	maxFlow   = 16      // brackets open at once
	maxDepth  = 16      // of the tree
	maxNodes  = 200_000
	maxKeys   = 10_000 // colons: the parser's time grows with the square of the keys in a mapping
)

// A node is a YAML value with its line. Only mappings with plain keys,
// sequences, strings, plain numbers, booleans and null exist: packs need no
// anchors, aliases, tags or merge keys, and those are how YAML is abused.
type node struct {
	line  int
	kind  shape
	text  string // scalars, as written
	keys  []string
	lines []int // of the keys
	vals  []*node
}

type shape byte

const (
	nullNode shape = iota
	textNode
	numberNode
	boolNode
	listNode
	mapNode
)

// A flaw is what readYAML refuses.
type flaw struct {
	line int
	rule string
	args []string
}

func (f *flaw) Error() string { return fmt.Sprintf("line %d: %s %v", f.line, f.rule, f.args) }

// readYAML parses one YAML document within limits.
func readYAML(data []byte) (*node, *flaw) {
	if f := withinLimits(data); f != nil {
		return nil, f
	}
	file, err := parse(data)
	if err != nil {
		return nil, syntaxFlaw(err)
	}
	var body ast.Node
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		if body != nil {
			return nil, &flaw{line: lineOf(doc.Body), rule: ruleSyntax, args: []string{"why", "more than one document"}}
		}
		body = doc.Body
	}
	if body == nil {
		return nil, &flaw{line: 1, rule: ruleSyntax, args: []string{"why", "the file is empty"}}
	}
	r := reader{left: maxNodes}
	n := r.read(body, 0)
	if r.flaw != nil {
		return nil, r.flaw
	}
	return n, nil
}

// parse runs the YAML parser. A panic in it must not take the program down:
// the file may come from anyone.
func parse(data []byte) (file *ast.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the parser gave up: %v", r)
		}
	}()
	// the reader finds duplicate keys itself, in linear time
	return parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
}

func syntaxFlaw(err error) *flaw {
	var y yaml.Error
	if !errors.As(err, &y) {
		return &flaw{line: 1, rule: ruleSyntax, args: []string{"why", err.Error()}}
	}
	line := 1
	if t := y.GetToken(); t != nil && t.Position != nil {
		line = t.Position.Line
	}
	return &flaw{line: line, rule: ruleSyntax, args: []string{"why", y.GetMessage()}}
}

func withinLimits(data []byte) *flaw {
	over := func(line int, limit string) *flaw {
		return &flaw{line: line, rule: ruleHostile, args: []string{"limit", limit}}
	}
	if len(data) > maxYAML {
		return over(0, "more than "+strconv.Itoa(maxYAML)+" bytes")
	}
	if !utf8.Valid(data) {
		return &flaw{line: 1, rule: ruleSyntax, args: []string{"why", "not UTF-8"}}
	}
	if bytes.Count(data, []byte(":")) > maxKeys {
		return over(0, "more than "+strconv.Itoa(maxKeys)+" colons")
	}
	open, number := 0, 0
	for line := range bytes.Lines(data) {
		number++
		if len(line) > maxLine {
			return over(number, "a line longer than "+strconv.Itoa(maxLine)+" bytes")
		}
		if indentOf(line) > maxIndent {
			return over(number, "indented deeper than "+strconv.Itoa(maxIndent)+" columns")
		}
		open = max(0, open+bytes.Count(line, []byte("["))+bytes.Count(line, []byte("{"))-
			bytes.Count(line, []byte("]"))-bytes.Count(line, []byte("}")))
		if open > maxFlow || runOf(line) > maxFlow {
			return over(number, "more than "+strconv.Itoa(maxFlow)+" brackets open at once")
		}
		for _, c := range line {
			if c < ' ' && c != '\n' && c != '\r' && c != '\t' {
				return over(number, "control character")
			}
		}
	}
	return nil
}

func indentOf(line []byte) int {
	return len(line) - len(bytes.TrimLeft(line, " -?\t"))
}

// runOf is the deepest nesting of brackets within one line, whatever closes
// them later.
func runOf(line []byte) int {
	deepest, open := 0, 0
	for _, c := range line {
		switch c {
		case '[', '{':
			open++
			deepest = max(deepest, open)
		case ']', '}':
			open = max(0, open-1)
		}
	}
	return deepest
}

func lineOf(n ast.Node) int {
	if t := n.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 0
}

// reader turns the parser's tree into ours and keeps the first flaw.
type reader struct {
	left int
	flaw *flaw
}

func (r *reader) refuse(n ast.Node, rule string, args ...string) *node {
	if r.flaw == nil {
		r.flaw = &flaw{line: lineOf(n), rule: rule, args: args}
	}
	return &node{line: lineOf(n)}
}

func (r *reader) read(n ast.Node, depth int) *node {
	r.left--
	if depth > maxDepth || r.left < 0 {
		return r.refuse(n, ruleHostile, "limit", "nested too deeply or too many values")
	}
	line := lineOf(n)
	switch n := n.(type) {
	case *ast.MappingNode:
		return r.mapping(n, n.Values, depth)
	case *ast.MappingValueNode:
		return r.mapping(n, []*ast.MappingValueNode{n}, depth)
	case *ast.SequenceNode:
		out := &node{line: line, kind: listNode}
		for _, v := range n.Values {
			out.vals = append(out.vals, r.read(v, depth+1))
		}
		return out
	case *ast.StringNode:
		return &node{line: line, kind: textNode, text: n.Value}
	case *ast.LiteralNode:
		return &node{line: line, kind: textNode, text: n.Value.Value}
	case *ast.IntegerNode:
		return r.number(n, n.Token.Value)
	case *ast.FloatNode:
		return r.number(n, n.Token.Value)
	case *ast.BoolNode:
		return &node{line: line, kind: boolNode, text: strconv.FormatBool(n.Value)}
	case *ast.NullNode:
		return &node{line: line}
	default:
		return r.refuse(n, ruleSyntax, "why", "anchors, aliases, tags and merge keys are not part of the format")
	}
}

var plainNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)

func (r *reader) number(n ast.Node, written string) *node {
	if !plainNumber.MatchString(written) {
		return r.refuse(n, ruleSyntax, "why", "write "+written+" as plain digits or in quotes")
	}
	return &node{line: lineOf(n), kind: numberNode, text: written}
}

func (r *reader) mapping(at ast.Node, values []*ast.MappingValueNode, depth int) *node {
	out := &node{line: lineOf(at), kind: mapNode}
	seen := map[string]bool{}
	for _, v := range values {
		key, ok := v.Key.(*ast.StringNode)
		if !ok {
			return r.refuse(v, ruleSyntax, "why", "a key is not a plain name: "+strings.TrimSpace(v.Key.String()))
		}
		if seen[key.Value] {
			return r.refuse(v.Key, ruleDuplicate, "name", key.Value)
		}
		seen[key.Value] = true
		out.keys = append(out.keys, key.Value)
		out.lines = append(out.lines, lineOf(v.Key))
		out.vals = append(out.vals, r.read(v.Value, depth+1))
	}
	if len(out.lines) > 0 {
		out.line = out.lines[0]
	}
	return out
}

// value gives n in the form of encoding/json. A number under one of the names
// of decimals becomes a string of its digits, so that 0.30 stays 0.30.
func (n *node) value(name string) any {
	switch n.kind {
	case mapNode:
		m := make(map[string]any, len(n.keys))
		for i, k := range n.keys {
			m[k] = n.vals[i].value(k)
		}
		return m
	case listNode:
		list := make([]any, len(n.vals))
		for i, v := range n.vals {
			list[i] = v.value(name)
		}
		return list
	case numberNode:
		if decimalFields[name] {
			return n.text
		}
		return json.Number(n.text)
	case boolNode:
		return n.text == "true"
	case textNode:
		return n.text
	}
	return nil
}

var decimalFields = map[string]bool{"value": true, "weight": true, "points": true, "score": true, "proven": true}

// child finds a field or element.
func (n *node) child(token string) (*node, int, bool) {
	if n == nil {
		return nil, 0, false
	}
	switch n.kind {
	case mapNode:
		for i, k := range n.keys {
			if k == token {
				return n.vals[i], n.lines[i], true
			}
		}
	case listNode:
		if i, err := strconv.Atoi(token); err == nil && i >= 0 && i < len(n.vals) {
			return n.vals[i], n.vals[i].line, true
		}
	}
	return nil, 0, false
}

// A source is a file as a tree, to find the lines of paths; a nil tree knows
// no lines.
type source struct {
	file string
	root *node
}

// at is the place of a path and the item that holds it: the innermost mapping
// on the way that has an id.
func (s source) at(path ...string) place {
	p := place{file: s.file}
	n := s.root
	for i, token := range path {
		if i == 0 {
			p.id = token
		}
		next, line, ok := n.child(token)
		if !ok {
			break
		}
		n, p.line = next, line
		if id, _, ok := n.child("id"); ok && id.kind == textNode {
			p.id = itemID(path[:i], p.id, id.text)
		}
	}
	return p
}

// itemID is the id by which texts and messages know an item; the level of a
// scale is known by scale and level.
func itemID(above []string, holder, id string) string {
	if len(above) > 0 && above[len(above)-1] == "levels" {
		return holder + "." + id
	}
	return id
}
