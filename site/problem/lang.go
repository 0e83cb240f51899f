package problem

import "strings"

// Lang is a language of messages.
type Lang uint8

// The two languages in which the program speaks.
const (
	Chinese Lang = iota
	English
)

// ParseLang takes a language or locale name as people and environments write
// it ("zh", "zh_CN.UTF-8", "en", "en-GB"); ok is false for any other.
func ParseLang(s string) (lang Lang, ok bool) {
	tag, _, _ := strings.Cut(strings.ToLower(s), ".")
	tag, _, _ = strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	switch tag {
	case "zh":
		return Chinese, true
	case "en":
		return English, true
	}
	return Chinese, false
}

// Word names a severity for people.
func (s Severity) Word(lang Lang) string {
	if lang == English {
		return s.String()
	}
	return [...]string{"提示", "警告", "错误"}[s]
}
