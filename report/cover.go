package report

func cover(in Input) []Block {
	s := in.Snapshot
	track := in.pack(s.Application.Track, "title")
	return []Block{
		Space{MM: 30},
		Paragraph{Spans: []Span{{Text: in.pack("pack", "title"), Tone: Seal, Bold: true}}, Align: Center, Size: 20},
		Space{MM: 6},
		Heading{Level: 0, Text: in.word("volume.title")},
		Paragraph{Spans: []Span{{Text: track, Value: "application.track", Tone: Muted}}, Align: Center, Size: 14},
		Space{MM: 34},
		in.pairs([]pair{
			{in.word("client.name"), Value("client.name", s.Client.Name)},
			{in.word("client.code"), Value("client.code", s.Client.Code)},
			{in.word("application.product"), Value("application.product", s.Application.ProductName)},
			{in.word("application.models"), Value("application.models", orBlank(in.joined(s.Application.Models)))},
			{in.word("declaration.number"), Value("declaration.number", orBlank(s.Declaration.Number))},
			{in.word("declaration.on"), Value("declaration.on", in.date(s.Date))},
		}),
		Space{MM: 30},
		Paragraph{Spans: []Span{
			{Text: in.word("cover.pack", map[string]string{"Version": s.Pack.Version}), Tone: Muted},
			{Text: s.Pack.Digest, Value: "pack.digest", Tone: Muted},
		}, Align: Center, Size: 8},
		Paragraph{Spans: []Span{
			{Text: in.word("cover.snapshot"), Tone: Muted},
			{Text: in.snapshotDigest(), Value: "snapshot.digest", Tone: Muted},
		}, Align: Center, Size: 8},
	}
}

// A pair is one labelled value.
type pair struct {
	label string
	value []Span
}

// pairs sets labelled values below each other.
func (in Input) pairs(ps []pair) Table {
	t := Table{Columns: []Column{{Width: 3}, {Width: 7}}}
	for _, p := range ps {
		t.Rows = append(t.Rows, Row{Cells: []Cell{
			{Spans: []Span{{Text: p.label, Tone: Muted}}}, {Spans: p.value},
		}})
	}
	return t
}

// snapshotDigest stands on the cover, so that a signature over the volume also
// binds every datum it was made from.
func (in Input) snapshotDigest() string {
	d, err := in.Snapshot.Digest()
	if err != nil {
		panic(err) // our own types always encode
	}
	return d
}
