package export

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// described are the two JSON files and their schemas.
var described = map[string]string{issuesJSONPath: issuesSchemaPath, portalJSONPath: portalSchemaPath}

// compiled reads a schema as a stranger would, who also checks formats.
func compiled(t *testing.T, name string, text []byte) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource(name, doc); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func TestJSONFollowsItsPublishedSchema(t *testing.T) {
	for name, portal := range portals(t) {
		files := made(t, exporter(portal, ""))
		for path, schemaPath := range described {
			doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(files[path]))
			if err != nil {
				t.Fatalf("%s: %s: %v", name, path, err)
			}
			if err := compiled(t, schemaPath, files[schemaPath]).Validate(doc); err != nil {
				t.Errorf("%s: %s: %v", name, path, err)
			}
			var head struct {
				Schema string `json:"$schema"`
			}
			if err := json.Unmarshal(files[path], &head); err != nil || "data/"+head.Schema != schemaPath {
				t.Errorf("%s: %s names the schema %q", name, path, head.Schema)
			}
		}
	}
}

func TestSchemaRefusesWhatItDoesNotDescribe(t *testing.T) {
	files := made(t, exporter(small(t), ""))
	schema := compiled(t, issuesSchemaPath, files[issuesSchemaPath])
	for _, change := range [][2]string{
		{`"id":200001`, `"id":"200001"`},
		{`"id":200001`, `"id":200001,"colour":"red"`},
		{`"code":"done"`, `"code":"finished"`},
		{`"as_of":"2025-04-30"`, `"as_of":"2025-04-31"`},
		{`"title":"=HYPERLINK(\"x\")",`, ``},
		{`"withdrawn":[`, `"gone":[`},
	} {
		text := strings.Replace(string(files[issuesJSONPath]), change[0], change[1], 1)
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if text == string(files[issuesJSONPath]) || schema.Validate(doc) == nil {
			t.Errorf("%s for %s was accepted", change[1], change[0])
		}
	}
}

// TestSchemasStayAsPublished shows a change of what others rely on as a diff.
func TestSchemasStayAsPublished(t *testing.T) {
	const golden = "testdata/schema.txtar"
	files := made(t, exporter(small(t), ""))
	got := txtar.Format(&txtar.Archive{
		Comment: []byte("What strangers rely on. Members may be added; where one changes its meaning or\ngoes, outputFormat grows. Written by: go test ./site/export -update.\n\n"),
		Files: []txtar.File{
			{Name: issuesSchemaPath, Data: files[issuesSchemaPath]},
			{Name: portalSchemaPath, Data: files[portalSchemaPath]},
		},
	})
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("-want +got (go test ./site/export -update writes it anew):\n%s", diff)
	}
}

func TestEveryMemberIsDescribed(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(of reflect.Type) {
		for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct || seen[of] {
			return
		}
		seen[of] = true
		for i := range of.NumField() {
			field := of.Field(i)
			if !field.Anonymous && (field.Tag.Get("json") == "" || field.Tag.Get("doc") == "") {
				t.Errorf("%s.%s has no json or no doc tag", of.Name(), field.Name)
			}
			walk(field.Type)
		}
	}
	walk(reflect.TypeFor[issuesDocument]())
	walk(reflect.TypeFor[portalDocument]())
}

func TestIssuesJSONHasALineForEachIssue(t *testing.T) {
	portal := small(t)
	var whole struct {
		Issues    []any
		Withdrawn []any
	}
	data := made(t, exporter(portal, ""))[issuesJSONPath]
	if err := json.Unmarshal(data, &whole); err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(strings.TrimSuffix(line, "\n"), ",")
		if !strings.HasPrefix(line, `{"id"`) {
			continue
		}
		n++
		if !json.Valid([]byte(line)) {
			t.Errorf("not a whole issue: %s", line)
		}
	}
	if n != 3 || len(whole.Issues) != 2 || len(whole.Withdrawn) != 1 {
		t.Errorf("%d lines, %d issues, %d withdrawn", n, len(whole.Issues), len(whole.Withdrawn))
	}
}
