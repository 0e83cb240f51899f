package render

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rectify/site/internal/quickjson"
	"rectify/site/page"
)

// reserved are keys below params (and site.Params) that Hugo reads or writes
// itself: draft and iscjklanguage are overwritten, menu and menus make menus,
// _merge steers how maps are merged, assets is ours.
var reserved = map[string]bool{
	"draft": true, "iscjklanguage": true, "menu": true, "menus": true, "_merge": true, "assets": true,
}

// TestContractHoldsNothingThatHugoBends reads the structs of package page, so
// that one which is added later is looked at too.
func TestContractHoldsNothingThatHugoBends(t *testing.T) {
	set := token.NewFileSet()
	names, err := filepath.Glob("../page/contract*.go")
	if err != nil {
		t.Fatal(err)
	}
	key := regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	fields := 0
	look := func(n ast.Node) bool {
		field, ok := n.(*ast.Field)
		if !ok || field.Tag == nil {
			return true
		}
		fields++
		at := set.Position(field.Pos())
		tag := reflect.StructTag(strings.Trim(field.Tag.Value, "`")).Get("json")
		name, options, _ := strings.Cut(tag, ",")
		if !key.MatchString(name) {
			t.Errorf("%s: key %q: Hugo lower-cases keys", at, name)
		}
		if reserved[name] {
			t.Errorf("%s: key %q is Hugo's own", at, name)
		}
		switch kind := field.Type.(type) {
		case *ast.Ident:
			if b := types(kind.Name); b != "" && b != "string" && b != "bool" {
				t.Errorf("%s: %s has type %s: Hugo makes a float64 of it; show numbers as strings", at, name, b)
			}
		case *ast.StarExpr:
			if options != "omitempty" {
				t.Errorf("%s: pointer %s without omitempty: a template would see an empty list", at, name)
			}
		case *ast.ArrayType:
		default:
			t.Errorf("%s: %s has a type that templates of this room were not tested with", at, name)
		}
		return true
	}
	for _, name := range names {
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, look)
	}
	if fields < 100 {
		t.Errorf("looked at %d fields only", fields)
	}
}

// types gives the name of a basic type, and "" for a struct of the contract.
func types(name string) string {
	if strings.ToLower(name) == name {
		return name
	}
	return ""
}

// nasty are strings that YAML, JSON, Hugo or html/template like to take for
// something else.
var nasty = []string{
	"2024-11-08 14:43", "2024-02-20", "2024年11月8日", "482913", "1048576", "1e3", "007", "0x1F", "1.0", "true", "no", "null", "~", "",
	`a\`, `"`, `\"}`, "}", "{{ .Title }}", "{{< x >}}", "---", "+++", "<b>&amp;</b>", "</script>", "a\nb\r\nc\td", "line\u2028sep", " 空 格 ", "一是 # 二是",
	"关于: 问题", "<!--more-->", "[1,2]", "http://example.org/a?b=c&d=e", "%d %s %", "𠮷", "\u0000", "null,", `":null`,
}

// fill gives every string of v the next nasty one, and every list some entries.
func fill(v reflect.Value, next *int) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(nasty[*next%len(nasty)])
		*next++
	case reflect.Bool:
		*next++
		v.SetBool(*next%2 == 0)
	case reflect.Slice:
		n := *next % 4
		if n == 3 {
			return // nil
		}
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			fill(v.Index(i), next)
		}
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), next)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), next)
		}
	}
}

func TestTemplateSeesEveryValueUnchanged(t *testing.T) {
	changes := files{"layouts/issue.html": "{{ .Params | jsonify }}", "layouts/home.html": "{{ site.Params | jsonify }}"}
	kinds := []any{
		&page.Home{}, &page.Issues{}, &page.Issue{}, &page.Report{}, &page.Section{}, &page.Text{},
		&page.ContactPage{}, &page.Prose{}, &page.SiteMap{}, &page.NotFound{},
		&page.Filter{}, &page.Timeline{}, &page.FollowUps{}, &page.Documents{}, &page.Data{}, &page.Releases{},
	}
	var pages []page.Page
	next := 0
	for i := range 4 * len(nasty) {
		data := reflect.New(reflect.TypeOf(kinds[i%len(kinds)]).Elem())
		next += i
		fill(data.Elem(), &next)
		data.Elem().FieldByName("Frame").FieldByName("QR").SetString("")
		pages = append(pages, page.Page{Path: fmt.Sprintf("p/%d.html", i), Layout: "issue", Data: data.Interface()})
	}
	out, list := render(t, changes, pages...)
	if len(list) > 0 {
		t.Fatal(report(list))
	}
	for _, p := range pages {
		var want, got map[string]any
		decode(t, string(must(quickjson.Append(nil, p.Data))), &want)
		decode(t, out[p.Path], &got)
		for key := range want {
			if diff := cmp.Diff(want[key], got[key]); diff != "" {
				t.Fatalf("%T: .Params.%s:\n%s", p.Data, key, diff)
			}
		}
	}

	var site page.Site
	fill(reflect.ValueOf(&site).Elem(), &next)
	site.Lang = "zh-CN"
	r, list := New(theme(t, changes), Options{Site: site})
	if len(list) > 0 {
		t.Fatal(report(list))
	}
	out, _ = pagesOf(t, r, portal()[:1])
	var want, got map[string]any
	decode(t, string(must(quickjson.Append(nil, site))), &want)
	decode(t, out["index.html"], &got)
	for key := range want {
		if diff := cmp.Diff(want[key], got[key]); diff != "" {
			t.Errorf("site.Params.%s:\n%s", key, diff)
		}
	}
}

func must(data []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return data
}

func decode(t *testing.T, text string, to any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), to); err != nil {
		t.Fatalf("%v in %.300q", err, text)
	}
}

func TestListsOfTheContractHaveALengthWhenEmpty(t *testing.T) {
	out, list := render(t, files{"layouts/issue.html": `{{ len .Params.crumbs }} {{ len .Params.contact.phones }} {{ len .Params.issue.measures }} {{ with .Params.next }}next{{ end }}`},
		page.Page{Path: "a.html", Layout: "issue", Data: page.Issue{Frame: page.Frame{Title: "null", Description: `:null,"`}}})
	if len(list) > 0 || strings.TrimSpace(out["a.html"]) != "0 0 0" {
		t.Errorf("got %q\n%s", out["a.html"], report(list))
	}
}
