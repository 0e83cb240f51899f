package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"rectify/site"
)

type approveOptions struct {
	sheet, time, archive string
}

var approveCommand = command{
	name:    "approve",
	summary: words{"打印审签单,写出审批记录的草稿", "print the approval sheet, draft the approval"},
	help: words{
		`rectify approve --sheet 审签单.html
rectify approve --sheet 审签单.html 2026-01

为下一期公布准备审批:检查数据,与上一期比较,写出审签单(用浏览器打开,打印成 A4)和审批
记录的草稿 data/releases/<期号>.yaml,其中的内容摘要已经填好。不写期号时用今天的日期。

审签单上有全部变动的前后对照、拟稿、保密审查、签发三栏、内容摘要(全文、短码、二维码)、
公布日志的检查点和签名密钥的指纹。签好以后在草稿里填上经手人,再运行 rectify release。

  --sheet FILE    审签单写入这个文件
  --time TIME     制单时间,默认是现在
  --archive DIR   档案文件夹,默认 archive`,
		`rectify approve --sheet sheet.html
rectify approve --sheet sheet.html 2026-01

Prepares the approval of the next release: checks the data, compares them with the
last release, and writes the approval sheet (open it in a browser and print it on
A4) and the draft of the approval, data/releases/<id>.yaml, with the digest of the
content filled in. Without an id it takes today's date.

The sheet shows every change before and after, boxes for drafting, secrecy review
and approval, the digest (in full, as a short code, as QR), the checkpoint of the
release log and the fingerprint of the key. When it is signed, fill in the draft
and run rectify release.

  --sheet FILE    write the sheet into this file
  --time TIME     of the sheet, by default now
  --archive DIR   the folder of the archive, by default archive`,
	},
	setup: func(flags *flag.FlagSet) func(context.Context, *session, []string) error {
		var o approveOptions
		flags.StringVar(&o.sheet, "sheet", "", "")
		flags.StringVar(&o.time, "time", "", "")
		flags.StringVar(&o.archive, "archive", "", "")
		return func(ctx context.Context, s *session, args []string) error {
			if len(args) > 1 {
				return tooMany(args[1:])
			}
			return o.run(ctx, s, args)
		}
	},
}

// approveReport is what approve prints with --json.
type approveReport struct {
	OK bool `json:"ok"`
	site.ApproveResult
	Sheet    string          `json:"sheet,omitempty"`
	Summary  string          `json:"summary"`
	Problems []problemRecord `json:"problems"`
}

func (o *approveOptions) run(ctx context.Context, s *session, args []string) error {
	at, err := clockTime(o.time)
	if err != nil {
		return err
	}
	id := at.In(time.FixedZone("", 8*3600)).Format(time.DateOnly)
	if len(args) == 1 {
		id = args[0]
	}
	r, err := site.Approve(ctx, site.ApproveOptions{Options: site.Options{Dir: s.dir, Out: "public", Archive: o.archive}, ID: id, Time: at, Lang: s.lang})
	if err != nil {
		return err
	}
	if o.sheet != "" {
		if err := s.writeFile(o.sheet, r.Sheet.Write); err != nil {
			return err
		}
	}
	summary := r.Sheet.Changes.Summary(s.lang)
	if s.json {
		return s.printJSON(approveReport{true, r, o.sheet, summary, s.records(r.Problems)})
	}
	s.printProblems(r.Problems)
	text := fmt.Sprintf(words{"%s 期:%s\n内容摘要 %s(短码 %s)", "%s: %s\ncontent digest %s (short code %s)"}[s.lang], r.ID, summary, r.Content, r.Code)
	if o.sheet != "" {
		text += "\n" + words{"审签单:", "approval sheet: "}[s.lang] + o.sheet
	}
	switch {
	case r.Written:
		text += "\n" + words{"审批记录草稿:" + r.Record + ";签好后填上经手人,再运行 rectify release " + r.ID, "draft of the approval: " + r.Record + "; fill it in when it is signed, then run rectify release " + r.ID}[s.lang]
	case r.Stale:
		text += "\n" + words{
			"审批记录 " + r.Record + " 里是另一个摘要,没有动它:重新审签以后,把 content_digest 改成上面的摘要,并更新日期",
			"the approval " + r.Record + " names another digest and was left alone: when the new sheet is signed, enter the digest above as content_digest, and the new days",
		}[s.lang]
	default:
		text += "\n" + words{"审批记录 " + r.Record + " 已有,摘要相符", "the approval " + r.Record + " is there and names this digest"}[s.lang]
	}
	return s.result(nil, text)
}

// at is a file that the user named: like every path it is meant from the
// portal's folder, as -C says it.
func (s *session) at(name string) string {
	if name == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(s.dir, name)
}

// writeFile writes a file that the user asked for, whole or not at all.
func (s *session) writeFile(name string, write func(io.Writer) error) error {
	name = s.at(name)
	if err := site.WriteFile(name, write); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}
