package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"

	"rectify/site"
	"rectify/site/ledger"
)

var ledgerCommand = command{
	name:    "ledger",
	summary: words{"把数据写成台账(Excel),改好再导入", "write the data as a workbook, to be edited and imported again"},
	help: words{
		`rectify ledger 台账.xlsx
rectify import 台账.xlsx
rectify import 台账.xlsx --write

把门户的问题写成一份 Excel 台账:一份通报一张表,一个问题一行,状态和时限类型有下拉列表。
在 Excel 或 WPS 里改好,用 rectify import 导入:先列出计划(+新增 ~改动 -缺行),加 --write 写入。
只写改过的格子,数据文件里的注释和顺序不变;填错的格子在标红的台账里指出。

  --force   覆盖已有的文件`,
		`rectify ledger ledger.xlsx
rectify import ledger.xlsx
rectify import ledger.xlsx --write

Writes the portal's issues as an Excel workbook: a sheet a report, a row an issue,
lists to choose from for status and kind of deadline. Edit it and import it:
rectify import shows its plan (+new ~changed -missing), with --write it changes the
data. Only edited cells are written; comments and order of the data files stay;
mistakes come back as a copy of the workbook with red cells.

  --force   overwrite a file that is there`,
	},
	setup: func(flags *flag.FlagSet) func(context.Context, *session, []string) error {
		var force bool
		flags.BoolVar(&force, "force", false, "")
		return func(ctx context.Context, s *session, args []string) error {
			switch {
			case len(args) == 0:
				return &usageError{words{"没有说明写到哪个文件;例如:rectify ledger 台账.xlsx", "no file was named; for example: rectify ledger ledger.xlsx"}}
			case len(args) > 1:
				return tooMany(args[1:])
			case !strings.HasSuffix(strings.ToLower(args[0]), ".xlsx"):
				return &usageError{words{"台账的文件名要以 .xlsx 结尾:" + args[0], "the name of a workbook ends in .xlsx: " + args[0]}}
			}
			return writeLedger(ctx, s, args[0], force)
		}
	},
}

// ledgerReport is what ledger prints with --json.
type ledgerReport struct {
	OK      bool   `json:"ok"`
	File    string `json:"file"`
	Reports int    `json:"reports"`
	Issues  int    `json:"issues"`
}

// inTheWayError says that a file is there already.
type inTheWayError struct{ name string }

func (e *inTheWayError) Error() string { return "the file " + e.name + " is there already" }

func writeLedger(ctx context.Context, s *session, name string, force bool) error {
	if _, err := os.Stat(name); err == nil && !force {
		return &inTheWayError{name}
	}
	data, portal, err := site.Ledger(ctx, s.dir)
	if err != nil {
		return err
	}
	if err := writeWhole(name, data); err != nil {
		return err
	}
	r := ledgerReport{OK: true, File: name, Reports: len(portal.Reports)}
	for _, report := range portal.Reports {
		r.Issues += len(report.Issues)
	}
	return s.result(r, fmt.Sprintf(words{
		"台账已写入 %s:通报 %d 份,问题 %d 个。改好后:rectify import %s",
		"wrote %s: reports %d, issues %d. When it is edited: rectify import %s",
	}[s.lang], name, r.Reports, r.Issues, quoted(name)+atDir(s)))
}

// ledgerWords says what stood in the way of a workbook.
func ledgerWords(err error) (text words, ok bool) {
	var (
		there *inTheWayError
		long  *ledger.TooLongError
	)
	switch {
	case errors.As(err, &there):
		return words{
			"已经有文件 " + there.name + ",没有动它;换一个名字,或用 --force 覆盖",
			there.Error() + "; it was left alone, choose another name or overwrite it with --force",
		}, true
	case errors.As(err, &long):
		return words{
			"问题 " + long.Issue.String() + " 的“" + long.Head + "”太长,放不进一个格子;这一个请直接改数据文件",
			long.Error() + "; edit its data file instead",
		}, true
	}
	return words{}, false
}
