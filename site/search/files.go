package search

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash"
	"iter"
	"slices"
	"strings"
)

// dir is where the files of the search lie, from the portal's root.
const dir = "search/"

// callback is the function of the theme's script that every file calls with
// its name and its content.
const callback = "rectifySearch"

// File is a file of the site.
type File struct {
	Path string // from the portal's root
	Data []byte
}

// member is a file with the family and the group in it whose generation it
// shares.
type member struct {
	family string
	group  int
	File
}

func file(name string, value []byte) File {
	return File{dir + name + ".js", fmt.Appendf(nil, "%s(%q,%s)\n", callback, name, value)}
}

// packed makes the file of a name whose content is a string of base64.
func packed(name string, base64 []byte) File {
	return file(name, slices.Concat([]byte{'"'}, base64, []byte{'"'}))
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

// generations tell files that changed from those that a browser may have kept:
// a hash over the files of each group, by family.
type generations map[string][]hash.Hash

func (g generations) add(m member) {
	for len(g[m.family]) <= m.group {
		g[m.family] = append(g[m.family], sha256.New())
	}
	g[m.family][m.group].Write(m.Data)
}

// versions gives each family three characters for each of its groups.
func (g generations) versions() map[string]string {
	out := map[string]string{}
	for family, hashes := range g {
		var v strings.Builder
		for _, h := range hashes {
			v.WriteString(base64.RawURLEncoding.EncodeToString(h.Sum(nil))[:3])
		}
		out[family] = v.String()
	}
	return out
}

// meta is the one file that the browser always reads first: what it must know
// to read the others.
type meta struct {
	Format   int               `json:"format"`
	Places   int               `json:"places"` // length of the row of documents
	Spot     uint              `json:"spot"`   // k of the places in a document
	Singles  int               `json:"a"`      // how many shards the families have
	Pairs    int               `json:"b"`
	Often    string            `json:"often"`   // pairs that many documents have, see often
	Status   string            `json:"status"`  // normal forms of the words for the codes that occur, a line for each
	Filters  []string          `json:"filters"` // those that divide anything
	Report   string            `json:"report"`  // the only report, "" where there are several or none
	Versions map[string]string `json:"v"`       // generations of each family
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
			for m := range members {
				g.add(m)
				if !yield(m.File) {
					return
				}
			}
		}
		w.meta.Versions = g.versions()
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
