package report

import "mingpin/assess/programme"

// Volume is the whole 装订本 in the order Chinese application files have:
// cover, commitment and declaration, contents, form, gates, self-assessment,
// comparison table, evidence index, annexes. Gaps, actions, comments and meters
// are not in it; they stand in Internal.
func Volume(in Input) Doc {
	doc := in.doc(in.word("volume.title"))
	for _, section := range []func(Input) []Block{
		cover, commitment, declaration, contents, form, gates,
		selfAssessment, comparison, evidenceIndex, annexes,
	} {
		doc.Blocks = append(doc.Blocks, section(in)...)
	}
	return doc
}

// doc is an empty document with what stands at the edge of every page.
func (in Input) doc(title string) Doc {
	s := in.Snapshot
	return Doc{
		Title:   title + " " + s.Application.ProductName,
		Author:  s.Client.Name,
		Subject: in.pack("pack", "title"),
		Lang:    s.Locale,
		Header:  Text(s.Client.Name + "  " + s.Application.ProductName),
		Mark:    in.mark(),
		Footer:  in.word("page"),
	}
}

// mark is the word every page carries when the content is not for use: an
// invented client, or a programme known only in part.
func (in Input) mark() string {
	switch {
	case in.Snapshot.Client.Sample:
		return in.word("mark.sample")
	case in.Pack.Status == programme.Reference:
		return in.word("mark.reference")
	}
	return ""
}

func contents(in Input) []Block {
	return []Block{Break{}, Contents{Title: in.word("contents.title"), Depth: 2}}
}
