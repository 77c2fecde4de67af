// Package assets holds what is built into the program: fonts, icons, locales,
// programme packs and the registry of concepts; and Text, the only reader of
// locales.
package assets

import (
	"embed"
	"io/fs"
)

//go:embed fonts/NotoSansSC-Regular.ttf
var regular []byte

//go:embed fonts/NotoSansSC-Bold.ttf
var bold []byte

//go:embed locales
var locales embed.FS

//go:embed programmes
var programmes embed.FS

//go:embed concepts.yaml
var concepts []byte

// Regular is Noto Sans SC Regular, a TrueType font (OFL-1.1).
func Regular() []byte { return regular }

// Bold is Noto Sans SC Bold, a TrueType font (OFL-1.1).
func Bold() []byte { return bold }

// Programmes holds the shipped packs as <id>/<version>/pack.yaml.
func Programmes() fs.FS {
	sub, err := fs.Sub(programmes, "programmes")
	if err != nil {
		panic(err) // the folder is compiled in
	}
	return sub
}

// Concepts is the registry of concepts that all packs share, as YAML.
func Concepts() []byte { return concepts }
