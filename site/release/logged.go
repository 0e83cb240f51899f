package release

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"rectify/site/problem"
	"rectify/site/release/archive"
	"rectify/site/release/sign"
	"rectify/site/release/tilelog"
)

// logged is a document that the log has to know.
type logged struct {
	path       string
	entry      archive.Entry
	line       []byte
	checkpoint []byte // its own, nil where there is none
	signer     string // of it and of its checkpoint; "" for nobody
	time       string // RFC 3339
}

// archiveLog checks the log of an archive.
func (v *verifier) archiveLog(a *archive.Archive) {
	var all []logged
	for _, r := range a.Releases() {
		checkpoint, _ := r.File("checkpoint")
		all = append(all, logged{"releases/" + r.ID, r.Log, entryOf(releaseEntry, r.ID, r.Digest), checkpoint, r.Signer, r.Time})
	}
	for _, t := range a.Redactions() {
		checkpoint, _ := a.RedactionFile(t, "checkpoint")
		all = append(all, logged{"redactions/" + t.SHA256, t.Log, entryOf(redactionEntry, t.SHA256, t.Digest), checkpoint, t.Signer, t.Time})
	}
	if len(all) == 0 {
		return
	}
	v.order(all)
	newest, err := a.Checkpoint()
	if err != nil {
		v.fault(err)
		return
	}
	names, err := a.LogNames()
	if err != nil {
		v.fault(err)
		return
	}
	log := v.log("log/", newest, names, a.LogFile, all)
	if log == nil {
		return
	}
	copied, err := a.LogFile("checkpoint")
	if err == nil && string(copied) != string(newest) {
		if c, err := tilelog.ParseCheckpoint(copied); err == nil && c.Size < log.Size() && log.Extends(c) {
			v.add(problem.CheckpointOld, "log/checkpoint")
		} else {
			v.add(problem.LogChanged, "log/checkpoint", problem.Both("检查点和最新一期的不同", "the checkpoint is not that of the newest entry"))
		}
	}
}

// log checks a log against its checkpoint, its files and what it has to know.
// It returns nil where the log cannot be read.
func (v *verifier) log(dir string, newest []byte, names []string, read func(string) ([]byte, error), all []logged) *tilelog.Log {
	at := dir + "checkpoint"
	checkpoint, err := tilelog.ParseCheckpoint(newest)
	if err != nil {
		v.add(problem.LogChanged, at, problem.Both("检查点读不懂", err.Error()))
		return nil
	}
	log, err := tilelog.Open(checkpoint.Size, read)
	if err != nil {
		v.add(problem.LogChanged, dir+"tile/entries", problem.Both("记录缺少或不完整,读不出来", err.Error()))
		return nil
	}
	if !log.Extends(checkpoint) {
		v.add(problem.LogChanged, at, problem.Both("记录和检查点的根摘要不符", "the entries do not give the root of the checkpoint"))
		return nil
	}
	v.Checkpoint = strings.TrimSuffix(checkpoint.String(), "\n")
	verdicts, err := log.Audit(names, read)
	if err != nil {
		v.add(problem.LogChanged, dir, problem.Both("记录缺少或不完整,读不出来", err.Error()))
	}
	for _, f := range verdicts {
		if f.Reason == tilelog.TooNew {
			v.add(problem.ArchiveLeftover, dir+f.Name)
			continue
		}
		words := map[tilelog.Reason]string{
			tilelog.Missing: problem.Both("缺少这个文件", "the file is missing"),
			tilelog.Changed: problem.Both("这个文件和记录不符", "the file does not fit the entries"),
			tilelog.Unknown: problem.Both("多出这个文件", "the file is no part of it"),
		}
		v.add(problem.LogChanged, dir+f.Name, words[f.Reason])
	}
	last := ""
	for _, l := range all {
		v.entry(log, checkpoint, l)
		if l.entry.Index == log.Size()-1 {
			last = l.signer
		}
	}
	if int64(len(all)) != log.Size() && !v.torn {
		v.add(problem.LogChanged, at, problem.Both(
			fmt.Sprintf("日志有 %d 条记录,各期和抹去的记录共 %d 条", log.Size(), len(all)),
			fmt.Sprintf("the log has %d entries, releases and redactions are %d", log.Size(), len(all))))
	}
	if last != "" || isSigned(newest) {
		v.note(at, newest, checkpoint.Origin, last)
	}
	v.old(log, checkpoint)
	return log
}

// entry checks that the log knows a document, at its place and with its digest.
func (v *verifier) entry(log *tilelog.Log, newest tilelog.Checkpoint, l logged) {
	name := l.path[strings.LastIndex(l.path, "/")+1:]
	if string(log.Entry(l.entry.Index)) != string(l.line) || l.entry.Origin != newest.Origin {
		v.add(problem.LogLacks, l.path, name)
	}
	if l.checkpoint == nil {
		return
	}
	own, err := tilelog.ParseCheckpoint(l.checkpoint)
	switch {
	case err != nil || own.Origin != newest.Origin || own.Size != l.entry.Index+1 || !log.Extends(own):
		v.add(problem.LogChanged, l.path+"/checkpoint", problem.Both("检查点和日志不符", "the checkpoint does not fit the log"))
	case l.signer != "" || isSigned(l.checkpoint):
		v.note(l.path+"/checkpoint", l.checkpoint, own.Origin, l.signer)
	}
}

// order checks that the documents of the log lie one behind the other in time
// as they do in the log. Without this a key whose period is over could still
// sign what claims to be old.
func (v *verifier) order(all []logged) {
	all = slices.SortedFunc(slices.Values(all), func(a, b logged) int { return cmp.Compare(a.entry.Index, b.entry.Index) })
	var last logged
	var latest time.Time
	for _, l := range all {
		at, err := time.Parse(time.RFC3339, l.time)
		if err != nil {
			v.add(problem.ArchiveUnreadable, l.path, problem.Both("时间读不懂", "its time cannot be read"))
			continue
		}
		if at.Before(latest) {
			v.add(problem.TimeOutOfOrder, l.path, l.time, last.path, last.time)
			continue
		}
		last, latest = l, at
	}
}

func isSigned(checkpoint []byte) bool { return strings.Contains(string(checkpoint), "\n\n") }

// note checks the signature of a checkpoint: it is by whoever signed what the
// checkpoint came with.
func (v *verifier) note(path string, note []byte, origin, signer string) {
	by, err := sign.VerifyNote(note, origin, v.publics())
	switch {
	case errors.Is(err, sign.ErrUnsigned):
		if _, known := v.key(signer); !known && signer != "" && isSigned(note) {
			return // a key that nobody trusts has been named where the document is
		}
		v.add(problem.SignatureMissing, path, "checkpoint")
	case err != nil || signer != "" && by.Fingerprint() != signer:
		v.add(problem.SignatureWrong, path, "checkpoint")
	}
}

// old holds the log against a checkpoint that somebody kept.
func (v *verifier) old(log *tilelog.Log, newest tilelog.Checkpoint) {
	if v.trust.Old == nil {
		return
	}
	// It may have been copied from a page or typed from paper: without its
	// signature, with the line ends of an editor.
	text := strings.ReplaceAll(string(v.trust.Old), "\r", "")
	text = strings.TrimLeft(strings.TrimPrefix(text, "\ufeff"), "\n ")
	body, _, _ := strings.Cut(text, "\n\n")
	kept, err := tilelog.ParseCheckpoint([]byte(strings.TrimRight(body, "\n ") + "\n"))
	if err != nil {
		v.Problems = append(v.Problems, problem.New(problem.LogChanged, problem.Place{}, problem.Both("给出的检查点读不懂", "the checkpoint that was given cannot be read")))
		return
	}
	if kept.Origin != newest.Origin || !log.Extends(kept) {
		v.add(problem.LogRewritten, "log/checkpoint", fmt.Sprint(kept.Size), fmt.Sprint(newest.Size))
	}
}
