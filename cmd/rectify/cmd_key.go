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
	"slices"
	"time"

	"rectify/site"
	"rectify/site/model"
	"rectify/site/release/sign"
)

// passphraseVariable is where the passphrase of a secret key comes from: a
// command line is seen by everybody on the machine.
const passphraseVariable = "RECTIFY_PASSPHRASE"

type keyOptions struct {
	out, name, key string
	replace        bool
}

var keyCommand = command{
	name:    "key",
	summary: words{"新建或查看签名用的密钥", "make or show the key that signs"},
	help: words{
		`rectify key new
rectify key new --name "示例局公布密钥 2026" --out /secure/release.key
rectify key new --replace
rectify key use
rectify key show

key new 新建签名用的密钥(Ed25519;minisign 和 ssh 都能核对)。私钥默认放在个人配置文件夹里,
只有本人可读,不能放在 data/、public/ 或档案里;公钥写进 data/trust.yaml。
请把指纹印在审签单上、公告栏里:群众凭纸上的指纹核对,不必相信网站。

更换密钥(到期、丢失、泄露)用 key new --replace:旧公钥留在 data/trust.yaml 里,写上截止日期
(今天),新的从今天起用;旧私钥文件改名留着。丢失、泄露的,请在旧公钥的 note 里写明。

同一台电脑上还有别的门户时,key use 让本门户也用已有的私钥;要各用各的,用 --out 另存一个,
公布时用 --key 指出。

  --name NAME     公钥的名称
  --out FILE      私钥写入这个文件
  --replace       新密钥接替现在的密钥
  --key FILE      key show、key use 是哪一个私钥

要给私钥加口令,先把口令放进环境变量 ` + passphraseVariable + `。`,
		`rectify key new
rectify key new --name "Key 2026" --out /secure/release.key
rectify key new --replace
rectify key use
rectify key show

key new makes the key that signs releases (Ed25519; minisign and ssh check it). The
secret key goes into your own configuration folder, readable for you alone, and
never into data/, public/ or the archive; the public key goes into data/trust.yaml.
Print the fingerprint on the approval sheet and the notice board: people check with
what is on paper and need not trust the site.

When a key is to be changed, or is lost or known to others, key new --replace keeps
the old public key in data/trust.yaml with today as its last day, begins the new one
today, and keeps the old secret key under another name. Say in the note of the old
one if it was lost or became known.

With other portals on the same computer, key use lets this one sign with the secret
key that is there; for one of its own give key new an --out, and release a --key.

  --name NAME     of the public key
  --out FILE      write the secret key into this file
  --replace       the new key follows the one in force
  --key FILE      which secret key to show or to use

For a passphrase set ` + passphraseVariable + ` first.`,
	},
	setup: func(flags *flag.FlagSet) func(context.Context, *session, []string) error {
		var o keyOptions
		flags.StringVar(&o.out, "out", "", "")
		flags.StringVar(&o.name, "name", "", "")
		flags.StringVar(&o.key, "key", "", "")
		flags.BoolVar(&o.replace, "replace", false, "")
		return func(_ context.Context, s *session, args []string) error {
			what, err := oneArgument(args, words{"写法是 rectify key new、key use 或 key show", "the form is rectify key new, key use or key show"})
			if err != nil {
				return err
			}
			switch what {
			case "new":
				return o.make(s)
			case "use":
				return o.use(s)
			case "show":
				return o.show(s)
			}
			return &usageError{words{"没有 key " + what + ";可用 key new、key use、key show", "there is no key " + what + "; there are key new, key use and key show"}}
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
	Aside       string `json:"aside,omitempty"` // the old secret key
}

// make makes a key. What can be refused is refused before there is one.
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
	if _, err := os.Lstat(file); err == nil && !o.replace {
		return keyThere(file)
	}
	if _, err := site.TrustedKeys(s.dir); err != nil {
		return err
	}
	secret, err := sign.New(rand.Reader)
	if err != nil {
		return err
	}
	text, err := secret.PEM(o.called(s), []byte(s.getenv(passphraseVariable)))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return fmt.Errorf("write the secret key: %w", err)
	}
	aside, err := o.setAside(file)
	if err != nil {
		return fmt.Errorf("keep the old secret key: %w", err)
	}
	err = site.WriteSecret(file, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
	if errors.Is(err, fs.ErrExist) {
		return keyThere(file)
	}
	if err != nil {
		if aside != "" {
			err = errors.Join(err, os.Rename(aside, file))
		}
		return fmt.Errorf("write the secret key %s: %w", file, err)
	}
	report := keyReport{OK: true, File: file, Aside: aside}
	said := words{"私钥 " + file + "(只有您能读,请另存一份到安全的地方)", "secret key " + file + " (readable for you alone; keep a copy in a safe place)"}[s.lang]
	if aside != "" {
		said += "\n" + words{"旧私钥改名为 " + aside, "the old secret key is now " + aside}[s.lang]
	}
	return o.enter(s, report, secret.Public(), said)
}

// called is the name of the public key.
func (o *keyOptions) called(s *session) string {
	if o.name != "" {
		return o.name
	}
	return words{"公布密钥 ", "release key "}[s.lang] + time.Now().Format("2006")
}

// keyThere says what can be done about a key that is there already.
func keyThere(file string) error {
	return &usageError{words{
		"已有私钥 " + file + ",没有动它。让本门户用它签名:rectify key use;换一个新的接替它:rectify key new --replace;另存一个:rectify key new --out 文件",
		"there is a secret key " + file + ", which was left alone. To sign this portal with it: rectify key use; to let a new one follow it: rectify key new --replace; to make another: rectify key new --out FILE",
	}}
}

// setAside gives the old secret key another name, where there is one.
func (o *keyOptions) setAside(file string) (string, error) {
	if _, err := os.Lstat(file); !o.replace || errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	base := file + "-until-" + today()
	for n := 1; ; n++ {
		aside := base
		if n > 1 {
			aside = fmt.Sprintf("%s-%d", base, n)
		}
		if _, err := os.Lstat(aside); errors.Is(err, fs.ErrNotExist) {
			return aside, os.Rename(file, aside)
		} else if err != nil {
			return "", err
		}
	}
}

// today is the day in China, as periods of keys are meant.
func today() string { return time.Now().In(time.FixedZone("", 8*3600)).Format(time.DateOnly) }

// enter lists a public key in trust.yaml, or says what has to be written there.
func (o *keyOptions) enter(s *session, report keyReport, public sign.Public, said string) error {
	report.Fingerprint, report.Public, report.Minisign = public.Fingerprint(), public.SSH(), public.Minisign()
	said += "\n" + words{"指纹 ", "fingerprint "}[s.lang] + report.Fingerprint
	trust := filepath.Join(s.dir, site.DataDir, site.TrustName)
	k := model.TrustedKey{Name: o.called(s), Public: model.PublicKey(public.SSH()), From: model.Date(today())}
	others, err := site.TrustedKeys(s.dir)
	if err != nil {
		return err
	}
	inForce := slices.ContainsFunc(others, func(other model.TrustedKey) bool { return other.In(k.From) })
	if err = site.ErrByHand; isPortal(s.dir) && (o.replace || !inForce) {
		err = site.EnterKey(s.dir, k, o.replace)
	}
	switch {
	case err == nil:
		report.Trust = trust
		said += "\n" + words{"公钥已写进 ", "public key entered in "}[s.lang] + trust
		if o.replace && inForce {
			said += words{";原来的公钥用到今天", "; the keys that were in force end today"}[s.lang]
		}
	case errors.Is(err, site.ErrByHand):
		report.Entry = site.KeyEntry(k)
		said += "\n" + words{"把下面几行加到 data/trust.yaml 的 keys 下面:", "add these lines to data/trust.yaml under keys:"}[s.lang] + "\n" + report.Entry
		if inForce {
			said += words{"旧公钥不再使用的,在它下面加一行:\n", "and to each old key that is to sign no more:\n"}[s.lang] + "    until: " + today() + "\n"
		}
	default:
		return err
	}
	return s.result(report, said)
}

// use lets the portal sign with a secret key that is there.
func (o *keyOptions) use(s *session) error {
	secret, err := s.secretKey(o.key)
	if err != nil {
		return err
	}
	if secret == nil {
		return noKey()
	}
	file := s.at(o.key)
	if file == "" {
		if file, err = defaultKey(); err != nil {
			return err
		}
	}
	keys, err := site.TrustedKeys(s.dir)
	if err != nil {
		return err
	}
	for _, k := range keys {
		if public, err := sign.ParsePublic(string(k.Public)); err == nil && public == secret.Public() {
			return &usageError{words{
				"data/trust.yaml 里已有这个公钥(" + k.Name + "),不用再加", "data/trust.yaml has this key already (" + k.Name + ")",
			}}
		}
	}
	return o.enter(s, keyReport{OK: true, File: file}, secret.Public(), words{"私钥 ", "secret key "}[s.lang]+file)
}

func noKey() error {
	return &usageError{words{"没有私钥;rectify key new 新建一个", "there is no secret key; rectify key new makes one"}}
}

func (o *keyOptions) show(s *session) error {
	secret, err := s.secretKey(o.key)
	if err != nil {
		return err
	}
	if secret == nil {
		return noKey()
	}
	public := secret.Public()
	report := keyReport{OK: true, File: o.key, Fingerprint: public.Fingerprint(), Public: public.SSH(), Minisign: public.Minisign()}
	return s.result(report, fmt.Sprintf("%s\n%s\nminisign %s", report.Fingerprint, report.Public, report.Minisign))
}
