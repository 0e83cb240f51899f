package main

import (
	"context"
	"flag"
	"io"
	"os"

	"github.com/mattn/go-isatty"

	"rectify/site"
	"rectify/site/release/diff"
	"rectify/site/release/sheet"
)

type diffOptions struct{ html, archive string }

var diffCommand = command{
	name:    "diff",
	summary: words{"比较两期,或一期与现在的数据", "compare two releases, or one with the data"},
	help: words{
		`rectify diff 2026-01
rectify diff 2026-01 2026-02
rectify diff 2026-01 --html 对照.html
rectify diff 2026-01 2026-02 --json

逐项说明变了什么:新增、状态、时限、责任单位、措施、证明材料、撤回、更正……措施等文字逐字对照。
比较的是数据,不是网页;未公开的事项不会出现。只写一期时,与现在的数据比较。

  --html FILE     写成可以打印的网页
  --archive DIR   档案文件夹,默认 archive`,
		`rectify diff 2026-01
rectify diff 2026-01 2026-02
rectify diff 2026-01 --html changes.html
rectify diff 2026-01 2026-02 --json

Says item by item what changed: new, status, deadline, owners, measures, evidence,
withdrawn, corrected … Texts are compared by character. What is compared are data,
not pages; what is internal is never shown. With one release it compares with the
working data.

  --html FILE     write a page that can be printed
  --archive DIR   the folder of the archive, by default archive`,
	},
	setup: func(flags *flag.FlagSet) func(context.Context, *session, []string) error {
		var o diffOptions
		flags.StringVar(&o.html, "html", "", "")
		flags.StringVar(&o.archive, "archive", "", "")
		return func(ctx context.Context, s *session, args []string) error {
			switch len(args) {
			case 0:
				return &usageError{words{"要给出期号,如 rectify diff 2026-01", "name a release, as in rectify diff 2026-01"}}
			case 1:
				args = append(args, "")
			case 2:
			default:
				return tooMany(args[2:])
			}
			return o.run(ctx, s, args[0], args[1])
		}
	},
}

func (o *diffOptions) run(ctx context.Context, s *session, from, to string) error {
	changes, portal, err := site.Diff(ctx, site.Options{Dir: s.dir, Out: "public", Archive: o.archive}, from, to)
	if err != nil {
		return err
	}
	if o.html != "" {
		c := sheet.Comparison{Lang: s.lang, Portal: portal, From: from, To: to, Changes: changes}
		if err := s.writeFile(o.html, func(w io.Writer) error { return c.Write(w) }); err != nil {
			return err
		}
	}
	if s.json {
		return s.printJSON(struct {
			OK bool `json:"ok"`
			*diff.Changes
		}{true, changes})
	}
	if o.html != "" {
		return s.result(nil, changes.Summary(s.lang)+" → "+o.html)
	}
	return s.printChanges(changes)
}

// colour tells whether the result may be coloured: on a terminal, and unless
// NO_COLOR is set (no-color.org).
func (s *session) colour() bool {
	file, ok := s.stdout.(*os.File)
	return ok && s.getenv("NO_COLOR") == "" && isatty.IsTerminal(file.Fd())
}
