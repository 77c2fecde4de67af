package main

import (
	"io/fs"
	"slices"
	"strings"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/assets"
)

// shipped lists the packs that come with the program as id/version.
func shipped() ([]string, error) {
	names, err := fs.Glob(assets.Programmes(), "*/*/pack.yaml")
	if err != nil {
		return nil, err
	}
	for i, n := range names {
		names[i] = strings.TrimSuffix(n, "/pack.yaml")
	}
	slices.Sort(names)
	return names, nil
}

func concepts() (programme.Concepts, error) { return programme.LoadConcepts(assets.Concepts()) }

// loadPack reads a shipped pack; without version the newest one.
func loadPack(id, version string) (*programme.Pack, error) {
	names, err := shipped()
	if err != nil {
		return nil, err
	}
	dir := ""
	for _, n := range names {
		if packID, v, _ := strings.Cut(n, "/"); packID == id && (version == "" || v == version) {
			dir = n
		}
	}
	if dir == "" {
		return nil, &assess.Fault{
			Kind: assess.Missing, Key: "fault.unknown_pack",
			Args: assess.Args{"Pack": strings.TrimSpace(id + " " + version), "All": strings.Join(names, ", ")},
		}
	}
	if p := loaded[dir]; p != nil {
		return p, nil
	}
	reg, err := concepts()
	if err != nil {
		return nil, err
	}
	p, err := programme.Load(assets.Programmes(), dir, reg)
	if err == nil {
		loaded[dir] = p
	}
	return p, err
}

// loaded keeps the packs one run has read; they never change.
var loaded = map[string]*programme.Pack{}

func packRef(p *programme.Pack) assess.PackRef {
	return assess.PackRef{ID: p.ID, Version: p.Version, Digest: p.Digest()}
}
