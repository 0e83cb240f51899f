package themes_test

import (
	"fmt"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
)

// A shape is what is known of a value in a template: a reflect.Type of the
// contract, values (a dict), or unknown.
type shape any

type values map[string]shape

type unknown struct{}

// absent is a value that this kind of page does not have.
type absent struct{}

// walker goes through templates as Hugo would, with shapes in place of values.
// A field counts as read where a template names it, also in a condition; what is
// below a map (JSON-LD) it does not know.
type walker struct {
	texts  map[string]string
	site   reflect.Type
	some   []string
	seen   map[string]bool // partials with the shapes they were called with
	given  map[string]bool // fields that templates could read
	read   map[string]bool
	broken map[string]bool
	file   string // the template that is walked
}

func newWalker(texts map[string]string, site any, some []string) *walker {
	w := &walker{
		texts: texts, site: reflect.TypeOf(site), some: some,
		seen: map[string]bool{}, given: map[string]bool{}, read: map[string]bool{}, broken: map[string]bool{},
	}
	w.give(w.site)
	return w
}

func (w *walker) fault(format string, args ...any) { w.broken[fmt.Sprintf(format, args...)] = true }
func (w *walker) faults() []string                 { return slices.Sorted(maps.Keys(w.broken)) }

func (w *walker) unread() (fields []string) {
	for field := range w.given {
		if !w.read[field] {
			fields = append(fields, field)
		}
	}
	slices.Sort(fields)
	return fields
}

// fields are the fields of a struct by their keys, those of embedded structs too.
func fields(t reflect.Type) map[string]reflect.StructField {
	out := map[string]reflect.StructField{}
	for _, f := range reflect.VisibleFields(t) {
		if key, _, _ := strings.Cut(f.Tag.Get("json"), ","); key != "" {
			out[key] = f
		}
	}
	return out
}

// owner is what a field is called here: that of an embedded struct is its own.
func owner(t reflect.Type, key string) string {
	f := fields(t)[key]
	for _, i := range f.Index[:len(f.Index)-1] {
		t = t.Field(i).Type
	}
	return t.Name() + "." + key
}

// give notes all fields that can be reached from a type.
func (w *walker) give(t reflect.Type) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		w.give(t.Elem())
	case reflect.Struct:
		for key, f := range fields(t) {
			if field := owner(t, key); !w.given[field] {
				w.given[field] = true
				w.give(f.Type)
			}
		}
	}
}

// layout walks the frame of all pages with the layout's main part in it.
func (w *walker) layout(layout string, data any) {
	w.give(reflect.TypeOf(data))
	frame, own := w.parse("baseof.html"), w.parse(layout+".html")
	blocks := map[string]*block{}
	for name, tree := range frame {
		blocks[name] = &block{"baseof.html", tree}
	}
	for name, tree := range own {
		if name != layout+".html" {
			blocks[name] = &block{layout + ".html", tree}
		}
	}
	root := values{"Params": reflect.TypeOf(data)}
	w.file = "baseof.html"
	w.list(frame["baseof.html"].Root, &scope{walker: w, dot: root, blocks: blocks, variables: map[string]shape{"$": root}})
}

// alone walks a template that is about no page.
func (w *walker) alone(file string) {
	w.file = file
	w.list(w.parse(file)[file].Root, &scope{walker: w, dot: unknown{}, variables: map[string]shape{"$": unknown{}}})
}

type block struct {
	file string
	tree *parse.Tree
}

func (w *walker) parse(file string) map[string]*parse.Tree {
	set := map[string]*parse.Tree{}
	tree := parse.New(file)
	tree.Mode = parse.SkipFuncCheck
	if _, err := tree.Parse(w.texts[file], "{{", "}}", set); err != nil {
		w.fault("%v", err)
	}
	if set[file] == nil {
		set[file] = tree // of definitions only
	}
	return set
}

// scope is where a node stands.
type scope struct {
	*walker
	dot       shape
	blocks    map[string]*block
	variables map[string]shape
}

func (s *scope) with(dot shape) *scope {
	inner := *s
	inner.dot, inner.variables = dot, maps.Clone(s.variables)
	return &inner
}

func (w *walker) list(list *parse.ListNode, s *scope) {
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.ActionNode:
			s.pipe(node.Pipe)
		case *parse.IfNode:
			if inner := s.with(s.dot); inner.pipe(node.Pipe) != (absent{}) {
				w.list(node.List, inner)
			}
			w.list(node.ElseList, s.with(s.dot))
		case *parse.WithNode:
			inner := s.with(s.dot)
			if value := inner.pipe(node.Pipe); value != (absent{}) {
				inner.dot = value
				w.list(node.List, inner)
			}
			w.list(node.ElseList, s.with(s.dot))
		case *parse.RangeNode:
			inner := s.with(s.dot)
			entry := element(inner.pipe(node.Pipe))
			if n := len(node.Pipe.Decl); n > 0 {
				inner.variables[node.Pipe.Decl[n-1].Ident[0]] = entry
			}
			inner.dot = entry
			w.list(node.List, inner)
			w.list(node.ElseList, s.with(s.dot))
		case *parse.TemplateNode:
			b := s.blocks[node.Name]
			if b == nil {
				w.fault("%s: there is no block %s", w.file, node.Name)
				continue
			}
			inner := s.with(s.pipe(node.Pipe))
			inner.variables = map[string]shape{"$": inner.dot}
			outer := w.file
			w.file = b.file
			w.list(b.tree.Root, inner)
			w.file = outer
		}
	}
}

func element(value shape) shape {
	if t, ok := value.(reflect.Type); ok && t.Kind() == reflect.Slice {
		return t.Elem()
	}
	return unknown{}
}

func (s *scope) pipe(pipe *parse.PipeNode) (value shape) {
	if pipe == nil {
		return absent{}
	}
	for i, command := range pipe.Cmds {
		value = s.command(command, i > 0)
	}
	for _, v := range pipe.Decl {
		s.variables[v.Ident[0]] = value
	}
	return value
}

func (s *scope) command(c *parse.CommandNode, piped bool) shape {
	var args []shape
	for _, arg := range c.Args[1:] {
		args = append(args, s.operand(arg))
	}
	function, ok := c.Args[0].(*parse.IdentifierNode)
	if !ok {
		return s.operand(c.Args[0])
	}
	switch function.Ident {
	case "site":
		return values{"Params": s.site}
	case "dict":
		dict := values{}
		for i := 0; i+1 < len(args); i += 2 {
			if key, ok := c.Args[i+1].(*parse.StringNode); ok {
				dict[key.Text] = args[i+1]
			}
		}
		return dict
	case "partial":
		if file, ok := c.Args[1].(*parse.StringNode); ok && !piped {
			var dot shape = values{}
			if len(args) > 1 {
				dot = args[1]
			}
			s.partial(file.Text, dot)
		}
	case "or":
		for _, arg := range args {
			if arg != (absent{}) {
				return arg
			}
		}
		return absent{}
	case "and":
		if slices.Contains(args, shape(absent{})) {
			return absent{}
		}
	}
	return unknown{}
}

func (s *scope) operand(node parse.Node) shape {
	switch node := node.(type) {
	case *parse.DotNode:
		return s.dot
	case *parse.FieldNode:
		return s.fields(s.dot, node.Ident)
	case *parse.VariableNode:
		return s.fields(s.variables[node.Ident[0]], node.Ident[1:])
	case *parse.ChainNode:
		return s.fields(s.operand(node.Node), node.Field)
	case *parse.PipeNode:
		return s.with(s.dot).pipe(node)
	case *parse.IdentifierNode:
		if node.Ident == "site" {
			return values{"Params": s.site}
		}
	}
	return unknown{}
}

func (s *scope) fields(value shape, keys []string) shape {
	for _, key := range keys {
		value = s.field(value, key)
	}
	return value
}

func (s *scope) field(value shape, key string) shape {
	switch of := value.(type) {
	case values:
		if v, ok := of[key]; ok {
			return v
		}
		s.fault("%s: the values given have no %s", s.file, key)
	case reflect.Type:
		if of.Kind() == reflect.Pointer {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct {
			break
		}
		if f, ok := fields(of)[key]; ok {
			s.read[owner(of, key)] = true
			return f.Type
		}
		if of == s.site && key == "assets" {
			break // what layouts/assets.html prints
		}
		if slices.Contains(s.some, key) {
			return absent{}
		}
		s.fault("%s: %s has no %s", s.file, of.Name(), key)
	case absent:
		return absent{}
	}
	return unknown{}
}

// partial walks a partial once for each set of shapes that it is given.
func (s *scope) partial(file string, dot shape) {
	file = path.Join("_partials", file)
	call := fmt.Sprint(file, " ", dot)
	if s.seen[call] {
		return
	}
	s.seen[call] = true
	if _, ok := s.texts[file]; !ok {
		s.fault("there is no partial %s", path.Base(file))
		return
	}
	outer := s.file
	s.file = file
	s.list(s.walker.parse(file)[file].Root, &scope{walker: s.walker, dot: dot, variables: map[string]shape{"$": dot}})
	s.file = outer
}
