package minify

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"
)

func TestScriptIsWrittenAs(t *testing.T) {
	for _, c := range []struct{ what, in, want string }{
		{"comments go, licences stay", "/*! MIT */\n// c\nvar a = 1; /* d */", "/*! MIT */var a=1"},
		{"names inside functions get shorter, global names stay", "var portal = 1; function search(query) { return query + portal }", "var portal=1;function search(e){return e+portal}"},
		{"strict mode stays", "(function () { 'use strict'; f() })()", "(function(){\"use strict\";f()})()"},
		{"numbers keep their value", "f(482913, 100000, 1.10, 0x10)", "f(482913,1e5,1.1,16)"},
		{"a string keeps its line breaks as escapes", "f('\\n\\n\\n', 'a\\'b\"c')", "f(\"\\n\\n\\n\",\"a'b\\\"c\")"},
		{"Chinese texts stay readable", "f('共 ' + n + ' 条')", "f(\"共 \"+n+\" 条\")"},
	} {
		t.Run(c.what, func(t *testing.T) {
			if diff := cmp.Diff(c.want, file(t, "a.js", c.in)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What the library would write in newer syntax, or with another meaning.
func TestScriptGetsNoNewerSyntax(t *testing.T) {
	for in, want := range map[string]string{
		"f({name: name})": "f({name:name})",
		"(function (total) { f({t: total, e: total}) })()": "(function(e){f({t:e,e:e})})()",
		"f(Math.pow(a, b), Math.sqrt(a))":                  "f(Math.pow(a,b),Math.sqrt(a))",
		"f(Math.trunc(a), Math.abs(a))":                    "f(Math.trunc(a),Math.abs(a))",
		"f(a == null ? undefined : a.b)":                   "f(a==null?0[0]:a.b)",
		"f(a != null ? a : b)":                             "f(a!=null?a:b)",
		"f('a\\nb\\n' + \"'\\\"\")":                        `f("a\nb\n'\"")`,
		"try { f() } catch (e) { g() }":                    "try{f()}catch(e){g()}",
		"f('\\u2028', '\\u2029')":                          `f("\u2028","\u2029")`,
		"f(function () { return this })":                   "f(function(){return this})",
	} {
		got := file(t, "a.js", in)
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", in, got, want)
		}
		if features := newerThanES5(t, got); features != nil {
			t.Errorf("%s became %s: %q", in, got, features)
		}
	}
}

func TestScriptOfAPortalStaysES5(t *testing.T) {
	source, err := os.ReadFile("testdata/search.js")
	if err != nil {
		t.Fatal(err)
	}
	if features := newerThanES5(t, string(source)); features != nil {
		t.Fatalf("the example is not ES5: %q", features)
	}
	out := file(t, "search.js", string(source))
	if features := newerThanES5(t, out); features != nil {
		t.Errorf("got %q in:\n%s", features, out)
	}
	if len(out)*10 > len(source)*6 {
		t.Errorf("%d bytes became %d: more than 60 %%", len(source), len(out))
	}
}

// Newer syntax that the author chose is the author's business; only {a} is
// written as {a:a}, since the parser does not tell them apart.
func TestScriptKeepsTheSyntaxOfItsAuthor(t *testing.T) {
	for _, in := range []string{"f(`a${b}`)", "f(a?.b)", "f(a??b)", "f(a**b)", "f(()=>a)", "const a=1;f(a)"} {
		if got := file(t, "a.js", in); got != in {
			t.Errorf("%s became %s", in, got)
		}
	}
}

// newerThanES5 names the syntax in a script that a browser of 2009 lacks.
func newerThanES5(t *testing.T, script string) []string {
	t.Helper()
	program, err := js.Parse(parse.NewInputString(script), js.Options{})
	if err != nil {
		t.Fatalf("%v\n%s", err, script)
	}
	f := &features{}
	js.Walk(f, program)
	if strings.ContainsAny(script, "\u2028\u2029") {
		f.found = append(f.found, "raw line separator")
	}
	// The parser does not tell {a} from {a: a}; at least the first is looked for.
	if shortProperty.MatchString(script) {
		f.found = append(f.found, "short property")
	}
	slices.Sort(f.found)
	return slices.Compact(f.found)
}

var shortProperty = regexp.MustCompile(`[(,=:?\[]\s*\{\s*\w+\s*[,}]`)

type features struct{ found []string }

func (f *features) Exit(js.INode) {}

func (f *features) Enter(node js.INode) js.IVisitor {
	add := func(newer bool, name string) {
		if newer {
			f.found = append(f.found, name)
		}
	}
	switch n := node.(type) {
	case *js.TemplateExpr:
		add(true, "template literal")
	case *js.ArrowFunc:
		add(true, "arrow function")
	case *js.ClassDecl, *js.MethodDecl, *js.YieldExpr, *js.ForOfStmt, *js.ImportStmt, *js.ExportStmt:
		add(true, "class, method, generator, for of or module")
	case *js.VarDecl:
		add(n.TokenType == js.LetToken || n.TokenType == js.ConstToken, "let or const")
	case *js.Property:
		add(n.Name == nil || n.Name.IsComputed(), "computed property or spread")
	case *js.BinaryExpr:
		add(n.Op == js.ExpToken || n.Op == js.NullishToken, "operator "+n.Op.String())
	case *js.DotExpr:
		add(n.Optional, "optional chaining")
	case *js.CallExpr:
		add(n.Optional, "optional chaining")
	case *js.IndexExpr:
		add(n.Optional, "optional chaining")
	case *js.TryStmt:
		add(n.Catch != nil && n.Binding == nil, "catch without a name")
	case *js.BindingElement:
		_, simple := n.Binding.(*js.Var)
		add(n.Binding != nil && !simple, "destructuring")
	}
	return f
}
