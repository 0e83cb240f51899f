package importer

import (
	"regexp"
	"strings"

	"rectify/site/model"
)

var (
	// words that speak of what is still to come
	future = regexp.MustCompile(`(?:将|拟|计划|预计|力争|争取|确保|承诺|预期|待)(?:于|在)?\s*$|(?:将|拟|计划|预计|力争|争取|确保|承诺|预期|应|须|需|要求|待)[^，,。；;]{0,18}$`)
	// plainly unfinished, without a date
	unfinished = regexp.MustCompile(`(?:^|[，,；;。、]|[^，,；;。、]{2,20}?)((?:将(?:按|依|于|继续|尽快|进一步|加快|逐步|适时|根据|在|会同|持续)|拟(?:进行|于|采取|通过|对|由|将|建|开展|在)|(?:目前|现|仍)?正在(?:推进|办理|协商|协调|实施|施工|建设|修订|制定|采购|审批|报批|进行|核实)|尚未(?:达成|取得|办理|到位|解决|完工|办结|开工)|有待|需要?按照))`)
	promised   = []string{"前", "底", "之前", "以前", "内", "年内", "完成", "完工", "建成", "开工", "竣工", "投用", "投入", "全部", "到位", "启动", "合同", "交付", "验收"}
)

// promises finds what a text promises or plainly leaves to be done, in the
// source's words. asOf is the day the report speaks of: a date behind it is a
// promise even without 将.
func promises(text string, asOf model.Date, years calendar) []pledge {
	var out []pledge
	for _, s := range sentences(text) {
		clauses := clausesOf(text, s)
		for i, c := range clauses {
			part := text[c.from:c.to]
			due, dated := promisedDate(part, asOf, years)
			loose := unfinished.FindStringSubmatchIndex(part)
			if !dated && loose == nil {
				continue
			}
			from := s.from
			own := strings.TrimLeft(part, " \u3000\u00a0")
			at := 0
			if dated {
				at = due.at
			}
			if loose != nil && (!dated || loose[2] < at) {
				at = loose[2]
			}
			// A clause with a subject of its own can stand alone.
			if lead := strings.TrimSpace(part[:at]); lead != "" && !startsWithAny(own, conjunctions) && i > 0 {
				from = c.from
			}
			to := s.to
			if from != 0 || s.to != len(text) {
				to = from + len(strings.TrimRight(text[from:s.to], "。；;！"))
			}
			if from == s.from && s.from == 0 && s.to == len(text) {
				to = s.to
			}
			if len(out) > 0 && out[len(out)-1].from == from {
				if out[len(out)-1].due == "" {
					out[len(out)-1].due = due.period
				}
				break
			}
			// The rest of the sentence belongs to the same promise unless it has
			// a date of its own.
			out = append(out, pledge{from, to, due.period})
			if i+1 < len(clauses) && due.period == "" {
				rest := text[clauses[i+1].from:s.to]
				if d, ok := promisedDate(rest, asOf, years); ok {
					out[len(out)-1].due = d.period
				}
			}
			break
		}
	}
	return out
}

// pledge is a promise in a text.
type pledge struct {
	from, to int
	due      model.Period
}

var conjunctions = []string{"并", "且", "同时", "其中", "以", "后", "再", "也", "还", "将", "拟", "于", "在"}

// soon tells words that promise a day right before it.
var soon = regexp.MustCompile(`(?:拟|计划|预计|力争|争取|确保|承诺|预期)(?:于|在|到|至)?\s*$`)

var owed = regexp.MustCompile(`(?:应|须|应当|承诺|计划|力争|确保)(?:于|在)?\s*$`)

type promise struct {
	period model.Period
	at     int // where the promise begins in the clause
}

// promisedDate finds a date that a clause promises something for.
func promisedDate(part string, asOf model.Date, years calendar) (promise, bool) {
	for _, d := range datesIn(part) {
		if d.year == 0 {
			if years == nil || d.month == 0 {
				continue
			}
			given, ok := years(d)
			if !ok {
				continue
			}
			given.from, given.to = d.from, d.to
			d = given
		}
		before, after := part[:d.from], part[d.to:]
		at := d.from
		says := future.FindStringIndex(before)
		if says != nil {
			at = says[0]
		}
		period := d.period()
		later := asOf == "" || period.End() > asOf
		due := startsWithAny(strings.TrimSpace(after), promised) || d.end
		if says != nil && due && owed.MatchString(before) && !quoted(part, d.from) {
			return promise{period, at}, true // 应于2025年9月30日前收回: promised, whether or not it is past
		}
		if later && (says != nil && !strings.HasPrefix(after, "度") && (due || soon.MatchString(before)) || asOf != "" && due) && !quoted(part, d.from) {
			return promise{period, at}, true
		}
	}
	return promise{}, false
}

// quoted tells whether a place lies in a name: 《…(2025-2027)》.
func quoted(text string, at int) bool {
	return strings.Count(text[:at], "《") > strings.Count(text[:at], "》") || strings.Count(text[:at], "“") > strings.Count(text[:at], "”")
}
