package store_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"

	"mingpin/assess"
	"mingpin/assess/store"
)

const crashEnv = "MINGPIN_STORE_CRASH"

// TestMain lets the test program be the one that is killed.
func TestMain(m *testing.M) {
	if work := os.Getenv(crashEnv); work != "" {
		if err := saveUntilKilled(work); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// saveUntilKilled saves findings and files without end and says so on standard
// output after each was acknowledged.
func saveUntilKilled(work string) error {
	part := strings.Split(work, "\n")
	root, id, cycle := part[0], part[1], part[2]
	ctx := context.Background()
	v, err := store.Open(ctx, root, id, options())
	if err != nil {
		return err
	}
	content := rand.NewChaCha8(sha256.Sum256([]byte(cycle)))
	for n := 0; ; n++ {
		file := make([]byte, 1+content.Uint64()%40_000)
		_, _ = content.Read(file)
		e, _, err := v.AddEvidence(ctx, assess.Evidence{Title: "示例数据"}, fmt.Sprintf("c%s-%d.bin", cycle, n), bytes.NewReader(file))
		if err != nil {
			return err
		}
		fmt.Println("evidence", e.ID)
		f := assess.Finding{Application: "app1", Requirement: fmt.Sprintf("r%s-%d", cycle, n), Rating: "full", Evidence: []string{e.ID}}
		if err := v.Save(ctx, f); err != nil {
			return err
		}
		fmt.Println("finding", f.Key())
	}
}

// TestKillLosesNothingAcknowledged kills a saving program 50 times. It proves
// the order of file, row and acknowledgement; that fsync reaches the disk is
// not seen by killing a process.
func TestKillLosesNothingAcknowledged(t *testing.T) {
	t.Parallel()
	const vaults, cycles = 5, 10
	luck := rand.New(rand.NewPCG(1, 2))
	acks := 0
	for range vaults {
		root := t.TempDir()
		v := newVaultIn(t, root)
		id := v.ID()
		if err := v.Close(); err != nil {
			t.Fatal(err)
		}
		acked := map[string]bool{}
		for cycle := range cycles {
			killWhileSaving(t, fmt.Sprintf("%s\n%s\n%d", root, id, cycle), luck, acked)
			checkSurvivors(t, root, id, acked)
			if t.Failed() {
				return
			}
		}
		acks += len(acked)
	}
	t.Logf("%d acknowledged, none lost", acks)
}

func killWhileSaving(t *testing.T, work string, luck *rand.Rand, acked map[string]bool) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0])
	child.Env = append(os.Environ(), crashEnv+"="+work)
	var complaints bytes.Buffer
	child.Stderr = &complaints
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	after, spin := 1+luck.IntN(12), luck.IntN(2000)
	lines := bufio.NewReader(out)
	for n := 0; ; n++ {
		line, err := lines.ReadString('\n')
		if err != nil {
			break // what was cut off by the kill was not acknowledged
		}
		acked[strings.TrimSuffix(line, "\n")] = true
		if n == after {
			for range spin { // so that the kill falls anywhere in a save
				sha256.Sum256(make([]byte, 256))
			}
			_ = child.Process.Kill()
		}
	}
	_ = child.Wait() // killed, so always an error
	if complaints.Len() > 0 {
		t.Fatal(complaints.String())
	}
}

// checkSurvivors opens the vault as the next program would.
func checkSurvivors(t *testing.T, root, id string, acked map[string]bool) {
	t.Helper()
	v, err := store.Open(t.Context(), root, id, options())
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	there := map[string]bool{}
	findings, err := store.All[assess.Finding](t.Context(), v, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		there["finding "+f.Key()] = true
	}
	evidence, err := store.All[assess.Evidence](t.Context(), v, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range evidence {
		there["evidence "+e.ID] = true
	}
	for a := range acked {
		if !there[a] {
			t.Errorf("%s was acknowledged and is lost", a)
		}
	}
	sound(t, v)
}

// sound checks history and evidence; a file without a record is what a crash
// between the two may leave.
func sound(t *testing.T, v *store.Vault) {
	t.Helper()
	report, err := v.VerifyHistory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Faults {
		t.Errorf("history: %+v", f)
	}
	damages, err := v.VerifyEvidence(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range damages {
		if d.Kind != store.Orphan {
			t.Errorf("evidence: %+v", d)
		}
	}
	if left, _ := os.ReadDir(v.Dir() + "/tmp"); len(left) > 0 {
		t.Errorf("%d files left in tmp", len(left))
	}
}
