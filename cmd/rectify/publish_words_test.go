package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode"

	"rectify/site"
	"rectify/site/problem"
	"rectify/site/publish"
	"rectify/site/publish/pack"
	"rectify/site/publish/s3"
	"rectify/site/publish/sftp"
	"rectify/site/release/archive"
)

func TestWhatStopsAPublicationIsSaidInBothLanguagesWithWhatToDo(t *testing.T) {
	key := &publish.KeyFileError{Path: "/k", Err: errors.New("no PEM")}
	for _, test := range []struct {
		err  error
		code int
		en   string
	}{
		{&site.TargetError{}, exitUsage, "rectify help publish"},
		{&site.TargetError{Name: "x", Have: []string{"a", "b"}}, exitUsage, "there are: a, b"},
		{site.ErrFolder, exitUsage, "add a target to it (name: NAME, type: local, path: wai-wang)"},
		{&site.NotStagingError{Target: "t"}, exitFailed, "not marked staging"},
		{&site.PlaceError{What: "key_file", Path: "data/k", In: "data"}, exitFailed, "put it elsewhere"},
		{&site.PlaceError{What: "path", Path: "."}, exitFailed, "name another folder"},
		{&site.UnbuiltError{Dir: "public"}, exitFailed, "rectify build"},
		{&publish.SourceError{Path: "a.html"}, exitFailed, "rectify build"},
		{&archive.UnknownError{ID: "x"}, exitFailed, "no release x"},
		{site.ErrNotAPackage, exitUsage, "only a package"},
		{site.ErrCarried, exitFailed, "rectify status FOLDER"},
		{site.ErrNoArchive, exitFailed, "rectify release"},

		{&publish.UnreachableError{Address: "h:22", Err: errors.New("refused")}, exitTarget, "cannot reach h:22: refused"},
		{&publish.UnreachableError{Address: filepath.Join(os.TempDir(), "a"), Err: fs.ErrNotExist}, exitTarget, "the folder above it has to be there"},
		{fmt.Errorf("%w: reset", publish.ErrLost), exitTarget, "reset"},
		{&sftp.HostKeyError{Address: "h", Shown: "SHA256:x"}, exitTarget, "host_key: SHA256:x"},
		{&sftp.HostKeyError{Address: "h", Shown: "SHA256:x", Known: []string{"SHA256:y"}, Changed: true}, exitTarget, "nothing was sent"},
		{&sftp.HostKeyError{Address: "h", Shown: "SHA256:x", Known: []string{"SHA256:y"}, Changed: true, File: "known_hosts"}, exitTarget, "it shows SHA256:x, and in known_hosts stands SHA256:y"},
		{&sftp.HostKeyError{Address: "h", Shown: "SHA256:x", Type: "ssh-rsa"}, exitTarget, "ssh-keygen -lf /etc/ssh/ssh_host_rsa_key.pub"},
		{&sftp.HostKeyError{Address: "h", Shown: "SHA256:x", Changed: true, Revoked: true, File: "known_hosts"}, exitTarget, "is revoked (in known_hosts)"},
		{&sftp.AuthError{Address: "h", User: "u"}, exitTarget, "RECTIFY_WAI_WANG_PASSWORD"},
		{&sftp.AuthError{Address: "h", User: "u", Tried: []string{"agent"}}, exitTarget, "tried: agent"},
		{&s3.AuthError{Endpoint: "e"}, exitTarget, "RECTIFY_WAI_WANG_SECRET_KEY"},
		{&s3.AuthError{Endpoint: "e", Code: "InvalidAccessKeyId"}, exitTarget, "InvalidAccessKeyId"},
		{&s3.BucketError{Endpoint: "e", Bucket: "b"}, exitTarget, "no bucket b"},
		{&publish.KeyFileError{Path: "/k", Open: true}, exitFailed, "chmod 600"},
		{&publish.KeyFileError{Path: "/k", Locked: true}, exitFailed, "RECTIFY_WAI_WANG_PASSPHRASE"},
		{key, exitFailed, "no PEM"},

		{&publish.LockedError{Process: 7, Here: true, Since: time.Now()}, exitFailed, "--force"},
		{&publish.LockedError{Torn: true}, exitFailed, "after a minute of silence"},
		{&publish.ForeignError{Path: "a", Adopt: true}, exitFailed, "--adopt"},
		{&publish.ForeignError{Path: "a"}, exitFailed, "use another folder"},
		{&publish.LinkError{Path: "a"}, exitFailed, "was not followed"},
		{&publish.TakenError{Release: "r"}, exitFailed, "another id"},
		{&publish.LayoutError{Want: publish.LayoutReleases, Have: publish.LayoutPlain}, exitFailed, "layout: plain"},
		{&publish.DeletionsError{Delete: 30, Of: 100}, exitFailed, "30 of 100 files would be deleted, which is more than a fifth; nothing was changed. If it is meant, add --yes"},
		{&publish.ReturnError{Release: "a", Live: "b"}, exitFailed, "rectify rollback wai-wang a"},
		{&publish.RedactedError{Release: "r", Paths: []string{"a", "b"}}, exitFailed, "add --yes"},
		{&publish.UnknownReleaseError{}, exitFailed, "name one"},
		{&publish.UnknownReleaseError{Release: "r", Have: []string{"a"}}, exitFailed, "the archive does not have it either"},
		{publish.ErrNewer, exitFailed, "use that version"},
		{publish.ErrLockLost, exitFailed, "another publisher"},

		{&pack.BadError{Package: "p.zip", Why: pack.WrongFile, Path: "files/a"}, exitFailed, "the site was left as it is"},
		{&site.SignatureError{Package: "p.zip", Why: site.ForgeryKey}, exitFailed, "signed by another key"},
		{&publish.UnfitError{Base: "a", Live: "b"}, exitFailed, "apply a first"},
		{&publish.UnfitError{Base: "a"}, exitFailed, "there is no site yet"},
		{&publish.UnfitError{Base: "a", Path: "x.html"}, exitFailed, "without --since"},

		{fmt.Errorf("write a: %w", publish.ErrFull), exitFailed, "make room"},
		{publish.Spool(syscall.ENOSPC), exitFailed, "not the target"},
		{publish.Full(publish.Spool(syscall.ENOSPC)), exitFailed, "not the target"},
		{&fs.PathError{Op: "mkdir", Path: "/ro/zg", Err: syscall.EROFS}, exitFailed, "/ro/zg: read-only file system; use another place"},
		{sftp.ErrNoReason, exitFailed, "often its disk is full"},
		{fmt.Errorf("write a: %w", fs.ErrPermission), exitFailed, "ask the administrator"},
		{&fs.PathError{Op: "stat", Path: "x.zip", Err: syscall.ENOENT}, exitFailed, "check its name"},

		{&publish.StoppedError{Phase: publish.PhaseSend, Live: "a", Err: publish.ErrFull}, exitTarget, "Visitors still see a; the same command goes on from there"},
		{&publish.StoppedError{Phase: publish.PhaseSend, Live: "a", Mixed: true, Err: publish.ErrFull}, exitTarget, "each of them whole"},
		{&publish.StoppedError{Phase: publish.PhaseSend, Mixed: true, Err: publish.ErrFull}, exitTarget, "Some files are out already"},
		{&publish.StoppedError{Phase: publish.PhaseSend, Err: publish.ErrFull}, exitTarget, "Visitors see no site yet"},
	} {
		text, code, ok := targetWords(t.Context(), &targetError{"wai-wang", fmt.Errorf("try it: %w", test.err)})
		if !ok || code != test.code {
			t.Errorf("%v: exit %d, want %d", test.err, code, test.code)
		}
		if !strings.Contains(text[1], test.en) {
			t.Errorf("%v: %q does not say %q", test.err, text[1], test.en)
		}
		if !strings.ContainsFunc(text[0], func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%v: %q is not Chinese", test.err, text[0])
		}
		if tail := english.FindString(typed.ReplaceAllString(text[0], "")); tail != "" {
			t.Errorf("%v: in Chinese it says %q", test.err, tail)
		}
	}
}

var (
	english = regexp.MustCompile(`[a-z]{2,} [a-z]{2,} [a-z]{2,}`)
	typed   = regexp.MustCompile(`(rectify|ssh-keygen|chmod) [-a-z]+`)
)

func TestNamesOnAHostCommandNoTerminal(t *testing.T) {
	s := &session{lang: 1}
	for name, want := range map[string]string{
		"公开 第一批（a）.html":      "公开 第一批（a）.html",
		"\x1b[2Jevil.html":    `\x1b[2Jevil.html`,
		"a\u202elmth.exe":     `a\u202elmth.exe`,
		"two\rlines\x07.html": `two\rlines\a.html`,
	} {
		if got := s.some([]string{name}); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
	text, _, _ := targetWords(t.Context(), &targetError{"t", &publish.ForeignError{Path: "current → \x1b[31m"}})
	if strings.Contains(text[0]+text[1], "\x1b") {
		t.Errorf("got %q", text)
	}
}

func TestAFolderThatIsAskedForWithoutASlashIsPointedOut(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("zg", 0o755); err != nil {
		t.Fatal(err)
	}
	for _, e := range []*site.TargetError{{}, {Name: "zg", Have: []string{"a"}}} {
		text, _, _ := targetWords(t.Context(), &targetError{"zg", e})
		for _, text := range text {
			if !strings.Contains(text, "./zg") {
				t.Errorf("got %q", text)
			}
		}
	}
}

func TestRedactedContentsComeFirstInAStatus(t *testing.T) {
	s := &session{lang: 1}
	got := s.comparedLines(&publish.Status{Compared: "release", Redacted: []string{"a.html"}, Holding: []string{"r1"}})
	want := []string{
		"  !! contents that were redacted are still public and have to leave the host now (publish again): a.html",
		"  !! releases with redacted contents are still on the host and have to leave it now (publish again): r1",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestAStatusPromisesToPutRightOnlyWhatPublishingPutsRight(t *testing.T) {
	s := &session{lang: 1}
	for _, test := range []struct {
		drift publish.Drift
		want  bool
	}{
		{publish.Drift{Edited: []string{"a.html"}, Added: []string{"b.html"}}, true},
		{publish.Drift{Missing: []string{"a.html"}}, true},
		{publish.Drift{Added: []string{"b.html"}}, false},
	} {
		text := strings.Join(s.comparedLines(&publish.Status{Compared: "release", Drift: test.drift}), "\n")
		if got := strings.Contains(text, "publish it again"); got != test.want {
			t.Errorf("%+v: %q", test.drift, text)
		}
		if got := strings.Contains(text, "delete on the host what does not belong"); got != (test.drift.Added != nil) {
			t.Errorf("%+v: %q", test.drift, text)
		}
	}
}

func TestInterruptedPublicationSaysWhatVisitorsSee(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, test := range []struct {
		err  error
		want string
	}{
		{context.Canceled, "what t shows has not changed"},
		{&publish.StoppedError{Phase: publish.PhaseSend, Live: "a", Err: context.Canceled}, "interrupted. Visitors still see a"},
	} {
		text, code, _ := targetWords(ctx, &targetError{"t", test.err})
		if code != exitInterrupted || !strings.Contains(text[1], test.want) {
			t.Errorf("exit %d: %q, want %q", code, text[1], test.want)
		}
	}
}

func TestTransferTellsFilesBytesRateAndTimeLeft(t *testing.T) {
	s := &session{lang: 1}
	tr := newTransfer(&meter{s: s})
	began := time.Now()
	tr.phase, tr.started, tr.before = publish.PhaseSend, began, 0
	p := publish.Progress{Phase: publish.PhaseSend, Files: 3, Of: 10, Bytes: 2_000_000, BytesOf: 12_000_000}
	if got, want := tr.text(1, p, began.Add(4*time.Second)), "sending 3/10 files, 2.0 MB/12 MB, 500 KB/s, 20 s left"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := tr.text(0, p, began.Add(4*time.Second)), "发送 3/10 个文件, 2.0 MB/12 MB, 500 KB/s, 还需 20 秒"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := tr.text(1, p, began), "sending 3/10 files, 2.0 MB/12 MB"; got != want {
		t.Errorf("at once: got %q, want %q", got, want)
	}
}

func TestPlanSaysWhatVisitorsMayNotice(t *testing.T) {
	plan := &publish.Plan{Release: "b", Live: "a", Add: 12, Change: 3, Delete: 1, Bytes: 482_300, Gap: true}
	for lang, want := range map[problem.Lang]string{
		0: "b → t: +12 ~3 −1, 482 KB(现在公布的是 a)\n  这台主机不能一步替换文件:改动的每个文件会有一瞬间打不开",
		1: "b → t: +12 ~3 −1, 482 KB (live is a)\n  this host cannot replace a file in one step: each that changes is missing for a moment",
	} {
		if got := (&session{lang: lang}).planText("t", plan); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	plan.Change = 0
	if got := (&session{lang: 1}).planText("t", plan); strings.Contains(got, "moment") {
		t.Errorf("nothing changes: %q", got)
	}
}

func TestSizesForPeople(t *testing.T) {
	for n, want := range map[int64]string{0: "0 B", 999: "999 B", 1000: "1 KB", 482_300: "482 KB", 999_600: "1.0 MB", 1_240_000: "1.2 MB", 26_000_000: "26 MB", 3_100_000_000: "3.1 GB"} {
		if got := size(n); got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
}
