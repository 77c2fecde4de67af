package office

import (
	"slices"
	"strings"
	"unicode"

	"mingpin/assess"
	"mingpin/assess/quantity"
	"mingpin/assets"
)

// A vocabulary is a closed set of codes that a workbook shows as words of its
// own language, office.word.<name>.<code>. Codes and the words of every
// language are read.
type vocabulary struct {
	name  string
	codes []string
}

var (
	indicatorClasses = &vocabulary{"indicator-class", []string{"safety", "basic", "core", "innovative"}}
	directions       = &vocabulary{"direction", []string{string(quantity.Higher), string(quantity.Lower), string(quantity.Between)}}
	comparisons      = &vocabulary{"comparison", []string{string(quantity.Full), string(quantity.Rounded)}}
	claims           = &vocabulary{"claim", []string{
		string(quantity.Better), string(quantity.Equal), string(quantity.Worse), string(quantity.Gap), string(quantity.Incomparable),
	}}
	standardClasses = &vocabulary{"standard-class", []string{
		assess.ClassMandatory, assess.ClassRecommended, assess.ClassIndustry, assess.ClassLocal,
		assess.ClassGroup, assess.ClassEnterprise, assess.ClassForeign, assess.ClassInternational,
	}}
	statuses = &vocabulary{"status", []string{
		assess.StatusInForce, assess.StatusReplaced, assess.StatusWithdrawn, assess.StatusNotYet, assess.StatusUnknown,
	}}
	quantities = &vocabulary{"quantity", []string{string(quantity.PeroxideValue), string(quantity.TemperatureDifference)}}
	yesNo      = &vocabulary{"yes", []string{"yes", "no"}}

	// blankGroups are the groups of columns for standards a person adds.
	blankGroups = &vocabulary{"group", []string{"1", "2", "3"}}
)

// say is the word for code, or code itself where the set does not hold it.
func (v *vocabulary) say(code string, say *assets.Text) string {
	if !slices.Contains(v.codes, code) {
		return code
	}
	return say.T("office.word." + v.name + "." + code)
}

func (v *vocabulary) words(say *assets.Text) []string {
	var out []string
	for _, code := range v.codes {
		out = append(out, v.say(code, say))
	}
	return out
}

// code finds what text means: a code, or a word of any language.
func (v *vocabulary) code(text string) (string, bool) {
	want := spelling(text)
	for _, code := range v.codes {
		if spelling(code) == want {
			return code, true
		}
		for _, t := range languages() {
			if spelling(v.say(code, t)) == want {
				return code, true
			}
		}
	}
	return "", false
}

// languages are the texts of all the program's languages.
func languages() []*assets.Text {
	var out []*assets.Text
	for _, lang := range assets.Languages {
		t, err := assets.NewText(lang)
		if err != nil {
			panic(err) // the catalogues are compiled in
		}
		out = append(out, t)
	}
	return out
}

// spelling is s in one spelling, so that blanks, dashes, case and full-width
// letters do not tell two numbers or words apart.
func spelling(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff':
			return -1
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		}
		if unicode.Is(unicode.Pd, r) || r == '−' {
			r = '-'
		}
		return unicode.ToLower(r)
	}, s)
	return strings.ReplaceAll(s, "--", "-")
}

// bare is a title without the mark of required columns and without what stands
// in brackets.
func bare(title string) string {
	if at := strings.IndexAny(title, "*＊（("); at >= 0 {
		title = title[:at]
	}
	return spelling(title)
}

// titled reports whether a person's title is the text of key in any
// language.
func titled(title, key string) bool {
	for _, t := range languages() {
		if bare(title) == bare(t.T(key)) {
			return true
		}
	}
	return false
}
