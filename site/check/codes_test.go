package check

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"rectify/site/problem"
)

// raised lists the codes that the source of check names.
func raised(t *testing.T) map[problem.Code]bool {
	t.Helper()
	codes := codeNames(t)
	found := map[problem.Code]bool{}
	files, err := filepath.Glob("*.go")
	must(t, err)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		must(t, err)
		ast.Inspect(parsed, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "problem" && codes[s.Sel.Name] != "" {
					found[codes[s.Sel.Name]] = true
				}
			}
			return true
		})
	}
	return found
}

// codeNames gives the code of each constant of package problem.
func codeNames(t *testing.T) map[string]problem.Code {
	t.Helper()
	names := map[string]problem.Code{}
	for _, family := range []string{"check", "output"} { // owner raises two of audit's
		collectCodes(t, "../problem/codes_"+family+".go", names)
	}
	return names
}

func collectCodes(t *testing.T, file string, names map[string]problem.Code) {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	must(t, err)
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
			must(t, err)
			names[spec.Names[0].Name] = problem.Code(code)
		}
		return true
	})
}

func TestEveryCodeThatCheckRaisesHasAWorldOfItsOwn(t *testing.T) {
	shown := map[problem.Code]bool{}
	for _, name := range worlds(t) {
		if code, _, ok := strings.Cut(name, "-"); ok {
			shown[problem.Code(code)] = true
		}
	}
	codes := raised(t)
	if len(codes) < 40 {
		t.Errorf("only %d codes found in the source", len(codes))
	}
	for code := range codes {
		if !shown[code] {
			t.Errorf("no world shows %s", code)
		}
	}
	for code := range shown {
		if !codes[code] || !slices.Contains(problem.Codes(), code) {
			t.Errorf("a world shows %s, which the source does not name", code)
		}
	}
}
