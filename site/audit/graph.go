package audit

import (
	"cmp"
	"hash/maphash"
	"slices"
	"strconv"
	"strings"

	"rectify/site/problem"
)

// node is a path that a file has, or that something leads to, or both. There
// is one for each path and nothing for each link: 100,000 pages with 60 links
// each are 6 million links, but only 100,000 paths.
type node struct {
	path   string
	files  int      // how often the path was added
	opaque bool     // its anchors are not known
	ids    []uint64 // hashes of the anchors that the page has, ascending
	from   trail    // who leads here
}

// seed is one for the process: hashes are compared, never written.
var seed = maphash.MakeSeed()

// anchor is a fragment that some page asks for.
type anchor struct {
	target   *node
	fragment string
}

// places is how many pages are named for one and the same mistake.
const places = 3

// trail is where something was seen: on how many pages, and at which places on
// the first few of them by path (not by time, so that the order of Add does not
// show).
type trail struct {
	pages int
	last  *node
	seen  [places]source
}

type source struct {
	page         *node
	line, column int32
	own          bool // written as an absolute own address
}

// note adds a page; a page counts once, at the first place that is noted.
func (t *trail) note(s source) {
	if t.last == s.page {
		return
	}
	t.last = s.page
	t.pages++
	i := min(t.pages-1, places)
	for ; i > 0 && before(s, t.seen[i-1]); i-- {
		if i < places {
			t.seen[i] = t.seen[i-1]
		}
	}
	if i < places {
		t.seen[i] = s
	}
}

func before(a, b source) bool {
	return cmp.Or(
		cmp.Compare(a.page.path, b.page.path),
		cmp.Compare(a.line, b.line),
		cmp.Compare(a.column, b.column),
	) < 0
}

func (t *trail) places() []source { return t.seen[:min(t.pages, places)] }

func (s source) place() problem.Place {
	return problem.Place{File: s.page.path, Line: int(s.line), Column: int(s.column)}
}

func (a *Auditor) node(path string) *node {
	n := a.nodes[path]
	if n == nil {
		n = &node{path: path}
		a.nodes[path] = n
	}
	return n
}

// merge takes over what the look across files needs. It runs under the lock,
// so what every page needs is computed before; a place is needed only while a
// target is missing.
func (a *Auditor) merge(s *scan) {
	self := a.node(s.file)
	self.files++
	self.opaque = self.opaque || s.evidence()
	if len(s.ids) > 0 && self.ids == nil {
		self.ids = make([]uint64, len(s.ids))
		for i, id := range s.ids {
			self.ids[i] = id.hash
		}
	}
	for _, r := range s.refs {
		// The conversions inside index expressions do not allocate.
		target := a.nodes[string(s.text(r.path))]
		if target == nil {
			target = a.node(string(s.text(r.path)))
		}
		// What is there already cannot become broken, and need not be noted.
		wanted := s.text(r.fragment)
		if target.files > 0 && (len(wanted) == 0 || target.has(maphash.Bytes(seed, wanted))) {
			continue
		}
		line, column := s.cur.place(r.at)
		from := source{page: self, line: int32(line), column: int32(column), own: r.own}
		if target.files == 0 {
			target.from.note(from)
		}
		if len(wanted) == 0 {
			continue
		}
		t := a.anchors[anchor{target, string(wanted)}]
		if t == nil {
			t = new(trail)
			a.anchors[anchor{target, string(wanted)}] = t
		}
		t.note(from)
	}
	for _, name := range s.lacking {
		t := a.meta[name]
		if t == nil {
			t = new(trail)
			a.meta[name] = t
		}
		t.note(source{page: self})
	}
	a.addWeight(self, s)
}

func (a *Auditor) brokenLinks() (out problem.List) {
	for _, n := range a.nodes {
		if n.files > 0 {
			continue
		}
		for _, s := range n.from.places() {
			out = append(out, problem.New(problem.BrokenLink, s.place(),
				a.address(s, n, ""), strconv.Itoa(n.from.pages)))
		}
	}
	return out
}

func (a *Auditor) brokenAnchors() (out problem.List) {
	for k, t := range a.anchors {
		if k.target.files == 0 || k.target.has(maphash.String(seed, k.fragment)) {
			continue
		}
		for _, s := range t.places() {
			out = append(out, problem.New(problem.BrokenAnchor, s.place(),
				a.address(s, k.target, k.fragment), strconv.Itoa(t.pages)))
		}
	}
	return out
}

func (n *node) has(id uint64) bool {
	_, found := slices.BinarySearch(n.ids, id)
	return found || n.opaque
}

// address writes a target as the page must have written it, which spares
// keeping the texts of millions of links that are sound.
func (a *Auditor) address(from source, to *node, fragment string) string {
	if fragment != "" {
		fragment = "#" + fragment
	}
	if from.own {
		return short(a.base.url + to.path + fragment)
	}
	dir := from.page.path[:strings.LastIndexByte(from.page.path, '/')+1]
	up := ""
	for !strings.HasPrefix(to.path, dir) {
		dir = dir[:strings.LastIndexByte(strings.TrimSuffix(dir, "/"), '/')+1]
		up += "../"
	}
	return short(up + to.path[len(dir):] + fragment)
}

// duplicatePaths finds names that two files share. Names that differ in
// capitals only are one name on Windows, where portals are built and copied.
func (a *Auditor) duplicatePaths() (out problem.List) {
	report := func(file, other string) {
		out = append(out, problem.New(problem.DuplicatePath, problem.Place{File: file}, other))
	}
	alike := map[string][]string{}
	for _, n := range a.nodes {
		if n.files > 1 {
			report(n.path, n.path)
		}
		// Almost every path is lower case and stays out of the map.
		if low := strings.ToLower(n.path); low != n.path && n.files > 0 {
			alike[low] = append(alike[low], n.path)
		}
	}
	for low, paths := range alike {
		if n := a.nodes[low]; n != nil && n.files > 0 {
			paths = append(paths, low)
		}
		slices.Sort(paths)
		for _, p := range paths[1:] {
			report(p, paths[0])
		}
	}
	return out
}

func (a *Auditor) missingMeta() (out problem.List) {
	for name, t := range a.meta {
		out = append(out, problem.New(problem.MissingMeta, t.seen[0].place(), name, strconv.Itoa(t.pages)))
	}
	return out
}
