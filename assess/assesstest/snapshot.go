package assesstest

import (
	"cmp"
	"fmt"

	"mingpin/assess"
	"mingpin/assess/programme"
)

// Locale is the language in which the sample is written.
const Locale = "zh-CN"

// Snapshot is the snapshot a vault would give of c under pack, approved, for
// tests that need no vault. digest says how the file of a paper is known: its
// SHA-256 in hex, its size in bytes and its media type.
func (c Case) Snapshot(pack *programme.Pack, digest func(p Paper) (sha string, size int64, media string)) (assess.Snapshot, error) {
	s := assess.Snapshot{
		Format: assess.SnapshotFormat, Locale: Locale, Date: c.Date, Client: c.Client,
		Pack: assess.PackRef{ID: pack.ID, Version: pack.Version, Digest: pack.Digest()},
	}
	s.Client.ID = cmp.Or(s.Client.ID, sampleClient)
	for _, p := range c.Papers {
		e := p.Record
		e.Digest, e.Size, e.Media = digest(p)
		s.Evidence = append(s.Evidence, e)
	}
	for _, e := range c.Entities {
		put(&s, e)
	}
	for _, e := range c.After {
		put(&s, e)
	}
	s = s.Normal()
	for _, r := range c.Reviews(s) {
		put(&s, r)
	}
	s = s.Normal()
	if err := s.Check(); err != nil {
		return assess.Snapshot{}, fmt.Errorf("check snapshot of sample: %w", err)
	}
	return s, nil
}

// Reviews are 编制, 审核 and 批准 of what s holds at this moment.
func (c Case) Reviews(s assess.Snapshot) []assess.Entity {
	digest, parts := s.ContentDigest(), s.Parts()
	var out []assess.Entity
	for _, r := range c.reviews {
		r.Digest, r.Parts = digest, parts
		out = append(out, r)
	}
	return out
}

// put files an entity under its kind.
func put(s *assess.Snapshot, e assess.Entity) {
	switch e := e.(type) {
	case assess.Subject:
		s.Subjects = append(s.Subjects, e)
	case assess.Fact:
		s.Facts = append(s.Facts, e)
	case assess.Standard:
		s.Standards = append(s.Standards, e)
	case assess.Application:
		s.Application = e
	case assess.Attestation:
		s.Attestations = append(s.Attestations, e)
	case assess.Finding:
		s.Findings = append(s.Findings, e)
	case assess.Indicator:
		s.Indicators = append(s.Indicators, e)
	case assess.Action:
		s.Actions = append(s.Actions, e)
	case assess.Review:
		s.Reviews = append(s.Reviews, e)
	case assess.Signer:
		s.Signers = append(s.Signers, e)
	case assess.Declaration:
		s.Declaration = e
	default:
		panic(fmt.Sprintf("the sample has no place for a %s", e.Kind()))
	}
}
