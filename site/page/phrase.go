package page

import (
	"hash/fnv"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"rectify/site/model"
)

// Two issues of a unit that share a long phrase or a quoted name which hardly
// any other has are about the same thing more often than not. Shorter phrases
// are how a unit writes (党支部书记, 高质量发展), and where words end cannot be
// seen in Chinese, so they are not shown as something in common.
const (
	shortestPhrase = 10 // Chinese characters in a row
	shortestQuote  = 4  // characters between quotation marks
	longestQuote   = 30
	// rarest is in how many issues a phrase may stand: what more of them have
	// says nothing of two.
	rarest = 3
	// A unit of few issues has no phrases that are rare, and one of very many
	// would make each page depend on too many others.
	fewestCompared, mostCompared = 10, 2000
)

// quotes finds what stands between quotation marks, innermost ones first.
var quotes = regexp.MustCompile(`[“‘]([^“”‘’]+)[”’]`)

// kin are the issues with which an issue shares something rare, in the order of
// the portal.
type kin map[*model.Issue][]*model.Issue

// kinOf compares the issues of a unit: each phrase becomes a number, of which
// the hash is the upper and the issue the lower part, and equal hashes lie
// together once the numbers are sorted. Hashes that are equal by chance do no
// harm: what is shown is looked for again in shared.
func kinOf(issues []listed) kin {
	if len(issues) < fewestCompared || len(issues) > mostCompared {
		return nil
	}
	const low = 1<<16 - 1
	var all []uint64
	for i, l := range issues {
		for _, text := range phraseTexts(l.issue) {
			eachHash(text, func(hash uint64) { all = append(all, hash&^low|uint64(i)) })
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	near := kin{}
	for from := 0; from < len(all); {
		to := from + 1
		for to < len(all) && all[to]&^low == all[from]&^low {
			to++
		}
		if to-from <= rarest {
			for _, x := range all[from:to] {
				for _, y := range all[from:to] {
					one, other := issues[x&low].issue, issues[y&low].issue
					if x != y && !slices.Contains(near[one], other) {
						near[one] = append(near[one], other)
					}
				}
			}
		}
		from = to
	}
	return near
}

// phraseTexts are the texts of an issue in which phrases are looked for.
func phraseTexts(issue *model.Issue) []string {
	texts := []string{issue.Title, issue.Finding}
	for _, m := range issue.Measures {
		texts = append(texts, m.Intro, m.Title, m.Text)
	}
	return append(texts, issue.Result)
}

func isHan(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }

// eachHash gives the hash of each shortestPhrase characters in a row, and of
// each quotation.
func eachHash(text string, do func(uint64)) {
	const factor = 0x9e3779b97f4a7c15
	expired := uint64(1)
	for range shortestPhrase {
		expired *= factor
	}
	var last [shortestPhrase]uint64
	var hash uint64
	n := 0
	for _, r := range text {
		if !isHan(r) {
			n, hash = 0, 0
			last = [shortestPhrase]uint64{}
			continue
		}
		i := n % shortestPhrase
		hash = hash*factor + uint64(r) - last[i]*expired
		last[i] = uint64(r)
		if n++; n >= shortestPhrase {
			do(hash)
		}
	}
	for _, quote := range quoted(text) {
		h := fnv.New64a()
		h.Write([]byte(quote))
		do(h.Sum64())
	}
}

// quoted finds the quotations of a text that may be names.
func quoted(text string) (names []string) {
	for _, m := range quotes.FindAllStringSubmatch(text, -1) {
		if n := len([]rune(m[1])); n >= shortestQuote && n <= longestQuote {
			names = append(names, m[1])
		}
	}
	return names
}

// shared is the longest phrase that two issues share, or the longest quotation
// where they share no phrase; "" for none.
func shared(one, other *model.Issue) string {
	theirs := strings.Join(phraseTexts(other), "\n")
	longest := ""
	for _, text := range phraseTexts(one) {
		runes := []rune(text)
		for from := 0; from+shortestPhrase <= len(runes); from++ {
			if from > 0 && unicode.IsDigit(runes[from-1]) {
				continue // 个 of 14个 is no beginning
			}
			to := from + shortestPhrase
			if slices.ContainsFunc(runes[from:to], func(r rune) bool { return !isHan(r) }) || !strings.Contains(theirs, string(runes[from:to])) {
				continue
			}
			for to < len(runes) && isHan(runes[to]) && strings.Contains(theirs, string(runes[from:to+1])) {
				to++
			}
			if phrase := string(runes[from:to]); len(phrase) > len(longest) {
				longest = phrase
			}
		}
	}
	if longest != "" {
		return longest
	}
	var names []string
	for _, text := range phraseTexts(other) {
		names = append(names, quoted(text)...)
	}
	for _, text := range phraseTexts(one) {
		for _, name := range quoted(text) {
			if len(name) > len(longest) && slices.Contains(names, name) {
				longest = name
			}
		}
	}
	return longest
}
