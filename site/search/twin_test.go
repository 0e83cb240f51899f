package search

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf16"
)

// A twin is the theme's script doing what this package did, in a process that
// goes on as long as the tests.
type twin struct {
	in  io.Writer
	out *bufio.Reader
}

var theTwin = sync.OnceValues(func() (*twin, error) {
	cmd := exec.Command("node", "testdata/twin.js")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return &twin{in, bufio.NewReader(out)}, cmd.Start()
})

func askTwin(t testing.TB, asked, answer any) {
	t.Helper()
	w, err := theTwin()
	if err != nil {
		t.Fatalf("node (version 20 or newer is needed): %v", err)
	}
	line, err := json.Marshal(asked)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.in.Write(append(line, '\n')); err != nil {
		t.Fatal(err)
	}
	line, err = w.out.ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(line, answer); err != nil {
		t.Fatal(err)
	}
}

// sameForm compares the normal forms of texts on both sides.
func sameForm(t testing.TB, texts []string) {
	t.Helper()
	var forms []struct {
		S  string
		At []int
	}
	askTwin(t, map[string]any{"normal": texts}, &forms)
	for i, text := range texts {
		f := normal(text)
		// Offsets here are in bytes, there in units.
		units := make([]int, len(f.offsets))
		for j, offset := range f.offsets {
			units[j] = len(utf16.Encode([]rune(text[:offset])))
		}
		if there := utf16.Encode([]rune(forms[i].S)); !slices.Equal(f.units, there) || !slices.Equal(units, forms[i].At) {
			t.Errorf("%+q: %x %v here, %x %v there", text, f.units, units, there, forms[i].At)
		}
	}
}

func TestEveryCharacterHasTheSameNormalFormInTheBrowser(t *testing.T) {
	var texts []string
	for c := rune(1); c <= unicode.MaxRune; c++ {
		if c < 0xd800 || c > 0xdfff {
			texts = append(texts, string(c))
		}
		if len(texts) == 1<<16 || c == unicode.MaxRune {
			sameForm(t, texts)
			texts = texts[:0]
		}
	}
}

// letters are characters whose neighbours matter.
var letters = []rune("整改5８9.,。、“”() \t\u00a0\u200b-—aAéÉİßσΣſｶﾞば゚각각①⑴㎡ﬁ～…𝐀𠀀🀄\u0301\u0308\u3099\ufe0f\u20e3\u0345")

func randomText(random *rand.Rand) string {
	text := make([]rune, random.IntN(12))
	for i := range text {
		text[i] = letters[random.IntN(len(letters))]
	}
	return string(text)
}

func TestTextsHaveTheSameNormalFormInTheBrowser(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	texts := make([]string, 50_000)
	for i := range texts {
		texts[i] = randomText(random)
	}
	sameForm(t, texts)
}

func FuzzNormalFormIsTheSameInTheBrowser(f *testing.F) {
	random := rand.New(rand.NewPCG(2, 2))
	for range 100 {
		f.Add(randomText(random))
	}
	f.Fuzz(func(t *testing.T, text string) {
		sameForm(t, []string{strings.ToValidUTF8(text, "")})
	})
}

// posting is a document of a list as the twin gives it: number, flags, places.
type posting [3]any

// sameLists makes the index of documents, and compares every list with what it
// must hold. It tells whether lists had to be cut into chunks.
func sameLists(t testing.TB, documents [][]block) (chunked bool) {
	t.Helper()
	x := New()
	type entry struct {
		flags  int
		places []int
	}
	want := map[string]map[uint32]*entry{}
	note := func(doc int, key string, at int, inTitle bool) {
		if want[key] == nil {
			want[key] = map[uint32]*entry{}
		}
		e := want[key][uint32(doc)]
		if e == nil {
			e = &entry{}
			want[key][uint32(doc)] = e
		} else {
			e.flags |= several
		}
		if inTitle {
			e.flags |= titled
		}
		if len(key) > 1 {
			e.places = append(e.places, at)
		}
	}
	for i, blocks := range documents {
		x.add(&document{path: fmt.Sprintf("pages/%d.html", i), title: blocks[0].text, blocks: blocks})
		for n, p := range layOut(blocks) {
			text := p.String() // of single bytes, as the keys below are
			for at := range text {
				for length := 1; length <= 3 && at+length <= len(text); length++ {
					if key := text[at : at+length]; length < 3 || strings.Trim(key, "0123456789") == "" {
						note(i, key, p.at+at, n == 0)
					}
				}
			}
		}
	}
	numbers, _ := x.order()
	files := contents(x)
	for path := range files {
		chunked = chunked || strings.HasPrefix(path, "search/c/")
	}
	keys := []string{"zz", "z", "999"} // of no document
	for key := range want {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	var lists [][]posting
	askTwin(t, map[string]any{"files": files, "keys": keys}, &lists)
	for i, key := range keys {
		var expected []posting
		for doc, e := range want[key] {
			// The script has 1 for several places and 2 for the title.
			expected = append(expected, posting{float64(numbers[doc]), float64(e.flags>>1 | e.flags<<1&2), floats(e.places)})
		}
		slices.SortFunc(expected, func(a, b posting) int { return int(a[0].(float64) - b[0].(float64)) })
		if there, here := fmt.Sprint(lists[i]), fmt.Sprint(expected); there != here {
			t.Fatalf("the list of %q is\n%.2000s\nand must be\n%.2000s", key, there, here)
		}
	}
	return chunked
}

func floats(numbers []int) []any {
	out := make([]any, len(numbers))
	for i, n := range numbers {
		out[i] = float64(n)
	}
	return out
}

// documentsFrom makes documents of bytes: the first bits of each say whether a
// document or a block begins, the rest are a text of few characters, so that
// lists become long and have many places.
func documentsFrom(data []byte) [][]block {
	const characters = "abcd0123"
	documents := [][]block{{{"a", true}}}
	for _, b := range data {
		last := &documents[len(documents)-1]
		switch {
		case b >= 0xf8:
			documents = append(documents, []block{{"", true}})
			last = &documents[len(documents)-1]
		case b >= 0xf0:
			*last = append(*last, block{"", b&1 > 0})
		}
		text := &(*last)[len(*last)-1].text
		*text += strings.Repeat(string(characters[b&7]), 1+int(b>>3&1))
	}
	return documents
}

func TestListsReadAsTheyWereWritten(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 3))
	for _, size := range []int{0, 10, 300, 5_000, 100_000} {
		data := make([]byte, size)
		for i := range data {
			data[i] = byte(random.IntN(256))
		}
		if chunked := sameLists(t, documentsFrom(data)); chunked != (size > 10_000) {
			t.Errorf("with %d bytes lists are in chunks: %t", size, chunked)
		}
	}
}

func FuzzListsReadAsTheyWereWritten(f *testing.F) {
	random := rand.New(rand.NewPCG(4, 4))
	for _, size := range []int{3, 30, 3000} {
		data := make([]byte, size)
		for i := range data {
			data[i] = byte(random.IntN(256))
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) { sameLists(t, documentsFrom(data)) })
}
