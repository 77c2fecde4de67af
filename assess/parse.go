package assess

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Limits of a snapshot file: bytes, nesting, and entries of one list.
const (
	maxSnapshot = 64 << 20
	maxDepth    = 16
	maxEntries  = 100_000
)

// ParseSnapshot reads a snapshot from a file that may be hostile. It refuses
// what is too large, too deep, not UTF-8, of another format, has a field
// Mingpin does not know or names one twice, and every entity that its own Check
// refuses. The *Fault names the place.
func ParseSnapshot(data []byte) (Snapshot, error) {
	if len(data) > maxSnapshot {
		return Snapshot{}, hostileSnapshot("fault.snapshot_size", "", itoa(len(data)))
	}
	if !utf8.Valid(data) {
		return Snapshot{}, hostileSnapshot("fault.snapshot_not_text", "", "")
	}
	if err := scanJSON(data); err != nil {
		return Snapshot{}, err
	}
	var s Snapshot
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return Snapshot{}, decodeFault(err)
	}
	if s.Format != SnapshotFormat {
		return Snapshot{}, &Fault{Kind: Invalid, Key: "fault.snapshot_format", Args: Args{"Value": itoa(s.Format), "Want": itoa(SnapshotFormat)}}
	}
	if err := s.Check(); err != nil {
		return Snapshot{}, err
	}
	return s.Normal(), nil
}

func hostileSnapshot(key, place, value string) error {
	return &Fault{Kind: Hostile, Key: key, Args: Args{"Place": place, "Value": clip(value)}}
}

// decodeFault names the place of a value of the wrong type or an unknown field.
func decodeFault(err error) error {
	place, value := "", err.Error()
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		place, value = wrong.Field, wrong.Value
	}
	return &Fault{Kind: Damaged, Key: "fault.snapshot_form", Args: Args{"Place": place, "Value": clip(value)}, Err: err}
}

// scanJSON walks the tokens of data before anything is built from them.
func scanJSON(data []byte) error {
	sc := jsonScan{d: json.NewDecoder(bytes.NewReader(data))}
	sc.d.UseNumber()
	if err := sc.value(""); err != nil {
		var fault *Fault
		if errors.As(err, &fault) {
			return err
		}
		return &Fault{Kind: Damaged, Key: "fault.snapshot_json", Args: Args{
			"Place": sc.place, "Value": fmt.Sprintf("%d", sc.d.InputOffset()),
		}, Err: err}
	}
	if _, err := sc.d.Token(); !errors.Is(err, io.EOF) {
		return hostileSnapshot("fault.snapshot_trailing", "", fmt.Sprintf("%d", sc.d.InputOffset()))
	}
	return nil
}

type jsonScan struct {
	d     *json.Decoder
	depth int
	place string // the last place looked at
}

func (sc *jsonScan) value(place string) error {
	sc.place = place
	token, err := sc.d.Token()
	if err != nil {
		return err
	}
	open, nested := token.(json.Delim)
	if !nested {
		return nil
	}
	if sc.depth++; sc.depth > maxDepth {
		return hostileSnapshot("fault.snapshot_depth", place, itoa(maxDepth))
	}
	if open == '{' {
		err = sc.members(place)
	} else {
		err = sc.elements(place)
	}
	sc.depth--
	if err != nil {
		return err
	}
	_, err = sc.d.Token() // the closing bracket
	return err
}

func (sc *jsonScan) members(place string) error {
	seen := map[string]bool{}
	for sc.d.More() {
		token, err := sc.d.Token()
		if err != nil {
			return err
		}
		name, _ := token.(string)
		at := strings.TrimPrefix(place+"."+clip(name), ".")
		// encoding/json matches names whatever their case, so two names that
		// differ in case only are one field.
		if folded := strings.ToLower(strings.ToUpper(name)); seen[folded] {
			return hostileSnapshot("fault.snapshot_twice", at, name)
		} else {
			seen[folded] = true
		}
		if err := sc.value(at); err != nil {
			return err
		}
	}
	return nil
}

func (sc *jsonScan) elements(place string) error {
	for n := 0; sc.d.More(); n++ {
		if n == maxEntries {
			return hostileSnapshot("fault.snapshot_entries", place, itoa(maxEntries))
		}
		if err := sc.value(fmt.Sprintf("%s[%d]", place, n)); err != nil {
			return err
		}
	}
	return nil
}
