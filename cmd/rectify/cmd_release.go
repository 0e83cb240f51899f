package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"time"

	"rectify/site"
	"rectify/site/model"
	"rectify/site/problem"
	"rectify/site/release"
	"rectify/site/release/archive"
	"rectify/site/release/diff"
	"rectify/site/release/sign"
)

// releaseOptions are the flags of release.
type releaseOptions struct {
	out, baseURL, archive, time, key string
	unsigned                         bool
}

var releaseCommand = command{
	name:    "release",
	summary: words{"公布一期:构建、存档、签名、记入日志", "make a release: build, archive, sign, log"},
	help: words{
		`rectify approve --sheet 审签单.html 2026-01
rectify release 2026-01
rectify release 2026-01 --key /secure/release.key
rectify release 2026-01 --unsigned

公布一期。先有审批记录 data/releases/<期号>.yaml(rectify approve 写出草稿,审签后填上
经手人;这个文件不公开),并且数据在批准之后没有改过,才会公布。

公布是一次完成的:构建并检查网站,写入 archive/,签名,记入公布日志;中途断电、磁盘写满、
再运行一次,档案都保持原样或者完整。public/ 随后更新为这一期。

  --key FILE       签名用的私钥;默认是 rectify key new 写的那一个,没有就不签名
  --unsigned       data/trust.yaml 里有密钥时也不签名(网页会写明)
  --out DIR        输出文件夹,默认 public
  --archive DIR    档案文件夹,默认 archive
  --base-url URL   网站的网址,代替 portal.yaml 里的 base_url
  --time TIME      公布时间,如 "2026-01-05 10:00",默认是现在`,
		`rectify approve --sheet sheet.html 2026-01
rectify release 2026-01
rectify release 2026-01 --key /secure/release.key
rectify release 2026-01 --unsigned

Makes a release. It needs an approval, data/releases/<id>.yaml (rectify approve
writes a draft, to be filled in when the sheet has been signed; the file is never
published), and data that have not changed since.

A release is made whole or not at all: it builds and checks the site, writes the
archive, signs, and adds to the release log; after a power cut, a full disk or a
second run the archive is as it was, or complete. public/ then shows the release.

  --key FILE       the secret key that signs; by default the one that rectify key new wrote, if there is one
  --unsigned       do not sign although data/trust.yaml has a key (the pages will say so)
  --out DIR        the output folder, by default public
  --archive DIR    the folder of the archive, by default archive
  --base-url URL   the site's address, instead of base_url in portal.yaml
  --time TIME      of the release, such as "2026-01-05 10:00", by default now`,
	},
	setup: func(flags *flag.FlagSet) func(context.Context, *session, []string) error {
		var o releaseOptions
		flags.StringVar(&o.out, "out", "public", "")
		flags.StringVar(&o.archive, "archive", "", "")
		flags.StringVar(&o.baseURL, "base-url", "", "")
		flags.StringVar(&o.time, "time", "", "")
		flags.StringVar(&o.key, "key", "", "")
		flags.BoolVar(&o.unsigned, "unsigned", false, "")
		return func(ctx context.Context, s *session, args []string) error {
			id, err := oneArgument(args, words{"要给出期号,如 rectify release 2026-01", "name the release, as in rectify release 2026-01"})
			if err != nil {
				return err
			}
			return o.run(ctx, s, id)
		}
	},
}

// oneArgument takes the one word that a command needs.
func oneArgument(args []string, missing words) (string, error) {
	switch len(args) {
	case 0:
		return "", &usageError{missing}
	case 1:
		return args[0], nil
	}
	return "", tooMany(args[1:])
}

// releaseReport is what release prints with --json.
type releaseReport struct {
	OK bool `json:"ok"`
	site.ReleaseResult
	Summary  string          `json:"summary"`
	Problems []problemRecord `json:"problems"`
}

func (o *releaseOptions) run(ctx context.Context, s *session, id string) error {
	base, err := baseURL(o.baseURL)
	if err != nil {
		return err
	}
	at, err := clockTime(o.time)
	if err != nil {
		return err
	}
	var secret *sign.Secret
	if !o.unsigned {
		if secret, err = s.secretKey(o.key, o.out, o.archive); err != nil {
			return err
		}
	}
	meter := newMeter(s)
	r, err := site.Release(ctx, site.ReleaseOptions{
		Options: site.Options{Dir: s.dir, Out: o.out, Archive: o.archive, BaseURL: base, Version: version, Progress: meter.show},
		ID:      id, Time: at, Secret: secret, Unsigned: o.unsigned,
	})
	meter.clear()
	if err != nil {
		return err
	}
	r.Timings = nil
	summary := r.Changes.Summary(s.lang)
	if s.json {
		return s.printJSON(releaseReport{true, r, summary, s.records(r.Problems)})
	}
	s.printProblems(r.Problems)
	signed := words{"没有签名", "not signed"}[s.lang]
	if r.Signer != "" {
		signed = words{"签名密钥 ", "signed with "}[s.lang] + r.Signer
	}
	return s.result(nil, fmt.Sprintf(words{
		"已公布 %s 期:%s\n内容摘要 %s(短码 %s)\n清单摘要 sha256:%s\n%s\n公布日志检查点:\n%s",
		"released %s: %s\ncontent digest %s (short code %s)\nmanifest sha256:%s\n%s\ncheckpoint of the release log:\n%s",
	}[s.lang], r.ID, summary, r.Content, release.ShortCode(r.Content), r.Manifest, signed, r.Checkpoint))
}

// baseURL checks the value of --base-url.
func baseURL(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	var url model.BaseURL
	if err := url.UnmarshalText([]byte(text)); err != nil {
		return "", &usageError{words{
			"--base-url 应是以 https:// 开头、不带 ? 和 # 的完整网址,不能是 " + text,
			"--base-url takes a full address that starts with https:// and has no ? or #, not " + text,
		}}
	}
	return string(url), nil
}

// clockTime reads a time as people write it, in China; "" is now.
func clockTime(text string) (time.Time, error) {
	if text == "" {
		return time.Now(), nil
	}
	china := time.FixedZone("", 8*3600)
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly} {
		if at, err := time.ParseInLocation(layout, text, china); err == nil {
			return at, nil
		}
	}
	return time.Time{}, &usageError{words{
		"--time 应是 2026-01-05 10:00 这样的时间,不能是 " + text,
		"--time takes a time such as 2026-01-05 10:00, not " + text,
	}}
}

// releaseWords says what stands in the way of those who work with the archive.
func releaseWords(err error) (text words, ok bool) {
	var (
		locked    *archive.LockedError
		full      *archive.FullError
		foreign   *archive.ForeignError
		unknown   *archive.UnknownError
		exists    *archive.ExistsError
		damaged   *archive.DamagedError
		archived  *site.ArchivedError
		nofile    *archive.NoFileError
		notfolder *site.NotFolderError
		filled    *site.FilledError
		taken     *site.FileTakenError
		rebuild   *site.RebuildError
		again     *archive.AgainError
	)
	switch {
	case errors.As(err, &again):
		return words{
			again.Path + " 的内容以前已经依规抹去,不能再公布:先改掉数据里的这些内容",
			again.Path + " has a content that was redacted and must not be published again; mend the data first",
		}, true
	case errors.As(err, &rebuild):
		return words{
			"--rebuild 只能用于档案:这里是" + kindWords(rebuild.Kind, problem.Chinese) + ",没有可以重新生成的存档数据;用 rectify verify --rebuild 核对档案",
			rebuild.Error() + "; run rectify verify --rebuild on the archive",
		}, true
	case errors.As(err, &taken):
		return words{"已有另一个文件 " + taken.File + ",没有动它;换一个名字,或用 --force 覆盖", taken.Error() + "; choose another name, or write over it with --force"}, true
	case errors.As(err, &archived):
		return words{
			"第 " + archived.ID + " 期已经存档,但输出文件夹没有写成;请运行 rectify restore " + archived.ID + " public。原因:" + archived.Err.Error(),
			archived.Error(),
		}, true
	case errors.As(err, &locked):
		return words{"另一次公布正在写 " + locked.Dir + ",请等它结束", locked.Error()}, true
	case errors.As(err, &full):
		return words{"写 " + full.Path + " 时磁盘满了,档案保持原样;请腾出空间后再运行一次", full.Error() + "; make room and run it again"}, true
	case errors.As(err, &foreign):
		return words{foreign.Dir + " 不是档案:里面有 " + foreign.Found + ";请用 --archive 指出档案文件夹", foreign.Error() + "; name the archive with --archive"}, true
	case errors.As(err, &unknown):
		return words{"档案里没有第 " + unknown.ID + " 期", unknown.Error()}, true
	case errors.As(err, &exists):
		return words{"档案里已经有第 " + exists.ID + " 期,不能再写", exists.Error()}, true
	case errors.As(err, &damaged):
		p := damaged.Problem
		return words{
			"档案有损坏:" + p.Place.File + ":" + p.Text(problem.Chinese) + ";运行 rectify verify 查看全部",
			damaged.Error() + "; run rectify verify to see everything",
		}, true
	case errors.Is(err, archive.ErrNewer):
		return words{"档案是较新版本的 rectify 写的;请换用新版本", err.Error()}, true
	case errors.Is(err, archive.ErrRedacted):
		return words{"这个内容以前已经依规抹去(rectify verify -v 列出时间和原因)", err.Error()}, true
	case errors.Is(err, site.ErrNoArchive):
		return words{"这个门户还没有档案:还没有公布过(rectify release)", site.ErrNoArchive.Error() + " (rectify release)"}, true
	case errors.Is(err, release.ErrNoRelease):
		return words{"这里没有一期公布的网站:缺少 releases/<期号>/" + archive.SumsName, err.Error()}, true
	case errors.Is(err, sign.ErrPassphrase):
		return words{"私钥有口令:把口令放进环境变量 " + passphraseVariable + " 再运行;口令也可能不对", err.Error() + "; give it in " + passphraseVariable}, true
	case errors.As(err, &nofile):
		return words{
			"第 " + nofile.Release + " 期没有文件 " + nofile.Path + ";rectify redact --find 文字 列出在哪些文件里,存档数据的路径前面加 " + site.DataPrefix,
			nofile.Error() + "; rectify redact --find TEXT lists the files that hold a text; a path of the archived data begins with " + site.DataPrefix,
		}, true
	case errors.As(err, &filled):
		return words{
			filled.Dir + " 里有不是本程序写的文件(" + filled.Found + "),没有动它;请换一个空文件夹或还没有的文件夹",
			filled.Error() + "; name an empty folder, or one that is not there yet",
		}, true
	case errors.As(err, &notfolder):
		return words{notfolder.Dir + " 是一个文件,不是文件夹;请换一个名字", notfolder.Error() + "; choose another name"}, true
	case errors.Is(err, fs.ErrNotExist):
		return words{"找不到文件:" + err.Error(), err.Error()}, true
	}
	return words{}, false
}

// printChanges prints changes for people: in colour on a terminal.
func (s *session) printChanges(c *diff.Changes) error {
	return c.Print(s.stdout, s.lang, s.colour())
}
