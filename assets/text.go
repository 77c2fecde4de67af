package assets

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sync"

	"github.com/goccy/go-yaml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Languages are the languages of the program, the first one being the default.
var Languages = []string{"zh-CN", "en"}

// Text says things in one language, chosen explicitly: the screen's comes from
// the settings, the report's from the application. Texts come from
// locales/<language>/<area>.yaml.
type Text struct {
	lang string
	loc  *i18n.Localizer
	keys map[string]string // template by key; of a plural message its "other" form
}

// NewText gives the texts of lang, read once. An unknown language is an error.
func NewText(lang string) (*Text, error) {
	catalogue.Lock()
	defer catalogue.Unlock()
	if t := catalogue.read[lang]; t != nil {
		return t, nil
	}
	t, err := readText(lang)
	if err == nil {
		catalogue.read[lang] = t
	}
	return t, err
}

// catalogue keeps what has been read; texts never change.
var catalogue = struct {
	sync.Mutex
	read map[string]*Text
}{read: map[string]*Text{}}

func readText(lang string) (*Text, error) {
	if !slices.Contains(Languages, lang) {
		return nil, fmt.Errorf("no texts in language %q", lang)
	}
	bundle := i18n.NewBundle(language.MustParse(lang))
	bundle.RegisterUnmarshalFunc("yaml", yaml.Unmarshal)
	t := &Text{lang: lang, keys: map[string]string{}}
	files, err := fs.Glob(locales, "locales/"+lang+"/*.yaml")
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		if err := t.read(bundle, name); err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
	}
	t.loc = i18n.NewLocalizer(bundle, lang)
	return t, nil
}

func (t *Text) read(bundle *i18n.Bundle, name string) error {
	data, err := locales.ReadFile(name)
	if err != nil {
		return err
	}
	file, err := bundle.ParseMessageFileBytes(data, path.Base(t.lang)+".yaml")
	if err != nil {
		return err
	}
	for _, m := range file.Messages {
		if _, ok := t.keys[m.ID]; ok {
			return fmt.Errorf("key %q stands twice", m.ID)
		}
		t.keys[m.ID] = m.Other
	}
	return nil
}

// Lang is the language t speaks, as a BCP 47 tag.
func (t *Text) Lang() string { return t.lang }

// Has reports whether key is in the catalogue.
func (t *Text) Has(key string) bool {
	_, ok := t.keys[key]
	return ok
}

// Template is the message of key with its placeholders, or "".
func (t *Text) Template(key string) string { return t.keys[key] }

// Keys lists every key of the catalogue, sorted.
func (t *Text) Keys() []string {
	keys := make([]string, 0, len(t.keys))
	for k := range t.keys {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// T says key with the facts args, which the message names as {{.Name}}. A
// missing key shows as [key].
func (t *Text) T(key string, args ...map[string]string) string {
	return t.say(&i18n.LocalizeConfig{MessageID: key}, args)
}

// N says key for a count, which the message names as {{.Count}}.
func (t *Text) N(key string, n int, args ...map[string]string) string {
	withCount := map[string]string{"Count": fmt.Sprint(n)}
	for _, a := range args {
		for k, v := range a {
			withCount[k] = v
		}
	}
	return t.say(&i18n.LocalizeConfig{MessageID: key, PluralCount: n}, []map[string]string{withCount})
}

func (t *Text) say(c *i18n.LocalizeConfig, args []map[string]string) string {
	if !t.Has(c.MessageID) {
		return "[" + c.MessageID + "]"
	}
	if len(args) > 0 {
		c.TemplateData = args[0]
	}
	s, err := t.loc.Localize(c)
	if err != nil {
		return "[" + c.MessageID + "]"
	}
	return s
}
