package check

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"rectify/site/model"
	"rectify/site/problem"
)

// Personal data are numbers of citizens, telephones and bank cards, and mail
// addresses. Numbers are looked for with the separators that people write and
// in both widths. False alarms stop a build, so each kind is held against all
// that is known of its form.

// run is a row of groups of digits with one separator between two of them:
// 138 1234 5678.
type run struct {
	digits []byte
	groups []group
}

// group is a part of a run: digits from:to, which stand at start:end in the
// text.
type group struct{ from, to, start, end int }

// number looks at the digits that start at an offset; before is the character
// before them. It gives the end of the run, so that the pass goes on behind it.
func (s *scanner) number(at int, before rune) (end int) {
	text := s.current.text
	if end, ok := shortNumber(text, at); ok {
		return end
	}
	var r run
	end = r.read(text, at)
	if !s.personal || len(r.digits) < 11 || isWord(before) || isDecimal(text[:at]) {
		return end
	}
	after, _ := utf8.DecodeRuneInString(text[end:])
	for i := 0; i < len(r.groups); {
		j, code := r.find(i)
		switch {
		case code == "",
			j == len(r.groups)-1 && isWord(after),
			isAmount(code) && s.countsThings(r.groups[i].start, r.groups[j].end):
			i++
			continue
		}
		number := string(r.digits[r.groups[i].from:r.groups[j].to])
		if !s.known[phoneKey(number)] {
			s.hit(code, r.groups[i].start, r.groups[j].end, masked(number))
		}
		i = j + 1
	}
	return end
}

// shortNumber gives the end of digits that are too few for anything and stand
// alone, as nearly all numbers of a report do.
func shortNumber(text string, at int) (end int, ok bool) {
	for end = at; end < len(text) && text[end] >= '0' && text[end] <= '9'; end++ {
	}
	if end == len(text) {
		return end, end-at < 11
	}
	r, _ := utf8.DecodeRuneInString(text[end:])
	_, isDigit := digitOf(r)
	return end, end-at < 11 && end > at && !isDigit && !isSeparator(r)
}

// isSeparator tells what people put between the groups of a number.
func isSeparator(r rune) bool {
	return strings.ContainsRune(" \u00a0\u3000-\u2010\u2011\u2012\u2013\u2014\uff0d", r)
}

// read collects the run that starts at an offset and gives its end.
func (r *run) read(text string, at int) int {
	g := group{start: at}
	for at < len(text) {
		c, size := utf8.DecodeRuneInString(text[at:])
		if d, ok := digitOf(c); ok {
			r.digits = append(r.digits, d)
			at += size
			continue
		}
		g.to, g.end = len(r.digits), at
		if (c == 'x' || c == 'X' || c == '\uff58' || c == '\uff38') && g.to >= 17 {
			// The check digit of a citizen's number may be X.
			r.digits = append(r.digits, 'X')
			at += size
			g.to, g.end = len(r.digits), at
			break
		}
		after, _ := utf8.DecodeRuneInString(text[at+size:])
		if _, ok := digitOf(after); !ok || !isSeparator(c) {
			break
		}
		r.groups = append(r.groups, g)
		at += size
		g = group{from: len(r.digits), start: at}
	}
	if g.end == 0 {
		g.to, g.end = len(r.digits), at
	}
	r.groups = append(r.groups, g)
	return g.end
}

// find looks for a number that starts with group i: the group alone, or with
// those behind it.
func (r *run) find(i int) (last int, code problem.Code) {
	for j := i; j < len(r.groups) && r.groups[j].to-r.groups[i].from <= 19; j++ {
		if code := identify(string(r.digits[r.groups[i].from:r.groups[j].to]), r.groups[i:j+1]); code != "" {
			return j, code
		}
	}
	return 0, ""
}

// identify says what a number is.
func identify(number string, groups []group) problem.Code {
	switch n := len(number); {
	case n == 18 && isCitizen(number):
		return problem.IDNumber
	case n == 15 && len(groups) == 1 && isOldCitizen(number):
		return problem.OldIDNumber
	case n >= 11 && n <= 15 && isMobile(number, groups):
		return problem.MobileNumber
	case n >= 16 && n <= 19 && isCard(number, groups):
		return problem.BankCard
	}
	return ""
}

// provinces are the first two digits of citizens' numbers.
const provinces = " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 "

// isCitizen knows 18 characters by their province, day of birth, and check
// digit (GB 11643, ISO 7064 MOD 11-2).
func isCitizen(number string) bool {
	if !strings.Contains(provinces, " "+number[:2]+" ") || number[6:8] < "19" || number[6:8] > "20" {
		return false
	}
	if _, err := time.Parse("20060102", number[6:14]); err != nil {
		return false
	}
	sum := 0
	for i := range 17 {
		if number[i] == 'X' {
			return false
		}
		sum = (sum + int(number[i]-'0')) * 2 % 11
	}
	return number[17] == "10X98765432"[sum%11]
}

// isOldCitizen knows the form that was in use until 1999, which has no check
// digit: a business licence of those years can look the same, unless its own
// check digit (MOD 11,10) agrees.
func isOldCitizen(number string) bool {
	if !strings.Contains(provinces, " "+number[:2]+" ") {
		return false
	}
	if _, err := time.Parse("20060102", "19"+number[6:12]); err != nil {
		return false
	}
	p := 10
	for i := range 14 {
		p = (p + int(number[i]-'0')) % 10
		if p == 0 {
			p = 10
		}
		p = p * 2 % 11
	}
	return (p+int(number[14]-'0'))%10 != 1
}

// isMobile knows 11 digits that start with 13 to 19, perhaps behind the code of
// the country or the 0 of long-distance calls.
func isMobile(number string, groups []group) bool {
	if len(groups) == 1 {
		for _, prefix := range []string{"0086", "86", "0"} {
			number = strings.TrimPrefix(number, prefix)
			if len(number) == 11 {
				break
			}
		}
	}
	if len(number) != 11 || number[0] != '1' || number[1] < '3' {
		return false
	}
	switch sizes(groups) {
	case "3-4-4", "3-8", "7-4", "4-4-3", "4-3-4", "3-3-5":
		return true
	}
	return len(groups) == 1
}

// isCard knows 16 to 19 digits that start like a card (62 of UnionPay, 4 and 51
// to 55 of others) and end with Luhn's check digit.
func isCard(number string, groups []group) bool {
	switch {
	case strings.HasSuffix(number, "X"):
		return false
	case strings.HasPrefix(number, "62"):
	case len(number) != 16:
		return false
	case number[0] != '4' && (number[0] != '5' || number[1] < '1' || number[1] > '5'):
		return false
	}
	for i, g := range groups {
		if n := g.to - g.from; len(groups) > 1 && n != 4 && (i < len(groups)-1 || n > 4) {
			return sizes(groups) == "6-13" && luhn(number)
		}
	}
	return luhn(number)
}

func luhn(number string) bool {
	sum := 0
	for i := range len(number) {
		d := int(number[len(number)-1-i] - '0')
		if i%2 == 1 {
			d *= 2
		}
		sum += d/10 + d%10
	}
	return sum%10 == 0
}

// sizes writes how many digits each group has: 3-4-4.
func sizes(groups []group) string {
	var b strings.Builder
	for i, g := range groups {
		if i > 0 {
			b.WriteByte('-')
		}
		n := g.to - g.from
		if n > 9 {
			b.WriteByte('0' + byte(n/10))
		}
		b.WriteByte('0' + byte(n%10))
	}
	return b.String()
}

// isAmount tells the kinds of number that an amount of money can look like.
func isAmount(code problem.Code) bool {
	return code == problem.MobileNumber || code == problem.BankCard
}

// countsThings tells from what stands around a number that it counts something
// or is the number of a document.
func (s *scanner) countsThings(start, end int) bool {
	before := strings.TrimRight(s.current.text[:start], " ")
	after := strings.TrimLeft(s.current.text[end:], " ")
	r, _ := utf8.DecodeLastRuneInString(before)
	if strings.ContainsRune("\u00a5\uffe5$第№", r) {
		return true
	}
	if r, size := utf8.DecodeRuneInString(after); strings.ContainsRune("元万亿%\uff05", r) {
		return true
	} else if r == '.' || r == ',' {
		next, _ := utf8.DecodeRuneInString(after[size:])
		_, ok := digitOf(next)
		return ok
	}
	return false
}

// isDecimal tells that what follows a text are the digits behind its decimal
// point.
func isDecimal(text string) bool {
	rest, ok := strings.CutSuffix(text, ".")
	r, _ := utf8.DecodeLastRuneInString(rest)
	_, isDigit := digitOf(r)
	return ok && isDigit
}

// isWord tells what joins a number to a name or an address.
func isWord(r rune) bool {
	return r < utf8.RuneSelf && (unicode.IsLetter(r) || r == '_' || r == '=')
}

func digitOf(r rune) (byte, bool) {
	switch {
	case '0' <= r && r <= '9':
		return byte(r), true
	case '\uff10' <= r && r <= '\uff19':
		return byte(r - '\uff10' + '0'), true
	}
	return 0, false
}

// masked shows the first three and the last two characters: enough to find the
// number again, too little to use it.
func masked(number string) string {
	return number[:3] + strings.Repeat("*", len(number)-5) + number[len(number)-2:]
}

// address looks at the @ at an offset; next is the offset behind it.
func (s *scanner) address(at, next int) {
	if !s.personal {
		return
	}
	text := s.current.text
	from, to := at, next
	for from > 0 && isAddress(text[from-1]) {
		from--
	}
	for to < len(text) && isAddress(text[to]) {
		to++
	}
	local := strings.TrimLeft(text[from:at], ".-+%_")
	domain := strings.TrimRight(text[next:to], ".-+%_")
	name, last := domain, ""
	if dot := strings.LastIndexByte(domain, '.'); dot > 0 {
		name, last = domain[:dot], domain[dot+1:]
	}
	if local == "" || name == "" || len(last) < 2 || s.known[strings.ToLower(local+"@"+domain)] {
		return
	}
	keep := min(2, len(local)-1)
	s.hit(problem.EmailAddress, at-len(local), next+len(domain),
		local[:keep]+strings.Repeat("*", len(local)-keep)+"@"+domain)
}

func isAddress(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte(".-+%_", c) >= 0
}

// contacts are the numbers and addresses that the portal itself gives to the
// public: they may stand anywhere.
func contacts(portal *model.Portal) map[string]bool {
	known := map[string]bool{}
	add := func(c *model.Contact) {
		if c == nil {
			return
		}
		for _, phone := range c.Phones {
			known[phoneKey(phone)] = true
		}
		for _, email := range c.Emails {
			known[strings.ToLower(strings.TrimSpace(email))] = true
		}
	}
	add(portal.Contact)
	for _, report := range portal.Reports {
		add(report.Contact)
	}
	return known
}

// phoneKey is what two ways to write a number have in common.
func phoneKey(number string) string {
	var b strings.Builder
	for _, r := range number {
		if d, ok := digitOf(r); ok {
			b.WriteByte(d)
		}
	}
	key := b.String()
	return key[max(0, len(key)-11):]
}
