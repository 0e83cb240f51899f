package importer

import (
	"fmt"
	"html"
	"strconv"
	"strings"
)

// ledger draws a table of issues, as a file of one of the formats that hold
// tables. name is the file's.
func (f *forge) ledger() (doc forged, name string) {
	f.used = map[string]bool{}
	unit := "示例区" + pick(f.Rand, []string{"水务局", "民政局", "商务局"})
	doc = forged{title: unit + "巡察反馈问题整改台账", unit: unit}
	heads := []string{
		pick(f.Rand, []string{"序号", "编号"}), pick(f.Rand, []string{"问题类别", "方面"}), pick(f.Rand, []string{"反馈问题", "具体问题", "问题"}), pick(f.Rand, []string{"整改措施", "整改举措"}),
		pick(f.Rand, []string{"责任单位", "牵头单位", "责任科室"}), pick(f.Rand, []string{"责任领导", "责任人"}), pick(f.Rand, []string{"完成时限", "整改时限"}), pick(f.Rand, []string{"整改状态", "整改进展", "进展情况"}),
	}
	grouped := f.chance(60)
	var rows [][]string
	var spans []int // how many rows a group has, at its first row
	n := 0
	for g := range 2 + f.IntN(2) {
		s := forgedSection{title: f.fresh(forgeAspects)}
		first := len(rows)
		for range 2 + f.IntN(3) {
			n++
			i := forgedIssue{label: strconv.Itoa(n), title: f.fresh(forgeTitles), leads: []string{pick(f.Rand, forgeUnits)}, leader: pick(f.Rand, forgeLeaders), deadline: pick(f.Rand, forgeDeadlines), status: pick(f.Rand, forgeStates)}
			deeds := f.deeds(1 + f.IntN(3))
			cell := ""
			for k, deed := range deeds {
				m := forgedMeasure{"", deed}
				if len(deeds) > 1 {
					m = forgedMeasure{f.label("1.", k+1), deed + "。"}
				}
				i.measures = append(i.measures, m)
				cell += m.label + m.text
			}
			group := s.title
			if !grouped {
				group = ""
			}
			rows = append(rows, []string{i.label, group, i.title, cell, i.leads[0], i.leader, i.deadline, i.status})
			s.issues = append(s.issues, i)
		}
		for k := first; k < len(rows); k++ {
			spans = append(spans, 0)
			if k == first {
				spans[k] = len(rows) - first
			}
		}
		if !grouped {
			s.title = ""
			if g > 0 {
				doc.sections[0].issues = append(doc.sections[0].issues, s.issues...)
				continue
			}
		}
		doc.sections = append(doc.sections, s)
	}
	if !grouped {
		heads = append(heads[:1:1], heads[2:]...)
		for k := range rows {
			rows[k] = append(rows[k][:1:1], rows[k][2:]...)
		}
	}
	doc.style = f.draw("format", "csv", "tabs", "html")
	switch {
	case strings.HasSuffix(doc.style, "csv"), doc.style == "csv":
		name = "台账.csv"
		f.line("%s%s", doc.title, strings.Repeat(",", len(heads)-1))
		f.line("%s", strings.Join(heads, ","))
		for _, row := range rows {
			f.line(`"%s"`, strings.Join(row, `","`))
		}
	case doc.style == "tabs":
		name = "台账.txt"
		f.line("%s", doc.title)
		f.line("%s", strings.Join(heads, "\t"))
		for _, row := range rows {
			f.line("%s", strings.Join(row, "\t"))
		}
	default:
		name = "台账.html"
		f.line("<html><body><h1>%s</h1><table>", doc.title)
		f.line("<tr><th>%s</th></tr>", strings.Join(heads, "</th><th>"))
		for k, row := range rows {
			f.b.WriteString("<tr>")
			for c, cell := range row {
				switch {
				case c != 1 || !grouped:
					fmt.Fprintf(&f.b, "<td>%s</td>", html.EscapeString(cell))
				case spans[k] > 0:
					fmt.Fprintf(&f.b, "<td rowspan=%d>%s</td>", spans[k], html.EscapeString(cell))
				}
			}
			f.line("</tr>")
		}
		f.line("</table></body></html>")
	}
	doc.text = f.b.String()
	return doc, name
}

// tasks draws a list of blocks that each start with the same key, as the papers
// of environmental inspections are.
func (f *forge) tasks() forged {
	f.used = map[string]bool{}
	doc := forged{title: "示例市生态环境保护督察反馈问题整改情况公示"}
	f.line("%s", doc.title)
	f.line("按照要求，现将整改情况公示如下。")
	opener := f.draw("opener", "整改任务", "反馈问题", "问题")
	brackets := f.chance(30)
	key := func(word, value string) {
		if brackets {
			f.line("【%s】%s", word, value)
		} else {
			f.line("%s：%s", word, value)
		}
	}
	s := forgedSection{}
	for range 2 + f.IntN(4) {
		i := forgedIssue{title: f.fresh(forgeTitles), leads: []string{pick(f.Rand, forgeUnits)}, deadline: pick(f.Rand, forgeDeadlines), status: pick(f.Rand, []string{"已完成", "达到序时进度", "未按期完成", "已销号"})}
		key(opener, i.title+pick(f.Rand, []string{"", "。"}))
		if f.chance(60) {
			key("整改目标", "完成整改并长期保持。")
		}
		class := pick(f.Rand, []string{"1.", "（一）", "一是", "①"})
		text := ""
		apart := f.chance(50)
		deeds := f.deeds(2 + f.IntN(2))
		if len(deeds) == 1 {
			deeds = f.deeds(2)
		}
		for k, deed := range deeds {
			m := forgedMeasure{f.label(class, k+1), deed + "。"}
			i.measures = append(i.measures, m)
			text += m.label + m.text
			if apart {
				text += "\n"
			}
		}
		if apart {
			text = "\n" + strings.TrimSuffix(text, "\n")
		}
		key("整改措施", text)
		key(pick(f.Rand, []string{"责任单位", "牵头单位", "整改责任单位"}), i.leads[0])
		key(pick(f.Rand, []string{"整改时限", "完成时限"}), i.deadline)
		key(pick(f.Rand, []string{"整改完成情况", "完成情况", "整改状态"}), i.status)
		s.issues = append(s.issues, i)
	}
	f.line("监督电话：0000-1234567")
	f.line("示例市人民政府办公室")
	f.line("2025年1月6日")
	doc.sections = []forgedSection{s}
	doc.style = strings.Join(f.style, " ")
	doc.text = f.b.String()
	return doc
}
