package main

import (
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unicode"
	"unicode/utf8"

	"rectify/site/problem"
	"rectify/site/publish"
)

// transfer shows how far something is that travels: files, bytes, rate, time
// left.
type transfer struct {
	m       *meter
	phase   publish.Phase
	started time.Time // of the phase
	before  int64     // bytes that had arrived then
	retry   int
}

func newTransfer(m *meter) *transfer { return &transfer{m: m} }

// show is given every step of the progress, from several goroutines but one
// after the other.
func (t *transfer) show(p publish.Progress) {
	lang := t.m.s.lang
	if p.Retry != t.retry && p.Retry > 0 {
		t.m.say(fmt.Sprintf(words{"连接断了%s,第 %d 次重试", "the link broke%s; try %d"}[lang], breakWords(p.RetryCause)[lang], p.Retry))
	}
	t.retry = p.Retry
	now := time.Now()
	if p.Phase != t.phase {
		t.phase, t.started, t.before = p.Phase, now, p.Bytes
	}
	t.m.line(func() string { return t.text(lang, p, now) })
}

func (t *transfer) text(lang problem.Lang, p publish.Progress, now time.Time) string {
	text := phaseWords[p.Phase][lang]
	if p.Of == 0 || p.Phase != publish.PhaseSend && p.Phase != publish.PhaseCheck && p.Phase != publish.PhaseVerify {
		return text
	}
	text += fmt.Sprintf(words{" %d/%d 个文件", " %d/%d files"}[lang], p.Files, p.Of)
	if p.BytesOf == 0 {
		return text
	}
	text += fmt.Sprintf(", %s/%s", size(p.Bytes), size(p.BytesOf))
	took := now.Sub(t.started).Seconds()
	rate := float64(p.Bytes-t.before) / max(took, 0.001)
	if took < 1 || rate <= 0 {
		return text
	}
	left := float64(max(0, p.BytesOf-p.Bytes)) / rate
	return text + fmt.Sprintf(words{", %s/s, 还需 %s", ", %s/s, %s left"}[lang], size(int64(rate)), duration(lang, left))
}

var phaseWords = map[publish.Phase]words{
	publish.PhaseConnect: {"连接", "connecting"},
	publish.PhasePlan:    {"比对", "comparing"},
	publish.PhaseSend:    {"发送", "sending"},
	publish.PhaseVerify:  {"核对", "verifying"},
	publish.PhaseSwitch:  {"切换", "switching"},
	publish.PhaseClean:   {"清理", "cleaning up"},
	publish.PhaseCheck:   {"读取", "reading"},
}

// size is a number of bytes for people, in steps of 1,000 as disks and networks
// count them.
func size(n int64) string {
	const units = "KMGT"
	if n < 1000 {
		return fmt.Sprintf("%d B", n)
	}
	value, unit := float64(n)/1000, 0
	for value >= 999.5 && unit < len(units)-1 {
		value, unit = value/1000, unit+1
	}
	if value < 9.95 && unit > 0 {
		return fmt.Sprintf("%.1f %cB", value, units[unit])
	}
	return fmt.Sprintf("%.0f %cB", value, units[unit])
}

// duration is a time span for people.
func duration(lang problem.Lang, seconds float64) string {
	switch {
	case seconds < 9.5:
		return fmt.Sprintf(words{"%.1f 秒", "%.1f s"}[lang], seconds)
	case seconds < 90:
		return fmt.Sprintf(words{"%.0f 秒", "%.0f s"}[lang], seconds)
	case seconds < 90*60:
		return fmt.Sprintf(words{"%.0f 分钟", "%.0f min"}[lang], seconds/60)
	}
	return fmt.Sprintf(words{"%.1f 小时", "%.1f h"}[lang], seconds/3600)
}

// breakWords says in brackets why a link broke. What has no words in Chinese is
// left out there: the sentence is true without it.
func breakWords(err error) words {
	reason := reasonWord(err)
	if reason != "" {
		reason = "(" + reason + ")"
	}
	return words{reason, " (" + err.Error() + ")"}
}

// reasonWord is a reason of the network or the system in Chinese, "" where there
// are no words for it.
func reasonWord(err error) string {
	var (
		slow    net.Error
		name    *net.DNSError
		unknown x509.UnknownAuthorityError
		other   x509.HostnameError
		expired x509.CertificateInvalidError
	)
	switch {
	case errors.Is(err, syscall.ECONNRESET):
		return "对方重置了连接"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "对方拒绝连接"
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return "网络不通"
	case errors.As(err, &name) && !name.IsTimeout:
		return "没有这个主机名,或查不到"
	case errors.As(err, &slow) && slow.Timeout():
		return "对方没有回应"
	case errors.As(err, &unknown):
		return "证书不是可信的机构签发的"
	case errors.As(err, &other):
		return "证书不是这个主机名的"
	case errors.As(err, &expired):
		return "证书无效或已过期"
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed), errors.Is(err, syscall.EPIPE):
		return "对方关闭了连接"
	case errors.Is(err, fs.ErrNotExist):
		return "没有这个文件或文件夹"
	case errors.Is(err, fs.ErrPermission):
		return "没有权限"
	case errors.Is(err, syscall.ENOTDIR):
		return "它不是文件夹"
	}
	return ""
}

// reason is reasonWord, or else what the system says.
func reason(err error) string {
	if word := reasonWord(err); word != "" {
		return word
	}
	return err.Error()
}

// onPath names the file of this machine that an error of the system is about.
func onPath(err error) string {
	var at *fs.PathError
	var moved *os.LinkError
	switch {
	case errors.As(err, &at):
		return at.Path
	case errors.As(err, &moved):
		return moved.New
	}
	return ""
}

// printable is a text that others wrote, such as the name of a file on a host, as
// it can be shown: nothing in it commands the terminal or turns the line around.
func printable(text string) string {
	hidden := func(r rune) bool {
		return r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) || r == utf8.RuneError
	}
	if !strings.ContainsFunc(text, hidden) {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if hidden(r) {
			quoted := strconv.QuoteToASCII(string(r))
			b.WriteString(quoted[1 : len(quoted)-1])
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// moment is a time as people of this place read it, with the place: who reads it
// may be elsewhere.
func moment(t time.Time) string { return t.Local().Format("2006-01-02 15:04 -07:00") }
