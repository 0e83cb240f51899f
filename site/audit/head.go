package audit

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"rectify/site/problem"
)

// Policy is the content security policy that every page declares in a meta tag
// before anything that the policy governs. The archive, a stick and a plain
// host send no headers, so the tag is all there is.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'"

var policyWords = directives(Policy)

// directives brings a policy into a form in which white space and a trailing
// semicolon, which minifiers and authors treat freely, do not count.
func directives(policy string) string {
	var out []string
	for d := range strings.SplitSeq(policy, ";") {
		if words := strings.Fields(d); len(words) > 0 {
			out = append(out, strings.Join(words, " "))
		}
	}
	return strings.Join(out, ";")
}

// metaNames are the tags that rules for government sites ask for, by kind of
// page. SiteIDCode and SiteDomain belong to the site's owner and are check's.
var metaNames = [...]string{
	"SiteName",
	"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType",
	"ArticleTitle", "PubDate", "ContentSource",
}

// How many of metaNames, from the first, a kind of page has to carry.
const (
	homeMeta    = 1
	columnMeta  = 5
	articleMeta = 8
)

const articleTitle = 1 << 5 // its bit

// pubDate is the one form that rules accept, in 24 hours.
var pubDate = regexp.MustCompile(`^\d{4}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d$`)

// charsetWindow is how far browsers look for the encoding; behind it Chinese
// text from a folder or a careless host is read in the local encoding.
const charsetWindow = 1024

func (s *scan) metaTag() {
	p := &s.page
	content, _ := s.attr("content")
	if charset, ok := s.attr("charset"); ok && p.at < charsetWindow {
		p.charset = p.charset || strings.EqualFold(string(bytes.TrimSpace(charset)), "utf-8")
	}
	if equiv, ok := s.attr("http-equiv"); ok {
		switch strings.ToLower(string(bytes.TrimSpace(equiv))) {
		case "content-security-policy":
			s.policyTag(string(content))
		case "refresh":
			if _, address, ok := bytes.Cut(content, []byte("=")); ok {
				s.link(bytes.Trim(address, " '\""), p.at, navigate)
			}
		}
	}
	if s.isOwn(content) { // Url, Image, og:url and their like
		s.link(content, p.at, navigate)
	}
	name, ok := s.attr("name")
	if !ok || len(bytes.TrimSpace(content)) == 0 {
		return
	}
	for i, n := range metaNames {
		if string(name) == n {
			p.meta |= 1 << i
			p.badDate = p.badDate || n == "PubDate" && !pubDate.Match(content)
		}
	}
}

// policyTag takes the first policy that is wrong, since a page obeys all of
// them. One that comes after a script or a style sheet does not hold for it.
func (s *scan) policyTag(content string) {
	p := &s.page
	switch {
	case p.policy != "":
	case directives(content) != policyWords:
		p.policy = short(content)
	case p.governed != "":
		p.policy = "… <" + p.governed + "> … " + short(content)
	default:
		p.policyOK = true
	}
}

// governed remembers the first tag to which a policy that comes later would
// not apply. Tags that cannot stand in the head begin the body, and there a
// policy is ignored.
func (s *scan) governed(name []byte) {
	switch string(name) {
	case "html", "head", "meta", "title", "noscript", "template":
	default:
		s.page.governed = short(string(name))
	}
}

// head judges what stands in the head of a page.
func (s *scan) head() {
	p := &s.page
	if !p.doctype {
		s.report(problem.NotHTML, nowhere, "no <!doctype html>")
	}
	if !p.charset {
		s.report(problem.NotHTML, nowhere, "no <meta charset=utf-8> in the first 1024 bytes")
	}
	if !p.titled {
		s.report(problem.MissingTitle, nowhere)
	} else if p.titles > 1 {
		s.report(problem.WrongCount, nowhere, "title", strconv.Itoa(p.titles))
	}
	if p.lang == "" || s.a.lang != "" && !strings.EqualFold(p.lang, s.a.lang) {
		want := s.a.lang
		if want == "" {
			want = "…"
		}
		s.report(problem.MissingLang, nowhere, want, short(p.lang))
	}
	if !p.policyOK || p.policy != "" {
		s.report(problem.MissingPolicy, nowhere, p.policy)
	}
	s.lackingMeta()
}

func (s *scan) lackingMeta() {
	p := &s.page
	need := columnMeta
	switch {
	case s.file == "index.html", s.file == "404.html":
		need = homeMeta
	case len(p.article) > 0, p.meta&articleTitle != 0:
		// A page that gives an ArticleTitle says itself that it is an article.
		need = articleMeta
	}
	for i, name := range metaNames[:need] {
		if p.meta&(1<<i) == 0 {
			s.lacking = append(s.lacking, name)
		}
	}
	if p.badDate {
		s.lacking = append(s.lacking, "PubDate (YYYY-MM-DD HH:MM)")
	}
}
