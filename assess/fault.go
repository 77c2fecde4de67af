package assess

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

// Kind is what sort of fault an error is; front ends choose exit codes and
// icons by it.
type Kind string

// The kinds of faults.
const (
	Invalid  Kind = "invalid"  // what was entered cannot be
	Missing  Kind = "missing"  // something named does not exist
	Conflict Kind = "conflict" // stands against something else: in use, newer, sealed
	Damaged  Kind = "damaged"  // a file is broken or was altered
	Hostile  Kind = "hostile"  // a file breaks the limits that protect the reader
	Refused  Kind = "refused"  // the system said no: full disk, no permission
	Usage    Kind = "usage"    // the command was used wrongly
)

// Args are the facts a fault's message names: a clause, a file, a value.
type Args map[string]string

// A Fault is an error its reader can do something about. It carries a
// catalogue key instead of a sentence, so that each front end says it in the
// reader's language. Errors of any other type are the program's own.
type Fault struct {
	Kind Kind
	Key  string // catalogue key, "fault.…"
	Args Args
	Err  error // cause, for the log; may be nil
}

func (f *Fault) Error() string {
	var b strings.Builder
	b.WriteString(f.Key)
	keys := make([]string, 0, len(f.Args))
	for k := range f.Args {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		fmt.Fprintf(&b, " %s=%q", k, f.Args[k])
	}
	if f.Err != nil {
		fmt.Fprintf(&b, ": %v", f.Err)
	}
	return b.String()
}

// Unwrap gives the cause.
func (f *Fault) Unwrap() error { return f.Err }

// KindOf is the kind of the first fault in err's tree, or "" for an internal
// error.
func KindOf(err error) Kind {
	var f *Fault
	if errors.As(err, &f) {
		return f.Kind
	}
	return ""
}
