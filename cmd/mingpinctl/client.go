package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"golang.org/x/text/width"

	"mingpin/assess"
	"mingpin/assess/store"
)

type clientCommand struct {
	New  clientNew  `cmd:"" help:"${help_client_new}"`
	List clientList `cmd:"" help:"${help_client_list}"`
	Show clientShow `cmd:"" help:"${help_client_show}"`
	Set  clientSet  `cmd:"" help:"${help_client_set}"`
}

type clientNew struct {
	Name    string `required:"" help:"${help_client_name}"`
	Code    string `required:"" help:"${help_client_code}"`
	Region  string `required:"" help:"${help_client_region}"`
	Address string `help:"${help_client_address}"`
	Legal   string `help:"${help_client_legal}"`
	Quality string `help:"${help_client_quality}"`
	Sample  bool   `help:"${help_client_sample}"`
}

// Run makes a vault for a new client.
func (c clientNew) Run(s *session) error {
	c.Code = creditCode(c.Code)
	if err := c.unknown(s); err != nil {
		return err
	}
	client := assess.Client{
		Name: c.Name, Code: c.Code, Region: c.Region, Address: c.Address, Sample: c.Sample,
		Legal: assess.Person{Name: c.Legal}, Quality: assess.Person{Name: c.Quality},
	}
	if err := printable(client); err != nil {
		return err
	}
	v, err := store.Create(s.ctx, s.root, client, s.options())
	if err != nil {
		return err
	}
	defer v.Close()
	s.tell("ctl.client_made", map[string]string{"Name": c.Name, "ID": v.ID()})
	return nil
}

// unknown refuses a second vault for the same enterprise, which would part its
// data in two.
func (c clientNew) unknown(s *session) error {
	lines, err := store.Clients(s.ctx, s.root)
	if err != nil {
		return err
	}
	for _, l := range lines {
		if l.Code == c.Code {
			return &assess.Fault{Kind: assess.Conflict, Key: "fault.client_known", Args: assess.Args{"Code": l.Code, "Name": l.Name, "ID": l.ID}}
		}
	}
	return nil
}

// creditCode writes a credit code the way it is printed: people type it in
// lower case or with full-width characters.
func creditCode(text string) string {
	return strings.ToUpper(width.Narrow.String(strings.TrimSpace(text)))
}

type clientList struct{}

// Run lists the clients.
func (clientList) Run(s *session) error {
	lines, err := store.Clients(s.ctx, s.root)
	if err != nil {
		return err
	}
	for _, l := range lines {
		fmt.Fprintf(s.out, "%s\t%s\t%s\t%d\n", l.ID, l.Code, l.Name, l.Applications)
	}
	return nil
}

type clientShow struct{}

// Run prints everything known of a client as JSON.
func (clientShow) Run(s *session) error {
	v, err := s.open()
	if err != nil {
		return err
	}
	defer v.Close()
	c, err := v.Client(s.ctx)
	if err != nil {
		return err
	}
	apps, err := v.Applications(s.ctx)
	if err != nil {
		return err
	}
	facts, err := store.All[assess.Fact](s.ctx, v, "")
	if err != nil {
		return err
	}
	return s.json(map[string]any{"client": c, "applications": apps, "facts": facts})
}

type clientSet struct {
	Path  string   `arg:"" help:"${help_set_path}"`
	Value string   `arg:"" help:"${help_set_value}"`
	More  []string `arg:"" optional:"" help:"${help_set_more}"`
}

// Run changes fields of the client, all or none.
func (c clientSet) Run(s *session) error {
	return s.setAll(append([]string{c.Path, c.Value}, c.More...), func(v *store.Vault) string { return "client/" + v.ID() + "/" })
}

// json prints v for programs.
func (s *session) json(v any) error {
	e := json.NewEncoder(s.out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// tell says one line of the catalogue.
func (s *session) tell(key string, args ...map[string]string) {
	fmt.Fprintln(s.out, s.say.T(key, args...))
}

// readFile reads a file of the user's of at most limit bytes.
func readFile(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > limit {
		return nil, &assess.Fault{Kind: assess.Hostile, Key: "fault.file_large", Args: assess.Args{"Path": path}}
	}
	return os.ReadFile(path)
}
