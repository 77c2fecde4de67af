package main

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"database/sql"
	"encoding/pem"
	"flag"
	"fmt"
	"image"
	"image/png"
	"io"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
	_ "modernc.org/sqlite" // to forge a vault
	"software.sslmate.com/src/go-pkcs12"

	"mingpin/assess/store"
	"mingpin/assets"
)

// A demonstration is the demo's folder, made once for all the scripts that
// only read it.
type demonstration struct {
	dir  string
	once sync.Once
	said string
	err  error
}

// use is the command sample: it sets DEMO to the demo's folder and says what
// the demo has said.
func (d *demonstration) use(ts *testscript.TestScript, _ bool, _ []string) {
	d.once.Do(func() {
		var said bytes.Buffer
		if code := run(context.Background(), []string{"--lang", "zh-CN", "demo", d.dir}, nil, &said, &said); code != exitFine {
			d.err = fmt.Errorf("demo ends with %d:\n%s", code, &said)
		}
		d.said = said.String()
	})
	ts.Check(d.err)
	ts.Setenv("DEMO", d.dir)
	_, err := io.WriteString(ts.Stdout(), d.said)
	ts.Check(err)
}

// fixture KIND FILE writes a small file of a kind: png, pdf, encrypted-pdf.
func fixture(ts *testscript.TestScript, neg bool, args []string) {
	kinds := map[string]func(name string) []byte{
		"png":           smallPNG,
		"pdf":           func(name string) []byte { return smallPDF(name, "") },
		"encrypted-pdf": func(name string) []byte { return smallPDF(name, "/Encrypt 3 0 R") },
	}
	if neg || len(args) != 2 || kinds[args[0]] == nil {
		ts.Fatalf("usage: fixture KIND FILE")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), kinds[args[0]](args[1]), 0o644))
}

func smallPNG(string) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// smallPDF is a file of two empty pages, with its name in a comment so that no
// two are the same.
func smallPDF(name, trailer string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%%PDF-1.4\n%% %s\n", name)
	var at []int
	for i, o := range []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Count 2/Kids[4 0 R 5 0 R]/MediaBox[0 0 595 842]>>",
		"<</Filter/Standard/V 1/R 2/P -4/O<00>/U<00>>>",
		"<</Type/Page/Parent 2 0 R/Resources<<>>>>",
		"<</Type/Page/Parent 2 0 R/Resources<<>>>>",
	} {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, a := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", a)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, trailer, xref)
	return b.Bytes()
}

// keyfile [-days N] [-password P] [-ca CA.pem] FILE NAME writes a key file with
// a certificate of an authority's that ends in N days, and with -ca that
// authority's own certificate.
func keyFile(ts *testscript.TestScript, _ bool, args []string) {
	f := flag.NewFlagSet("keyfile", flag.ContinueOnError)
	days := f.Int("days", 365, "")
	password := f.String("password", "", "")
	ca := f.String("ca", "", "")
	ts.Check(f.Parse(args))
	if f.NArg() != 2 {
		ts.Fatalf("usage: keyfile [FLAG…] FILE NAME")
	}
	begin := time.Now().AddDate(-1, 0, 0)
	end := time.Now().AddDate(0, 0, *days)
	rootKey, root := certificate(ts, &x509.Certificate{
		Subject: pkix.Name{CommonName: "示例认证机构"}, NotBefore: begin, NotAfter: begin.AddDate(10, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}, nil, nil)
	key, leaf := certificate(ts, &x509.Certificate{
		Subject: pkix.Name{CommonName: f.Arg(1)}, NotBefore: begin, NotAfter: end, KeyUsage: x509.KeyUsageDigitalSignature,
	}, root, rootKey)
	data, err := pkcs12.Modern2023.Encode(key, leaf, []*x509.Certificate{root}, *password)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(f.Arg(0)), data, 0o600))
	if *ca != "" {
		text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: root.Raw})
		ts.Check(os.WriteFile(ts.MkAbs(*ca), text, 0o644))
	}
}

// certificate makes a key and a certificate of it, by itself without an issuer.
func certificate(ts *testscript.TestScript, c, issuer *x509.Certificate, by *ecdsa.PrivateKey) (*ecdsa.PrivateKey, *x509.Certificate) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	ts.Check(err)
	if issuer == nil {
		issuer, by = c, key
	}
	c.SerialNumber, err = rand.Int(rand.Reader, big.NewInt(1<<60))
	ts.Check(err)
	der, err := x509.CreateCertificate(rand.Reader, c, issuer, key.Public(), by)
	ts.Check(err)
	made, err := x509.ParseCertificate(der)
	ts.Check(err)
	return key, made
}

// fill FILE SHEET ROW KEY=VALUE… writes text cells of a workbook, whose columns
// are known by the keys in row 2.
func fill(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 {
		ts.Fatalf("usage: fill FILE SHEET ROW KEY=VALUE…")
	}
	sheet(ts, args, func(f *excelize.File, cell, value string) {
		ts.Check(f.SetCellStr(args[1], cell, value))
	})
}

// filled is fill for looking instead of writing.
func filled(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 {
		ts.Fatalf("usage: filled FILE SHEET ROW KEY=VALUE…")
	}
	sheet(ts, args, func(f *excelize.File, cell, value string) {
		got, err := f.GetCellValue(args[1], cell)
		ts.Check(err)
		if got != value {
			ts.Fatalf("%s %s holds %q, not %q", args[1], cell, got, value)
		}
	})
}

// sheet calls do for each KEY=VALUE of args with the cell it means.
func sheet(ts *testscript.TestScript, args []string, do func(f *excelize.File, cell, value string)) {
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	rows, err := f.GetRows(args[1])
	ts.Check(err)
	for _, pair := range args[3:] {
		key, value, _ := strings.Cut(pair, "=")
		column := slices.Index(rows[1], key)
		if column < 0 {
			ts.Fatalf("no column %s in %v", key, rows[1])
		}
		name, err := excelize.ColumnNumberToName(column + 1)
		ts.Check(err)
		do(f, name+args[2], value)
	}
	ts.Check(f.Save())
}

// copyPack is the command pack ID/VERSION DIR: it copies a shipped pack.
func copyPack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: pack ID/VERSION DIR")
	}
	from, err := fs.Sub(assets.Programmes(), args[0])
	ts.Check(err)
	ts.Check(os.CopyFS(ts.MkAbs(args[1]), from))
}

// rewrite is the command edit FILE OLD NEW: it puts NEW in the place of the first OLD.
func rewrite(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: edit FILE OLD NEW")
	}
	text := ts.ReadFile(args[0])
	if !strings.Contains(text, args[1]) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	text = strings.Replace(text, args[1], args[2], 1)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

// flip FILE TEXT changes the first byte after TEXT in a file.
func flip(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: flip FILE TEXT")
	}
	path := ts.MkAbs(args[0])
	data, err := os.ReadFile(path)
	ts.Check(err)
	at := bytes.Index(data, []byte(args[1]))
	if at < 0 || at+len(args[1]) >= len(data) {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	data[at+len(args[1])] ^= 1
	ts.Check(os.WriteFile(path, data, 0o644))
}

// cut FILE N cuts N bytes off the end of a file.
func cut(ts *testscript.TestScript, neg bool, args []string) {
	var n int64
	if _, err := fmt.Sscan(args[1], &n); neg || err != nil {
		ts.Fatalf("usage: cut FILE N")
	}
	path := ts.MkAbs(args[0])
	info, err := os.Stat(path)
	ts.Check(err)
	ts.Check(os.Truncate(path, info.Size()-n))
}

// hold keeps the only vault open to the end of the script, as the program in
// another window does.
func hold(ts *testscript.TestScript, _ bool, _ []string) {
	root := ts.Getenv("MINGPIN_DATA")
	clients, err := store.Clients(context.Background(), root)
	ts.Check(err)
	v, err := store.Open(context.Background(), root, clients[0].ID, store.Options{Now: time.Now})
	ts.Check(err)
	ts.Defer(func() { ts.Check(v.Close()) })
}

// forge SQL changes the only vault's database behind the program's back.
func forge(ts *testscript.TestScript, _ bool, args []string) {
	found, err := filepath.Glob(filepath.Join(ts.Getenv("MINGPIN_DATA"), "clients", "*", "vault.db"))
	ts.Check(err)
	if len(found) != 1 {
		ts.Fatalf("%d vaults", len(found))
	}
	db, err := sql.Open("sqlite", found[0])
	ts.Check(err)
	defer db.Close()
	_, err = db.Exec(strings.Join(args, " "))
	ts.Check(err)
}
