package quantity

import (
	"slices"
	"strings"
)

// maxText bounds what is read as a limit or a value, in bytes.
const maxText = 2000

// takeNumber cuts a number off the front of s, with whatever belongs to it in
// the eyes of a reader, so that ParseDecimal can say what is wrong with it.
func takeNumber(s string) (number, rest string) {
	i := 0
	if i < len(s) && (s[i] == '-' || s[i] == '+') {
		i++
	}
	start := i
	for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == '.' || s[i] == ',' || s[i] == '\'') {
		i++
	}
	if i == start {
		return "", s
	}
	if e := strings.TrimLeft(s[i:], "eE"); len(e) == len(s[i:])-1 {
		if n, _ := takeNumber(e); n != "" {
			i = len(s) - len(e) + len(n)
		}
	}
	return s[:i], s[i:]
}

// amount reads a number with or without a unit behind it.
func amount(s string) (Decimal, Unit, error) {
	number, rest := takeNumber(s)
	d, err := ParseDecimal(number)
	if err != nil {
		if number == "" {
			err = syntax(s, SyntaxMalformed)
		}
		return d, "", err
	}
	u, err := ParseUnit(rest)
	return d, u, err
}

// beginsNumeric reports whether s can only be meant as a number.
func beginsNumeric(s string) bool {
	if s != "" && (s[0] == '(' || s[0] == '[') {
		s = s[1:]
	}
	return s != "" && strings.ContainsRune("0123456789+-.≥≤<>=±≧≦⩾⩽", []rune(s)[0])
}

// unitBehind reads a unit behind a bracket. One that begins with a digit could
// not be told from a number.
func unitBehind(s string) (Unit, error) {
	if leading(s, "0123456789.,") != "" {
		return "", syntax(s, SyntaxMalformed)
	}
	return ParseUnit(s)
}

// asEntered is a qualitative text, fit for a file: without broken characters.
func asEntered(s string) string { return strings.TrimSpace(strings.ToValidUTF8(s, "\ufffd")) }

// besides is u where it differs from the indicator's unit.
func besides(u, indicator Unit) Unit {
	if u == indicator {
		return ""
	}
	return u
}

// gradeOf is the one of grades that s, without blanks, means.
func gradeOf(s string, grades []string) (string, bool) {
	i := slices.IndexFunc(grades, func(g string) bool { return s != "" && squeeze(g) == s })
	if i < 0 {
		return "", false
	}
	return grades[i], true
}

var (
	nothing  = []string{"", "-", "--", "—", "——", "/", `\`, "N/A", "n/a", "NA"}
	noLimit  = append([]string{"无要求", "不要求", "不作要求", "无规定", "未规定", "未作规定", "不作规定", "无限值"}, nothing...)
	yesWords = []string{"有", "是", "具有", "具备", "√", "✓", "yes", "Yes", "true"}
	noWords  = []string{"无", "否", "没有", "不具有", "不具备", "×", "✗", "no", "No", "false"}
	noneSaid = []string{"不得检出", "不应检出", "不可检出", "不允许检出", "未检出", "ND", "N.D.", "notdetectable"}
	notFound = []string{"未检出", "未检测出", "ND", "N.D.", "nd", "n.d.", "notdetected"}
)

func boolOf(s string) *bool {
	yes := slices.Contains(yesWords, s)
	if !yes && !slices.Contains(noWords, s) {
		return nil
	}
	return &yes
}
