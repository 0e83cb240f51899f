package main

import (
	"context"
	"errors"
	"flag"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"rectify/site"
	"rectify/site/publish"
)

type hostOptions struct {
	root, at, name string
	port           int
}

var hostCommand = command{
	name:    "host",
	summary: words{"给主机管理员:说明一页,nginx 配置", "for the host's administrator: one page, a block for nginx"},
	help: words{
		`rectify host
rectify host nginx neiwang
rectify host nginx --root /srv/zg/current --path /zg/ --name www.example.gov.cn

不带参数:打印给主机管理员的一页说明。
nginx:打印一段 server 配置(子路径、安全响应头、gzip_static、404、缓存、IPv6、断点续传),
用真实的 nginx 测试过。写目标名时,根目录取自 data/publish.yaml;域名和路径取自 base_url。

  --root DIR    网站的文件夹(含 index.html);每期一个文件夹的目标是其中的 current
  --path PATH   网站的路径,默认取自 base_url,没有就是 /
  --name NAME   域名,默认取自 base_url,没有就是 _(任何域名)
  --port N      端口,默认 80`,
		`rectify host
rectify host nginx intranet
rectify host nginx --root /srv/zg/current --path /zg/ --name www.example.gov.cn

Without a word behind it: one page for the administrator of the host.
nginx: a server block (sub-path, security headers, gzip_static, 404, caching, IPv6,
range requests), tested with a real nginx. With a target its root comes from
data/publish.yaml; name and path come from base_url.

  --root DIR    the site's folder, with index.html; “current” where each release has its own
  --path PATH   the site's path, by default that of base_url, else /
  --name NAME   the host's name, by default that of base_url, else _ (any)
  --port N      the port, by default 80`,
	},
	setup: func(flags *flag.FlagSet) func(context.Context, *session, []string) error {
		var o hostOptions
		flags.StringVar(&o.root, "root", "", "")
		flags.StringVar(&o.at, "path", "", "")
		flags.StringVar(&o.name, "name", "", "")
		flags.IntVar(&o.port, "port", 80, "")
		return func(ctx context.Context, s *session, args []string) error {
			switch {
			case len(args) == 0:
				page := words{publish.GuideChinese, publish.GuideEnglish}[s.lang]
				return s.result(map[string]string{"page": page}, page)
			case args[0] != "nginx":
				return &usageError{words{"host 后面只能是 nginx,不能是 " + args[0], "host takes nginx, not " + args[0]}}
			case len(args) > 2:
				return tooMany(args[2:])
			}
			return o.nginx(ctx, s, append(args, "")[1])
		}
	},
}

func (o *hostOptions) nginx(ctx context.Context, s *session, target string) error {
	n := publish.Nginx{Root: o.root, Path: "/", Name: "_", Port: o.port}
	if at, err := url.Parse(site.Address(ctx, s.dir)); err == nil && at.Host != "" {
		n.Path, n.Name = at.Path, at.Hostname()
	}
	if o.at != "" {
		n.Path = o.at
	}
	if n.Path = strings.Trim(n.Path, "/"); n.Path != "" {
		n.Path = "/" + n.Path
	}
	n.Path += "/"
	if o.name != "" {
		n.Name = o.name
	}
	switch rest, atHome := strings.CutPrefix(n.Root, "~/"); {
	case n.Root == "":
		var err error
		if n.Root, err = o.rootOf(ctx, s, target); err != nil {
			return err
		}
	case atHome: // no shell has replaced it, and nginx does not know it
		if home, err := os.UserHomeDir(); err == nil {
			n.Root = filepath.ToSlash(filepath.Join(home, rest))
		}
	}
	if o.port < 1 || o.port > 65535 {
		return &usageError{words{"--port 应在 1 到 65535 之间", "--port takes 1 to 65535"}}
	}
	config, err := site.NginxConfig(n)
	if err != nil {
		return nginxWords(err)
	}
	return s.result(map[string]string{"config": config}, config)
}

// rootOf is what the server of a target serves.
func (o *hostOptions) rootOf(ctx context.Context, s *session, target string) (string, error) {
	if target == "" {
		return "", &usageError{words{
			"要给出目标或网站的文件夹,如 rectify host nginx neiwang,或 rectify host nginx --root /srv/zg/current",
			"name a target or the site's folder, as in rectify host nginx intranet, or rectify host nginx --root /srv/zg/current",
		}}
	}
	root, err := site.ServedRoot(ctx, s.portal(target, ""))
	switch {
	case errors.Is(err, site.ErrElsewhere):
		return "", &usageError{words{
			"目标 " + target + " 的文件夹在主机上叫什么,这里不知道;请用 --root 写出",
			"what the folder of " + target + " is called on its host is not known here; name it with --root",
		}}
	case err != nil:
		return "", &targetError{target, err}
	}
	return root, nil
}

// nginxWords says what to do about a value that nginx would misunderstand.
func nginxWords(err error) error {
	var wrong *publish.NginxError
	if !errors.As(err, &wrong) {
		return err
	}
	next := map[string]words{
		"path": {"路径由字母、数字和 . _ ~ - 组成,如 --path /zg/", "a path is made of letters, digits and . _ ~ -, as in --path /zg/"},
		"name": {"域名由字母、数字和 . _ - 组成,如 --name www.example.gov.cn", "a name is made of letters, digits and . _ -, as in --name www.example.gov.cn"},
		"root": {
			"文件夹要从 / 写起,不能有 $、双引号和反斜杠;改不了名的,建一个链接(ln -s 文件夹 /srv/zg),再写 --root /srv/zg/current",
			"a folder begins with / and has no $, double quote or backslash; if it cannot be renamed, make a link to it (ln -s FOLDER /srv/zg), and say --root /srv/zg/current",
		},
	}[wrong.What]
	what := map[string]string{"path": "路径", "name": "域名", "root": "文件夹"}[wrong.What]
	return &usageError{words{what + " " + wrong.Value + " 不能写进 nginx 的配置;" + next[0], wrong.Error() + "; " + next[1]}}
}
