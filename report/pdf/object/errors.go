package object

import (
	"errors"
	"fmt"
)

var (
	// ErrNotPDF says that no %PDF- header stands in the first 1,024 bytes.
	ErrNotPDF = errors.New("no PDF header found")
	// ErrEncrypted says that the file is encrypted; this package has no keys.
	ErrEncrypted = errors.New("the PDF is encrypted")
	// ErrNotAppendable says that a file cannot get an incremental update: its
	// cross-reference is a stream, was damaged, or junk stands before the header.
	ErrNotAppendable = errors.New("the PDF has no plain cross-reference table to append to")
)

// SyntaxError says where a file departs from the syntax of PDF.
type SyntaxError struct {
	Offset int64  // bytes from the start of the file, or of the decoded stream
	What   string // what stands there
}

// Error gives place and cause.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("PDF syntax at byte %d: %s", e.Offset, e.What)
}

// LimitError says which limit a file goes beyond.
type LimitError struct {
	What  string
	Limit int64
}

// Error gives limit and value.
func (e *LimitError) Error() string {
	return fmt.Sprintf("PDF beyond the limit: %s (at most %d)", e.What, e.Limit)
}

// FilterError names a stream filter that this package does not decode, or one
// whose data is damaged.
type FilterError struct {
	Filter Name
	What   string
}

// Error gives filter and cause.
func (e *FilterError) Error() string {
	return fmt.Sprintf("PDF filter %s: %s", e.Filter, e.What)
}

// Limits on foreign files. They are far above what real documents need.
const (
	maxDepth       = 256       // nesting of arrays and dictionaries
	maxNodes       = 1 << 20   // objects inside one indirect object
	maxToken       = 16 << 20  // bytes of one string
	maxName        = 4096      // bytes of one name, number or keyword
	maxObjects     = 1 << 20   // entries of the cross-reference
	maxSections    = 4096      // sections of the /Prev chain
	maxXRefStream  = 64 << 20  // decoded bytes of one cross-reference stream
	maxObjStream   = 16 << 20  // decoded bytes of one object stream
	keepObjStreams = 32 << 20  // decoded bytes of object streams kept at a time
	workObjStreams = 1 << 30   // decoded bytes of object streams over a file's life
	maxPages       = 20_000    // pages of one file
	maxPageDepth   = 64        // levels of the page tree
	maxContents    = 256 << 20 // decoded bytes of one page's joined contents
	maxFilters     = 8         // filters of one stream
	maxRefChain    = 32        // references that lead to references
)
