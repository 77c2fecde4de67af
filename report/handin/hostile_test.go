package handin_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"

	"mingpin/report/handin"
)

func broken(t *testing.T, data []byte) string {
	t.Helper()
	_, err := handin.NewReader(bytes.NewReader(data), int64(len(data)))
	var b *handin.BrokenError
	if !errors.As(err, &b) {
		t.Fatalf("NewReader = %v, want a BrokenError", err)
	}
	return b.What
}

func TestTooManyEntriesAreRefused(t *testing.T) {
	all := with(parts)
	for n := range 50_001 - len(parts) {
		all = append(all, made{fmt.Sprintf("evidence/%d-%d-00000000.txt", n/9000, n%9000), "", zip.Store})
	}
	if got := broken(t, zipped(t, all)); got != "too-many" {
		t.Errorf("50,001 entries are refused as %q, want too-many", got)
	}
	if _, err := handin.NewReader(reader(zipped(t, all[:50_000]))); err != nil {
		t.Errorf("50,000 entries are refused: %v", err)
	}
}

func reader(data []byte) (*bytes.Reader, int64) { return bytes.NewReader(data), int64(len(data)) }

// A directory that is longer than its entries could be is not read at all.
func TestAHugeDirectoryIsRefusedBeforeItIsRead(t *testing.T) {
	directory := make([]byte, 20<<20)
	end := []byte("PK\x05\x06\x00\x00\x00\x00\xfe\xff\xfe\xff")
	end = binary.LittleEndian.AppendUint32(end, uint32(len(directory)))
	end = append(end, make([]byte, 6)...)
	if got := broken(t, append(directory, end...)); got != "too-many" {
		t.Errorf("a directory of 20 MB is refused as %q, want too-many", got)
	}
}

// zip64 is the extra field that gives both sizes in 64 bits.
func zip64(size uint64) []byte {
	b := []byte{1, 0, 16, 0}
	return binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(b, size), size)
}

func TestEntriesThatClaimMoreThanThereIsAreRefused(t *testing.T) {
	data := zipped(t, parts)
	at := bytes.Index(data, []byte("PK\x01\x02")) // of mimetype
	next := at + bytes.Index(data[at+4:], []byte("PK\x01\x02")) + 4
	claim := bytes.Clone(data[at:next])
	binary.LittleEndian.PutUint32(claim[20:], 0xFFFFFFFF)
	binary.LittleEndian.PutUint32(claim[24:], 0xFFFFFFFF)
	extra := zip64(5 << 30)
	binary.LittleEndian.PutUint16(claim[30:], uint16(len(extra)))
	claim = append(claim, extra...)
	forged := append(append(bytes.Clone(data[:at]), claim...), data[next:]...)
	end := len(forged) - 22
	binary.LittleEndian.PutUint32(forged[end+12:], uint32(end-at))
	if got := broken(t, forged); got != "too-large" {
		t.Errorf("an entry of 5 GB is refused as %q, want too-large", got)
	}
	almost := bytes.Clone(data)
	binary.LittleEndian.PutUint32(almost[at+20:], 0xFFFFFFF0)
	binary.LittleEndian.PutUint32(almost[at+24:], 0xFFFFFFF0)
	if got := broken(t, almost); got != "layout" {
		t.Errorf("an entry of 4 GB in a small file is refused as %q, want layout", got)
	}
}

// records replaces data and pack of the stub package.
func records(t *testing.T, snapshot, pack string) []byte {
	t.Helper()
	all := with(entries(t, container(t)))
	for i := range all {
		switch all[i].name {
		case handin.SnapshotName:
			all[i].data = snapshot
		case handin.PackName:
			all[i].data = pack
		}
	}
	return zipped(t, all)
}

func TestHostileRecordsAreRefusedWithinLimits(t *testing.T) {
	g := done(t)
	good := map[string]string{}
	for _, e := range entries(t, g.whole) {
		good[e.name] = e.data
	}
	snapshot := good[handin.SnapshotName]
	deep := strings.Repeat("[", 1<<20)
	for name, c := range map[string]struct{ snapshot, pack, want string }{
		"data nested a million deep": {deep, good[handin.PackName], "snapshot_unreadable"},
		"data that is no JSON":       {"\xff\xfe", good[handin.PackName], "snapshot_unreadable"},
		"data with an unknown field": {`{"colour":1,` + snapshot[1:], good[handin.PackName], "snapshot_unreadable"},
		"pack nested a million deep": {snapshot, deep, "pack_unreadable"},
		"pack nested in objects":     {snapshot, strings.Repeat(`{"a":`, 1<<18), "pack_unreadable"},
		"an empty pack":              {snapshot, "{}", "pack_unreadable"},
	} {
		t.Run(name, func(t *testing.T) {
			r := verify(t, records(t, c.snapshot, c.pack), handin.Options{Known: known(t)})
			if r.Verdict != handin.Failed || !hasProblem(r, "verify."+c.want) {
				t.Errorf("verdict %s, problems %v, want %s", r.Verdict, said(r), c.want)
			}
		})
	}
	t.Run("data of 65 MB", func(t *testing.T) {
		data := records(t, strings.Repeat(" ", 65<<20), "{}")
		r, err := handin.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		_, err = r.Verify(t.Context(), handin.Options{})
		var b *handin.BrokenError
		if !errors.As(err, &b) || b.What != "too-large" || b.Entry != handin.SnapshotName {
			t.Errorf("Verify = %v, want too-large at %s", err, handin.SnapshotName)
		}
	})
}

func TestBrokenManifestsAreRefusedByName(t *testing.T) {
	const name = "META-INF/ASiCManifest001.xml"
	base := container(t)
	replace := func(old, now string) func(string) string {
		return func(s string) string { return strings.Replace(s, old, now, 1) }
	}
	for what, c := range map[string]struct {
		change func(string) string
		want   string
	}{
		"no XML":              {func(string) string { return "x" }, "manifest"},
		"an entity":           {replace("?>", `?><!DOCTYPE a [<!ENTITY b "c">]>&b;`), "manifest"},
		"another signature":   {replace("signature001.p7s", "signature002.p7s"), "sig-reference"},
		"another algorithm":   {replace("#sha256", "#sha1"), "digest"},
		"a short digest":      {replace("<ds:DigestValue>", "<ds:DigestValue>AAAA</ds:DigestValue><ds:x>"), "manifest"},
		"the same file twice": {replace("snapshot.json", "pack.json"), "duplicate"},
		"a bad escape":        {replace("volume.pdf", "%zz"), "name"},
	} {
		t.Run(what, func(t *testing.T) {
			data := altered(t, base, name, c.change)
			r, err := handin.NewReader(bytes.NewReader(data), int64(len(data)))
			if err != nil {
				t.Fatal(err)
			}
			_, err = r.Verify(t.Context(), handin.Options{})
			var b *handin.BrokenError
			if !errors.As(err, &b) || b.What != c.want {
				t.Errorf("Verify = %v, want %s", err, c.want)
			}
		})
	}
}
