package assess

import (
	"strings"

	"mingpin/assess/quantity"
)

const (
	clauseFloor    = "《中华人民共和国标准化法》第二十一条"
	clauseMust     = "《中华人民共和国标准化法》第二十五条"
	clausePublish  = "《中华人民共和国标准化法》第二十七条"
	clauseMethods  = "《企业标准化促进办法》第十二条"
	clauseLower    = "《企业标准化促进办法》第十四条"
	clauseQuality  = "《中华人民共和国产品质量法》第二十六条"
	clauseAdvert   = "《中华人民共和国广告法》第九条"
	clauseWellKnow = "《中华人民共和国商标法》第十四条"
)

// lawRules are the hard checks that national law sets.
var lawRules = []rule{
	{"MP-L01", Block, clauseFloor, belowMandatory},
	{"MP-L02", Block, clauseLower, lowerWithoutStatement},
	{"MP-L03", Block, clauseLower, fewerWithoutStatement},
	{"MP-L04", Block, clauseMethods, withoutTestMethod},
	{"MP-L05", Block, clausePublish, executedWithdrawn},
	{"MP-L06", Block, clausePublish, executedNotYet},
	{"MP-L07", Block, clausePublish, noExecutedStandard},
	{"MP-L08", Block, clausePublish, notPublic},
	{"MP-L09", Block, clauseQuality, measuredFails},
	{"MP-L10", Block, clauseMust, measuredBelowMandatory},
	{"MP-L11", Quality, clausePublish, executedStatusUnknown},
	{"MP-L12", Quality, clauseAdvert, superlatives},
	{"MP-L13", Quality, clauseWellKnow, wellKnownMark},
}

// A comparison is one row against one of its comparators, with its 标准水平.
type comparison struct {
	row      Indicator
	other    Comparator
	standard Standard
	level    quantity.Result
}

// lowerLimit reports whether the own limit is lower than the comparator's. The
// law knows no way out through another test method, so methods are left aside.
func (x comparison) lowerLimit() bool {
	if x.row.Own.Limit.IsZero() {
		return false // fewer, not lower
	}
	own, other := quantity.Side{Limit: x.row.Own.Limit}, quantity.Side{Limit: x.other.Limit}
	return quantity.CompareLimits(x.row.Spec, own, other, nil).Verdict == quantity.Worse
}

// worseProduct reports whether the measured value is worse than the
// comparator's limit, methods left aside likewise.
func (x comparison) worseProduct() bool {
	other := quantity.Side{Limit: x.other.Limit}
	return quantity.CompareMeasured(x.row.Spec, x.row.Measured.Value, nil, other, nil).Verdict == quantity.Worse
}

// comparisons are all of the table.
func (c *context) comparisons() []comparison {
	var out []comparison
	for n, row := range c.rows() {
		r := c.e.Indicators[n]
		for k, other := range row.Comparators {
			out = append(out, comparison{row, other, c.standards[other.Standard], r.Level[k].Result})
		}
	}
	return out
}

func (c *context) comparisonArgs(x comparison) Args {
	return Args{
		"Indicator": x.row.Name, "Standard": c.number(x.other.Standard), "Limit": x.other.Limit.String(),
		"Own": x.row.Own.Limit.String(), "Value": x.row.Measured.Value.String(),
	}
}

func belowMandatory(c *context) []finding {
	return each(c.comparisons(), func(x comparison) []finding {
		below := x.standard.Class == ClassMandatory && x.lowerLimit()
		return one(below, indicatorField(x.row.ID, "own.limit"), c.comparisonArgs(x))
	})
}

// isRecommended tells the classes of standards whose use is voluntary by law
// (标准化法 art. 2): recommended national, industry and local ones.
func isRecommended(class string) bool {
	return class == ClassRecommended || class == ClassIndustry || class == ClassLocal
}

// statesLower reports whether fewer or lower indicators are stated expressly,
// at the row or at the publication of the executed standard.
func (c *context) statesLower(i Indicator) bool {
	s, _ := c.executed()
	return !blank(i.Lower) || !blank(s.Published.Lower)
}

func lowerWithoutStatement(c *context) []finding {
	return each(c.comparisons(), func(x comparison) []finding {
		lower := isRecommended(x.standard.Class) && x.lowerLimit() && !c.statesLower(x.row)
		return one(lower, indicatorField(x.row.ID, "lower"), c.comparisonArgs(x))
	})
}

// fewerWithoutStatement finds indicators a recommended standard limits and the
// own standard does not.
func fewerWithoutStatement(c *context) []finding {
	return each(c.comparisons(), func(x comparison) []finding {
		fewer := isRecommended(x.standard.Class) && !x.other.Limit.IsZero() && x.row.Own.Limit.IsZero() && !c.statesLower(x.row)
		return one(fewer, indicatorField(x.row.ID, "own.limit"), c.comparisonArgs(x))
	})
}

func withoutTestMethod(c *context) []finding {
	return each(c.rows(), func(i Indicator) []finding {
		bare := !i.Own.Limit.IsZero() && len(i.Own.Methods) == 0
		return one(bare, indicatorField(i.ID, "own.methods"), Args{"Indicator": i.Name})
	})
}

func executedWithdrawn(c *context) []finding {
	s, _ := c.executed()
	gone := s.Status == StatusWithdrawn || s.Status == StatusReplaced
	return one(gone, standardField(s.ID, "status"), Args{"Standard": s.Number, "Status": s.Status})
}

func executedNotYet(c *context) []finding {
	s, _ := c.executed()
	early := s.Status == StatusNotYet || s.From > c.s.Date
	return one(early, standardField(s.ID, "from"), Args{"Standard": s.Number, "From": string(s.From), "Date": string(c.s.Date)})
}

func noExecutedStandard(c *context) []finding {
	s, there := c.executed()
	return one(!there || blank(s.Number), c.applicationField("standard"), nil)
}

func notPublic(c *context) []finding {
	s, there := c.executed()
	hidden := there && (s.Published.On == "" || blank(s.Published.Platform) || s.Published.On > c.s.Date)
	return one(hidden, standardField(s.ID, "published.on"), Args{"Standard": s.Number, "On": string(s.Published.On)})
}

func measuredFails(c *context) []finding {
	var out []finding
	for n, i := range c.rows() {
		if r := c.e.Indicators[n].Conforms; r.Known && !r.Holds {
			out = append(out, finding{field: indicatorField(i.ID, "measured.value"), args: Args{
				"Indicator": i.Name, "Value": i.Measured.Value.String(), "Own": i.Own.Limit.String(),
			}})
		}
	}
	return out
}

// measuredBelowMandatory looks at the product itself where the own standard
// sets no limit that would show it.
func measuredBelowMandatory(c *context) []finding {
	return each(c.comparisons(), func(x comparison) []finding {
		below := x.standard.Class == ClassMandatory && x.worseProduct()
		return one(below, indicatorField(x.row.ID, "measured.value"), c.comparisonArgs(x))
	})
}

func executedStatusUnknown(c *context) []finding {
	s, there := c.executed()
	unknown := there && (s.Status == "" || s.Status == StatusUnknown || s.StatusOn == "")
	return one(unknown, standardField(s.ID, "status"), Args{"Standard": s.Number})
}

// superlativeWords are words 广告法 art. 9 (3) bans or that need proof wherever
// they stand. 国内领先 is left out: the programme itself positions so.
var superlativeWords = []string{
	"国家级", "最高级", "最佳", "最好", "最优", "最强", "最先进", "最权威", "最安全", "最健康", "最畅销", "最受欢迎", "最顶尖", "最大规模",
	"规模最大", "销量最大", "质量最好", "唯一", "独家", "首个", "首家", "首创", "顶级", "极品", "终极", "国际领先", "世界领先", "全球领先", "国际顶尖",
	"行业第一", "全国第一", "国内第一", "全省第一", "世界第一", "全球第一", "销量第一", "排名第一", "第一品牌", "中国第一", "遥遥领先", "填补国内空白", "填补国际空白",
}

// A statement is a text that goes into the volume, and whether evidence stands
// behind it.
type statement struct {
	text   string
	at     Field
	proven bool
}

// statements are all of them, found once for all rules.
func (c *context) statements() []statement {
	if c.texts != nil {
		return c.texts
	}
	a := c.s.Application
	out := []statement{
		{a.ProductName, c.applicationField("productName"), false},
		{a.Description, c.applicationField("description"), false},
		{c.s.Client.Profile, c.clientField("profile"), false},
		{c.s.Declaration.Extra, c.declarationField("extra"), false},
	}
	for _, f := range c.s.Findings {
		out = append(out, statement{f.Statement, c.findingField(f.Requirement, "statement"), len(f.Evidence) > 0})
	}
	for _, i := range c.rows() {
		_, reported := c.report(i)
		out = append(out, statement{i.Note, indicatorField(i.ID, "note"), reported})
	}
	c.texts = out
	return out
}

func superlatives(c *context) []finding {
	return each(c.statements(), func(s statement) []finding {
		if s.proven {
			return nil
		}
		var words []string
		for _, w := range superlativeWords {
			if strings.Contains(s.text, w) {
				words = append(words, w)
			}
		}
		if len(words) == 0 {
			return nil
		}
		return one(true, s.at, Args{"Words": strings.Join(words, "、")})
	})
}

func wellKnownMark(c *context) []finding {
	return each(c.statements(), func(s statement) []finding {
		return one(strings.Contains(s.text, "驰名商标"), s.at, nil)
	})
}
