package main

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// doors says which rooms of the house each room may enter, and which foreign
// modules it may know. Flow is one way: cmd → ui → report → assess.
var doors = map[string][]string{
	"mingpin/assets":            {"github.com/nicksnyder/go-i18n/", "github.com/goccy/go-yaml", "golang.org/x/text/"},
	"mingpin/assess/quantity":   {"github.com/cockroachdb/apd/"},
	"mingpin/assess/programme":  {"mingpin/assess/quantity", "cel.dev/cel-go/", "github.com/goccy/go-yaml", "github.com/santhosh-tekuri/jsonschema/", "github.com/gowebpki/jcs", "golang.org/x/text/"},
	"mingpin/assess":            {"mingpin/assess/programme", "mingpin/assess/quantity", "github.com/gowebpki/jcs", "golang.org/x/text/"},
	"mingpin/assess/store":      {"mingpin/assess", "mingpin/assess/programme", "modernc.org/sqlite", "github.com/google/uuid", "golang.org/x/sys/"},
	"mingpin/assess/assesstest": {"mingpin/assess", "mingpin/assess/programme", "mingpin/assess/quantity", "mingpin/assets", "github.com/goccy/go-yaml"},
	"mingpin/report":            {"mingpin/assess", "mingpin/assess/programme", "mingpin/assess/quantity", "mingpin/assets"},
	"mingpin/report/pdf/object": {},
	"mingpin/report/pdf":        {"mingpin/report", "mingpin/report/pdf/object", "github.com/jung-kurt/gofpdf", "github.com/skip2/go-qrcode", "golang.org/x/image/"},
	"mingpin/report/sign":       {"mingpin/report/pdf/object", "software.sslmate.com/src/go-pkcs12", "golang.org/x/crypto/"},
	"mingpin/report/office":     {"mingpin/assess", "mingpin/assess/programme", "mingpin/assess/quantity", "mingpin/assets", "github.com/xuri/excelize/"},
	"mingpin/report/volume":     {"mingpin/report", "mingpin/report/pdf", "mingpin/report/pdf/object", "mingpin/assess", "mingpin/assess/programme", "mingpin/assess/quantity", "mingpin/assets"},
	"mingpin/report/handin":     {"golang.org/x/sys/", "mingpin/report", "mingpin/report/volume", "mingpin/report/sign", "mingpin/report/pdf", "mingpin/report/pdf/object", "mingpin/assess", "mingpin/assess/programme", "mingpin/assets"},
	"mingpin/report/sample":     {"mingpin/report", "mingpin/report/pdf", "mingpin/assess", "mingpin/assess/assesstest", "mingpin/assets", "github.com/xuri/excelize/", "golang.org/x/image/"},
	"mingpin/ui":                {"mingpin/ui/kit", "mingpin/report", "mingpin/report/", "mingpin/assess", "mingpin/assess/programme", "mingpin/assess/quantity", "mingpin/assets", "fyne.io/fyne/"},
	"mingpin/cmd/mingpinctl":    {"mingpin/assess", "mingpin/assess/", "mingpin/report", "mingpin/report/", "mingpin/assets", "github.com/alecthomas/kong", "github.com/google/uuid", "golang.org/x/text/"},
}

type listed struct {
	ImportPath string
	Dir        string
	Imports    []string
	GoFiles    []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,Imports,GoFiles", "mingpin/...")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	d := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var l listed
		if err := d.Decode(&l); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
}

func TestRoomsKeepTheirDoors(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range packages(t) {
		seen[p.ImportPath] = true
		allowed, known := doors[p.ImportPath]
		if !known {
			t.Errorf("%s is a room without doors: give it a line here and a reason in its package comment", p.ImportPath)
			continue
		}
		for _, imp := range p.Imports {
			if strings.Contains(imp, ".") || strings.HasPrefix(imp, "mingpin/") {
				if !permitted(imp, allowed) {
					t.Errorf("%s may not import %s", p.ImportPath, imp)
				}
			}
		}
	}
	for room := range doors {
		if !seen[room] {
			t.Errorf("%s has doors but is no package", room)
		}
	}
}

func permitted(imp string, allowed []string) bool {
	return slices.ContainsFunc(allowed, func(a string) bool {
		return imp == a || (strings.HasSuffix(a, "/") && strings.HasPrefix(imp, a)) || strings.HasPrefix(imp, a+"/") && !strings.HasPrefix(a, "mingpin/")
	})
}

// Background work has one door: in ui only tasks.go may start it.
func TestNothingInUIStartsGoroutines(t *testing.T) {
	for _, p := range packages(t) {
		if !strings.HasPrefix(p.ImportPath, "mingpin/ui") {
			continue
		}
		for _, name := range p.GoFiles {
			if name == "tasks.go" {
				continue
			}
			for _, offence := range goroutines(t, filepath.Join(p.Dir, name)) {
				t.Errorf("%s: %s outside tasks.go", p.ImportPath, offence)
			}
		}
	}
}

func goroutines(t *testing.T, path string) []string {
	t.Helper()
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			found = append(found, "go statement at "+set.Position(n.Pos()).String())
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && x.Name == "fyne" && strings.HasPrefix(n.Sel.Name, "Do") {
				found = append(found, "fyne."+n.Sel.Name+" at "+set.Position(n.Pos()).String())
			}
		}
		return true
	})
	return found
}

// The program speaks of itself alone and opens no socket: nothing of ours
// imports a network client.
func TestNothingOpensTheNetwork(t *testing.T) {
	for _, p := range packages(t) {
		for _, imp := range p.Imports {
			if imp == "net" || imp == "net/http" || imp == "net/rpc" {
				t.Errorf("%s imports %s", p.ImportPath, imp)
			}
		}
	}
}

// Every catalogue key named in the sources has to be in the catalogue.
func TestEveryKeyInTheSourcesHasItsText(t *testing.T) {
	root := filepath.Join("..", "..")
	keys := map[string]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		for _, k := range literalKeys(t, path) {
			keys[k] = path
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(keys) < 100 {
		t.Fatalf("found only %d keys: the search itself is broken", len(keys))
	}
	for _, lang := range []string{"zh-CN", "en"} {
		say := text(t, lang)
		for k, path := range keys {
			if !say.Has(k) {
				t.Errorf("%s: %s (in %s) has no text", lang, k, path)
			}
		}
	}
}

var keyed = []string{"fault.", "ctl.", "report.", "office.", "verify.", "check.", "derivation.", "verdict."}

// literalKeys finds string literals that are catalogue keys; one that ends in a
// dot is a prefix completed at run time.
func literalKeys(t *testing.T, path string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	ast.Inspect(f, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return true
		}
		s := strings.Trim(lit.Value, "\"`")
		if strings.ContainsAny(s, " /\\…{}*%:,") || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "_") {
			return true
		}
		for _, prefix := range keyed {
			if strings.HasPrefix(s, prefix) && len(s) > len(prefix) && !strings.HasSuffix(s, ".go") {
				keys = append(keys, s)
			}
		}
		return true
	})
	return keys
}
