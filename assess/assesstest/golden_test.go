package assesstest_test

import (
	"flag"
	"fmt"
	"os"
	"testing"

	"mingpin/assess/assesstest"
)

// listener is a test that only listens to what it is told.
type listener struct {
	testing.TB
	said string
}

func (l *listener) Helper()                           {}
func (l *listener) Errorf(format string, args ...any) { l.said = fmt.Sprintf(format, args...) }

func TestGoldenNamesTheFirstLineThatDiffers(t *testing.T) {
	cases := map[string]struct{ got, want string }{
		"equal":        {"one\ntwo\n", ""},
		"other line":   {"one\nzwei\n", "testdata/two-lines.txt differs in line 2:\n got zwei\n\nwant two\n"},
		"missing line": {"one\n", "testdata/two-lines.txt differs in line 2:\n got \nwant two\n"},
	}
	defer setUpdate(t, setUpdate(t, "false"))
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			l := &listener{TB: t}
			assesstest.Golden(l, "two-lines.txt", []byte(c.got))
			if l.said != c.want {
				t.Errorf("said %q, want %q", l.said, c.want)
			}
		})
	}
}

// setUpdate changes the flag -update and gives its value before.
func setUpdate(t *testing.T, value string) (before string) {
	t.Helper()
	f := flag.Lookup("update")
	before = f.Value.String()
	if err := f.Value.Set(value); err != nil {
		t.Fatal(err)
	}
	return before
}

func TestGoldenWithUpdateWritesTheFile(t *testing.T) {
	t.Chdir(t.TempDir())
	defer setUpdate(t, setUpdate(t, "true"))
	assesstest.Golden(t, "deep/new.txt", []byte("new\n"))
	got, err := os.ReadFile("testdata/deep/new.txt")
	if err != nil || string(got) != "new\n" {
		t.Errorf("file holds %q (%v), want new", got, err)
	}
}
