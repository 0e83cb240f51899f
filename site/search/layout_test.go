package search

import (
	"slices"
	"strings"
	"testing"
)

// starts are where the blocks of a document begin.
func starts(blocks ...block) []int {
	var out []int
	for _, b := range layOut(blocks) {
		out = append(out, b.at)
	}
	return out
}

func TestABlockThatGrowsDoesNotMoveTheOthers(t *testing.T) {
	document := func(title, measure string) []int {
		return starts(block{title, true}, block{measure, true}, block{"第二项示例措施", true}, block{"示例科", false}, block{"示例处", false})
	}
	before := document("示例标题", strings.Repeat("示例", 40))
	if after := document("示例标题改了", strings.Repeat("示例", 40)+"后来多写了几个字"); !slices.Equal(before, after) {
		t.Errorf("blocks begin at %v and then at %v", before, after)
	}
	for i, at := range before[:3] {
		if at%align != 0 {
			t.Errorf("block %d begins at %d", i, at)
		}
	}
}

func TestNoPairReachesOverTheBorderOfBlocks(t *testing.T) {
	blocks := layOut([]block{{"甲乙", true}, {"丙", false}, {"丁", false}, {"戊。、己", true}})
	for i, b := range blocks[1:] {
		if b.at <= blocks[i].end() {
			t.Errorf("block %d begins at %d, right behind the one that ends at %d", i+1, b.at, blocks[i].end())
		}
	}
	if last := blocks[len(blocks)-1]; last.String() != "。、" || last.text != "" {
		t.Errorf("the last block is not the punctuation but %q", last.String())
	}
}

func TestWhatAnotherBlockSaysHasNoPlaceOfItsOwn(t *testing.T) {
	blocks := layOut([]block{{"示例标题", true}, {"针对“示例标题”的问题", true}, {"示例标题", false}, {"例标题的问", false}})
	if len(blocks) != 4 { // title, heading, punctuation twice
		t.Errorf("%d blocks have a place", len(blocks))
	}
}

func TestAPhraseIsWholeInThePieceInWhichItBegins(t *testing.T) {
	var text strings.Builder
	for i := range 3000 {
		text.WriteRune(rune(0x4e00 + i))
		if i%7 == 0 {
			text.WriteString("，")
		}
	}
	blocks := layOut([]block{{"示例", true}, {text.String(), true}})
	cut := pieces(blocks)
	long := blocks[1]
	for at := long.at; at+longest <= long.end(); at++ {
		phrase := long.units[at-long.at : at-long.at+longest]
		if !slices.ContainsFunc(cut[at>>windowBits], func(text string) bool {
			return strings.Contains(normal(text).String(), form{units: phrase}.String())
		}) {
			t.Fatalf("the phrase at %d is not whole in piece %d", at, at>>windowBits)
		}
	}
}
