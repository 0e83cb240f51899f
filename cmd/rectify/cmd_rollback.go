package main

import (
	"context"
	"flag"
	"fmt"

	"rectify/site"
)

type rollbackOptions struct {
	archive string
	dryRun  bool
	runFlags
}

var rollbackCommand = command{
	name:    "rollback",
	summary: words{"让目标重新公布以前的一期", "make a target show an earlier release again"},
	help: words{
		`rectify rollback waiwang
rectify rollback waiwang 2025-12
rectify rollback /srv/zg

退回上一期,或退回档案里的任何一期。还在主机上的一期立刻切换;已经不在的,从档案重新发送。
不写期号再退一次,就再往前一期,不会回到刚才那一期;要回到较新的一期,写出期号,或再发布
(rectify publish)。
在主机上也可以直接写文件夹,要带斜杠,如 ./zg 或 /srv/zg(不需要门户和档案)。

  --dry-run        只列出计划
  --yes            这一期有依规抹去的内容也退回:那些文件不会公布
  --adopt          主机上同名的、不是本程序放的文件也覆盖
  --force          另一个发布的锁还没有过期也拿过来
  --archive DIR    档案文件夹,默认 archive`,
		`rectify rollback waiwang
rectify rollback waiwang 2025-12
rectify rollback /srv/zg

Goes back to the release before, or to any that the archive has: at once where it
is still on the host, otherwise by sending it again. Once more without an id is one
release further back, not forth again; to go forth name the release, or publish. On the host itself a folder
can be named instead, with a slash in it: ./zg or /srv/zg (no portal and no archive is
needed).

  --dry-run        the plan only
  --yes            go back although contents of that release were redacted: those are not published
  --adopt          write over files of the same name that rectify did not put there
  --force          take the lock of another publisher that is not stale
  --archive DIR    the folder of the archive, by default archive`,
	},
	setup: func(flags *flag.FlagSet) func(context.Context, *session, []string) error {
		var o rollbackOptions
		flags.StringVar(&o.archive, "archive", "", "")
		flags.BoolVar(&o.dryRun, "dry-run", false, "")
		o.register(flags)
		return func(ctx context.Context, s *session, args []string) error {
			if len(args) > 2 {
				return tooMany(args[2:])
			}
			args = append(args, "", "")
			return o.run(ctx, s, args[0], args[1])
		}
	},
}

func (o *rollbackOptions) run(ctx context.Context, s *session, target, release string) error {
	p := s.portal(target, o.archive)
	p.Release, p.DryRun = release, o.dryRun
	meter := newMeter(s)
	p.Run = o.options(s, meter, target, o.dryRun)
	done, err := site.Rollback(ctx, p)
	meter.clear()
	switch {
	case err != nil:
		return &targetError{target, err}
	case s.json:
		return s.printJSON(published{true, done})
	case done.Ready && !done.DryRun:
		return s.result(nil, fmt.Sprintf(words{"已退回 %s → %s(原来是 %s)", "back to %s → %s (it was %s)"}[s.lang], done.Release, target, done.Live))
	}
	return s.result(nil, s.publishedText(done))
}
