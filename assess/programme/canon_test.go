package programme

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
)

func TestDigestDoesNotDependOnTheOrderOfKeys(t *testing.T) {
	reg := concepts(t)
	want := samplePack(t).Digest()
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		files := sampleFiles(t)
		for name, f := range files {
			f.Data = shuffled(t, random, f.Data)
			files[name] = f
		}
		p, err := Load(files, sampleDir, reg)
		if err != nil {
			t.Fatalf("%v\n%s", err, files[packFile].Data)
		}
		if p.Digest() != want {
			t.Fatalf("digest %s, want %s for\n%s", p.Digest(), want, files[packFile].Data)
		}
	}
}

// shuffled writes a YAML file anew with its keys in another order.
func shuffled(t *testing.T, random *rand.Rand, data []byte) []byte {
	t.Helper()
	root, f := readYAML(data)
	if f != nil {
		t.Fatal(f)
	}
	out, err := yaml.Marshal(mixed(random, root))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func mixed(random *rand.Rand, n *node) any {
	switch n.kind {
	case mapNode:
		var m yaml.MapSlice
		for _, i := range random.Perm(len(n.keys)) {
			m = append(m, yaml.MapItem{Key: n.keys[i], Value: mixed(random, n.vals[i])})
		}
		return m
	case listNode:
		list := []any{}
		for _, v := range n.vals {
			list = append(list, mixed(random, v))
		}
		return list
	case numberNode:
		whole, err := strconv.Atoi(n.text)
		if err != nil {
			panic(err) // the sample writes whole numbers only without quotes
		}
		return whole
	default:
		return n.value("")
	}
}

func TestEveryChangeChangesTheDigest(t *testing.T) {
	reg := concepts(t)
	seen := map[string]string{samplePack(t).Digest(): "the sample"}
	for _, m := range []mutation{
		{does: "a weight", file: packFile, old: "weight: 2\n", with: "weight: 2.0\n"},
		{does: "a text", file: enFile, old: "title of r-rd (sample)", with: "title of r-rd (Sample)"},
		{does: "a note", file: packFile, old: "note: 数量为本系统设定", with: "note: 数量由本系统设定"},
		{does: "a condition", file: packFile, old: ">= param('min-years')", with: "> param('min-years')"},
		{does: "the order of states", file: packFile, old: "next: [draft, authorised]", with: "next: [authorised, draft]"},
	} {
		files := sampleFiles(t)
		replace(t, files, m.file, m.old, m.with)
		p, err := Load(files, sampleDir, reg)
		if err != nil {
			t.Fatal(err)
		}
		if first, twice := seen[p.Digest()]; twice {
			t.Errorf("%s gives the digest of %s", m.does, first)
		}
		seen[p.Digest()] = m.does
	}
}

func TestEncodeAfterDecodeIsIdentity(t *testing.T) {
	p := samplePack(t)
	first, err := Encode(p)
	if err != nil {
		t.Fatal(err)
	}
	q, err := Decode(first)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Encode(q)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first, second) || p.Digest() != q.Digest() {
		t.Errorf("digest %s became %s\n%s", p.Digest(), q.Digest(), cmp.Diff(string(first), string(second)))
	}
	gate, _ := q.Gate("g-years")
	if got := q.Truth(gate.Test, enterprise()); got.State != Holds {
		t.Errorf("a decoded pack decides %+v", got)
	}
}

func TestEncodeDoesNotTouchThePack(t *testing.T) {
	p := samplePack(t)
	p.Slots[0].MustShow = nil
	p.Annexes[0].Slots = nil
	if _, err := Encode(p); err != nil {
		t.Fatal(err)
	}
	if p.Annexes[0].Slots != nil || p.Slots[0].MustShow != nil {
		t.Error("Encode changed the pack")
	}
}

func TestDecodeRefuses(t *testing.T) {
	data, err := Encode(samplePack(t))
	if err != nil {
		t.Fatal(err)
	}
	good := string(data)
	if !strings.Contains(good, `"region":"510000"`) {
		t.Fatal("the sample has changed")
	}
	change := func(old, with string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("no %s in the sample", old)
		}
		return strings.Replace(good, old, with, 1)
	}
	for name, c := range map[string]struct{ data, rule string }{
		"nothing":                     {"", ruleSyntax},
		"no JSON":                     {"{", ruleSyntax},
		"two values":                  {good + good, ruleSyntax},
		"a list":                      {"[]", ruleType},
		"an empty object":             {"{}", ruleType},
		"too big":                     {strings.Repeat(" ", maxPack) + good, ruleHostile},
		"too deep":                    {strings.Repeat("[", 1000) + strings.Repeat("]", 1000), ruleHostile},
		"never closed":                {strings.Repeat(`{"a":`, 100_000), ruleHostile},
		"white space":                 {" " + good, ruleCanonical},
		"a field twice":               {change(`"region":"510000"`, `"region":"510000","region":"370000"`), ruleCanonical},
		"a field in capitals":         {change(`"region":`, `"Region":`), ruleUnknown},
		"an unknown field":            {change(`"region":`, `"colour":"red","region":`), ruleUnknown},
		"an unknown field in an item": {change(`"attested":true`, `"attested":true,"colour":"red"`), ruleUnknown},
		"a number for a decimal":      {change(`"weight":"2"`, `"weight":2`), ruleType},
		"null for a list":             {change(`"slots":["licence"]`, `"slots":null`), ruleType},
		"no texts":                    {change(`"texts":`, `"textz":`), ruleType},
		"a text that is a number":     {change(`"bureau.title":"title of bureau (sample)"`, `"bureau.title":3`), ruleType},
		"a concept under another id":  {change(`{"founded":{"id":"founded"`, `{"founded":{"id":"funded"`), ruleSameID},
		"a concept of no type":        {change(`"type":"event"`, `"type":"omen"`), ruleValue},
		"a concept nobody uses":       {change(`{"founded":`, `{"age":{"id":"age","meaning":{"en":"A","zh-CN":"龄"},"name":{"en":"A","zh-CN":"龄"},"subject":"client","type":"number"},"founded":`), ruleCanonical},
		"a dangling reference":        {change(`"gate":"g-licences"`, `"gate":"g-none"`), ruleReference},
		"a condition that is none":    {change(`years('founded')`, `years('founded'`), ruleCondition},
		"a condition without concept": {change(`years('founded')`, `years('born')`), ruleConcept},
		"a condition that costs":      {change(`"when":"application.object == 'product'"`, `"when":"[1,2,3,4,5,6,7,8,9].all(a, [1,2,3,4,5,6,7,8,9].all(b, [1,2,3,4,5,6,7,8,9].all(c, a == b && b == c)))"`), ruleCost},
		"a foreign placeholder":       {change(`{client.name}`, `{client.nome}`), rulePlaceholder},
		"the same id twice":           {change(`"id":"g-incident"`, `"id":"g-years"`), ruleSameID},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Decode([]byte(c.data))
			list := problemsIn(t, err)
			for _, p := range list {
				if p.Rule == c.rule {
					return
				}
			}
			t.Errorf("want %s, got %v", c.rule, err)
		})
	}
}

func TestDecodeBoundsItsWork(t *testing.T) {
	data, err := Encode(samplePack(t))
	if err != nil {
		t.Fatal(err)
	}
	many := strings.Replace(string(data), `"duties":[`, `"duties":[`+strings.Repeat(`{"colour":1},`, 20_000), 1)
	_, err = Decode([]byte(many))
	if got := len(problemsIn(t, err)); got > maxProblems {
		t.Errorf("%d problems", got)
	}
}

func FuzzDecode(f *testing.F) {
	data, err := Encode(samplePack(f))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"concepts":{},"texts":{}}`))
	f.Add([]byte(`{"concepts":null,"texts":{"a":null}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Decode(data)
		if err != nil {
			return
		}
		again, err := Encode(p)
		if err != nil || !bytes.Equal(again, data) {
			t.Errorf("accepted what it would not write: %v", err)
		}
	})
}

func FuzzReadYAML(f *testing.F) {
	data, err := os.ReadFile("testdata/good/" + packFile)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte("a: &a [*a]\n"))
	f.Add([]byte("? {a: b}\n: c\n"))
	f.Add([]byte("- - - x\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		root, flaw := readYAML(data)
		if flaw != nil {
			return
		}
		if _, err := json.Marshal(root.value("")); err != nil {
			t.Errorf("a tree that is no value: %v", err)
		}
	})
}
