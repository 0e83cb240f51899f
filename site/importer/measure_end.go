package importer

import (
	"regexp"
	"strings"
)

// saysOfIssue tells a last paragraph that says how far the issue is; 发现问题11个，已全部
// 整改到位 says it of what was counted.
func saysOfIssue(text string) bool {
	if _, ok := findStatus(text, false); ok {
		return true
	}
	if _, ok := findStatus(text, true); !ok {
		return false
	}
	list := sentences(text)
	last := list[len(list)-1]
	return !foundThings.MatchString(text[last.from:last.to])
}

var foundThings = regexp.MustCompile(`(?:发现|查出|排查|检出|查摆|梳理)[^，,。；;]{0,10}[0-9０-９]+\s*(?:余|多)?(?:个|处|项|条|件|起|宗|户|家|笔|份)`)

// verdict takes the sentence 该问题已完成整改。 off the end of a list that runs
// on in one paragraph: it speaks of the issue, not of its last measure. A bracket
// such as （已完成） stays behind its measure.
func (p *parser) verdict(items []*piece) []span {
	last := items[len(items)-1]
	if len(items) < 2 || len(last.text) == 0 {
		return nil
	}
	s := &last.text[len(last.text)-1]
	text := p.str(*s)
	list := sentences(text)
	if len(list) < 2 {
		return nil
	}
	end := list[len(list)-1]
	if said := text[end.from:end.to]; !ofTheIssue(said) && !onlyStatus(said) || strings.HasPrefix(said, "（") || strings.HasPrefix(said, "(") {
		return nil
	}
	out := []span{{s.par, s.from + end.from, s.to}}
	s.to = s.from + end.from
	return out
}

// isVerdict tells a list whose last item is such a sentence and nothing else:
// （3）该问题需长期坚持。
func (p *parser) isVerdict(items []*piece) bool {
	last := items[len(items)-1]
	if len(items) < 2 || len(last.text) != 1 || len(last.intro) > 0 || last.text[0].par != last.label.par {
		return false
	}
	text := strings.TrimSpace(p.str(last.text[0]))
	return len(sentences(text)) == 1 && subjects.MatchString(text) && ofTheIssue(text)
}

var outcome = regexp.MustCompile(`^(?:通过(?:整改|以上|上述)|经过?(?:整改|以上|上述)|整改以来|截至目前[，,]|目前[，,](?:该|此|本|上述|以上))`)

// isOutcome tells a last paragraph that sums up.
func isOutcome(text string) bool { return outcome.MatchString(text) }

// onlyStatus tells a paragraph of one short sentence that says how far it is,
// and nothing before that.
func onlyStatus(text string) bool {
	f, ok := findStatus(text, false)
	if !ok || f.basis.from != 0 || f.basis.to != len(text) || length(text) > 40 {
		return false
	}
	before := text[:f.from]
	return about.FindString(before) == before
}

// ofTheIssue tells a sentence that starts with 该问题 and says how far it is,
// whatever follows: 该问题基本完成整改，后续按编制继续补充。
func ofTheIssue(text string) bool {
	if ofIssue.MatchString(text) && len(sentences(text)) == 1 {
		_, ok := lastWord(text)
		return ok
	}
	f, ok := findStatus(text, false)
	if !ok || f.basis.from != 0 || f.basis.to != len(text) {
		return false
	}
	before := text[:f.from]
	return about.FindString(before) == before && subjects.MatchString(before)
}

// ofIssue matches a sentence that speaks of the issue as a whole.
var ofIssue = regexp.MustCompile(`^(?:截至目前|目前)?[，,]?(?:该|此|本)(?:项|条)?(?:反馈|整改)?(?:问题|任务|事项)由`)

// bareStatus tells a paragraph that ends with 已整改。 as a sentence.
func bareStatus(text string) bool {
	list := sentences(text)
	last := list[len(list)-1]
	_, ok := statusOf(text[last.from:last.to])
	return ok
}
