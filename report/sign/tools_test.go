package sign_test

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mingpin/report/pdf/object"
	"mingpin/report/sign"
)

var update = flag.Bool("update", false, "write testdata/tools.txt anew")

// table holds what each tool answers to each case, word for word. The tools
// are those of Debian 12: poppler-utils 22.12 (with NSS), mupdf-tools 1.21,
// qpdf 11.3, openssl 3.0.
const table = "testdata/tools.txt"

// cases are files with signatures, good and bad.
func cases(t *testing.T) []struct {
	name string
	pdf  []byte
} {
	plain := placed(t, document(t, 2), "legal", "quality")
	one := signed(t, plain, request(t, "legal", authority().RSA))
	invisible := request(t, "legal", authority().ECDSA)
	invisible.Appearance = nil
	changed := certifiedTwice(t)
	return []struct {
		name string
		pdf  []byte
	}{
		{"unsigned", plain},
		{"one RSA", one},
		{"one ECDSA, nothing to see", signed(t, plain, invisible)},
		{"RSA, then ECDSA", signed(t, one, request(t, "quality", authority().ECDSA))},
		{"certified P=2, then a second", changed},
		{"self-made identity", signed(t, plain, request(t, "legal", selfMade(t)))},
		{"one byte changed", flipped(changed, bytes.Index(changed, []byte("/MediaBox"))+12, 1)},
		{"page turned afterwards", updated(t, one, turnPage(t))},
		{"truncated in the second signature", changed[:len(changed)-5000]},
	}
}

// turnPage turns the first page upside down.
func turnPage(t *testing.T) func(*object.File, *object.Update) {
	return func(f *object.File, u *object.Update) {
		pages, err := f.Pages()
		if err != nil {
			t.Fatal(err)
		}
		page := dict(t, f, pages[0].Ref)
		page["Rotate"] = int64(180)
		put(t, u, pages[0].Ref, page)
	}
}

// A tool answers a file with lines.
type tool struct {
	name string
	ask  func(t *testing.T, dir, file string) []string
}

func TestToolsAnswerAsTheTableSays(t *testing.T) {
	need(t, "pdfsig", "certutil", "openssl", "mutool", "qpdf")
	dir := t.TempDir()
	trustRoot(t, dir)
	tools := []tool{{"pdfsig", askPDFSig}, {"openssl", askOpenSSL}, {"mutool", askMuTool}, {"qpdf", askQPDF}, {"mingpin", askVerify}}
	var got bytes.Buffer
	for i, c := range cases(t) {
		file := writeFile(t, dir, fmt.Sprintf("case%d.pdf", i), c.pdf)
		fmt.Fprintf(&got, "== %s\n", c.name)
		for _, tool := range tools {
			for _, line := range tool.ask(t, dir, file) {
				fmt.Fprintf(&got, "%-8s %s\n", tool.name, line)
			}
		}
	}
	if *update {
		if err := os.WriteFile(table, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
}

// trustRoot makes an NSS database that trusts the test root, and the same root
// for openssl.
func trustRoot(t *testing.T, dir string) {
	t.Helper()
	root := writeFile(t, dir, "root.pem", certificatePEM(authority().Root))
	nss := filepath.Join(dir, "nss")
	if err := os.Mkdir(nss, 0o700); err != nil {
		t.Fatal(err)
	}
	run(t, "certutil", "-N", "-d", "sql:"+nss, "--empty-password")
	run(t, "certutil", "-A", "-d", "sql:"+nss, "-n", "root", "-t", "CT,C,C", "-i", root)
}

// answer runs a tool that may fail and gives all it says.
func answer(t *testing.T, name string, args ...string) (string, int) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// kept gives the lines of out that begin with one of the words, trimmed.
func kept(out string, words ...string) []string {
	var lines []string
	for s := bufio.NewScanner(strings.NewReader(out)); s.Scan(); {
		line := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(s.Text()), "- "))
		if slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(line, w) }) {
			lines = append(lines, line)
		}
	}
	return lines
}

func askPDFSig(t *testing.T, dir, file string) []string {
	out, code := answer(t, "pdfsig", "-nssdir", "sql:"+filepath.Join(dir, "nss"), file)
	lines := kept(out, "Signer Certificate Common Name", "Signing Hash", "Signature Type", "Total document", "Not total document",
		"Signature Validation", "Certificate Validation", "File '", "Syntax")
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], file, "FILE")
	}
	return append(lines, fmt.Sprint("exit ", code))
}

// askOpenSSL takes each CMS and the bytes it covers out of the file.
func askOpenSSL(t *testing.T, dir, file string) []string {
	pdf, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, r := range byteRanges(pdf) {
		if r[2]+r[3] > len(pdf) {
			lines = append(lines, "range beyond the file")
			continue
		}
		der, err := hex.DecodeString(string(pdf[r[1]+1 : r[2]-1]))
		if err != nil {
			t.Fatal(err)
		}
		head, size := header(der)
		sig := writeFile(t, dir, "cms.der", der[:head+size])
		content := writeFile(t, dir, "content", append(bytes.Clone(pdf[:r[1]]), pdf[r[2]:r[2]+r[3]]...))
		out, code := answer(t, "openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", sig,
			"-content", content, "-CAfile", filepath.Join(dir, "root.pem"), "-purpose", "any", "-out", os.DevNull)
		lines = append(lines, kept(out, "CMS Verification", "CAdES Verification", "Verification")...)
		lines = append(lines, fmt.Sprint("exit ", code))
	}
	return lines
}

// askMuTool records mutool's words. It trusts nobody in this set-up, and calls
// every legitimate second signature an edit.
func askMuTool(t *testing.T, _, file string) []string {
	out, code := answer(t, "mutool", "sign", "-v", file)
	var lines []string
	for _, line := range kept(out, "") {
		if line != "" {
			lines = append(lines, strings.ReplaceAll(line, file, "FILE"))
		}
	}
	return append(lines, fmt.Sprint("exit ", code))
}

func askQPDF(t *testing.T, _, file string) []string {
	out, code := answer(t, "qpdf", "--check", file)
	lines := kept(out, "No syntax", "WARNING", "ERROR", "qpdf:")
	for i := range lines {
		lines[i] = offsets.ReplaceAllString(strings.ReplaceAll(lines[i], file, "FILE"), "offset N")
	}
	return append(lines, fmt.Sprint("exit ", code))
}

// offsets depend on how well a compressor does.
var offsets = regexp.MustCompile(`offset \d+`)

func askVerify(t *testing.T, _, file string) []string {
	pdf, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	reports, err := sign.Verify(bytes.NewReader(pdf), int64(len(pdf)), sign.Options{Roots: authority().roots()})
	if err != nil {
		return []string{err.Error()}
	}
	if len(reports) == 0 {
		return []string{"no signature"}
	}
	var lines []string
	for _, r := range reports {
		lines = append(lines, fmt.Sprintf("%s: intact %v, whole %v, revision %d of %d, certified %v, allowed %v, trusted %v, self-made %v, %s, problem %q",
			r.Field, r.Intact, r.CoversWholeFile, r.Revision, r.Revisions, r.Certified, r.ChangesAllowed, r.Trusted, r.SelfMade, r.Algorithm, r.Problem))
		for _, c := range r.LaterChanges {
			lines = append(lines, fmt.Sprintf("  %s %s, allowed %v", c.Kind, c.Field, c.Allowed))
		}
	}
	return lines
}
