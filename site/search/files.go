package search

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// dir is where the files of the search lie, from the portal's root.
const dir = "search/"

// callback is the function of the theme's script that every file calls with
// its name, its content and its generation.
const callback = "rectifySearch"

// File is a file of the site.
type File struct {
	Path string // from the portal's root
	Data []byte
}

// member is a file before its generation is known: the one of a group of its
// family.
type member struct {
	family string
	group  int
	name   string
	value  []byte // its content as JavaScript
}

// quoted is a string of base64 as JavaScript.
func quoted(base64 []byte) []byte { return slices.Concat([]byte{'"'}, base64, []byte{'"'}) }

func file(name string, args ...[]byte) File {
	return File{dir + name + ".js", fmt.Appendf(nil, "%s(%q,%s)\n", callback, name, bytes.Join(args, []byte{','}))}
}

// object is a value of texts, numbers and lists as JavaScript of 2009 reads it.
func object(v any) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		panic(err) // no such value fails
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

// numbered is the name of file n of a family; no folder holds more than 256.
func numbered(family string, n int) string { return fmt.Sprintf("%s/%x/%x", family, n>>8, n&0xff) }

// groups is how many generations a family has at most. With fewer, a change
// makes more files be fetched again; with more, every first search costs more.
const groups = 48

// groupOf is the group of file n of so many.
func groupOf(n, of int) int { return n * min(groups, of) / of }

// generations tell files of one state of the site from those of another that a
// browser or the host may have kept. The generation of a group is made from the
// content of all its files, so it changes only with one of them, and each of
// them carries it: files that were not made together are never read together.
type generations map[string]string // by family, three characters for each of its groups

// seal gives the files of families their generations. It holds one group at a
// time, so members have to come group by group.
func (g generations) seal(members iter.Seq[member]) iter.Seq[File] {
	return func(yield func(File) bool) {
		var group []member
		flush := func() bool {
			if len(group) == 0 {
				return true
			}
			first := group[0]
			h := sha256.New()
			for _, m := range group {
				fmt.Fprintf(h, "%s %d\n%s", m.name, len(m.value), m.value)
			}
			generation := base64.RawURLEncoding.EncodeToString(h.Sum(nil))[:generationChars]
			for len(g[first.family]) < first.group*generationChars {
				g[first.family] += strings.Repeat("-", generationChars) // a group without a file
			}
			g[first.family] += generation
			for _, m := range group {
				if !yield(file(m.name, m.value, fmt.Appendf(nil, "%q", generation))) {
					return false
				}
			}
			group = group[:0]
			return true
		}
		for m := range members {
			if len(group) > 0 && (m.family != group[0].family || m.group != group[0].group) && !flush() {
				return
			}
			group = append(group, m)
		}
		flush()
	}
}

const generationChars = 3

// meta is the one file that the browser always reads first: what it must know
// to read the others.
type meta struct {
	Format   int         `json:"format"`
	Places   int         `json:"places"` // length of the row of documents
	Spot     uint        `json:"spot"`   // k of the places in a document
	Singles  int         `json:"a"`      // how many shards the families have
	Pairs    int         `json:"b"`
	Often    string      `json:"often"`   // pairs that many documents have, see often
	Status   string      `json:"status"`  // normal forms of the words for the codes that occur, a line for each
	Filters  []string    `json:"filters"` // those that divide anything
	Report   string      `json:"report"`  // the only report, "" where there are several or none
	Versions generations `json:"v"`
}

const format = 1

// Files makes the files of the index, each when it is asked for, always in the
// same order. Nobody may change them afterwards.
func (x *Indexer) Files() iter.Seq[File] {
	return func(yield func(File) bool) {
		numbers, places := x.order()
		spot := x.index.spot()
		w := &writer{
			Indexer: x, numbers: numbers, meta: meta{Format: format, Places: places, Spot: spot},
			coder: coder{places: places, spot: spot, numbers: numbers, titles: x.index.titles},
		}
		g := generations{}
		for _, members := range []iter.Seq[member]{w.singles, w.pairs, w.texts, w.values} {
			for f := range g.seal(members) {
				if !yield(f) {
					return
				}
			}
		}
		w.meta.Versions = g
		yield(file("meta", object(w.meta)))
	}
}

// writer makes the files of a complete index.
type writer struct {
	*Indexer
	numbers []uint32 // of documents, by the order of their coming
	meta    meta
	coder   coder
}
