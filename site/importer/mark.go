package importer

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// class is a way of counting.
type class uint8

// The classes, from the one that usually stands highest to the lowest. A
// document may order them otherwise (rank.go).
const (
	noClass   class = iota
	styled1         // an unnumbered heading of a style, by level
	styled2         //
	styled3         //
	chapter         // 第一部分、第二章
	cnDun           // 一、
	boxed           // 【聚焦党的建设方面】, 党的建设方面: a line of its own without a number
	cnParen         // (一) ㈠
	named           // 问题一： 任务1 序号1
	keyed           // 整改任务：…, where it opens an issue
	arDot           // 1. 1． 1、 ⒈
	decimal2        // 1.1
	decimal3        // 1.1.1
	arHalf          // 1)
	arParen         // (1)
	arRound         // ⑴
	circled         // ①
	letter          // A. a)
	item1           // an item of a numbered list of the format, by how deep it lies
	item2           //
	item3           //
	item4           //
	item5           //
	bare            // 针对“…”的问题, without a number
	namedStep       // 措施一：
	ordinal         // 第一，
	bullet          // ◆ before a measure
	shi             // 一是
	classes
)

// mark is what a line starts with and counts.
type mark struct {
	class class
	num   int // 0 where the number was lost or there is none
	size  int // of the label in bytes
}

const (
	cnDigits   = "〇一二三四五六七八九"
	cnNumerals = "〇零一二三四五六七八九十百"
)

// cnNumber reads 一 to 九百九十九, and 二〇二四 as a year; 0 is what is none.
func cnNumber(text string) int {
	total, digit, plain := 0, -1, 0
	units := false
	for _, r := range text {
		switch r {
		case '十', '百':
			unit := 10
			if r == '百' {
				unit = 100
			}
			if digit < 0 {
				digit = 1
			}
			total += digit * unit
			digit, units = -1, true
		default:
			at := strings.IndexRune(cnDigits, r)
			if r == '零' || r == '○' || r == 'Ｏ' {
				at = 0
			}
			if at < 0 {
				return 0
			}
			d := at / len("一")
			plain = plain*10 + d
			digit = d
		}
		if total > 9999 || plain > 9999 {
			return 0
		}
	}
	if !units {
		return plain
	}
	return total + max(digit, 0)
}

// rows of characters that are a whole label; they count up in the code table.
var enclosed = []struct {
	first, last rune
	class       class
}{
	{'①', '⑳', circled},
	{'⑴', '⒇', arRound},
	{'⒈', '⒛', arDot},
	{'❶', '❿', circled},
	{'㈠', '㈩', cnParen},
	{'㊀', '㊉', cnParen},
	{'➀', '➉', circled},
	{'➊', '➓', circled},
}

var (
	namedForm = regexp.MustCompile(`^[(（【\[]?\s*(整改任务|(?:巡察|巡视|督察|审计)?反馈(?:问题|意见)|具体问题|典型问题|整改问题|整改事项|整改内容|问题|意见|建议|提案|任务|事项|序号|项目)\s*[:：]?\s*[（(]?\s*([一二三四五六七八九十]{1,3}|[0-9０-９]{1,3})\s*(?:(?:至|到|[-—－~～–]+|、|和|及)\s*(?:整改任务|反馈问题|反馈意见|整改问题|整改事项|问题|意见|任务|事项)?\s*([一二三四五六七八九十]{1,3}|[0-9０-９]{1,3})\s*)?([)）】\]][:：、.．]?|[:：、.．,，]|\s|$)`)
	stepForm  = regexp.MustCompile(`^[(（【\[]?(整改措施|措施|举措|做法|整改举措)\s*([一二三四五六七八九十]{1,3}|[0-9０-９]{1,3})\s*([)）】\]][:：、.．]?|[:：、.．,，]|\s)`)
	diForm    = regexp.MustCompile(`^第([一二三四五六七八九十]{1,3})(部分|章|节|项|个问题|条|类)([、:：.．,，]|\s|$)?`)
	ordForm   = regexp.MustCompile(`^(第|其)([一二三四五六七八九十]{1,2})[,，、:：]`)
	// “2.2025年12月建成”: what follows the label is a date
	datedStart = regexp.MustCompile(`^(?:(?:19|20)[0-9]{2}\s*年|(?:[1-9]|1[0-2])月)`)
	decForm    = regexp.MustCompile(`^[0-9]{1,2}([.．][0-9]{1,2}){1,2}[、.．]?`)
)

// parseMark reads the mark at the start of a line. It looks at the line alone;
// whether the number fits is for the tree.
func parseMark(text string) (mark, bool) {
	r, size := utf8.DecodeRuneInString(text)
	switch {
	case size == 0:
		return mark{}, false
	case r == '(' || r == '（' || r == '〔' || r == '[' || r == '【' || r == '［':
		return parseParen(text, size)
	case r >= '0' && r <= '9' || r >= '０' && r <= '９':
		return parseArabic(text)
	case strings.ContainsRune(cnNumerals, r):
		return parseChinese(text)
	case r == '第':
		if m := diForm.FindStringSubmatch(text); m != nil {
			return mark{chapter, cnNumber(m[1]), len(m[0])}, true
		}
		fallthrough
	case r == '其':
		if m := ordForm.FindStringSubmatch(text); m != nil {
			return mark{ordinal, cnNumber(m[2]), len(m[0])}, true
		}
	case r == '.' || r == '．' || r == '、':
		// The digit was lost by a copy.
		if rest := text[size:]; rest != "" && startsWithHan(rest) {
			if r == '、' {
				return mark{cnDun, 0, size}, true
			}
			return mark{arDot, 0, size}, true
		}
	case r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'h':
		next, more := utf8.DecodeRuneInString(text[size:])
		if strings.ContainsRune(".．、)）", next) && startsWithHan(text[size+more:]) {
			return mark{letter, int(unicode.ToUpper(r)-'A') + 1, size + more}, true
		}
	case strings.ContainsRune("整反问任事序项措举做巡督审具典意建提", r):
		return parseNamed(text)
	}
	for _, row := range enclosed {
		if row.first <= r && r <= row.last {
			end := size
			if next, more := utf8.DecodeRuneInString(text[size:]); next == '、' || next == '.' || next == '．' {
				end += more
			}
			return mark{row.class, int(r-row.first) + 1, end}, true
		}
	}
	return mark{}, false
}

func parseNamed(text string) (mark, bool) {
	if m := stepForm.FindStringSubmatch(text); m != nil {
		return mark{namedStep, anyNumber(m[2]), len(strings.TrimRightFunc(m[0], unicode.IsSpace))}, true
	}
	if m := namedForm.FindStringSubmatch(text); m != nil {
		return mark{named, anyNumber(m[2]), len(strings.TrimRightFunc(m[0], unicode.IsSpace))}, true
	}
	return mark{}, false
}

// lastNumber gives the last number of a label such as 问题二至问题三：, 0 where it has
// one only.
func lastNumber(label string) int {
	if m := namedForm.FindStringSubmatch(label); m != nil {
		return anyNumber(m[3])
	}
	return 0
}

// anyNumber reads Chinese numerals and digits of either width.
func anyNumber(text string) int {
	n := 0
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			n = n*10 + int(r-'0')
		case r >= '０' && r <= '９':
			n = n*10 + int(r-'０')
		default:
			return cnNumber(text)
		}
		if n > 9999 {
			return 0
		}
	}
	return n
}

func startsWithHan(text string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(text, unicode.IsSpace))
	return unicode.Is(unicode.Han, r) || r == '“' || r == '《' || r == '"'
}

var closers = map[rune]rune{'(': ')', '（': '）', '〔': '〕', '[': ']', '【': '】', '［': '］'}

// parseParen reads (一) and (1), also with brackets that do not fit, spaces, or
// without a number.
func parseParen(text string, size int) (mark, bool) {
	inner := strings.TrimLeftFunc(text[size:], unicode.IsSpace)
	start := len(text) - len(inner)
	end := strings.IndexFunc(inner, func(r rune) bool { return strings.ContainsRune(")）〕]】］", r) })
	if end < 0 || end > 12 {
		if m, ok := parseNamed(text); ok {
			return m, true
		}
		return mark{}, false
	}
	closer, more := utf8.DecodeRuneInString(inner[end:])
	number := strings.TrimSpace(inner[:end])
	label := start + end + more
	if next, n := utf8.DecodeRuneInString(text[label:]); next == '、' || next == '.' || next == '．' {
		label += n
	}
	opener, _ := utf8.DecodeRuneInString(text)
	switch {
	case number == "":
		if closer == closers[opener] && startsWithHan(text[label:]) && (opener == '(' || opener == '（') {
			return mark{cnParen, 0, label}, true
		}
		return mark{}, false
	case strings.Trim(number, cnNumerals) == "" && length(number) <= 3:
		return mark{cnParen, cnNumber(number), label}, true
	case strings.Trim(number, "0123456789０１２３４５６７８９") == "" && length(number) <= 3:
		return mark{arParen, anyNumber(number), label}, true
	}
	return parseNamed(text)
}

// parseArabic reads 1. 1． 1、 1) and 1.1; not 1.5万元, 2024年 or 3个.
func parseArabic(text string) (mark, bool) {
	end := strings.IndexFunc(text, func(r rune) bool { return (r < '0' || r > '9') && (r < '０' || r > '９') })
	if end < 0 || end > 3*3 || length(text[:end]) > 3 {
		return mark{}, false
	}
	number := text[:end]
	end += spaceBefore(text[end:])
	r, size := utf8.DecodeRuneInString(text[end:])
	rest := text[end+size:]
	switch r {
	case '.', '．':
		if rest != "" && rest[0] >= '0' && rest[0] <= '9' && !datedStart.MatchString(rest) {
			m := decForm.FindString(text)
			after := text[len(m):]
			if m == "" || !startsWithHan(after) || strings.IndexAny(after, "万亿元个次人项件%％倍米公吨亩多余") == 0 || startsWithAny(after, quantities) {
				return mark{}, false
			}
			last := strings.FieldsFunc(m, func(r rune) bool { return r < '0' || r > '9' })
			if len(last) == 2 {
				return mark{decimal2, anyNumber(last[1]), len(m)}, true
			}
			return mark{decimal3, anyNumber(last[len(last)-1]), len(m)}, true
		}
		fallthrough
	case '、', '､':
		// “1.、关于” is seen in real pages.
		if strings.HasPrefix(rest, "、") {
			size += len("、")
		}
		return mark{arDot, anyNumber(number), end + size}, true
	case ')', '）':
		return mark{arHalf, anyNumber(number), end + size}, true
	case ' ', '\t', '\u3000', '\u00a0':
		// “1 关于…问题”: a bare number counts only before such a title.
		if startsWithAny(strings.TrimSpace(rest), leads) {
			return mark{arDot, anyNumber(text[:end]), end}, true
		}
	}
	return mark{}, false
}

var (
	quantities = []string{"万", "亿", "元", "个", "次", "人", "项", "件", "倍", "米", "公", "吨", "亩", "多", "余", "千", "百", "平"}
	leads      = []string{"关于", "针对"}
)

func startsWithAny(text string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(text, w) {
			return true
		}
	}
	return false
}

// parseChinese reads 一、 and 一是.
func parseChinese(text string) (mark, bool) {
	end := strings.IndexFunc(text, func(r rune) bool { return !strings.ContainsRune(cnNumerals, r) })
	if end < 0 || length(text[:end]) > 3 {
		return mark{}, false
	}
	n := cnNumber(text[:end])
	end += spaceBefore(text[end:])
	r, size := utf8.DecodeRuneInString(text[end:])
	switch {
	case n == 0:
	case r == '、' || r == '､' || (r == '.' || r == '．') && startsWithHan(text[end+size:]):
		return mark{cnDun, n, end + size}, true
	case r == '是':
		return mark{shi, n, end + size + leadingPunctuation(text[end+size:])}, true
	case r == '\u3000' || r == ' ' || r == '\t':
		// “一  组织领导情况”: only a short line without a full stop.
		if rest := text[end+size:]; startsWithHan(rest) && length(rest) <= 40 && !strings.Contains(rest, "。") {
			return mark{cnDun, n, end}, true
		}
	}
	return mark{}, false
}

// spaceBefore is the size of white space between a number and its mark: 3 、.
func spaceBefore(text string) int {
	rest := strings.TrimLeft(text, " \u3000\u00a0")
	if len(rest) == len(text) || rest == "" {
		return 0
	}
	if r, size := utf8.DecodeRuneInString(rest); strings.ContainsRune("、．)）", r) && startsWithHan(rest[size:]) {
		return len(text) - len(rest)
	}
	return 0
}

// leadingPunctuation is the size of a colon or comma that belongs to 一是：.
func leadingPunctuation(text string) int {
	r, size := utf8.DecodeRuneInString(text)
	if strings.ContainsRune(":：,，、", r) {
		return size
	}
	return 0
}
