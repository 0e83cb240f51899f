package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"strings"

	"rectify/site"
	"rectify/site/model"
	"rectify/site/problem"
)

// buildOptions are the flags of build.
type buildOptions struct {
	out, baseURL, now, stage, trace string
	timings, clean                  bool
}

var buildCommand = command{
	name:    "build",
	summary: words{"由 data/ 生成网站,写入 public/", "make the site from data/ and write it into public/"},
	help: words{
		`rectify build
rectify build --base-url https://www.example.gov.cn/zg/
rectify build --out /srv/www/zg --timings

由 data/ 生成网站。数据或网页有错误时,输出文件夹保持原样;没有变化的文件不会重写。

  --out DIR        输出文件夹,默认 public
  --clean          不用以前的结果,全部重新生成
  --base-url URL   网站的网址,代替 portal.yaml 里的 base_url
  --now DATE       以这一天判断时限是否已过,默认是数据里最新的一天
  --stage DIR      另外写出 Hugo 项目,供设计者用 hugo 命令调试主题
  --timings        说明每一步用了多少时间
  --trace FILE     记录时间用在哪里,供 go tool trace 查看;以 .pprof 结尾的是处理器时间,
                   以 .heap.pprof 结尾的是内存,供 go tool pprof 查看`,
		`rectify build
rectify build --base-url https://www.example.gov.cn/zg/
rectify build --out /srv/www/zg --timings

Makes the site from data/. When the data or the pages have errors the output
folder is left as it is; a file that did not change is not written again.

  --out DIR        the output folder, by default public
  --clean          make everything anew instead of taking what earlier builds made
  --base-url URL   the site's address, instead of base_url in portal.yaml
  --now DATE       the day against which deadlines are held, by default the newest day of the data
  --stage DIR      also write the Hugo project, for designers who debug the theme with the hugo command
  --timings        say how long each step took
  --trace FILE     record where the time goes, for go tool trace; a name ending in .pprof
                   gets the time of the processors, one in .heap.pprof the memory, for
                   go tool pprof`,
	},
	setup: func(flags *flag.FlagSet) func(context.Context, *session, []string) error {
		var o buildOptions
		flags.StringVar(&o.out, "out", "public", "")
		flags.StringVar(&o.baseURL, "base-url", "", "")
		flags.StringVar(&o.now, "now", "", "")
		flags.BoolVar(&o.clean, "clean", false, "")
		flags.StringVar(&o.stage, "stage", "", "")
		flags.StringVar(&o.trace, "trace", "", "")
		flags.BoolVar(&o.timings, "timings", false, "")
		return func(ctx context.Context, s *session, args []string) error {
			if len(args) > 0 {
				return tooMany(args)
			}
			return o.run(ctx, s)
		}
	},
}

// buildReport is what build prints with --json.
type buildReport struct {
	OK bool `json:"ok"`
	site.Result
	Problems []problemRecord `json:"problems"`
}

func (o *buildOptions) run(ctx context.Context, s *session) error {
	var url model.BaseURL
	if o.baseURL != "" {
		if err := url.UnmarshalText([]byte(o.baseURL)); err != nil {
			return &usageError{words{
				"--base-url 应是以 https:// 开头、不带 ? 和 # 的完整网址,不能是 " + o.baseURL,
				"--base-url takes a full address that starts with https:// and has no ? or #, not " + o.baseURL,
			}}
		}
	}
	now, err := dateFlag("now", o.now)
	if err != nil {
		return err
	}
	stop, err := startTrace(o.trace)
	if err != nil {
		return err
	}
	meter := newMeter(s)
	result, err := site.Build(ctx, site.Options{
		Dir: s.dir, Out: o.out, BaseURL: string(url), Now: now, Stage: o.stage, Progress: meter.show,
		Program: program(), Clean: o.clean,
	})
	meter.clear()
	if err := errors.Join(err, stop()); err != nil {
		return err
	}
	if !o.timings {
		result.Timings = nil
	}
	if s.json {
		return s.printJSON(buildReport{true, result, s.records(result.Problems)})
	}
	s.printProblems(result.Problems)
	for _, t := range result.Timings {
		fmt.Fprintf(s.stderr, "%-8s %8.3fs\n", t.Stage, t.Seconds)
	}
	return s.result(nil, o.summary(s.lang, result))
}

func (o *buildOptions) summary(lang problem.Lang, r site.Result) string {
	text := words{
		"已生成 %d 页 %d 个文件:新写 %d,未变 %d,删去 %d → %s",
		"made %d pages, %d files: %d written, %d unchanged, %d removed → %s",
	}[lang]
	text = fmt.Sprintf(text, r.Pages, r.Files, r.Written, r.Unchanged, r.Removed, r.Out)
	if len(r.Replaced) > 0 {
		text += "\n" + words{"这些文件在输出文件夹里被人改过,已恢复:", "edited by hand in the output folder and put right: "}[lang] +
			strings.Join(r.Replaced, "、")
	}
	if len(r.Unknown) > 0 {
		text += "\n" + words{"输出文件夹里有不是本程序写的文件,没有动它们:", "the output folder holds files that are not ours, left alone: "}[lang] +
			strings.Join(r.Unknown, "、")
	}
	return text
}
