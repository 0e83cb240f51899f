package importer

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"rectify/site/problem"
)

var charsetForm = regexp.MustCompile(`(?i)charset\s*=\s*["']?\s*([a-z0-9_-]+)`)

// readHTML makes a document of a web page. What the page shows around the text
// stays in the document, set apart; what it hides does not.
func readHTML(name string, data []byte) (*Document, problem.List) {
	at := problem.Place{File: name}
	text, encoding, lost, ok := decodeText(data)
	if m := charsetForm.FindSubmatch(data[:min(len(data), 4096)]); ok && m != nil && encoding == UTF8 && !utf8.Valid(data) && bytes.HasPrefix(bytes.ToLower(m[1]), []byte("gb")) {
		// Damaged GBK may pass for damaged UTF-8; the page says what it is.
		if decoded, good := decodeGB(data); good {
			text, encoding, lost = decoded, GB18030, 0
		}
	}
	if !ok {
		return nil, problem.List{problem.New(problem.NotText, at)}
	}
	var list problem.List
	if lost > 0 {
		list = append(list, problem.New(problem.CharactersLost, at, count(lost)))
	}
	// The parser limits how deep elements lie in each other.
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil, append(list, problem.New(problem.BrokenArchive, at))
	}
	doc := &Document{Name: name, Format: WebPage, Encoding: encoding}
	doc.Meta = metaOf(root)
	h := &htmlReader{main: mainText(root), hidden: hiddenNames(root)}
	h.walk(root, "")
	h.flush("")
	doc.Blocks = h.blocks
	if h.away > 0 {
		list = append(list, problem.New(problem.HiddenDropped, at, count(h.away)))
	}
	if dropped := doc.fromBlocks(); dropped > 0 {
		list = append(list, problem.New(problem.ControlsDropped, at, count(dropped)))
	}
	return doc.checked(list)
}

// metaOf reads the tags that government sites carry.
func metaOf(root *html.Node) Meta {
	var m Meta
	for n := range root.Descendants() {
		if n.DataAtom != atom.Meta {
			continue
		}
		content := strings.TrimSpace(htmlAttr(n, "content"))
		switch strings.ToLower(htmlAttr(n, "name")) {
		case "articletitle":
			m.Title = content
		case "pubdate":
			m.Published = content
		case "contentsource":
			m.Source = content
		case "sitename":
			m.Site = content
		}
	}
	return m
}

func htmlAttr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if strings.EqualFold(a.Key, key) {
			return a.Val
		}
	}
	return ""
}

// htmlReader turns a page into blocks.
type htmlReader struct {
	main    *html.Node // holds the text; nil is unknown
	blocks  []Block
	line    strings.Builder
	level   int
	title   bool
	table   int
	links   int // characters of the line that are links
	chars   int
	seen    bool // the text was reached
	inside  bool
	depth   int
	label   string // of a list's item, before its first text
	item    int    // of the line: how deep its list lies
	hidden  map[string]bool
	away    int                        // elements with text that a style sheet hides
	counted map[*html.Node]countedItem // numbered lists on their way
}

// names of elements by which sites call the text of an article
var textNames = []string{"zoom", "trs_editor", "ucapcontent", "article-content", "articlecontent", "article_content", "content-text", "newscontent", "news_content", "detail-content", "detailcontent", "pages_content", "v_news_content", "con_content", "textbody", "wznr", "xxgk_content", "content_body", "article-body", "main-content", "zw", "zwnr", "article_con", "news-content", "conttext", "info-content"}

// names of elements that hold what is around the text
var asideNames = map[string]string{
	"nav": asideNav, "menu": asideNav, "navbar": asideNav, "header": asideHeader, "top": asideHeader, "footer": asidePageEnd, "foot": asidePageEnd, "bottom": asidePageEnd,
	"breadcrumb": asidePath, "crumb": asidePath, "crumbs": asidePath, "position": asidePath, "location": asidePath, "dqwz": asidePath, "sidebar": asideNav, "share": asideShare, "bdsharebuttonbox": asideShare,
	"links": asideLinks, "friendlink": asideLinks, "friendlinks": asideLinks, "yqlj": asideLinks, "related": asideLinks, "relate": asideLinks, "qrcode": asideQR, "ewm": asideQR, "search": asideNav, "toolbar": asideNav, "login": asideNav, "copyright": asideFooter, "pagination": asideNav, "xgwd": asideLinks,
}

func namesOf(n *html.Node) []string {
	return strings.FieldsFunc(strings.ToLower(htmlAttr(n, "class")+" "+htmlAttr(n, "id")), func(r rune) bool { return r == ' ' || r == '\t' || r == '\n' })
}

// mainText finds the element with the text by its name: the one that holds most
// of the page's sentences.
func mainText(root *html.Node) *html.Node {
	all := stops(root)
	var best *html.Node
	most := 0
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		called := n.DataAtom == atom.Article || n.DataAtom == atom.Main
		for _, name := range namesOf(n) {
			called = called || slices.Contains(textNames, name)
		}
		if !called {
			continue
		}
		// The innermost of several that hold the same.
		if s := stops(n); s*10 >= all*7 && s > 0 && (best == nil || s*10 >= most*9) {
			best, most = n, s
		}
	}
	return best
}

// stops counts full stops: links and menus have none.
func stops(n *html.Node) int {
	count := 0
	for d := range n.Descendants() {
		if d.Type == html.TextNode && (d.Parent == nil || d.Parent.DataAtom != atom.Script && d.Parent.DataAtom != atom.Style) {
			count += strings.Count(d.Data, "。")
		}
	}
	return count
}

var hiddenStyle = regexp.MustCompile(`(?i)(display\s*:\s*none|visibility\s*:\s*hidden)`)

// dropped tells elements that show no text.
func droppedElement(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Iframe, atom.Object, atom.Svg, atom.Canvas, atom.Audio, atom.Video, atom.Datalist:
		return true
	case atom.Input, atom.Textarea, atom.Button:
		return true
	}
	for _, a := range n.Attr {
		switch strings.ToLower(a.Key) {
		case "hidden":
			return a.Val != "until-found"
		case "style":
			if hiddenStyle.MatchString(a.Val) {
				return true
			}
		}
	}
	return false
}

func (h *htmlReader) asideOf(n *html.Node) string {
	switch n.DataAtom {
	case atom.Nav, atom.Select, atom.Form:
		return asideNav
	case atom.Footer:
		return asidePageEnd
	case atom.Aside:
		return asideLinks
	case atom.Header:
		if h.main == nil && stops(n) == 0 && !holdsTitle(n) {
			return asideHeader
		}
		return ""
	}
	switch strings.ToLower(htmlAttr(n, "role")) {
	case "navigation", "search", "menu", "menubar":
		return asideNav
	case "contentinfo":
		return asidePageEnd
	case "banner":
		return asideHeader
	}
	for _, name := range namesOf(n) {
		if reason := asideNames[name]; reason != "" && stops(n) < 3 {
			return reason
		}
	}
	return ""
}

// holdsTitle tells an element with the title of the paper in its heading.
func holdsTitle(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.DataAtom == atom.H1 && isWholeTitle(textOf(d)) {
			return true
		}
	}
	return false
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func isBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd, atom.Table, atom.Tr, atom.Td, atom.Th,
		atom.Section, atom.Article, atom.Main, atom.Header, atom.Footer, atom.Nav, atom.Aside, atom.Blockquote, atom.Pre, atom.Center, atom.Hr, atom.Form, atom.Fieldset, atom.Figure, atom.Figcaption, atom.Caption, atom.Address, atom.Body, atom.Option, atom.Legend, atom.Details, atom.Summary:
		return true
	}
	return false
}

const maxHTMLDepth = 500

// walk reads an element. aside is why it is set apart.
func (h *htmlReader) walk(n *html.Node, aside string) {
	if h.depth++; h.depth > maxHTMLDepth {
		h.depth--
		return
	}
	defer func() { h.depth-- }()
	switch n.Type {
	case html.TextNode:
		h.text(n.Data, n.Parent)
		return
	case html.ElementNode:
		if droppedElement(n) {
			return
		}
		if h.styledAway(n) {
			if !inkless(textOf(n)) {
				h.away++
			}
			return
		}
	case html.DocumentNode:
	default:
		return
	}
	if reason := h.asideOf(n); reason != "" && aside == "" && !h.inside {
		h.flush(aside)
		aside = reason
		defer h.flush(reason)
	}
	entered := n == h.main
	if entered {
		h.flush(aside)
		h.inside, h.seen, aside = true, true, ""
	}
	switch n.DataAtom {
	case atom.Br:
		h.flush(aside)
		return
	case atom.Img:
		return
	case atom.Table:
		h.flush(aside)
		if h.dataTable(n, aside) {
			return
		}
	}
	block := isBlock(n)
	level, title := h.level, h.title
	if block {
		h.flush(aside)
		if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
			h.level, h.title = int(n.Data[1]-'0'), n.Data == "h1"
		}
		if n.DataAtom == atom.Li {
			h.label = h.listLabel(n)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		h.walk(c, aside)
	}
	if block {
		h.flush(aside)
		h.level, h.title = level, title
	}
	if entered {
		h.flush(aside)
		h.inside = false
	}
}

// text adds to the line. Only HTML's own white space runs together.
func (h *htmlReader) text(data string, parent *html.Node) {
	var b strings.Builder
	space := rune(0)
	for _, r := range data {
		switch r {
		case '\n', '\r':
			space = '\n' // a line end of the page's source, not of the text
			continue
		case ' ', '\t', '\f':
			if space == 0 {
				space = ' '
			}
			continue
		}
		if space != 0 && (b.Len() > 0 || h.line.Len() > 0) {
			b.WriteRune(space)
		}
		space = 0
		b.WriteRune(r)
	}
	if space != 0 && (b.Len() > 0 || h.line.Len() > 0) {
		b.WriteRune(space)
	}
	text := b.String()
	if h.label != "" && !inkless(text) {
		if _, ok := parseMark(strings.TrimSpace(text)); !ok {
			text = h.label + text
			h.item = listDepth(parent)
		}
		h.label = ""
	}
	h.chars += length(squeeze(text))
	for p := parent; p != nil; p = p.Parent {
		if p.DataAtom == atom.A {
			h.links += length(squeeze(text))
			break
		}
		if isBlock(p) {
			break
		}
	}
	h.line.WriteString(text)
}

// flush ends a line.
func (h *htmlReader) flush(aside string) {
	text := joinHan(strings.TrimSpace(h.line.String()))
	onlyLinks := h.chars > 0 && h.links*10 >= h.chars*9
	h.line.Reset()
	h.links, h.chars = 0, 0
	if inkless(text) {
		return
	}
	b := Block{Text: text, Level: h.level, Title: h.title, Aside: aside, Item: h.item}
	h.item = 0
	switch {
	case aside != "":
		b.Level, b.Title = 0, false
	case onlyLinks && !strings.Contains(text, "。") && !h.inside && !h.title:
		b.Aside = asideLinks
	case h.main != nil && !h.inside && !h.title && !strings.Contains(text, "。"):
		// Beside the text only its title and its stamp are content.
		if reason := asideOf(text, before); reason != "" {
			b.Level = 0
		} else if h.seen {
			b.Aside = asideFooter
		}
	}
	h.blocks = append(h.blocks, b)
}

// joinHan takes out the line ends that the page's source has between two
// Chinese characters; elsewhere they are spaces, and spaces run together.
func joinHan(text string) string {
	if !strings.ContainsAny(text, "\n ") {
		return text
	}
	var out []rune
	for i, runes := 0, []rune(text); i < len(runes); i++ {
		r := runes[i]
		if r != '\n' && r != ' ' {
			out = append(out, r)
			continue
		}
		end, broken := i, false
		for end < len(runes) && (runes[end] == '\n' || runes[end] == ' ') {
			broken = broken || runes[end] == '\n'
			end++
		}
		if !(broken && len(out) > 0 && end < len(runes) && isWide(out[len(out)-1]) && isWide(runes[end])) {
			out = append(out, ' ')
		}
		i = end - 1
	}
	return string(out)
}

func isWide(r rune) bool { return r >= 0x4e00 && r <= 0x9fff || r >= 0x3001 && r <= 0x301f }
