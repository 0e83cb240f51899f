package load

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// raised lists the codes that the source of load, and of the checked types of
// model, names.
func raised(t *testing.T) map[string]bool {
	t.Helper()
	codes := codeNames(t)
	found := map[string]bool{}
	for _, pattern := range []string{"*.go", "../model/*.go"} {
		files, err := filepath.Glob(pattern)
		check(t, err)
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			check(t, err)
			ast.Inspect(parsed, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok {
					if x, ok := s.X.(*ast.Ident); ok && x.Name == "problem" && codes[s.Sel.Name] != "" {
						found[codes[s.Sel.Name]] = true
					}
				}
				return true
			})
		}
	}
	return found
}

func TestOneFileImportsTheYAMLLibrary(t *testing.T) {
	files, err := filepath.Glob("*.go")
	check(t, err)
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		check(t, err)
		for _, spec := range parsed.Imports {
			if strings.Contains(spec.Path.Value, "yaml") && file != "yaml.go" {
				t.Errorf("%s imports %s: its upstream is archived, so its path stands in yaml.go only", file, spec.Path.Value)
			}
		}
	}
}

// codeNames gives the code of each constant of package problem: NotUTF8 is D001.
func codeNames(t *testing.T) map[string]string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), "../problem/codes_load.go", nil, 0)
	check(t, err)
	names := map[string]string{}
	ast.Inspect(parsed, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		if typ, ok := spec.Type.(*ast.Ident); !ok || typ.Name != "Code" {
			return true
		}
		if value, ok := spec.Values[0].(*ast.BasicLit); ok {
			code, err := strconv.Unquote(value.Value)
			check(t, err)
			names[spec.Names[0].Name] = code
		}
		return true
	})
	return names
}

func TestEveryCodeThatLoadRaisesHasAWorld(t *testing.T) {
	shown := map[string]bool{}
	for _, file := range worlds(t) {
		for line := range strings.Lines(openWorld(t, file).want) {
			code, _, _ := strings.Cut(line, " ")
			shown[code] = true
		}
	}
	codes := raised(t)
	if len(codes) < 30 {
		t.Errorf("only %d codes found in the source", len(codes))
	}
	for code := range codes {
		if !shown[code] {
			t.Errorf("no world shows %s", code)
		}
	}
	for code := range shown {
		if !codes[code] {
			t.Errorf("a world shows %s, which the source does not name", code)
		}
	}
}
