package load

import (
	"reflect"
	"strconv"

	"rectify/site/model"
	"rectify/site/problem"
)

// maxDepth is how deep lists and groups may lie in each other. A section
// within a section takes two levels.
const maxDepth = 64

var maxDepthText = strconv.Itoa(maxDepth)

// decoder fills one struct of model from one file.
type decoder struct {
	*source
	list problem.List

	// failed counts values that could not be taken over. broken names the keys
	// of the file's root below which there are such values; torn says that a
	// key of the root itself was not understood.
	failed int
	broken map[string]bool
	torn   bool
}

// outcome is what became of a value.
type outcome uint8

const (
	absent outcome = iota // not written, or blank
	failed                // written, and reported
	done
)

// properties are the ways of YAML that are refused, by their first character.
var properties = map[byte]string{
	'&': problem.Both("锚点(&)", "anchor (&)"),
	'*': problem.Both("别名(*)", "alias (*)"),
	'!': problem.Both("标签(!)", "tag (!)"),
}

var mergeKey = problem.Both("合并键(<<)", "merge key (<<)")

// root parses the file and gives its one mapping, or nil.
func (d *decoder) root() *node {
	docs, err := parse(d.text)
	if err != nil {
		d.list = append(d.list, d.syntaxProblem(err))
		return nil
	}
	switch {
	case len(docs) == 0:
		d.list = append(d.list, problem.New(problem.NotOneDocument, d.place(0)))
		return nil
	case len(docs) > 1:
		d.list = append(d.list, problem.New(problem.NotOneDocument, d.at(docs[1])))
		return nil
	}
	root := docs[0].Content[0]
	sound := d.refuse(root, 1)
	if root.Kind != mappingNode {
		// A document of nothing lies behind the end of the text.
		at := d.place(d.offset(root.Line, root.Column))
		d.list = append(d.list, problem.New(problem.NotOneDocument, at))
		return nil
	}
	if !sound {
		return nil
	}
	return root
}

// refuse reports anchors, aliases, tags and merge keys, and tells whether the
// tree is so flat that it can be walked.
func (d *decoder) refuse(n *node, depth int) bool {
	if depth > maxDepth {
		d.list = append(d.list, problem.New(problem.TooDeep, d.at(n), maxDepthText))
		return false
	}
	what := ""
	if at := d.offset(n.Line, n.Column); n.Kind == scalarNode && at < len(d.text) {
		// A lone ! is a tag that the library drops, so the source is looked at.
		what = properties[d.text[at]]
	}
	switch {
	case n.Kind == aliasNode:
		what = properties['*']
	case n.Anchor != "":
		what = properties['&']
	case n.Style&taggedStyle != 0:
		what = properties['!']
	}
	if what != "" {
		d.list = append(d.list, problem.New(problem.AliasUsed, d.at(n), what))
	}
	sound := true
	for i, child := range n.Content {
		if n.Kind == mappingNode && i%2 == 0 && isMerge(child) {
			d.list = append(d.list, problem.New(problem.AliasUsed, d.at(child), mergeKey))
		}
		sound = d.refuse(child, depth+1) && sound
	}
	return sound
}

func isMerge(key *node) bool { return key.Kind == scalarNode && key.Tag == mergeTag }

// at gives the place of a node.
func (d *decoder) at(n *node) problem.Place {
	return problem.Place{File: d.file, Line: n.Line, Column: n.Column}
}

// fail reports a value that cannot be taken over.
func (d *decoder) fail(p problem.Problem) outcome {
	d.failed++
	d.list = append(d.list, p)
	return failed
}

// decode fills the struct that target points to from the root of the file.
func (d *decoder) decode(root *node, target any) {
	d.broken = map[string]bool{}
	d.structure(root, reflect.ValueOf(target).Elem(), true)
}

// group is one mapping of a file on its way into a struct.
type group struct {
	*shape
	node    *node
	where   *model.Where
	written []written // by field
	// excused are required keys that are there in another way: mistyped, or
	// once blank and once not. They are reported, but not as missing.
	excused map[string]bool
}

// written is what became of one key. It has no node if it is not there.
type written struct {
	key     *node
	outcome outcome
}

// structure fills a struct from a mapping.
func (d *decoder) structure(n *node, v reflect.Value, isRoot bool) {
	g := group{shape: shapeOf(v.Type()), node: n, where: placeOf(v), excused: map[string]bool{}}
	g.written = make([]written, len(g.fields))
	g.where.Mark(d.file, "", -1, n.Line, n.Column)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		index, ok := d.key(&g, key)
		if !ok {
			d.failed++
			d.torn = d.torn || isRoot
			continue
		}
		f := g.fields[index]
		failedBefore := d.failed
		result := d.value(f.key, value, v.Field(f.index), g.where)
		g.written[index] = written{key, result}
		if result == done {
			g.where.Mark(d.file, f.key, -1, value.Line, value.Column)
		}
		if isRoot && d.failed > failedBefore {
			d.broken[f.key] = true
		}
	}
	d.missing(&g, v)
}

// key finds the field that a key of a mapping names, or reports why there is
// none.
func (d *decoder) key(g *group, key *node) (index int, ok bool) {
	if key.Kind == aliasNode || isMerge(key) {
		return 0, false // has been refused
	}
	if key.Kind != scalarNode {
		d.list = append(d.list, problem.New(problem.WrongType, d.at(key), "?", wantKey, found(key)))
		return 0, false
	}
	index, known := g.byKey[key.Value]
	if !known {
		near, likely := g.nearest(short(key.Value))
		if likely {
			g.excused[near] = true
		}
		d.list = append(d.list, problem.New(problem.UnknownKey, d.at(key), short(key.Value), g.known, near))
		return 0, false
	}
	if first := g.written[index].key; first != nil {
		g.excused[key.Value] = true
		d.list = append(d.list, problem.New(problem.DuplicateKey, d.at(key), key.Value, strconv.Itoa(first.Line)))
		return 0, false
	}
	return index, true
}

// missing reports required keys that are not written. A struct that is not
// written gets the place of the one around it: rules ask for the place of
// what is not there.
func (d *decoder) missing(g *group, v reflect.Value) {
	for i, f := range g.fields {
		w := g.written[i]
		if f.inner && w.outcome != done {
			placeOf(v.Field(f.index)).Mark(d.file, "", -1, g.node.Line, g.node.Column)
		}
		if !f.required || w.outcome != absent || g.excused[f.key] {
			continue
		}
		place := d.at(g.node)
		if w.key != nil {
			place = d.at(w.key)
		}
		d.list = append(d.list, problem.New(problem.MissingField, place, f.key))
	}
}

// placeOf gives the memory of places of a struct.
func placeOf(v reflect.Value) *model.Where {
	return v.Field(shapeOf(v.Type()).where).Addr().Interface().(*model.Where)
}

// value fills a field or an entry of a list. where remembers the places of the
// entries of a list of scalars.
func (d *decoder) value(key string, n *node, v reflect.Value, where *model.Where) outcome {
	if n.Kind == aliasNode {
		d.failed++
		return failed
	}
	if isScalar(v.Type()) {
		return d.scalar(key, n, v)
	}
	if isNothing(n) {
		return absent
	}
	switch v.Kind() {
	case reflect.Pointer:
		filled := reflect.New(v.Type().Elem())
		result := d.value(key, n, filled.Elem(), where)
		if result == done {
			v.Set(filled)
		}
		return result
	case reflect.Struct:
		if n.Kind != mappingNode {
			return d.wrongType(key, n, wantGroup)
		}
		d.structure(n, v, false)
		return done
	case reflect.Slice:
		return d.entries(key, n, v, where)
	}
	panic("load: cannot fill a " + v.Type().String())
}

// entries fills a slice. Entries that failed are left out: a number that is
// not one would refer to something else.
func (d *decoder) entries(key string, n *node, v reflect.Value, where *model.Where) outcome {
	if n.Kind != sequenceNode {
		return d.wrongType(key, n, wantList)
	}
	out := reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content))
	kept := 0
	for _, entry := range n.Content {
		place := out.Index(kept)
		switch d.value(key, entry, place, where) {
		case absent:
			d.wrongType(key, entry, wanted(place.Type()))
		case failed:
			place.SetZero()
		case done:
			if isScalar(place.Type()) {
				where.Mark(d.file, key, kept, entry.Line, entry.Column)
			}
			kept++
		}
	}
	if kept > 0 {
		v.Set(out.Slice(0, kept))
	}
	return done
}
