package handin

import (
	"fmt"
	"strings"
)

// A BrokenError names what in a package breaks its form: the reader stops at
// once, since nothing behind it can be relied on.
type BrokenError struct {
	Entry string // name in the package; empty for the container itself
	What  string // stable word: not-zip, name, duplicate, method, layout, too-many, too-large, manifest, digest, missing, …
	Err   error
}

func (e *BrokenError) Error() string {
	s := "package is broken: " + e.What
	if e.Entry != "" {
		s += fmt.Sprintf(" at %q", e.Entry)
	}
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Key is What as a part of a catalogue key.
func (e *BrokenError) Key() string { return strings.ReplaceAll(e.What, "-", "_") }

// Unwrap gives the cause.
func (e *BrokenError) Unwrap() error { return e.Err }

// A ChangedError names a file that is not, or no longer, what its record says.
type ChangedError struct {
	Name, Digest string
	Err          error // why it cannot be read; nil when it is another file
}

func (e *ChangedError) Error() string {
	s := fmt.Sprintf("file %q is not what its record says (sha-256 %s)", e.Name, e.Digest)
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap gives the cause.
func (e *ChangedError) Unwrap() error { return e.Err }
