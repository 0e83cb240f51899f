package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"rectify/site"
	"rectify/site/publish"
	"rectify/site/release/sign"
)

type applyOptions struct {
	trust, layout string
	keep          int
	gzip, dryRun  bool
	runFlags
}

var applyCommand = command{
	name:    "apply",
	summary: words{"在主机上:把发布包变成网站", "on the host: turn a package into the site"},
	help: words{
		`rectify apply rectify-2026-01.zip /srv/zg --trust 公钥.pub
rectify apply rectify-2026-01-since-2025-12 /srv/zg
rectify apply rectify-2026-01.zip /srv/zg --dry-run

先逐字节核对包(rectify publish 写出的压缩包或文件夹),再一次切换到新的一期。包不完整、被改过、
签名不对、与网站现有的一期对不上时,什么也不动。中断了再运行一次即可。
网页服务器的根目录是这个文件夹里的 current(rectify host nginx --root 文件夹/current)。

  --trust FILE     公钥文件(ssh 或 minisign),包必须由其中一把签名;公钥以纸质或公布的为准
  --dry-run        核对并列出计划,不改动
  --yes            删除超过五分之一的文件、这一期以前公布过、有依规抹去的内容,也不停下
  --adopt          覆盖同名的、不是本程序放的文件
  --force          另一个发布的锁还没有过期也拿过来
  --layout L       releases 每期一个文件夹、一次切换(默认);plain 文件直接放在文件夹里
  --gzip           另存压缩好的 .gz,供 gzip_static 使用
  --keep N         保留几期,默认 3`,
		`rectify apply rectify-2026-01.zip /srv/zg --trust key.pub
rectify apply rectify-2026-01-since-2025-12 /srv/zg
rectify apply rectify-2026-01.zip /srv/zg --dry-run

Verifies every byte of a package (a zip file or a folder that rectify publish wrote),
then switches to the new release at once. A package that is incomplete, was changed,
has a wrong signature, or does not fit what is there changes nothing. After an
interruption, run it again. The web server's root is “current” in that folder
(rectify host nginx --root FOLDER/current).

  --trust FILE     public keys (ssh or minisign), one of which has to have signed; take them from paper or from the publisher
  --dry-run        verify, show the plan, change nothing
  --yes            go on although more than a fifth of the files would be deleted, the release was
                   live before, or contents of it were redacted
  --adopt          write over files of the same name that rectify did not put there
  --force          take the lock of another publisher that is not stale
  --layout L       releases: a folder each, switched at once (the default); plain: files right in the folder
  --gzip           also store compressed .gz files, for gzip_static
  --keep N         releases that stay, by default 3`,
	},
	setup: func(flags *flag.FlagSet) func(context.Context, *session, []string) error {
		var o applyOptions
		flags.StringVar(&o.trust, "trust", "", "")
		flags.StringVar(&o.layout, "layout", "", "")
		flags.IntVar(&o.keep, "keep", 0, "")
		flags.BoolVar(&o.gzip, "gzip", false, "")
		flags.BoolVar(&o.dryRun, "dry-run", false, "")
		o.register(flags)
		return func(ctx context.Context, s *session, args []string) error {
			if len(args) < 2 {
				return &usageError{words{"要给出包和网站的文件夹,如 rectify apply rectify-2026-01.zip /srv/zg", "name the package and the site's folder, as in rectify apply rectify-2026-01.zip /srv/zg"}}
			}
			if len(args) > 2 {
				return tooMany(args[2:])
			}
			return o.run(ctx, s, args[0], args[1])
		}
	},
}

func (o *applyOptions) run(ctx context.Context, s *session, name, dir string) error {
	o.trust, name, dir = s.at(o.trust), s.at(name), s.at(dir)
	layout := publish.Layout(o.layout)
	if layout != "" && layout != publish.LayoutReleases && layout != publish.LayoutPlain {
		return &usageError{words{"--layout 只能是 releases 或 plain,不能是 " + o.layout, "--layout takes releases or plain, not " + o.layout}}
	}
	var keys []sign.Public
	if o.trust != "" {
		text, err := os.ReadFile(o.trust)
		if err != nil {
			return &usageError{words{"公钥文件(--trust)读不了:" + o.trust + "," + reason(err), "read --trust: " + err.Error()}}
		}
		if keys, err = publicKeys(string(text)); err != nil {
			return &usageError{words{
				"--trust 里没有公钥:" + o.trust + ",每行一把,以 ssh-ed25519 或 RW 开头",
				"--trust holds no public key: " + err.Error(),
			}}
		}
	}
	meter := newMeter(s)
	done, err := site.Apply(ctx, site.ApplyOptions{
		Package: name, Dir: dir, Keys: keys, Layout: layout, Gzip: o.gzip, Keep: o.keep,
		DryRun: o.dryRun, Run: o.options(s, meter, dir, o.dryRun),
	})
	meter.clear()
	if err != nil {
		return &targetError{dir, err}
	}
	if s.json {
		return s.printJSON(struct {
			OK bool `json:"ok"`
			*site.Applied
		}{true, done})
	}
	signed := map[site.Signed]words{
		site.SignedByKey:   {"包已核对,签名正确", "the package is whole, and its signature is good"},
		site.SignedUnknown: {"包已核对;它有签名,但没有给出公钥(--trust),不知道是谁的", "the package is whole; it is signed, but no key (--trust) was given to tell by whom"},
		site.Unsigned:      {"包已核对;它没有签名", "the package is whole; it is not signed"},
	}[done.Signed][s.lang]
	if len(done.Unproven) > 0 {
		signed += fmt.Sprintf(words{
			"(签名只管这一期的文件;%s 没有人签名,不要照着做)",
			" (it covers the files of the release; nobody signed %s: do not follow them)",
		}[s.lang], s.some(done.Unproven))
	}
	return s.result(nil, signed+"\n"+s.publishedText(&site.Published{Target: dir, DryRun: o.dryRun, Root: done.Root, Result: done.Result}))
}
