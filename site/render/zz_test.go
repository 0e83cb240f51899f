package render
import ("testing";"context";"rectify/site/page";"os";"strconv";"fmt";"runtime")
func TestZZ(t *testing.T) {
	n, _ := strconv.Atoi(os.Getenv("N")); bs, _ := strconv.Atoi(os.Getenv("B"))
	r, _ := New(theme(t, nil), Options{Site: testSite, BatchSize: bs})
	size := 0
	list, err := r.Pages(context.Background(), func(yield func(page.Page) bool) {
		for i := range n { p := issue(i); d := p.Data.(page.Issue); for range 60 { d.Issue.Measures = append(d.Issue.Measures, page.Measure{Label:"一是", Title:"加大力度处理历史遗留问题。", First:"对文化馆退休职工应退回违规领取的养老金和医疗待遇问题,对文化馆退休职工应退回违规领取的养老金"}) }; p.Data = d; if os.Getenv("QR")=="" { d.QR=""; p.Data=d }; if !yield(p) { return } }
	}, func(_ string, b []byte) error { size += len(b); return nil })
	var m runtime.MemStats; runtime.ReadMemStats(&m)
	fmt.Println(n, bs, size, err, len(list), m.Sys>>20)
	b, _ := os.ReadFile("/proc/self/status"); for _, l := range []string{"VmHWM"} { i := 0; for i = range b { if string(b[i:i+5]) == l { break } }; fmt.Println(string(b[i:i+24])) }
}
