package importer

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"rectify/site/model"
)

// day is a date found in a text: year 0 where none is printed, month and day 0
// where it is less exact.
type day struct {
	year, month, day int
	end              bool // 底, 末: the end of the month or year
	from, to         int  // in the text, in bytes
}

const (
	yearPart  = `([2２][0０][0-9０-９]{2}|[1１][9９][0-9０-９]{2}|[二一][〇○零ＯO一二三四五六七八九0]{3})`
	monthPart = `([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})`
)

var (
	dateForm = regexp.MustCompile(
		yearPart + `\s*[年./\-]\s*` + monthPart + `\s*[月./\-]\s*([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]?` + // 2024年2月20日 2024.2.20
			`|` + yearPart + `\s*[年./\-]\s*` + monthPart + `\s*月?(底|末|初|中旬|上旬|下旬)?` + // 2024年6月底 2025.12
			`|` + yearPart + `\s*年(度)?(底|末|内|上半年|下半年|第?[一二三四1-4]季度末?)?` + // 2025年底 2024年
			`|` + `([0-9０-９]{1,2})\s*月\s*([0-9０-９]{1,2})\s*[日号]` + // 2月20日
			`|` + `([0-9０-９]{1,2})\s*月(底|末)`) // 6月底
	signForm = regexp.MustCompile(`^[(（]?\s*` + yearPart + `\s*年\s*` + monthPart + `\s*月\s*([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*日\s*[)）]?$`)
	stamp    = regexp.MustCompile(`([2２][0０][0-9０-９]{2}|[1１][9９][0-9０-９]{2})\s*[-年/.]\s*([0-9０-９]{1,2})\s*[-月/.]\s*([0-9０-９]{1,2})日?(?:[\sT\x{00a0}\x{3000}]*([0-9０-９]{1,2})[:：]([0-9０-９]{2}))?`)
)

// datesIn finds the dates of a text in order.
func datesIn(text string) []day {
	if !strings.ContainsAny(text, "年月./-") {
		return nil
	}
	var out []day
	for _, m := range dateForm.FindAllStringSubmatchIndex(text, -1) {
		group := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return text[m[2*i]:m[2*i+1]]
		}
		d := day{from: m[0], to: m[1]}
		switch {
		case group(1) != "":
			d.year, d.month, d.day = yearOf(group(1)), anyNumber(group(2)), anyNumber(group(3))
		case group(4) != "":
			d.year, d.month = yearOf(group(4)), anyNumber(group(5))
			d.end = group(6) == "底" || group(6) == "末" || group(6) == "下旬"
			// 1.5 and 2024-2025 are no months.
			if !strings.Contains(text[m[0]:m[1]], "月") && !strings.Contains(text[m[0]:m[1]], ".") && !strings.Contains(text[m[0]:m[1]], "-") && !strings.Contains(text[m[0]:m[1]], "/") {
				continue
			}
		case group(7) != "":
			d.year = yearOf(group(7))
			d.season(group(9))
		case group(10) != "":
			d.month, d.day = anyNumber(group(10)), anyNumber(group(11))
		case group(12) != "":
			d.month, d.end = anyNumber(group(12)), true
		}
		if group(4) != "" && d.month > 12 && strings.Contains(text[m[0]:m[1]], "-") {
			d.month = 0 // 2025-27
		}
		if d.valid() {
			out = append(out, d)
		}
	}
	return out
}

// season reads what stands behind a year.
func (d *day) season(word string) {
	switch {
	case word == "底" || word == "末":
		d.month, d.end = 12, true
	case word == "上半年":
		d.month, d.end = 6, true
	case word == "下半年":
		d.month, d.end = 12, true
	case strings.Contains(word, "季度"):
		n := anyNumber(strings.NewReplacer("第", "", "季度", "", "末", "").Replace(word))
		d.month, d.end = 3*n, true
	}
}

func (d day) valid() bool {
	if d.month < 0 || d.month > 12 || d.day < 0 || d.day > 31 || d.year != 0 && (d.year < 1949 || d.year > 2100) {
		return false
	}
	if d.day > 0 && d.year > 0 {
		_, err := time.Parse(time.DateOnly, d.String())
		return err == nil
	}
	return true
}

func yearOf(text string) int {
	if strings.Trim(text, "0123456789０１２３４５６７８９") == "" {
		return anyNumber(text)
	}
	return cnNumber(strings.NewReplacer("○", "〇", "零", "〇", "Ｏ", "〇", "O", "〇", "0", "〇").Replace(text))
}

func (d day) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day) }

// date gives a whole date, or nothing.
func (d day) date() model.Date {
	if d.year == 0 || d.month == 0 || d.day == 0 {
		return ""
	}
	return model.Date(d.String())
}

// period gives the date as exactly as it is printed; 底 is the last day.
func (d day) period() model.Period {
	switch {
	case d.year == 0:
		return ""
	case d.month == 0:
		return model.Period(fmt.Sprintf("%04d", d.year))
	case d.day == 0:
		p := model.Period(fmt.Sprintf("%04d-%02d", d.year, d.month))
		if d.end {
			return model.Period(p.End())
		}
		return p
	}
	return model.Period(d.String())
}

// signedOn reads a line that is nothing but a date, with Chinese numerals or
// digits.
func signedOn(text string) model.Date {
	m := signForm.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	d := day{year: yearOf(m[1]), month: anyNumber(m[2]), day: anyNumber(m[3])}
	if !d.valid() {
		return ""
	}
	return d.date()
}

// minuteOf reads the first stamp of a text: 2024-11-08 14:43.
func minuteOf(text string) model.Minute {
	m := stamp.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	d := day{year: anyNumber(m[1]), month: anyNumber(m[2]), day: anyNumber(m[3])}
	if !d.valid() || d.date() == "" {
		return ""
	}
	if m[4] == "" || anyNumber(m[4]) > 23 || anyNumber(m[5]) > 59 {
		return model.Minute(d.String())
	}
	return model.Minute(fmt.Sprintf("%s %02d:%02d", d, anyNumber(m[4]), anyNumber(m[5])))
}
