package handin

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"strings"
)

const (
	asicSpace   = "http://uri.etsi.org/02918/v1.2.1#"
	dsigSpace   = "http://www.w3.org/2000/09/xmldsig#"
	sha256Alg   = "http://www.w3.org/2001/04/xmlenc#sha256"
	maxManifest = 32 << 20
)

// An entry is one line of the manifest.
type entry struct {
	Name   string
	Media  string
	Digest string // SHA-256, hex
}

type manifestXML struct {
	XMLName xml.Name `xml:"http://uri.etsi.org/02918/v1.2.1# ASiCManifest"`
	Sig     struct {
		URI   string `xml:"URI,attr"`
		Media string `xml:"MimeType,attr"`
	} `xml:"http://uri.etsi.org/02918/v1.2.1# SigReference"`
	Objects []objectXML `xml:"http://uri.etsi.org/02918/v1.2.1# DataObjectReference"`
}

type objectXML struct {
	URI    string `xml:"URI,attr"`
	Media  string `xml:"MimeType,attr"`
	Method struct {
		Algorithm string `xml:"Algorithm,attr"`
	} `xml:"http://www.w3.org/2000/09/xmldsig# DigestMethod"`
	Value string `xml:"http://www.w3.org/2000/09/xmldsig# DigestValue"`
}

// writeManifest is written by hand so that prefixes and order are the same
// every time.
func writeManifest(entries []entry) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	fmt.Fprintf(&b, "<asic:ASiCManifest xmlns:asic=%q xmlns:ds=%q>\n", asicSpace, dsigSpace)
	fmt.Fprintf(&b, "<asic:SigReference URI=%q MimeType=\"application/pkcs7-signature\"/>\n", signatureName)
	for _, e := range entries {
		raw, err := hex.DecodeString(e.Digest)
		if err != nil {
			return nil, fmt.Errorf("digest of %s: %w", e.Name, err)
		}
		var media bytes.Buffer
		if err := xml.EscapeText(&media, []byte(e.Media)); err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "<asic:DataObjectReference URI=%q MimeType=\"%s\"><ds:DigestMethod Algorithm=%q/><ds:DigestValue>%s</ds:DigestValue></asic:DataObjectReference>\n",
			escapeName(e.Name), media.String(), sha256Alg, base64.StdEncoding.EncodeToString(raw))
	}
	b.WriteString("</asic:ASiCManifest>\n")
	return b.Bytes(), nil
}

func escapeName(name string) string {
	return strings.ReplaceAll(url.PathEscape(name), "%2F", "/")
}

// readManifest reads a manifest within limits. A manifest that says less or
// more than writeManifest writes is refused.
func readManifest(r io.Reader) ([]entry, error) {
	var m manifestXML
	d := xml.NewDecoder(io.LimitReader(r, maxManifest))
	d.Strict = true
	if err := d.Decode(&m); err != nil {
		return nil, &BrokenError{Entry: manifestName, What: "manifest", Err: err}
	}
	if m.Sig.URI != signatureName {
		return nil, &BrokenError{Entry: manifestName, What: "sig-reference"}
	}
	var entries []entry
	for _, o := range m.Objects {
		e, err := o.entry()
		if err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	return entries, nil
}

func (o objectXML) entry() (entry, error) {
	name, err := url.PathUnescape(o.URI)
	if err != nil {
		return entry{}, &BrokenError{Entry: o.URI, What: "name", Err: err}
	}
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(o.Value))
	if err != nil || len(raw) != 32 || o.Method.Algorithm != sha256Alg {
		return entry{}, &BrokenError{Entry: name, What: "digest", Err: err}
	}
	return entry{Name: name, Media: o.Media, Digest: hex.EncodeToString(raw)}, nil
}
