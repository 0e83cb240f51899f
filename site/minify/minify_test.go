package minify

import (
	"bytes"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// file minifies a file that is expected to be in order.
func file(t testing.TB, name, data string) string {
	t.Helper()
	out, err := New().File(name, []byte(data))
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestFileGoesByTheExtension(t *testing.T) {
	const page, style, script, data, feed = "<p>a  b</p>\n", "a { b: c }", "var a = 1 ;", `{ "a": 1 }`, "<a>\n  <b/>\n</a>"
	for _, c := range []struct{ name, in, want string }{
		{"issues/482913.html", page, "<p>a b</p>"},
		{"A.HTML", page, "<p>a b</p>"},
		{"assets/main.0f2c.css", style, "a{b:c}"},
		{"assets/main.0f2c.js", script, "var a=1"},
		{"feed.json", data, `{"a":1}`},
		{"site.webmanifest", data, `{"a":1}`},
		{"sitemap.xml", feed, "<a>\n<b/>\n</a>"},
		{"feed.atom", feed, "<a>\n<b/>\n</a>"},
		{"qr/index.svg", feed, "<a>\n<b/>\n</a>"},
	} {
		if diff := cmp.Diff(c.want, file(t, c.name, c.in)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestOtherFilesComeBackAsTheyAre(t *testing.T) {
	in := []byte(" a  { \n } ")
	for _, name := range []string{"robots.txt", "data/issues.csv", "a.png", "follow-ups.ics", "html", "a.html.gz", "search/0f.bin"} {
		out, err := New().File(name, in)
		if err != nil || !bytes.Equal(out, in) {
			t.Errorf("%s: got %q, %v", name, out, err)
		}
	}
}

func TestEmptyFilesOfTextKindsStayEmpty(t *testing.T) {
	for _, name := range []string{"state.css", "a.js", "a.html"} {
		if out := file(t, name, ""); out != "" {
			t.Errorf("%s: got %q", name, out)
		}
	}
}

func TestErrorsNameFileAndPlace(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"a.js", "var a = 1;\nvar 问题 = (;\n", "minify a.js:2:11: "},
		{"a.json", "{\n  \"问题\": 1,\n}", "minify a.json:3:1: invalid character '}' looking for beginning of object key string"},
		{"a.json", `{"a": [1, 2`, "minify a.json:1:11: unexpected end of JSON input"},
		{"a.json", "", "minify a.json:1:1: unexpected end of JSON input"},
		{"a.webmanifest", "[1,]", "minify a.webmanifest:1:4: "},
		{"a.atom", "<feed>\n <a></b>\n</feed>", "minify a.atom:2:9: element <a> closed by </b>"},
		{"a.svg", "<svg><path></svg>", "minify a.svg:1:18: "},
		{"a.xml", "<a>&nbsp;</a>", "minify a.xml:1:10: invalid character entity &nbsp;"},
		{"a.xml", "  ", "minify a.xml:1:3: there is no element"},
		{"a.html", "<p>a &amp; b</p>\n\n\n<script type=\"application/ld+json\">\n{\"a\": \"b &amp; c\" 1}\n</script>", "minify a.html:5:19: invalid character '1' after object key:value pair"},
	} {
		_, err := New().File(c.name, []byte(c.in))
		var place *Error
		if !errors.As(err, &place) || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s %q\n got %v\nwant %s", c.name, c.in, err, c.want)
		}
	}
}

var everyKind = map[string]string{
	"a.html": "<!DOCTYPE html>\n<p class=\" a  b \" title=\"x &amp; y\">懒政 &amp;\n 怠政 <input type=text value=\"\"></p>\n" +
		"<script type=\"application/ld+json\">{ \"a\": 1.10 }</script>",
	"a.css":  "/* c */ A { color : #FF0000 ; background: url( \"a.png\" ) }\n@media print { b { c: d } }",
	"a.js":   "function first(long) { return {a: long, b: Math.pow(long, 2), c: '\\u2028'} }",
	"a.json": "{ \"a\" : [ 1.10, 1e3 ] }",
	"a.xml":  "<a>\n  <b> c </b><!-- d -->\n</a>",
}

func TestFileNeverWritesToItsInput(t *testing.T) {
	for name, in := range everyKind {
		// Room behind the data: the library would write a zero byte there.
		data := append(make([]byte, 0, len(in)+8), in+"behind"...)[:len(in)]
		if _, err := New().File(name, data); err != nil {
			t.Fatal(err)
		}
		if got := string(data[:len(in)+6]); got != in+"behind" {
			t.Errorf("%s: input became %q", name, got)
		}
	}
}

func TestOneMinifierServesManyGoroutines(t *testing.T) {
	m := New()
	var all sync.WaitGroup
	for range 8 {
		for name, in := range everyKind {
			all.Go(func() {
				want := file(t, name, in)
				for range 50 {
					if got, err := m.File(name, []byte(in)); err != nil || string(got) != want {
						t.Errorf("%s: got %q, %v", name, got, err)
						return
					}
				}
			})
		}
	}
	all.Wait()
}
