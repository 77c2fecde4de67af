package quantity

import "strings"

// word is a unit that reads differently from its code.
type word struct{ zh, en string }

var unitWords = map[string]word{
	"Cel": {"℃", "°C"}, "[degF]": {"℉", "°F"}, "deg": {"°", "°"}, "'": {"′", "′"}, "''": {"″", "″"},
	"[ppth]": {"‰", "‰"}, "[ppm]": {"ppm", "ppm"}, "[ppb]": {"ppb", "ppb"}, "[pH]": {"pH", "pH"},
	"{CNY}": {"元", "CNY"}, "10*3.{CNY}": {"千元", "thousand CNY"}, "10*4.{CNY}": {"万元", "10,000 CNY"},
	"10*6.{CNY}": {"百万元", "million CNY"}, "10*8.{CNY}": {"亿元", "100 million CNY"},
	"{pc}": {"个", "pcs"}, "{set}": {"台", "sets"}, "{item}": {"项", "items"}, "{time}": {"次", "times"},
	"{batch}": {"批", "batches"}, "{person}": {"人", "persons"}, "{firm}": {"家", "firms"},
	"{fold}": {"倍", "-fold"}, "{point}": {"分值", "points"}, "{class}": {"级", "class"}, "{r}": {"r", "r"}, "{r}/min": {"r/min", "r/min"},
	"%{vol}": {"%vol", "% vol"}, "%{RH}": {"%RH", "% RH"}, "dB{A}": {"dB(A)", "dB(A)"}, "dB{C}": {"dB(C)", "dB(C)"},
	"mg{KOH}/g": {"mg(KOH)/g", "mg KOH/g"}, "mm[Hg]": {"mmHg", "mmHg"}, "kW.h": {"kW·h", "kW·h"},
	"min": {"min", "min"}, "d": {"d", "d"}, "mo": {"月", "months"}, "a": {"年", "years"}, "wk": {"周", "weeks"},
	"har": {"hm²", "ha"}, "[mu_cn]": {"亩", "mu"}, "t": {"t", "t"},
	"Ohm": {"Ω", "Ω"}, "[den]": {"den", "den"},
}

// Print is u as a page shows it in the language "zh-CN" or "en": ℃, μg/kg,
// g/100g, 万元.
func (u Unit) Print(lang string) string {
	if w, ok := unitWords[string(u)]; ok {
		return w.in(lang)
	}
	over, under, quotient := strings.Cut(string(u), "/")
	if !quotient {
		return printed(over)
	}
	return partWord(over, lang) + "/" + partWord(under, lang)
}

func (w word) in(lang string) string {
	if strings.HasPrefix(lang, "zh") {
		return w.zh
	}
	return w.en
}

// partWord prints one side of a quotient; hundred grams read as 100g.
func partWord(code, lang string) string {
	if w, ok := unitWords[code]; ok {
		return w.in(lang)
	}
	if inner, ok := strings.CutPrefix(code, "("); ok && strings.HasSuffix(inner, ")") {
		inner = inner[:len(inner)-1]
		if number := leading(inner, "0123456789"); number != "" {
			return number + printed(strings.TrimPrefix(inner[len(number):], "."))
		}
		return "(" + printed(inner) + ")"
	}
	return printed(code)
}

var signs = strings.NewReplacer(
	"{MPN}", "MPN", ".", "·", "{", "(", "}", ")", "[CFU]", "CFU", "[iU]", "IU", "Ohm", "Ω", "Cel", "℃",
	"m2", "m²", "m3", "m³", "s2", "s²", "-1", "⁻¹", "-2", "⁻²", "10*", "10^",
	"ug", "μg", "um", "μm", "uL", "μL", "us", "μs", "umol", "μmol", "uA", "μA", "uV", "μV", "uF", "μF", "uH", "μH", "uS", "μS", "uW", "μW", "uSv", "μSv",
)

func printed(code string) string { return signs.Replace(code) }
