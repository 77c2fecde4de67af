package quantity

import (
	"regexp"
	"strings"
)

// normalMethod is a method standard's number in one spelling, so that blanks,
// dashes and full-width letters do not tell two methods apart.
func normalMethod(s string) string {
	s = strings.ToUpper(squeeze(s))
	return strings.Trim(strings.NewReplacer("——", "-", "--", "-", "—", "-", "《", "", "》", "").Replace(s), "-")
}

// edition is the year at the end of a standard's number.
var edition = regexp.MustCompile(`[-:](19|20)[0-9]{2}`)

// apartBy says why results of two sets of test methods cannot be held against
// each other: no pair of them is the same or recorded as equivalent. A side
// that names no method is compared, with a note.
func apartBy(own, other []string, equivalent func(a, b string) bool) (r Result, apart bool) {
	if len(own) == 0 || len(other) == 0 {
		return Result{}, false
	}
	key := reasonMethod
	for _, a := range own {
		for _, b := range other {
			if sameMethod(a, b, equivalent) {
				return Result{}, false
			}
			if edition.ReplaceAllString(normalMethod(a), "") == edition.ReplaceAllString(normalMethod(b), "") {
				key = reasonMethodEdition
			}
		}
	}
	return incomparable(key, map[string]string{
		"OwnMethod": strings.Join(own, ", "), "OtherMethod": strings.Join(other, ", "),
	}), true
}

func sameMethod(a, b string, equivalent func(a, b string) bool) bool {
	return normalMethod(a) == normalMethod(b) || equivalent != nil && (equivalent(a, b) || equivalent(b, a))
}

// methods drops the empty ones, which name nothing.
func methods(all []string) []string {
	var named []string
	for _, m := range all {
		if normalMethod(m) != "" {
			named = append(named, m)
		}
	}
	return named
}
