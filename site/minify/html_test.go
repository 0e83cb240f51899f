package minify

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPageIsWrittenAs(t *testing.T) {
	for _, c := range []struct{ what, in, want string }{
		{
			"indentation becomes a line break, comments go, document tags and end tags stay",
			"<!DOCTYPE html>\n<html lang=\"zh-CN\">\n  <head>\n    <title> a </title>\n  </head>\n  <body>\n    <!-- c -->\n    <ul>\n      <li>b</li>\n    </ul>\n  </body>\n</html>\n",
			"<!DOCTYPE html><html lang=\"zh-CN\">\n<head>\n<title> a </title>\n</head>\n<body>\n<ul>\n<li>b</li>\n</ul>\n</body>\n</html>",
		},
		{"a line break does not become a space", "<p>懒政\n   怠政</p>", "<p>懒政\n怠政</p>"},
		{"quotes stay", `<p id="a" class='b' lang=c>`, `<p id="a" class='b' lang=c>`},
		{
			"types that are the default stay", `<input type="text"><button type="submit">a</button><script type="text/javascript" src="a.js"></script>`,
			`<input type="text"><button type="submit">a</button><script type="text/javascript" src="a.js"></script>`,
		},
		{"an empty attribute is written without a value", `<img alt="" src="a.png"><option value="">a</option><details open="">`, `<img alt src="a.png"><option value="">a</option><details open>`},
		{"attributes without meaning go", `<p class="" id="">a</p>`, `<p>a</p>`},
		{"JSON in a script loses its white space only", "<script type=\"application/ld+json\">{ \"id\": 482913,\n \"n\": 1.10, \"t\": \"a  <b> &amp;\" }</script>", `<script type="application/ld+json">{"id":482913,"n":1.10,"t":"a  <b> &amp;"}</script>`},
		{"scripts and styles are not touched: there are none", "<script>a ( )</script><style>a { b : c }</style><p style=\"a : b\" onclick=\"c ( )\">", "<script>a ( )</script><style>a { b : c }</style><p style=\"a : b\" onclick=\"c ( )\">"},
	} {
		t.Run(c.what, func(t *testing.T) {
			if diff := cmp.Diff(c.want, file(t, "a.html", c.in)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Pieces that come out exactly as they go in.
func TestPageKeeps(t *testing.T) {
	for _, in := range []string{
		"<b>a</b> <i>b</i>", "<b>a </b><i> b</i>", "a<br>b", "<button> a </button> <button>b</button>",
		"<p>“a” ‘b’ 《c》 𠮷\u3000\u00a0\u2003</p>", "<p>a&nbsp;b &lt;c&gt; &amp; &amp;lt; A&amp;B &#34;</p>",
		"<pre>\n\n  a\n\tb  </pre>", "<textarea>\n\n  a\n\tb  </textarea>",
		"<table><caption>a</caption><colgroup><col><col></colgroup><colgroup class=\"n\" span=\"2\"></colgroup><thead><tr><th scope=\"col\">b</th></tr></thead><tbody><tr><td>c</td><td></td></tr></tbody></table>",
		"<dl><dt>a</dt> <dd>b</dd></dl>", "<ul><li>a</li> <li>b</li></ul>", "<div>a</div> <div>b</div>",
		`<meter min="0" max="1.0" value="0.50">a</meter>`, `<time datetime="2025-02-01T08:00:00+08:00">a</time>`,
		`<a href="tel:022-65309718">a</a>`, `<a href="search.html#q=%E4%B8%80&amp;b">a</a>`, `<a href="data:text/plain,a+b">a</a>`,
		`<input type="checkbox" value="" checked><input type="submit" value=""><input value="">`,
		`<input type="text" pattern="[0-9]  {6}" title="a  b">`, `<option selected>a</option>`, `<details open><summary>a</summary>b</details>`,
		`<p lang="zh-CN" data-x='{"a": "b  c", "n": 1.10}' data-y="{&#34;a&#34;:1}" data-z=" 1 ">a</p>`,
		`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; img-src 'self' data:">`,
		`<meta name="viewport" content="width=device-width, initial-scale=1.0">`, `<meta name="keywords" content="整改, 公开">`,
		`<svg viewBox="0 0 10.0 10"><title>5" a</title><text>a <tspan>b</tspan> c</text></svg> <p title="x">a</p>`,
		`<noscript>a</noscript> <template> a </template> b`,
	} {
		if diff := cmp.Diff(in, file(t, "a.html", in)); diff != "" {
			t.Error(diff)
		}
		checkPage(t, New(), "<!DOCTYPE html><html lang=\"zh-CN\"><head><title>a</title></head><body>"+in+"</body></html>")
	}
}

func TestDoctypeKeepsItsCase(t *testing.T) {
	for in, want := range map[string]string{
		"<!DOCTYPE html>\n<p>":      "<!DOCTYPE html><p>",
		"\n<!doctype html><p>":      "<!doctype html><p>",
		"<!-- c --><!DOCTYPE html>": "<!doctype html>",
	} {
		if got := file(t, "a.html", in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// A page with a character that the room cannot treat well stays as it is.
func TestPageIsLeftAloneWhenItHolds(t *testing.T) {
	for what, in := range map[string]string{
		"the character that marks shields": "<p>  a\uFDD0  </p>",
		"a form feed, which is shown":      "<p>  a\fb  </p>",
	} {
		data := []byte(in)
		out, err := New().File("a.html", data)
		if err != nil || !bytes.Equal(out, data) {
			t.Errorf("%s: got %q, %v", what, out, err)
		}
	}
}
