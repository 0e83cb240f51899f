package main

import (
	"context"
	"flag"
	"fmt"

	"rectify/site"
)

type snapshotOptions struct {
	archive string
	force   bool
}

var snapshotCommand = command{
	name:    "snapshot",
	summary: words{"把一期做成 WACZ、zip 或 BagIt", "make a WACZ, zip or BagIt of a release"},
	help: words{
		`rectify snapshot zip 2026-01 2026-01.zip
rectify snapshot wacz 2026-01 2026-01.wacz
rectify snapshot bag 2026-01 移交
rectify snapshot zip 2026-01

由档案取出一期,供阅读、留存和移交:

  zip     整个网站;解压后双击 index.html 即可阅读,带“已归档”标记
  wacz    网页存档格式,用 ReplayWeb.page 打开
  bag     网站和公开数据,BagIt 格式,供移交档案部门;名字以 .zip 结尾则打成一个包

不写文件名的 zip 和 wacz 留存在档案里,以后的各期在“历次公布”页提供下载。

已有同名的文件而内容不同时,不动它,除非加 --force。

  --force         覆盖已有的文件
  --archive DIR   档案文件夹,默认 archive`,
		`rectify snapshot zip 2026-01 2026-01.zip
rectify snapshot wacz 2026-01 2026-01.wacz
rectify snapshot bag 2026-01 handover
rectify snapshot zip 2026-01

Takes a release out of the archive, to be read, kept and handed over:

  zip     the site; unpacked, it opens by double click on index.html, marked as archived
  wacz    a web archive, for ReplayWeb.page
  bag     site and public data as BagIt, for an archive; in one file if the name ends in .zip

A zip or wacz without a file name is kept in the archive, and later releases offer
it for download.

Another file of that name is left alone, unless --force says that it may go.

  --force         write over a file that is there
  --archive DIR   the folder of the archive, by default archive`,
	},
	setup: func(flags *flag.FlagSet) func(context.Context, *session, []string) error {
		var o snapshotOptions
		flags.StringVar(&o.archive, "archive", "", "")
		flags.BoolVar(&o.force, "force", false, "")
		return func(ctx context.Context, s *session, args []string) error {
			usage := &usageError{words{"写法是 rectify snapshot zip|wacz|bag 期号 文件", "the form is rectify snapshot zip|wacz|bag ID FILE"}}
			if len(args) < 2 {
				return usage
			}
			if len(args) > 3 {
				return tooMany(args[3:])
			}
			kind := site.SnapshotKind(args[0])
			switch kind {
			case site.SnapshotZip, site.SnapshotWACZ:
			case site.SnapshotBag:
				if len(args) == 2 {
					return &usageError{words{"bag 要给出文件夹或 .zip 文件", "name the folder or .zip file of the bag"}}
				}
			default:
				return usage
			}
			return o.run(ctx, s, kind, args[1], append(args, "")[2])
		}
	},
}

func (o *snapshotOptions) run(ctx context.Context, s *session, kind site.SnapshotKind, id, file string) error {
	r, err := site.Snapshot(ctx, site.Options{Dir: s.dir, Archive: o.archive, Version: version}, kind, id, file, o.force)
	if err != nil {
		return err
	}
	return s.result(struct {
		OK bool `json:"ok"`
		site.SnapshotResult
	}{true, r}, fmt.Sprintf(words{"已做成 %s 期的 %s → %s", "made a %[2]s of %[1]s → %[3]s"}[s.lang], r.ID, r.Kind, r.File))
}
