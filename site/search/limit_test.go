package search

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// found is how many documents the script finds for words in an index.
func found(t *testing.T, x *Indexer, words ...string) []int {
	t.Helper()
	var docs [][]int
	askTwin(t, map[string]any{"files": contents(x), "words": words}, &docs)
	counts := make([]int, len(docs))
	for i := range docs {
		counts[i] = len(docs[i])
	}
	return counts
}

// han is a text of random characters, so that each of its phrases stands there
// once.
func han(random *rand.Rand, n int) string {
	text := make([]rune, n)
	for i := range text {
		text[i] = 0x4e00 + rune(random.IntN(8000))
	}
	return string(text)
}

func part(text string, from, to int) string { return string([]rune(text)[from:to]) }

func TestTitlesAndDocumentsMayBeOfAnyLength(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	title, text := han(random, 300), han(random, 70_000)
	x := New()
	x.add(&document{path: "long.html", title: title, blocks: []block{{title, true}, {text, true}, {"终于", false}}})
	x.add(&document{path: "short.html", title: "短", blocks: []block{{"短", true}}})
	words := []string{
		part(title, 0, 4), part(title, 250, 300), title,
		part(text, 0, 2), part(text, 32_766, 32_772), part(text, 65_530, 65_545), part(text, 69_998, 70_000), part(text, 100, 400), "终于",
	}
	if counts := found(t, x, words...); slices.ContainsFunc(counts, func(n int) bool { return n != 1 }) {
		t.Errorf("found %v times, and once is right", counts)
	}
	if counts := found(t, x, part(title, 298, 300)+part(text, 0, 2), part(text, 69_998, 70_000)+"终"); counts[0]+counts[1] > 0 {
		t.Errorf("phrases over borders are found: %v", counts)
	}
}

// TestThePlaceBeforeTheFirst has a phrase whose first pair is not where its
// other pairs say, in the document with number 0: a place before the first must
// be none, and not a very high one.
func TestThePlaceBeforeTheFirst(t *testing.T) {
	x := New()
	x.add(&document{path: "a.html", title: "丙丁戊甲乙丙丁", blocks: []block{{"丙丁戊甲乙丙丁", true}}})
	x.add(&document{path: "b.html", title: "乙丙丁戊", blocks: []block{{"乙丙丁戊", true}}})
	if counts := found(t, x, "甲乙丙丁", "乙丙丁戊", "甲乙丙丁戊", "丙丁戊甲乙丙丁"); !slices.Equal(counts, []int{1, 1, 0, 1}) {
		t.Errorf("found %v times", counts)
	}
}

func TestListsMayBeOfAnyLength(t *testing.T) {
	const n = 140_000
	x := New()
	x.reports["r"] = &report{id: "r"}
	for i := range n {
		text := "甲乙丙丁"
		if i%1000 == 999 {
			text = "甲乙戊丙丁"
		}
		x.add(&document{path: fmt.Sprint(i), title: text, report: "r", issue: true, blocks: []block{{text, true}}})
	}
	if counts := found(t, x, "甲", "甲乙", "乙戊丙", "甲乙丙丁"); !slices.Equal(counts, []int{n, n, n / 1000, n - n/1000}) {
		t.Errorf("found %v times", counts)
	}
}

func TestCharactersBeyondTheFirstPlaneAreWhole(t *testing.T) {
	x := New()
	x.add(&document{path: "a.html", title: "示例𠀀村", blocks: []block{{"示例𠀀村", true}}})
	x.add(&document{path: "b.html", title: "𠀁", blocks: []block{{"𠀁", true}}}) // the same first half
	if counts := found(t, x, "𠀀", "例𠀀村", "𠀁", "𠀂", "𠀀𠀁"); !slices.Equal(counts, []int{1, 1, 1, 0, 0}) {
		t.Errorf("found %v times", counts)
	}
}
