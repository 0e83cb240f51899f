package load

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"rectify/site/model"
	"rectify/site/problem"
)

// markdown turns prose into HTML. Raw HTML and addresses of scripts are left
// out by default (goldmark's “unsafe” is off). Columns of tables get no
// alignment: it would be a style attribute, which the pages' policy blocks.
// A line break between two Chinese characters is not a space.
var markdown = goldmark.New(
	goldmark.WithExtensions(
		extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignNone)),
		extension.NewCJK(extension.WithEastAsianLineBreaks()),
	),
	goldmark.WithParserOptions(parser.WithAutoHeadingID()),
)

// prose reads one page of pages/*.md. Its first line is its title, which the
// page shows in its own place: it does not stand in the HTML again.
func (l *loader) prose(file entry, into *model.Prose) {
	name := l.slug(file.name, stem(file.name))
	s, ok := l.source(file.name, file.info, false)
	if !ok {
		return
	}
	source := []byte(s.text)
	context := parser.NewContext(parser.WithIDs(headingIDs{}))
	doc := markdown.Parser().Parse(text.NewReader(source), parser.WithContext(context))
	l.add(s.rawHTML(doc, source)...)
	title, ok := doc.FirstChild().(*ast.Heading)
	words := ""
	if ok && title.Level == 1 {
		words = strings.TrimSpace(plain(title, source))
	}
	if words == "" {
		l.add(problem.New(problem.ProseWithoutTitle, s.place(s.firstText())))
		return
	}
	at := s.place(title.Lines().At(0).Start)
	doc.RemoveChild(doc, title)
	var html bytes.Buffer
	if err := markdown.Renderer().Render(&html, source, doc); err != nil {
		l.add(asProblem(file.name, err))
		return
	}
	into.Mark(file.name, "", -1, at.Line, 1)
	into.Mark(file.name, "title", -1, at.Line, at.Column)
	into.Name, into.Title, into.HTML = name, words, html.String()
}

// firstText gives the offset of the first character that is not white space.
func (s *source) firstText() int {
	return len(s.text) - len(strings.TrimLeftFunc(s.text, unicode.IsSpace))
}

// rawHTML takes comments out of the document and reports all other HTML:
// goldmark would leave it out without a word.
func (s *source) rawHTML(doc ast.Node, source []byte) problem.List {
	var list problem.List
	var comments []ast.Node
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		var raw string
		start := 0
		switch n := n.(type) {
		case *ast.HTMLBlock:
			start = n.Lines().At(0).Start
			raw = string(n.Lines().Value(source))
			if n.HasClosure() {
				raw += string(n.ClosureLine.Value(source))
			}
		case *ast.RawHTML:
			start = n.Segments.At(0).Start
			raw = string(n.Segments.Value(source))
		default:
			return ast.WalkContinue, nil
		}
		raw = strings.TrimSpace(raw)
		if strings.HasPrefix(raw, "<!--") && strings.Index(raw, "-->") == len(raw)-len("-->") {
			comments = append(comments, n)
			return ast.WalkContinue, nil
		}
		start += strings.Index(s.text[start:], "<")
		first, _, _ := strings.Cut(raw, "\n")
		list = append(list, problem.New(problem.RawHTML, s.place(start), short(first)))
		return ast.WalkContinue, nil
	})
	for _, comment := range comments {
		comment.Parent().RemoveChild(comment.Parent(), comment)
	}
	return list
}

// plain gives the words of a heading without its marks.
func plain(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Text:
			if entering {
				b.Write(n.Value(source))
				if n.SoftLineBreak() {
					b.WriteByte(' ')
				}
			}
		case *ast.String:
			if entering {
				b.Write(n.Value)
			}
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

// headingIDs makes the ids of one page's headings from their words, so that a
// heading keeps its address when another one is put before it. The prefix
// keeps them apart from the ids of the theme. Behind an id stands the highest
// number that was put behind it.
type headingIDs map[string]int

// Generate gives “s-” and the letters and digits of the heading.
func (ids headingIDs) Generate(heading []byte, _ ast.NodeKind) []byte {
	id := []rune("s")
	gap := true
	for _, r := range strings.ToLower(string(heading)) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap {
				id = append(id, '-')
			}
			id = append(id, r)
			gap = false
		default:
			gap = true
		}
	}
	base := string(id)
	unique := base
	for ids[unique] > 0 {
		ids[base]++
		unique = base + "-" + strconv.Itoa(ids[base])
	}
	ids[unique] = 1
	return []byte(unique)
}

// Put takes an id that is already in use.
func (ids headingIDs) Put(id []byte) { ids[string(id)] = 1 }
