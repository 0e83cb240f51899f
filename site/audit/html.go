package audit

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"rectify/site/problem"
)

// page is what is remembered of an HTML page while its tokens go by; nothing
// here needs a tree.
type page struct {
	reader bytes.Reader
	attrs  []attr
	local  []local // links within the page, judged when all ids are known

	at       int    // offset of the current token
	raw      string // the element whose raw text is being read
	data     bool   // that text is application/ld+json
	drawing  int    // depth of <svg>, whose <title> is not the page's
	opened   bool   // a tag has been seen, so a doctype would come too late
	doctype  bool
	charset  bool
	lang     string
	titled   bool // the title has text
	policy   string
	policyOK bool
	governed string // the first tag that a policy behind it would miss
	titles   int
	h1, main int
	article  []string // values of article[data-issue]
	stray    []string // values of data-issue on other elements
	meta     uint16   // bits of metaNames
	badDate  bool
}

// local is a link to an anchor of its own page.
type local struct {
	fragment, address span
	at                int
}

func (p *page) fresh() page {
	return page{attrs: p.attrs[:0], local: p.local[:0], article: p.article[:0], stray: p.stray[:0]}
}

// html reads the tokens of a page. The tokenizer follows the rules of browsers
// and knows no error but the end, so what is said to be unreadable is decided
// here.
func (s *scan) html() {
	s.utf8(problem.NotHTML)
	p := &s.page
	p.reader.Reset(s.data)
	z := html.NewTokenizer(&p.reader)
	comment := false // an open one at the end of the file
	for {
		kind := z.Next()
		size := len(z.Raw())
		if kind == html.ErrorToken {
			break
		}
		comment = false
		switch kind {
		case html.DoctypeToken:
			p.doctype = p.doctype || !p.opened && strings.EqualFold(strings.TrimSpace(string(z.Text())), "html")
		case html.CommentToken:
			comment = !bytes.HasSuffix(z.Raw(), []byte(">"))
		case html.TextToken:
			s.pageText(z)
		case html.EndTagToken:
			s.endTag(z)
		case html.StartTagToken, html.SelfClosingTagToken:
			s.startTag(z, kind == html.SelfClosingTagToken)
		}
		p.at += size
	}
	switch {
	case len(bytes.TrimSpace(s.data)) == 0:
		s.report(problem.NotHTML, nowhere, "the file is empty")
		return
	case p.raw != "":
		s.report(problem.NotHTML, nowhere, "<"+p.raw+"> is not closed")
	case comment:
		s.report(problem.NotHTML, nowhere, "a comment is not closed")
	case p.at < len(s.data):
		s.report(problem.NotHTML, p.at, "the file ends within a tag")
	}
	s.pageDone()
}

func (s *scan) pageText(z *html.Tokenizer) {
	p := &s.page
	switch {
	case p.raw == "title" && p.drawing == 0:
		// One title has to have text; that there is only one is told apart.
		p.titled = p.titled || len(bytes.TrimSpace(z.Raw())) > 0
	case p.data:
		raw := z.Raw()
		s.json(raw, p.at)
		if t := bytes.TrimSpace(raw); len(t) > 0 && t[0] != '{' && t[0] != '[' {
			// What `| jsonify` makes of an object inside a script.
			s.report(problem.NotWellFormed, p.at, "application/ld+json is not an object")
		}
	}
	if s.leak.on() {
		s.leak.text(s, z.Text(), p.at)
	}
}

func (s *scan) endTag(z *html.Tokenizer) {
	name, _ := readTag(z, nil)
	p := &s.page
	switch string(name) {
	case p.raw:
		p.raw, p.data = "", false
	case "svg":
		p.drawing = max(0, p.drawing-1)
	}
}

func (s *scan) startTag(z *html.Tokenizer, closed bool) {
	p := &s.page
	p.opened = true
	var name []byte
	name, p.attrs = readTag(z, p.attrs[:0])
	for _, a := range p.attrs {
		s.attribute(string(name) == "article", a)
	}
	s.element(name, closed)
	switch string(name) {
	case "noscript", "noframes", "noembed":
		// The tokenizer takes the view of a browser with scripts on. Readers
		// without scripts follow the links in there.
		z.NextIsNotRawText()
	}
}

// attribute checks what holds for an attribute of any element.
func (s *scan) attribute(article bool, a attr) {
	p := &s.page
	switch string(a.key) {
	case "id":
		s.addID(a.val, p.at)
	case "style":
		s.report(problem.InlineCode, p.at, "style=")
	case "srcdoc":
		s.report(problem.InlineCode, p.at, "srcdoc=")
	case "integrity":
		s.report(problem.ForbiddenMarkup, p.at, "integrity=")
	case "crossorigin":
		s.report(problem.ForbiddenMarkup, p.at, "crossorigin=")
	case "data-issue":
		if article {
			p.article = append(p.article, short(string(a.val)))
		} else {
			p.stray = append(p.stray, short(string(a.val)))
		}
	default:
		if len(a.key) > 2 && a.key[0] == 'o' && a.key[1] == 'n' {
			s.report(problem.InlineCode, p.at, short(string(a.key))+"=")
		}
	}
	if s.leak.on() {
		s.leak.attribute(s, a.val, p.at)
	}
}

// attr returns the value of an attribute of the current tag, and whether it
// stands there.
func (s *scan) attr(key string) ([]byte, bool) {
	for _, a := range s.page.attrs {
		if string(a.key) == key {
			return a.val, true
		}
	}
	return nil, false
}

// element checks what holds for one element.
func (s *scan) element(name []byte, closed bool) {
	p := &s.page
	if !p.policyOK && p.governed == "" {
		s.governed(name)
	}
	switch string(name) {
	case "a":
		if v, ok := s.attr("name"); ok {
			s.addID(v, named)
		}
		s.attrLink("href", navigate)
		s.attrLink("xlink:href", navigate)
	case "area":
		if s.attrLink("href", navigate) {
			s.alt("href")
		}
	case "html":
		lang, _ := s.attr("lang")
		p.lang = string(lang)
	case "meta":
		s.metaTag()
	case "title":
		if p.drawing == 0 {
			p.titles++
		}
		p.raw = "title"
	case "h1":
		p.h1++
	case "main":
		p.main++
	case "link":
		s.linkTag()
	case "script":
		s.scriptTag()
	case "style":
		s.report(problem.InlineCode, p.at, "<style>")
		p.raw = "style"
	case "textarea", "xmp":
		p.raw = string(name)
	case "img":
		s.attrLink("src", loadImage)
		s.srcset()
		s.alt("src")
	case "source":
		s.attrLink("src", load)
		s.srcset()
	case "form":
		s.attrLink("action", submit)
	case "button":
		s.attrLink("formaction", submit)
	case "input":
		s.attrLink("formaction", submit)
		if kind, _ := s.attr("type"); strings.EqualFold(string(kind), "image") {
			s.attrLink("src", loadImage)
			s.alt("src")
		}
	case "svg":
		if !closed {
			p.drawing++
		}
	case "use":
		s.useTag()
	case "image", "feimage":
		s.attrLink("href", loadImage)
		s.attrLink("xlink:href", loadImage)
	case "base", "iframe", "frame", "object", "embed", "applet", "audio", "video", "track", "portal":
		s.report(problem.InlineCode, p.at, "<"+string(name)+">")
		if string(name) == "iframe" {
			p.raw = "iframe"
		}
		for _, key := range [...]string{"src", "data", "poster"} {
			s.attrLink(key, load)
		}
	}
}

func (s *scan) alt(named string) {
	if _, ok := s.attr("alt"); !ok {
		src, _ := s.attr(named)
		s.report(problem.MissingAlt, s.page.at, short(string(src)))
	}
}

func (s *scan) scriptTag() {
	p := &s.page
	p.raw = "script"
	kind, typed := s.attr("type")
	t := strings.ToLower(string(bytes.TrimSpace(kind)))
	src, external := s.attr("src")
	switch {
	case t == "application/ld+json":
		p.data = true
	case typed && t == "module":
		s.report(problem.ForbiddenMarkup, p.at, "type=module")
	}
	switch {
	case external:
		s.link(src, p.at, load)
	case !p.data:
		s.report(problem.InlineCode, p.at, "<script>")
	}
}

// linkTag tells links that load something from links that only say something.
func (s *scan) linkTag() {
	rel, _ := s.attr("rel")
	loads := navigate
	for _, word := range strings.Fields(strings.ToLower(string(rel))) {
		switch word {
		case "icon", "apple-touch-icon", "mask-icon":
			loads = loadImage
		case "stylesheet", "preload", "prefetch", "modulepreload", "prerender", "preconnect", "dns-prefetch":
			loads = load
		case "manifest":
			s.report(problem.InlineCode, s.page.at, "<link rel=manifest>")
			loads = load
		}
	}
	s.attrLink("href", loads)
}

// useTag refuses a drawing from another file: it does not work from file://.
func (s *scan) useTag() {
	for _, key := range [...]string{"href", "xlink:href"} {
		v, ok := s.attr(key)
		switch {
		case !ok:
		case len(v) > 0 && v[0] == '#':
			s.link(v, s.page.at, navigate)
		default:
			s.report(problem.ForbiddenMarkup, s.page.at, "<use "+key+"="+short(string(v))+">")
		}
	}
}

// pageDone judges the page as a whole.
func (s *scan) pageDone() {
	p := &s.page
	for _, c := range [...]struct {
		element string
		n       int
	}{{"h1", p.h1}, {"main", p.main}} {
		if c.n != 1 {
			s.report(problem.WrongCount, nowhere, c.element, strconv.Itoa(c.n))
		}
	}
	s.head()
	s.issueMark()
	s.finishIDs()
	for _, l := range p.local {
		if !s.hasID(s.text(l.fragment)) {
			s.report(problem.BrokenAnchor, l.at, short(string(s.text(l.address))), "1")
		}
	}
	if len(p.article) > 0 {
		s.weighPage(s.a.budgets.IssuePage)
	}
}

// issueMark holds the page to the contract with the tests from outside: an
// issue page names its issue once, and no other page names one.
func (s *scan) issueMark() {
	p := &s.page
	want, found := "", p.article
	if name, ok := strings.CutPrefix(s.file, "issues/"); ok && !strings.HasPrefix(name, "index") && !strings.Contains(name, "/") {
		want = name[:strings.LastIndexByte(name, '.')]
		if len(found) == 1 && found[0] == want {
			return
		}
	} else if found = slices.Concat(found, p.stray); len(found) == 0 {
		return
	}
	s.report(problem.WrongIssueMark, nowhere, want, strings.Join(found, ", "))
}
