package main

import (
	"bytes"
	"errors"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"
)

// A mistake is one sentence of the parser's about wrong use, which it gives
// only as English text, and the key of ours for it.
type mistake struct {
	sentence *regexp.Regexp // its groups are the facts of our message
	key      string
}

var mistakes = []mistake{
	{regexp.MustCompile(`^unknown flag (?P<Flag>\S+?)(?:, did you mean (?:one of )?(?P<Near>.+)\?)?$`), "ctl.usage.unknown_flag"},
	{regexp.MustCompile(`^unexpected argument (?P<Word>.+?)(?:, did you mean (?:one of )?(?P<Near>.+)\?)?$`), "ctl.usage.unexpected"},
	{regexp.MustCompile(`^missing flags: (?P<Flags>.+)$`), "ctl.usage.missing_flags"},
	{regexp.MustCompile(`^missing positional arguments (?P<Words>.+)$`), "ctl.usage.missing_words"},
	{regexp.MustCompile(`^expected "(?P<Words><.+>(?: .*)?)"$`), "ctl.usage.missing_words"},
	{regexp.MustCompile(`^expected (?:one of )?(?P<Words>".+)$`), "ctl.usage.missing_command"},
	{regexp.MustCompile(`^(?P<Flag>\S+) must be one of (?P<Words>.+) but got "(?P<Value>.*)"$`), "ctl.usage.choice"},
	{regexp.MustCompile(`^(?P<Flag>\S+): expected "<key>=<value>" but got "(?P<Value>.*)"`), "ctl.usage.pair"},
	{regexp.MustCompile(`^(?P<Flag>\S+): missing value, expecting`), "ctl.usage.value"},
	{regexp.MustCompile(`^(?P<Flag>\S+): expected \S+ value but got `), "ctl.usage.value"},
	{regexp.MustCompile(`^(?P<Flag>\S+): expected .+ but got "(?P<Value>.*?)"`), "ctl.usage.number"},
	{regexp.MustCompile(`^(?P<Flag>\S+): bool value must be .+ but got "(?P<Value>.*)"$`), "ctl.usage.switch"},
	{regexp.MustCompile(`^unexpected flag argument "(?P<Value>.*)"$`), "ctl.usage.switch"},
}

// misuse says in the user's language how the command was used wrongly and
// where to read how it is used.
func (s *session) misuse(err error) string {
	why := err.Error()
	for _, m := range mistakes {
		if found := m.sentence.FindStringSubmatch(why); found != nil {
			facts := map[string]string{"Flag": "", "Near": "", "Value": ""}
			for i, name := range m.sentence.SubexpNames() {
				if name != "" {
					facts[name] = strings.ReplaceAll(found[i], `"`, "")
				}
			}
			why = s.say.T(m.key, facts)
			break
		}
	}
	return s.say.T("ctl.usage", map[string]string{"Why": why, "Help": helpOf(err)})
}

// helpOf is the command line that prints the help for the command that was
// meant, as far as it was understood.
func helpOf(err error) string {
	words := []string{"mingpinctl"}
	var p *kong.ParseError
	if errors.As(err, &p) && p.Context != nil {
		for _, step := range p.Context.Path {
			if step.Command != nil {
				words = append(words, step.Command.Name)
			}
		}
	}
	return strings.Join(append(words, "--help"), " ")
}

// The words of the parser's own in a help page, which it takes from no
// catalogue, at the beginning of a line.
var helpWords = []struct{ word, key string }{
	{"Usage: ", "ctl.help_page.usage"},
	{"Arguments:", "ctl.help_page.arguments"},
	{"Flags:", "ctl.help_page.flags"},
	{"Commands:", "ctl.help_page.commands"},
	{`Run "mingpinctl <command> --help" for more information on a command.`, "ctl.help_page.more"},
}

// helpPage prints the parser's help with its own words in the user's language.
func (s *session) helpPage(o kong.HelpOptions, k *kong.Context) error {
	var page bytes.Buffer
	out := k.Stdout
	k.Stdout = &page
	err := kong.DefaultHelpPrinter(o, k)
	k.Stdout = out
	if err != nil {
		return err
	}
	lines := strings.Split(page.String(), "\n")
	for i, line := range lines {
		for _, w := range helpWords {
			if rest, ok := strings.CutPrefix(line, w.word); ok {
				lines[i] = s.say.T(w.key) + rest
			}
		}
	}
	_, err = out.Write([]byte(strings.Join(lines, "\n")))
	return err
}

// helpFlag gives the help flag its text, which the parser makes itself.
func (s *session) helpFlag(k *kong.Kong) error {
	k.Model.HelpFlag.Help = s.say.T("ctl.help_page.flag")
	return nil
}
