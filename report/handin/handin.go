// Package handin makes, opens and verifies the package (申报包): the one file an
// applicant hands in. It is the only package that knows its form.
//
// A package is an ASiC-E container (ETSI EN 319 162-1), a zip file whose
// entries are all stored uncompressed:
//
//	mimetype                        application/vnd.etsi.asic-e+zip, first
//	volume.pdf                      the signed volume
//	snapshot.json                   the snapshot, RFC 8785
//	pack.json                       the programme pack it is judged by, RFC 8785
//	evidence/<number>-<digest8>.<ext>  the original files
//	META-INF/ASiCManifest001.xml    every entry above but mimetype, with SHA-256
//	META-INF/signature001.p7s       CAdES signature over the manifest
//
// Nothing else may be in it. Verify holds every entry against the manifest,
// the manifest and the volume against their signatures, and what the volume
// prints against what the snapshot amounts to under the enclosed pack.
package handin

import (
	"fmt"
	"path"
	"strings"
)

// The names of the entries of a package.
const (
	mimetypeName  = "mimetype"
	VolumeName    = "volume.pdf"
	SnapshotName  = "snapshot.json"
	PackName      = "pack.json"
	evidenceDir   = "evidence/"
	manifestName  = "META-INF/ASiCManifest001.xml"
	signatureName = "META-INF/signature001.p7s"

	mimetype = "application/vnd.etsi.asic-e+zip"
)

// MediaType is the media type of a package; its usual file extension is .asice.
const MediaType = mimetype

// Progress is told how many of how many bytes are done; it may be nil.
type Progress func(done, total int64)

func (p Progress) tell(done, total int64) {
	if p != nil {
		p(done, total)
	}
}

// EvidenceName is the name of a piece of evidence inside the package: its
// number in the volume, the head of its digest, and its extension if that is
// plain.
func EvidenceName(number, digest, file string) string {
	ext := strings.ToLower(path.Ext(file))
	if !plainExtension(ext) {
		ext = ".bin"
	}
	return fmt.Sprintf("%s%s-%.8s%s", evidenceDir, number, digest, ext)
}

func plainExtension(ext string) bool {
	if len(ext) < 2 || len(ext) > 6 {
		return false
	}
	for _, r := range ext[1:] {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			return false
		}
	}
	return true
}
