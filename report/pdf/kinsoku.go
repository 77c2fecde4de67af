package pdf

// A class is what a character means for breaking lines.
type class uint8

const (
	word      class = iota // letters, digits and what belongs to them: unbroken
	digit                  // a word character that is a digit
	space                  // a break may follow; vanishes at the end of a line
	ideograph              // a break may stand on either side
	opens                  // may not end a line
	closes                 // may not begin a line
	point                  // the same in Latin writing: a bad break may follow
	relation               // ≥ ≤ ± and the like: bound to the number that follows
	joint                  // - / and the like inside a word: a bad break may follow
	counter                // 年 元 个: poorly parted from the number before it
	hidden                 // not drawn: marks of direction and width zero
	feed                   // line feed: ends the line
)

// classes of the basic plane, by rune; set once.
var classes = makeClasses()

func makeClasses() *[0x10000]class {
	var c [0x10000]class
	for r := 0x2E80; r < 0x10000; r++ {
		c[r] = ideograph
	}
	set := func(cl class, s string) {
		for _, r := range s {
			c[r] = cl
		}
	}
	set(ideograph, "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳□■▢▲△▼▽◆◇○●◎★☆☐☑☒✓✔✗→←↑↓√")
	set(digit, "0123456789")
	set(space, " \u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000")
	set(closes, "，。、；：？！）》」』】〕〗〉｝］”…—·～‥•々〻ーｰ‰℃℉°′″．｡､‧〞〟％")
	set(point, ",.;:?!)]}%’\"'")
	set(opens, "（《「『【〔〖〈｛［“‘([{￥＄￡¥$£＃〝№§")
	set(relation, "≥≤＞＜≈≠±><=＝≮≯∓~")
	set(joint, "-/_\\|+&@*–／")
	set(counter, "年月日时分秒元万亿个件份项条款页号吨克千毫米升次级倍家台套种类名人岁天周")
	set(hidden, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff\u007f")
	for r := 0xFE00; r <= 0xFE0F; r++ {
		c[r] = hidden
	}
	for r := range 0x20 {
		c[r] = hidden
	}
	c['\n'], c['\t'] = feed, space
	return &c
}

func classOf(r rune) class {
	if uint32(r) < 0x10000 {
		return classes[r]
	}
	return ideograph
}

// drawn reports whether r leaves a mark or a gap made by the font.
func drawn(r rune, c class) bool { return c != hidden && c != feed && r != '\t' }

// A quality tells how good a break between two characters is.
type quality uint8

const (
	never  quality = iota
	within         // inside a word: after the hyphen of a code, a comma of a number
	poor           // between what belongs together: a number and its unit
	good
)

// between is the quality of a break between two characters that follow each
// other.
func between(a, b class) quality {
	switch {
	case a == opens, b == space, b == closes, b == point, b == hidden:
		return never
	case a == digit && b == counter:
		return poor
	case a == ideograph, a == counter, a == closes:
		return good
	case a == relation:
		return poor
	case b == ideograph, b == counter, b == opens:
		return good
	case b == joint:
		return never
	case b == relation:
		return poor
	case a == point, a == joint:
		return within
	}
	return never
}

// overSpace is the quality of a break at a space with a before it and b after.
// A number stays with its unit (0.30 mg/kg), a standard with its number
// (GB 2716), a relation with what it relates (≤ 0.3).
func overSpace(a, b class) quality {
	switch {
	case b == closes:
		return never
	case a == relation, a == digit && b == word, a == word && b == digit:
		return poor
	}
	return good
}
