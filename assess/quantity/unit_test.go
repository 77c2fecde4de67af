package quantity_test

import (
	"errors"
	"strings"
	"testing"

	"mingpin/assess/quantity"
)

func TestParseUnitReadsWhatPeopleWrite(t *testing.T) {
	for in, want := range map[string]quantity.Unit{
		"": "", "mg/kg": "mg/kg", "℃": "Cel", "°C": "Cel", "%": "%", "％": "%", "‰": "[ppth]",
		"g/100g": "g/(100.g)", "g/100 g": "g/(100.g)", "g／100g": "g/(100.g)", "mg/100mL": "mg/(100.mL)",
		"µg/kg": "ug/kg", "μg/kg": "ug/kg", "ug/kg": "ug/kg", "dB(A)": "dB{A}", "dB（A）": "dB{A}", "dB": "dB",
		"元": "{CNY}", "万元": "10*4.{CNY}", "亿元": "10*8.{CNY}", "个": "{pc}", "项": "{item}",
		"mmol/kg": "mmol/kg", "meq/kg": "meq/kg", "m²": "m2", "㎡": "m2", "g/cm³": "g/cm3", "W/(m·K)": "W/(m.K)",
		"N·m": "N.m", "kW·h": "kW.h", "kWh": "kW.h", "r/min": "{r}/min", "CFU/g": "[CFU]/g", "cfu/mL": "[CFU]/mL",
		"MPN/100g": "{MPN}/(100.g)", "%vol": "%{vol}", "mg KOH/g": "mg{KOH}/g", "mg(KOH)/g": "mg{KOH}/g",
		"MPa": "MPa", "Ω": "Ohm", "MΩ": "MOhm", "元/吨": "{CNY}/t", "个/m²": "{pc}/m2", "万元/人": "10*4.{CNY}/{person}",
		"lm/W": "lm/W", "cd/m²": "cd/m2", "kg/m3": "kg/m3", "小时": "h", "L/min": "L/min", "pH": "[pH]", "K": "K",
		"mm[Hg]": "mm[Hg]", "10*9/L": "10*9/L", "m.s-2": "m.s-2",
	} {
		if got, err := quantity.ParseUnit(in); err != nil || got != want {
			t.Errorf("ParseUnit(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
}

func TestParseUnitRefusesWhatIsNone(t *testing.T) {
	for in, want := range map[string]string{
		"mg/kgg": quantity.UnitUnknown, "foo": quantity.UnitUnknown, "/": quantity.UnitUnknown, "mg//kg": quantity.UnitUnknown,
		"(g": quantity.UnitUnknown, "g)": quantity.UnitUnknown, "m99": quantity.UnitUnknown, "{": quantity.UnitUnknown,
		"{}": quantity.UnitUnknown, "0": quantity.UnitUnknown, "kCel": quantity.UnitUnknown, "kmin": quantity.UnitUnknown,
		strings.Repeat("(", 20) + "g" + strings.Repeat(")", 20): quantity.UnitUnknown,
		strings.Repeat("m.", 40) + "m":                          quantity.UnitTooLong,
	} {
		_, err := quantity.ParseUnit(in)
		var u *quantity.UnitError
		if !errors.As(err, &u) || u.Reason != want {
			t.Errorf("ParseUnit(%q): %v, want %s", in, err, want)
		}
	}
}

func TestUnitsPrintAsPagesWriteThem(t *testing.T) {
	for code, want := range map[quantity.Unit][2]string{
		"Cel": {"℃", "°C"}, "ug/kg": {"μg/kg", "μg/kg"}, "g/(100.g)": {"g/100g", "g/100g"}, "dB{A}": {"dB(A)", "dB(A)"},
		"10*4.{CNY}": {"万元", "10,000 CNY"}, "[ppth]": {"‰", "‰"}, "[CFU]/g": {"CFU/g", "CFU/g"}, "{CNY}/t": {"元/t", "CNY/t"},
		"W/(m.K)": {"W/(m·K)", "W/(m·K)"}, "cd/m2": {"cd/m²", "cd/m²"}, "MOhm": {"MΩ", "MΩ"}, "": {"", ""}, "%{vol}": {"%vol", "% vol"},
	} {
		if zh, en := code.Print("zh-CN"), code.Print("en"); zh != want[0] || en != want[1] {
			t.Errorf("%s prints as %q and %q, want %q", code, zh, en, want)
		}
	}
}

func TestEveryOfferedUnitIsReadBackFromItsPrint(t *testing.T) {
	for _, u := range quantity.Units() {
		if err := u.Check(); err != nil {
			t.Errorf("%s is no unit: %v", u, err)
		}
		if back, err := quantity.ParseUnit(u.Print("zh-CN")); err != nil || back != u {
			t.Errorf("%s prints as %q, which reads as %q, %v", u, u.Print("zh-CN"), back, err)
		}
	}
}

func TestConvert(t *testing.T) {
	for name, tt := range map[string]struct {
		value    string
		from, to quantity.Unit
		quantity quantity.Quantity
		want     string
	}{
		"percent and per mille":          {"1.5", "%", "[ppth]", "", "15"},
		"percent and mass fraction":      {"0.3", "%", "mg/kg", "", "3000"},
		"g/100g is a percentage":         {"2", "g/(100.g)", "%", "", "2"},
		"g/kg is per mille":              {"2", "g/kg", "[ppth]", "", "2"},
		"micrograms":                     {"5.0", "ug/kg", "mg/kg", "", "0.005"},
		"ppm is mg/kg":                   {"7", "[ppm]", "mg/kg", "", "7"},
		"Celsius has an offset":          {"25", "Cel", "K", "", "298.15"},
		"and back":                       {"0", "K", "Cel", "", "-273.15"},
		"Fahrenheit":                     {"212", "[degF]", "Cel", "", "100"},
		"a difference has no offset":     {"5", "Cel", "K", quantity.TemperatureDifference, "5"},
		"difference in Fahrenheit":       {"9", "[degF]", "K", quantity.TemperatureDifference, "5"},
		"peroxide in mmol":               {"0.25", "g/(100.g)", "mmol/kg", quantity.PeroxideValue, "9.85"},
		"peroxide in meq":                {"1", "g/(100.g)", "meq/kg", quantity.PeroxideValue, "78.8"},
		"peroxide between the two":       {"10", "meq/kg", "mmol/kg", quantity.PeroxideValue, "5"},
		"peroxide back":                  {"7.88", "meq/kg", "g/(100.g)", quantity.PeroxideValue, "0.1"},
		"peroxide without a finite end":  {"10", "meq/kg", "g/(100.g)", quantity.PeroxideValue, "0.1269035532994923857868020304568528"},
		"money":                          {"1.2", "10*8.{CNY}", "10*4.{CNY}", "", "12000"},
		"pressure":                       {"1", "N/mm2", "MPa", "", "1"},
		"bar":                            {"2.5", "bar", "kPa", "", "250"},
		"energy":                         {"1", "kW.h", "kJ", "", "3600"},
		"calories":                       {"100", "kcal", "kJ", "", "418.4"},
		"speed":                          {"25", "km/h", "m/s", "", "6.944444444444444444444444444444444"},
		"density":                        {"0.92", "g/cm3", "kg/m3", "", "920"},
		"litres":                         {"1", "m3", "L", "", "1000"},
		"months and years":               {"18", "mo", "a", "", "1.5"},
		"mu of land":                     {"15", "[mu_cn]", "har", "", "1"},
		"ohms from their definition":     {"1", "kV/mA", "MOhm", "", "1"},
		"heat conductivity":              {"0.04", "W/(m.Cel)", "W/(m.K)", "", "0.04"},
		"dB to itself":                   {"60", "dB{A}", "dB{A}", "", "60"},
		"the same unit keeps the digits": {"0.30", "mg/kg", "mg/kg", "", "0.30"},
	} {
		got, err := quantity.Convert(dec(tt.value), tt.from, tt.to, tt.quantity)
		if err != nil || got.String() != tt.want {
			t.Errorf("%s: %s %s = %s %s, %v; want %s", name, tt.value, tt.from, got, tt.to, err, tt.want)
		}
	}
}

func TestConvertRefuses(t *testing.T) {
	for name, tt := range map[string]struct {
		from, to quantity.Unit
		quantity quantity.Quantity
		want     string
	}{
		"mass by volume is no mass fraction":           {"mg/L", "mg/kg", "", quantity.UnitDimensions},
		"length and mass":                              {"m", "kg", "", quantity.UnitDimensions},
		"decibels are weighted or not":                 {"dB{A}", "dB", "", quantity.UnitLogarithmic},
		"decibels are not bels here":                   {"dB", "B", "", quantity.UnitLogarithmic},
		"percent by volume is another":                 {"%{vol}", "%", "", quantity.UnitDimensions},
		"nitrogen counted as such":                     {"mg{N}/kg", "mg/kg", "", quantity.UnitDimensions},
		"amount and mass without quantity":             {"mmol/kg", "g/(100.g)", "", quantity.UnitSpecific},
		"equivalents and amount without it":            {"meq/kg", "mmol/kg", "", quantity.UnitSpecific},
		"peroxide has no litres":                       {"mmol/L", "g/(100.g)", quantity.PeroxideValue, quantity.UnitDimensions},
		"things of different kind":                     {"{pc}", "{item}", "", quantity.UnitDimensions},
		"months are no number of days":                 {"mo", "d", "", quantity.UnitDimensions},
		"a code that is none":                          {"xyz", "m", "", quantity.UnitUnknown},
		"a target that is none":                        {"m", "xyz", "", quantity.UnitUnknown},
		"revolutions are not just per minute":          {"{r}/min", "/min", "", quantity.UnitDimensions},
		"a bare number is no percentage of a quantity": {"", "mg", "", quantity.UnitDimensions},
	} {
		_, err := quantity.Convert(dec("1"), tt.from, tt.to, tt.quantity)
		var u *quantity.UnitError
		if !errors.As(err, &u) || u.Reason != tt.want {
			t.Errorf("%s: %v, want %s", name, err, tt.want)
		}
	}
}

func TestOnlyThingsAreCounted(t *testing.T) {
	for u, want := range map[quantity.Unit]bool{"{pc}": true, "{item}": true, "{person}": true, "{CNY}": false, "10*4.{CNY}": false, "mg/kg": false, "": false, "{pc}/m2": false, "dB{A}": false, "nonsense": false} {
		if u.IsCount() != want {
			t.Errorf("IsCount(%q) = %v", u, !want)
		}
	}
}
