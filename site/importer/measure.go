package importer

import (
	"regexp"
	"strings"

	"rectify/site/model"
)

// maxLeadSentence is the most characters of a measure's first sentence that are
// its title; a longer one is text.
const maxLeadSentence = 60

// body reads the text of an issue that stands under no key.
func (p *parser) body(d *draftIssue, chunks []chunk) {
	if len(chunks) == 0 {
		return
	}
	p.measures(d, chunks, false)
}

// piece is a stretch of a measure on its way.
type piece struct {
	intro []span // what leads to it and those behind
	label span
	text  []span
}

// measures cuts text into measures: at 一是 … at the start of a paragraph or in
// it, and at the labels of lines that stand under the issue. What stands before
// the first one is the finding; what has no label at all is one measure.
func (p *parser) measures(d *draftIssue, chunks []chunk, isKeyed bool) {
	var items []*piece
	var intro, trailing, leads []span
	next := 1
	var last mark
	primary := noClass
	for k, c := range chunks {
		text := p.str(c.span)
		cuts := p.cutsOf(chunks, k, text, next, isKeyed, len(items) > 0)
		if m, ok := parseMark(text); len(cuts) == 0 && isKeyed && ok && m.class == last.class && m.num == last.num+1 {
			cuts = append([]cut{{0, m}}, moreCuts(text, m)...)
		}
		if len(items) > 0 && len(cuts) > 0 && !sameList(primary, cuts[0].mark.class) {
			cuts = nil // a list inside a measure
		}
		if len(cuts) > 0 {
			last = cuts[len(cuts)-1].mark
			if len(items) == 0 {
				primary = cuts[0].mark.class
			}
		}
		if len(cuts) == 0 {
			switch {
			case len(items) == 0:
				intro = append(intro, c.span)
			default:
				trailing = append(trailing, c.span)
			}
			continue
		}
		anew := len(items) > 0 && cuts[0].mark.num == 1
		if n := len(trailing); n > 0 {
			if anew && cuts[0].at == 0 && leadsOn(p.str(trailing[n-1])) {
				leads, trailing = append(leads, trailing[n-1]), trailing[:n-1]
			}
			items[len(items)-1].text = append(items[len(items)-1].text, trailing...)
			trailing = nil
		}
		if cuts[0].at > 0 {
			head := span{c.par, c.from, c.from + cuts[0].at}
			switch {
			case len(items) == 0:
				intro = append(intro, head)
			case anew:
				leads = append(leads, head)
			default:
				items[len(items)-1].text = append(items[len(items)-1].text, head)
			}
		}
		for n, cut := range cuts {
			end := c.to
			if n+1 < len(cuts) {
				end = c.from + cuts[n+1].at
			}
			at := c.from + cut.at
			items = append(items, &piece{
				intro: leads,
				label: span{c.par, at, at + cut.mark.size},
				text:  []span{{c.par, at + cut.mark.size, end}},
			})
			leads = nil
			if cut.mark.class == shi || cut.mark.class == ordinal {
				next = cut.mark.num + 1
			}
		}
	}
	if len(items) == 0 {
		p.plain(d, intro, isKeyed)
		return
	}
	finding, lead := p.splitIntro(intro)
	p.addSpans(&d.issue.Finding, d, "finding", finding)
	items[0].intro = append(lead, items[0].intro...)
	if n := len(trailing); n > 0 {
		// The last words may say how far it is.
		if text := p.str(trailing[n-1]); !isKeyed && saysOfIssue(text) || isOutcome(text) {
			defer p.addSpans(&d.issue.Result, d, "result", trailing[n-1:])
			trailing = trailing[:n-1]
		}
		items[len(items)-1].text = append(items[len(items)-1].text, trailing...)
	}
	verdict := p.verdict(items)
	if p.isVerdict(items) {
		last := items[len(items)-1]
		p.spend(last.label, &d.path, "result")
		verdict, items = last.text, items[:len(items)-1]
	}
	for _, item := range items {
		p.measure(d, item)
	}
	p.addSpans(&d.issue.Result, d, "result", verdict)
}

// leadsOn tells a short paragraph that opens the list behind it:
// 在对口帮扶方面，采取以下措施：
func leadsOn(text string) bool {
	return length(text) <= 60 && (strings.HasSuffix(text, "：") || strings.HasSuffix(text, ":") || strings.Count(text, "。") <= 1)
}

// splitIntro parts what stands before the first measure: paragraphs that say
// what was found, and those that lead to the measures.
func (p *parser) splitIntro(intro []span) (finding, lead []span) {
	at := len(intro)
	for at > 0 {
		text := p.str(intro[at-1])
		tells := findingForm.MatchString(strings.TrimSpace(text)) || isFault(text) && !tellsWork.MatchString(text)
		if tells && !strings.HasSuffix(strings.TrimSpace(text), "：") {
			break
		}
		at--
	}
	return intro[:at:at], intro[at:]
}

// tellsWork tells a text about what was done, whatever faults it names.
var tellsWork = regexp.MustCompile(`高度重视|专题研究|认真|全面|采取|已|积极|持续|切实|着力|完善|健全|加强|强化|推动|推进|针对`)

// sameList tells whether two classes count measures of the same list: the
// first class of an issue's measures is that of all of them.
func sameList(a, b class) bool { return a == b || a == shi && b == ordinal || a == ordinal && b == shi }

// cutsOf finds where measures start in a paragraph.
func (p *parser) cutsOf(chunks []chunk, k int, text string, next int, isKeyed, running bool) []cut {
	c := chunks[k]
	if c.deep == 1 {
		return append([]cut{{0, c.mark}}, moreCuts(text, c.mark)...)
	}
	if c.deep > 1 {
		return nil
	}
	if m, ok := p.listed[c.par]; ok && c.from == 0 {
		return append([]cut{{0, m}}, moreCuts(text, m)...)
	}
	m, ok := parseMark(text)
	switch {
	case ok && m.class == ordinal:
		if cuts := ordinalCuts(text); len(cuts) > 1 {
			return cuts
		}
		return []cut{{0, m}}
	case ok && m.class == namedStep:
		return []cut{{0, m}}
	case ok && m.class == shi:
		cuts := shiCuts(text, next)
		if len(cuts) > 1 {
			// Where the next paragraph counts on behind this one, a list inside is
			// not ours.
			if follow := p.nextShi(chunks, k); follow > 0 {
				kept := cuts[:1]
				for _, x := range cuts[1:] {
					if x.mark.num == kept[len(kept)-1].mark.num+1 && x.mark.num < follow {
						kept = append(kept, x)
					}
				}
				cuts = kept
			}
		}
		return cuts
	case isKeyed:
		if cuts := markCuts(text); len(cuts) > 1 || len(cuts) == 1 && !running {
			return cuts
		}
	case ok && (m.class == circled || m.class == arParen || m.class == arRound || m.class == arHalf || m.class == arDot):
		if cuts := markCuts(text); len(cuts) > 1 {
			return cuts
		}
	}
	if cuts := shiCuts(text, 1); len(cuts) > 1 {
		return cuts
	}
	if cuts := ordinalCuts(text); len(cuts) > 1 {
		return cuts
	}
	return bulletCuts(text)
}

// nextShi gives the number of the next paragraph that starts with 一是 or a
// later one, 0 if there is none.
func (p *parser) nextShi(chunks []chunk, k int) int {
	for _, c := range chunks[k+1:] {
		if m, ok := parseMark(p.str(c.span)); ok && m.class == shi {
			return m.num
		}
	}
	return 0
}

var ordinalForm = regexp.MustCompile(`(?:^|[。；;：:])\s*(第[一二三四五六七八九]|其[一二三四五六七八九])[,，、]`)

// ordinalCuts finds 第一，… 第二，… inside a paragraph.
func ordinalCuts(text string) []cut {
	if !strings.Contains(text, "第二") && !strings.Contains(text, "其二") {
		return nil
	}
	var out []cut
	for _, m := range ordinalForm.FindAllStringSubmatchIndex(text, -1) {
		n := cnNumber(text[m[2]+len("第") : m[3]])
		if n == len(out)+1 {
			out = append(out, cut{m[2], mark{ordinal, n, m[1] - m[2]}})
		}
	}
	return out
}

// measure stores one measure: label, lead sentence, text.
func (p *parser) measure(d *draftIssue, item *piece) {
	i := d.issue
	m := model.Measure{Label: strings.TrimSpace(p.str(item.label))}
	field := "measures[" + count(len(i.Measures)) + "]."
	p.addSpans(&m.Intro, d, field+"intro", item.intro)
	p.use(item.label, &d.path, field+"label")
	for k, s := range item.text {
		from, to := trimSpan(p.text(s.par), s.from, s.to)
		if from >= to {
			continue
		}
		s.from, s.to = from, to
		text := p.str(s)
		if k == 0 {
			if at := leadSentence(text); at > 0 && (at < len(text) || len(item.text) > 1) {
				m.Title = strings.TrimSpace(p.use(span{s.par, s.from, s.from + at}, &d.path, field+"title"))
				s.from += at
				if s.from, s.to = trimSpan(p.text(s.par), s.from, s.to); s.from >= s.to {
					continue
				}
			}
		}
		appendText(&m.Text, p.use(s, &d.path, field+"text"))
	}
	i.Measures = append(i.Measures, m)
}

// leadSentence is the size of the first sentence if it can be a title.
func leadSentence(text string) int {
	depth := 0
	for i, r := range text {
		switch r {
		case '“', '《', '（', '(':
			depth++
		case '”', '》', '）', ')':
			depth = max(0, depth-1)
		case '。':
			if depth > 0 {
				continue
			}
			if length(text[:i]) > maxLeadSentence {
				return 0
			}
			return i + len("。")
		case '；', ';':
			if depth == 0 {
				return 0
			}
		}
	}
	return 0
}

var findingForm = regexp.MustCompile(`^(?:经)?(?:巡察|巡视|督察|督查|审计|检查|抽查|调查|区委|市委|县委)?(?:组|报告|反馈|中)?(?:发现|指出|反映|认为|显示)|^(?:主要|具体)?(?:表现|问题)(?:在|为|是)|^存在|^涉及`)

// plain stores text without any label. One paragraph, or several, are one
// measure; a first paragraph that only says what was wrong is the finding, and
// words that only say how far it is are the result.
func (p *parser) plain(d *draftIssue, list []span, isKeyed bool) {
	i := d.issue
	if len(list) == 0 {
		return
	}
	if !isKeyed && len(list) > 1 && len(i.Measures) == 0 && i.Finding == "" {
		first := p.str(list[0])
		if findingForm.MatchString(first) || isFault(first) && !doesThings(first) && !strings.Contains(first, "已") && !isFault(p.str(list[1])) {
			p.addSpans(&i.Finding, d, "finding", list[:1])
			list = list[1:]
			if bareStatus(p.str(list[len(list)-1])) {
				p.addSpans(&i.Result, d, "result", list)
				return
			}
		} else if p.twoParts && len(list) == 2 {
			p.addSpans(&i.Finding, d, "finding", list[:1])
			p.addSpans(&i.Result, d, "result", list[1:])
			return
		}
	}
	last := len(list) - 1
	if text := p.str(list[last]); !isKeyed && (onlyStatus(text) || ofTheIssue(text)) && (last > 0 || len(i.Measures) > 0) {
		defer p.addSpans(&i.Result, d, "result", list[last:])
		list = list[:last]
	} else if !isKeyed && last == 0 && onlyStatus(text) {
		p.addSpans(&i.Result, d, "result", list)
		return
	}
	if len(list) == 0 {
		return
	}
	if n := len(i.Measures); n > 0 && !isKeyed {
		for _, s := range list {
			appendText(&i.Measures[n-1].Text, p.use(s, &d.path, "measures["+count(n-1)+"].text"))
		}
		return
	}
	p.measure(d, &piece{label: span{list[0].par, list[0].from, list[0].from}, text: nil})
	m := &i.Measures[len(i.Measures)-1]
	for _, s := range list {
		appendText(&m.Text, p.use(s, &d.path, "measures["+count(len(i.Measures)-1)+"].text"))
	}
}

// doesThings tells a text whose clauses, at least half of them, start with what
// was done.
func doesThings(text string) bool {
	done, all := 0, 0
	for _, clause := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("，,；;。", r) }) {
		all++
		if startsWithAny(strings.TrimSpace(clause), verbs) {
			done++
		}
	}
	return done*2 >= all && done > 0
}

// addSpans appends paragraphs to a text.
func (p *parser) addSpans(to *string, d *draftIssue, field string, list []span) {
	for _, s := range list {
		from, end := trimSpan(p.text(s.par), s.from, s.to)
		if from < end {
			appendText(to, p.use(span{s.par, from, end}, &d.path, field))
		}
	}
}
