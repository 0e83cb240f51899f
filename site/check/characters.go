package check

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"

	"rectify/site/problem"
)

// characters reports what the pass has counted in one value, each kind once:
// a text pasted from a broken file holds hundreds.
func (s *scanner) characters() {
	s.counts[garbleGBK] = 0
	for _, c := range []class{lost, private, invisible} {
		n := s.counts[c]
		if n == 0 {
			continue
		}
		s.counts[c] = 0
		at := s.first[c]
		r, size := utf8.DecodeRuneInString(s.current.text[at:])
		count := strconv.Itoa(n)
		switch c {
		case lost:
			s.hit(problem.LostCharacter, at, at+size, count)
		case private:
			s.hit(problem.PrivateUse, at, at+size, fmt.Sprintf("U+%04X", r), count)
		default:
			s.hit(problem.InvisibleMark, at, at+size, fmt.Sprintf("U+%04X", r), count)
		}
	}
}

// Garbled text comes of UTF-8 that was read in another encoding. It is found by
// going the way back: only text that was garbled turns into sense. Which
// characters can start it is known from the first two bytes of Chinese
// characters and punctuation in UTF-8.

// signalsGBK lists the characters that the first two bytes of such a character
// are in GBK: 锛 of a comma, 鐨 of 的. Some of them are ordinary characters.
// 锟 starts 锟斤拷, which is U+FFFD read so, and 烫 and 屯 are memory that
// Windows programs have not filled.
func signalsGBK() string {
	var b strings.Builder
	decoder := simplifiedchinese.GBK.NewDecoder()
	add := func(lead, second byte) {
		if text, err := decoder.Bytes([]byte{lead, second}); err == nil {
			b.Write(text)
		}
	}
	for lead := byte(0xe4); lead <= 0xe9; lead++ {
		for second := byte(0x80); second <= 0xbf; second++ {
			add(lead, second)
		}
	}
	add(0xef, 0xbc)
	add(0xe3, 0x80)
	add(0xe2, 0x80)
	return b.String() + "锟烫屯"
}

// hopeless are garbled texts that tell nothing of what they were.
var hopeless = []string{"锟斤拷", "烫烫烫", "屯屯屯"}

// garbled looks at the offset of a character that may start garbled text, and
// gives the end of that text, or 0.
func (s *scanner) garbled(c class, at int) (end int) {
	text := s.current.text
	for _, h := range hopeless {
		if strings.HasPrefix(text[at:], h) {
			for end = at + len(h); strings.HasPrefix(text[end:], h); {
				end += len(h)
			}
			s.mojibake(at, end, problem.Both("原来的字已经丢失", "the characters are lost"))
			return end
		}
	}
	was, length := backFromGBK(text[at:])
	if c == garbleLatin {
		was, length = backFromLatin(text[at:])
	}
	if length == 0 {
		return 0
	}
	end = at + length
	was = quoted(short(was))
	s.mojibake(at, end, problem.Both("原来多半是"+was, "it was most likely "+was))
	return end
}

// mojibake reports the first garbled passage of a value: where there is one,
// there are more.
func (s *scanner) mojibake(at, end int, was string) {
	if s.counts[garbleGBK]++; s.counts[garbleGBK] == 1 {
		s.hit(problem.Mojibake, at, end, short(s.current.text[at:end]), was)
	}
}

// backFromGBK gives what the start of a text was if it is Chinese in UTF-8 that
// was read as GBK, and how many bytes of the text that is. Two characters that
// are both common are sense; rarer ones come about by chance.
func backFromGBK(text string) (was string, length int) {
	encoder := simplifiedchinese.GBK.NewEncoder()
	var raw []byte
	var ends []int // the offset in text behind each byte of raw
	for i, r := range text {
		if r < utf8.RuneSelf || len(raw) > 60 {
			break
		}
		two, err := encoder.Bytes([]byte(string(r)))
		if err != nil || len(two) != 2 {
			break
		}
		end := i + utf8.RuneLen(r)
		raw, ends = append(raw, two...), append(ends, end, end)
	}
	n, good := 0, 0
	for n < len(raw) {
		r, size := utf8.DecodeRune(raw[n:])
		if size < 3 || !commonChinese(r) {
			break
		}
		n += size
		good++
	}
	if good < 2 {
		return "", 0
	}
	return string(raw[:n]), ends[n-1]
}

// commonChinese tells the marks of Chinese and the characters that stand in the
// first level of GB 2312.
func commonChinese(r rune) bool {
	if 0x3000 < r && r <= 0x3011 || 0xff01 <= r && r <= 0xff5e || 0x2010 <= r && r <= 0x2026 {
		return true
	}
	if !unicode.Is(unicode.Han, r) {
		return false
	}
	two, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(string(r)))
	return err == nil && len(two) == 2 && 0xb0 <= two[0] && two[0] <= 0xd7 && two[1] >= 0xa1
}

// backFromLatin does the same for UTF-8 that was read as Windows-1252.
func backFromLatin(text string) (was string, length int) {
	var raw []byte
	var ends []int
	for i, r := range text {
		b, ok := charmap.Windows1252.EncodeRune(r)
		if !ok || b < utf8.RuneSelf || len(raw) > 60 {
			break
		}
		raw, ends = append(raw, b), append(ends, i+utf8.RuneLen(r))
	}
	n := 0
	for n < len(raw) {
		r, size := utf8.DecodeRune(raw[n:])
		if size < 2 || r > 0x24f && !commonChinese(r) {
			break // × before a quotation mark makes a Hebrew letter
		}
		n += size
	}
	if n == 0 {
		return "", 0
	}
	return string(raw[:n]), ends[n-1]
}
