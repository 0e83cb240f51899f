package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/afero"

	"rectify/site/scaffold"
)

type initOptions struct {
	dir     string
	example bool
}

var initCommand = command{
	name:    "init",
	summary: words{"新建一个门户", "make a new portal"},
	help: words{
		`rectify init 整改公开
rectify init --example 示例

在指定的文件夹里新建一个门户,马上就能生成网站。文件夹可以不存在;已有内容的文件夹不会动。
先读里面的 README.md。

  --example   建虚构的示例门户“示例区”:各种页面和写法都有`,
		`rectify init portal
rectify init --example demo

Makes a new portal in a folder, ready to be built. The folder need not exist; one
that holds anything is left alone. Its README.md (in Chinese) is where to start.

  --example   make the invented portal 示例区, which shows every page and every way of writing`,
	},
	setup: func(flags *flag.FlagSet) func(context.Context, *session, []string) error {
		var o initOptions
		flags.BoolVar(&o.example, "example", false, "")
		return func(_ context.Context, s *session, args []string) error {
			if len(args) == 0 || args[0] == "" {
				return &usageError{words{
					"没有说明建在哪个文件夹;例如:rectify init 整改公开",
					"no folder was named; for example: rectify init portal",
				}}
			}
			if len(args) > 1 {
				return tooMany(args[1:])
			}
			o.dir = args[0]
			return o.run(s)
		}
	},
}

// initReport is what init prints with --json.
type initReport struct {
	OK    bool          `json:"ok"`
	Dir   string        `json:"dir"`
	Kind  scaffold.Kind `json:"kind"`
	Files []string      `json:"files"`
	Next  []string      `json:"next"` // commands
}

func (o *initOptions) run(s *session) error {
	dir := o.dir
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(s.dir, dir)
	}
	kind := scaffold.Blank
	if o.example {
		kind = scaffold.Example
	}
	if err := scaffold.Write(afero.NewOsFs(), dir, kind); err != nil {
		return err
	}
	r := initReport{OK: true, Dir: dir, Kind: kind, Files: scaffold.Files(kind)}
	for _, name := range []string{"build", "serve"} {
		r.Next = append(r.Next, "rectify "+name+" -C "+quoted(dir))
	}
	return s.result(r, r.text()[s.lang])
}

func (r initReport) text() words {
	what := words{"一个空白的门户", "a blank portal"}
	if r.Kind == scaffold.Example {
		what = words{"虚构的示例门户“示例区”", "the invented portal 示例区"}
	}
	return words{
		fmt.Sprintf(`已在 %s 建好%s,共 %d 个文件。
  README.md          先读这个,五分钟
  data/portal.yaml   网站的名称、单位、联系方式
  data/reports/      通报和问题

下一步:
  %s   生成网站,写入 public/
  %s   预览,保存即刷新`, r.Dir, what[0], len(r.Files), r.Next[0], r.Next[1]),
		fmt.Sprintf(`Made %s in %s, %d files.
  README.md          read this first (five minutes, in Chinese)
  data/portal.yaml   the site's name, unit and contact
  data/reports/      reports and their issues

Next:
  %s   make the site in public/
  %s   preview it: save and see`, what[1], r.Dir, len(r.Files), r.Next[0], r.Next[1]),
	}
}

// quoted writes a folder as it has to stand in a command.
func quoted(dir string) string {
	if strings.ContainsAny(dir, " \t&()'") {
		return `"` + dir + `"`
	}
	return dir
}

// initWords says what stood in the way of a new portal.
func initWords(err error) (text words, ok bool) {
	var (
		full    *scaffold.NotEmptyError
		blocked *scaffold.NotFolderError
	)
	switch {
	case errors.As(err, &full):
		return words{
			"文件夹 " + full.Dir + " 里已经有内容(" + full.Entry + "),没有动它;请换一个新文件夹,例如:rectify init " + quoted(full.Dir+"-2"),
			full.Error() + "; it was left alone, name a new folder, for example: rectify init " + quoted(full.Dir+"-2"),
		}, true
	case errors.As(err, &blocked):
		return words{
			blocked.Path + " 是文件,不是文件夹;请换一个名字,或先把这个文件移走",
			blocked.Error() + "; choose another name, or move the file away",
		}, true
	case errors.Is(err, fs.ErrPermission):
		return words{
			"没有权限(" + err.Error() + ");请换一个自己的文件夹,或请管理员授权",
			err.Error() + "; choose a folder of your own, or ask the administrator for access",
		}, true
	}
	return words{}, false
}
