package audit

import (
	"encoding/binary"
	"fmt"
	"iter"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/cespare/xxhash/v2"

	"rectify/site/problem"
)

// Options are what the auditor cannot see in the files.
type Options struct {
	// Lang is the language that every page must declare ("zh-CN"); empty
	// accepts any that is declared.
	Lang string
	// BaseURL is the address of the portal's root, if it is known. Addresses
	// below it are the portal's own: their target must exist.
	BaseURL string
	// Budgets are the largest sizes; fields that are 0 take DefaultBudgets.
	Budgets Budgets
	// Private yields the texts of everything that is not public, Public those
	// of everything that is. Twelve characters in a row that only Private has
	// must not stand in any file. Nil means that nothing is private.
	// Remembering costs some 32 bytes for each private character.
	Private, Public iter.Seq[string]
}

// Budgets are sizes in bytes after gzip.
type Budgets struct {
	IssuePage int // one page with an article[data-issue]
	CSS       int // all style sheets together
	JS        int // all scripts but those of the search
	SearchJS  int // assets/search*.js; the index below search/ is data
}

// DefaultBudgets are those of the house rules.
var DefaultBudgets = Budgets{IssuePage: 8 << 10, CSS: 12 << 10, JS: 6 << 10, SearchJS: 6 << 10}

// Auditor collects what is wrong with the files of one build.
type Auditor struct {
	lang    string
	base    base
	budgets Budgets
	secrets *secrets

	mu      sync.Mutex
	nodes   map[uint64]*node // by the hash of the path
	anchors map[ref]*trail
	meta    map[string]*trail
	weights map[string]*group
}

// New makes an auditor for one build.
func New(o Options) *Auditor {
	b := o.Budgets
	for _, f := range []struct {
		field *int
		std   int
	}{
		{&b.IssuePage, DefaultBudgets.IssuePage},
		{&b.CSS, DefaultBudgets.CSS},
		{&b.JS, DefaultBudgets.JS},
		{&b.SearchJS, DefaultBudgets.SearchJS},
	} {
		if *f.field == 0 {
			*f.field = f.std
		}
	}
	return &Auditor{
		lang:    o.Lang,
		base:    newBase(o.BaseURL),
		budgets: b,
		secrets: newSecrets(o.Private, o.Public),
		nodes:   map[uint64]*node{},
		anchors: map[ref]*trail{},
		meta:    map[string]*trail{},
		weights: map[string]*group{},
	}
}

// base is the address of the portal's root in the parts that comparing needs;
// host is empty where no address is known.
type base struct {
	url  string // with a slash at its end
	host string
	path string // starts and ends with a slash
}

func newBase(address string) base {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" {
		return base{}
	}
	p := "/" + strings.Trim(u.EscapedPath(), "/") + "/"
	if p == "//" {
		p = "/"
	}
	return base{url: u.Scheme + "://" + u.Host + p, host: u.Host, path: p}
}

// Known tells of a file (by the same path as Look) that is linked to but not looked at, such as evidence
// too large to hold in memory, or a file that another step writes.
func (a *Auditor) Known(path string) { a.Take(Facts{path: path, opaque: true}) }

// Look looks at one finished file: what is wrong with it, and what Take has to
// be told of it. It remembers nothing.
func (a *Auditor) Look(file string, data []byte) Facts {
	s := scans.Get().(*scan)
	defer s.release()
	s.start(a, file, data)
	s.look()
	s.out.Sort()
	f := Facts{path: file, opaque: s.evidence(), lacking: slices.Clone(s.lacking), group: s.group, weight: s.weight, found: s.out}
	if len(s.ids) > 0 {
		f.ids = make([]uint64, len(s.ids))
		for i, id := range s.ids {
			f.ids[i] = id.hash
		}
	}
	f.refs = make([]ref, 0, len(s.links))
	for _, l := range s.links {
		f.refs = append(f.refs, ref{hash(s.text(l.path)), hash(s.text(l.fragment))})
	}
	slices.SortFunc(f.refs, compareRefs)
	f.refs = slices.Compact(f.refs)
	return f
}

// Add looks at one file, takes over what it says, and gives what is wrong with
// it. What concerns several files comes from Finish.
func (a *Auditor) Add(file string, data []byte) problem.List {
	f := a.Look(file, data)
	a.Take(f)
	return f.found
}

// evidence tells whether the file is somebody else's work.
func (s *scan) evidence() bool { return strings.HasPrefix(s.file, "files/") }

func (s *scan) look() {
	ext := strings.ToLower(path.Ext(s.file))
	if s.evidence() {
		s.leaks(ext)
		return
	}
	switch ext {
	case ".html", ".htm":
		s.markers()
		s.html()
		s.leak.flush(s) // pages are searched for private text token by token
		return
	case ".xml", ".atom", ".rss", ".svg":
		s.markers()
		s.xml()
	case ".json":
		s.utf8(problem.NotWellFormed)
		s.markers()
		s.json(s.data, 0)
	case ".css":
		s.markers()
		s.css()
		s.weigh("CSS")
	case ".js":
		s.utf8(problem.NotWellFormed)
		s.markers()
		if group := scriptGroup(s.file); group != "" {
			s.weigh(group)
		}
	case ".csv", ".txt":
		s.utf8(problem.NotWellFormed)
		s.ownAddresses(s.data, 0)
	}
	s.leaks(ext)
}

// Finish returns what is wrong between files: links and anchors that lead
// nowhere, two files of one name, sizes in all, and META tags that pages lack.
// The list is sorted and does not depend on the order of Take. read gives the
// bytes of a file again; only pages with broken links are asked for.
func (a *Auditor) Finish(read func(path string) ([]byte, error)) (problem.List, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	out, err := a.broken(read)
	if err != nil {
		return nil, err
	}
	out = append(out, a.duplicatePaths()...)
	out = append(out, a.missingMeta()...)
	out = append(out, a.tooHeavy()...)
	out.Sort()
	return out, nil
}

// Digest names the Options: under two auditors of one digest a file has the same
// facts.
func (a *Auditor) Digest() []byte {
	out := fmt.Appendf(nil, "%q %q %v ", a.lang, a.base.url, a.budgets)
	if a.secrets != nil {
		// A set has no order, so its members are added up.
		sum := [2]uint64{}
		for h := range a.secrets.windows {
			m := xxhash.Sum64(binary.LittleEndian.AppendUint64(nil, h))
			sum[0] += m
			sum[1] += m * m
		}
		out = fmt.Appendf(out, "%d %x", len(a.secrets.windows), sum)
	}
	return out
}
