package assess

import (
	"slices"
	"strings"

	"mingpin/assess/programme"
)

// vetoRules are the exclusions regional brands have in common (一票否决). Each
// reads the gates of the pack that rest on its concepts: a failed gate that
// rests on law or an official text blocks, any other warns. Where no gate of
// the pack asks, the facts themselves are read and warn. The veto "executed
// standard void or below a mandatory one" is MP-L01 and MP-L05.
var vetoRules = []rule{
	{"MP-V01", Block, "各计划共同否决项：申报材料虚假", dishonestFile},
	{"MP-V02", Block, "各计划共同否决项：注册地与法人资格", outOfRegion},
	{"MP-V03", Block, "各计划共同否决项：经营年限", veto("operating.since")},
	{"MP-V04", Block, "各计划共同否决项：三年内重大质量、安全、环保、卫生事故", veto("incident-major")},
	{"MP-V05", Block, "各计划共同否决项：三年内监督抽查不合格", veto("sampling-failed")},
	{"MP-V06", Block, "《市场监督管理严重违法失信名单管理办法》", veto("dishonest-listed", "dishonest-listed.legal", "penalty-serious")},
	{"MP-V07", Block, "《工业产品生产许可证管理条例》、《中华人民共和国认证认可条例》第二十七条", licences},
	{"MP-V08", Block, "各计划共同否决项：自有有效商标", tradeMark},
	{"MP-V09", Block, "各计划共同否决项：五年内连续两年亏损", losses},
	{"MP-V10", Block, "各计划共同否决项：执行标准在截止日前自我声明公开", veto("standard.published_on")},
	{"MP-V11", Block, "各计划共同否决项：三年内偷逃税", veto("tax-evasion")},
	{"MP-V12", Block, "各计划共同否决项：被撤销授权后再申请", veto("authorisation-revoked")},
	{"MP-V13", Block, "各计划共同否决项：知识产权侵权", veto("ip-infringement")},
	{"MP-V14", Block, clausePack, otherFailedGates},
	{"MP-V15", Block, clausePack, unknownGates},
	{"MP-V16", Quality, clausePack, loneAttestations},
}

// vetoWindow is how far vetoes look back where no gate of the pack says so.
var vetoWindow = programme.Period{Years: 3}

// veto reads the failed gates that rest on the concepts, and events of the last
// three years where no gate asks about them.
func veto(concepts ...string) func(*context) []finding {
	return func(c *context) []finding {
		var out []finding
		for _, concept := range concepts {
			gates := c.gatesOn(concept)
			if len(gates) == 0 {
				out = append(out, c.eventsWithin(concept)...)
			}
			for _, g := range gates {
				if f, failed := c.failedGate(g); failed && firstOf(g, concepts) == concept {
					out = append(out, f)
				}
			}
		}
		return out
	}
}

// firstOf is the first of the concepts that gate g rests on, so that a gate on
// several is named once.
func firstOf(g programme.Gate, concepts []string) string {
	for _, concept := range concepts {
		if slices.Contains(g.Concepts, concept) {
			return concept
		}
	}
	return ""
}

func (c *context) gatesOn(concept string) []programme.Gate {
	var out []programme.Gate
	for _, g := range c.p.Gates {
		if slices.Contains(g.Concepts, concept) {
			out = append(out, g)
		}
	}
	return out
}

func (c *context) failedGate(g programme.Gate) (finding, bool) {
	r := c.gateResults[g.ID]
	if r.State != programme.Fails {
		return finding{}, false
	}
	f := finding{field: c.gateEntry(g), args: Args{"Gate": g.ID, "Clause": g.Clause, "Found": found(r.From)}}
	if !r.Blocks {
		f.severity = Quality
	}
	return f, true
}

// gateEntry is where what decides a gate is entered: its first concept, or the
// attestation.
func (c *context) gateEntry(g programme.Gate) Field {
	if g.Test != "" && len(g.Concepts) > 0 {
		return factField(g.Concepts[0])
	}
	return c.gateField(g.ID)
}

// found lists what a condition looked up, for the message.
func found(d Derivation) string {
	var parts []string
	for _, p := range d.Parts {
		if p.Value != "" {
			parts = append(parts, p.Args["Call"]+" = "+p.Value)
		}
	}
	return strings.Join(parts, "; ")
}

// eventsWithin finds events of a concept within the look-back window.
func (c *context) eventsWithin(concept string) []finding {
	since := c.s.Date.Minus(vetoWindow)
	return each(c.env.sources[concept], func(f Fact) []finding {
		hit := c.p.Concepts[concept].Type == programme.Event && !f.None && f.moment() >= since
		if !hit {
			return nil
		}
		return []finding{{
			field: field(KindFact, f.ID, "value"), severity: Quality,
			args: Args{"Gate": concept, "Clause": "", "Found": string(f.moment())},
		}}
	})
}

// dishonestFile is the denial of a gate on the truth of the file: an attested
// gate without concepts that names the truth of the material.
func dishonestFile(c *context) []finding {
	return each(c.p.Gates, func(g programme.Gate) []finding {
		if !truthGate(g) {
			return nil
		}
		if f, failed := c.failedGate(g); failed {
			return []finding{f}
		}
		return nil
	})
}

// truthGate reports whether g asks for the truth of the file itself.
func truthGate(g programme.Gate) bool {
	return g.Attested && (strings.Contains(g.ID, "truth") || strings.Contains(g.ID, "true") || strings.Contains(g.ID, "authentic"))
}

// outOfRegion compares the registered address with the region of the pack and
// reads the gate on a producing site in it.
func outOfRegion(c *context) []finding {
	out := veto("province.site")(c)
	if len(out) > 0 || len(c.gatesOn("province.site")) > 0 || len(c.p.Region) != 6 {
		return out
	}
	province := strings.TrimRight(c.p.Region, "0")
	outside := c.s.Client.Region != "" && !strings.HasPrefix(c.s.Client.Region, province)
	return one(outside, c.clientField("region"), Args{"Gate": "province.site", "Clause": "", "Found": "client.region = " + c.s.Client.Region})
}

func losses(c *context) []finding {
	out := veto("net-profit")(c)
	if len(c.gatesOn("net-profit")) > 0 {
		return out
	}
	loss := map[int]bool{}
	for _, f := range c.env.sources["net-profit"] {
		loss[f.Year] = loss[f.Year] || strings.HasPrefix(f.Value, "-")
	}
	for year := c.s.Date.Year() - 1; year > c.s.Date.Year()-5; year-- {
		if loss[year] && loss[year-1] {
			return []finding{{
				field: factField("net-profit"), severity: Quality,
				args: Args{"Gate": "net-profit", "Clause": "", "Found": itoa(year-1) + ", " + itoa(year)},
			}}
		}
	}
	return out
}

// licences reads the gate on licences; without one, it finds needed licences
// and compulsory certificates that are not shown, or a question left open.
func licences(c *context) []finding {
	if len(c.gatesOn("licence.valid_until")) > 0 {
		return veto("licence.valid_until")(c)
	}
	shown := slices.ContainsFunc(c.s.Evidence, func(e Evidence) bool {
		return slices.ContainsFunc(e.Slots, isLicence) && e.Size > 0 && (e.Expires == "" || e.Expires >= c.s.Date)
	})
	needed := c.s.Application.Licences
	open := needed == "" || (needed == "yes" && !shown)
	return one(open, c.applicationField("licences"), Args{"Gate": "licence.valid_until", "Clause": "", "Found": "application.licences = " + needed})
}

// isLicence tells the kinds of evidence that are licences or compulsory
// certificates.
func isLicence(slot string) bool {
	return slot != "business-licence" && (strings.Contains(slot, "licence") || strings.Contains(slot, "permit") || slot == "ccc")
}

// tradeMark reads the gates on the mark; beside them, it finds a mark without
// a registration number and, where no gate looks, one that has expired.
func tradeMark(c *context) []finding {
	out := veto("trade-mark.own", "trade-mark.valid_until")(c)
	b := c.s.Application.Brand
	if len(out) == 0 && blank(b.Number) {
		out = append(out, finding{field: c.applicationField("brand.number"), severity: Quality, args: Args{"Gate": "trade-mark.own", "Clause": "", "Found": "application.brand_number = "}})
	}
	if len(c.gatesOn("trade-mark.valid_until")) == 0 && b.Expires != "" && b.Expires < c.s.Date {
		out = append(out, finding{field: c.applicationField("brand.expires"), args: Args{"Gate": "trade-mark.valid_until", "Clause": "", "Found": "application.brand_expires = " + string(b.Expires)}})
	}
	return out
}

// vetoConcepts are the concepts the rules above read.
var vetoConcepts = []string{
	"operating.since", "incident-major", "sampling-failed", "dishonest-listed", "dishonest-listed.legal", "penalty-serious",
	"licence.valid_until", "trade-mark.own", "trade-mark.valid_until", "net-profit", "standard.published_on", "tax-evasion",
	"authorisation-revoked", "ip-infringement", "province.site",
}

// otherFailedGates finds the failed gates that none of the rules above names.
func otherFailedGates(c *context) []finding {
	return each(c.p.Gates, func(g programme.Gate) []finding {
		f, failed := c.failedGate(g)
		if !failed || truthGate(g) || firstOf(g, vetoConcepts) != "" {
			return nil
		}
		return []finding{f}
	})
}

// unknownGates finds the gates that cannot be decided: unknown never passes.
func unknownGates(c *context) []finding {
	return each(c.p.Gates, func(g programme.Gate) []finding {
		r := c.gateResults[g.ID]
		if r.State != programme.Unknown {
			return nil
		}
		f := finding{field: c.gateField(g.ID), args: Args{"Gate": g.ID, "Clause": g.Clause, "Missing": strings.Join(r.Missing, ", ")}}
		if len(r.Missing) > 0 {
			f.field = c.entry(r.Missing[0])
		}
		if !r.Blocks {
			f.severity = Hint
		}
		return []finding{f}
	})
}

// loneAttestations finds answers nobody can stand for: dated after the
// declaration, or given for a gate that facts decide.
func loneAttestations(c *context) []finding {
	return each(c.s.Attestations, func(a Attestation) []finding {
		g, known := c.p.Gate(a.Gate)
		idle := known && !g.Attested
		return one(known && (idle || a.On > c.s.Date || a.By == ""), c.gateField(a.Gate), Args{"Gate": a.Gate, "By": a.By, "On": string(a.On)})
	})
}
