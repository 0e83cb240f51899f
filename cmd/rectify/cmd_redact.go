package main

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"

	"rectify/site"
	"rectify/site/release/archive"
)

type redactOptions struct {
	archive, reason, time, key, find string
	unsigned                         bool
}

var redactCommand = command{
	name:    "redact",
	summary: words{"依规抹去误公开的内容", "take out what should never have been published"},
	help: words{
		`rectify redact --find "110101199001011234"
rectify redact 2026-01 issues/482913.html --reason "误公开个人信息"
rectify redact 2026-01 data:data/reports/demo/issues/482913.yaml --reason "误公开个人信息"

个人信息、秘密误公开时,把它从档案里永久抹去:内容删除,摘要保留,留下有签名的记录并记入
公布日志,rectify verify 会说明。其余各期、各文件不受影响。

同样的文字常常在几个文件里(问题页、列表、data/issues.json、表格、变动明细、存档数据):先用
--find 找出全部,再逐个抹去。服务器上的网站请另行处理:改正数据,公布新的一期。

  --find TEXT     只列出哪些文件里有这段文字,不改动
  --reason TEXT   原因,会公开
  --key FILE      签名用的私钥,默认是 rectify key new 写的那一个
  --unsigned      data/trust.yaml 里有密钥时也不签名;有签名的一期不能这样抹去
  --time TIME     抹去的时间,默认是现在
  --archive DIR   档案文件夹,默认 archive`,
		`rectify redact --find "110101199001011234"
rectify redact 2026-01 issues/482913.html --reason "personal data"
rectify redact 2026-01 data:data/reports/demo/issues/482913.yaml --reason "personal data"

When personal data or a secret were published by mistake this takes them out of
the archive for good: the content goes, its digest stays, a signed record of it is
kept and logged, and rectify verify says so. All else is as it was.

The same text often stands in several files (page, lists, data/issues.json,
workbook, changes, archived data): find them all with --find, then redact each. The
site on the host is another matter: mend the data and make a new release.

  --find TEXT     list the files that hold this text, change nothing
  --reason TEXT   why; it is public
  --key FILE      the secret key that signs, by default the one that rectify key new wrote
  --unsigned      do not sign although data/trust.yaml has a key; not for a release that is signed
  --time TIME     of the redaction, by default now
  --archive DIR   the folder of the archive, by default archive`,
	},
	setup: func(flags *flag.FlagSet) func(context.Context, *session, []string) error {
		var o redactOptions
		flags.StringVar(&o.archive, "archive", "", "")
		flags.StringVar(&o.reason, "reason", "", "")
		flags.StringVar(&o.time, "time", "", "")
		flags.StringVar(&o.key, "key", "", "")
		flags.StringVar(&o.find, "find", "", "")
		flags.BoolVar(&o.unsigned, "unsigned", false, "")
		return func(ctx context.Context, s *session, args []string) error {
			if o.find != "" {
				if len(args) > 0 {
					return tooMany(args)
				}
				return o.look(ctx, s)
			}
			if len(args) < 2 {
				return &usageError{words{"写法是 rectify redact 期号 文件 --reason 原因,或 rectify redact --find 文字", "the form is rectify redact ID PATH --reason WHY, or rectify redact --find TEXT"}}
			}
			if len(args) > 2 {
				return tooMany(args[2:])
			}
			if strings.TrimSpace(o.reason) == "" {
				return &usageError{words{"要写明原因:--reason", "say why with --reason"}}
			}
			return o.run(ctx, s, args[0], args[1])
		}
	},
}

func (o *redactOptions) look(ctx context.Context, s *session) error {
	places, err := site.Find(ctx, site.Options{Dir: s.dir, Archive: o.archive}, o.find)
	if err != nil {
		return err
	}
	var text strings.Builder
	for _, p := range places {
		fmt.Fprintf(&text, "rectify redact %s %s --reason …\n", p.Release, shellWord(p.Path))
	}
	if len(places) == 0 {
		text.WriteString(words{"档案里没有这段文字", "the archive does not hold this text"}[s.lang])
	}
	return s.result(struct {
		OK     bool            `json:"ok"`
		Places []archive.Place `json:"places"`
	}{true, append([]archive.Place{}, places...)}, strings.TrimSuffix(text.String(), "\n"))
}

// shellWord quotes a path that a shell would take apart.
func shellWord(text string) string {
	if strings.ContainsAny(text, " '\"$&;()<>|*?`\\") {
		return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
	}
	return text
}

func (o *redactOptions) run(ctx context.Context, s *session, id, path string) error {
	at, err := clockTime(o.time)
	if err != nil {
		return err
	}
	r := site.RedactOptions{Options: site.Options{Dir: s.dir, Archive: o.archive}, ID: id, Path: path, Reason: o.reason, Time: at, Unsigned: o.unsigned}
	if !o.unsigned {
		if r.Secret, err = s.secretKey(o.key, o.archive); err != nil {
			return err
		}
	}
	t, err := site.Redact(ctx, r)
	if err != nil {
		return err
	}
	var places []string
	touched := map[string]bool{}
	for _, p := range t.Places {
		places = append(places, p.Release+" "+p.Path)
		touched[p.Release] = true
	}
	return s.result(struct {
		OK bool `json:"ok"`
		*archive.Redaction
	}{true, t}, fmt.Sprintf(words{
		"已抹去(摘要 %s 保留,已记入日志):\n%s\n%s 期若留存过 zip、wacz 快照,已一并删去(rectify snapshot 可以再做)\n别的文件里可能还有同样的文字:rectify redact --find;服务器上的网站请另行处理",
		"redacted (the digest %s stays and is logged):\n%s\nzip and wacz snapshots of %s that were kept are deleted with it (rectify snapshot makes them again)\nother files may hold the same text: rectify redact --find; the site on the host is another matter",
	}[s.lang], t.SHA256, strings.Join(places, "\n"), s.names(slices.Sorted(maps.Keys(touched)))))
}
