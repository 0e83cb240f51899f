package export

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/spf13/afero"
	"gopkg.in/yaml.v3"

	"rectify/site/load"
	"rectify/site/problem"
	"rectify/site/scaffold"
)

// These tests hold data, schemas and loader against each other, by a validator
// that knows nothing of how the schemas were made.

func validators(t *testing.T) map[Kind]*jsonschema.Schema {
	t.Helper()
	compiled := map[Kind]*jsonschema.Schema{}
	for _, kind := range Kinds() {
		text, err := Schema(kind)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		compiler := jsonschema.NewCompiler()
		if err := compiler.AddResource(string(kind)+".json", doc); err != nil {
			t.Fatal(err)
		}
		// This also holds the schema against the schema of schemas.
		if compiled[kind], err = compiler.Compile(string(kind) + ".json"); err != nil {
			t.Fatal(err)
		}
	}
	return compiled
}

// asJSON reads YAML as an editor does, by YAML 1.2: a day is a text there.
func asJSON(t *testing.T, text string) any {
	t.Helper()
	var root yaml.Node
	if err := yaml.Unmarshal([]byte(text), &root); err != nil {
		t.Fatal(err)
	}
	var convert func(n *yaml.Node) any
	convert = func(n *yaml.Node) any {
		switch {
		case n.Kind == yaml.DocumentNode:
			return convert(n.Content[0])
		case n.Kind == yaml.MappingNode:
			object := map[string]any{}
			for i := 0; i+1 < len(n.Content); i += 2 {
				object[n.Content[i].Value] = convert(n.Content[i+1])
			}
			return object
		case n.Kind == yaml.SequenceNode:
			list := []any{}
			for _, entry := range n.Content {
				list = append(list, convert(entry))
			}
			return list
		case n.Tag == "!!int" || n.Tag == "!!float":
			return json.Number(n.Value)
		case n.Tag == "!!bool":
			return n.Value == "true"
		case n.Tag == "!!null":
			return nil
		}
		return n.Value
	}
	return convert(&root)
}

// kindOf tells the kind of a data file by its name.
func kindOf(name string) (Kind, bool) {
	switch {
	case path.Base(name) == "portal.yaml":
		return PortalFile, true
	case path.Base(name) == "report.yaml":
		return ReportFile, true
	case path.Ext(name) == ".yaml" && path.Base(path.Dir(name)) == "issues":
		return IssueFile, true
	}
	return "", false
}

func TestTheRealDataAndTheExampleFollowTheSchemas(t *testing.T) {
	schemas := validators(t)
	memory := afero.NewMemMapFs()
	for _, kind := range []scaffold.Kind{scaffold.Blank, scaffold.Example} {
		if err := scaffold.Write(memory, string(kind), kind); err != nil {
			t.Fatal(err)
		}
	}
	for what, fs := range map[string]afero.Fs{
		"real":    afero.NewBasePathFs(afero.NewOsFs(), "../../data"),
		"blank":   afero.NewBasePathFs(memory, "blank/data"),
		"example": afero.NewBasePathFs(memory, "example/data"),
	} {
		seen := map[Kind]int{}
		err := afero.Walk(fs, ".", func(name string, info os.FileInfo, err error) error {
			if err != nil || info.IsDir() {
				return err
			}
			kind, ok := kindOf(name)
			if !ok {
				return nil
			}
			seen[kind]++
			data, err := afero.ReadFile(fs, name)
			if err != nil {
				return err
			}
			if err := schemas[kind].Validate(asJSON(t, string(data))); err != nil {
				t.Errorf("%s %s: %v", what, name, err)
			}
			return nil
		})
		if err != nil || len(seen) != len(Kinds()) {
			t.Errorf("%s: files seen %v, %v", what, seen, err)
		}
	}
}

// world is a small portal, of which a test replaces one file.
var world = map[string]string{
	"portal.yaml":                  "format: 1\nname: 示例公开\nunit: 示例局\n",
	"reports/demo/report.yaml":     "title: 示例通报\nunit: 示例局\noutline:\n  - {id: s1, title: 示例方面, issues: [200001]}\n",
	"reports/demo/source.txt":      "一\n二\n三\n",
	"reports/demo/issues/one.yaml": "id: 200001\ntitle: 示例问题\nmeasures:\n  - text: 示例措施。\n",
}

var fileOf = map[Kind]string{
	PortalFile: "portal.yaml", ReportFile: "reports/demo/report.yaml", IssueFile: "reports/demo/issues/one.yaml",
}

// whole puts one file into the world and asks the loader.
func whole(t *testing.T, kind Kind, text string) problem.List {
	t.Helper()
	fs := afero.NewMemMapFs()
	for name, content := range world {
		if name == fileOf[kind] {
			content = text
		}
		if err := afero.WriteFile(fs, path.Join("data", name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	_, found := load.Load(context.Background(), fs, "data")
	return found
}

// with adds lines to the file of the world, or replaces the keys they name.
func with(kind Kind, lines string) string {
	key, _, _ := strings.Cut(lines, ":")
	var out strings.Builder
	keep := true
	for line := range strings.Lines(world[fileOf[kind]]) {
		if !strings.HasPrefix(line, " ") {
			keep = !strings.HasPrefix(line, key+":")
		}
		if keep {
			out.WriteString(line)
		}
	}
	return out.String() + lines + "\n"
}

// without takes a key away.
func without(kind Kind, key string) string {
	return strings.TrimSuffix(with(kind, key+": x"), key+": x\n")
}

func TestSchemaAndLoaderRefuseTheSame(t *testing.T) {
	schemas := validators(t)
	type broken struct {
		kind Kind
		text string
	}
	var table []broken
	for kind, keys := range map[Kind][]string{
		PortalFile: {"format", "name", "unit"},
		ReportFile: {"title", "unit"},
		IssueFile:  {"id", "title"},
	} {
		for _, key := range keys {
			table = append(table, broken{kind, without(kind, key)})
		}
		table = append(table, broken{kind, with(kind, "titel: 写错的项")}, broken{kind, "- 列表"}, broken{kind, "文字"})
	}
	for kind, lines := range map[Kind][]string{
		PortalFile: {
			"format: 0", "format: 99", "format: 一", "name: ''", "language: fr", "base_url: www.example.org",
			"base_url: ftp://www.example.org/", "theme: Civic", "theme: con", "keywords: 一个词", "contact: 示例局",
			"contact: {phone: 0000-0000000}", "contact: {phones: 0000-0000000}", "official: {icp_number: 无}",
			"parent: {url: https://www.example.org/}", "parent: {title: 示例, url: example}",
			"footer: [友情链接]", "footer: [{links: []}]", "footer: [{title: 示例, links: [示例]}]",
		},
		ReportFile: {
			"title: {zh: 示例}", "title_lines: 示例通报", "published_at: 2024-1-2", "published_at: 2024-01-02 9:30",
			"published_at: 2024-01-02 24:30", "published_at: 2024/01/02", "signed_on: 2024年1月2日", "as_of: 2024-02-30",
			"as_of: 2024-13-01", "as_of: 2024-02", "inspection: {start: 去年}", "inspection: {began: 2024-01-01}",
			"declared: [{label: 问题, n: 五, quote: 五}]", "declared: [{label: 问题, quote: 五}]", "declared: [{n: 5, quote: 五}]",
			"declared: [{label: 问题, n: 5}]", "declared: [{label: 问题, n: 5.5, quote: 五}]",
			"declared: [{label: 问题, n: 5, quote: 五, of: things}]", "metrics: [{kind: 资金}]", "metrics: [{value: 5}]",
			"parts: [{outline: 是}]", "parts: [{heading: 一}]", "parts: [{parts: [{heading: 一}]}]", "parts: [{source: [1]}]",
			"parts: [{source: {paragraphs: [0]}}]", "parts: [{source: {paragraphs: [1, 1]}}]", "furniture: [0]", "furniture: [1, 1]",
			"furniture: [一]", "outline: [{title: 无编号, issues: [200001]}]", "outline: [{id: s1, issues: [200001]}]",
			"outline: [{id: S1, title: 一, issues: [200001]}]", "outline: [{id: index, title: 一, issues: [200001]}]",
			"outline: [{id: s1, title: 一, issues: [12]}]", "outline: [{id: s1, title: 一, issues: [200001, 200001]}]",
			"outline: [{id: s1, title: 一, issues: [200001], sections: [{id: s2}]}]",
		},
		IssueFile: {
			"id: 12345", "id: 1234567", "id: 012345", "id: 甲", "title: ' '", "title: [一]", "measures: 一是", "measures: [一是]",
			"measures: [{text: 一, note: 二}]", "status: done", "status: {printed: 已完成}", "status: {code: 已整改}",
			"status: {code: done, as_of: 昨天}", "deadline: {date: 2025}", "deadline: {kind: soon}", "deadline: {kind: by_date, date: 2025-13}",
			"deadline: {kind: by_date, date: 25}", "owners: {lead_units: 办公室}", "owners: {leaders: 局长}", "evidence: [照片.png]",
			"evidence: [{file: a.png}]", "evidence: [{title: 照片}]", "follow_ups: [{due: 2025}]", "follow_ups: [{text: 一, measure: 0}]",
			"follow_ups: [{text: 一, due: 明年}]", "publicity: {start: 2025-01-01}", "publicity: {end: 2025-01-01}",
			"visibility: hidden", "withdrawn: {on: 2025-01-01}", "withdrawn: {why: 重复}", "withdrawn: true",
			"corrections: [{what: 一}]", "corrections: [{on: 2025-01-01}]", "history: [{on: 2025, what: 一}]",
			"history: [{on: 2025-01-01, what: 一, by: 编辑}]", "source: 3", "source: {paragraphs: 3}", "source: {lines: [3]}",
		},
	} {
		for _, line := range lines {
			table = append(table, broken{kind, with(kind, line)})
		}
	}
	for _, b := range table {
		refused := slices.ContainsFunc(whole(t, b.kind, b.text), func(p problem.Problem) bool {
			return p.Severity == problem.Error && p.Place.File == "data/"+fileOf[b.kind]
		})
		if !refused {
			t.Errorf("load accepts this %s:\n%s", b.kind, b.text)
		}
		if schemas[b.kind].Validate(asJSON(t, b.text)) == nil {
			t.Errorf("the schema accepts this %s:\n%s", b.kind, b.text)
		}
	}
}

// What people write without quotes is a number or a truth value to YAML.
func TestSchemaAndLoaderAcceptTheSame(t *testing.T) {
	schemas := validators(t)
	for kind, lines := range map[Kind][]string{
		PortalFile: {
			"name: 2025", "unit: true", "language: en", "base_url: http://localhost:8080/门户/", "contact: {phones: [12345, 0000-0000000]}",
			"theme: 2025", "keywords: [2025, 1.5]", "footer: [{title: 链接, links: []}]", "footer: []",
		},
		ReportFile: {
			"title: 2024", "published_at: 2024-01-02", "published_at: 2024-01-02 23:59", `as_of: "2024-02-29"`,
			"metrics: [{kind: 资金, value: 4.89}]", "declared: [{label: 问题, n: 0, quote: 零}]",
			"outline: [{id: 1, title: 一, issues: ['200001']}]", "outline: [{id: 1-1, label: 1., title: 一, issues: [200001]}]",
			"parts: [{outline: true}, {outline: false}]", "furniture: [3, 1]",
		},
		IssueFile: {
			"label: 1", "label: 1.", `id: "200001"`, "deadline: {kind: by_date, date: 2025}", "deadline: {kind: by_date, date: 2025-02}",
			"follow_ups: [{due: 2025-02-28, text: 一, measure: 1}]", "visibility: public", "owners: {}", "evidence: []",
		},
	} {
		for _, line := range lines {
			text := with(kind, line)
			if found := whole(t, kind, text); found.HasErrors() {
				t.Errorf("load refuses this %s: %v\n%s", kind, found, text)
			}
			if err := schemas[kind].Validate(asJSON(t, text)); err != nil {
				t.Errorf("the schema refuses this %s: %v\n%s", kind, err, text)
			}
		}
	}
}

func TestEveryKeyAndEveryGroupOfKeysIsExplained(t *testing.T) {
	for _, kind := range Kinds() {
		text, err := Schema(kind)
		if err != nil {
			t.Fatal(err)
		}
		var root map[string]any
		if err := json.Unmarshal(text, &root); err != nil {
			t.Fatal(err)
		}
		keys := 0
		explained := func(where string, s any) {
			keys++
			if s.(map[string]any)["description"] == nil {
				t.Errorf("%s: %s has no doc tag in site/model", kind, where)
			}
		}
		group := func(where string, s any) {
			explained(where, s)
			for key, property := range s.(map[string]any)["properties"].(map[string]any) {
				explained(where+"."+key, property)
			}
		}
		group("the file", root)
		for name, definition := range root["definitions"].(map[string]any) {
			group(name, definition)
		}
		if keys < 30 {
			t.Errorf("%s: only %d keys", kind, keys)
		}
	}
}

func TestSchemaOfAnUnknownKindIsAnError(t *testing.T) {
	if _, err := Schema("prose"); err == nil || !strings.Contains(err.Error(), "prose") {
		t.Error(fmt.Sprint(err))
	}
}
