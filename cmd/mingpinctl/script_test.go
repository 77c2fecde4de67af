package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the test binary be mingpinctl for the scripts.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"mingpinctl": func() {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		defer stop()
		os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}})
}

// The sessions under testdata are what people type, with what they are told.
func TestSessions(t *testing.T) {
	if testing.Short() {
		t.Skip("sessions run whole processes; left out of short runs")
	}
	shared := &demonstration{dir: t.TempDir()}
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			e.Setenv("MINGPIN_DATA", filepath.Join(e.WorkDir, "data"))
			e.Setenv("MINGPIN_ACTOR", "测试员")
			e.Setenv("TODAY", time.Now().Format(time.DateOnly))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":    exits,
			"says":     says,
			"remember": remember,
			"sample":   shared.use,
			"fixture":  fixture,
			"keyfile":  keyFile,
			"fill":     fill,
			"filled":   filled,
			"pack":     copyPack,
			"edit":     rewrite,
			"tamper":   tamper,
			"flip":     flip,
			"cut":      cut,
			"hold":     hold,
			"forge":    forge,
		},
	})
}

// exits CODE COMMAND… runs a command and holds its exit code, and what it says
// in any case: every key has its text, and Chinese output no English sentence.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARG…]")
	}
	code := 0
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	left := ended{ts.ReadFile("stdout"), ts.ReadFile("stderr"), code}
	left.to(ts, args)
}

// says CODE ARG… is exits CODE mingpinctl ARG… without a process of its own, for
// commands that read files but write none outside the vault.
func says(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: says CODE [ARG…]")
	}
	full := []string{"--data", ts.Getenv("MINGPIN_DATA"), "--actor", ts.Getenv("MINGPIN_ACTOR")}
	if !isEnglish(ts, args) {
		full = append(full, "--lang", "zh-CN")
	}
	for _, arg := range args[1:] {
		if _, err := os.Stat(ts.MkAbs(arg)); err == nil && strings.ContainsAny(arg, "./") {
			arg = ts.MkAbs(arg)
		}
		full = append(full, arg)
	}
	var out, errOut strings.Builder
	code := run(context.Background(), full, strings.NewReader(""), &out, &errOut)
	_, err := io.WriteString(ts.Stdout(), out.String())
	ts.Check(err)
	_, err = io.WriteString(ts.Stderr(), errOut.String())
	ts.Check(err)
	left := ended{out.String(), errOut.String(), code}
	left.to(ts, args)
}

// ended is what a command has left behind.
type ended struct {
	stdout, stderr string
	code           int
}

// to fails unless the code is the first of args and the output is well.
func (e ended) to(ts *testscript.TestScript, args []string) {
	if want := args[0]; fmt.Sprint(e.code) != want {
		ts.Fatalf("exit code %d, not %s\n%s%s", e.code, want, e.stdout, e.stderr)
	}
	for _, output := range []string{e.stdout, e.stderr} {
		if fault := ill(output, isEnglish(ts, args)); fault != "" {
			ts.Fatalf("output %s", fault)
		}
	}
}

func isEnglish(ts *testscript.TestScript, args []string) bool {
	return ts.Getenv("MINGPIN_LANG") == "en" || strings.HasPrefix(ts.Getenv("LANG"), "en") || strings.Contains(strings.Join(args, " "), "--lang")
}

var (
	missingKey = regexp.MustCompile(`\[[a-z]+\.[a-zA-Z0-9_.-]+\]|<no value>|\{\{|%!`)
	english    = regexp.MustCompile(`(?i)(^|[\s“（：])(the|is|are|not|of|file|error|missing|expected|unknown|invalid|cannot|failed|such|directory|permission)([\s:：，。”）]|$)`)
)

// foreign is what the compiler and the readers of YAML and JSON add in their own
// words, for those who write packs and programs.
var foreign = regexp.MustCompile(`(无法编译|格式错误|不符合格式)：.*`)

// ill says what is wrong with a piece of output; JSON is for programs and may
// be in any language.
func ill(output string, isEnglish bool) string {
	if found := missingKey.FindString(output); found != "" {
		return "shows a message without text: " + found
	}
	if strings.HasPrefix(output, "{") || strings.HasPrefix(output, "[") || isEnglish {
		return ""
	}
	for _, line := range strings.Split(output, "\n") {
		line = foreign.ReplaceAllString(line, "")
		if english.MatchString(line) {
			return "is not in Chinese: " + line
		}
	}
	return ""
}

func TestOutputOfSessionsIsLookedAt(t *testing.T) {
	for _, c := range []struct {
		name, output string
		english, ill bool
	}{
		{"a key without text", "[fault.no_such] 文件", false, true},
		{"a fact without value", "文件 <no value>", true, true},
		{"English in Chinese", "文件不可用：no such file or directory", false, true},
		{"Chinese", "文件 no-incident.pdf 不存在", false, false},
		{"English", "the file does not exist", true, false},
		{"JSON", `{"why": "the file"}`, false, false},
	} {
		if got := ill(c.output, c.english) != ""; got != c.ill {
			t.Errorf("%s: ill is %v, not %v", c.name, got, c.ill)
		}
	}
}

// remember NAME REGEXP keeps what the group of REGEXP matches in the last
// output as the variable NAME.
func remember(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: remember NAME REGEXP")
	}
	found := regexp.MustCompile(args[1]).FindStringSubmatch(ts.ReadFile("stdout"))
	if len(found) != 2 {
		ts.Fatalf("nothing in the output matches %s", args[1])
	}
	ts.Setenv(args[0], found[1])
}
