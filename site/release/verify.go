package release

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"rectify/site/model"
	"rectify/site/problem"
	"rectify/site/release/archive"
	"rectify/site/release/sign"
	"rectify/site/release/tilelog"
)

// Key is a key that is trusted in a period.
type Key struct {
	Public      sign.Public
	From, Until model.Date // "" for no limit
}

// Keys takes the keys of trust.yaml.
func Keys(trust *model.Trust) ([]Key, error) {
	if trust == nil {
		return nil, nil
	}
	var keys []Key
	for _, k := range trust.Keys {
		public, err := sign.ParsePublic(string(k.Public))
		if err != nil {
			return nil, fmt.Errorf("read the key %q of trust.yaml: %w", k.Name, err)
		}
		keys = append(keys, Key{public, k.From, k.Until})
	}
	return keys, nil
}

// Trust is what a verification takes for granted.
type Trust struct {
	Keys     []Key
	FromSite bool   // the keys come from what is being verified
	Old      []byte // a checkpoint that somebody kept; nil without one
}

// Verdict is the result of a verification.
type Verdict struct {
	Releases   []string     `json:"releases"` // oldest first
	Signed     int          `json:"signed"`   // of them, with good signatures of a trusted key
	Files      int          `json:"files"`    // that were held against their digests
	Redacted   int          `json:"redacted"` // contents
	Checkpoint string       `json:"checkpoint,omitempty"`
	Problems   problem.List `json:"-"`
}

// OK tells that nothing is wrong.
func (v *Verdict) OK() bool { return !v.Problems.HasErrors() }

// VerifyArchive reads a whole archive and says everything that is wrong with it:
// contents, lists, manifests and their chain, signatures, the log, and what is
// missing or too much. It fails only where it could not look.
func VerifyArchive(ctx context.Context, dir string, trust Trust) (Verdict, error) {
	a, damage, err := archive.OpenAnyway(dir)
	if err != nil {
		return Verdict{}, err
	}
	defer a.Close()
	v := verifier{trust: trust, name: func(path string) string { return path }}
	for _, d := range damage {
		v.fault(d)
	}
	found, err := a.Check(ctx)
	if err != nil {
		return Verdict{}, err
	}
	v.Problems = append(v.Problems, found...)
	for _, r := range a.Releases() {
		v.Releases = append(v.Releases, r.ID)
		v.Files += r.Site.Files + r.Data.Files
		v.signatures("releases/"+r.ID+"/"+archive.ManifestName, r.Signer, r.ID, r.Time, r.File)
	}
	for _, t := range a.Redactions() {
		v.redaction(t, a.RedactionFile)
	}
	v.archiveLog(a)
	v.Problems.Sort()
	return v.Verdict, nil
}

// verifier collects what is found. name turns a path of an archive into that of
// what is being verified.
type verifier struct {
	Verdict
	trust Trust
	name  func(string) string
}

func (v *verifier) add(code problem.Code, path string, args ...string) {
	v.Problems = append(v.Problems, problem.New(code, problem.Place{File: v.name(path)}, args...))
}

// fault takes damage into the list.
func (v *verifier) fault(err error) {
	var d *archive.DamagedError
	if errors.As(err, &d) {
		v.Problems = append(v.Problems, d.Problem)
		return
	}
	v.add(problem.ArchiveUnreadable, "", err.Error())
}

// signatures checks those of a document; read is given names of files that lie
// beside it.
func (v *verifier) signatures(path, signer, id, time string, read func(name string) ([]byte, error)) {
	if signer == "" {
		v.add(problem.Unsigned, path, id)
		return
	}
	base := path[strings.LastIndex(path, "/")+1:]
	document, err := read(base)
	if err != nil {
		return // reported as missing
	}
	key, known := v.key(signer)
	if !known {
		v.add(problem.SignedByUnknown, path, signer)
		return
	}
	good := true
	if day := model.Date(time[:min(len(time), len("2006-01-02"))]); !key.in(day) {
		v.add(problem.SignedOutOfPeriod, path, signer, string(day), key.period())
		good = false
	}
	for _, ending := range sign.Endings() {
		signature, err := read(base + ending)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			v.add(problem.SignatureMissing, path, ending)
			good = false
		case err != nil:
			v.add(problem.ArchiveUnreadable, path+ending, err.Error())
			good = false
		case !key.Public.Verify(ending, document, signature):
			v.add(problem.SignatureWrong, path, ending)
			good = false
		}
	}
	if good && strings.HasSuffix(base, archive.ManifestName) {
		v.Signed++
	}
}

func (v *verifier) key(fingerprint string) (Key, bool) {
	i := slices.IndexFunc(v.trust.Keys, func(k Key) bool { return k.Public.Fingerprint() == fingerprint })
	if i < 0 {
		return Key{}, false
	}
	return v.trust.Keys[i], true
}

func (k Key) in(day model.Date) bool { return k.From <= day && (k.Until == "" || day <= k.Until) }

func (k Key) period() string {
	return cmp.Or(string(k.From), "…") + " – " + cmp.Or(string(k.Until), "…")
}

func (v *verifier) publics() []sign.Public {
	var keys []sign.Public
	for _, k := range v.trust.Keys {
		keys = append(keys, k.Public)
	}
	return keys
}

func (v *verifier) redaction(t *archive.Redaction, read func(t *archive.Redaction, name string) ([]byte, error)) {
	v.Redacted++
	for _, p := range t.Places {
		v.add(problem.WasRedacted, p.Release+": "+p.Path, t.Time[:min(len(t.Time), 10)], t.Reason)
	}
	v.signatures("redactions/"+t.SHA256+"/redaction.json", t.Signer, t.SHA256, t.Time, func(name string) ([]byte, error) { return read(t, name) })
}

// logged is a document that the log has to know.
type logged struct {
	path       string
	entry      archive.Entry
	line       []byte
	checkpoint []byte // its own, nil where there is none
	signed     bool   // and so is its checkpoint
}

// archiveLog checks the log of an archive.
func (v *verifier) archiveLog(a *archive.Archive) {
	var all []logged
	for _, r := range a.Releases() {
		checkpoint, _ := r.File("checkpoint")
		all = append(all, logged{"releases/" + r.ID, r.Log, entryOf(releaseEntry, r.ID, r.Digest), checkpoint, r.Signer != ""})
	}
	for _, t := range a.Redactions() {
		checkpoint, _ := a.RedactionFile(t, "checkpoint")
		all = append(all, logged{"redactions/" + t.SHA256, t.Log, entryOf(redactionEntry, t.SHA256, t.Digest), checkpoint, t.Signer != ""})
	}
	if len(all) == 0 {
		return
	}
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
		v.add(problem.LogChanged, dir+"tile/entries", problem.Both("记录读不出:"+err.Error(), err.Error()))
		return nil
	}
	if !log.Extends(checkpoint) {
		v.add(problem.LogChanged, at, problem.Both("记录和检查点的根摘要不符", "the entries do not give the root of the checkpoint"))
		return nil
	}
	v.Checkpoint = strings.TrimSuffix(checkpoint.String(), "\n")
	verdicts, err := log.Audit(names, read)
	if err != nil {
		v.add(problem.LogChanged, dir, err.Error())
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
	signed := false
	for _, l := range all {
		v.entry(log, checkpoint, l)
		signed = signed || l.signed && l.entry.Index == log.Size()-1
	}
	if int64(len(all)) != log.Size() {
		v.add(problem.LogChanged, at, problem.Both(
			fmt.Sprintf("日志有 %d 条记录,各期和抹去的记录共 %d 条", log.Size(), len(all)),
			fmt.Sprintf("the log has %d entries, releases and redactions are %d", log.Size(), len(all))))
	}
	if signed || isSigned(newest) {
		v.note(at, newest, checkpoint.Origin)
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
	case l.signed || isSigned(l.checkpoint):
		v.note(l.path+"/checkpoint", l.checkpoint, own.Origin)
	}
}

func isSigned(checkpoint []byte) bool { return strings.Contains(string(checkpoint), "\n\n") }

// note checks the signature of a checkpoint.
func (v *verifier) note(path string, note []byte, origin string) {
	_, err := sign.VerifyNote(note, origin, v.publics())
	switch {
	case errors.Is(err, sign.ErrUnsigned):
		v.add(problem.SignatureMissing, path, "checkpoint")
	case err != nil:
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
