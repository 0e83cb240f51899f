package audit

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"rectify/site/problem"
)

// node is a path that a file has, or that something leads to, or both. There
// is one for each path and nothing for each link: 100,000 pages with 60 links
// each are 6 million links, but only 100,000 paths.
type node struct {
	path   string   // "" while only links tell of it
	files  int      // how often the path was taken
	opaque bool     // its anchors are not known
	ids    []uint64 // hashes of the anchors that the page has, ascending
	from   *trail   // who leads here, while it is not there
}

// places is how many pages are named for one and the same mistake.
const places = 3

// trail is on how many pages something was seen, and the first few of them by
// path (not by time, so that the order of Take does not show).
type trail struct {
	pages int
	last  *node
	seen  [places]*node
}

// note adds a page, which counts once.
func (t *trail) note(page *node) {
	if t.last == page {
		return
	}
	t.last = page
	t.pages++
	i := min(t.pages-1, places)
	for ; i > 0 && page.path < t.seen[i-1].path; i-- {
		if i < places {
			t.seen[i] = t.seen[i-1]
		}
	}
	if i < places {
		t.seen[i] = page
	}
}

func (t *trail) places() []*node { return t.seen[:min(t.pages, places)] }

func (a *Auditor) node(path uint64) *node {
	n := a.nodes[path]
	if n == nil {
		n = &node{}
		a.nodes[path] = n
	}
	return n
}

// Take takes over what one file says, after Look or from an earlier build.
func (a *Auditor) Take(f Facts) {
	a.mu.Lock()
	defer a.mu.Unlock()
	self := a.node(hash([]byte(f.path)))
	self.path = f.path
	self.files++
	self.opaque = self.opaque || f.opaque
	self.from = nil
	if self.ids == nil {
		self.ids = f.ids
	}
	for _, r := range f.refs {
		target := a.node(r.target)
		// What is there already cannot become broken, and need not be noted.
		if target.files > 0 && (r.anchor == 0 || target.has(r.anchor)) {
			continue
		}
		if target.files == 0 {
			if target.from == nil {
				target.from = new(trail)
			}
			target.from.note(self)
		}
		if r.anchor != 0 {
			noted(a.anchors, r).note(self)
		}
	}
	for _, name := range f.lacking {
		noted(a.meta, name).note(self)
	}
	a.addWeight(self, f)
}

func noted[K comparable](trails map[K]*trail, key K) *trail {
	t := trails[key]
	if t == nil {
		t = new(trail)
		trails[key] = t
	}
	return t
}

func (n *node) has(anchor uint64) bool {
	_, found := slices.BinarySearch(n.ids, anchor)
	return found || n.opaque
}

// broken finds the links and anchors that lead nowhere. The pages that have them
// are read again for the words and the places.
func (a *Auditor) broken(read func(path string) ([]byte, error)) (out problem.List, err error) {
	wanted := map[*node]map[ref]int{} // by page: what to look for, and on how many pages it stands
	want := func(r ref, t *trail) {
		for _, page := range t.places() {
			if wanted[page] == nil {
				wanted[page] = map[ref]int{}
			}
			wanted[page][r] = t.pages
		}
	}
	for target, n := range a.nodes {
		if n.files == 0 {
			want(ref{target: target}, n.from)
		}
	}
	for r, t := range a.anchors {
		if n := a.nodes[r.target]; n.files > 0 && !n.has(r.anchor) {
			want(r, t)
		}
	}
	for page, refs := range wanted {
		data, err := read(page.path)
		if err != nil {
			return nil, fmt.Errorf("read %s again for its broken links: %w", page.path, err)
		}
		out = append(out, a.explain(page.path, data, refs)...)
	}
	return out, nil
}

// explain finds links of a page by what they lead to; the first of several alike
// tells for all.
func (a *Auditor) explain(file string, data []byte, wanted map[ref]int) (out problem.List) {
	s := scans.Get().(*scan)
	defer s.release()
	s.start(a, file, data)
	s.look()
	for _, l := range s.links {
		path, fragment := s.text(l.path), s.text(l.fragment)
		for _, kind := range []struct {
			code problem.Code
			ref  ref
			to   string
		}{
			{problem.BrokenLink, ref{target: hash(path)}, ""},
			{problem.BrokenAnchor, ref{hash(path), hash(fragment)}, "#" + string(fragment)},
		} {
			pages, ok := wanted[kind.ref]
			if !ok || kind.code == problem.BrokenAnchor && len(fragment) == 0 {
				continue
			}
			delete(wanted, kind.ref)
			place := problem.Place{File: file}
			place.Line, place.Column = s.cur.place(l.at)
			out = append(out, problem.New(kind.code, place, a.address(file, l.own, string(path), kind.to), strconv.Itoa(pages)))
		}
	}
	return out
}

// address writes a target as the page at from must have written it.
func (a *Auditor) address(from string, own bool, to, fragment string) string {
	if own {
		return short(a.base.url + to + fragment)
	}
	dir := from[:strings.LastIndexByte(from, '/')+1]
	up := ""
	for !strings.HasPrefix(to, dir) {
		dir = dir[:strings.LastIndexByte(strings.TrimSuffix(dir, "/"), '/')+1]
		up += "../"
	}
	return short(up + to[len(dir):] + fragment)
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
		if n := a.nodes[hash([]byte(low))]; n != nil && n.files > 0 {
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
		out = append(out, problem.New(problem.MissingMeta, problem.Place{File: t.seen[0].path}, name, strconv.Itoa(t.pages)))
	}
	return out
}
