package object

import (
	"bytes"
	"compress/flate"
	"errors"
	"io"
)

// Decode gives the plain data of a stream, at most max bytes at every stage:
// FlateDecode and LZWDecode with their predictors, ASCIIHexDecode,
// ASCII85Decode and RunLengthDecode. Another filter, or damaged data, is a
// *FilterError; more data than max a *LimitError.
func (s *Stream) Decode(max int64) ([]byte, error) {
	filters, parms, err := s.filters()
	if err != nil {
		return nil, err
	}
	var r io.Reader
	r, _ = s.Raw()
	if len(filters) == 0 {
		return readLimited(r, max)
	}
	var data []byte
	for i, name := range filters {
		if data, err = decodeOne(name, parms[i], r, max); err != nil {
			return nil, err
		}
		r = bytes.NewReader(data)
	}
	return data, nil
}

// filters gives the names of the filters and, for each, its parameters.
func (s *Stream) filters() ([]Name, []Dict, error) {
	list, err := s.list("Filter")
	if err != nil {
		return nil, nil, err
	}
	if len(list) > maxFilters {
		return nil, nil, &LimitError{What: "filters of a stream", Limit: maxFilters}
	}
	parmList, err := s.list("DecodeParms")
	if err != nil {
		return nil, nil, err
	}
	names, parms := make([]Name, len(list)), make([]Dict, len(list))
	for i, o := range list {
		name, ok := o.(Name)
		if !ok {
			return nil, nil, &FilterError{"?", "the filter is no name"}
		}
		names[i] = name
		if i < len(parmList) {
			parms[i], _ = parmList[i].(Dict)
		}
	}
	return names, parms, nil
}

// list gives an entry that may be one object or an array, with all references
// resolved.
func (s *Stream) list(key Name) (Array, error) {
	o, err := s.resolve(s.Dict[key])
	if err != nil || o == nil {
		return nil, err
	}
	a, ok := o.(Array)
	if !ok {
		return Array{o}, nil
	}
	out := make(Array, len(a))
	for i := range a {
		if out[i], err = s.resolve(a[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (s *Stream) resolve(o Object) (Object, error) {
	if s.file == nil {
		return o, nil
	}
	return s.file.Resolve(o)
}

func decodeOne(name Name, parms Dict, r io.Reader, max int64) ([]byte, error) {
	var data []byte
	var err error
	switch name {
	case "FlateDecode", "Fl":
		data, err = inflate(r, max)
	case "LZWDecode", "LZW":
		data, err = unlzw(r, parms, max)
	case "ASCIIHexDecode", "AHx":
		return unASCIIHex(r, max)
	case "ASCII85Decode", "A85":
		return unASCII85(r, max)
	case "RunLengthDecode", "RL":
		return unRunLength(r, max)
	default:
		return nil, &FilterError{name, "is not decoded"}
	}
	if err != nil {
		return nil, err
	}
	return unpredict(name, data, parms)
}

// readLimited reads all of r, or fails when that is more than max bytes.
func readLimited(r io.Reader, max int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, max+1))
	if int64(len(data)) > max {
		return nil, tooLong(max)
	}
	return data, err
}

func tooLong(max int64) error {
	return &LimitError{What: "decoded bytes of a stream", Limit: max}
}

// inflate passes over the two bytes of the zlib head and does not look at the
// check sum: many producers write it wrong, and readers do not mind.
func inflate(r io.Reader, max int64) ([]byte, error) {
	var head [2]byte
	if n, err := io.ReadFull(r, head[:]); err != nil {
		if n == 0 && errors.Is(err, io.EOF) {
			return nil, nil
		}
		return nil, &FilterError{"FlateDecode", "data without head"}
	}
	if head[0]&0x0F != 8 {
		return nil, &FilterError{"FlateDecode", "data is not deflated"}
	}
	z := flate.NewReader(r)
	data, err := readLimited(z, max)
	var limit *LimitError
	if err != nil && !errors.As(err, &limit) {
		return nil, &FilterError{"FlateDecode", "damaged data: " + err.Error()}
	}
	return data, err
}

func unASCIIHex(r io.Reader, max int64) ([]byte, error) {
	in, err := readLimited(r, 3*max+1024)
	if err != nil {
		return nil, err
	}
	out, half := make([]byte, 0, len(in)/2), -1
	for _, c := range in {
		d := unhex(int(c))
		switch {
		case c == '>':
			in = nil
		case isSpace(int(c)):
			continue
		case d < 0:
			return nil, &FilterError{"ASCIIHexDecode", "no hexadecimal digit"}
		case half < 0:
			half = d
		default:
			out = append(out, byte(half<<4|d))
			half = -1
		}
		if in == nil {
			break
		}
	}
	if half >= 0 {
		out = append(out, byte(half<<4))
	}
	if int64(len(out)) > max {
		return nil, tooLong(max)
	}
	return out, nil
}

func unRunLength(r io.Reader, max int64) ([]byte, error) {
	in, err := readLimited(r, 2*max+1024)
	if err != nil {
		return nil, err
	}
	var out []byte
	for len(in) > 0 && in[0] != 128 {
		n := int(in[0])
		in = in[1:]
		switch {
		case n < 128 && len(in) > n:
			out = append(out, in[:n+1]...)
			in = in[n+1:]
		case n > 128 && len(in) > 0:
			out = append(out, bytes.Repeat(in[:1], 257-n)...)
			in = in[1:]
		default:
			return nil, &FilterError{"RunLengthDecode", "data ends inside a run"}
		}
		if int64(len(out)) > max {
			return nil, tooLong(max)
		}
	}
	return out, nil
}
