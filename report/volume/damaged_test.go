package volume_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"mingpin/assess"
	"mingpin/report/pdf/object"
	"mingpin/report/volume"
)

// Wherever a file is cut off or altered, it is either known as damaged before
// anything is bound, or can be bound, or stops the work with a fault that names
// it; nothing panics.
func TestDamagedFilesAreNeverBoundInSilence(t *testing.T) {
	whole := map[string][]byte{
		"cut.jpg":   photograph(t, 6, bigEndian),
		"cut.png":   encodePNG(t, quarters(newGrey())),
		"alpha.png": images(t)["alpha.png"],
		"cut.pdf":   foreign(t, nil, sheet{say("one"), nil}, sheet{say("two"), nil}),
	}
	for name, data := range whole {
		t.Run(name, func(t *testing.T) {
			for n := range len(data) {
				inspectAndBind(t, name, data[:n])
				if !strings.HasSuffix(name, ".pdf") && problemOf(t, name, data[:n]) == "" {
					t.Errorf("an image cut off after %d of %d bytes counts as whole", n, len(data))
				}
				altered := bytes.Clone(data)
				altered[n] ^= 0x55
				inspectAndBind(t, name, altered)
			}
		})
	}
}

// Harmed pixels show in no structure, only in the checksum behind them.
func TestHarmedPixelsOfAPNGCountAsDamage(t *testing.T) {
	for _, name := range []string{"rgb16.png", "palette.png", "alpha.png", "interlaced.png"} {
		data := images(t)[name]
		at := bytes.Index(data, []byte("IDAT"))
		for n := at + 4; n < at+4+int(binary.BigEndian.Uint32(data[at-4:])); n++ {
			harmed := bytes.Clone(data)
			harmed[n] ^= 1
			if got := problemOf(t, name, harmed); got != "report.problem.damaged" {
				t.Errorf("%s with byte %d harmed has the problem %q", name, n, got)
			}
		}
	}
}

// A checksum can be right over pixels that are not all there.
func TestAPNGWithFewerPixelsThanItSaysIsDamaged(t *testing.T) {
	data := images(t)["rgb.png"]
	binary.BigEndian.PutUint32(data[20:], 1+binary.BigEndian.Uint32(data[20:]))
	sealPNG(data)
	if got := problemOf(t, "taller.png", data); got != "report.problem.damaged" {
		t.Errorf("problem = %q, want damaged", got)
	}
}

func problemOf(t testing.TB, name string, data []byte) string {
	t.Helper()
	files := folder{}
	annexes, err := volume.Inspect(t.Context(), files, []assess.Evidence{files.record(name, data)})
	if err != nil {
		t.Fatal(err)
	}
	return annexes[0].Problem
}

func inspectAndBind(t testing.TB, name string, data []byte) {
	t.Helper()
	files := folder{}
	e := files.record(name, data)
	annexes, err := volume.Inspect(t.Context(), files, []assess.Evidence{e})
	if err != nil {
		t.Fatal(err)
	}
	for n := range annexes[0].Pages {
		// Damage that only shows while copying is reported by fill, which
		// names the file; here it must not panic.
		_ = volume.Bind(files, e, n)
	}
}

func TestAFaultWhileBindingNamesTheFile(t *testing.T) {
	data := foreign(t, nil, sheet{say("one"), object.Dict{"Contents": object.Array{}}})
	files := folder{}
	e := files.record("报告.pdf", data)
	in := application(t, e)
	shrinks := &shrinking{folder: files, digest: e.Digest}
	_, err := volume.Build(t.Context(), &bytes.Buffer{}, in, shrinks, nil)
	var fault *assess.Fault
	if !errors.As(err, &fault) || fault.Key != "fault.evidence_damaged" || fault.Args["Name"] != e.Name {
		t.Errorf("Build = %v, want a fault that names %s", err, e.Name)
	}
}

// shrinking is a folder in which a file is cut off once it was looked at.
type shrinking struct {
	folder
	digest string
	opened int
}

func (s *shrinking) OpenEvidence(digest string) (volume.File, int64, error) {
	f, size, err := s.folder.OpenEvidence(digest)
	if digest == s.digest {
		s.opened++
		if s.opened == 1 {
			return f, size, err
		}
		size = 100
	}
	return f, size, err
}
