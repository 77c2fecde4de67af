package quantity_test

import "testing"

// The examples of GB/T 8170-2008, clause 3.
func TestRoundIsThatOfTheStandard(t *testing.T) {
	for _, tt := range []struct {
		clause, in string
		places     int
		want       string
	}{
		{"3.2.1 below one half", "12.1498", 0, "12"},
		{"3.2.1 below one half", "12.1498", 1, "12.1"},
		{"3.2.2 above one half", "1268", -2, "1300"},
		{"3.2.2 above one half", "1268", -1, "1270"},
		{"3.2.3 one half and more", "10.5002", 0, "11"},
		{"3.2.4 one half, odd goes up", "0.35", 1, "0.4"},
		{"3.2.4 one half, even stays", "1.050", 1, "1.0"},
		{"3.2.4 one half, even stays", "2500", -3, "2000"},
		{"3.2.4 one half, odd goes up", "3500", -3, "4000"},
		{"3.2.5 negative", "-355", -1, "-360"},
		{"3.2.5 negative", "-325", -1, "-320"},
		{"3.2.5 negative", "-0.0365", 3, "-0.036"},
		{"3.3 once, not step by step", "97.46", 0, "97"},
		{"3.3 once, not step by step", "15.4546", 0, "15"},
		{"fills up with zeros", "5", 2, "5.00"},
		{"to nothing", "0.4", 0, "0"},
		{"to nothing from below", "-0.4", 0, "0"},
	} {
		if got := dec(tt.in).Round(tt.places).String(); got != tt.want {
			t.Errorf("%s: %s to %d places is %s, want %s", tt.clause, tt.in, tt.places, got, tt.want)
		}
	}
}

// The examples of GB/T 8170-2008, 3.4: to one half and to one fifth.
func TestRoundToAnInterval(t *testing.T) {
	for _, tt := range []struct{ in, interval, want string }{
		{"60.25", "0.5", "60.0"},
		{"60.38", "0.5", "60.5"},
		{"60.28", "0.5", "60.5"},
		{"-60.75", "0.5", "-61.0"},
		{"830", "20", "840"},
		{"842", "20", "840"},
		{"832", "20", "840"},
		{"-930", "20", "-920"},
		{"0.07", "0.05", "0.05"},
		{"1268", "100", "1300"},
	} {
		if got := dec(tt.in).RoundTo(dec(tt.interval)).String(); got != tt.want {
			t.Errorf("%s to %s is %s, want %s", tt.in, tt.interval, got, tt.want)
		}
	}
}
