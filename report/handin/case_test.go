package handin_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"mingpin/assess"
	"mingpin/assess/assesstest"
	"mingpin/assess/programme"
	"mingpin/assets"
	"mingpin/report"
	"mingpin/report/handin"
	"mingpin/report/sample"
	"mingpin/report/sign"
	"mingpin/report/volume"
)

// memory holds evidence by digest.
type memory map[string][]byte

type openBytes struct{ *bytes.Reader }

func (openBytes) Close() error { return nil }

func (m memory) OpenEvidence(digest string) (volume.File, int64, error) {
	data, ok := m[digest]
	if !ok {
		return nil, 0, fs.ErrNotExist
	}
	return openBytes{bytes.NewReader(data)}, int64(len(data)), nil
}

func (m memory) add(data []byte) (digest string) {
	sum := sha256.Sum256(data)
	digest = hex.EncodeToString(sum[:])
	m[digest] = data
	return digest
}

// A job is an application on its way to the office.
type job struct {
	in    report.Input
	files memory
}

var shipped = sync.OnceValues(func() (*programme.Pack, error) {
	reg, err := programme.LoadConcepts(assets.Concepts())
	if err != nil {
		return nil, err
	}
	return programme.Load(assets.Programmes(), "tianfu-mingpin/2025.12", reg)
})

func pack(t testing.TB) *programme.Pack {
	t.Helper()
	p, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// known knows what is shipped.
func known(t testing.TB) func(assess.PackRef) bool {
	p := pack(t)
	return func(r assess.PackRef) bool {
		return r == assess.PackRef{ID: p.ID, Version: p.Version, Digest: p.Digest()}
	}
}

// genuine are the papers whose files are rendered; the others are stubs, which
// keeps the tests fast.
var genuine = map[string]bool{"business-licence": true, "photo-line": true, "trace": true, "test-quality": true, "process": true, "promise": true}

// newJob is the sample application under pack p.
func newJob(t testing.TB, p *programme.Pack) job {
	t.Helper()
	reg, err := programme.LoadConcepts(assets.Concepts())
	if err != nil {
		t.Fatal(err)
	}
	c, err := assesstest.Sample(reg)
	if err != nil {
		t.Fatal(err)
	}
	files := memory{}
	s, err := c.Snapshot(p, func(paper assesstest.Paper) (string, int64, string) {
		data, media := []byte("示例数据 "+paper.Record.ID), "text/plain"
		if genuine[paper.Record.ID] {
			var b bytes.Buffer
			if err := sample.Write(&b, paper, c.Client); err != nil {
				t.Fatal(err)
			}
			data, media = b.Bytes(), mediaOf[paper.Format]
		}
		return files.add(data), int64(len(data)), media
	})
	if err != nil {
		t.Fatal(err)
	}
	return job{input(t, p, s), files}
}

var mediaOf = map[string]string{
	"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}

func input(t testing.TB, p *programme.Pack, s assess.Snapshot) report.Input {
	t.Helper()
	in, err := volume.Input(p, s)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// volume binds the volume of in and has it signed by ids, by role.
func (j job) volume(t testing.TB, in report.Input, ids map[string]*sign.Identity) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "volume.pdf")
	if _, err := handin.BuildVolume(context.Background(), path, in, j.files, nil); err != nil {
		t.Fatal(err)
	}
	for _, sg := range in.Snapshot.Signers {
		if id := ids[sg.Role]; id != nil {
			j.sign(t, path, in, sg, id)
		}
	}
	return path
}

func (j job) sign(t testing.TB, path string, in report.Input, sg assess.Signer, id *sign.Identity) {
	t.Helper()
	err := handin.SignVolume(path, handin.Signature{
		Role: sg.Role, Identity: id, Time: signedAt, Name: sg.Name, Reason: "自我声明", Location: "成都", Text: in.Text,
	})
	if err != nil {
		t.Fatal(err)
	}
}

// packed writes the package of in with the volume at path.
func (j job) packed(t testing.TB, in report.Input, path string, id *sign.Identity, change func(*handin.Contents)) []byte {
	t.Helper()
	c, err := handin.Collect(in, path, j.files, signedAt)
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(&c)
	}
	out := filepath.Join(t.TempDir(), "package.asice")
	if err := handin.Write(context.Background(), out, c, id, nil); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// both are the signers the sample names, vouched for.
func both() map[string]*sign.Identity {
	ca := authority()
	return map[string]*sign.Identity{"legal-representative": ca.person("张示例"), "quality-officer": ca.person("李示例")}
}

// A finished package of the sample, made once, with what it was made from.
type finished struct {
	job
	ids    map[string]*sign.Identity
	volume []byte
	path   string // of the volume
	whole  []byte
}

var good *finished

// done is the finished sample. Its files live as long as the tests.
func done(t testing.TB) *finished {
	t.Helper()
	if good == nil {
		g := &finished{job: newJob(t, pack(t)), ids: both()}
		path := g.job.volume(t, g.in, g.ids)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		g.volume = data
		g.whole = g.packed(t, g.in, path, g.ids["quality-officer"], nil)
		good = g
	}
	good.path = filepath.Join(t.TempDir(), "volume.pdf")
	if err := os.WriteFile(good.path, good.volume, 0o600); err != nil {
		t.Fatal(err)
	}
	return good
}

func verify(t testing.TB, data []byte, o handin.Options) handin.Report {
	t.Helper()
	r, err := handin.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	report, err := r.Verify(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return report
}
