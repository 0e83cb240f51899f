package importer

import (
	"regexp"
	"strings"

	"rectify/site/problem"
)

// role is what a node becomes.
type role uint8

const (
	asPart    role = iota // narrative text
	asSection             // a heading above issues
	asIssue
	asText // a line of its parent: a measure or a paragraph
)

var (
	// titles of parts that tell how the work went, or what remains to be done
	narrative = regexp.MustCompile(`组织领导|组织落实|组织推进|组织开展|加强领导|高度重视|工作部署|统筹推进|推进情况|主要做法|工作做法|基本情况|总体情况|整体情况|工作情况$|(?:落实|扛起|扛牢|压实)[^，,。]{0,10}(?:主体责任|监督责任|整改责任|政治责任|领导责任)(?:的)?(?:工作)?情况|履行.{0,8}(主体责任|第一责任人|整改责任|监督责任|政治责任|责任情况|职责情况)|第一责任人|存在的?(主要)?(问题和|不足|困难)|存在的(主要)?问题|下一步|下步|下阶段|巩固|打算|工作安排|计划安排|今后|监督(保障|检查|方式|渠道)|联系方式|意见建议|成果运用|长效机制|整改成效$|取得的?成效`)
	// titles of the part that holds the issues
	container = regexp.MustCompile(`(意见|建议|诉求|反馈|巡察|巡视|督察|督查|审计|检查|发现|指出|移交|问题|任务|事项|重点).*(整改|落实|办理|处理).*(情况|进展|成效|结果|清单|落实|完成)|整改(任务)?(落实|完成|进展|工作)?(的)?(情况|进展|结果)|(问题|任务)(整改)?清单|整改台账|具体问题`)
)

// later tells titles about what remains to be done: they stay narrative
// whatever faults they name.
var later = regexp.MustCompile(`存在的|下一步|下步|下阶段|打算|计划|安排|今后|困难|不足`)

// open tells the matters that are not settled yet, which may stand under such a
// title: 需要长期坚持的整改事项及下一步打算.
var open = regexp.MustCompile(`(长期坚持|持续整改|持续推进|尚未完成|未完成|正在整改|正在推进)[^，,。]{0,6}(事项|任务|问题)`)

// answered tells titles of issues with what was done: 存在的主要问题及整改情况,
// 征求意见建议整改情况.
var answered = regexp.MustCompile(`(?:问题|意见|建议|任务|事项|提案|线索)(?:及|和|与|、)?(?:其)?(?:的)?(?:整改|落实|办理|采纳|吸收|处理)(?:落实|进展|完成|采纳)?(?:情况|进展|措施|结果)`)

// narrates tells the title of a narrative part.
func (n *node) narrates() bool {
	switch n.class {
	case named, keyed, bare:
		return false
	}
	name := strings.ReplaceAll(n.name(), "党组织领导", "")
	if len(n.kids) == 0 && n.title.lead == "" && !n.title.quoted && open.MatchString(name) {
		return true // 尚未完成整改的问题, and a sentence about them
	}
	if !narrative.MatchString(name) || (isPlainFault(name) || strings.HasSuffix(name, "方面")) && !later.MatchString(name) {
		return false
	}
	if answered.MatchString(name) {
		return false
	}
	return !(strings.Contains(name, "反馈") && container.MatchString(name)) || strings.Contains(name, "存在")
}

func (n *node) contains() bool { return !n.title.quoted && container.MatchString(n.name()) }

// strong counts the headings below a node (and its own) that can hardly be
// anything but issues.
func (p *parser) strong(n *node) int {
	count := 0
	if n.par >= 0 && (n.score >= 2 && !n.contains() || n.class == keyed || n.class == named) {
		count++
	}
	for _, k := range n.kids {
		count += p.strong(k)
	}
	if n.score < 2 && (p.hasKeys(n) || n.par >= 0 && n.title.problem && n.score >= 1 && strings.HasSuffix(strings.TrimRight(n.name(), "。"), "问题") && !n.contains() && p.lists(n)) {
		count++
	}
	return count
}

// hasKeys tells a node whose body says 整改措施：, 责任单位： and the like.
func (p *parser) hasKeys(n *node) bool {
	found := 0
	for _, s := range n.body {
		if k, ok := keyAt(p.str(s)); ok && k.kind != keyContact {
			found++
		}
	}
	for _, k := range n.kids {
		if _, ok := keyAt(k.text); ok {
			found++
		} else if isKeyHeading(k.text) {
			found++
		}
	}
	return found >= 2
}

// lists tells a node with 一是 … under it.
func (p *parser) lists(n *node) bool {
	for _, s := range append([]span{n.rest()}, n.body...) {
		if s.from < s.to && len(shiCuts(p.str(s), 0)) > 0 {
			return true
		}
	}
	return false
}

// faulty tells a node with a level below it on which most titles say what is
// wrong. Levels are looked at one by one: measures under the issues are many.
func faulty(n *node) bool {
	level := n.kids
	for len(level) > 0 {
		found := 0
		var next []*node
		for _, k := range level {
			if k.score >= 1 {
				found++
			}
			next = append(next, k.kids...)
		}
		if found*10 >= len(level)*6 {
			return true
		}
		level = next
	}
	return false
}

// assign decides for the nodes under the root which hold the issues.
func (p *parser) assign(root *node) (bearing []*node) {
	p.pairs = map[[2]class]int{}
	p.hoist(root)
	p.runIns(root)
	for _, n := range root.kids {
		p.vote(n)
	}
	for _, n := range root.kids {
		if p.bears(n) {
			bearing = append(bearing, n)
		}
	}
	bearing = p.alike(root, bearing)
	if len(bearing) == 0 {
		bearing = p.plainFaults(root)
	}
	if len(bearing) == 0 {
		for _, n := range root.kids {
			if strings.HasSuffix(n.name(), "方面") && len(n.kids) > 0 && !n.narrates() {
				bearing = append(bearing, n)
			}
		}
	}
	if len(bearing) == 0 {
		bearing = p.ledgerHolders(root)
	}
	if len(bearing) == 0 {
		// Nothing looks like an issue by its title: take what has measures.
		for _, n := range root.kids {
			if !n.narrates() && (p.anyLists(n) || len(n.kids) > 0 && n.contains()) {
				bearing = append(bearing, n)
			}
		}
		if len(bearing) > 0 {
			p.note(problem.UnsureIssues, bearing[0].par)
		}
	}
	p.noteSiblings(root, bearing)
	for _, n := range bearing {
		p.cast(n, len(bearing) == 1 || n.contains())
	}
	p.twoParts = p.inTwoParts(bearing)
	return bearing
}

// ledgerHolders gives the headings at the top under which a ledger stands and no
// other heading: 二、整改落实情况, 具体见下表。
func (p *parser) ledgerHolders(root *node) []*node {
	var out []*node
	for _, n := range root.kids {
		if n.num == 0 || len(n.kids) > 0 || len(n.rows) == 0 || !n.contains() && n.narrates() {
			continue
		}
		for _, par := range n.rows[:min(len(n.rows), headerRows)] {
			if headerScore(p.row(par).Cells) > 1 {
				n.role = asSection
				out = append(out, n)
				break
			}
		}
	}
	return out
}

// inTwoParts tells reports of audits: under each title one paragraph with what
// was found and one that ends with how far it is.
func (p *parser) inTwoParts(nodes []*node) bool {
	all, two := 0, 0
	var walk func(n *node)
	walk = func(n *node) {
		if n.role == asIssue {
			all++
			if len(n.kids) == 0 && len(n.body) == 2 && n.title.end == len(n.text) && bareStatus(p.str(n.body[1])) && !p.lists(n) && !p.hasKeys(n) {
				two++
			}
			return
		}
		for _, k := range n.kids {
			walk(k)
		}
	}
	for _, n := range nodes {
		walk(n)
	}
	return two >= 2 && two*10 >= all*6
}

func (p *parser) anyLists(n *node) bool {
	if p.lists(n) {
		return true
	}
	for _, k := range n.kids {
		if p.anyLists(k) {
			return true
		}
	}
	return false
}

// bears tells whether a node at the top holds issues.
func (p *parser) bears(n *node) bool {
	strong := p.strong(n)
	own := 0
	if n.score >= 2 && !n.contains() {
		own = 1
	}
	switch {
	case n.narrates() && !n.title.quoted:
		// “存在的主要问题” may list some; quoted headings with measures may not
		// stand there.
		if open.MatchString(n.name()) {
			return strong > own
		}
		return strong-own >= 3 && !strings.Contains(n.name(), "存在")
	case strong > 0:
		return true
	case n.contains():
		return len(n.kids) > 0
	}
	return faulty(n) && (p.anyLists(n) || n.aspect() || p.deep(n))
}

// alike adds the nodes that are built as those that hold issues: beside 一、 with
// issues under （一） another 一、 with something under （一） holds issues too,
// whatever their titles say.
func (p *parser) alike(root *node, bearing []*node) []*node {
	built, leaves := map[[2]class]bool{}, map[class]bool{}
	holds := map[*node]bool{}
	for _, n := range bearing {
		holds[n] = true
		if len(n.kids) > 0 {
			built[[2]class{n.class, n.kids[0].class}] = true
		} else {
			leaves[n.class] = true
		}
	}
	var out []*node
	inside := between(root, holds)
	counted := 0 // the last number under the one before: numbers may run through all headings
	for _, n := range root.kids {
		between := holds[n] || inside[n]
		like := len(n.kids) > 0 && built[[2]class{n.class, n.kids[0].class}] && !n.narrates() && (n.aspect() || isPlainFault(n.name()) || n.kids[0].num == counted+1 && counted > 0)
		rest := n.rest()
		tells := len(n.body) > 0 || rest.from < rest.to
		like = like || len(n.kids) == 0 && tells && leaves[n.class] && (n.score >= 1 || between || p.lists(n) || p.hasKeys(n)) && !n.narrates()
		like = like || between && len(n.kids) > 0 && built[[2]class{n.class, n.kids[0].class}] && !n.narrates()
		if holds[n] || like {
			out = append(out, n)
			if len(n.kids) > 0 {
				counted = n.kids[len(n.kids)-1].num
			}
		}
	}
	return out
}

// between gives the headings that stand between two of their class that hold
// issues.
func between(root *node, holds map[*node]bool) map[*node]bool {
	first, last := map[class]int{}, map[class]int{}
	for i, n := range root.kids {
		if holds[n] {
			if _, ok := first[n.class]; !ok {
				first[n.class] = i
			}
			last[n.class] = i
		}
	}
	out := map[*node]bool{}
	for i, n := range root.kids {
		from, ok := first[n.class]
		out[n] = ok && from < i && i < last[n.class]
	}
	return out
}

// plainFaults gives the nodes at the top where most of them say what is wrong and
// have something to say about it: a paper that is a list of issues.
func (p *parser) plainFaults(root *node) []*node {
	var out []*node
	all, first, last := 0, -1, -1
	for i, n := range root.kids {
		if n.narrates() {
			continue
		}
		all++
		if rest := n.rest(); n.score >= 1 && (len(n.kids)+len(n.body) > 0 || rest.from < rest.to) {
			out = append(out, n)
			if last = i; first < 0 {
				first = i
			}
		}
	}
	if len(out) < 2 || len(out)*10 < all*6 {
		return nil
	}
	// One of the list is an issue whatever words it has: 村集体鱼塘低价发包.
	list := out[0].class
	out = nil
	for i, n := range root.kids {
		rest := n.rest()
		tells := len(n.kids)+len(n.body) > 0 || rest.from < rest.to
		if tells && !n.narrates() && (n.score >= 1 || i > first && n.class == list && (i < last || n.score >= 0)) {
			out = append(out, n)
		}
	}
	return out
}
