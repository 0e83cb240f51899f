package check

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// label is what a printed label counts: “(3)”, “3、”, “③”, “三是” and “㈢” all
// count 3. form tells the ways of counting apart, so that “1.” after “(二)” is
// no gap.
type label struct {
	n    int // 0 where nothing is counted
	form string
}

// parseLabel reads a label as reports print them.
func parseLabel(text string) label {
	text = strings.ReplaceAll(text, "．", ".")
	text = width.Narrow.String(strings.Join(strings.Fields(text), ""))
	runes := []rune(text)
	from := 0
	for from < len(runes) && strings.ContainsRune("(〔[【第其", runes[from]) {
		from++
	}
	if from < len(runes) {
		if n, form := enclosed(runes[from]); n > 0 {
			return label{n, form}
		}
	}
	to := from
	for to < len(runes) && runes[to] >= '0' && runes[to] <= '9' {
		to++
	}
	kind, n := "1", 0
	if to > from {
		if to-from > 4 {
			return label{}
		}
		for _, r := range runes[from:to] {
			n = n*10 + int(r-'0')
		}
	} else {
		for to < len(runes) && strings.ContainsRune(chineseNumerals, runes[to]) {
			to++
		}
		kind, n = "一", chineseNumber(runes[from:to])
	}
	if n == 0 {
		return label{}
	}
	return label{n, string(runes[:from]) + kind + strings.TrimRightFunc(string(runes[to:]), unicode.IsSpace)}
}

// enclosed reads the characters that are a number in a circle, in brackets or
// with a full stop. They stand in the code table in rows that count up.
func enclosed(r rune) (n int, form string) {
	rows := []struct {
		first, last rune
		form        string
	}{
		{'①', '⑳', "①"}, {'⑴', '⒇', "⑴"}, {'⒈', '⒛', "⒈"}, {'❶', '❿', "❶"}, {'㈠', '㈩', "㈠"}, {'㊀', '㊉', "㊀"},
	}
	for _, row := range rows {
		if row.first <= r && r <= row.last {
			return int(r-row.first) + 1, row.form
		}
	}
	return 0, ""
}

const (
	chineseDigits   = "〇一二三四五六七八九"
	chineseNumerals = chineseDigits + "零十百"
)

// chineseNumber reads 一 to 九百九十九; 0 is what is no number.
func chineseNumber(runes []rune) int {
	total, digit := 0, 0
	for _, r := range runes {
		switch r {
		case '零':
		case '十', '百':
			unit := 10
			if r == '百' {
				unit = 100
			}
			total += max(digit, 1) * unit
			digit = 0
		default:
			if digit > 0 {
				return 0 // 二〇二四 is a year, 一二 an enumeration
			}
			digit = strings.IndexRune(chineseDigits, r) / len("一")
		}
	}
	return total + digit
}
