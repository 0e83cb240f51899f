package minify

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestXMLIsWrittenAs(t *testing.T) {
	for _, c := range []struct{ what, in, want string }{
		{
			"indentation becomes a line break, comments go", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset>\n  <!-- c -->\n  <url>\n    <loc>a</loc>\n  </url>\n</urlset>\n",
			"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset>\n<url>\n<loc>a</loc>\n</url>\n</urlset>\n",
		},
		{"text keeps its white space", "<a>\n  b\n\n  c\n</a>", "<a>\n  b\n\n  c\n</a>"},
		{"a comment inside text goes, the space around it stays", "<a>b <!-- c --> d</a>", "<a>b  d</a>"},
		{"white space without a line break stays", "<a><b/>  <c/></a>", "<a><b/>  <c/></a>"},
		{
			"Atom content stays", "<feed>\n  <content type=\"xhtml\">\n    <div><b>a</b>\n  <i>b</i></div>\n  </content>\n</feed>",
			"<feed>\n<content type=\"xhtml\">\n    <div><b>a</b>\n  <i>b</i></div>\n  </content>\n</feed>",
		},
		{"escaped HTML in Atom stays", "<content type=\"html\">&lt;pre&gt;\n  a\n\n  b&lt;/pre&gt;</content>", "<content type=\"html\">&lt;pre&gt;\n  a\n\n  b&lt;/pre&gt;</content>"},
		{"CDATA stays", "<a>\n <![CDATA[ \n < ]]>\n</a>", "<a>\n <![CDATA[ \n < ]]>\n</a>"},
		{"xml:space is obeyed", "<a xml:space=\"preserve\">\n  <b>\n  </b></a>", "<a xml:space=\"preserve\">\n  <b>\n  </b></a>"},
	} {
		t.Run(c.what, func(t *testing.T) {
			if diff := cmp.Diff(c.want, file(t, "a.xml", c.in)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The library's own SVG minifier changes most of these: see library_test.go.
func TestSVGKeeps(t *testing.T) {
	for _, in := range []string{
		`<svg xmlns="http://www.w3.org/2000/svg" version="1.1" viewBox="0 0 10.50 100000" preserveAspectRatio="xMidYMid meet"></svg>`,
		`<svg xml:lang="zh-CN"><metadata>CC0</metadata><title>a  b</title></svg>`,
		"<svg><text>a <tspan>b</tspan>\n <tspan>c</tspan> d</text></svg>",
		`<svg><rect id="100000" data-x="1.10" aria-label="2024.10" x="0.123456789012"/></svg>`,
		`<svg><path d="M 0 0 L 10.123456789 10 z"/></svg>`,
		"<svg><style>\n  a  { b: c }\n</style></svg>",
		"<?xml version=\"1.0\" encoding=\"gb2312\"?><svg>  \n  </svg>",
		"<!DOCTYPE svg [ <!ENTITY ns \"http://a\"> ]>\n  <svg a=\"&ns;\">\n  </svg>",
	} {
		if diff := cmp.Diff(in, file(t, "a.svg", in)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestAnyXMLKeepsItsTokens(t *testing.T) {
	for seed := range uint64(3000) {
		c := chance{rand.New(rand.NewPCG(seed, 4))}
		var b strings.Builder
		randomXML(c, &b, 0)
		out := file(t, "a.xml", b.String())
		if diff := cmp.Diff(tokens(t, b.String()), tokens(t, out)); diff != "" {
			t.Fatalf("%q became %q:\n%s", b.String(), out, diff)
		}
		if again := file(t, "a.xml", out); again != out {
			t.Fatalf("%q once, %q twice", out, again)
		}
	}
}

// tokens lists what a reader of XML gets: comments excepted, text joined, and
// text that is nothing but white space with a line break in it as a line break.
func tokens(t *testing.T, text string) []string {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(text))
	var out []string
	chars := ""
	for {
		token, err := d.Token()
		if _, ok := token.(xml.Comment); ok {
			continue
		}
		if data, ok := token.(xml.CharData); ok {
			chars += string(data)
			continue
		}
		if strings.TrimSpace(chars) == "" && strings.Contains(chars, "\n") {
			chars = "\n"
		}
		out = append(out, fmt.Sprintf("%q", chars))
		chars = ""
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		out = append(out, fmt.Sprintf("%T %s", token, token))
	}
}

func randomXML(c chooser, b *strings.Builder, depth int) {
	text := func() {
		b.WriteString([]string{"", "", "\n", "\n  ", " ", " \n\t\n ", "a  b", " a\n", "&lt;", "<![CDATA[ <b> ]]>", "<!-- c -->", "<?p i?>"}[c.pick(12)])
	}
	name := []string{"a", "b", "entry", "title", "text", "content", "g"}[c.pick(7)]
	b.WriteString("<" + name + []string{"", ` c="d  e"`, ` c='"'`, "\n  c=\"1.0\"", ` xml:space="preserve"`}[c.pick(5)])
	if c.pick(4) == 0 {
		b.WriteString("/>")
		return
	}
	b.WriteString(">")
	for range c.pick(5) {
		text()
		text()
		if depth < 4 {
			randomXML(c, b, depth+1)
		}
		text()
	}
	b.WriteString("</" + name + ">")
}
