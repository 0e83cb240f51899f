package audit

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"rectify/site/problem"
)

// issuePages makes pages as the theme makes them: minified, about 9 KB, 60
// links, half of them the same on every page.
func issuePages(n int) (paths []string, pages [][]byte) {
	r := rand.New(rand.NewPCG(1, 2))
	letters := []rune(strings.Repeat("关于针对问题整改落实情况中央八项规定精神不够有力监督检查制度建设党委会议研究部署责任单位完成时限，。；", 3) + "养老金补贴合同")
	text := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteRune(letters[r.IntN(len(letters))])
		}
		return b.String()
	}
	for i := range n {
		id := 100001 + i
		var b strings.Builder
		fmt.Fprintf(&b, `<!doctype html><html lang=zh-CN><meta charset=utf-8><meta http-equiv=Content-Security-Policy content="%s"><meta name=viewport content="width=device-width,initial-scale=1"><title>%s</title>`, Policy, text(20))
		for _, name := range metaNames {
			value := text(12)
			if name == "PubDate" {
				value = "2024-11-08 14:43"
			}
			fmt.Fprintf(&b, `<meta name=%s content="%s">`, name, value)
		}
		b.WriteString(`<link rel=stylesheet href=../assets/style.1a2b3c.css><link rel=stylesheet href=../state.css><script defer src=../assets/app.1a2b3c.js></script><body class=c-page><a class=c-skip href=#main>跳到正文</a><header class=c-header><nav aria-label=主导航><ul class=c-nav>`)
		for j := range 12 {
			fmt.Fprintf(&b, `<li class=c-nav__item><a class=c-nav__link href=../pages/p-%d.html>%s</a>`, j, text(4))
		}
		fmt.Fprintf(&b, `</ul></nav></header><main id=main class=c-main><h1 class=c-title>%s</h1><article data-issue=%d class=c-issue>`, text(24), id)
		for j := range 5 {
			fmt.Fprintf(&b, `<section id=m%d data-measure class=c-measure><h2 class=c-measure__title>%s</h2><p>%s<a href=../reports/binhai-wl-2024/text.html#p%d>原文</a></section>`, j, text(14), text(150), i%1000)
		}
		b.WriteString(`</article><dl class=c-facts>`)
		for j := range 8 {
			fmt.Fprintf(&b, `<dt>%s<dd><a href=%06d.html>%s</a>`, text(4), 100001+(i+j*7+1)%n, text(10))
		}
		b.WriteString(`</dl></main><footer class=c-footer><ul>`)
		for j := range 32 {
			fmt.Fprintf(&b, `<li><a class=c-footer__link href=https://www.tj-%d.gov.cn/>%s</a>`, j, text(8))
		}
		b.WriteString(`</ul><p>联系电话 <a href=tel:022-65309718>022-65309718</a></footer>`)
		paths = append(paths, fmt.Sprintf("issues/%06d.html", id))
		pages = append(pages, []byte(b.String()))
	}
	return paths, pages
}

func newBench() *Auditor {
	a := New(Options{Lang: "zh-CN", BaseURL: "https://www.example.gov.cn/zg/"})
	for _, file := range []string{"assets/style.1a2b3c.css", "assets/app.1a2b3c.js", "state.css"} {
		a.Known(file)
	}
	for i := range 12 {
		a.Known(fmt.Sprintf("pages/p-%d.html", i))
	}
	return a
}

func BenchmarkAdd(b *testing.B) {
	paths, pages := issuePages(500)
	a := newBench()
	size := 0
	for i, p := range pages {
		size += len(p)
		if l := a.Add(paths[i], p); len(l) > 0 {
			b.Fatal(l[0].Text(problem.English), l[0].Place)
		}
	}
	b.SetBytes(int64(size / len(pages)))
	b.ReportAllocs()
	a = newBench()
	for i := 0; b.Loop(); i++ {
		if i%len(pages) == 0 {
			a = newBench()
		}
		a.Add(paths[i%len(pages)], pages[i%len(pages)])
	}
}

func BenchmarkAddWithPrivateTexts(b *testing.B) {
	paths, pages := issuePages(500)
	a := New(Options{Lang: "zh-CN", Private: func(yield func(string) bool) {
		for i := range 1000 {
			if !yield(strings.Repeat(fmt.Sprintf("某单位第%d号未公开事项", i), 40)) {
				return
			}
		}
	}})
	b.SetBytes(int64(len(pages[0])))
	for i := 0; b.Loop(); i++ {
		a.Add(paths[i%len(pages)], pages[i%len(pages)])
	}
}

func BenchmarkAddDrawing(b *testing.B) {
	var qr strings.Builder
	qr.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 37 37"><title>二维码</title><path d="`)
	for i := range 500 {
		fmt.Fprintf(&qr, "M%d %dh1v1h-1z", i%37, i/37)
	}
	qr.WriteString(`"/></svg>`)
	a := newBench()
	b.SetBytes(int64(qr.Len()))
	for b.Loop() {
		a.Add("qr/a.svg", []byte(qr.String()))
	}
}

// BenchmarkMemory tells what is kept of each page at the end of a build.
func BenchmarkMemory(b *testing.B) {
	const n = 20000
	paths, pages := issuePages(500)
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		a := newBench()
		for i := range n {
			page := []byte(strings.ReplaceAll(string(pages[i%500]), "href=10", fmt.Sprintf("href=%02d", 10+i/500)))
			a.Add(fmt.Sprintf("issues/%02d%s", 10+i/500, paths[i%500][len("issues/10"):]), page)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/n, "B/page")
		if found, err := a.Finish(func(string) ([]byte, error) { return pages[0], nil }); err != nil || found == nil {
			b.Fatal("the full text is missing")
		}
	}
}
