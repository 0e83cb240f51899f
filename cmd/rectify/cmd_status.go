package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"

	"rectify/site"
	"rectify/site/publish"
)

type statusOptions struct {
	archive string
	quick   bool
}

var statusCommand = command{
	name:    "status",
	summary: words{"目标上公布的是哪一期、有没有被改动", "what a target shows, and whether somebody changed it"},
	help: words{
		`rectify status
rectify status waiwang
rectify status waiwang --quick
rectify status /srv/zg

说明目标上公布的是哪一期、从什么时候起,并逐字节与档案比较:主机上被改过、删去、多出来的
文件都列出来,已依规抹去而还在主机上的内容排在最前。不写目标时看 data/publish.yaml 里的全部。
没有斜杠的一个词是目标的名称;主机上的文件夹要带斜杠,如 ./zg 或 /srv/zg。什么也不改动。

  --quick          不读文件,只比较大小和时间
  --archive DIR    档案文件夹,默认 archive

退出码:0 一致(或还没有发布过),1 有改动,5 连不上。`,
		`rectify status
rectify status waiwang
rectify status waiwang --quick
rectify status /srv/zg

Says which release a target shows and since when, and compares it byte for byte with
the archive: what was edited, deleted or added on the host is listed, and first what
was redacted and is still there. Without a target it looks at all of data/publish.yaml.
A word without a slash is the name of a target; a folder of this machine has one, as in
./zg or /srv/zg. It changes nothing.

  --quick          read no files; compare sizes and times only
  --archive DIR    the folder of the archive, by default archive

Exit code: 0 equal (or nothing was published yet), 1 different, 5 unreachable.`,
	},
	setup: func(flags *flag.FlagSet) func(context.Context, *session, []string) error {
		var o statusOptions
		flags.StringVar(&o.archive, "archive", "", "")
		flags.BoolVar(&o.quick, "quick", false, "")
		return func(ctx context.Context, s *session, args []string) error {
			if len(args) > 1 {
				return tooMany(args[1:])
			}
			return o.run(ctx, s, args)
		}
	},
}

// statusReport is what status prints with --json.
type statusReport struct {
	OK      bool           `json:"ok"`
	Targets []statusRecord `json:"targets"`
}

type statusRecord struct {
	*site.TargetStatus
	Name  string `json:"name"`
	Error string `json:"error,omitempty"`
}

func (o *statusOptions) run(ctx context.Context, s *session, names []string) error {
	if len(names) == 0 {
		targets, err := site.Targets(ctx, s.dir)
		if err != nil {
			return &targetError{"", err}
		}
		for _, t := range targets {
			names = append(names, string(t.Name))
		}
	}
	report, worst := statusReport{OK: true}, exitGood
	for _, name := range names {
		record, code, err := o.look(ctx, s, name, len(names) > 1)
		if err != nil {
			return err
		}
		report.Targets = append(report.Targets, record)
		worst = max(worst, code)
	}
	if report.OK = worst == exitGood; s.json {
		if err := s.printJSON(report); err != nil {
			return err
		}
	}
	if worst != exitGood {
		return &reported{worst}
	}
	return nil
}

// look prints the status of one target. Where there are several, one that
// cannot be reached does not hide the others.
func (o *statusOptions) look(ctx context.Context, s *session, name string, several bool) (record statusRecord, code int, err error) {
	record.Name = name
	p := s.portal(name, o.archive)
	meter := newMeter(s)
	p.Run.Progress = newTransfer(meter).show
	found, err := site.Status(ctx, p, o.quick)
	meter.clear()
	if err != nil {
		err = &targetError{name, err}
		if !several || ctx.Err() != nil {
			return record, 0, err
		}
		code, record.Error, _ = s.explain(ctx, err)
		if errors.Is(err, site.ErrCarried) {
			code = exitGood
		}
		if !s.json {
			err = s.result(nil, name+"\n  "+record.Error)
		} else {
			err = nil
		}
		return record, code, err
	}
	record.TargetStatus = found
	if found.Live != "" && !found.Equal {
		code = exitFailed
	}
	if s.json {
		return record, code, nil
	}
	return record, code, s.result(nil, s.statusText(found))
}

func (s *session) statusText(t *site.TargetStatus) string {
	lines := []string{t.Target}
	say := func(text words, args ...any) { lines = append(lines, "  "+fmt.Sprintf(text[s.lang], args...)) }
	if t.Root != "" {
		lines[0] += " (" + t.Root + ")"
	}
	if t.Live == "" {
		say(words{"还没有公布过", "nothing was published yet"})
	} else {
		since := ""
		if !t.Since.IsZero() {
			since = words{",自 ", " since "}[s.lang] + moment(t.Since) + words{" 起", ""}[s.lang]
		}
		say(words{"公布的是 %s%s", "live: %s%s"}, t.Live, since)
		lines = append(lines, s.comparedLines(t.Status)...)
	}
	if t.Newest != "" && t.Newest != t.Live {
		say(words{"档案里最新的是 %s", "the newest release of the archive is %s"}, t.Newest)
	}
	others := slices.DeleteFunc(slices.Clone(t.Releases), func(id string) bool { return id == t.Live })
	if len(others) > 0 {
		say(words{"主机上还有:%s", "also on the host: %s"}, s.some(others))
	}
	if t.Unfinished != "" {
		say(words{"%s 的发布没有完成,再运行一次就会接着做", "the publication of %s did not end; run it again, and it goes on"}, t.Unfinished)
	}
	if t.Locked != nil {
		who := owner(t.Locked)
		say(words{"有人正在发布,或中断了:%s,%s没有动静", "a publication is under way, or died: %s, silent for %s"}, who[s.lang], duration(s.lang, t.Locked.Silent.Seconds()))
	}
	return strings.Join(lines, "\n")
}

// comparedLines say how the live release compares.
func (s *session) comparedLines(t *publish.Status) (lines []string) {
	with := map[string]words{
		"release": {"档案", "the archive"}, "record": {"主机上的记录(档案里没有这一期)", "the records on the host (the archive does not have it)"},
	}[t.Compared][s.lang]
	how := words{"逐字节", "byte for byte"}
	if !t.Read {
		how = words{"按大小和时间", "by sizes and times"}
	}
	leave := func(what words, names []string) {
		if len(names) > 0 {
			lines = append(lines, "  "+what[s.lang]+s.some(names))
		}
	}
	leave(words{"!! 已依规抹去的内容访问者还看得到,必须马上撤下(再发布一次):", "!! contents that were redacted are still public and have to leave the host now (publish again): "}, t.Redacted)
	leave(words{"!! 含有已抹去的内容、还在主机上的各期,必须马上删去(再发布一次):", "!! releases with redacted contents are still on the host and have to leave it now (publish again): "}, t.Holding)
	switch {
	case t.Compared == "":
		return []string{"  " + words{"没有可以比较的:主机上没有记录,档案里也没有这一期", "there is nothing to compare it with: no records on the host, and the archive does not have it"}[s.lang]}
	case !t.Any() && len(lines) > 0:
		return lines
	case !t.Any():
		return append(lines, "  "+fmt.Sprintf(words{"%s与%s一致(%d 个文件)", "equal, %s, to %s (%d files)"}[s.lang], how[s.lang], with, t.Files))
	}
	different := words{"与%s不一致;再发布一次就会恢复", "different from %s; publish it again to put it right"}
	if len(t.Edited)+len(t.Missing) == 0 { // what others put there is theirs
		different = words{"与%s不一致", "different from %s"}
	}
	lines = append(lines, "  "+fmt.Sprintf(different[s.lang], with))
	for _, d := range []struct {
		what  words
		names []string
	}{
		{words{"被改过:", "edited: "}, t.Edited},
		{words{"缺少:", "missing: "}, t.Missing},
		{words{"多出(不是本程序放的,同一期再发布不会删;不该有的请在主机上删去):", "added (not by rectify, and publishing the same release leaves it there; delete on the host what does not belong): "}, t.Added},
	} {
		if len(d.names) > 0 {
			lines = append(lines, "    "+d.what[s.lang]+s.some(d.names))
		}
	}
	return lines
}

// owner says whose lock it is.
func owner(e *publish.LockedError) words {
	if e.Torn {
		return words{"一次发布,锁还没有写完,或写到一半中断了", "a publication that is writing its lock, or died then"}
	}
	who := words{"另一台电脑上的一次发布", "a publication on another computer"}
	if e.Here {
		who = words{"本机的一次发布", "a publication on this computer"}
	}
	if e.Process > 0 {
		who[0] += fmt.Sprintf("(进程 %d", e.Process)
		who[1] += fmt.Sprintf(" (process %d", e.Process)
		if !e.Since.IsZero() {
			since := moment(e.Since)
			who[0] += "," + since + " 开始"
			who[1] += ", since " + since
		}
		if e.Dead {
			who[0] += ",已经不在运行"
			who[1] += ", which runs no more"
		}
		who[0] += ")"
		who[1] += ")"
	}
	return who
}
