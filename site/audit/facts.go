package audit

import (
	"cmp"
	"encoding/binary"
	"errors"

	"github.com/cespare/xxhash/v2"

	"rectify/site/problem"
)

// Facts are what one file says of itself, as far as the look across files needs
// it. They can be kept: the same file under the same Options has the same.
//
// Paths and anchors are hashes. A portal of 100,000 pages has 6 million links;
// as texts they would be most of what is kept, and reading them most of a build
// in which little changed. Who needs the words of a broken link, which hardly a
// build has, reads the page again.
type Facts struct {
	path    string
	opaque  bool     // its anchors are not known
	ids     []uint64 // hashes of its anchors, ascending
	refs    []ref
	lacking []string // META tags
	group   string   // of the budget, "" if none
	weight  int      // bytes after gzip
	found   problem.List
}

// ref leads to another file, or to an anchor in it (0: to the file).
type ref struct{ target, anchor uint64 }

func compareRefs(a, b ref) int {
	return cmp.Or(cmp.Compare(a.target, b.target), cmp.Compare(a.anchor, b.anchor))
}

// hash stands for a path or an anchor. It is the same in every build, since
// facts are kept. 0 stands for nothing.
func hash(text []byte) uint64 {
	if len(text) == 0 {
		return 0
	}
	return max(1, xxhash.Sum64(text))
}

// Problems is what is wrong with the file itself, sorted by place.
func (f *Facts) Problems() problem.List { return f.found }

// AppendTo writes the facts down behind what is in to.
func (f *Facts) AppendTo(to []byte) []byte {
	flags := uint64(0)
	if f.opaque {
		flags = 1
	}
	to = binary.AppendUvarint(to, flags)
	to = binary.AppendUvarint(to, uint64(len(f.ids)))
	for _, id := range f.ids {
		to = binary.LittleEndian.AppendUint64(to, id)
	}
	to = binary.AppendUvarint(to, uint64(len(f.refs)))
	for _, r := range f.refs {
		to = binary.LittleEndian.AppendUint64(to, r.target)
		to = binary.LittleEndian.AppendUint64(to, r.anchor)
	}
	to = appendTexts(to, f.lacking)
	to = appendText(to, f.group)
	to = binary.AppendUvarint(to, uint64(f.weight))
	to = binary.AppendUvarint(to, uint64(len(f.found)))
	for _, p := range f.found {
		to = appendText(to, string(p.Code))
		to = binary.AppendUvarint(to, uint64(p.Place.Line))
		to = binary.AppendUvarint(to, uint64(p.Place.Column))
		to = appendTexts(to, p.Args)
	}
	return to
}

var errFacts = errors.New("not the facts of a file")

// ReadFacts reads what AppendTo wrote of the file at path.
func ReadFacts(path string, data []byte) (f Facts, err error) {
	defer func() {
		// The checksums of what is kept make this as unlikely as a broken
		// processor; it must not end the program all the same.
		if recover() != nil {
			err = errFacts
		}
	}()
	r := reader(data)
	f = Facts{path: path, opaque: r.number() == 1}
	f.ids = make([]uint64, r.number())
	for i := range f.ids {
		f.ids[i] = r.hash()
	}
	f.refs = make([]ref, r.number())
	for i := range f.refs {
		f.refs[i] = ref{r.hash(), r.hash()}
	}
	f.lacking, f.group, f.weight = r.texts(), r.text(), r.number()
	for range r.number() {
		code := problem.Code(r.text())
		place := problem.Place{File: path, Line: r.number(), Column: r.number()}
		f.found = append(f.found, problem.New(code, place, r.texts()...))
	}
	if len(r) > 0 {
		return f, errFacts
	}
	return f, nil
}

func appendText(to []byte, text string) []byte {
	return append(binary.AppendUvarint(to, uint64(len(text))), text...)
}

func appendTexts(to []byte, texts []string) []byte {
	to = binary.AppendUvarint(to, uint64(len(texts)))
	for _, text := range texts {
		to = appendText(to, text)
	}
	return to
}

// reader takes values from the front of what is left. It panics where that is
// not enough.
type reader []byte

func (r *reader) number() int {
	n, size := binary.Uvarint(*r)
	if size <= 0 || n > uint64(1<<31) {
		panic(errFacts)
	}
	*r = (*r)[size:]
	return int(n)
}

func (r *reader) hash() uint64 {
	h := binary.LittleEndian.Uint64(*r)
	*r = (*r)[8:]
	return h
}

func (r *reader) text() string {
	n := r.number()
	text := string((*r)[:n])
	*r = (*r)[n:]
	return text
}

func (r *reader) texts() []string {
	var texts []string
	for range r.number() {
		texts = append(texts, r.text())
	}
	return texts
}
