package handin

import (
	"slices"
	"strings"

	"mingpin/assess"
	"mingpin/assess/programme"
	"mingpin/report"
	"mingpin/report/pdf"
	"mingpin/report/pdf/object"
	"mingpin/report/volume"
)

// content judges the snapshot anew and holds the pages against it.
func (c *check) content() error {
	data, err := c.in.ReadAll(SnapshotName)
	if err != nil {
		return err
	}
	s, err := assess.ParseSnapshot(data)
	if err != nil {
		c.cause("snapshot_unreadable", err)
		return nil
	}
	p, err := c.pack(s)
	if err != nil || p == nil {
		return err
	}
	c.report.Client, c.report.Code, c.report.Product = s.Client.Name, s.Client.Code, s.Application.ProductName
	c.report.Snapshot, c.report.History = c.digest[SnapshotName], s.History
	c.evidence(s)
	c.signers(s)
	in, err := volume.Input(p, s)
	if err != nil {
		c.cause("snapshot_unreadable", err)
		return nil
	}
	c.report.Evaluation = &in.Evaluation
	return c.values(in)
}

// pack reads the enclosed pack, which has to be the one the snapshot names.
func (c *check) pack(s assess.Snapshot) (*programme.Pack, error) {
	data, err := c.in.ReadAll(PackName)
	if err != nil {
		return nil, err
	}
	p, err := programme.Decode(data)
	if err != nil {
		c.cause("pack_unreadable", err)
		return nil, nil
	}
	ref := assess.PackRef{ID: p.ID, Version: p.Version, Digest: p.Digest()}
	c.report.Pack = ref
	if ref != s.Pack {
		c.problem("pack_other", assess.Args{"Pack": ref.ID + " " + ref.Version, "Wanted": s.Pack.ID + " " + s.Pack.Version})
	}
	c.report.PackKnown = c.o.Known != nil && c.o.Known(ref)
	return p, nil
}

// evidence holds the files against the records of the snapshot, by digest.
func (c *check) evidence(s assess.Snapshot) {
	have := map[string]string{}
	for name, digest := range c.digest {
		if strings.HasPrefix(name, evidenceDir) {
			have[digest] = name
		}
	}
	wanted := map[string]bool{}
	for _, e := range s.Evidence {
		wanted[e.Digest] = true
		if have[e.Digest] == "" {
			c.problem("evidence_missing", assess.Args{"Name": e.Name, "Title": e.Title})
		}
	}
	for _, e := range c.entries {
		if d, ok := c.digest[e.Name]; ok && strings.HasPrefix(e.Name, evidenceDir) && !wanted[d] {
			c.problem("evidence_extra", assess.Args{"Name": e.Name})
		}
	}
}

// values compares every marked value of the volume with what the snapshot
// amounts to.
func (c *check) values(in report.Input) error {
	want, err := report.Values(report.Volume(in))
	if err != nil {
		return err
	}
	v := c.in.Entry(VolumeName)
	f, err := object.Open(v, v.Size())
	if err != nil {
		c.cause("volume_unreadable", err)
		return nil
	}
	got, err := pdf.Values(f)
	if err != nil {
		c.cause("volume_unreadable", err)
		return nil
	}
	for _, id := range sortedKeys(want) {
		printed, ok := got[id]
		switch {
		case !ok:
			c.problem("value_missing", assess.Args{"Value": id, "Wanted": want[id]})
		case printed != want[id]:
			c.problem("value_differs", assess.Args{"Value": id, "Printed": printed, "Wanted": want[id]})
		default:
			c.report.Values++
		}
	}
	for _, id := range sortedKeys(got) {
		if _, ok := want[id]; !ok {
			c.problem("value_extra", assess.Args{"Value": id, "Printed": got[id]})
		}
	}
	return nil
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
