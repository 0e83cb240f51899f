package minify

import (
	"fmt"
	"html"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// checkPage asserts what this room promises for a page.
func checkPage(t *testing.T, m *Minifier, page string) {
	t.Helper()
	out, err := m.File("a.html", []byte(page))
	if err != nil {
		t.Fatalf("%v\npage:\n%s", err, page)
	}
	before, after := parsePage(t, page), parsePage(t, string(out))
	if diff := cmp.Diff(outline(before), outline(after)); diff != "" {
		t.Fatalf("the page changed (-before +after):\n%s\npage:\n%q\nminified:\n%q", diff, page, out)
	}
	if diff := cmp.Diff(layout(before), layout(after)); diff != "" {
		t.Fatalf("the visible text changed (-before +after):\n%s\npage:\n%q\nminified:\n%q", diff, page, out)
	}
	if len(out) > len(page) {
		t.Fatalf("%d bytes became %d\npage:\n%q\nminified:\n%q", len(page), len(out), page, out)
	}
	again, err := m.File("a.html", out)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(out), string(again)); diff != "" {
		t.Fatalf("minifying twice is not the same as once (-once +twice):\n%s\npage:\n%q", diff, page)
	}
}

func TestAnyPageKeepsItsTextAndAttributes(t *testing.T) {
	m := New()
	cases := 4000
	if testing.Short() {
		cases = 400
	}
	for seed := range cases {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			page := (&tree{chooser: chance{rand.New(rand.NewPCG(uint64(seed), 1))}, words: words}).page()
			checkPage(t, m, page)
		})
	}
}

// FuzzPage lets the fuzzer decide the shape of the page and one of its words.
// Run it with: go test -fuzz FuzzPage ./site/minify
func FuzzPage(f *testing.F) {
	f.Add([]byte("seed"), "《条例》 & <b> \"x\"")
	f.Add([]byte{3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6}, "\u3000\u00a0𠮷")
	f.Add([]byte{0xff, 7, 7, 7, 7, 10, 2, 9, 200, 31, 17, 16, 18, 5}, "&amp;lt")
	m := New()
	f.Fuzz(func(t *testing.T, shape []byte, word string) {
		word = strings.ToValidUTF8(strings.Map(fuzzable, word), "")
		all := append([]string{html.EscapeString(word)}, words...)
		checkPage(t, m, (&tree{chooser: &choices{shape}, words: all}).page())
	})
}

// fuzzable drops the characters that no HTML file may hold: html/template
// never writes them, and parsers differ in what they make of them.
func fuzzable(r rune) rune {
	if r < ' ' && !strings.ContainsRune("\t\n\r", r) || r == 0x7f || r >= 0xfdd0 && r <= 0xfdef || r&0xfffe == 0xfffe {
		return -1
	}
	return r
}
