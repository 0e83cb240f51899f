package page

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"rectify/site/model"
)

// document is a work that issues name in 《》.
type document struct {
	title  string // with its marks
	issues []*model.Issue
	page   int // of the index, from 1
}

func (d *document) anchor() string { return "doc-" + hashed(d.title, 10) }

// href leads from the page at path to the document's place in the index.
func (d *document) href(path string) string {
	return relative(path, numbered(documentsStem, d.page)) + "#" + d.anchor()
}

// longestTitle keeps a mark that was never closed from making a title.
const longestTitle = 80

// titlesIn finds the works that a text names; of nested ones the outer.
func titlesIn(text string) []string {
	var titles []string
	for {
		start := strings.Index(text, "《")
		if start < 0 {
			return titles
		}
		depth, end := 0, -1
		for i, r := range text[start:] {
			switch r {
			case '《':
				depth++
			case '》':
				depth--
			}
			if depth == 0 {
				end = start + i + len("》")
				break
			}
			if r == '\n' {
				break
			}
		}
		if end < 0 { // never closed: look behind it
			text = text[start+len("《"):]
			continue
		}
		if title := text[start:end]; title != "《》" && len([]rune(title)) <= longestTitle {
			titles = append(titles, title)
		}
		text = text[end:]
	}
}

// titlesOf are the works that an issue names, each once, in their order.
func titlesOf(issue *model.Issue) []string {
	texts := []string{issue.Title, issue.Finding, issue.Goal}
	for _, m := range issue.Measures {
		texts = append(texts, m.Intro, m.Title, m.Text)
	}
	texts = append(texts, issue.Result)
	var titles []string
	for _, text := range texts {
		for _, title := range titlesIn(text) {
			if !slices.Contains(titles, title) {
				titles = append(titles, title)
			}
		}
	}
	return titles
}

func (b *Book) indexDocuments(issue *model.Issue) {
	for _, title := range titlesOf(issue) {
		d := b.documents[title]
		if d == nil {
			d = &document{title: title}
			b.documents[title] = d
			b.works = append(b.works, d)
		}
		d.issues = append(d.issues, issue)
	}
}

// mention is an issue that names a document: a line of the index. A document
// that many issues name goes on over the page, and is named there again.
type mention struct {
	of    *document
	issue *model.Issue
}

// orderDocuments puts what many issues name first, and keeps the order of the
// portal otherwise.
func (b *Book) orderDocuments() {
	slices.SortStableFunc(b.works, func(x, y *document) int { return cmp.Compare(len(y.issues), len(x.issues)) })
	for _, d := range b.works {
		d.page = len(b.mentions)/perPage + 1
		for _, issue := range d.issues {
			b.mentions = append(b.mentions, mention{d, issue})
		}
	}
}

func (b *Book) documentPages() iter.Seq[Page] {
	return func(yield func(Page) bool) {
		count := pages(len(b.mentions))
		for n := 1; n <= count; n++ {
			path := numbered(documentsStem, n)
			p := Documents{
				Frame: b.listFrame(LayoutDocuments, documentsStem, b.words.documents, n),
				Total: number(len(b.works)), Pages: pagination(path, pagesOf(documentsStem), n, count),
			}
			var last *document
			for _, m := range onPage(b.mentions, n) {
				if m.of != last {
					last = m.of
					p.Items = append(p.Items, Document{Anchor: last.anchor(), Title: last.title, N: number(len(last.issues))})
				}
				one := &p.Items[len(p.Items)-1]
				one.Issues = append(one.Issues, *b.issueLink(path, m.issue))
			}
			if !yield(Page{Path: path, Layout: LayoutDocuments, Data: p}) {
				return
			}
		}
	}
}

// documentLinks leads from an issue's page to the documents that it names.
func (b *Book) documentLinks(path string, issue *model.Issue) []Link {
	var links []Link
	for _, title := range titlesOf(issue) {
		if d := b.documents[title]; d != nil {
			links = append(links, Link{title, d.href(path)})
		}
	}
	return links
}
