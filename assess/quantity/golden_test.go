package quantity_test

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/assess/quantity"
)

var update = flag.Bool("update", false, "write the golden files")

// A row is one line of testdata/limits.txt.
type row struct {
	line        int
	ind         quantity.Indicator
	own, other  string
	verdict     quantity.Verdict
	improvement string
}

func readRows(t testing.TB) []row {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "limits.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows []row
	var ind quantity.Indicator
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		text := lines.Text()
		switch {
		case text == "" || text[0] == '#':
		case text[0] == '@':
			ind = readIndicator(t, n, text[1:])
		default:
			part := strings.Split(text, " | ")
			if len(part) != 4 {
				t.Fatalf("line %d has %d columns", n, len(part))
			}
			rows = append(rows, row{n, ind, part[0], part[1], quantity.Verdict(part[2]), part[3]})
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return rows
}

func readIndicator(t testing.TB, line int, text string) quantity.Indicator {
	t.Helper()
	var ind quantity.Indicator
	for _, field := range strings.Fields(text) {
		key, value, _ := strings.Cut(field, "=")
		switch key {
		case "unit":
			u, err := quantity.ParseUnit(value)
			if err != nil {
				t.Fatalf("line %d: %v", line, err)
			}
			ind.Unit = u
		case "direction":
			ind.Direction = quantity.Direction(value)
		case "grades":
			ind.Grades = strings.Split(value, ",")
		case "quantity":
			ind.Quantity = quantity.Quantity(value)
		default:
			t.Fatalf("line %d: %q says nothing", line, key)
		}
	}
	return ind
}

func (r row) limits(t testing.TB) (own, other quantity.Limit) {
	t.Helper()
	own, err := quantity.ParseLimit(r.own, r.ind.Unit, r.ind.Grades)
	if err != nil {
		t.Fatalf("line %d: %v", r.line, err)
	}
	if other, err = quantity.ParseLimit(r.other, r.ind.Unit, r.ind.Grades); err != nil {
		t.Fatalf("line %d: %v", r.line, err)
	}
	return own, other
}

func (r row) compare(t testing.TB) quantity.Result {
	own, other := r.limits(t)
	return quantity.CompareLimits(r.ind, quantity.Side{Limit: own}, quantity.Side{Limit: other}, nil)
}

func TestEveryPairOfLimitsHasTheVerdictItShould(t *testing.T) {
	rows := readRows(t)
	if len(rows) < 300 {
		t.Fatalf("only %d pairs", len(rows))
	}
	for _, r := range rows {
		got := r.compare(t)
		if got.Verdict != r.verdict || optional(got.Improvement) != r.improvement {
			t.Errorf("line %d: %s against %s is %s %s (%s), want %s %s", r.line, r.own, r.other,
				got.Verdict, optional(got.Improvement), got.Reason.Key, r.verdict, r.improvement)
		}
	}
}

// The golden file holds everything else that comes of the pairs: margins,
// reasons and their facts.
func TestResultsAreThoseOfTheGoldenFile(t *testing.T) {
	var b strings.Builder
	for _, r := range readRows(t) {
		got := r.compare(t)
		fmt.Fprintf(&b, "%s | %s => %s margin=%s%s improvement=%s %s %v\n", r.own, r.other, got.Verdict,
			optional(got.Margin), got.MarginUnit, optional(got.Improvement), got.Reason.Key, got.Reason.Args)
	}
	name := filepath.Join("testdata", "limits.golden")
	if *update {
		if err := os.WriteFile(name, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("(-golden +got):\n%s", diff)
	}
}

func optional(d *quantity.Decimal) string {
	if d == nil {
		return "-"
	}
	return d.String()
}
