package object

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// parse reads one object from text.
func parse(s string) (Object, error) {
	o, _, err := newParser(newLexer(strings.NewReader(s), int64(len(s)), 0)).object()
	return o, err
}

func TestObjectsAreReadAndWritten(t *testing.T) {
	cases := []struct {
		sentence, in string
		want         Object
		out          string // "" when equal to in
	}{
		{"null", "null", nil, ""},
		{"true", "true", true, ""},
		{"an integer", "-17", int64(-17), ""},
		{"a plus sign goes", "+17", int64(17), "17"},
		{"a real keeps its digits", "0.500", Real("0.500"), ""},
		{"a real without a leading digit", "-.002", Real("-.002"), ""},
		{"an integer too great becomes a real", "99999999999999999999", Real("99999999999999999999"), ""},
		{"two signs count as one", "--5", int64(-5), "-5"},
		{"two points: the first counts", "1.2.3", Real("1.2"), "1.2"},
		{"a lone sign is zero", "-", int64(0), "0"},
		{"a name", "/A#20b#2F", Name("A b/"), "/A#20b#2F"},
		{"a name with a lone #", "/A#x", Name("A#x"), "/A#23x"},
		{"the empty name", "/ ", Name(""), "/"},
		{"a literal string", `(a\(b\)\\ \101\7z\n)`, String("a(b)\\ A\az\n"), `(a\(b\)\\ A\007z\n)`},
		{"brackets in balance", "(a(b)c)", String("a(b)c"), `(a\(b\)c)`},
		{"a line goes on after a backslash", "(a\\\r\nb\r\nc)", String("ab\nc"), `(ab\nc)`},
		{"hexadecimal becomes literal", "<48 656C6c6F7>", String("Hellop"), "(Hellop)"},
		{"the empty string", "()", String{}, ""},
		{"an array with references", "[1 2 0 R 3 (x)/N[null]]", Array{int64(1), Ref{2, 0}, int64(3), String("x"), Name("N"), Array{nil}}, "[1 2 0 R 3 (x) /N [null]]"},
		{"a reference", "12 3 R", Ref{12, 3}, ""},
		{"an integer before another", "12 3 obj", int64(12), "12"},
		{"keys are sorted, /Type first, null is absent", "<</B 1/A<</D null>>/Type/X>>", Dict{"Type": Name("X"), "A": Dict{}, "B": int64(1)}, "<</Type /X/A <<>>/B 1>>"},
		{"a comment is passed over", "[% ] x\n1]", Array{int64(1)}, "[1]"},
		{"a reference to object 0 is null", "[0 0 R]", Array{nil}, "[null]"},
	}
	for _, c := range cases {
		t.Run(c.sentence, func(t *testing.T) {
			got, err := parse(c.in)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
			if c.out == "" {
				c.out = c.in
			}
			if out := string(Write(got)); out != c.out {
				t.Errorf("written %q, want %q", out, c.out)
			}
			if again, err := parse(c.out); err != nil || !cmp.Equal(again, got) {
				t.Errorf("read again %v, error %v", again, err)
			}
		})
	}
}

func TestBrokenObjectsAreSyntaxErrors(t *testing.T) {
	for _, in := range []string{"", "(abc", "<41", "<4x>", "[1 2", "<</A 1", "<</A>>", "<<1 2>>", ">", ")", "]", "foo", "[R]", "[1 (x) R]", "[1 obj]"} {
		var syntax *SyntaxError
		if o, err := parse(in); !errors.As(err, &syntax) {
			t.Errorf("%q: %v, error %v, want a *SyntaxError", in, o, err)
		}
	}
}

func TestAnyByteSurvivesInStringsAndNames(t *testing.T) {
	all := make([]byte, 0, 512)
	for i := range 256 {
		all = append(all, byte(i), byte(255-i))
	}
	want := Dict{Name(all): String(all)}
	got, err := parse(string(Write(want)))
	if err != nil || !cmp.Equal(got, Object(want)) {
		t.Errorf("bytes changed; error %v", err)
	}
}

func TestWhatIsNoObjectIsRefused(t *testing.T) {
	w := NewWriter(&bytes.Buffer{})
	for _, o := range []Object{3.14, "text", []byte("x"), Array{NewStream(nil, nil)}, Dict{"A": uint(1)}} {
		if err := w.Put(w.Alloc(), o); err == nil {
			t.Errorf("%T was written", o)
		}
	}
	if _, err := w.Add(3); err != nil {
		t.Errorf("an int was refused: %v", err)
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct {
		text string
		want String
	}{
		{"", String{}},
		{"Plain (ASCII)", String("Plain (ASCII)")},
		{"示例", String{0xFE, 0xFF, 0x79, 0x3A, 0x4F, 0x8B}},
		{"\U0002CB5A", String{0xFE, 0xFF, 0xD8, 0x72, 0xDF, 0x5A}},
		{"é", String{0xFE, 0xFF, 0, 0xE9}},
	} {
		got := Text(c.text)
		if !bytes.Equal(got, c.want) || got.Text() != c.text {
			t.Errorf("%q: % X, back %q", c.text, got, got.Text())
		}
	}
	for in, want := range map[string]string{
		"\xEF\xBB\xBF示例":                     "示例",
		"\xFF\xFE\x3A\x79":                   "示",
		"\x80 \xA0 caf\xE9":                  "• € café",
		"\xFE\xFF\x00\x1Bzh\x00\x1B\x79\x3A": "示",
		"\xFE\xFF\x79":                       "",
	} {
		if got := String(in).Text(); got != want {
			t.Errorf("% X: %q, want %q", in, got, want)
		}
	}
}

func TestMilli(t *testing.T) {
	for _, c := range []struct {
		in   Object
		want int64
		back string
	}{
		{int64(595), 595_000, "595"},
		{Real("595.2756"), 595_276, "595.276"},
		{Real("-.0005"), -1, "-0.001"},
		{Real("-0.25"), -250, "-0.25"},
		{Real("841.8"), 841_800, "841.8"},
		{Real("5."), 5000, "5"},
	} {
		got, ok := Milli(c.in)
		if back := string(Write(FromMilli(got))); !ok || got != c.want || back != c.back {
			t.Errorf("%v: %d %v, back %s; want %d, %s", c.in, got, ok, back, c.want, c.back)
		}
	}
	for _, o := range []Object{nil, Name("5"), Real("99999999999999999999"), int64(1) << 62, Real("1e5")} {
		if m, ok := Milli(o); ok {
			t.Errorf("%v is taken for %d thousandths", o, m)
		}
	}
}

type operation struct {
	Operator string
	Operands []Object
}

func TestScanner(t *testing.T) {
	content := "q 1 0 0 1 72.5 -3 cm\n/P <</MCID 0/A[(x)]>> BDC BT /F1 12 Tf [(ab) -120 <6364>] TJ (it's) ' ET EMC\n" +
		"BI /W 2 /H 1 /BPC 8 /CS /G ID \x00EI \x01 EI Q\n true /N gs\nT* f*"
	var got []operation
	s := Scan([]byte(content))
	for s.Next() {
		got = append(got, operation{s.Operator(), append([]Object{}, s.Operands()...)})
	}
	n := func(v int64) Object { return v }
	want := []operation{
		{"q", []Object{}},
		{"cm", []Object{n(1), n(0), n(0), n(1), Real("72.5"), n(-3)}},
		{"BDC", []Object{Name("P"), Dict{"MCID": n(0), "A": Array{String("x")}}}},
		{"BT", []Object{}},
		{"Tf", []Object{Name("F1"), n(12)}},
		{"TJ", []Object{Array{String("ab"), n(-120), String("cd")}}},
		{"'", []Object{String("it's")}},
		{"ET", []Object{}},
		{"EMC", []Object{}},
		{"BI", []Object{Dict{"W": n(2), "H": n(1), "BPC": n(8), "CS": Name("G")}, String("\x00EI \x01")}},
		{"Q", []Object{}},
		{"gs", []Object{true, Name("N")}},
		{"T*", []Object{}},
		{"f*", []Object{}},
	}
	if d := cmp.Diff(want, got); d != "" || s.Err() != nil {
		t.Errorf("error %v\n%s", s.Err(), d)
	}
}

func TestScannerStopsAtDamage(t *testing.T) {
	for _, in := range []string{"BI /W 1", "BI /W ID x EI", "BI /W 1 ID xxxx", "[1 2", strings.Repeat("1 ", 5000) + "m", strings.Repeat("[", 300)} {
		s := Scan([]byte(in))
		for s.Next() {
			_ = s.Operator()
		}
		if s.Err() == nil {
			t.Errorf("%.20q: no error", in)
		}
	}
	s := Scan([]byte("> ) ] q"))
	if !s.Next() || s.Operator() != "q" {
		t.Errorf("stray brackets are not passed over: %v", s.Err())
	}
}
