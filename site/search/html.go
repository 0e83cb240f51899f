package search

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// inline are the elements of prose that do not end a block.
var inline = map[atom.Atom]bool{
	atom.A: true, atom.B: true, atom.Br: true, atom.Code: true, atom.Del: true, atom.Em: true, atom.I: true, atom.Img: true,
	atom.S: true, atom.Span: true, atom.Strong: true, atom.Sub: true, atom.Sup: true,
}

// htmlBlocks are the texts of the blocks of an HTML fragment, in order.
func htmlBlocks(fragment string) []string {
	var (
		blocks []string
		text   strings.Builder
	)
	end := func() {
		if strings.TrimSpace(text.String()) != "" {
			blocks = append(blocks, text.String())
		}
		text.Reset()
	}
	// The tokenizer knows no error but the end of the text.
	for z := html.NewTokenizer(strings.NewReader(fragment)); ; {
		switch z.Next() {
		case html.ErrorToken:
			end()
			return blocks
		case html.TextToken:
			text.Write(z.Text())
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			if name, _ := z.TagName(); !inline[atom.Lookup(name)] {
				end()
			}
		}
	}
}
