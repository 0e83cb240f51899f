package main

import (
	"context"
	"flag"
	"fmt"
	"strings"

	"rectify/site"
)

type restoreOptions struct {
	archive string
	data    bool
}

var restoreCommand = command{
	name:    "restore",
	summary: words{"由档案取回一期", "take a release out of the archive"},
	help: words{
		`rectify restore 2026-01 旧网站
rectify restore 2026-01 public
rectify restore 2026-01 旧数据 --data

把一期网站逐字节取回,连同清单、签名和公布日志。文件夹应是空的或不存在的;也可以是 public,
它就变成那一期的样子。

  --data          取回的是当时的公开数据,不是网站
  --archive DIR   档案文件夹,默认 archive`,
		`rectify restore 2026-01 old-site
rectify restore 2026-01 public
rectify restore 2026-01 old-data --data

Gives the site of a release back, byte for byte, with its manifest, signatures and
the release log. The folder has to be empty or absent; or it is public, which then
becomes that release.

  --data          give the public data of the time instead of the site
  --archive DIR   the folder of the archive, by default archive`,
	},
	setup: func(flags *flag.FlagSet) func(context.Context, *session, []string) error {
		var o restoreOptions
		flags.StringVar(&o.archive, "archive", "", "")
		flags.BoolVar(&o.data, "data", false, "")
		return func(ctx context.Context, s *session, args []string) error {
			if len(args) < 2 {
				return &usageError{words{"要给出期号和文件夹,如 rectify restore 2026-01 旧网站", "name the release and a folder, as in rectify restore 2026-01 old-site"}}
			}
			if len(args) > 2 {
				return tooMany(args[2:])
			}
			return o.run(ctx, s, args[0], args[1])
		}
	},
}

func (o *restoreOptions) run(ctx context.Context, s *session, id, dir string) error {
	r, err := site.Restore(ctx, site.Options{Dir: s.dir, Archive: o.archive}, id, dir, o.data)
	if err != nil {
		return err
	}
	text := fmt.Sprintf(words{"已取回 %s 期,%d 个文件 → %s", "restored %s, %d files → %s"}[s.lang], r.ID, r.Files, dir)
	if len(r.Redacted) > 0 {
		text += "\n" + words{"已依规抹去,不在其中:", "redacted, and not among them: "}[s.lang] + strings.Join(r.Redacted, "、")
	}
	return s.result(struct {
		OK bool `json:"ok"`
		site.RestoreResult
	}{true, r}, text)
}
