package programme

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// big is the sample pack with as many more requirements as a real one.
func big(tb testing.TB) fstest.MapFS {
	tb.Helper()
	files := sampleFiles(tb)
	var items, zh, en strings.Builder
	for i := range 60 {
		fmt.Fprintf(&items, `  - id: r-%d
    clause: "3.%d"
    dimension: innovation
    modality: should
    weight: 2
    scale: maturity
    pass: "1"
    when: ratio('rd', 'revenue', 3) >= decimal('0.0%d') && application.object == 'product'
    evidence:
      - {slot: test-report, min: 1, valid: {max_age: P2Y}}
    provenance: {mark: derived, from: 示例标准, seed: "001.11"}
`, i, i, i)
		for _, aspect := range kinds["requirement"].need {
			fmt.Fprintf(&zh, "r-%d.%s: 企业应当建立与声明产品相适应的质量管理制度并保持有效运行，提供近三年的运行记录（示例）\n", i, aspect)
			fmt.Fprintf(&en, "r-%d.%s: The enterprise keeps a quality management system fit for the declared product (sample)\n", i, aspect)
		}
	}
	replace(tb, files, packFile, "indicators:\n", items.String()+"indicators:\n")
	files[zhFile] = &fstest.MapFile{Data: append(files[zhFile].Data, zh.String()...)}
	files[enFile] = &fstest.MapFile{Data: append(files[enFile].Data, en.String()...)}
	return files
}

func BenchmarkLoad(b *testing.B) {
	files, reg := big(b), concepts(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(files, sampleDir, reg); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLint(b *testing.B) {
	files, reg := big(b), concepts(b)
	for b.Loop() {
		if list := Lint(files, sampleDir, reg); len(list) > 0 {
			b.Fatal(list)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	p, err := Load(big(b), sampleDir, concepts(b))
	if err != nil {
		b.Fatal(err)
	}
	data, err := Encode(p)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Decode(data); err != nil {
			b.Fatal(err)
		}
	}
}
