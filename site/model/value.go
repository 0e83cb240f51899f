package model

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"rectify/site/internal/device"
	"rectify/site/problem"
)

// The scalar types below are strings that have been checked. They compare and
// sort as strings, print as themselves, and are empty where nothing is known.
// Their UnmarshalText takes a value as a person wrote it and returns a
// problem.Problem without a place as its error.

// Date is a day: "2024-02-20".
type Date string

// UnmarshalText takes YYYY-MM-DD and refuses days that no calendar has.
func (d *Date) UnmarshalText(text []byte) error {
	if _, err := time.Parse(time.DateOnly, string(text)); err != nil {
		return problem.New(problem.BadDate, problem.Place{}, string(text), "YYYY-MM-DD(2024-02-20)")
	}
	*d = Date(text)
	return nil
}

// Chinese prints the day as a signature does: 2024年10月28日.
func (d Date) Chinese() string {
	day, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return day.Format("2006年1月2日")
}

// Period is a day, a month or a year: "2025-02-01", "2025-02", "2025".
type Period string

// UnmarshalText takes YYYY, YYYY-MM or YYYY-MM-DD.
func (p *Period) UnmarshalText(text []byte) error {
	for _, layout := range []string{"2006", "2006-01", time.DateOnly} {
		if _, err := time.Parse(layout, string(text)); err == nil {
			*p = Period(text)
			return nil
		}
	}
	return problem.New(problem.BadDate, problem.Place{}, string(text), "YYYY-MM-DD、YYYY-MM、YYYY(2025-02-01)")
}

// End gives the last day of the period, "" for an empty one.
func (p Period) End() Date {
	switch len(p) {
	case len("2006"):
		return Date(p + "-12-31")
	case len("2006-01"):
		first, err := time.Parse("2006-01", string(p))
		if err != nil {
			return ""
		}
		return Date(first.AddDate(0, 1, -1).Format(time.DateOnly))
	}
	return Date(p)
}

// Minute is a time as government sites print it: "2024-11-08 14:43", local
// time of the portal. The time of day may be left out.
type Minute string

// UnmarshalText takes "YYYY-MM-DD HH:MM" or "YYYY-MM-DD".
func (m *Minute) UnmarshalText(text []byte) error {
	for _, layout := range []string{"2006-01-02 15:04", time.DateOnly} {
		// time.Parse takes "9:05" for "09:05", which would sort wrongly.
		if _, err := time.Parse(layout, string(text)); err == nil && len(text) == len(layout) {
			*m = Minute(text)
			return nil
		}
	}
	return problem.New(problem.BadDate, problem.Place{}, string(text), "YYYY-MM-DD HH:MM(2024-11-08 14:43)")
}

// Day is the date of the minute.
func (m Minute) Day() Date { return Date(m[:min(len(m), len(time.DateOnly))]) }

// Days is a number of days.
type Days int

// mostDays is a century, beyond which a number is a slip.
const mostDays = 36500

// UnmarshalText takes a whole number that is not negative.
func (d *Days) UnmarshalText(text []byte) error {
	n, err := strconv.Atoi(string(text))
	if err != nil || n < 0 || n > mostDays {
		return problem.New(problem.BadValue, problem.Place{}, string(text), problem.Both("天数,0 至 36500 的整数", "a number of days, 0 to 36500"))
	}
	*d = Days(n)
	return nil
}

// IssueID is the number of an issue: six digits, opaque, never reused.
type IssueID uint32

// UnmarshalText takes six digits that do not start with 0.
func (id *IssueID) UnmarshalText(text []byte) error {
	n, err := strconv.ParseUint(string(text), 10, 32)
	if err != nil || len(text) != 6 || n < 100000 {
		return problem.New(problem.BadID, problem.Place{}, string(text), problem.Both("六位数字,不以 0 开头", "six digits (100000–999999)"))
	}
	*id = IssueID(n)
	return nil
}

// UnmarshalJSON takes the number that an id is in JSON.
func (id *IssueID) UnmarshalJSON(text []byte) error { return id.UnmarshalText(text) }

func (id IssueID) String() string { return strconv.FormatUint(uint64(id), 10) }

// Slug names a report, a section or a prose page in addresses.
type Slug string

var slugForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,63}$`)

// UnmarshalText takes up to 64 lower-case letters, digits and hyphens that may
// be a file name on any host.
func (s *Slug) UnmarshalText(text []byte) error {
	if !slugForm.Match(text) || device.Is(string(text)) || string(text) == "index" {
		return problem.New(problem.BadID, problem.Place{}, string(text), problem.Both("小写字母、数字、连字符,至多 64 个,不能是 index、con 等", "lower-case letters, digits and hyphens, not index, con …"))
	}
	*s = Slug(text)
	return nil
}

// WebURL is an absolute http or https address.
type WebURL string

// UnmarshalText takes an absolute http or https address with a host.
func (w *WebURL) UnmarshalText(text []byte) error {
	u, err := url.Parse(string(text))
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return problem.New(problem.BadValue, problem.Place{}, string(text), problem.Both("以 https:// 开头的完整网址", "a full address that starts with https://"))
	}
	*w = WebURL(text)
	return nil
}

// BaseURL is the address of a portal's root: a WebURL that other addresses can
// be put behind.
type BaseURL string

// UnmarshalText takes an absolute http or https address without query,
// fragment, user, or parts of its path that are empty or lead upwards. A host
// in other letters than ASCII is to be written as it is registered (xn--…).
func (b *BaseURL) UnmarshalText(text []byte) error {
	var web WebURL
	if err := web.UnmarshalText(text); err != nil {
		return err
	}
	u, err := url.Parse(string(text))
	if err != nil || u.RawQuery != "" || u.ForceQuery || strings.Contains(string(text), "#") || u.User != nil || !isPlainPath(u.Path) || !isPlainHost(u) {
		return problem.New(problem.BadValue, problem.Place{}, string(text), problem.Both(
			"不带 ?、#、用户名、// 和 .. 的网址;中文域名写成 xn-- 的形式", "an address without ?, #, a user, // or ..; a host in other letters as xn--…"))
	}
	*b = BaseURL(text)
	return nil
}

// isPlainPath says whether browsers take a path as it stands.
func isPlainPath(path string) bool {
	for part := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		if part == "." || part == ".." {
			return false
		}
	}
	return !strings.Contains(path, "//")
}

func isPlainHost(u *url.URL) bool {
	for _, r := range u.Host {
		if r >= 0x80 {
			return false
		}
	}
	port, err := strconv.ParseUint(u.Port(), 10, 16)
	return u.Port() == "" || err == nil && port > 0
}

// StatusCode says how far an issue is. The words as printed stand beside it.
type StatusCode string

// The status codes. NotStated is not a judgement: the source does not say.
const (
	Done          StatusCode = "done"
	BasicallyDone StatusCode = "basically_done"
	InProgress    StatusCode = "in_progress"
	LongTerm      StatusCode = "long_term"
	Overdue       StatusCode = "overdue"
	NotDone       StatusCode = "not_done"
	Reopened      StatusCode = "reopened"
	NotStated     StatusCode = "not_stated"
)

// StatusCodes lists all codes in the order in which they are shown.
func StatusCodes() []StatusCode {
	return []StatusCode{Done, BasicallyDone, InProgress, LongTerm, Overdue, NotDone, Reopened, NotStated}
}

var statusWords = map[StatusCode][2]string{
	Done:          {"已完成", "done"},
	BasicallyDone: {"基本完成", "basically done"},
	InProgress:    {"正在整改", "in progress"},
	LongTerm:      {"长期坚持", "long term"},
	Overdue:       {"逾期", "overdue"},
	NotDone:       {"未完成", "not done"},
	Reopened:      {"重新整改", "reopened"},
	NotStated:     {"未注明", "not stated"},
}

// Word names the status in the language of the interface.
func (c StatusCode) Word(l Language) string {
	return statusWords[c][languageIndex(l)]
}

// languageIndex finds the word of a language in a pair.
func languageIndex(l Language) int {
	if l == EnglishInterface {
		return 1
	}
	return 0
}

// UnmarshalText takes one of StatusCodes.
func (c *StatusCode) UnmarshalText(text []byte) error {
	if !slices.Contains(StatusCodes(), StatusCode(text)) {
		usable := make([]string, 0, len(StatusCodes()))
		for _, known := range StatusCodes() {
			usable = append(usable, string(known)+" "+known.Word(SimplifiedChinese))
		}
		return problem.New(problem.UnknownCode, problem.Place{}, problem.Both("状态", "status"), string(text), strings.Join(usable, "、"))
	}
	*c = StatusCode(text)
	return nil
}

// DeadlineKind says what sort of deadline an issue has.
type DeadlineKind string

// The kinds of deadline.
const (
	ByDate             DeadlineKind = "by_date"
	Immediate          DeadlineKind = "immediate"
	LongTermDeadline   DeadlineKind = "long_term"
	ByDateThenLongTerm DeadlineKind = "by_date_then_long_term"
	Event              DeadlineKind = "event"
)

// DeadlineKinds lists the kinds of deadline.
func DeadlineKinds() []DeadlineKind {
	return []DeadlineKind{ByDate, Immediate, LongTermDeadline, ByDateThenLongTerm, Event}
}

var deadlineWords = map[DeadlineKind][2]string{
	ByDate:             {"限期完成", "by a day"},
	Immediate:          {"立行立改", "at once"},
	LongTermDeadline:   {"长期坚持", "long term"},
	ByDateThenLongTerm: {"限期完成并长期坚持", "by a day, then long term"},
	Event:              {"以事项办结为期", "by an event"},
}

// Word names the kind in the language of the interface.
func (k DeadlineKind) Word(l Language) string { return deadlineWords[k][languageIndex(l)] }

// UnmarshalText takes one of DeadlineKinds.
func (k *DeadlineKind) UnmarshalText(text []byte) error {
	return oneOf(k, text, problem.Both("时限类型", "deadline kind"), DeadlineKinds())
}

// Visibility says whether an issue may leave the data folder.
type Visibility string

// An issue is public unless it says internal.
const (
	Public   Visibility = "public"
	Internal Visibility = "internal"
)

// Visibilities lists what an issue may say of its visibility.
func Visibilities() []Visibility { return []Visibility{Public, Internal} }

// UnmarshalText takes one of Visibilities.
func (v *Visibility) UnmarshalText(text []byte) error {
	return oneOf(v, text, problem.Both("公开范围", "visibility"), Visibilities())
}

// oneOf sets a code to the text if it is one of the known ones.
func oneOf[T ~string](target *T, text []byte, what string, known []T) error {
	if !slices.Contains(known, T(text)) {
		words := make([]string, len(known))
		for i, k := range known {
			words[i] = string(k)
		}
		return problem.New(problem.UnknownCode, problem.Place{}, what, string(text), strings.Join(words, "、"))
	}
	*target = T(text)
	return nil
}
