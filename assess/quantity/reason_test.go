package quantity_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"mingpin/assess/quantity"
)

// The lists that a test of the catalogue goes by hold every key the package
// can answer with, each once.
func TestListsOfKeysAreComplete(t *testing.T) {
	for prefix, list := range map[string][]string{
		"verdict.": quantity.ReasonKeys, "syntax.": quantity.SyntaxReasons, "unit.": quantity.UnitReasons,
	} {
		want := keysInSource(t, prefix)
		got := slices.Sorted(slices.Values(list))
		if !slices.Equal(got, want) {
			t.Errorf("listed %q, used %q", got, want)
		}
	}
}

func keysInSource(t *testing.T, prefix string) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil && strings.HasPrefix(s, prefix) {
					keys = append(keys, s)
				}
			}
			return true
		})
	}
	slices.Sort(keys)
	return keys
}
