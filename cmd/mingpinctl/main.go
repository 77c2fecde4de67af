// Command mingpinctl does the whole job without a screen: it keeps the data of
// clients, checks applications, builds, signs and verifies. It links neither
// Fyne nor cgo.
//
// Exit codes: 0 fine; 1 what was checked does not hold; 2 used wrongly; 3 the
// input is damaged or hostile; 4 an error of the program itself; 130 cancelled.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"mingpin/assess"
	"mingpin/assets"
)

// The exit codes.
const (
	exitFine      = 0
	exitFails     = 1
	exitUsage     = 2
	exitDamaged   = 3
	exitInternal  = 4
	exitCancelled = 130 // as shells say it of a program that was interrupted
)

// version is set by the build.
var version = "dev"

type commands struct {
	Data   string `type:"path" env:"MINGPIN_DATA" placeholder:"DIR" help:"${help_data}"`
	Lang   string `env:"MINGPIN_LANG" placeholder:"zh-CN|en" help:"${help_lang}"`
	Client string `short:"c" env:"MINGPIN_CLIENT" placeholder:"ID" help:"${help_client_flag}"`
	App    string `short:"a" env:"MINGPIN_APPLICATION" placeholder:"ID" help:"${help_app_flag}"`
	Actor  string `env:"MINGPIN_ACTOR" placeholder:"NAME" help:"${help_actor}"`

	Programme   programmeCommand   `cmd:"" help:"${help_programme}"`
	Company     clientCommand      `cmd:"" name:"client" help:"${help_client}"`
	Application applicationCommand `cmd:"" help:"${help_application}"`
	Fact        factCommand        `cmd:"" help:"${help_fact}"`
	Evidence    evidenceCommand    `cmd:"" help:"${help_evidence}"`
	Table       tableCommand       `cmd:"" help:"${help_table}"`
	Check       checkCommand       `cmd:"" help:"${help_check}"`
	Review      reviewCommand      `cmd:"" help:"${help_review}"`
	Build       buildCommand       `cmd:"" help:"${help_build}"`
	Sign        signCommand        `cmd:"" help:"${help_sign}"`
	Verify      verifyCommand      `cmd:"" help:"${help_verify}"`
	Identity    identityCommand    `cmd:"" help:"${help_identity}"`
	History     historyCommand     `cmd:"" help:"${help_history}"`
	Demo        demoCommand        `cmd:"" help:"${help_demo}"`
	Version     versionCommand     `cmd:"" help:"${help_version}"`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// errUsage and errFails end a command whose message has been printed.
var (
	errUsage = errors.New("used wrongly")
	errFails = errors.New("does not hold")
)

func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	lang := language(args)
	say, err := assets.NewText(lang)
	if err != nil {
		noLanguage(errOut, lang)
		return exitUsage
	}
	s := &session{ctx: ctx, in: in, out: out, err: errOut, say: say, now: time.Now}
	return s.exit(s.run(args))
}

func (s *session) run(args []string) error {
	if err := utf8Arguments(args); err != nil {
		return err
	}
	var c commands
	done := false
	parser, err := kong.New(&c,
		kong.Name("mingpinctl"), kong.Description(s.say.T("ctl.about")),
		kong.Writers(s.out, s.err), kong.Exit(func(int) { done = true }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}), s.help(),
		kong.Help(s.helpPage), kong.PostBuild(s.helpFlag), kong.Bind(s),
	)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	k, err := parser.Parse(args)
	if done {
		return nil
	}
	if err != nil {
		fmt.Fprintln(s.err, s.misuse(err))
		return errUsage
	}
	if err := s.set(c); err != nil {
		return err
	}
	return k.Run(s)
}

// help hands the catalogue's help texts to the parser, whose help strings name
// them as ${help_…}.
func (s *session) help() kong.Vars {
	vars := kong.Vars{}
	for _, key := range s.say.Keys() {
		if name, ok := strings.CutPrefix(key, "ctl.help."); ok {
			vars["help_"+strings.NewReplacer(".", "_", "-", "_").Replace(name)] = s.say.T(key)
		}
	}
	return vars
}

// language finds the language before the arguments are parsed, since the help
// is in it too.
func language(args []string) string {
	want := os.Getenv("MINGPIN_LANG")
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, "--lang="); ok {
			want = v
		} else if a == "--lang" && i+1 < len(args) {
			want = args[i+1]
		}
	}
	if want != "" {
		return want
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := os.Getenv(name); strings.HasPrefix(v, "en") {
			return "en"
		} else if v != "" {
			break
		}
	}
	return "zh-CN"
}

// noLanguage says in every language that lang is none of them.
func noLanguage(out io.Writer, lang string) {
	for _, known := range assets.Languages {
		if say, err := assets.NewText(known); err == nil {
			fmt.Fprintln(out, say.T("fault.unknown_language", assess.Args{"Language": lang, "All": strings.Join(assets.Languages, ", ")}))
		}
	}
}

// exit says err in the user's language and gives the exit code for it.
// Errors of the program itself are logged once and shown as such.
func (s *session) exit(err error) int {
	switch {
	case err == nil:
		return exitFine
	case errors.Is(err, errFails):
		return exitFails
	case errors.Is(err, errUsage):
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(s.err, s.say.T("ctl.cancelled"))
		return exitCancelled
	}
	lines, kind := s.explain(err)
	for _, l := range lines {
		fmt.Fprintln(s.err, l)
	}
	switch kind {
	case assess.Damaged, assess.Hostile:
		return exitDamaged
	case "":
		slog.New(slog.NewTextHandler(s.err, nil)).Error("internal", "err", err)
		return exitInternal
	}
	return exitUsage
}

type versionCommand struct{}

// Run prints the version.
func (versionCommand) Run(s *session) error {
	_, err := fmt.Fprintln(s.out, version)
	return err
}
