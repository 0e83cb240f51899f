package importer

import (
	"strings"

	"rectify/site/problem"
)

// line is one paragraph of the body.
type line struct {
	par     int // index of the paragraph
	text    string
	level   int // of a style
	row     *Row
	item    int // how deep the format's own list lies
	mark    mark
	pre     int  // bytes before the label: 【已完成】1.
	heading bool // the mark opens a node
	closing bool // stands behind all parts
	cut     *keyCut
}

// span is a stretch of one paragraph, in bytes.
type span struct{ par, from, to int }

// node is a line with a mark and what stands under it.
type node struct {
	class  class
	num    int
	par    int // of its line; -1 for the root
	label  span
	pre    int    // bytes before the label
	text   string // behind the label
	offset int    // of text in the paragraph
	title  title
	score  float64 // likeness of its heading
	cut    *keyCut // of a line that opens an issue with a key
	body   []span  // paragraphs under the heading, before the first kid
	rows   []int   // paragraphs that are rows of a table
	ledger bool    // the rows have the names of a ledger's columns over them: what follows belongs to the paper
	tail   []span  // of the root: what stands behind all parts
	kids   []*node
	up     *node
	role   role
}

// maxLook is how many marks are looked ahead at to tell a list inside a list.
const maxLook = 200

// maxTree is how deep nodes may lie in each other: data files have a limit too.
const maxTree = 24

// grow makes the tree of the lines.
func grow(lines []line) *node {
	r := rankClasses(lines)
	root := &node{par: -1}
	stack := []*node{root}
	for i := range lines {
		l := &lines[i]
		if !l.heading {
			top := stack[len(stack)-1]
			switch {
			case l.row != nil:
				top.rows = append(top.rows, l.par)
				top.ledger = top.ledger || len(top.rows) <= headerRows && headerScore(l.row.Cells) > 2
				continue
			case l.closing || top.ledger:
				root.tail = append(root.tail, span{l.par, 0, len(l.text)})
				continue
			}
			top.body = append(top.body, span{l.par, 0, len(l.text)})
			continue
		}
		n := newNode(l)
		depth := 0
		for d := len(stack) - 1; d > 0; d-- {
			if stack[d].class == n.class {
				depth = d
				break
			}
		}
		switch {
		case depth > 0 && n.num == 1 && depth < len(stack)-1 && len(stack) < maxTree && isInner(lines[i:], r, stack[depth].num):
			// A list inside another one of the same class.
		case depth > 0:
			stack = stack[:depth]
		default:
			for len(stack) > 1 && r[stack[len(stack)-1].class] >= r[n.class] {
				stack = stack[:len(stack)-1]
			}
		}
		n.up = stack[len(stack)-1]
		n.up.kids = append(n.up.kids, n)
		stack = append(stack, n)
	}
	return root
}

// breaks notes where a list does not count on: a number was lost, or the level
// was guessed.
func (p *parser) breaks(n *node) {
	last := map[class]int{}
	for _, k := range n.kids {
		before, counted := last[k.class]
		switch {
		case k.class == bare, k.class == keyed, k.class >= styled1 && k.class <= styled3, k.label.from >= k.label.to:
		case k.num == 0:
			p.note(problem.UnsureLevel, k.par, strings.TrimSpace(p.str(k.label)), standsUnder(n))
		case counted && k.num != before+1:
			p.note(problem.UnsureLevel, k.par, strings.TrimSpace(p.str(k.label)), standsUnder(n))
		}
		last[k.class] = max(k.num, lastNumber(p.str(k.label)))
		if k.num == 0 && counted {
			last[k.class] = before + 1
		}
	}
	for _, k := range n.kids {
		p.breaks(k)
	}
}

func standsUnder(n *node) string {
	if n.par < 0 {
		return problem.Both("最高一级", "one of the highest level")
	}
	where := short(n.text[:n.title.end])
	return problem.Both("在“"+where+"”之下", "one under “"+where+"”")
}

// isInner looks ahead whether the list that starts here lies inside an item of
// the same class: then the outer list counts on behind it.
func isInner(lines []line, r ranks, outer int) bool {
	own := lines[0].mark
	reached, looked := 1, 0
	for i := 1; i < len(lines) && looked < maxLook; i++ {
		if !lines[i].heading {
			continue
		}
		looked++
		m := lines[i].mark
		switch {
		case r[m.class] < r[own.class]:
			return false
		case m.class != own.class:
		case m.num == reached+1:
			reached++
		default:
			return m.num == outer+1
		}
	}
	return false
}

func newNode(l *line) *node {
	size := l.mark.size
	n := &node{
		class: l.mark.class, num: l.mark.num, par: l.par,
		label: span{l.par, l.pre, size}, pre: l.pre, text: l.text[size:], offset: size,
	}
	if n.cut = l.cut; n.cut != nil {
		v := n.cut.value
		to := v.from + len(strings.TrimRight(l.text[v.from:v.to], "。；; "))
		n.title = title{from: v.from, to: to, end: v.to, problem: true}
		if _, labelled := parseMark(l.text); labelled {
			n.label = span{l.par, 0, len(strings.TrimRight(l.text[:n.cut.from], " \u3000【[（("))}
		}
		n.score = 2
		return n
	}
	n.title = parseTitle(n.text)
	if t := &n.title; n.class == boxed && strings.HasPrefix(n.text[t.from:t.to], "【") {
		t.from, t.to = t.from+len("【"), t.to-len("】")
	}
	n.score = likeness(n.text, n.title)
	return n
}

// heading is the span of the heading with its label and closing mark.
func (n *node) heading() span { return span{n.par, 0, n.offset + n.title.end} }

// rest is what runs on behind the heading.
func (n *node) rest() span { return span{n.par, n.offset + n.title.end, n.offset + len(n.text)} }

// whole is the node's line.
func (n *node) whole() span { return span{n.par, 0, n.offset + len(n.text)} }

// name is the title itself.
func (n *node) name() string { return n.text[n.title.from:n.title.to] }

// all gives the paragraphs of the node and of all under it, in order.
func (n *node) all() []int {
	var out []int
	if n.par >= 0 {
		out = append(out, n.par)
	}
	for _, s := range n.body {
		out = append(out, s.par)
	}
	out = append(out, n.rows...)
	for _, k := range n.kids {
		out = append(out, k.all()...)
	}
	return out
}

// chunk is a paragraph of an issue with the mark that it starts with.
type chunk struct {
	span
	mark mark // of a kid's line, or none
	deep int  // how far below the issue the mark's node stands
}

// flat gives the text of a node line by line: what runs on behind its heading,
// its body, and its kids with their labels.
func (n *node) flat(depth int) []chunk {
	var out []chunk
	if depth > 0 {
		out = append(out, chunk{n.whole(), mark{n.class, n.num, n.offset}, depth})
	} else if rest := n.rest(); rest.from < rest.to {
		out = append(out, chunk{span: rest})
	}
	for _, s := range n.body {
		out = append(out, chunk{span: s})
	}
	for _, k := range n.kids {
		out = append(out, k.flat(depth+1)...)
	}
	return out
}
