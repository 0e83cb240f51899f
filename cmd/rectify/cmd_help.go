package main

import (
	"context"
	"flag"
	"fmt"
	"strings"
)

var helpCommand = command{
	name:    "help",
	summary: words{"显示帮助", "show help"},
	help: words{
		"rectify help\nrectify help build\n\n列出所有命令,或说明一个命令。",
		"rectify help\nrectify help build\n\nLists all commands, or explains one.",
	},
}

// helpCommand's setup looks at the table that helpCommand stands in, which Go
// refuses as a loop unless it is broken here.
func init() {
	helpCommand.setup = func(*flag.FlagSet) func(context.Context, *session, []string) error {
		return func(_ context.Context, s *session, args []string) error { return helpRun(s, args) }
	}
}

var commonFlags = words{
	`所有命令都可用:
  -C DIR      门户的文件夹,默认是当前文件夹
  --json      结果(包括错误)以 JSON 输出
  --lang L    消息的语言:zh 或 en;默认随系统
  -q          只说结果和错误
  -v          连提示也说

退出码:0 正常,1 失败,2 命令写法有误,3 数据有错,4 生成的网站有错,5 发布目标不可达或只发布了一部分,130 被中断`,
	`Every command takes:
  -C DIR      the portal's folder, by default this one
  --json      the result, errors included, as JSON
  --lang L    the language of messages: zh or en; by default the system's
  -q          nothing but results and errors
  -v          notes as well

Exit codes: 0 good, 1 failed, 2 usage, 3 problems in the data, 4 problems in the output, 5 target unreachable or partly published, 130 interrupted`,
}

func helpRun(s *session, args []string) error {
	if len(args) > 1 {
		return tooMany(args[1:])
	}
	var b strings.Builder
	if len(args) == 0 {
		b.WriteString(words{
			"rectify 把整改数据变成可检索的公开网站\n\n用法:rectify 命令 [选项]\n\n",
			"rectify turns rectification data into a public, searchable site\n\nUsage: rectify COMMAND [FLAGS]\n\n",
		}[s.lang])
		for _, c := range commands() {
			fmt.Fprintf(&b, "  %-10s %s\n", c.name, c.summary[s.lang])
		}
		b.WriteString("\n" + commonFlags[s.lang])
		return s.result(map[string]string{"help": b.String()}, b.String())
	}
	for _, c := range commands() {
		if c.name == args[0] {
			text := c.help[s.lang] + "\n\n" + commonFlags[s.lang]
			return s.result(map[string]string{"help": text}, text)
		}
	}
	return &usageError{words{"没有命令“" + args[0] + "”", "there is no command “" + args[0] + "”"}}
}
