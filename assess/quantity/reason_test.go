package quantity_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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

func TestReasonsCarryTheirFacts(t *testing.T) {
	ind := quantity.Indicator{Unit: "mg/kg", Direction: quantity.Lower, Method: quantity.Rounded}
	own, other := quantity.Side{Limit: limit(t, ind, "≤0.30")}, quantity.Side{Limit: limit(t, ind, "≤500 μg/kg")}
	litres := quantity.Side{Limit: limit(t, ind, "≤1 mg/L")}
	v := value(t, ind, "未检出(<0.01)")
	for name, tt := range map[string]struct {
		got  quantity.Reason
		want quantity.Reason
	}{
		"limits": {
			quantity.CompareLimits(ind, own, other, nil).Reason,
			quantity.Reason{Key: "verdict.stricter", Args: map[string]string{"Own": "≤0.30", "Other": "≤500 μg/kg"}, Notes: []string{"verdict.note.method_unstated"}},
		},
		"conformity": {
			quantity.Conforms(ind, value(t, ind, "0.304"), own.Limit).Reason,
			quantity.Reason{Key: "verdict.holds", Args: map[string]string{"Measured": "0.304", "Own": "≤0.30"}, Notes: []string{"verdict.note.rounded"}},
		},
		"measured": {
			quantity.CompareMeasured(ind, v, []string{"GB 1"}, quantity.Side{Limit: own.Limit, TestMethods: []string{"GB 1"}}, nil).Reason,
			quantity.Reason{Key: "verdict.beyond", Args: map[string]string{"Measured": "未检出(<0.01)", "Other": "≤0.30"}, Notes: []string{"verdict.note.at_least"}},
		},
		"units": {
			quantity.CompareLimits(ind, own, litres, nil).Reason,
			quantity.Reason{Key: "verdict.units", Args: map[string]string{"From": "mg/kg", "To": "mg/L", "Why": "unit.dimensions"}},
		},
		"overall": {
			quantity.Overall([]quantity.Result{quantity.CompareLimits(ind, own, quantity.Side{}, nil), quantity.CompareLimits(ind, own, other, nil)}).Reason,
			quantity.Reason{Key: "verdict.overall_better", Args: map[string]string{"Count": "1", "Of": "1", "All": "2"}, Notes: []string{"verdict.note.method_unstated"}},
		},
		"a limit from a file without its number": {
			quantity.Conforms(ind, v, quantity.Limit{Kind: quantity.LE}).Reason,
			quantity.Reason{Key: "verdict.incomplete", Args: map[string]string{"Measured": "未检出(<0.01)", "Own": "≤"}},
		},
		"a grade from elsewhere": {
			quantity.CompareLimits(ind, quantity.Side{Limit: quantity.Limit{Kind: quantity.Grade, Grade: "甲"}}, quantity.Side{Limit: quantity.Limit{Kind: quantity.Grade, Grade: "乙"}}, nil).Reason,
			quantity.Reason{Key: "verdict.grade_unknown", Args: map[string]string{"Own": "甲", "Other": "乙"}},
		},
	} {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestErrorsNameWhatWasEntered(t *testing.T) {
	_, number := quantity.ParseDecimal(strings.Repeat("x", 100))
	var s *quantity.SyntaxError
	if !errors.As(number, &s) || s.Input != strings.Repeat("x", 60)+"…" || !strings.Contains(number.Error(), s.Input) {
		t.Errorf("a long input: %v", number)
	}
	_, unit := quantity.ParseUnit("furlong")
	if want := `read unit "furlong": unit.unknown`; unit.Error() != want {
		t.Errorf("%v, want %s", unit, want)
	}
	_, conversion := quantity.Convert(dec("1"), "m", "kg", "")
	if want := `convert "m" to "kg": unit.dimensions`; conversion.Error() != want {
		t.Errorf("%v, want %s", conversion, want)
	}
}
