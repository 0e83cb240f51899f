package importer

import (
	"strings"
)

// aspect tells the title of a group of issues.
func (n *node) aspect() bool { return strings.HasSuffix(n.name(), "方面") || n.title.problem }

// deep tells a node with something under each of most of its kids: issues have
// measures, the sentences of a narrative part have nothing.
func (p *parser) deep(n *node) bool {
	held := 0
	for _, k := range n.kids {
		if rest := k.rest(); len(k.kids)+len(k.body) > 0 || rest.from < rest.to {
			held++
		}
	}
	return held*2 > len(n.kids)
}

// vote collects what is certain about which class holds measures under which.
func (p *parser) vote(n *node) {
	if len(n.kids) > 0 && n.par >= 0 {
		if sure, measures := p.measureKids(n); sure {
			pair := [2]class{n.class, n.kids[0].class}
			if measures {
				p.pairs[pair]--
			} else {
				p.pairs[pair]++
			}
		}
	}
	for _, k := range n.kids {
		p.vote(k)
	}
}

// measureKids tells whether the kids of a node are measures of one issue, and
// whether that is sure.
func (p *parser) measureKids(n *node) (sure, measures bool) {
	keys, sum := 0, 0.0
	content := 0
	trailing := p.trailingKeys(n)
	for _, k := range n.kids {
		if _, ok := keyAt(k.text); ok || isKeyHeading(k.text) {
			keys++
		}
		sum += k.score
		if len(k.kids) > 0 || p.lists(k) || p.hasKeys(k) && k != trailing {
			content++
		}
		if cuts := markCuts(p.str(k.whole())); len(cuts) > 1 && k.score < 2 {
			return true, true // （1）…；（2）… in one line
		}
		switch k.class {
		case namedStep, ordinal:
			return true, true
		case named, keyed, bare, shi:
			return true, false
		}
	}
	count := float64(len(n.kids))
	mean := sum / count
	switch {
	case keys*2 >= len(n.kids) && keys > 0:
		return true, true
	case mean >= 1:
		return true, false
	case mean <= -0.5 && n.score >= 1 && content*2 < len(n.kids):
		return true, true
	case content*2 >= len(n.kids):
		return true, false
	case mean <= -0.5 && !n.contains():
		return false, true
	}
	return false, n.score >= 2
}

// trailingKeys gives the last kid where the keys behind it speak of the node: the
// node reads like an issue, its kids like what was done, and only the last of them
// has 责任人： and 完成情况： under it.
func (p *parser) trailingKeys(n *node) *node {
	if n.score < 1 {
		return nil
	}
	for _, k := range n.kids {
		if k.score >= 1 || len(k.kids) > 0 {
			return nil
		}
	}
	for _, k := range n.kids[:len(n.kids)-1] {
		if p.hasKeys(k) {
			return nil
		}
	}
	return n.kids[len(n.kids)-1]
}

// manyVotes are more votes for one reading than a single slip can outweigh.
const manyVotes = 3

// explicit tells a node with a kid that can hardly be anything but an issue or a
// group of them.
func (p *parser) explicit(n *node) bool {
	for _, k := range n.kids {
		if k.score >= 2 || len(k.kids) > 0 {
			return true
		}
	}
	return false
}

// cast gives the nodes of a subtree with issues their roles.
func (p *parser) cast(n *node, holder bool) {
	if len(n.kids) == 0 {
		if n.role != asSection {
			n.role = asIssue
		}
		return
	}
	sure, measures := p.measureKids(n)
	v := p.pairs[[2]class{n.class, n.kids[0].class}]
	switch {
	case !sure && v != 0:
		measures = v < 0
	case sure && !measures && v <= -manyVotes && !p.explicit(n):
		measures = true // everywhere else they are
	}
	if measures && !(holder && n.contains()) {
		n.role = asIssue
		for _, k := range n.kids {
			k.role = asText
		}
		return
	}
	n.role = asSection
	for _, k := range n.kids {
		p.cast(k, false)
	}
}
