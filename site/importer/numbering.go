package importer

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// Word does not store “（一）” in the text: a paragraph says which list it is in,
// and numbering.xml how that list counts. The labels are counted here as Word
// counts them.

type numberingXML struct {
	Abstract []struct {
		ID     string     `xml:"abstractNumId,attr"`
		Levels []levelXML `xml:"lvl"`
		Link   struct {
			Val string `xml:"val,attr"`
		} `xml:"numStyleLink"`
		Style struct {
			Val string `xml:"val,attr"`
		} `xml:"styleLink"`
	} `xml:"abstractNum"`
	Nums []struct {
		ID       string `xml:"numId,attr"`
		Abstract struct {
			Val string `xml:"val,attr"`
		} `xml:"abstractNumId"`
		Overrides []struct {
			Level int `xml:"ilvl,attr"`
			Start *struct {
				Val int `xml:"val,attr"`
			} `xml:"startOverride"`
			Lvl *levelXML `xml:"lvl"`
		} `xml:"lvlOverride"`
	} `xml:"num"`
}

type levelXML struct {
	Level int `xml:"ilvl,attr"`
	Start *struct {
		Val int `xml:"val,attr"`
	} `xml:"start"`
	Format struct {
		Val    string `xml:"val,attr"`
		Format string `xml:"format,attr"`
	} `xml:"numFmt"`
	Text struct {
		Val string `xml:"val,attr"`
	} `xml:"lvlText"`
	Restart *struct {
		Val int `xml:"val,attr"`
	} `xml:"lvlRestart"`
	Legal *struct {
		Val string `xml:"val,attr"`
	} `xml:"isLgl"`
	Suffix struct {
		Val string `xml:"val,attr"`
	} `xml:"suff"`
	PStyle struct {
		Val string `xml:"val,attr"`
	} `xml:"pStyle"`
}

const listLevels = 9

// listNumber is a numbering that paragraphs can name.
type listNumber struct {
	abstract string
	levels   [listLevels]*levelXML
	starts   [listLevels]int // of an override, -1 without one
	begun    [listLevels]bool
}

// numberer counts the lists of a document.
type numberer struct {
	nums    map[string]*listNumber
	counts  map[string]*[listLevels]int // by abstract numbering: lists that share one count on
	used    map[string]*[listLevels]bool
	byStyle map[string][2]string // a paragraph style's list and level
}

func newNumberer(data []byte) *numberer {
	n := &numberer{nums: map[string]*listNumber{}, counts: map[string]*[listLevels]int{}, used: map[string]*[listLevels]bool{}, byStyle: map[string][2]string{}}
	var doc numberingXML
	if len(data) == 0 || xml.Unmarshal(data, &doc) != nil {
		return n
	}
	abstracts := map[string][]levelXML{}
	styles := map[string]string{}
	for _, a := range doc.Abstract {
		abstracts[a.ID] = a.Levels
		if a.Style.Val != "" {
			styles[a.Style.Val] = a.ID
		}
	}
	for _, a := range doc.Abstract {
		if target, ok := styles[a.Link.Val]; ok && len(a.Levels) == 0 {
			abstracts[a.ID] = abstracts[target]
		}
	}
	for _, num := range doc.Nums {
		l := &listNumber{abstract: num.Abstract.Val}
		for i := range l.starts {
			l.starts[i] = -1
		}
		levels := abstracts[num.Abstract.Val]
		for i := range levels {
			if at := levels[i].Level; at >= 0 && at < listLevels {
				l.levels[at] = &levels[i]
				if style := levels[i].PStyle.Val; style != "" {
					if _, have := n.byStyle[style]; !have {
						n.byStyle[style] = [2]string{num.ID, strconv.Itoa(at)}
					}
				}
			}
		}
		for _, o := range num.Overrides {
			if o.Level < 0 || o.Level >= listLevels {
				continue
			}
			if o.Lvl != nil {
				l.levels[o.Level] = o.Lvl
			}
			if o.Start != nil {
				l.starts[o.Level] = o.Start.Val
			}
		}
		n.nums[num.ID] = l
	}
	return n
}

// label counts a paragraph and gives what Word shows before it.
func (n *numberer) label(id string, level int) string {
	l := n.nums[id]
	if l == nil || level < 0 || level >= listLevels || l.levels[level] == nil {
		return ""
	}
	counts, used := n.counts[l.abstract], n.used[l.abstract]
	if counts == nil {
		counts, used = &[listLevels]int{}, &[listLevels]bool{}
		n.counts[l.abstract], n.used[l.abstract] = counts, used
	}
	for up := 0; up <= level; up++ {
		fresh := !used[up]
		if l.starts[up] >= 0 && !l.begun[up] && up == level {
			fresh = true
			l.begun[up] = true
		}
		switch {
		case fresh:
			counts[up] = start(l, up)
			used[up] = true
		case up == level:
			counts[up]++
		}
	}
	for down := level + 1; down < listLevels; down++ {
		if lvl := l.levels[down]; lvl != nil && lvl.Restart != nil && (lvl.Restart.Val == 0 || level+1 > lvl.Restart.Val) {
			continue // counts on whatever stands above
		}
		used[down] = false
	}
	return l.show(level, counts)
}

// ambiguous tells a level whose labels look like those of another level of its
// list, as 1. on each: then only the list knows how deep an item lies.
func (n *numberer) ambiguous(id string, level int) bool {
	l := n.nums[id]
	if l == nil {
		return false
	}
	first := [listLevels]int{1, 1, 1, 1, 1, 1, 1, 1, 1}
	own, ok := parseMark(l.show(level, &first) + "一")
	if !ok {
		return false
	}
	used := n.used[l.abstract]
	for other := range listLevels {
		if other == level || l.levels[other] == nil || other > level && (used == nil || !used[other]) {
			continue
		}
		if m, ok := parseMark(l.show(other, &first) + "一"); ok && m.class == own.class {
			return true
		}
	}
	return false
}

func start(l *listNumber, level int) int {
	if l.starts[level] >= 0 {
		return l.starts[level]
	}
	if lvl := l.levels[level]; lvl != nil && lvl.Start != nil {
		return lvl.Start.Val
	}
	if l.levels[level] == nil || l.levels[level].Start == nil {
		return 1
	}
	return 0
}

// show fills the numbers into the pattern of a level, such as （%1）.
func (l *listNumber) show(level int, counts *[listLevels]int) string {
	lvl := l.levels[level]
	if lvl.Format.Val == "bullet" || lvl.Format.Val == "none" && !strings.Contains(lvl.Text.Val, "%") {
		return ""
	}
	legal := lvl.Legal != nil && lvl.Legal.Val != "0" && lvl.Legal.Val != "false"
	text := lvl.Text.Val
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+1 < len(text) && text[i+1] >= '1' && text[i+1] <= '9' {
			at := int(text[i+1] - '1')
			i++
			format := "decimal"
			if l.levels[at] != nil && (!legal || at == level) {
				format = l.levels[at].Format.Val
				if format == "custom" {
					format = l.levels[at].Format.Format
				}
			}
			b.WriteString(numeral(counts[at], format))
			continue
		}
		b.WriteByte(text[i])
	}
	out := strings.TrimSpace(b.String())
	if out != "" && out[len(out)-1] >= '0' && out[len(out)-1] <= '9' {
		out += " "
	}
	return out
}

// numeral writes a number as a format of Word does.
func numeral(n int, format string) string {
	row := func(first rune, many int) string {
		if n >= 1 && n <= many {
			return string(first + rune(n-1))
		}
		return strconv.Itoa(n)
	}
	switch format {
	case "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseDigital", "koreanDigital", "japaneseDigitalTenThousand", "koreanDigital2":
		return chineseNumeral(n, "零一二三四五六七八九", "十百千")
	case "chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal":
		return chineseNumeral(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟")
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return row('①', 20)
	case "decimalEnclosedParen":
		return row('⑴', 20)
	case "decimalEnclosedFullstop":
		return row('⒈', 20)
	case "decimalFullWidth", "decimalFullWidth2":
		return strings.Map(func(r rune) rune { return r - '0' + '０' }, strconv.Itoa(n))
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case "ideographTraditional":
		if n >= 1 && n <= 10 {
			return string([]rune("甲乙丙丁戊己庚辛壬癸")[n-1])
		}
	case "upperLetter":
		return letters(n, 'A')
	case "lowerLetter":
		return letters(n, 'a')
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "none":
		return ""
	}
	return strconv.Itoa(n)
}

func letters(n int, first rune) string {
	if n < 1 || n > 780 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(first+rune((n-1)%26)), (n-1)/26+1)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, r := range []struct {
		n    int
		text string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= r.n {
			b.WriteString(r.text)
			n -= r.n
		}
	}
	return b.String()
}

// chineseNumeral writes 1 to 9999: 十一, 二十, 一百零五.
func chineseNumeral(n int, digits, units string) string {
	if n < 0 || n > 9999 {
		return strconv.Itoa(n)
	}
	d, u := []rune(digits), []rune(units)
	if n == 0 {
		return string(d[0])
	}
	var out []rune
	gap := false
	for power, value := 3, 1000; power >= 0; power, value = power-1, value/10 {
		digit := n / value % 10
		if digit == 0 {
			gap = gap || len(out) > 0
			continue
		}
		if gap {
			out = append(out, d[0])
			gap = false
		}
		// 十一, not 一十一.
		if !(power == 1 && digit == 1 && len(out) == 0 && u[0] == '十') {
			out = append(out, d[digit])
		}
		if power > 0 {
			out = append(out, u[power-1])
		}
	}
	return string(out)
}
