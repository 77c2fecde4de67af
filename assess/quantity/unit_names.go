package quantity

import (
	"regexp"
	"strings"
)

// unitNames are the names people write that do not follow from the code by a
// change of spelling.
var unitNames = map[string]string{
	"元": "{CNY}", "人民币元": "{CNY}", "CNY": "{CNY}", "RMB": "{CNY}", "¥": "{CNY}", "￥": "{CNY}",
	"千元": "10*3.{CNY}", "万元": "10*4.{CNY}", "百万元": "10*6.{CNY}", "亿元": "10*8.{CNY}",
	"个": "{pc}", "件": "{pc}", "只": "{pc}", "pcs": "{pc}", "pc": "{pc}", "台": "{set}", "套": "{set}",
	"项": "{item}", "条": "{item}", "次": "{time}", "批": "{batch}", "批次": "{batch}", "人": "{person}", "家": "{firm}",
	"分值": "{point}", "级": "{class}",
	"dB(A)": "dB{A}", "dBA": "dB{A}", "dB(C)": "dB{C}", "分贝": "dB", "分贝(A)": "dB{A}",
	"%vol": "%{vol}", "%(vol)": "%{vol}", "%(V/V)": "%{vol}", "%RH": "%{RH}", "%(RH)": "%{RH}",
	"rpm": "{r}/min", "r/min": "{r}/min", "转/分": "{r}/min", "转/分钟": "{r}/min", "转": "{r}", "r": "{r}",
	"pH": "[pH]", "ppm": "[ppm]", "ppb": "[ppb]", "‰": "[ppth]", "百分比": "%", "百分数": "%", "千分比": "[ppth]",
	"℃": "Cel", "°C": "Cel", "摄氏度": "Cel", "℉": "[degF]", "°F": "[degF]", "°": "deg", "′": "'", "″": "''",
	"千克": "kg", "公斤": "kg", "克": "g", "毫克": "mg", "微克": "ug", "吨": "t",
	"米": "m", "千米": "km", "公里": "km", "厘米": "cm", "毫米": "mm", "微米": "um", "纳米": "nm",
	"平方米": "m2", "立方米": "m3", "公顷": "har", "亩": "[mu_cn]", "升": "L", "毫升": "mL",
	"秒": "s", "分钟": "min", "小时": "h", "天": "d", "日": "d", "周": "wk", "月": "mo", "个月": "mo", "年": "a",
	"瓦": "W", "千瓦": "kW", "千瓦时": "kW.h", "kWh": "kW.h", "伏": "V", "安": "A", "欧": "Ohm", "赫兹": "Hz",
	"牛": "N", "帕": "Pa", "兆帕": "MPa", "mmHg": "mm[Hg]", "流明": "lm", "勒克斯": "lx",
	"mgKOH/g": "mg{KOH}/g", "mg(KOH)/g": "mg{KOH}/g", "cP": "cP", "VA": "VA", "kVA": "kVA",
	"字节": "By", "比特": "bit", "倍": "{fold}",
}

// offered are the units a person chooses from; any other code is read as well.
var offered = []string{
	"%", "[ppth]", "g/(100.g)", "mg/(100.g)", "g/kg", "mg/kg", "ug/kg", "%{vol}", "%{RH}",
	"g/L", "mg/L", "ug/L", "mg/m3", "ug/m3", "mg/m2", "kg/m3", "g/cm3", "mmol/kg", "meq/kg", "mg{KOH}/g",
	"[CFU]/g", "[CFU]/mL", "{MPN}/(100.g)", "[pH]", "Cel", "K", "m", "cm", "mm", "um", "nm", "km",
	"m2", "mm2", "m3", "L", "mL", "t", "kg", "g", "mg", "s", "min", "h", "d", "mo", "a",
	"N", "kN", "N.m", "Pa", "kPa", "MPa", "GPa", "N/mm2", "J", "kJ", "kJ/(100.g)", "W", "kW", "kW.h", "W/(m.K)",
	"V", "kV", "A", "mA", "Ohm", "MOhm", "Hz", "kHz", "lm", "lm/W", "lx", "cd/m2", "m/s", "km/h", "{r}/min",
	"mPa.s", "mm2/s", "dB", "dB{A}", "{pc}", "{set}", "{item}", "{time}", "{batch}", "{person}",
	"{CNY}", "10*4.{CNY}", "10*8.{CNY}", "1",
}

var spelling = strings.NewReplacer(
	"µ", "u", "μ", "u", "Ω", "Ohm", "Ω", "Ohm", "²", "2", "³", "3", "⁻¹", "-1", "⁻²", "-2",
	"㎡", "m2", "㎥", "m3", "㎎", "mg", "㎏", "kg", "㎜", "mm", "㎝", "cm", "㎞", "km",
	"·", ".", "•", ".", "⋅", ".", "∙", ".", "×", ".", "10^", "10*", "^", "", "℃", "Cel", "°C", "Cel", "‰", "[ppth]",
	"CFU", "[CFU]", "cfu", "[CFU]", "MPN", "{MPN}", "IU", "[iU]", "Kg", "kg", "Mpa", "MPa", "Kpa", "kPa", "KPa", "kPa",
	"[[CFU]]", "[CFU]", "{{MPN}}", "{MPN}",
)

// perHundred is the way standards write "in 100 g": UCUM wants brackets, or the
// g would come back into the numerator.
var perHundred = regexp.MustCompile(`/(10+|25)\.?(g|mL|ml|cm2|kg|L|m|km)$`)

// codeOf is the code people mean by s, or s itself in the spelling of codes.
func codeOf(s string) string {
	s = squeeze(s)
	if code := unitNames[s]; code != "" {
		return code
	}
	if strings.HasPrefix(s, "(") && strings.Count(s, "(") == 1 && strings.HasSuffix(s, ")") {
		return codeOf(s[1 : len(s)-1])
	}
	for _, word := range [...]string{"[CFU]", "{MPN}", "[iU]"} {
		if strings.Contains(s, word) {
			return s
		}
	}
	code := perHundred.ReplaceAllString(spelling.Replace(s), "/($1.$2)")
	if _, ok := parseUCUM(code); ok {
		return code
	}
	return byParts(s, code)
}

// byParts reads a quotient of names, such as 元/吨 or 个/m²; fallback is what s
// is otherwise.
func byParts(s, fallback string) string {
	parts := strings.Split(s, "/")
	if len(parts) != 2 {
		return fallback
	}
	over, ok1 := UnitByName(parts[0])
	under, ok2 := UnitByName(parts[1])
	if !ok1 || !ok2 {
		return fallback
	}
	if strings.ContainsAny(string(under), "./") {
		return string(over) + "/(" + string(under) + ")"
	}
	return string(over) + "/" + string(under)
}
