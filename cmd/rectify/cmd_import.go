package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"rectify/site"
	"rectify/site/model"
	"rectify/site/scaffold"
	"rectify/site/undo"
)

type importOptions struct {
	id     string
	update string
	on     string
	write  bool
	report string
	undo   string
}

var importCommand = command{
	name:    "import",
	summary: words{"把通报或台账变成数据", "turn a report or a ledger into data"},
	help: words{
		`rectify import 通报.docx
rectify import 通报.docx --report 核对.html
rectify import 通报.docx --id xuncha-2025 --write
rectify import 网页.html
rectify import - < 粘贴的文字.txt
rectify import 新通报.docx --update xuncha-2025
rectify import 台账.xlsx --update xuncha-2025 --on 2025-06-30 --write
rectify import --undo last

读入一份通报或台账(.docx、.html、.txt、.xlsx、.csv),认出其中的问题、措施、状态、责任单位、
时限,并证明原文没有丢失:每一段去了哪里,都有交代。不加 --write 只列出计划,什么都不写。

  --id ID          新通报的编号(文件夹名),小写字母、数字、连字符;不写就按年份取
  --update ID      更新已有的通报:同一次巡察的新通报,或说明进展的台账。按标题、序号、措施认出同一个
                   问题,编号不变;手工改过的内容不覆盖,只列出来;新的、变的、不再提的都先列出
  --on DATE        状态截至哪一天,也是变动的日期,记入变动记录;不写就用文件自己的日期。台账没有日期时要写
  --report FILE    另写一个核对用的网页:左边是原文,右边是由它得到的数据
  --write          写入 data/;被替换的文件留在 .rectify/undo/ 里
  --undo TIME      退回某一次写入,时间在写入时告诉你;last 是最近一次
  --json           以 JSON 给出认出的全部内容`,
		`rectify import report.docx
rectify import report.docx --report proof.html
rectify import report.docx --id xuncha-2025 --write
rectify import page.html
rectify import - < pasted.txt
rectify import later.docx --update xuncha-2025
rectify import ledger.xlsx --update xuncha-2025 --on 2025-06-30 --write
rectify import --undo last

Reads a report or a ledger (.docx, .html, .txt, .xlsx, .csv), recognises its
issues, measures, statuses, owners and deadlines, and proves that nothing was
lost: of every paragraph it says where it went. Without --write it shows its plan
and writes nothing.

  --id ID          of the new report (its folder): lower-case letters, digits and hyphens; by default of its year
  --update ID      bring a later report of the same inspection, or a ledger of its issues, into a report: issues are
                   known again by title, label and measures and keep their ids; what was edited by hand stays and is
                   listed; what is new, changed and gone is shown first
  --on DATE        the day that statuses hold for and changes are entered under; by default the paper's own. A ledger
                   without a date needs it
  --report FILE    also write a page to compare by eye: the source on the left, what was made of it on the right
  --write          write into data/; what is replaced is kept in .rectify/undo/
  --undo TIME      take back what was written then, or the last time: last
  --json           print all that was recognised as JSON`,
	},
	setup: func(flags *flag.FlagSet) func(context.Context, *session, []string) error {
		var o importOptions
		flags.StringVar(&o.id, "id", "", "")
		flags.StringVar(&o.update, "update", "", "")
		flags.StringVar(&o.on, "on", "", "")
		flags.BoolVar(&o.write, "write", false, "")
		flags.StringVar(&o.report, "report", "", "")
		flags.StringVar(&o.undo, "undo", "", "")
		return func(ctx context.Context, s *session, args []string) error {
			if o.undo != "" {
				return o.takeBack(s, args)
			}
			return o.run(ctx, s, args)
		}
	},
}

func (o *importOptions) run(ctx context.Context, s *session, args []string) error {
	if len(args) == 0 {
		return &usageError{words{
			"没有说明导入哪个文件;例如:rectify import 通报.docx",
			"no file was named; for example: rectify import report.docx",
		}}
	}
	if len(args) > 1 && (o.id != "" || o.report != "" || o.update != "") {
		return &usageError{words{"--id、--update 和 --report 一次只能用于一个文件", "--id, --update and --report take one file at a time"}}
	}
	if o.id != "" && o.update != "" {
		return &usageError{words{"--id 用于新通报,--update 用于已有的通报,只能用一个", "--id is for a new report, --update for one that there is; use one of them"}}
	}
	on, err := dateFlag("on", o.on)
	if err != nil {
		return err
	}
	var id model.Slug
	if o.id != "" {
		if err := id.UnmarshalText([]byte(o.id)); err != nil {
			return &usageError{words{
				"--id 只用小写字母、数字、连字符,例如 xuncha-2025,不能是 " + o.id,
				"--id takes lower-case letters, digits and hyphens such as xuncha-2025, not " + o.id,
			}}
		}
	}
	var papers []site.Paper
	for _, name := range args {
		paper, err := readPaper(s, name)
		if err != nil {
			return err
		}
		papers = append(papers, paper)
	}
	if o.report != "" {
		// Before anything is written: a refusal leaves all as it was.
		if err := mayReport(s.dir, o.report); err != nil {
			return err
		}
	}
	do := site.Import
	switch {
	case len(papers) == 1 && site.IsLedger(papers[0].Data):
		do = site.ApplyLedger
	case o.update != "":
		do = site.Update
	}
	done, err := do(ctx, site.ImportOptions{
		Dir: s.dir, Papers: papers, ID: id, Update: model.Slug(o.update), On: on, Write: o.write, Now: time.Now(),
		Placeholder: scaffold.Placeholder(),
	})
	var mistakes *site.LedgerError
	if errors.As(err, &mistakes) {
		return handBack(s, mistakes)
	}
	if err != nil {
		return err
	}
	if o.report != "" && len(done.Documents) == 0 {
		return &usageError{words{"rectify ledger 导出的台账没有核对用的网页;去掉 --report", "a workbook of rectify ledger has no page to compare; leave --report out"}}
	}
	if o.report != "" {
		page, err := done.Documents[0].Proof()
		if err != nil {
			return err
		}
		if err := writeWhole(o.report, page); err != nil {
			return err
		}
		s.say(words{"核对用的网页已写入 " + o.report, "the page to compare by eye is in " + o.report})
	}
	if s.json {
		return s.printJSON(o.record(s, done))
	}
	s.printProblems(done.Problems)
	return s.result(nil, o.text(s, done))
}

// handBack puts the marked copy of a workbook beside it.
func handBack(s *session, mistakes *site.LedgerError) error {
	ext := filepath.Ext(mistakes.Name)
	base := strings.TrimSuffix(mistakes.Name, ext)
	base = handedBack.ReplaceAllString(base, "")
	for n := 1; ; n++ {
		name := base + "（需改正）" + ext
		if n > 1 {
			name = fmt.Sprintf("%s（需改正%d）%s", base, n, ext)
		}
		if _, err := os.Stat(name); err == nil {
			continue // never over a file that somebody may have worked in
		}
		if err := writeWhole(name, mistakes.Marked); err != nil {
			return err
		}
		return &markedError{mistakes, name}
	}
}

var handedBack = regexp.MustCompile(`（需改正\d*）$`)

// markedError is a workbook with mistakes whose marked copy is in a file.
type markedError struct {
	*site.LedgerError
	copy string
}

// dateFlag reads a day; an empty text is none.
func dateFlag(name, text string) (day model.Date, err error) {
	if text == "" {
		return "", nil
	}
	if err := day.UnmarshalText([]byte(text)); err != nil {
		return "", &usageError{words{
			"--" + name + " 应是 2024-02-20 这样的日期,不能是 " + text,
			"--" + name + " takes a date such as 2024-02-20, not " + text,
		}}
	}
	return day, nil
}

func (o *importOptions) takeBack(s *session, args []string) error {
	if len(args) > 0 {
		return tooMany(args)
	}
	r, restored, err := site.Undo(s.dir, o.undo)
	if err != nil {
		return err
	}
	text := fmt.Sprintf(words{"已退回 %s 的写入,恢复 %d 个文件", "took back what was written at %s; files restored: %d"}[s.lang], r.ID, len(restored))
	if len(restored) == 0 {
		text = fmt.Sprintf(words{"%s 的写入早已退回,没有要恢复的", "what was written at %s is taken back already; there is nothing to restore"}[s.lang], r.ID)
	}
	return s.result(struct {
		OK bool `json:"ok"`
		undo.Record
		Restored []string `json:"restored"`
	}{true, r, append([]string{}, restored...)}, text)
}

// importWords says what stood in the way of an import.
func importWords(err error) (text words, ok bool) {
	var (
		paper      *noPaperError
		exists     *site.ReportExistsError
		none       *site.NoPortalError
		unfinished *site.UnfinishedError
		busy       *undo.BusyError
		changed    *undo.ChangedError
		record     *undo.NoRecordError
		link       *undo.LinkError
		missing    *site.NoReportError
		unsafe     *site.UnsafeError
		place      *noReportPlaceError
		unwritable *unwritableError
	)
	switch {
	case errors.As(err, &place) && place.why == inData:
		return words{
			"核对用的网页不能放在 data/ 里:" + place.name + ";换一个地方,什么都没有写",
			place.Error() + "; name another place, nothing was written",
		}, true
	case errors.As(err, &place):
		return words{
			"已经有文件 " + place.name + ",它不是核对用的网页,没有动它;给 --report 换一个名字",
			place.Error() + ", no page to compare; it was left alone, choose another name for --report",
		}, true
	case errors.As(err, &unwritable) && errors.Is(err, fs.ErrNotExist):
		return words{
			"不能写入 " + unwritable.name + ":没有这个文件夹;先新建它,或换一个地方",
			"cannot write " + unwritable.name + ": there is no such folder; make it or name another place",
		}, true
	case errors.As(err, &unwritable) && errors.Is(err, fs.ErrPermission):
		return words{
			"不能写入 " + unwritable.name + ":没有权限;换一个地方",
			"cannot write " + unwritable.name + ": permission denied; name another place",
		}, true
	case errors.As(err, &unwritable):
		return words{
			"不能写入 " + unwritable.name + ":" + unwritable.err.Error() + ";换一个地方",
			"cannot write " + unwritable.name + ": " + unwritable.err.Error() + "; name another place",
		}, true
	case errors.As(err, &paper) && errors.Is(err, fs.ErrNotExist):
		return words{"找不到文件 " + paper.name, "there is no file " + paper.name}, true
	case errors.As(err, &paper) && errors.Is(err, errIsFolder):
		return words{paper.name + " 是文件夹;请写出里面的文件", paper.name + " is a folder; name the file in it"}, true
	case errors.As(err, &exists) && exists.Same:
		id := string(exists.ID)
		return words{
			"这份原文已经导入过,是通报 " + id + ",没有动它;有改动的新稿用 --update " + id + ";要重新导入,先用 --undo 退回那一次写入",
			"this text is imported already, as the report " + id + ", it was left alone; bring a later draft in with --update " + id + ", or take that import back with --undo first",
		}, true
	case errors.As(err, &exists):
		id := string(exists.ID)
		return words{
			"已经有通报 " + id + ",没有动它;用 --id 换一个编号,或用 --update " + id + " 更新它",
			"there is a report " + id + ", it was left alone; choose another --id, or update it with --update " + id,
		}, true
	case errors.As(err, &none):
		return words{
			"文件夹 " + none.Dir + " 不是门户(没有 data/portal.yaml);先用 rectify init 新建,或用 -C 指明门户所在的文件夹",
			none.Error() + "; make one with rectify init, or name its folder with -C",
		}, true
	case errors.As(err, &unfinished):
		return words{
			"上一次写入没有完成;先退回它:rectify import --undo " + unfinished.ID,
			"the last change was cut short; take it back first: rectify import --undo " + unfinished.ID,
		}, true
	case errors.As(err, &busy):
		return words{
			"另一个 rectify 正在写入这个门户,这一次什么都没有写;等它结束再运行一次",
			"another rectify is writing into this portal, this one wrote nothing; run it again when the other one has ended",
		}, true
	case errors.As(err, &changed):
		return words{
			"这些文件后来被改过,没有动任何文件:" + list(changed.Paths) + ";请先处理它们",
			"edited meanwhile: " + list(changed.Paths) + "; nothing was touched, see to them first",
		}, true
	case errors.As(err, &record):
		if record.ID == undo.Last {
			return words{"没有可以退回的写入", "there is nothing to take back"}, true
		}
		return words{"没有“" + record.ID + "”这一次写入;记录在 .rectify/undo/ 里,最近一次用 last", record.Error() + "; the records are in .rectify/undo/, the newest one is called last"}, true
	case errors.As(err, &missing):
		var have []string
		for _, id := range missing.Have {
			have = append(have, string(id))
		}
		return words{
			"没有通报“" + string(missing.ID) + "”;有:" + list(have),
			missing.Error() + "; there are: " + list(have),
		}, true
	case errors.As(err, &unsafe):
		return words{
			unsafe.Path + " 的写法不便自动修改(" + unsafe.Err.Error() + "),没有动任何文件;请手工修改这个文件",
			unsafe.Path + " is written in a way that cannot be edited safely (" + unsafe.Err.Error() + "); nothing was touched, edit it by hand",
		}, true
	case errors.As(err, &link):
		return words{link.Path + " 是链接或特殊文件,不能写入;请换成普通文件", link.Error() + "; put an ordinary file there"}, true
	}
	return words{}, false
}
