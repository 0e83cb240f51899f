package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"strings"

	"rectify/site/export"
)

var schemaCommand = command{
	name:    "schema",
	summary: words{"输出数据文件的 JSON Schema", "print the JSON Schema of the data files"},
	help: words{
		`rectify schema
rectify schema issue
rectify schema --json

输出数据文件的 JSON Schema(draft 7):有哪些项、哪些必填、能填什么。编辑软件用它补全、解释和检查。
不带参数时列出种类;加 --json 则输出全部。`,
		`rectify schema
rectify schema issue
rectify schema --json

Prints the JSON Schema (draft 7) of a kind of data file: its keys, which are
required, and what they take. Editors use it to complete, explain and check.
Without a kind it lists them; with --json it prints all.`,
	},
	setup: func(*flag.FlagSet) func(context.Context, *session, []string) error {
		return func(_ context.Context, s *session, args []string) error {
			switch len(args) {
			case 0:
				return allSchemas(s)
			case 1:
				return oneSchema(s, args[0])
			}
			return tooMany(args[1:])
		}
	},
}

func oneSchema(s *session, name string) error {
	for _, kind := range export.Kinds() {
		if string(kind) == name {
			text, err := export.Schema(kind)
			if err != nil {
				return err
			}
			_, err = s.stdout.Write(text)
			return err
		}
	}
	return &usageError{words{
		"没有种类“" + name + "”;可用:" + kindList(),
		"there is no kind “" + name + "”; there are: " + kindList(),
	}}
}

func kindList() string {
	var names []string
	for _, kind := range export.Kinds() {
		names = append(names, string(kind))
	}
	return strings.Join(names, ", ")
}

func allSchemas(s *session) error {
	all := map[export.Kind]json.RawMessage{}
	var list strings.Builder
	for _, kind := range export.Kinds() {
		text, err := export.Schema(kind)
		if err != nil {
			return err
		}
		all[kind] = text
		fmt.Fprintf(&list, "  rectify schema %-8s data/%s\n", kind, kind.Files())
	}
	return s.result(all, words{"每种数据文件的 JSON Schema:\n", "The JSON Schema of each kind of data file:\n"}[s.lang]+
		strings.TrimSuffix(list.String(), "\n"))
}
