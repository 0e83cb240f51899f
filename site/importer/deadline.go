package importer

import (
	"regexp"
	"strings"

	"rectify/site/model"
)

var (
	atOnce   = []string{"立行立改", "立即整改", "即知即改", "立整立改", "马上整改", "立查立改", "边督边改", "即查即改", "立即"}
	forEver  = []string{"长期坚持", "持续坚持", "长期整改", "持续整改", "持续推进", "长期推进", "常态化", "长期", "持续"}
	dueWords = []string{"前", "底", "末", "内", "止", "之前", "以前"}
)

// calendar gives a year to dates that are printed without one.
type calendar func(d day) (day, bool)

// deadlineOf reads the text of a deadline. strict asks for words that only a
// deadline has, since the text comes from a bracket.
func deadlineOf(text string, strict string, years calendar) (model.Deadline, bool) {
	printed := strings.Trim(strings.TrimSpace(text), "。；;，, ")
	d := model.Deadline{Printed: printed}
	if printed == "" || length(printed) > 60 {
		return d, false
	}
	long := containsAny(printed, forEver)
	dates := datesIn(printed)
	if len(dates) > 0 {
		last := dates[len(dates)-1]
		if last.year == 0 && years != nil {
			if given, ok := years(last); ok {
				last = given
			}
		}
		rest := printed[last.to:]
		due := startsWithAny(rest, dueWords) || last.end
		if strict == "" && years == nil && !due && !long {
			return d, false
		}
		d.Date = last.period()
		d.Kind = model.ByDate
		if long {
			d.Kind = model.ByDateThenLongTerm
		}
		return d, true
	}
	if at := strings.Index(printed, "年底前"); at >= 0 || strings.HasPrefix(printed, "年内") || strings.HasPrefix(printed, "年底") {
		d.Kind = model.ByDate
		if years != nil {
			if given, ok := years(day{month: 12, end: true}); ok {
				d.Date = given.period()
			}
		}
		if long {
			d.Kind = model.ByDateThenLongTerm
		}
		return d, true
	}
	switch {
	case containsAny(printed, atOnce):
		d.Kind = model.Immediate
	case long:
		d.Kind = model.LongTermDeadline
	case strict != "" && (strings.Contains(printed, "后") || strings.Contains(printed, "之日") || strings.HasSuffix(printed, "时") || strings.HasSuffix(printed, "前") || strings.HasSuffix(printed, "内")):
		d.Kind = model.Event
	default:
		return d, false
	}
	return d, true
}

func containsAny(text string, words []string) bool {
	for _, w := range words {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// bothOrgans tells the mark in 示例县党委、政府, which is one name.
func bothOrgans(before, after string) bool {
	return (strings.HasSuffix(before, "党委") || strings.HasSuffix(before, "县委") || strings.HasSuffix(before, "区委") || strings.HasSuffix(before, "市委") || strings.HasSuffix(before, "工委")) &&
		ownOrgan.MatchString(after)
}

var ownOrgan = regexp.MustCompile(`^(?:[县区市]政府|政府|管委会|办事处)(?:[、，,；;。\s]|$)`)

// names cuts a list of units. 和 and 及 are parts of names and cut nothing.
func names(text string) []place {
	var out []place
	depth, start := 0, 0
	add := func(end int) {
		if from, to := trimSpan(text, start, end); from < to {
			to = from + len(strings.TrimRight(text[from:to], "。.；;，,"))
			if from < to {
				out = append(out, place{from, to})
			}
		}
	}
	for i, r := range text {
		switch r {
		case '（', '(':
			depth++
		case '）', ')':
			depth = max(0, depth-1)
		case '、', '，', ',', '；', ';', '\n', ' ', '\u3000', '\t', '/', '／':
			if depth == 0 && !bothOrgans(text[:i], text[i+len(string(r)):]) {
				add(i)
				start = i + len(string(r))
			}
		}
	}
	add(len(text))
	return out
}
