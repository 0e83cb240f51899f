package audit

import (
	"bytes"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"rectify/site/problem"
)

// FuzzAdd holds that no bytes under no name make the auditor panic, change its
// mind, or name a place that the file does not have.
func FuzzAdd(f *testing.F) {
	for _, file := range worlds(f) {
		w, _ := readWorld(f, file)
		for _, x := range w.files {
			f.Add(x.Name, x.Data)
		}
	}
	f.Add("../..//x.html", []byte("<a href=../../../y.html#%zz><a href=#%41>"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		before := bytes.Clone(data)
		audit := func() (out problem.List) {
			a := New(Options{
				BaseURL: "https://www.example.gov.cn/zg/",
				Budgets: Budgets{IssuePage: 1, CSS: 1, JS: 1, SearchJS: 1},
				Private: func(yield func(string) bool) { yield("该单位于2023年违规发放津贴共计十二万元整") },
			})
			a.Known("index.html")
			out = a.Add(name, data)
			facts := a.Look(name, data)
			if kept, err := ReadFacts(name, facts.AppendTo(nil)); err != nil || !reflect.DeepEqual(kept.Problems(), facts.Problems()) {
				t.Fatalf("kept facts differ: %v", err)
			}
			found, err := a.Finish(func(string) ([]byte, error) { return data, nil })
			if err != nil {
				t.Fatal(err)
			}
			return append(out, found...)
		}
		first := audit()
		if !bytes.Equal(before, data) {
			t.Fatal("the file was changed")
		}
		if diff := cmp.Diff(first, audit()); diff != "" {
			t.Fatalf("a second look differs:\n%s", diff)
		}
		lines := bytes.Split(data, []byte("\n"))
		for _, p := range first {
			if p.Place.Line > len(lines) || p.Place.Line > 0 && p.Place.Column > len([]rune(string(lines[p.Place.Line-1])))+1 {
				t.Errorf("no such place: %s %v", p.Place, p.Args)
			}
			if strings.ContainsAny(p.Text(problem.English), "{}") && !strings.ContainsAny(strings.Join(p.Args, ""), "{}") {
				t.Errorf("%s lacks an argument", p.Code)
			}
		}
	})
}

// FuzzReadTag holds the quick reading of a tag to that of the tokenizer.
func FuzzReadTag(f *testing.F) {
	for _, tag := range []string{
		`<a>`, `<A HREF=x Href=y>`, `<a/>`, `<a b/>`, `<a b=/>`, `<a =b =c==d>`, `<a b = 'c"' d="e>f"g>`, `</a b>`, `<a b=c/d e/f=g / h>`,
		`<a b=&amp; c=&copy=1>`, "<a b=\r\n'c\rd'>", "<a b\x00=c>", `<a b="c`, `<a b=>`, `<p/a=1//b>`, "<\u4e00\f\u4e01=\u4e02>", `<a b "c'd>`, `</>`,
	} {
		f.Add([]byte(tag))
	}
	page, err := os.ReadFile("testdata/valid.txtar")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(page)
	f.Fuzz(func(t *testing.T, data []byte) {
		quick, slow := html.NewTokenizer(bytes.NewReader(data)), html.NewTokenizer(bytes.NewReader(data))
		for {
			kind := quick.Next()
			if slow.Next() != kind {
				t.Fatal("reading a tag changed the tokens that follow")
			}
			switch kind {
			case html.ErrorToken:
				return
			case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			default:
				continue
			}
			raw := string(slow.Raw())
			name, attrs := readTag(quick, nil)
			wantName, want := slowTag(slow, nil)
			show := func(name []byte, attrs []attr) string {
				var b strings.Builder
				b.Write(name)
				for _, a := range attrs {
					b.WriteString("\n" + string(a.key) + "\t" + string(a.val))
				}
				return b.String()
			}
			if kind == html.EndTagToken {
				attrs, want = nil, nil
			}
			if diff := cmp.Diff(show(wantName, want), show(name, attrs)); diff != "" {
				t.Errorf("%q (-tokenizer +readTag):\n%s", raw, diff)
			}
		}
	})
}
