package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"rectify/site"
	"rectify/site/publish"
	"rectify/site/publish/pack"
	"rectify/site/release/sign"
)

// publishOptions are the flags of publish.
type publishOptions struct {
	release, since, key, out, archive string
	draft, dryRun, unsigned           bool
	runFlags
}

var publishCommand = command{
	name:    "publish",
	summary: words{"发布到主机、对象存储或 U 盘包", "publish to a host, object storage, or a package on a stick"},
	help: words{
		`rectify publish waiwang --dry-run
rectify publish waiwang
rectify publish waiwang --release 2026-01
rectify publish ceshi --draft
rectify publish usb --since 2025-12

把档案里的一期(默认最新一期)发布到一个目标。先列出计划:+新增 ~修改 −删除、要传多少;
然后发送、核对、切换、清理。传了一半断网、断电、空间不足都不要紧:访问者看到的是旧网站或
新网站,每个文件都是完整的;再运行同一条命令,只传还没有传的。

目标写在 data/publish.yaml(这个文件不公开,也不写密码):

  targets:
    - name: neiwang            # 网页服务器的文件夹
      type: local
      path: /srv/zg
    - name: waiwang            # SFTP 账户
      type: sftp
      host: www.example.gov.cn
      user: zg
      path: zg
      host_key: SHA256:…       # 向主机管理员核对;不写则查 ~/.ssh/known_hosts
      key_file: ~/.ssh/zg      # 或 ssh agent;只有自己能读(0600)
    - name: yun                # OSS、OBS、MinIO 等 S3 兼容的对象存储
      type: s3
      endpoint: https://oss-cn-beijing.aliyuncs.com
      region: cn-beijing
      bucket: zg
    - name: usb                # 不联网的主机:包,对方运行 rectify apply
      type: package
      path: /media/usb

  每个目标还可以写:staging: true 试用的地方,接受 --draft;gzip: true 另存压缩好的文件;
  keep: 5 主机上留几期;layout: plain 不用链接;archive: [manifests, signatures, log, snapshots]
  档案里的哪些一起公布(默认全部,网页上有到它们的链接)。

密码和密钥来自环境变量,目标 waiwang 的是 RECTIFY_WAIWANG_PASSWORD、RECTIFY_WAIWANG_PASSPHRASE
(私钥的口令),目标 yun 的是 RECTIFY_YUN_ACCESS_KEY、RECTIFY_YUN_SECRET_KEY。

  --dry-run        只列出计划
  --release ID     发布哪一期
  --draft          不是哪一期,而是 public 里的网站;只能到标了 staging 的目标
  --yes            删除超过五分之一的文件,或这一期有依规抹去的内容,也不停下
  --adopt          主机上同名的、不是本程序放的文件也覆盖
  --force          另一个发布的锁还没有过期也拿过来:先弄清它确实不在运行
  --since ID       包:主机上现有的是哪一期,只装改动
  --key FILE       包:签名用的私钥,默认与 rectify release 相同
  --unsigned       包:不签名
  --out DIR        --draft 的文件夹,默认 public
  --archive DIR    档案文件夹,默认 archive

发布时目标上有一把锁。进程死了,锁留着:同一台电脑上的立刻失效,别处的十分钟没有动静就失效,
下一次发布会说明并接过来。`,
		`rectify publish waiwang --dry-run
rectify publish waiwang
rectify publish waiwang --release 2026-01
rectify publish staging --draft
rectify publish usb --since 2025-12

Publishes a release of the archive, by default the newest, to a target. First comes
the plan: +new ~changed −deleted, and how much has to travel; then it sends, verifies,
switches and cleans up. A link, a power or a disk that fails midway does no harm:
visitors see the old site or the new one, every file whole; the same command again
sends only what is missing.

Targets stand in data/publish.yaml (which is not published, and holds no password):

  targets:
    - name: intranet           # the folder of a web server
      type: local
      path: /srv/zg
    - name: waiwang            # an SFTP account
      type: sftp
      host: www.example.gov.cn
      user: zg
      path: zg
      host_key: SHA256:…       # as the host's administrator says; else ~/.ssh/known_hosts
      key_file: ~/.ssh/zg      # or an ssh agent; readable by you alone (0600)
    - name: cloud              # S3-compatible storage: OSS, OBS, MinIO …
      type: s3
      endpoint: https://oss-cn-beijing.aliyuncs.com
      region: cn-beijing
      bucket: zg
    - name: usb                # a host without a link: a package for rectify apply
      type: package
      path: /media/usb

  Each may also have: staging: true, which takes --draft; gzip: true, to store compressed
  files too; keep: 5, releases that stay on the host; layout: plain, without links;
  archive: [manifests, signatures, log, snapshots], what of the archive goes along (by
  default all of it: pages link to it).

Passwords and secret keys come from the environment; for the target waiwang it is
RECTIFY_WAIWANG_PASSWORD or RECTIFY_WAIWANG_PASSPHRASE (of the key file), for cloud
RECTIFY_CLOUD_ACCESS_KEY and RECTIFY_CLOUD_SECRET_KEY.

  --dry-run        the plan only
  --release ID     which release
  --draft          no release but the site in public; for targets marked staging
  --yes            go on although more than a fifth of the files would be deleted, or contents
                   of the release were redacted
  --adopt          write over files of the same name that rectify did not put there
  --force          take the lock of another publisher that is not stale: make sure that it does not run
  --since ID       package: the release that the host has; only what changed is packed
  --key FILE       package: the secret key that signs it, by default that of rectify release
  --unsigned       package: do not sign it
  --out DIR        the folder of --draft, by default public
  --archive DIR    the folder of the archive, by default archive

While a publication runs, the target is locked. A process that dies leaves its lock:
on the same computer it is stale at once, elsewhere after ten minutes of silence; the
next publication says so and takes it over.`,
	},
	setup: func(flags *flag.FlagSet) func(context.Context, *session, []string) error {
		var o publishOptions
		flags.StringVar(&o.release, "release", "", "")
		flags.StringVar(&o.since, "since", "", "")
		flags.StringVar(&o.key, "key", "", "")
		flags.StringVar(&o.out, "out", "", "")
		flags.StringVar(&o.archive, "archive", "", "")
		flags.BoolVar(&o.draft, "draft", false, "")
		flags.BoolVar(&o.dryRun, "dry-run", false, "")
		flags.BoolVar(&o.unsigned, "unsigned", false, "")
		o.register(flags)
		return func(ctx context.Context, s *session, args []string) error {
			if len(args) > 1 {
				return tooMany(args[1:])
			}
			return o.run(ctx, s, append(args, "")[0])
		}
	},
}

// runFlags are those of everything that writes to a target.
type runFlags struct{ yes, adopt, force bool }

func (f *runFlags) register(flags *flag.FlagSet) {
	flags.BoolVar(&f.yes, "yes", false, "")
	flags.BoolVar(&f.adopt, "adopt", false, "")
	flags.BoolVar(&f.force, "force", false, "")
}

// options ties a run to the terminal: the plan, whose lock was taken over, and
// how far it is.
func (f runFlags) options(s *session, m *meter, target string, dryRun bool) publish.Options {
	o := publish.Options{Yes: f.yes, Adopt: f.adopt, Force: f.force, Progress: newTransfer(m).show}
	if dryRun {
		return o // then the plan is the result
	}
	o.Planned = func(p *publish.Plan) error {
		m.say(s.planText(target, p))
		return nil
	}
	o.TakenOver = func(e *publish.LockedError) {
		m.say(words{
			"目标上的锁是" + owner(e)[0] + "留下的,已接过来",
			"the lock on the target was left behind by " + owner(e)[1] + " and has been taken over",
		}[s.lang])
	}
	return o
}

// portal are the options that publish, rollback and status share.
func (s *session) portal(target, archive string) site.PublishOptions {
	home, err := os.UserHomeDir()
	if err != nil {
		home = "" // then ~/ stands for itself
	}
	return site.PublishOptions{Dir: s.dir, Archive: archive, Target: target, Getenv: s.getenv, Home: home}
}

// published is what publish and rollback print with --json.
type published struct {
	OK bool `json:"ok"`
	*site.Published
}

func (o *publishOptions) run(ctx context.Context, s *session, target string) error {
	if o.draft && (o.release != "" || o.since != "") {
		return &usageError{words{"--draft 不能和 --release、--since 一起用", "--draft does not go with --release or --since"}}
	}
	p := s.portal(target, o.archive)
	p.Release, p.Draft, p.Out, p.Since, p.DryRun = o.release, o.draft, o.out, o.since, o.dryRun
	if !o.unsigned {
		p.Key = func() (*sign.Secret, error) { return s.secretKey(o.key) }
	}
	meter := newMeter(s)
	p.Run = o.options(s, meter, target, o.dryRun)
	done, err := site.Publish(ctx, p)
	meter.clear()
	switch {
	case err != nil:
		return &targetError{target, err}
	case s.json:
		return s.printJSON(published{true, done})
	case done.Package != nil:
		return s.result(nil, s.packageText(done))
	}
	return s.result(nil, s.publishedText(done))
}

// publishedText says what came of a publication.
func (s *session) publishedText(p *site.Published) string {
	var lines []string
	switch {
	case p.DryRun:
		lines = append(lines, s.planText(p.Target, &p.Plan))
	case p.Sent == 0 && p.Live == p.Release:
		lines = append(lines, fmt.Sprintf(words{"没有变化:%s 上公布的就是 %s", "nothing to do: %s shows %s"}[s.lang], p.Target, p.Release))
	default:
		lines = append(lines, fmt.Sprintf(words{"已公布 %s → %s:发送 %d 个文件,%s,用时 %s", "published %s → %s: %d files sent, %s, in %s"}[s.lang],
			p.Release, p.Target, p.Sent, size(p.SentBytes), duration(s.lang, p.Seconds)))
	}
	if !p.DryRun && p.Live == "" && p.Root != "" {
		lines = append(lines, words{"网页服务器的根目录:", "the web server's root: "}[s.lang]+p.Root)
	}
	if p.Unclean != "" {
		lines = append(lines, words{"旧文件没有清理完(访问者看不到,下次再清):", "old files are still there (visitors do not see them; the next run tries again): "}[s.lang]+printable(p.Unclean))
	}
	return strings.Join(lines, "\n")
}

// planText is a plan in one line, with what else there is to know below.
func (s *session) planText(target string, p *publish.Plan) string {
	text := fmt.Sprintf("%s → %s: +%d ~%d −%d, %s", p.Release, target, p.Add, p.Change, p.Delete, size(p.Bytes))
	switch {
	case p.Live == "":
		text += words{"(首次发布)", " (first publication)"}[s.lang]
	case p.Ready:
		text += words{"(已在主机上,只需切换;现在公布的是 ", " (on the host already, to be switched to; live is "}[s.lang] + p.Live + words{")", ")"}[s.lang]
	case p.Live != p.Release:
		text += words{"(现在公布的是 ", " (live is "}[s.lang] + p.Live + words{")", ")"}[s.lang]
	}
	lines := []string{text}
	add := func(what words, names []string) {
		if len(names) > 0 {
			lines = append(lines, what[s.lang]+s.some(names))
		}
	}
	if p.Resumed > 0 {
		lines = append(lines, fmt.Sprintf(words{"  上次中断时已传到的 %d 个文件不再传", "  %d files that an interrupted run left need not travel again"}[s.lang], p.Resumed))
	}
	if p.Gap && p.Change > 0 {
		lines = append(lines, words{
			"  这台主机不能一步替换文件:改动的每个文件会有一瞬间打不开",
			"  this host cannot replace a file in one step: each that changes is missing for a moment",
		}[s.lang])
	}
	if s.verbose {
		add(words{"  删除:", "  deleted: "}, p.Deleted)
	}
	add(words{"  主机上被改过,将恢复:", "  edited on the host, will be put right: "}, p.Drift.Edited)
	add(words{"  主机上被删去,将恢复:", "  deleted on the host, will be put back: "}, p.Drift.Missing)
	added := words{"  主机上多出来的:", "  added on the host: "}
	if p.Live == p.Release {
		added = words{"  主机上多出来的(不删,不该有的请在主机上删去):", "  added on the host (stays; delete there what does not belong): "}
	}
	add(added, p.Drift.Added)
	add(words{"  内容已依规抹去、不公布的:", "  redacted and not published: "}, p.Redacted)
	add(words{"  含有已抹去的内容、将从主机上删去的各期:", "  releases with redacted contents, to be removed from the host: "}, p.Purge)
	return strings.Join(lines, "\n")
}

// packageText says what a package holds and what to do with it.
func (s *session) packageText(p *site.Published) string {
	k := p.Package
	held := words{"整个网站", "the whole site"}[s.lang]
	if k.Base != "" {
		held = words{"相对 " + k.Base + " 的改动", "what changed since " + k.Base}[s.lang]
	}
	text := fmt.Sprintf(words{"%s,%s:%d 个文件(网站共 %d 个,删去 %d),%s → %s", "%s, %s: %d files (of %d, %d deleted), %s → %s"}[s.lang],
		k.Release, held, k.Here, k.Files, k.Deleted, size(k.Bytes), k.Path)
	if k.Redacted > 0 {
		text += fmt.Sprintf(words{
			"\n  %d 个文件的内容已依规抹去,不在包里;应用时要加 --yes",
			"\n  the contents of %d files were redacted and are not in it; apply asks for --yes",
		}[s.lang], k.Redacted)
	}
	if p.DryRun {
		return text
	}
	return text + "\n" + words{
		"带到主机上:rectify apply " + carriedName(k) + " 网站文件夹;没有 rectify 的,照包里的 README.txt 做",
		"carry it to the host: rectify apply " + carriedName(k) + " FOLDER; without rectify, follow the README.txt inside",
	}[s.lang]
}

// carriedName is the name of a package, without the folder it was written to.
func carriedName(k *pack.Summary) string {
	return k.Path[strings.LastIndexAny(k.Path, `/\`)+1:]
}

// some names a few of a list, with -v all.
func (s *session) some(names []string) string {
	const few = 5
	names = slices.Clone(names)
	for i := range names {
		names[i] = printable(names[i])
	}
	if len(names) <= few || s.verbose {
		return strings.Join(names, words{"、", ", "}[s.lang])
	}
	return strings.Join(names[:few], words{"、", ", "}[s.lang]) + fmt.Sprintf(words{" 等 %d 个(-v 全部列出)", " and %d more (-v lists all)"}[s.lang],
		[]int{len(names), len(names) - few}[s.lang])
}
