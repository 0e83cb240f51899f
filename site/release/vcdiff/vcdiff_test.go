package vcdiff

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// pairs are versions of a file, old and new.
func pairs() map[string][2][]byte {
	text := []byte(strings.Repeat("示例局对照清单逐项整改,建立台账。\n", 400))
	random := make([]byte, 5<<20)
	source := rand.New(rand.NewPCG(1, 2))
	for i := range random {
		random[i] = byte(source.Uint32())
	}
	changed := bytes.Clone(random)
	for range 200 {
		changed[source.IntN(len(changed))] ^= 1
	}
	return map[string][2][]byte{
		"nothing to nothing":    {nil, nil},
		"nothing to something":  {nil, []byte("示例")},
		"something to nothing":  {[]byte("示例"), nil},
		"the same":              {text, text},
		"shorter than a block":  {[]byte("2025-03-01"), []byte("2025-04-01")},
		"a date in a page":      {text, bytes.Replace(text, []byte("逐项"), []byte("逐条逐项"), 1)},
		"turned round":          {text, append(bytes.Clone(text[5000:]), text[:5000]...)},
		"a part taken out":      {text, append(bytes.Clone(text[:700]), text[9000:]...)},
		"several windows":       {random, changed},
		"several windows moved": {random, append([]byte("示例"), changed...)},
		"nothing in common":     {text, random[:9999]},
	}
}

func TestDifferenceGivesTheNewVersion(t *testing.T) {
	for name, p := range pairs() {
		t.Run(name, func(t *testing.T) {
			diff := Encode(p[0], p[1])
			got, err := Decode(p[0], diff)
			if err != nil || !bytes.Equal(got, p[1]) {
				t.Fatalf("%d bytes of difference give %d bytes, want %d: %v", len(diff), len(got), len(p[1]), err)
			}
		})
	}
}

func TestSmallChangeIsASmallDifference(t *testing.T) {
	for name, limit := range map[string]int{"the same": 40, "a date in a page": 60, "a part taken out": 60, "several windows": 200 * 60} {
		p := pairs()[name]
		if n := len(Encode(p[0], p[1])); n > limit {
			t.Errorf("%s: %d bytes, want at most %d", name, n, limit)
		}
	}
}

func TestOtherReadersOfTheFormatReadIt(t *testing.T) {
	dir := t.TempDir()
	file := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for name, p := range pairs() {
		old, diff, out := file("old", p[0]), file("diff", Encode(p[0], p[1])), filepath.Join(dir, "new")
		if text, err := exec.Command("xdelta3", "-d", "-f", "-s", old, diff, out).CombinedOutput(); err != nil {
			t.Errorf("%s: xdelta3: %v %s", name, err, text)
			continue
		}
		got, err := os.ReadFile(out)
		if err != nil || !bytes.Equal(got, p[1]) {
			t.Errorf("%s: xdelta3 makes %d bytes, want %d (%v)", name, len(got), len(p[1]), err)
		}
	}
}

func TestDamageIsNoticed(t *testing.T) {
	p := pairs()["a date in a page"]
	diff := Encode(p[0], p[1])
	for cut := range diff {
		if got, err := Decode(p[0], diff[:cut]); err == nil && bytes.Equal(got, p[1]) {
			t.Errorf("the first %d bytes of %d were enough", cut, len(diff))
		}
	}
	if _, err := Decode(p[0][1:], diff); err == nil {
		t.Error("another old version was taken")
	}
}

func FuzzDifference(f *testing.F) {
	f.Add([]byte("示例局对照清单逐项整改"), []byte("示例局对照清单逐项整改到位"))
	f.Fuzz(func(t *testing.T, old, new []byte) {
		got, err := Decode(old, Encode(old, new))
		if err != nil || !bytes.Equal(got, new) {
			t.Fatal(err)
		}
	})
}

func FuzzDamagedDifference(f *testing.F) {
	p := pairs()["a date in a page"]
	f.Add(Encode(p[0], p[1]))
	f.Fuzz(func(t *testing.T, diff []byte) {
		if out, err := Decode(p[0], diff); err == nil && len(out) > maxFile {
			t.Fatal("too much")
		}
	})
}
