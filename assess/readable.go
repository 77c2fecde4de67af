package assess

import (
	"slices"
	"strings"

	"mingpin/assess/programme"
)

// namedArgs are the facts of messages that hold ids of a pack or concepts.
var namedArgs = []string{
	"Annex", "Concept", "Dimension", "Gate", "Missing", "Name", "Parameter", "Reason", "Requirement", "Slot", "Slots",
}

// Readable gives args with the ids of pack items and concepts replaced by their
// titles in lang, for a message of an issue or derivation. What has no title
// stays as it is.
func Readable(p *programme.Pack, lang string, args Args) Args {
	out := make(Args, len(args))
	for k, v := range args {
		out[k] = v
		if !slices.Contains(namedArgs, k) {
			continue
		}
		ids := strings.Split(v, ", ")
		for n, id := range ids {
			ids[n] = title(p, lang, id)
		}
		out[k] = strings.Join(ids, ", ")
	}
	return out
}

func title(p *programme.Pack, lang, id string) string {
	if p.HasText(lang, id, "title") {
		return p.Text(lang, id, "title")
	}
	if name := p.Concepts[id].Name[lang]; name != "" {
		return name
	}
	return id
}
