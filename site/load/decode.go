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
	'&': "锚点(&)/ anchor (&)",
	'*': "别名(*)/ alias (*)",
	'!': "标签(!)/ tag (!)",
}

const mergeKey = "合并键(<<)/ merge key (<<)"

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

// structure fills a struct from a mapping.
func (d *decoder) structure(n *node, v reflect.Value, isRoot bool) {
	s := shapeOf(v.Type())
	where := v.Field(s.where).Addr().Interface().(*model.Where)
	where.Mark(d.file, "", -1, n.Line, n.Column)
	type seen struct {
		line    int
		outcome outcome
		key     *node
	}
	written := make([]seen, len(s.fields))
	meant := map[string]bool{} // keys that are there in another way
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if isMerge(key) || key.Kind == aliasNode {
			d.failed++
			d.torn = d.torn || isRoot
			continue
		}
		if key.Kind != scalarNode {
			d.fail(problem.New(problem.WrongType, d.at(key), "?", wantKey, found(key)))
			d.torn = d.torn || isRoot
			continue
		}
		index, known := s.byKey[key.Value]
		switch {
		case !known:
			near, likely := s.nearest(short(key.Value))
			meant[near] = meant[near] || likely
			d.fail(problem.New(problem.UnknownKey, d.at(key), short(key.Value), s.known, near))
			d.torn = d.torn || isRoot
			continue
		case written[index].line > 0:
			meant[key.Value] = true
			d.fail(problem.New(problem.DuplicateKey, d.at(key), key.Value, strconv.Itoa(written[index].line)))
			d.torn = d.torn || isRoot
			continue
		}
		f := s.fields[index]
		failedBefore := d.failed
		result := d.value(f.key, value, v.Field(f.index), where)
		written[index] = seen{key.Line, result, key}
		if result == done {
			where.Mark(d.file, f.key, -1, value.Line, value.Column)
		}
		if isRoot && d.failed > failedBefore {
			d.broken[f.key] = true
		}
	}
	for i, f := range s.fields {
		if f.inner && written[i].outcome != done {
			// Rules ask for the place of what is not there.
			inner := v.Field(f.index)
			missing := inner.Field(shapeOf(inner.Type()).where).Addr().Interface().(*model.Where)
			missing.Mark(d.file, "", -1, n.Line, n.Column)
		}
		if !f.required || written[i].outcome != absent || meant[f.key] {
			continue
		}
		place := d.at(n)
		if key := written[i].key; key != nil {
			place = d.at(key)
		}
		d.list = append(d.list, problem.New(problem.MissingField, place, f.key))
	}
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
