package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"rectify/site"
	"rectify/site/problem"
	"rectify/site/release/sign"
)

type verifyOptions struct {
	archive, checkpoint, trust, release string
	rebuild                             bool
}

var verifyCommand = command{
	name:    "verify",
	summary: words{"核对档案、已公布的网站或快照", "verify the archive, a published site or a snapshot"},
	help: words{
		`rectify verify
rectify verify --checkpoint 保存的检查点.txt
rectify verify --rebuild
rectify verify 2026-01.zip
rectify verify /mnt/usb/网站 --trust 公钥.pub

核对每一个文件、清单、签名、公布日志和各期的先后,缺少的、多出的都指出来;最后给出结论。
不写路径时核对本门户的档案;也可以是档案、已公布的网站的文件夹,或 .zip、.wacz 快照。

  --checkpoint FILE   证明以前保存的检查点是今天日志的开头,也就是历史没有被改写
  --rebuild           由存档的数据重新生成网站,逐字节比较(默认最新一期)
  --release ID        与 --rebuild 一起:重新生成哪一期,all 是全部
  --trust FILE        公钥文件(ssh、minisign 或另一份 trust.yaml);默认用 data/trust.yaml。
                      给了公钥,没有签名的就不通过
  --archive DIR       档案文件夹,默认 archive

退出码:0 核对通过,1 不通过。`,
		`rectify verify
rectify verify --checkpoint kept.txt
rectify verify --rebuild
rectify verify 2026-01.zip
rectify verify /mnt/usb/site --trust key.pub

Checks every file, manifest and signature, the release log and the chain of
releases, names what is missing and what is too much, and gives a verdict. Without
a path it looks at this portal's archive; else at an archive, the folder of a
published site, or a .zip or .wacz snapshot.

  --checkpoint FILE   prove that a checkpoint that was kept is a beginning of today's log: that the past was not rewritten
  --rebuild           make the site again from the archived data and compare every byte (the newest release)
  --release ID        with --rebuild: which release to make again, all for all
  --trust FILE        public keys (ssh, minisign, or another trust.yaml); by default those of data/trust.yaml.
                      What no key that was in force has signed is not verified
  --archive DIR       the folder of the archive, by default archive

Exit code: 0 verified, 1 not.`,
	},
	setup: func(flags *flag.FlagSet) func(context.Context, *session, []string) error {
		var o verifyOptions
		flags.StringVar(&o.archive, "archive", "", "")
		flags.StringVar(&o.checkpoint, "checkpoint", "", "")
		flags.StringVar(&o.trust, "trust", "", "")
		flags.StringVar(&o.release, "release", "", "")
		flags.BoolVar(&o.rebuild, "rebuild", false, "")
		return func(ctx context.Context, s *session, args []string) error {
			if len(args) > 1 {
				return tooMany(args[1:])
			}
			return o.run(ctx, s, append(args, "")[0])
		}
	},
}

// verdict is what verify prints with --json.
type verdict struct {
	OK bool `json:"ok"`
	site.VerifyResult
	Verdict  string          `json:"verdict"` // in words
	Problems []problemRecord `json:"problems"`
}

func (o *verifyOptions) run(ctx context.Context, s *session, path string) error {
	v := site.VerifyOptions{Options: site.Options{Dir: s.dir, Archive: o.archive, Version: version}, Path: path}
	if o.checkpoint != "" {
		kept, err := os.ReadFile(s.at(o.checkpoint))
		if err != nil {
			return err
		}
		v.Checkpoint = kept
	}
	if o.trust != "" {
		text, err := os.ReadFile(s.at(o.trust))
		if err != nil {
			return err
		}
		if filepath.Base(o.trust) == site.TrustName { // it has periods too
			v.Trust = filepath.Dir(s.at(o.trust))
		} else if v.Keys, err = publicKeys(string(text)); err != nil {
			return &usageError{words{"--trust 里没有能用的公钥(要有一行 ssh-ed25519 AAAA…,或 minisign 的公钥):" + o.trust, "--trust holds no public key: " + err.Error()}}
		}
	}
	switch {
	case o.rebuild && o.release != "":
		v.Rebuild = []string{o.release}
	case o.rebuild:
		v.Rebuild = []string{"newest"}
	case o.release != "":
		return &usageError{words{"--release 要和 --rebuild 一起用", "--release goes with --rebuild"}}
	}
	meter := newMeter(s)
	v.Progress = meter.show
	r, err := site.Verify(ctx, v)
	meter.clear()
	if err != nil {
		return err
	}
	words := o.verdict(s, r)
	if s.json {
		if err := s.printJSON(verdict{r.OK(), r, words, s.records(r.Problems)}); err != nil {
			return err
		}
	} else {
		s.printProblems(r.Problems)
		fmt.Fprintln(s.stdout, words)
	}
	if !r.OK() {
		return &reported{exitFailed}
	}
	return nil
}

// publicKeys reads the keys of a file, one a line.
func publicKeys(text string) (keys []sign.Public, err error) {
	for line := range strings.Lines(text) {
		if i := strings.Index(line, "ssh-ed25519 "); i >= 0 {
			line = line[i:] // behind the options of an allowed_signers file
		}
		key, e := sign.ParsePublic(line)
		if e == nil {
			keys = append(keys, key)
		} else if strings.TrimSpace(line) != "" && !strings.HasPrefix(line, "untrusted comment:") {
			err = e
		}
	}
	if len(keys) > 0 {
		return keys, nil
	}
	if err == nil {
		err = fmt.Errorf("it is empty")
	}
	return nil, err
}

// verdict says in words what was found.
func (o *verifyOptions) verdict(s *session, r site.VerifyResult) string {
	kind := kindWords(r.Kind, s.lang)
	n := r.Problems.Count(problem.Error)
	text := fmt.Sprintf(words{"核对通过:%s %s", "verified: %s %s"}[s.lang], kind, r.Path)
	if n > 0 {
		text = fmt.Sprintf(words{"核对不通过:%s %s,%d 处不符", "NOT verified: %s %s, %d faults"}[s.lang], kind, r.Path, n)
	}
	if len(r.Releases) > 0 {
		text += fmt.Sprintf(words{"\n%d 期(%s),其中签名有效 %d 期;核对文件 %d 个", "\n%d releases (%s), %d with good signatures; %d files"}[s.lang],
			len(r.Releases), s.names(r.Releases), r.Signed, r.Files)
	}
	if r.Redacted > 0 {
		text += fmt.Sprintf(words{";依规抹去 %d 项", "; %d redactions"}[s.lang], r.Redacted)
	}
	if len(r.Rebuilt) > 0 {
		text += fmt.Sprintf(words{"\n重新生成 %d 期,逐字节相同:%s", "\nmade again, every byte the same, %d releases: %s"}[s.lang], len(r.Rebuilt), s.names(r.Rebuilt))
	}
	if len(r.Unbuilt) > 0 {
		text += fmt.Sprintf(words{
			"\n没有重新生成 %d 期:%s(数据有依规抹去的内容,不能逐字节比较;其余文件已按摘要核对)",
			"\nNOT made again, %d releases: %s (their data were redacted, so that there is nothing to compare; all other files were held against their digests)",
		}[s.lang], len(r.Unbuilt), s.names(r.Unbuilt))
	}
	if o.checkpoint != "" && n == 0 {
		text += words{"\n保存的检查点是今天日志的开头", "\nthe checkpoint that was kept is a beginning of today's log"}[s.lang]
	}
	if r.Checkpoint != "" {
		text += words{"\n公布日志检查点:\n", "\ncheckpoint of the release log:\n"}[s.lang] + r.Checkpoint
	}
	return text
}

// kindWords names a kind of thing that can be verified.
func kindWords(kind string, lang problem.Lang) string {
	return map[string]words{
		"archive": {"档案", "archive"}, "site": {"网站", "site"}, "bag": {"移交包", "bag"}, "zip": {"zip 快照", "zip"}, "wacz": {"WACZ 快照", "WACZ"},
	}[kind][lang]
}

// names lists things as the language does.
func (s *session) names(list []string) string {
	return strings.Join(list, words{"、", ", "}[s.lang])
}

// reported ends a command that has said everything itself.
type reported struct{ code int }

func (r *reported) Error() string { return "reported" }
