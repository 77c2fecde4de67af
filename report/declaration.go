package report

import (
	"strings"

	"mingpin/assess"
)

// commitment is the 承诺书: that the material is true, in the programme's
// clauses.
func commitment(in Input) []Block {
	if len(in.Pack.Declaration.Commitment) == 0 {
		return nil
	}
	blocks := []Block{
		Break{},
		Heading{Level: 1, Text: in.word("commitment.title"), ID: "commitment"},
		Paragraph{Spans: Text(in.word("commitment.opening", map[string]string{"Client": in.Snapshot.Client.Name})), Indent: true},
	}
	blocks = append(blocks, in.clauses(in.Pack.Declaration.Commitment))
	return append(blocks, in.signatures("commitment", false)...)
}

// declaration is the 自我声明书 with the contents GB/T 27050.1 clause 6 asks
// for: number, issuer, object, statement, standards, date and place, signer,
// limits.
func declaration(in Input) []Block {
	s := in.Snapshot
	d := s.Declaration
	particulars := in.pairs([]pair{
		{in.word("declaration.number"), Value("declaration.number", orBlank(d.Number))},
		{in.word("declaration.issuer"), in.issuer()},
		{in.word("declaration.object"), in.object()},
		{in.word("declaration.standards"), Value("declaration.standards", orBlank(in.standards()))},
		{in.word("declaration.validity"), Value("declaration.validity", in.validity())},
		{in.word("declaration.issued"), Value("declaration.issued", strings.TrimSpace(in.date(s.Date)+" "+d.Place))},
	})
	particulars.Size = 8.5
	blocks := []Block{
		Break{},
		Heading{Level: 1, Text: in.word("declaration.title"), ID: "declaration"},
		particulars,
		Paragraph{Spans: Text(in.word("declaration.opening")), Indent: true},
		in.clauses(in.Pack.Declaration.Clauses),
	}
	if d.Extra != "" {
		blocks = append(blocks, Paragraph{Spans: Value("declaration.extra", d.Extra), Indent: true})
	}
	return append(blocks, in.signatures("", true)...)
}

// clauses numbers the texts of a declaration, placeholders filled.
func (in Input) clauses(ids []string) List {
	var l List
	for i, id := range ids {
		label := in.word("ordinal", map[string]string{"N": numeral(in.Text.Lang(), i+1)})
		l.Items = append(l.Items, Item{Label: label, Spans: Value("declared."+id, in.fill(in.pack(id, "text")))})
	}
	return l
}

// fill replaces the placeholders of a declaration text by what the snapshot
// says.
func (in Input) fill(text string) string {
	var pairs []string
	for name, value := range in.placeholders() {
		pairs = append(pairs, "{"+name+"}", value)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// placeholders holds a value for each of programme.Placeholders.
func (in Input) placeholders() map[string]string {
	s, std := in.Snapshot, in.executed()
	return map[string]string{
		"application.brand":       orBlank(s.Application.Brand.Name),
		"application.models":      orBlank(in.joined(s.Application.Models)),
		"application.product":     s.Application.ProductName,
		"application.standard":    orBlank(strings.TrimSpace(std.Number + " " + std.Title)),
		"client.address":          orBlank(s.Client.Address),
		"client.code":             s.Client.Code,
		"client.legal":            orBlank(s.Client.Legal.Name),
		"client.name":             s.Client.Name,
		"client.quality":          orBlank(s.Client.Quality.Name),
		"declaration.date":        in.date(s.Date),
		"declaration.number":      orBlank(s.Declaration.Number),
		"declaration.place":       orBlank(s.Declaration.Place),
		"declaration.valid_until": in.date(s.Declaration.ValidUntil),
		"pack.title":              in.pack("pack", "title"),
		"pack.version":            s.Pack.Version,
		"standard.number":         orBlank(std.Number),
		"standard.platform":       orBlank(std.Published.Platform),
		"standard.published_on":   in.date(std.Published.On),
		"standard.title":          orBlank(std.Title),
	}
}

func (in Input) executed() assess.Standard {
	std, _ := in.standard(in.Snapshot.Application.Standard)
	return std
}

func (in Input) issuer() []Span {
	c := in.Snapshot.Client
	return []Span{
		{Text: c.Name, Value: "client.name"},
		{Text: in.word("list.separator")},
		{Text: c.Code, Value: "client.code"},
		{Text: in.word("list.separator")},
		{Text: orBlank(c.Address), Value: "client.address"},
	}
}

func (in Input) object() []Span {
	a := in.Snapshot.Application
	return []Span{
		{Text: a.ProductName, Value: "application.product"},
		{Text: " "},
		{Text: orBlank(in.joined(a.Models)), Value: "application.models"},
		{Text: in.brand(), Value: "application.brand"},
	}
}

// brand prints the trade mark with its number, as far as there is one.
func (in Input) brand() string {
	b := in.Snapshot.Application.Brand
	switch {
	case b.Name == "":
		return ""
	case b.Number == "":
		return in.word("brand.unregistered", map[string]string{"Name": b.Name})
	}
	return in.word("brand", map[string]string{"Name": b.Name, "Number": b.Number})
}

// standards lists the executed standard and the mandatory ones the indicators
// are held against, as the declared requirements.
func (in Input) standards() string {
	var names []string
	if e := in.executed(); e.Number != "" {
		names = append(names, strings.TrimSpace(e.Number+" "+e.Title))
	}
	for _, s := range in.Snapshot.Standards {
		if s.Class == "mandatory" && s.Number != in.executed().Number {
			names = append(names, strings.TrimSpace(s.Number+" "+s.Title))
		}
	}
	return in.joined(names)
}

func (in Input) validity() string {
	d := in.Snapshot.Declaration
	parts := []string{}
	if !d.ValidUntil.IsZero() {
		parts = append(parts, in.word("declaration.until", map[string]string{"Date": in.date(d.ValidUntil)}))
	}
	if d.Limits != "" {
		parts = append(parts, d.Limits)
	}
	return orBlank(strings.Join(parts, in.word("sentence.separator")))
}

// signatures are the boxes for the signers in order. Only those of the
// declaration are signature fields of the file; the others are paper only.
func (in Input) signatures(prefix string, fields bool) []Block {
	signers := in.Snapshot.Signers
	if !fields && len(signers) > 1 {
		signers = signers[:1]
	}
	var blocks []Block
	for _, sg := range signers {
		name := ""
		if fields {
			name = sg.Role
		}
		blocks = append(blocks, KeepTogether{Blocks: []Block{Field{
			Name: name,
			Labels: []Span{
				{Text: in.word("signer." + sg.Role)},
				{Text: in.signer(sg), Value: prefixed(prefix, "signer."+sg.Role)},
				{Text: in.word("signer.date")},
			},
			Hint: in.word("signer.hint." + sg.Role),
		}}})
	}
	return blocks
}

// signer prints name and office.
func (in Input) signer(sg assess.Signer) string {
	if sg.Title == "" {
		return sg.Name
	}
	return in.word("signer.name", map[string]string{"Name": sg.Name, "Title": sg.Title})
}

func prefixed(prefix, id string) string {
	if prefix == "" {
		return id
	}
	return prefix + "." + id
}

// numeral writes a small ordinal the way the language numbers clauses.
func numeral(lang string, n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}
	if lang != "zh-CN" || n >= 100 {
		return itoa(n)
	}
	switch {
	case n <= 10:
		return digits[n]
	case n < 20:
		return "十" + digits[n-10]
	default:
		return digits[n/10] + "十" + digits[n%10]
	}
}
