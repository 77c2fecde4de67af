package quantity_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"mingpin/assess/quantity"
)

func dec(s string) quantity.Decimal { return quantity.MustDecimal(s) }

func TestParseDecimalKeepsTheDigitsAsWritten(t *testing.T) {
	for in, want := range map[string]string{
		"0.30": "0.30", "0": "0", "0.00": "0.00", "-0.0": "0.0", "007": "7", "+5": "5", " 1.50 ": "1.50",
		"１２．５": "12.5", "－3": "-3", "−3": "-3", "-0.05": "-0.05", "100": "100",
		strings.Repeat("9", 40): strings.Repeat("9", 40), "0." + strings.Repeat("0", 29) + "1": "0." + strings.Repeat("0", 29) + "1",
	} {
		d, err := quantity.ParseDecimal(in)
		if err != nil || d.String() != want {
			t.Errorf("ParseDecimal(%q) = %v, %v; want %s", in, d, err, want)
		}
	}
}

func TestParseDecimalSaysWhatIsWrong(t *testing.T) {
	for in, want := range map[string]string{
		"": quantity.SyntaxEmpty, "  ": quantity.SyntaxEmpty, "-": quantity.SyntaxEmpty,
		"1,234.5": quantity.SyntaxThousands, "1，234": quantity.SyntaxThousands, "1'000": quantity.SyntaxThousands,
		"1.2e3": quantity.SyntaxExponent, "1E5": quantity.SyntaxExponent,
		"abc": quantity.SyntaxMalformed, "1.": quantity.SyntaxMalformed, ".5": quantity.SyntaxMalformed,
		"1.2.3": quantity.SyntaxMalformed, "--1": quantity.SyntaxMalformed, "1 2": quantity.SyntaxMalformed,
		"NaN": quantity.SyntaxMalformed, "Infinity": quantity.SyntaxMalformed, "0x10": quantity.SyntaxMalformed,
		strings.Repeat("9", 41):              quantity.SyntaxTooManyDigits,
		"0." + strings.Repeat("0", 30) + "1": quantity.SyntaxTooManyPlaces,
	} {
		_, err := quantity.ParseDecimal(in)
		var s *quantity.SyntaxError
		if !errors.As(err, &s) || s.Reason != want {
			t.Errorf("ParseDecimal(%q): %v; want %s", in, err, want)
		}
	}
}

func TestDecimalArithmeticIsExact(t *testing.T) {
	for name, tt := range map[string]struct{ got, want quantity.Decimal }{
		"a tenth and two tenths": {dec("0.1").Add(dec("0.2")), dec("0.3")},
		"places of a difference": {dec("0.50").Sub(dec("0.3")), dec("0.20")},
		"places of a product":    {dec("1.10").Mul(dec("2.0")), dec("2.200")},
		"forty digits":           {dec(strings.Repeat("9", 40)).Add(dec("1")), dec("1" + strings.Repeat("0", 39)).Mul(dec("10"))},
		"quotient that ends":     {dec("1").Quo(dec("8"), 10), dec("0.125")},
		"quotient, half to even": {dec("1").Quo(dec("8"), 2), dec("0.12")},
		"rounded only once":      {dec("0.1249999").QuoRound(dec("1"), 2), dec("0.12")},
		"negative":               {dec("0.5").Neg(), dec("-0.5")},
		"zero has no sign":       {dec("0.0").Neg(), dec("0.0")},
		"absolute":               {dec("-2.50").Abs(), dec("2.50")},
		"whole":                  {quantity.FromInt(-12), dec("-12")},
		"zero value is nought":   {quantity.Decimal{}, dec("0")},
	} {
		if !tt.got.Equal(tt.want) {
			t.Errorf("%s: %s, want %s", name, tt.got, tt.want)
		}
	}
}

func TestDecimalsCompareAsNumbers(t *testing.T) {
	if dec("0.30").Equal(dec("0.3")) || dec("0.30").Cmp(dec("0.3")) != 0 {
		t.Error("0.30 and 0.3 are one number written in two ways")
	}
	if dec("-1").Cmp(dec("0.5")) != -1 || dec("10").Cmp(dec("9.99")) != 1 {
		t.Error("order is not that of numbers")
	}
	if dec("-0.1").Sign() != -1 || dec("0.00").Sign() != 0 || dec("2").Sign() != 1 || !dec("0.00").IsZero() || dec("1.250").Places() != 3 {
		t.Error("sign, zero or places")
	}
}

func TestDecimalsAreStringsInJSON(t *testing.T) {
	b, err := json.Marshal(map[string]quantity.Decimal{"v": dec("0.30")})
	if err != nil || string(b) != `{"v":"0.30"}` {
		t.Fatalf("Marshal = %s, %v", b, err)
	}
	var back map[string]quantity.Decimal
	if err := json.Unmarshal(b, &back); err != nil || back["v"] != dec("0.30") {
		t.Errorf("Unmarshal = %v, %v", back, err)
	}
	for _, bad := range []string{`{"v":0.3}`, `{"v":"1e9"}`, `{"v":"` + strings.Repeat("1", 500) + `"}`, `{"v":""}`} {
		if err := json.Unmarshal([]byte(bad), &back); err == nil {
			t.Errorf("Unmarshal(%.40s) was let through", bad)
		}
	}
}
