package main

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"mingpin/assess"
	"mingpin/assess/store"
	"mingpin/assets"
	"mingpin/report/pdf"
)

// accept refuses what could be saved but never be used: an answer the pack does
// not ask for, and characters no page can show. Refused here it costs a word;
// found when the volume is bound, an afternoon.
func (s *session) accept(v *store.Vault, entities ...assess.Entity) error {
	for _, e := range entities {
		if err := s.fits(v, e); err != nil {
			return err
		}
		if err := printable(e); err != nil {
			return err
		}
	}
	return nil
}

// fits asks the pack of the application, as soon as there is one.
func (s *session) fits(v *store.Vault, e assess.Entity) error {
	a, is := e.(assess.Application)
	if !is {
		var err error
		if a, err = s.application(v); err != nil {
			return nil // nothing to fit to yet; whoever needs the application says so
		}
	}
	p, err := loadPack(a.Programme, a.Version)
	if err != nil {
		return err
	}
	s.pack = p
	return assess.Fits(p, e)
}

// printable names the field and the characters of e that are no text or that
// the fonts lack.
func printable(e assess.Entity) error {
	data, err := json.Marshal(e)
	if err != nil {
		return err
	}
	var tree map[string]any
	if err := json.Unmarshal(data, &tree); err != nil {
		return err
	}
	return printableTree(e.Kind()+"/"+e.Key(), tree)
}

func printableTree(at string, v any) error {
	switch v := v.(type) {
	case string:
		return printableText(at, v)
	case []any:
		for _, x := range v {
			if err := printableTree(at, x); err != nil {
				return err
			}
		}
	case map[string]any:
		for _, k := range sortedKeys(v) {
			if err := printableTree(at+"/"+k, v[k]); err != nil {
				return err
			}
		}
	}
	return nil
}

func printableText(at, text string) error {
	missing, err := pdf.Missing(pdf.Fonts{Regular: assets.Regular(), Bold: assets.Bold()}, text)
	if err != nil || len(missing) == 0 {
		return err
	}
	return &assess.Fault{Kind: assess.Invalid, Key: "fault.unprintable", Args: assess.Args{
		"Field": at, "Characters": strings.Join(strings.Split(string(missing), ""), " "),
	}}
}

// utf8Arguments refuses words that are not text at all.
func utf8Arguments(args []string) error {
	for _, a := range args {
		if !utf8.ValidString(a) {
			return &assess.Fault{Kind: assess.Usage, Key: "fault.not_text_argument", Args: assess.Args{"Word": strings.ToValidUTF8(a, "�")}}
		}
	}
	return nil
}
