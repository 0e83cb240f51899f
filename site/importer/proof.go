package importer

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"regexp"
	"strings"

	"rectify/site/problem"
)

//go:embed proof.html
var proofHTML string

var proofPage = template.Must(template.New("proof").Parse(proofHTML))

// proofMark stands near the start of every page that Proof writes.
const proofMark = `<meta name="generator" content="rectify import --report">`

// IsProof tells a page that Proof wrote, which a newer one may replace.
func IsProof(data []byte) bool {
	return bytes.Contains(data[:min(len(data), 1024)], []byte(proofMark))
}

// proof is what the page shows.
type proof struct {
	Title, Name                string
	Totals                     Totals
	Percent                    string
	Sections, Issues, Measures int
	Rows                       []proofRow
	Notes                      []proofNote
	Differences                []Difference
}

type proofRow struct {
	N      int
	Kind   FateKind
	Word   string
	Pieces []proofPiece
	Uses   []proofUse
}

// proofPiece is a stretch of a paragraph with one colour.
type proofPiece struct{ Class, Text string }

type proofUse struct{ Where, Value string }

type proofNote struct {
	Place, Text, Hint, Code string
	Row                     int
}

// Proof writes a page that shows the source on the left and what was made of
// each paragraph on the right, for a person to check by eye. It needs nothing
// beside itself.
func (r *Result) Proof() ([]byte, error) {
	t := r.Totals()
	counted := r.Report.Totals()
	p := proof{
		Title: r.Report.Title, Name: r.Document.Name, Totals: t, Issues: counted.Issues, Measures: counted.Measures,
		Percent: percent(t.Kept, t.Characters), Differences: r.Differences(),
	}
	for _, n := range counted.Sections {
		p.Sections += n
	}
	seen := map[string]int{} // of each path, how far its value was shown
	for i := range r.Fates {
		p.Rows = append(p.Rows, r.proofRow(i, seen))
	}
	lines := map[int]int{}
	n := 0
	line := 0
	for text := range strings.Lines(r.Document.Text) {
		line++
		if strings.TrimSpace(text) != "" {
			n++
			lines[line] = n
		}
	}
	for _, note := range r.Notes {
		p.Notes = append(p.Notes, proofNote{
			Place: note.Place.String(), Text: note.Text(problem.Chinese), Hint: note.Hint(problem.Chinese), Code: string(note.Code), Row: lines[note.Place.Line],
		})
	}
	var out bytes.Buffer
	if err := proofPage.Execute(&out, p); err != nil {
		return nil, fmt.Errorf("write the proof of %s: %w", r.Document.Name, err)
	}
	return out.Bytes(), nil
}

func percent(part, whole int) string {
	if whole == 0 {
		return "100%"
	}
	// Never rounded up: 100% is a promise.
	return fmt.Sprintf("%.1f%%", float64(part*1000/whole)/10)
}

func (r *Result) proofRow(i int, seen map[string]int) proofRow {
	f := &r.Fates[i]
	text := r.Report.Paragraphs[i]
	row := proofRow{N: i + 1, Kind: f.Kind, Word: map[FateKind]string{Used: "已用", Partly: "部分已用", Furniture: "不属于正文", Unclaimed: "没有归入"}[f.Kind]}
	if f.Kind == Furniture {
		row.Word += "：" + f.Reason
		row.Pieces = []proofPiece{{"furniture", text}}
		return row
	}
	at := 0
	add := func(class string, from, to int) {
		if from < to {
			row.Pieces = append(row.Pieces, proofPiece{class, text[from:to]})
		}
	}
	for k, u := range f.Uses {
		if u.To <= at {
			continue
		}
		gap := "gap"
		if strings.IndexFunc(text[at:max(at, u.From)], counts) >= 0 {
			gap = "missing"
		}
		add(gap, at, u.From)
		class := "use" + count(k%3)
		if u.Key {
			class = "key"
		}
		add(class, max(at, u.From), u.To)
		at = u.To
		if u.Key {
			continue
		}
		value := valueAt(r.Report, u.Path)
		if strings.Contains(value, "\n") && len(value) > maxShown {
			value, seen[u.Path] = around(value, strings.TrimSpace(text[u.From:u.To]), seen[u.Path])
		}
		row.Uses = append(row.Uses, proofUse{wordPath(u.Path), value})
	}
	gap := "gap"
	if strings.IndexFunc(text[at:], counts) >= 0 {
		gap = "missing"
	}
	add(gap, at, len(text))
	return row
}

// maxShown is how long a value may be, in bytes, that is shown whole beside each
// of its paragraphs.
const maxShown = 1000

// around gives the lines of a long value that hold a piece of it, with … for the
// rest, and where they end. Pieces come in the order of the value: from is where
// the one before ended.
func around(value, piece string, from int) (shown string, to int) {
	at := strings.Index(value[from:], piece)
	if at >= 0 {
		at += from
	} else if at = strings.Index(value, piece); at < 0 {
		return value[:strings.Index(value, "\n")] + "\n……", from
	}
	start := strings.LastIndex(value[:at], "\n") + 1
	to = at + len(piece)
	end := len(value)
	if next := strings.Index(value[to:], "\n"); next >= 0 {
		end = to + next
	}
	shown = value[start:end]
	if start > 0 {
		shown = "……\n" + shown
	}
	if end < len(value) {
		shown += "\n……"
	}
	return shown, to
}

var pathForm = regexp.MustCompile(`^([a-z_]+)(?:\[(\d+)\])?$`)

var pathWords = map[string]string{
	"title": "标题", "title_lines": "标题（分行）", "issuer": "发文单位", "signed_by": "落款", "signed_on": "落款日期", "outline": "目录", "sections": "下级", "issues": "问题",
	"measures": "措施", "parts": "叙述", "label": "序号", "text": "正文", "heading": "标题", "summary": "概括", "finding": "发现的情况", "goal": "目标", "result": "完成情况",
	"status": "状态", "deadline": "时限", "owners": "责任", "lead_units": "牵头单位", "co_units": "配合单位", "leader": "责任领导", "supervisor": "督导单位",
	"publicity": "公示期", "printed": "原文", "basis": "依据", "date": "日期",
	"as_of": "截至日期", "lead": "引导语", "inspection": "巡察", "declared": "声明数", "metrics": "成果数", "contact": "联系方式", "published_at": "发布时间", "source": "来源",
}

// FieldWord names a field of an issue or of a report in Chinese; a key that has no
// word stays.
func FieldWord(key string) string {
	if word := pathWords[key]; word != "" {
		return word
	}
	return key
}

// wordPath says in words where a value stands: 问题 3 · 措施 1 · 正文.
func wordPath(path string) string {
	var out []string
	for _, step := range strings.Split(path, ".") {
		m := pathForm.FindStringSubmatch(step)
		if m == nil {
			return path
		}
		word := pathWords[m[1]]
		if word == "" {
			word = m[1]
		}
		if m[2] != "" {
			n := 0
			for _, r := range m[2] {
				n = n*10 + int(r-'0')
			}
			word += " " + count(n+1)
		}
		out = append(out, word)
	}
	return strings.Join(out, " · ")
}
