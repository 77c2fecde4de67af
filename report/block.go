// Package report turns a snapshot into blocks: headings, paragraphs, tables,
// figures. It is the only package that decides what is said in a volume and in
// which order; it has no opinion about paper. Sections are one file each.
//
// What is printed under a value id is part of the form of a package: verifying
// makes the same texts again and compares. To change such a text in the
// catalogue or in a section is to change the form, and packages handed in
// before would no longer verify.
package report

// A Doc is a sequence of blocks with the facts a renderer needs about the
// whole: what stands in the document information and at the edge of each page.
type Doc struct {
	Title    string
	Author   string
	Subject  string
	Keywords string
	Lang     string // BCP 47, e.g. zh-CN
	Header   []Span // running head, left; empty for none
	Mark     string // repeated at the head of every page, right: 示例数据, 参考; empty for none
	Footer   string // template of the page number: "第 %d 页 共 %d 页"
	Blocks   []Block
}

// A Block is one piece of a document: Heading, Paragraph, List, Table,
// Contents, Radar, Frame, Field, KeepTogether, Space or Break.
type Block interface{ block() }

// A Span is a run of text of one style. Value, when set, is the id under which
// the text can be read back from the finished page (see report/pdf.Values);
// ids are dotted paths such as "indicator.acid-value.measured".
type Span struct {
	Text  string
	Value string
	Bold  bool
	Tone  Tone
}

// Tone is the meaning a text's colour carries; never its only carrier.
type Tone string

// The tones of a document.
const (
	Ink    Tone = ""       // ordinary text
	Muted  Tone = "muted"  // secondary text
	Seal   Tone = "seal"   // accent, what blocks
	Holds  Tone = "holds"  // what is fulfilled
	Notice Tone = "notice" // what needs attention
)

// Align is the horizontal position of text in its box.
type Align string

// The alignments.
const (
	Left   Align = ""
	Center Align = "center"
	Right  Align = "right"
)

// A Heading opens a part. It appears in the outline and, down to the level the
// Contents block asks for, in the table of contents. Level 0 is a cover title:
// large, centred, in neither.
type Heading struct {
	Level int
	Text  string
	ID    string // anchor for links; may be empty
}

// A Paragraph is running text. Size 0 is body size; Indent gives the first
// line the two-character indent of Chinese prose.
type Paragraph struct {
	Spans  []Span
	Align  Align
	Indent bool
	Size   float64 // points; 0 = body
}

// A List is a sequence of short paragraphs with a label each ("1.", "(一)", "□").
type List struct{ Items []Item }

// An Item is one entry of a List.
type Item struct {
	Label string
	Spans []Span
}

// A Table has a head that is repeated on each page and rows that stay whole
// where they fit on a page. Column widths are proportions.
type Table struct {
	Caption string
	Columns []Column
	Head    [][]Cell // one or two rows, may span columns
	Rows    []Row
	Size    float64 // text size in points; 0 = table size of the renderer
}

// A Column of a Table.
type Column struct {
	Width float64 // proportion
	Align Align
}

// A Row of a Table. Group marks a row that labels those under it; it is set in
// bold on a shaded ground and kept with the next row.
type Row struct {
	Cells []Cell
	Group bool
}

// A Cell is the content of one table position. Span > 1 joins columns to the
// right; Rows > 1 joins cells below (the covered cells are left out of the
// rows below it).
type Cell struct {
	Spans []Span
	Span  int
	Rows  int
	Align Align  // Left means: as the column says
	Link  string // ID of a heading or frame, or an http, https or mailto address
}

// Text makes a plain cell or span list.
func Text(s string) []Span { return []Span{{Text: s}} }

// Value makes a span list whose text can be read back under id.
func Value(id, s string) []Span { return []Span{{Text: s, Value: id}} }

// A Contents block is the table of contents, filled in by the renderer with
// real page numbers and links.
type Contents struct {
	Title string
	Depth int
}

// A Radar is the figure of scores by dimension.
type Radar struct {
	Caption string
	Axes    []Axis
}

// An Axis of a Radar: Score of 100, as printed.
type Axis struct {
	Label string
	Score string // decimal string 0..100
	Value string // value id of the printed score; may be empty
}

// A Frame is a place on a page of its own for foreign content: an image or one
// page of a PDF file. The renderer asks its caller to fill it; a Frame page has
// head and foot like any other. Heading, when set, opens an outline entry.
type Frame struct {
	ID        string // handed to the filler
	Caption   []Span
	Heading   *Heading
	Landscape bool
}

// A Field is a box for a signature or seal of about 80 × 30 mm, with its label
// beside it. The renderer reports where it came to lie.
type Field struct {
	Name   string // name of the signature field in the file: "legal-representative"
	Labels []Span // lines printed beside the box: 法定代表人(签字), 日期
	Hint   string // printed faintly in the empty box: 签字 / 盖章
	Note   string // small print under it
}

// A Code is a QR code of Text with its lines beside it.
type Code struct {
	Text  string
	Lines [][]Span
}

// KeepTogether holds blocks that may not be parted by a page break.
type KeepTogether struct{ Blocks []Block }

// A Space is vertical room, in millimetres.
type Space struct{ MM float64 }

// A Break starts a new page, portrait or landscape.
type Break struct{ Landscape bool }

func (Heading) block()      {}
func (Paragraph) block()    {}
func (List) block()         {}
func (Table) block()        {}
func (Contents) block()     {}
func (Radar) block()        {}
func (Frame) block()        {}
func (Field) block()        {}
func (Code) block()         {}
func (KeepTogether) block() {}
func (Space) block()        {}
func (Break) block()        {}
