package importer

import (
	"regexp"
	"strings"

	"rectify/site/model"
)

// Some reports print letters for how far a matter is, and say once what each
// stands for: A为已完成，B为基本完成. The letters mean something else in the next
// report, so only the report's own legend is read.

// meaning is what a letter stands for.
type meaning struct {
	code  model.StatusCode
	quote string // the words that define it
}

var legendForm = regexp.MustCompile(`[“"‘]?([A-EＡ-Ｅ★☆●○▲△√])[”"’]?(?:类|级|档)?(?:整改)?(?:问题|任务)?\s*(?:为|是|即|代表|表示|指|标识|[:：—=＝-]+)\s*[“"]?([一-龥]{2,16}(?:[，、并]{1,2}[一-龥]{2,10})?)`)

// legends reads what letters stand for, where the text defines two or more.
func (p *parser) legends(lines []line) {
	for i := range lines {
		all := legendForm.FindAllStringSubmatch(lines[i].text, -1)
		if len(all) < 2 {
			continue
		}
		found := map[string]meaning{}
		for _, m := range all {
			if code, ok := statusIn(m[2]); ok {
				found[fold(m[1])] = meaning{code, m[0]}
			}
		}
		if len(found) >= 2 {
			p.legend = found
			return
		}
	}
}

// statusIn reads the words of a definition; the longest part of them that is a
// status decides.
func statusIn(words string) (model.StatusCode, bool) {
	for _, cut := range []string{words, strings.TrimSuffix(words, "的"), beforeMark(words)} {
		if code, ok := statusOf(cut); ok {
			return code, true
		}
	}
	return "", false
}

func beforeMark(words string) string {
	if at := strings.IndexAny(words, "，、"); at > 0 {
		return words[:at]
	}
	return words
}

// legendOf gives the meaning of a letter, with or without a bracket around it.
func (p *parser) legendOf(text string) (letter string, m meaning, ok bool) {
	letter = strings.Trim(text, "()（）[]【】“”\" 类。")
	m, ok = p.legend[fold(letter)]
	return letter, m, ok
}

var letterEnd = regexp.MustCompile(`\s*[(（\[【][^()（）]{1,8}[)）\]】]$`)

// headingLetter reads the letter in the bracket behind a title, and takes it off
// the title; the heading as printed keeps it.
func (p *parser) headingLetter(d *draftIssue) {
	i := d.issue
	at := letterEnd.FindStringIndex(i.Title)
	if p.legend == nil || at == nil || at[0] == 0 {
		return
	}
	if letter, m, ok := p.legendOf(i.Title[at[0]:]); ok {
		i.Title = i.Title[:at[0]]
		i.Status = model.Status{Code: m.code, Printed: letter, Basis: m.quote}
	}
}
