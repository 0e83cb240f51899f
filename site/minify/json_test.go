package minify

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestJSONKeepsNumbersAndStringsAsTheyAreWritten(t *testing.T) {
	for _, in := range []string{
		"482913", "1.10", "1e3", "1E+3", "-0", "-0.0", "100000", "9007199254740993", "123456789012345678901234567890", "0.1e-7",
		`"a  b"`, `" "`, `"\u2028\u003c\/\""`, "\"\u2028\u3000𠮷\"", `"1.10"`, `{"a":1,"a":2}`, "[]", "{}", "null",
	} {
		if got := file(t, "a.json", " "+in+"\n"); got != in {
			t.Errorf("%s became %s", in, got)
		}
	}
}

func TestAnyJSONStaysEqual(t *testing.T) {
	for seed := range uint64(3000) {
		c := chance{rand.New(rand.NewPCG(seed, 3))}
		var b strings.Builder
		randomJSON(c, &b, 0)
		out := file(t, "a.json", b.String())
		if diff := cmp.Diff(decode(t, b.String()), decode(t, out)); diff != "" {
			t.Fatalf("%s became %s:\n%s", b.String(), out, diff)
		}
		if again := file(t, "a.json", out); again != out {
			t.Fatalf("%s once, %s twice", out, again)
		}
	}
}

func decode(t *testing.T, text string) any {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return v
}

func randomJSON(c chooser, b *strings.Builder, depth int) {
	blank := func() { b.WriteString([]string{"", " ", "\n\t", "\r\n  "}[c.pick(4)]) }
	list := func(open, closing string, item func(i int)) {
		b.WriteString(open)
		for i := range c.pick(4) {
			if i > 0 {
				b.WriteString(",")
			}
			blank()
			item(i)
			blank()
		}
		b.WriteString(closing)
	}
	blank()
	kind := c.pick(8)
	if depth > 4 {
		kind = c.pick(6)
	}
	switch kind {
	case 0, 1:
		b.WriteString([]string{"482913", "-1.10", "1e3", "0", "-0", "1.5E-7", "18446744073709551616"}[c.pick(7)])
	case 2, 3, 4:
		b.WriteString([]string{`"a  b"`, `" : , "`, `"一\n\u4e00"`, `"\\\""`, `"{ }"`, `""`}[c.pick(6)])
	case 5:
		b.WriteString([]string{"true", "false", "null"}[c.pick(3)])
	case 6:
		list("[", "]", func(int) { randomJSON(c, b, depth+1) })
	case 7:
		list("{", "}", func(i int) {
			fmt.Fprintf(b, `"k  %d"`, i)
			blank()
			b.WriteString(":")
			randomJSON(c, b, depth+1)
		})
	}
	blank()
}
