package importer

import (
	"regexp"
	"strings"
)

// hoist takes issues out of an issue: where a block of keys ends and 问题三：
// follows, it stands beside the block and not in it.
func (p *parser) hoist(n *node) {
	var out []*node
	for _, k := range n.kids {
		p.hoist(k)
		out = append(out, k)
		if len(k.kids) == 0 || !p.hasOwnKeys(k) {
			continue
		}
		kept := k.kids[:0]
		for _, g := range k.kids {
			if g.class == named || g.class == keyed || g.class == bare {
				g.up = n
				out = append(out, g)
			} else {
				kept = append(kept, g)
			}
		}
		k.kids = kept
	}
	n.kids = out
}

func (p *parser) hasOwnKeys(n *node) bool {
	found := 0
	for _, s := range n.body {
		if k, ok := keyAt(p.str(s)); ok && k.kind != keyContact {
			found++
		}
	}
	return found >= 2
}

// maxRunIn is the most characters of a title that runs on into its text.
const maxRunIn = 40

// runIns makes issues of paragraphs that start with a title closed by 。 and
// without any number: 网格管理不精细。重新划分网格58个。 Most of the paragraphs under
// a heading have to read so.
func (p *parser) runIns(n *node) {
	for _, k := range n.kids {
		p.runIns(k)
	}
	if n.par < 0 {
		p.keyedRunIns(n)
		return
	}
	if (n.score < 2 || n.contains()) && p.keyedRunIns(n) {
		return
	}
	if len(n.kids) > 0 || len(n.body) < 2 || n.narrates() || n.score >= 2 && !n.contains() && !p.eachSays(n.body) || p.hasOwnKeys(n) {
		return
	}
	hits, first := 0, -1
	for i, s := range n.body {
		if p.isRunIn(p.str(s)) {
			hits++
			if first < 0 {
				first = i
			}
		}
	}
	if hits < 2 || hits*10 < (len(n.body)-first)*6 {
		return
	}
	body := n.body[first:]
	n.body = n.body[:first]
	for _, s := range body {
		text := p.str(s)
		if !p.isRunIn(text) {
			last := n.kids[len(n.kids)-1]
			last.body = append(last.body, s)
			continue
		}
		k := newNode(&line{par: s.par, text: text, mark: mark{class: bare}})
		k.score, k.up = 2, n
		n.kids = append(n.kids, k)
	}
}

var keyBehind = regexp.MustCompile(`^(?:[^。；;：:]{2,120})[。；;]\s*`)

// isKeyedRunIn tells a paragraph that is an issue whole: its title closed by 。, and
// 整改情况： or the like behind it. The title needs no word for what is wrong.
func (p *parser) isKeyedRunIn(text string) bool {
	if _, ok := parseMark(text); ok {
		return false
	}
	if _, ok := keyAt(text); ok {
		return false
	}
	at := keyBehind.FindStringIndex(text)
	if at == nil || length(text[:at[1]]) > maxRunIn {
		return false
	}
	k, ok := keyAt(text[at[1]:])
	return ok && k.kind >= keyFinding && (k.kind < keyResult || k.kind == keyResult && isFault(text[:at[1]]))
}

// keyedRunIns makes issues of such paragraphs, wherever two of them stand under
// the same heading or under none.
func (p *parser) keyedRunIns(n *node) bool {
	hits, first := 0, -1
	for i, s := range n.body {
		if p.isKeyedRunIn(p.str(s)) {
			hits++
			if first < 0 {
				first = i
			}
		}
	}
	if hits < 2 {
		return false
	}
	body := n.body[first:]
	n.body = n.body[:first]
	var list []*node
	for _, s := range body {
		text := p.str(s)
		if !p.isKeyedRunIn(text) {
			last := list[len(list)-1]
			last.body = append(last.body, s)
			continue
		}
		k := newNode(&line{par: s.par, text: text, mark: mark{class: bare}})
		k.score, k.up = 2, n
		list = append(list, k)
	}
	n.kids = append(list, n.kids...)
	return true
}

// eachSays tells paragraphs that each start with what is wrong and end with how
// far that is: issues of their own, also under a heading that reads like one.
func (p *parser) eachSays(body []span) bool {
	for _, s := range body {
		text := p.str(s)
		list := sentences(text)
		if len(list) < 3 || !p.isRunIn(text) || !onlyStatus(text[list[len(list)-1].from:list[len(list)-1].to]) {
			return false
		}
	}
	return true
}

// isRunIn tells a paragraph whose first sentence is the title of an issue.
func (p *parser) isRunIn(text string) bool {
	if _, ok := parseMark(text); ok {
		return false
	}
	if _, ok := keyAt(text); ok {
		return false
	}
	t := parseTitle(text)
	return t.end < len(text) && length(text[t.from:t.to]) <= maxRunIn && isFault(text[t.from:t.to]) &&
		(!startsWithAny(text, verbs) || endsFaulty(text[t.from:t.to])) && !strings.ContainsAny(text[t.from:t.to], "，,；;0123456789") && !findingForm.MatchString(text)
}
