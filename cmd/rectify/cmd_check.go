package main

import (
	"context"
	"flag"
	"fmt"

	"rectify/site"
	"rectify/site/problem"
)

type checkOptions struct {
	strict, theme bool
}

var checkCommand = command{
	name:    "check",
	summary: words{"校验数据,不写任何文件", "check the data, write nothing"},
	help: words{
		`rectify check
rectify check -v
rectify check --strict
rectify check --theme

校验 data/ 里的全部文件,一次列出所有问题:在哪里、是什么、为什么要紧、怎么改。

  -v         连提示也列出
  --strict   把警告也当作错误
  --theme    同时校验主题:每一页只取决于它自己的内容,生成的网页没有错误`,
		`rectify check
rectify check -v
rectify check --strict
rectify check --theme

Checks all files of data/ and lists every problem at once: where, what, why it
matters, what to do.

  -v         list notes too
  --strict   count warnings as errors
  --theme    check the theme too: each page depends on nothing but its own content, and the pages have no errors`,
	},
	setup: func(flags *flag.FlagSet) func(context.Context, *session, []string) error {
		var o checkOptions
		flags.BoolVar(&o.strict, "strict", false, "")
		flags.BoolVar(&o.theme, "theme", false, "")
		return func(ctx context.Context, s *session, args []string) error {
			if len(args) > 0 {
				return tooMany(args)
			}
			return o.run(ctx, s)
		}
	},
}

func (o *checkOptions) run(ctx context.Context, s *session) error {
	result, err := site.Check(ctx, site.Options{Dir: s.dir, Strict: o.strict}, o.theme)
	if err != nil {
		return err
	}
	if s.json {
		return s.printJSON(struct {
			OK       bool            `json:"ok"`
			Problems []problemRecord `json:"problems"`
		}{true, s.records(result.Problems)})
	}
	// Here the problems are the result.
	for _, p := range s.shown(result.Problems) {
		fmt.Fprintln(s.stdout, p.Format(s.lang))
	}
	return s.result(nil, count(s.lang, result.Problems))
}

// count sums up a list of problems in one line.
func count(lang problem.Lang, list problem.List) string {
	text := words{
		"没有错误;%d 个警告,%d 个提示(-v 列出提示)",
		"no errors; warnings: %d, notes: %d (-v lists notes)",
	}[lang]
	return fmt.Sprintf(text, list.Count(problem.Warning), list.Count(problem.Info))
}
