package importer

import "regexp"

// What a paper says last, without a heading, belongs to all of it and not to
// its last issue: 下一步，局党组将以此次整改为契机……
var farewellForm = regexp.MustCompile(`^(?:下一步|下一阶段|下阶段|下步|接下来|今后)(?:工作中)?[，,]|^(?:请|望|希望|要求)(?:各|有关|相关|全县|全市|全区|广大)[^：:]*$|^[^，,。；：]{1,24}(?:党委|党组|党工委|党总支|党支部|支部|局|办|委|院|校|校党委|公司|集团|中心|学校|医院|街道|镇|乡)(?:也|还)?将(?:以|继续|持续|进一步|始终|坚持|坚决|严格|不断|深入|认真|切实|按照|全面|牢牢|紧紧)`)

// farewell takes such a paragraph out of the last issue. Where it promises
// something by a day, or other issues have paragraphs that begin like it, it is
// the issue's own.
func (p *parser) farewell(root *node, bearing map[*node]bool) {
	if len(root.kids) == 0 || !bearing[root.kids[len(root.kids)-1]] {
		return
	}
	n := root.kids[len(root.kids)-1]
	for n.role == asSection && len(n.kids) > 0 && len(n.rows) == 0 {
		n = n.kids[len(n.kids)-1]
	}
	at := n
	for len(at.kids) > 0 {
		at = at.kids[len(at.kids)-1]
	}
	last := len(at.body) - 1
	if n.role != asIssue || last < 0 || len(at.rows) > 0 || at == n && last == 0 && n.rest().from >= n.rest().to {
		return
	}
	s := at.body[last]
	text := p.str(s)
	if !farewellForm.MatchString(text) || len(datesIn(text)) > 0 || p.howMany(root, at, s.par) > 0 {
		return
	}
	at.body = at.body[:last]
	root.tail = append([]span{s}, root.tail...)
	p.farewell(root, bearing) // the one before may be another
}

// howMany counts the paragraphs before one that begin like a farewell, but for
// those under its own heading.
func (p *parser) howMany(n, own *node, before int) int {
	count := 0
	for _, s := range n.body {
		if s.par < before && n.par >= 0 && n != own && farewellForm.MatchString(p.str(s)) {
			count++
		}
	}
	for _, k := range n.kids {
		count += p.howMany(k, own, before)
	}
	return count
}
