package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// TestMain lets the scripts run this very test binary as “rectify”.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"rectify": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("LANG", "en_GB.UTF-8")
			papers, err := filepath.Abs("../../site/importer/testdata/office")
			env.Setenv("PAPERS", papers)
			return err
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"clerk": clerk, "marked": marked},
	})
}

// clerk edits a workbook as a person would: clerk FILE SHEET ROW HEAD VALUE …
// writes into the columns with these names; the second row holds the names.
// clerk FILE SHEET delete ROW deletes a row.
func clerk(ts *testscript.TestScript, _ bool, args []string) {
	name := ts.MkAbs(args[0])
	book, err := excelize.OpenFile(name)
	ts.Check(err)
	defer book.Close()
	rows, err := book.GetRows(args[1])
	ts.Check(err)
	if args[2] == "delete" {
		row, err := strconv.Atoi(args[3])
		ts.Check(err)
		ts.Check(book.RemoveRow(args[1], row))
		ts.Check(book.Save())
		return
	}
	row, err := strconv.Atoi(args[2])
	ts.Check(err)
	for i := 3; i+1 < len(args); i += 2 {
		col := slices.Index(rows[1], args[i])
		if col < 0 {
			ts.Fatalf("no column %s", args[i])
		}
		cell, err := excelize.CoordinatesToCellName(col+1, row)
		ts.Check(err)
		ts.Check(book.SetCellStr(args[1], cell, args[i+1]))
	}
	ts.Check(book.Save())
}

// marked looks at a workbook that came back: marked FILE SHEET CELL TEXT asks for
// a red cell, a comment with the text, and a line of the list.
func marked(ts *testscript.TestScript, _ bool, args []string) {
	book, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer book.Close()
	sheet, cell, text := args[1], args[2], args[3]
	comments, err := book.GetComments(sheet)
	ts.Check(err)
	if !slices.ContainsFunc(comments, func(c excelize.Comment) bool { return c.Cell == cell && strings.Contains(c.Text, text) }) {
		ts.Fatalf("no comment at %s says %s: %+v", cell, text, comments)
	}
	id, err := book.GetCellStyle(sheet, cell)
	ts.Check(err)
	style, err := book.GetStyle(id)
	ts.Check(err)
	if !slices.Contains(style.Fill.Color, "FF9999") {
		ts.Fatalf("%s is not red but %v", cell, style.Fill.Color)
	}
	rows, err := book.GetRows("需要改正")
	ts.Check(err)
	if !slices.ContainsFunc(rows, func(r []string) bool {
		return len(r) > 2 && r[0] == sheet && r[1] == cell && strings.HasPrefix(r[2], text)
	}) {
		ts.Fatalf("the list does not say %s at %s: %q", text, cell, rows)
	}
}

// call runs the program in this process.
func call(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	noLocale := func(string) string { return "" }
	code = run(context.Background(), world{stdout: &out, stderr: &err, getenv: noLocale}, args)
	return code, out.String(), err.String()
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// The README promises a walk of five minutes; a script walks it.
func TestAScriptWalksTheFiveMinutesOfTheReadme(t *testing.T) {
	readme, err := os.ReadFile(house + "/README.md")
	if err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile("testdata/script/five-minutes.txtar")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(readme), "### 五分钟")
	_, rest, _ = strings.Cut(rest, "```\n")
	block, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatal("README has no such block")
	}
	at := 0
	for line := range strings.Lines(block) {
		command, _, _ := strings.Cut(line, "#")
		command = strings.TrimSpace(command)
		if !strings.HasPrefix(command, "rectify ") {
			continue
		}
		found := strings.Index(string(script[at:]), "exec "+command+"\n")
		if found < 0 {
			t.Errorf("the script does not run, in its place: %s", command)
			continue
		}
		at += found + 1
	}
	if at == 0 {
		t.Error("README shows no command")
	}
}
