package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"rectify/site"
	"rectify/site/release/sign"
)

// passphraseVariable is where the passphrase of a secret key comes from: a
// command line is seen by everybody on the machine.
const passphraseVariable = "RECTIFY_PASSPHRASE"

type keyOptions struct{ out, name, key string }

var keyCommand = command{
	name:    "key",
	summary: words{"新建或查看签名用的密钥", "make or show the key that signs"},
	help: words{
		`rectify key new
rectify key new --name "示例局公布密钥 2026" --out /secure/release.key
rectify key show

key new 新建签名用的密钥(Ed25519;minisign 和 ssh 都能核对)。私钥默认放在个人配置文件夹里,
只有本人可读,不能放在 data/、public/ 或档案里;公钥写进 data/trust.yaml(没有这个文件时)。
请把指纹印在审签单上、公告栏里:群众凭纸上的指纹核对,不必相信网站。

私钥丢失或泄露:在 data/trust.yaml 里给旧公钥写上 until 和 note,再 key new。旧公钥要留着。

  --name NAME     公钥的名称
  --out FILE      私钥写入这个文件
  --key FILE      key show 查看哪一个私钥

要给私钥加口令,先把口令放进环境变量 ` + passphraseVariable + `。`,
		`rectify key new
rectify key new --name "Key 2026" --out /secure/release.key
rectify key show

key new makes the key that signs releases (Ed25519; minisign and ssh check it). The
secret key goes into your own configuration folder, readable for you alone, and
never into data/, public/ or the archive; the public key goes into data/trust.yaml
(if there is no such file). Print the fingerprint on the approval sheet and the
notice board: people check with what is on paper and need not trust the site.

If the secret key is lost or known to others: give the old public key an until and
a note in data/trust.yaml, then key new. The old one stays.

  --name NAME     of the public key
  --out FILE      write the secret key into this file
  --key FILE      which secret key to show

For a passphrase set ` + passphraseVariable + ` first.`,
	},
	setup: func(flags *flag.FlagSet) func(context.Context, *session, []string) error {
		var o keyOptions
		flags.StringVar(&o.out, "out", "", "")
		flags.StringVar(&o.name, "name", "", "")
		flags.StringVar(&o.key, "key", "", "")
		return func(_ context.Context, s *session, args []string) error {
			what, err := oneArgument(args, words{"写法是 rectify key new 或 rectify key show", "the form is rectify key new or rectify key show"})
			if err != nil {
				return err
			}
			switch what {
			case "new":
				return o.make(s)
			case "show":
				return o.show(s)
			}
			return &usageError{words{"没有 key " + what + ";可用 key new、key show", "there is no key " + what + "; there are key new and key show"}}
		}
	},
}

// keyReport is what key prints with --json.
type keyReport struct {
	OK          bool   `json:"ok"`
	File        string `json:"file"`
	Fingerprint string `json:"fingerprint"`
	Public      string `json:"public"`
	Minisign    string `json:"minisign"`
	Trust       string `json:"trust,omitempty"` // the file that now lists it
	Entry       string `json:"entry,omitempty"` // what is to be added to it
}

// defaultKey is where the secret key lies unless somebody says otherwise.
func defaultKey() (string, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", &usageError{words{"找不到个人配置文件夹,请用 --key 或 --out 指出私钥文件", "there is no configuration folder; name the secret key with --key or --out"}}
	}
	return filepath.Join(dir, "rectify", "release.key"), nil
}

func (o *keyOptions) make(s *session) error {
	file := s.at(o.out)
	if file == "" {
		var err error
		if file, err = defaultKey(); err != nil {
			return err
		}
	}
	if err := s.refuseKeyPlace(file); err != nil {
		return err
	}
	secret, err := sign.New(rand.Reader)
	if err != nil {
		return err
	}
	name := o.name
	if name == "" {
		name = words{"公布密钥 ", "release key "}[s.lang] + time.Now().Format("2006")
	}
	text, err := secret.PEM(name, []byte(s.getenv(passphraseVariable)))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return fmt.Errorf("write the secret key: %w", err)
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return &usageError{words{"已有文件 " + file + ",没有动它;换一个名字:--out", "there is a file " + file + ", which was left alone; choose another name with --out"}}
	}
	if err != nil {
		return fmt.Errorf("write the secret key: %w", err)
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write the secret key: %w", err)
	}
	report := keyReport{OK: true, File: file, Fingerprint: secret.Public().Fingerprint(), Public: secret.Public().SSH(), Minisign: secret.Public().Minisign()}
	report.Entry = fmt.Sprintf("  - name: %q\n    public: %s\n    from: %s\n", name, secret.Public().SSH(), time.Now().In(time.FixedZone("", 8*3600)).Format(time.DateOnly))
	trust := filepath.Join(s.dir, site.DataDir, "trust.yaml")
	if _, err := os.Stat(trust); errors.Is(err, fs.ErrNotExist) && isPortal(s.dir) {
		head := "# 签名用的公钥,公开。换过的、遗失的也留着,写上 until 和 note,以便核对过去的各期。\nkeys:\n"
		err := s.writeFile(filepath.Join(site.DataDir, "trust.yaml"), func(w io.Writer) error {
			_, err := io.WriteString(w, head+report.Entry)
			return err
		})
		if err != nil {
			return err
		}
		report.Trust, report.Entry = trust, ""
	}
	said := words{"私钥 " + file + "(只有您能读,请另存一份到安全的地方)", "secret key " + file + " (readable for you alone; keep a copy in a safe place)"}[s.lang] +
		"\n" + words{"指纹 ", "fingerprint "}[s.lang] + report.Fingerprint
	if report.Trust != "" {
		said += "\n" + words{"公钥已写进 ", "public key entered in "}[s.lang] + report.Trust
	} else {
		said += "\n" + words{"把下面几行加到 data/trust.yaml 的 keys 下面:", "add these lines to data/trust.yaml under keys:"}[s.lang] + "\n" + report.Entry
	}
	return s.result(report, said)
}

func (o *keyOptions) show(s *session) error {
	secret, err := s.secretKey(o.key)
	if err != nil {
		return err
	}
	if secret == nil {
		return &usageError{words{"没有私钥;rectify key new 新建一个", "there is no secret key; rectify key new makes one"}}
	}
	public := secret.Public()
	report := keyReport{OK: true, File: o.key, Fingerprint: public.Fingerprint(), Public: public.SSH(), Minisign: public.Minisign()}
	return s.result(report, fmt.Sprintf("%s\n%s\nminisign %s", report.Fingerprint, report.Public, report.Minisign))
}

// secretKey reads the key that signs: the file that is named, or the one in
// its usual place; nil where neither is there.
func (s *session) secretKey(file string) (*sign.Secret, error) {
	named := file != ""
	file = s.at(file)
	if !named {
		var err error
		if file, err = defaultKey(); err != nil {
			return nil, nil //nolint:nilerr // a system without such a folder has no key in it
		}
	}
	info, err := os.Stat(file)
	if errors.Is(err, fs.ErrNotExist) && !named {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the secret key: %w", err)
	}
	if err := s.refuseKeyPlace(file); err != nil {
		return nil, err
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return nil, &usageError{words{"私钥 " + file + " 别人也能读;先运行 chmod 600 " + file, "others can read the secret key " + file + "; run chmod 600 " + file}}
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read the secret key: %w", err)
	}
	secret, err := sign.ParseSecret(text, []byte(s.getenv(passphraseVariable)))
	if err != nil {
		return nil, err
	}
	return &secret, nil
}

// refuseKeyPlace keeps secret keys out of what is published and archived.
func (s *session) refuseKeyPlace(file string) error {
	at, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	if real, err := filepath.EvalSymlinks(filepath.Dir(at)); err == nil {
		at = filepath.Join(real, filepath.Base(at))
	}
	for _, name := range []string{site.DataDir, "public", site.ArchiveDir} {
		dir, err := filepath.Abs(filepath.Join(s.dir, name))
		if err != nil {
			return err
		}
		if real, err := filepath.EvalSymlinks(dir); err == nil {
			dir = real
		}
		if rel, err := filepath.Rel(dir, at); err == nil && filepath.IsLocal(rel) {
			return &usageError{words{
				"私钥不能放在 " + name + "/ 里,那里的东西会公开或存档;请放到别处(--out、--key)",
				"a secret key must not lie in " + name + "/, which is published or archived; put it elsewhere (--out, --key)",
			}}
		}
	}
	return nil
}
