package main

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"rectify/site"
	"rectify/site/importer"
	"rectify/site/ledger"
	"rectify/site/model"
	"rectify/site/problem"
	"rectify/site/scaffold"
)

// importReport is what import prints with --json.
type importReport struct {
	OK        bool               `json:"ok"`
	Written   bool               `json:"written"`
	Undo      string             `json:"undo,omitempty"`
	Documents []importedDocument `json:"documents"`
	Files     []site.PlannedFile `json:"files"`
	Problems  []problemRecord    `json:"problems"`
}

type importedDocument struct {
	File       string `json:"file"`
	Format     string `json:"format"`
	Encoding   string `json:"encoding,omitempty"`
	Counts     counts `json:"counts"`
	Certain    int    `json:"certain"` // issues that plain signs show to be such
	Paragraphs struct {
		Used      int `json:"used"`
		Partly    int `json:"partly"`
		Furniture int `json:"furniture"`
		Unclaimed int `json:"unclaimed"`
	} `json:"paragraphs"`
	Characters struct {
		Content int `json:"content"`
		Kept    int `json:"kept"`
	} `json:"characters"`
	importer.Record
	Unclaimed   []importer.Unclaimable `json:"unclaimed"`
	Differences []importer.Difference  `json:"differences"`
	Fates       []importer.Fate        `json:"fates"`
}

type counts struct {
	Sections []int `json:"sections"` // by depth
	Issues   int   `json:"issues"`
	Measures int   `json:"measures"`
}

func (o *importOptions) record(s *session, done *site.Imported) importReport {
	out := importReport{
		OK: true, Written: done.Written, Undo: done.Undo, Documents: []importedDocument{},
		Files: append([]site.PlannedFile{}, done.Files...), Problems: s.records(done.Problems),
	}
	for _, r := range done.Documents {
		d := importedDocument{
			File: r.Document.Name, Format: string(r.Document.Format), Encoding: string(r.Document.Encoding), Record: r.Record(),
			Unclaimed: append([]importer.Unclaimable{}, r.Unclaimed()...), Differences: append([]importer.Difference{}, r.Differences()...), Fates: r.Fates,
		}
		d.Certain = r.Certain
		counted, t := r.Report.Totals(), r.Totals()
		d.Counts = counts{append([]int{}, counted.Sections...), counted.Issues, counted.Measures}
		d.Paragraphs.Used, d.Paragraphs.Partly, d.Paragraphs.Furniture, d.Paragraphs.Unclaimed = t.Used, t.Partly, t.Furniture, t.Unclaimed
		d.Characters.Content, d.Characters.Kept = t.Characters, t.Kept
		out.Documents = append(out.Documents, d)
	}
	return out
}

// text is the plan for a person.
func (o *importOptions) text(s *session, done *site.Imported) string {
	var b strings.Builder
	for _, r := range done.Documents {
		describe(&b, s.lang, r)
	}
	if done.Revision != nil {
		describeRevision(&b, s, done.Revision)
	}
	if done.Reading != nil {
		describeReading(&b, s, done.Reading)
	}
	describeDoubts(&b, s, done.Problems)
	b.WriteString(filesText(s.lang, done.Files))
	b.WriteByte('\n')
	switch {
	case done.Written:
		b.WriteString(words{
			"已写入。要退回原样:rectify import --undo " + done.Undo + atDir(s),
			"Written. To go back: rectify import --undo " + done.Undo + atDir(s),
		}[s.lang])
		if data, err := os.ReadFile(filepath.Join(s.dir, site.DataDir, "portal.yaml")); err == nil && bytes.Equal(data, scaffold.BlankPortal()) {
			b.WriteString(words{
				"\n门户的名称和单位还是示例,会显示在每一页上:用记事本打开 data/portal.yaml,改好 name、unit,填上 contact。",
				"\nThe portal's name and unit are still the samples, and every page shows them: open data/portal.yaml, replace name and unit, and fill in contact.",
			}[s.lang])
		}
	case done.NoPortal:
		b.WriteString(words{
			"这只是计划,什么都没有写。这个文件夹还不是门户,不能写入:先用 rectify init 新建,或用 -C 指明门户所在的文件夹。",
			"This is the plan, nothing was written. This folder is no portal and nothing can be written here: make one with rectify init, or name its folder with -C.",
		}[s.lang])
	case len(done.Files) == 0 && !o.write:
		b.WriteString(words{"与数据一致,没有要写的。", "The data are like that already; there is nothing to write."}[s.lang])
	case o.write:
		b.WriteString(words{"数据已经是这样,没有写任何文件。", "The data are like that already; nothing was written."}[s.lang])
	default:
		b.WriteString(words{"这只是计划,什么都没有写;核对以后加上 --write 再运行。", "This is the plan, nothing was written; look it over and run it again with --write."}[s.lang])
	}
	return b.String()
}

// doubtful are remarks after which somebody should look into the source.
var doubtful = []problem.Code{
	problem.UnsureLevel, problem.YearInferred, problem.FieldUnread, problem.RowUnmatched, problem.LinesJoined, problem.TotalsDiffer, problem.SaidTwice,
	problem.LevelsMixed, problem.KeysUnread, problem.SiblingLeftOut, problem.SaidApart,
}

// describeDoubts counts what is not sure and lists the first of it. With -v all
// of it stands on stderr.
func describeDoubts(b *strings.Builder, s *session, all problem.List) {
	doubts := slices.DeleteFunc(slices.Clone(all), func(p problem.Problem) bool { return !slices.Contains(doubtful, p.Code) })
	if len(doubts) == 0 || s.verbose {
		return
	}
	const few = 5
	fmt.Fprintf(b, words{"存疑 %d 处,请对照原文核对", "doubts: %d, to be compared with the source"}[s.lang], len(doubts))
	if len(doubts) > few {
		fmt.Fprintf(b, words{"(先列 %d 处,-v 全部列出)", " (the first %d; -v lists all)"}[s.lang], few)
	}
	b.WriteByte('\n')
	for _, p := range doubts[:min(few, len(doubts))] {
		fmt.Fprintf(b, "  %s %s %s\n", p.Place, p.Code, p.Text(s.lang))
	}
}

// atDir repeats -C where the user gave it.
func atDir(s *session) string {
	if s.dir == "." {
		return ""
	}
	return " -C " + quoted(s.dir)
}

// describe says what was recognised in one document.
func describe(b *strings.Builder, lang problem.Lang, r *importer.Result) {
	line := func(zh, en string, args ...any) {
		fmt.Fprintf(b, "  "+words{zh, en}[lang]+"\n", args...)
	}
	report, t, counted := r.Report, r.Totals(), r.Report.Totals()
	fmt.Fprintln(b, r.Document.Name)
	line("标题:%s", "title: %s", report.Title)
	line("单位:%s", "unit: %s", report.Unit)
	for _, fact := range []struct{ zh, en, value string }{
		{"发布", "published", string(report.PublishedAt)}, {"落款", "signed", strings.TrimSpace(report.SignedBy + " " + string(report.SignedOn))},
	} {
		if fact.value != "" {
			line(fact.zh+":%s", fact.en+": %s", fact.value)
		}
	}
	var levels []string
	for _, n := range counted.Sections {
		levels = append(levels, strconv.Itoa(n))
	}
	line("认出:标题 %s,问题 %d 个,措施 %d 条", "recognised: sections %s, issues %d, measures %d", strings.Join(levels, " + "), counted.Issues, counted.Measures)
	line("把握:%d 个问题有明确的标志,%d 个按所在层次推断", "how sure: issues with plain signs %d, told by their place %d", r.Certain, counted.Issues-r.Certain)
	line("状态:%s", "statuses: %s", statusText(lang, report))
	if len(report.Declared) > 0 {
		var said []string
		for _, d := range report.Declared {
			said = append(said, d.Label+" "+strconv.Itoa(d.N))
		}
		line("原文声明:%s", "the text declares: %s", strings.Join(said, "、"))
	}
	line("原文 %d 段:归入数据 %d,部分归入 %d,不属于正文 %d,没有归入 %d", "paragraphs %d: in the data %d, partly %d, no content %d, nowhere %d",
		len(r.Fates), t.Used, t.Partly, t.Furniture, t.Unclaimed)
	line("正文 %d 字,在数据里的 %d 字", "characters of the content %d, in the data %d", t.Characters, t.Kept)
	if n := len(r.Differences()); n > 0 {
		line("有 %d 处与原文不一致,见 --report 的网页", "places that differ from the source: %d, see the page of --report", n)
	}
	for _, u := range r.Unclaimed() {
		line("没有归入的第 %d 段:%s", "paragraph %d went nowhere: %s", u.Paragraph, u.Text)
	}
}

func statusText(lang problem.Lang, report *model.Report) string {
	n := map[model.StatusCode]int{}
	for _, issue := range report.Issues {
		n[issue.Status.Code]++
	}
	var out []string
	for _, code := range model.StatusCodes() {
		if n[code] > 0 {
			out = append(out, code.Word(language(lang))+" "+strconv.Itoa(n[code]))
		}
	}
	if len(out) == 0 {
		return "–"
	}
	return strings.Join(out, words{"、", ", "}[lang])
}

// describeRevision says what a later paper changes.
func describeRevision(b *strings.Builder, s *session, r *importer.Revision) {
	touched := map[model.IssueID]bool{}
	kept := 0
	for _, c := range r.Changed {
		if c.Issue != nil && !c.Kept {
			touched[c.Issue.ID] = true
		}
		if c.Kept {
			kept++
		}
	}
	fmt.Fprintf(b, words{"问题:+%d ~%d -%d\n", "issues: +%d ~%d -%d\n"}[s.lang], len(r.New), len(touched), len(r.Gone))
	for _, issue := range r.New {
		fmt.Fprintf(b, "  + %s %s\n", issue.ID, issue.Title)
	}
	var last *model.Issue
	for _, c := range r.Changed {
		if c.Kept {
			continue
		}
		if c.Issue != nil && c.Issue != last {
			fmt.Fprintf(b, "  ~ %s %s\n", c.Issue.ID, c.Issue.Title)
			last = c.Issue
		}
		if c.Issue == nil {
			fmt.Fprintf(b, "  ~ report.yaml %s: %s → %s\n", fieldWord(s.lang, c.Key), shownValue(c.Before), shownValue(c.After))
			continue
		}
		fmt.Fprintf(b, "      %s: %s → %s\n", fieldWord(s.lang, c.Key), shownValue(c.Before), shownValue(c.After))
	}
	for _, issue := range r.Gone {
		fmt.Fprintf(b, "  - %s %s %s\n", issue.ID, issue.Title, words{"(新通报没有提到;数据里保留,要撤下请写 withdrawn)", "(not in the paper; it stays in the data, write withdrawn to take it back)"}[s.lang])
	}
	for _, c := range r.Changed {
		if !c.Kept {
			continue
		}
		where := "report.yaml"
		if c.Issue != nil {
			where = c.Issue.ID.String() + " " + c.Issue.Title
		}
		fmt.Fprintf(b, words{"  手工改过,没有覆盖:%s %s:现在是 %s,新通报是 %s\n", "  edited by hand and kept: %s %s: it is %s, the paper says %s\n"}[s.lang], where, fieldWord(s.lang, c.Key), shownValue(c.Before), shownValue(c.After))
	}
}

// describeReading says what a clerk has changed in her workbook.
func describeReading(b *strings.Builder, s *session, r *ledger.Reading) {
	fmt.Fprintf(b, words{"台账:+%d ~%d -%d\n", "workbook: +%d ~%d -%d\n"}[s.lang], len(r.New), len(r.Changed), len(r.Gone))
	for _, n := range r.New {
		fmt.Fprintf(b, "  + %s %s\n", n.Report, n.Issue.Title)
	}
	for _, c := range r.Changed {
		fmt.Fprintf(b, "  ~ %s %s\n", c.Old.ID, c.Now.Title)
		for _, cell := range c.Cells {
			fmt.Fprintf(b, "      %s %s: %s → %s\n", cell.Cell, cell.Head, shownValue(cell.Before), shownValue(cell.After))
		}
	}
	for _, issue := range r.Gone {
		fmt.Fprintf(b, "  - %s %s %s\n", issue.ID, issue.Title, words{"(数据没有动)", "(the data are left alone)"}[s.lang])
	}
}

// fieldWord names a field as a clerk does; in English it is the data's own key.
func fieldWord(lang problem.Lang, key string) string {
	if lang == problem.Chinese {
		return importer.FieldWord(key)
	}
	return key
}

func shownValue(text string) string {
	if text == "" {
		return "–"
	}
	return strings.ReplaceAll(text, "\n", " ")
}

// language is the interface language for words that model has.
func language(lang problem.Lang) model.Language {
	if lang == problem.English {
		return model.EnglishInterface
	}
	return model.SimplifiedChinese
}

// filesText lists what would be written, a folder at a time.
func filesText(lang problem.Lang, files []site.PlannedFile) string {
	var b strings.Builder
	verbs := map[site.Action]words{site.Create: {"新建", "create"}, site.Replace: {"替换", "replace"}, site.Remove: {"移走", "remove"}}
	type group struct {
		action site.Action
		dir    string
	}
	var order []group
	names := map[group][]string{}
	for _, f := range files {
		g := group{f.Action, path.Dir(f.Path)}
		if names[g] == nil {
			order = append(order, g)
		}
		names[g] = append(names[g], path.Base(f.Path))
	}
	sample := scaffold.Placeholder()
	for _, g := range order {
		why := ""
		if _, ok := sample[path.Join(g.dir, names[g][0])]; ok && g.action == site.Remove {
			why = words{"(新建门户时带的示例,没有改过)", " (the sample of a new portal, untouched)"}[lang]
		}
		fmt.Fprintf(&b, "%s %s/ (%d) %s%s\n", verbs[g.action][lang], g.dir, len(names[g]), list(names[g]), why)
	}
	return b.String()
}

// list names a few and counts the rest.
func list(names []string) string {
	const few = 6
	if len(names) > few {
		return strings.Join(names[:few], " ") + " …"
	}
	return strings.Join(names, " ")
}
