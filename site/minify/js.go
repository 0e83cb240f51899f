package minify

import (
	"bytes"

	"github.com/tdewolff/minify/v2"
	minifyjs "github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/buffer"
	"github.com/tdewolff/parse/v2/js"
)

// scriptOptions: a Version before 2015 keeps the library from writing template
// literals, "??", "?." and a catch without a name. What it writes in spite of
// that is the business of plainSyntax and plainText.
var scriptOptions = minifyjs.Minifier{Version: 2009}

// minifyScript writes no syntax that is newer than what it was given.
func minifyScript(data []byte) ([]byte, error) {
	program, err := js.Parse(parse.NewInput(scratch(data)), js.Options{})
	if err != nil {
		return nil, err
	}
	js.Walk(plainSyntax{}, program)
	w := buffer.NewWriter(make([]byte, 0, len(data)))
	program.JS(w)

	out := buffer.NewWriter(make([]byte, 0, len(data)))
	if err := scriptOptions.Minify(minify.New(), out, buffer.NewReader(w.Bytes()), nil); err != nil {
		return nil, err
	}
	return plainText(out.Bytes()), nil
}

// plainSyntax puts parentheses where the library would otherwise see a chance
// for newer syntax. They are gone from its output.
type plainSyntax struct{}

func (p plainSyntax) Enter(node js.INode) js.IVisitor {
	switch n := node.(type) {
	case *js.Property:
		// {name: name} would become {name}, of 2015. This may happen to any
		// pair, since variables get new names.
		if _, ok := n.Value.(*js.Var); ok && n.Name != nil && n.Init == nil {
			n.Value = &js.GroupExpr{X: n.Value}
		}
	case *js.CallExpr:
		// Math.pow(a, b) would become a**b, of 2016; Math.trunc(x) x|0, which
		// is wrong from 2³¹ on; Math.abs(x) x<0?-x:x, which is wrong for texts.
		if dot, ok := n.X.(*js.DotExpr); ok {
			if object, ok := dot.X.(*js.Var); ok && string(object.Data) == "Math" {
				n.X = &js.GroupExpr{X: dot}
			}
		}
	}
	return p
}

func (plainSyntax) Exit(js.INode) {}

// plainText writes the two line separators of Unicode as escapes again. The
// library decodes them, but before 2019 they could not stand in a string.
func plainText(script []byte) []byte {
	script = bytes.ReplaceAll(script, []byte("\u2028"), []byte(`\u2028`))
	return bytes.ReplaceAll(script, []byte("\u2029"), []byte(`\u2029`))
}
