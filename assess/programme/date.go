package programme

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// A Date is a calendar date YYYY-MM-DD without time or zone. The zero value is
// no date. Dates compare as strings.
type Date string

// ParseDate reads a date and refuses one that is not in the calendar.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return "", nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1800 || t.Year() > 2200 {
		return "", &DateError{Input: s}
	}
	return Date(s), nil
}

// A DateError names an impossible date.
type DateError struct{ Input string }

func (e *DateError) Error() string { return fmt.Sprintf("not a calendar date: %q", e.Input) }

// DateOf is the calendar date of t in t's own zone.
func DateOf(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

// IsZero reports whether d is no date.
func (d Date) IsZero() bool { return d == "" }

// Year is the year of d, or 0.
func (d Date) Year() int {
	if len(d) < 4 {
		return 0
	}
	y, _ := strconv.Atoi(string(d[:4]))
	return y
}

// Valid reports whether d is a date of the calendar.
func (d Date) Valid() bool {
	_, err := ParseDate(string(d))
	return err == nil && d != ""
}

func (d Date) time() time.Time {
	t, _ := time.Parse(time.DateOnly, string(d))
	return t
}

// Plus is d moved by p; a day that the target month lacks becomes its last day
// (2024-02-29 plus one year is 2025-02-28).
func (d Date) Plus(p Period) Date { return d.move(p, 1) }

// Minus is d moved back by p, with the same rule for short months.
func (d Date) Minus(p Period) Date { return d.move(p, -1) }

func (d Date) move(p Period, sign int) Date {
	t := d.time()
	months := sign * (p.Years*12 + p.Months)
	first := time.Date(t.Year(), t.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	day := min(t.Day(), last)
	return DateOf(time.Date(first.Year(), first.Month(), day+sign*p.Days, 0, 0, 0, 0, time.UTC))
}

// A Span is a stretch of dates, both ends included; an empty end is open.
type Span struct {
	From Date `json:"from,omitempty" yaml:"from"`
	To   Date `json:"to,omitempty" yaml:"to"`
}

// Contains reports whether d lies in s.
func (s Span) Contains(d Date) bool {
	return (s.From == "" || s.From <= d) && (s.To == "" || d <= s.To)
}

// A Period is a calendar length such as P3Y, P6M, P60D.
type Period struct{ Years, Months, Days int }

var periodForm = regexp.MustCompile(`^P(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,3})W)?(?:(\d{1,5})D)?$`)

// ParsePeriod reads an ISO 8601 period of years, months, weeks and days.
func ParsePeriod(s string) (Period, error) {
	m := periodForm.FindStringSubmatch(s)
	if m == nil || s == "P" {
		return Period{}, &PeriodError{Input: s}
	}
	n := func(i int) int { v, _ := strconv.Atoi(m[i]); return v }
	return Period{Years: n(1), Months: n(2), Days: 7*n(3) + n(4)}, nil
}

// A PeriodError names a text that is not an ISO 8601 period.
type PeriodError struct{ Input string }

func (e *PeriodError) Error() string { return fmt.Sprintf("not an ISO 8601 period: %q", e.Input) }

// String writes p as ISO 8601; a period of nothing is P0D.
func (p Period) String() string {
	s := "P"
	for _, part := range []struct {
		n    int
		unit string
	}{{p.Years, "Y"}, {p.Months, "M"}, {p.Days, "D"}} {
		if part.n != 0 {
			s += strconv.Itoa(part.n) + part.unit
		}
	}
	if s == "P" {
		return "P0D"
	}
	return s
}
