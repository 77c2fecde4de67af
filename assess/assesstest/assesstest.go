// Package assesstest holds the sample client (示例数据), the fixed clock and the
// comparison with golden files. It is the only package that knows what the
// invented enterprise of the sample says; it is imported by tests and by the
// sample command only.
package assesstest

import (
	_ "embed"
	"fmt"
	"time"

	"mingpin/assess"
	"mingpin/assess/programme"
)

//go:embed sample.yaml
var text []byte

// sampleApplication and sampleClient are fixed ids, so that whatever is made
// from the sample is the same everywhere.
const (
	sampleApplication = "5a3d91c0-0e57-4b1e-9d35-6f2b8a7c1e01"
	sampleClient      = "5a3d91c0-0e57-4b1e-9d35-6f2b8a7c1e00"
)

// clientCode is the credit code of the invented enterprise: its check digit is
// right (GB 32100), its organisation code says EXAMP.
const clientCode = "91510100MAEXAMP01X"

// Clock is the moment at which everything about the sample happens:
// 2026-11-16 10:42:07 in China.
func Clock() time.Time {
	return time.Date(2026, 11, 16, 10, 42, 7, 0, time.FixedZone("CST", 8*3600))
}

// A Case is a complete application as a careful applicant would have entered
// it, in the order in which a vault takes it: Entities, then the Papers as
// evidence, then After, then Reviews.
type Case struct {
	// Date is the declaration date.
	Date assess.Date
	// Client is the enterprise. Its ID is empty: a vault gives it one.
	Client assess.Client
	// Application is the id of the application.
	Application string
	// Entities are all that can be saved before there is evidence.
	Entities []assess.Entity
	// Papers are the documents the applicant has collected.
	Papers []Paper
	// After are the entities that refer to evidence.
	After []assess.Entity

	reviews []assess.Review // without order, digest and parts
}

// A Paper is a document of the sample: its record, and what its file shows.
type Paper struct {
	Record    assess.Evidence // without digest, size and media type
	File      string          // name of the file: 营业执照.jpg
	Format    string          // pdf, jpeg, png, xlsx or docx
	Pages     int             // of a pdf
	Landscape bool            // of an image: a photograph, wider than high
	Turned    bool            // of a jpeg: stored on its side, with an orientation tag
	Body      []string        // what the document says, line by line
}

// Sample decodes the sample. The same bytes come out of it at every call. An
// amount gets the unit of its concept, so the registry of concepts is needed.
func Sample(concepts programme.Concepts) (Case, error) {
	s, err := decode(text)
	if err != nil {
		return Case{}, fmt.Errorf("decode sample: %w", err)
	}
	c, err := s.build(concepts)
	if err != nil {
		return Case{}, fmt.Errorf("build sample: %w", err)
	}
	return c, nil
}
