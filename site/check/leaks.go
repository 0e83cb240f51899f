package check

import (
	"iter"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"rectify/site/model"
	"rectify/site/problem"
)

// leaks looks for sentences of internal and of withdrawn items where the public
// can read them: in the source, in what a report says beside its issues, and in
// prose. Text that a public item has too is no secret.
//
// What stands in a part of the report may be a turn of phrase that both use,
// so that is a warning. The source is held against all public texts; what is
// left there would be stopped in the output as well, where it is harder to
// mend.
func leaks(s *subject) problem.List {
	internal, withdrawn := newFingerprints(), newFingerprints()
	for text := range s.whole.InternalTexts() {
		internal.add(text)
	}
	for _, report := range s.whole.Reports {
		for _, issue := range report.Issues {
			// A title that the source prints in quotation marks is a sentence of
			// its own, and one that it does not is a heading.
			switch {
			case issue.Visibility == model.Internal:
				internal.add(issue.Heading())
			case issue.Withdrawn != nil:
				withdrawn.add(issue.Heading())
			}
		}
		hiddenSections(report.Outline, report.Issues, func(v value) { internal.add(v.text) })
	}
	for text := range s.whole.WithdrawnTexts() {
		withdrawn.add(text)
	}
	return slices.Concat(
		s.leaked(internal, problem.InternalInText, problem.InternalInSource),
		s.leaked(withdrawn, problem.WithdrawnInText, problem.WithdrawnInSource),
		s.leakedNumbers(),
	)
}

var digits = regexp.MustCompile(`\d+`)

// leakedNumbers looks for the number of an internal item in what the public
// reads. It may be another number by chance, so that is a warning.
func (s *subject) leakedNumbers() (found problem.List) {
	internal := map[string]bool{}
	for _, report := range s.whole.Reports {
		for _, issue := range report.Issues {
			if issue.Visibility == model.Internal {
				internal[issue.ID.String()] = true
			}
		}
	}
	if len(internal) == 0 {
		return nil
	}
	look := func(v value) {
		for _, at := range digits.FindAllStringIndex(v.text, -1) {
			if number := v.text[at[0]:at[1]]; internal[number] {
				found = append(found, problem.New(problem.InternalInText, s.locate(v, at[0], number), number))
			}
		}
	}
	for v := range s.beside() {
		look(v)
	}
	for _, report := range s.public.Reports {
		for _, issue := range report.Issues {
			walk(issue, anyText, look)
		}
		for v := range s.paragraphs(report) {
			look(v)
		}
	}
	return found
}

func (s *subject) leaked(private fingerprints, inText, inSource problem.Code) (found problem.List) {
	if private.empty() {
		return nil
	}
	var narrative []value
	for v := range s.beside() {
		if isNarrative(v) {
			narrative = append(narrative, v)
		} else {
			private.remove(v.text)
		}
	}
	for _, report := range s.public.Reports {
		for _, issue := range report.Issues {
			walk(issue, anyText, func(v value) { private.remove(v.text) })
		}
	}
	for _, v := range narrative {
		found = append(found, s.leaksIn(v, private, inText)...)
	}
	for _, v := range narrative {
		private.remove(v.text)
	}
	for _, report := range s.public.Reports {
		for v := range s.paragraphs(report) {
			found = append(found, s.leaksIn(v, private, inSource)...)
		}
	}
	return found
}

// hiddenSections visits the texts of the sections that are not shown because
// all that stands under them is internal.
func hiddenSections(sections []model.Section, issues []*model.Issue, visit func(value)) {
	internal := map[model.IssueID]bool{}
	for _, issue := range issues {
		internal[issue.ID] = issue.Visibility == model.Internal
	}
	var hidden func(*model.Section) bool
	hidden = func(section *model.Section) bool {
		all := len(section.Sections)+len(section.Issues) > 0
		for i := range section.Sections {
			all = hidden(&section.Sections[i]) && all
		}
		for _, id := range section.Issues {
			all = all && internal[id]
		}
		if all {
			walk(section, anyText, visit)
		}
		return all
	}
	for i := range sections {
		hidden(&sections[i])
	}
}

// beside gives all public texts that belong to no issue and no source.
func (s *subject) beside() iter.Seq[value] {
	return func(yield func(value) bool) {
		var texts []value
		keep := func(v value) { texts = append(texts, v) }
		walk(s.public, anyText, keep)
		for _, report := range s.public.Reports {
			walk(report, anyText, keep)
		}
		for i := range s.public.Prose {
			texts = append(texts, proseLines(&s.public.Prose[i])...)
		}
		for _, v := range texts {
			if !yield(v) {
				return
			}
		}
	}
}

// isNarrative tells text that somebody wrote about the items from the names,
// titles and facts that items repeat.
func isNarrative(v value) bool {
	switch v.in {
	case reflect.TypeFor[model.Part](), reflect.TypeFor[model.Section](),
		reflect.TypeFor[model.Metric](), reflect.TypeFor[model.Declared]():
		return true
	}
	return v.origin() == proseLine
}

func (s *subject) leaksIn(v value, private fingerprints, code problem.Code) (found problem.List) {
	private.runs(v.text, func(from, to int) {
		if raw := v.text[from:to]; len(found) < most {
			found = append(found, problem.New(code, s.locate(v, from, raw), short(raw)))
		}
	})
	return found
}

// window is how many letters and digits in a row make a text recognisable.
const window = 12

// shortest is how long a whole sentence or title that is shorter than a window
// must be to be looked for: “资产管理混乱” gives an item away as well.
const shortest = 4

// fingerprints holds the hashes of all windows of texts, and their sentences
// that are too short for one. Punctuation, spaces and line ends do not count,
// and neither does the width of letters: a sentence is the same however it is
// set.
type fingerprints struct {
	windows map[uint64]struct{}
	short   map[string]struct{}
}

func newFingerprints() fingerprints {
	return fingerprints{map[uint64]struct{}{}, map[string]struct{}{}}
}

func (f fingerprints) empty() bool { return len(f.windows)+len(f.short) == 0 }

func (f fingerprints) add(text string) {
	windows(text, func(hash uint64, _, _ int) { f.windows[hash] = struct{}{} })
	sentences(text, func(s string, _, _ int) { f.short[s] = struct{}{} })
}

func (f fingerprints) remove(text string) {
	windows(text, func(hash uint64, _, _ int) { delete(f.windows, hash) })
	sentences(text, func(s string, _, _ int) { delete(f.short, s) })
}

// runs calls found for each longest passage of a text all of whose windows are
// known, and for each short sentence that is.
func (f fingerprints) runs(text string, found func(from, to int)) {
	from, to := -1, 0
	windows(text, func(hash uint64, start, end int) {
		if _, ok := f.windows[hash]; ok {
			if from < 0 {
				from = start
			}
			to = end
		} else if from >= 0 {
			found(from, to)
			from = -1
		}
	})
	if from >= 0 {
		found(from, to)
	}
	sentences(text, func(s string, start, end int) {
		if _, ok := f.short[s]; ok {
			found(start, end)
		}
	})
}

// ordinal is what a sentence may be counted with.
var ordinal = regexp.MustCompile(`^(?:[一二三四五六七八九十]+是?|[0-9]+)`)

// sentences calls do with the letters and digits of each sentence of a text
// that is shorter than a window, and the offsets between which it stands.
// Quotation marks end a sentence too: they set titles apart.
func sentences(text string, do func(s string, from, to int)) {
	var letters []rune
	from, to := 0, 0
	end := func() {
		whole := string(letters)
		bare := ordinal.ReplaceAllString(whole, "")
		if n := len([]rune(bare)); n >= shortest && n < window {
			do(bare, from, to)
		}
		letters = letters[:0]
	}
	for at, r := range text {
		if c, ok := significant(r); ok {
			if len(letters) == 0 {
				from = at
			}
			letters, to = append(letters, c), at+len(string(r))
		} else if strings.ContainsRune("。；;！!？?：:“”‘’\"\n", r) {
			end()
		}
	}
	end()
}

const factor = 0x9e3779b97f4a7c15

// expired is factor to the power of window: the weight of the character that
// leaves.
var expired = func() uint64 {
	p := uint64(1)
	for range window {
		p *= factor
	}
	return p
}()

// windows calls do with the hash of each window of a text and the offsets
// between which it stands.
func windows(text string, do func(hash uint64, from, to int)) {
	var runes [window]rune
	var starts [window]int
	var hash uint64
	n := 0
	for at, r := range text {
		c, ok := significant(r)
		if !ok {
			continue
		}
		i := n % window
		hash = hash*factor + uint64(c) - uint64(runes[i])*expired
		runes[i], starts[i] = c, at
		if n++; n >= window {
			do(hash, starts[n%window], at+len(string(r)))
		}
	}
}

// significant folds what the same text may be written with.
func significant(r rune) (rune, bool) {
	switch {
	case 0x4e00 <= r && r <= 0x9fff, '0' <= r && r <= '9', 'a' <= r && r <= 'z':
		return r, true
	case 0xff01 <= r && r <= 0xff5e:
		return significant(r - 0xfee0)
	case unicode.IsLetter(r), unicode.IsNumber(r):
		return unicode.ToLower(r), true
	}
	return 0, false
}
