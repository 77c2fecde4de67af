package main

import (
	"archive/zip"
	"bytes"
	"hash/crc32"
	"io"
	"os"
	"path"

	"github.com/rogpeppe/go-internal/testscript"
)

// packed is one file of a package.
type packed struct {
	name string
	data []byte
}

// tamper FROM TO HOW ARG… writes a package that differs from another:
//
//	flip NAME      one byte of an entry is another
//	drop NAME      an entry is missing
//	add NAME       an entry is new
//	twice NAME     an entry stands twice
//	swap A B       two entries have changed their contents
//	rename A B     an entry has another name
//
// Names may be patterns, which stand for the first entry that matches.
func tamper(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 {
		ts.Fatalf("usage: tamper FROM TO HOW NAME [NAME]")
	}
	p := pkg{ts, readPackage(ts, args[0])}
	how, names := args[2], args[3:]
	switch how {
	case "flip":
		e := p.find(names[0])
		e.data = bytes.Clone(e.data)
		e.data[len(e.data)/2] ^= 1
	case "drop":
		p.entries = p.without(names[0])
	case "add":
		p.entries = append(p.entries, packed{names[0], []byte("x")})
	case "twice":
		p.entries = append(p.entries, *p.find(names[0]))
	case "swap":
		a, b := p.find(names[0]), p.find(names[1])
		a.data, b.data = b.data, a.data
	case "rename":
		p.find(names[0]).name = names[1]
	default:
		ts.Fatalf("no way to tamper %q", how)
	}
	writePackage(ts, args[1], p.entries)
}

type pkg struct {
	ts      *testscript.TestScript
	entries []packed
}

func (p *pkg) find(pattern string) *packed {
	for i := range p.entries {
		if ok, err := path.Match(pattern, p.entries[i].name); err == nil && ok {
			return &p.entries[i]
		}
	}
	p.ts.Fatalf("no entry %s", pattern)
	return nil
}

func (p *pkg) without(pattern string) []packed {
	gone := p.find(pattern).name
	var kept []packed
	for _, e := range p.entries {
		if e.name != gone {
			kept = append(kept, e)
		}
	}
	return kept
}

func readPackage(ts *testscript.TestScript, name string) []packed {
	z, err := zip.OpenReader(ts.MkAbs(name))
	ts.Check(err)
	defer z.Close()
	var all []packed
	for _, f := range z.File {
		r, err := f.Open()
		ts.Check(err)
		data, err := io.ReadAll(r)
		ts.Check(err)
		ts.Check(r.Close())
		all = append(all, packed{f.Name, data})
	}
	return all
}

// writePackage keeps the form: stored, sizes in front, nothing between.
func writePackage(ts *testscript.TestScript, name string, entries []packed) {
	f, err := os.Create(ts.MkAbs(name))
	ts.Check(err)
	defer f.Close()
	z := zip.NewWriter(f)
	for _, e := range entries {
		size := uint64(len(e.data))
		w, err := z.CreateRaw(&zip.FileHeader{
			Name: e.name, Method: zip.Store, CRC32: crc32.ChecksumIEEE(e.data), CompressedSize64: size, UncompressedSize64: size,
		})
		ts.Check(err)
		_, err = w.Write(e.data)
		ts.Check(err)
	}
	ts.Check(z.Close())
}
