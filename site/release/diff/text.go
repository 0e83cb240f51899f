package diff

import (
	"slices"
	"strings"
	"unicode"
)

// Op says what became of a stretch of text.
type Op string

// The ops. Skip stands for N characters that stayed and are left out.
const (
	Same    Op = "same"
	Removed Op = "removed"
	Added   Op = "added"
	Skip    Op = "skip"
)

// Run is a stretch of text.
type Run struct {
	Op   Op     `json:"op"`
	Text string `json:"text,omitempty"`
	N    int    `json:"n,omitempty"` // of Skip
}

// Text compares two texts. The runs without the added ones make the old text,
// those without the removed ones the new one. Nil means that they are the same.
func Text(old, new string) []Run {
	if old == new {
		return nil
	}
	a, b := tokens(old), tokens(new)
	before := 0
	for before < min(len(a), len(b)) && a[before] == b[before] {
		before++
	}
	after := 0
	for after < min(len(a), len(b))-before && a[len(a)-1-after] == b[len(b)-1-after] {
		after++
	}
	edits := []edit{{Same, a[:before]}}
	edits = append(edits, myers(a[before:len(a)-after], b[before:len(b)-after])...)
	edits = append(edits, edit{Same, a[len(a)-after:]})
	edits = slide(join(merge(edits)))
	var runs []Run
	for _, e := range edits {
		runs = append(runs, Run{Op: e.op, Text: strings.Join(e.tokens, "")})
	}
	return runs
}

// edit is a run in tokens.
type edit struct {
	op     Op
	tokens []string
}

// tokens cuts a text into what counts as one character: a letter of a script
// that has no spaces, a number, a Latin word.
func tokens(text string) []string {
	var out []string
	start, in := 0, false
	for i, r := range text {
		part := isWord(r) || in && (r == '.' || r == '%') && i+1 < len(text) && isWord(rune(text[i+1]))
		if part && in {
			continue
		}
		if i > start {
			out = append(out, text[start:i])
		}
		start, in = i, part
	}
	if start < len(text) {
		out = append(out, text[start:])
	}
	return out
}

func isWord(r rune) bool {
	return r < 0x250 && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// farApart is how many edits are looked for. Texts that differ by more have
// nothing to do with each other, and are shown one after the other.
const farApart = 1500

// myers finds a shortest way from a to b.
func myers(a, b []string) []edit {
	if len(a) == 0 || len(b) == 0 {
		return replace(a, b)
	}
	limit := min(len(a)+len(b), farApart)
	// furthest[k+limit+1] is how far along a the diagonal k was followed.
	furthest := make([]int, 2*limit+3)
	var trace [][]int
	for d := 0; d <= limit; d++ {
		trace = append(trace, slices.Clone(furthest[limit+1-d:limit+2+d]))
		for k := -d; k <= d; k += 2 {
			x := 0
			if at := limit + 1 + k; k == -d || k != d && furthest[at-1] < furthest[at+1] {
				x = furthest[at+1]
			} else {
				x = furthest[at-1] + 1
			}
			y := x - k
			for x < len(a) && y < len(b) && a[x] == b[y] {
				x, y = x+1, y+1
			}
			furthest[limit+1+k] = x
			if x >= len(a) && y >= len(b) {
				return backtrack(trace, a, b)
			}
		}
	}
	return replace(a, b)
}

func replace(a, b []string) []edit { return []edit{{Removed, a}, {Added, b}} }

// backtrack follows the trace from the end of both texts to their beginning.
func backtrack(trace [][]int, a, b []string) []edit {
	var out []edit
	x, y := len(a), len(b)
	for d := len(trace) - 1; d >= 0; d-- {
		reached := func(k int) int { return trace[d][k+d] }
		k := x - y
		var from int
		if k == -d || k != d && reached(k-1) < reached(k+1) {
			from = k + 1
		} else {
			from = k - 1
		}
		startX := 0
		if d > 0 {
			startX = reached(from)
		}
		startY := startX - from
		if d == 0 {
			startY = 0
		}
		same := min(x-startX, y-startY)
		if same > 0 {
			out = append(out, edit{Same, a[x-same : x]})
			x, y = x-same, y-same
		}
		if d == 0 {
			break
		}
		if x > startX {
			out = append(out, edit{Removed, a[startX:x]})
		} else {
			out = append(out, edit{Added, b[startY:y]})
		}
		x, y = startX, startY
	}
	slices.Reverse(out)
	return out
}

// merge drops empty edits, puts those of one op together, and removals before
// additions between two stretches that stayed.
func merge(edits []edit) []edit {
	var out []edit
	var removed, added []string
	flush := func() {
		if len(removed) > 0 {
			out = append(out, edit{Removed, removed})
		}
		if len(added) > 0 {
			out = append(out, edit{Added, added})
		}
		removed, added = nil, nil
	}
	for _, e := range edits {
		switch {
		case len(e.tokens) == 0:
		case e.op == Removed:
			removed = append(removed, e.tokens...)
		case e.op == Added:
			added = append(added, e.tokens...)
		default:
			flush()
			if last := len(out) - 1; last >= 0 && out[last].op == Same {
				out[last].tokens = slices.Concat(out[last].tokens, e.tokens)
			} else {
				out = append(out, e)
			}
		}
	}
	flush()
	return out
}

// byChance is how few characters between two changes have stayed by chance.
const byChance = 2

// join makes one change of two that only a character or two divide, if more
// than that changed on both sides.
func join(edits []edit) []edit {
	for again := true; again; {
		again = false
		for i := 1; i+1 < len(edits); i++ {
			e := edits[i]
			if e.op != Same || len(e.tokens) > byChance {
				continue
			}
			before, after := changedBefore(edits, i), changedAfter(edits, i)
			if before > len(e.tokens) && after > len(e.tokens) && !slices.ContainsFunc(e.tokens, endsClause) {
				edits = merge(slices.Concat(edits[:i], []edit{{Removed, e.tokens}, {Added, e.tokens}}, edits[i+1:]))
				again = true
				break
			}
		}
	}
	return edits
}

func changedBefore(edits []edit, i int) (n int) {
	for i--; i >= 0 && edits[i].op != Same; i-- {
		n = max(n, len(edits[i].tokens))
	}
	return n
}

func changedAfter(edits []edit, i int) (n int) {
	for i++; i < len(edits) && edits[i].op != Same; i++ {
		n = max(n, len(edits[i].tokens))
	}
	return n
}

// endsClause knows the marks behind which a clause begins.
func endsClause(token string) bool {
	return strings.ContainsAny(token, "，。；：、！？,;:!?\n")
}

// slide moves a lone addition or removal along the characters around it that
// are the same, to where it begins behind the end of a clause. Of “一是甲,” put
// before “一是乙,” the comparison would else find “甲,一是”.
func slide(edits []edit) []edit {
	for i := 1; i+1 < len(edits); i++ {
		if edits[i].op == Same || edits[i-1].op != Same || edits[i+1].op != Same {
			continue
		}
		before, moved, after := edits[i-1].tokens, edits[i].tokens, edits[i+1].tokens
		best, bestScore := 0, score(before, moved)
		// To the left: what ends both the change and what is before it.
		b, m, n := slices.Clone(before), slices.Clone(moved), 0
		for len(b) > 0 && len(m) > 0 && b[len(b)-1] == m[len(m)-1] {
			last := m[len(m)-1]
			m = append([]string{last}, m[:len(m)-1]...)
			b = b[:len(b)-1]
			n--
			if s := score(b, m); s > bestScore {
				best, bestScore = n, s
			}
		}
		b, m, n = slices.Clone(before), slices.Clone(moved), 0
		for a := after; len(a) > 0 && a[0] == m[0]; a = a[1:] {
			b = append(b, m[0])
			m = append(m[1:], m[0])
			n++
			if s := score(b, m); s > bestScore {
				best, bestScore = n, s
			}
		}
		whole := slices.Concat(before, moved, after)
		start := len(before) + best
		edits[i-1].tokens = whole[:start:start]
		edits[i].tokens = whole[start : start+len(moved) : start+len(moved)]
		edits[i+1].tokens = whole[start+len(moved):]
	}
	return merge(edits)
}

// score is how well a change stands behind what is before it.
func score(before, moved []string) (n int) {
	if len(before) == 0 || endsClause(before[len(before)-1]) {
		n += 2
	}
	if endsClause(moved[len(moved)-1]) {
		n++
	}
	return n
}

const (
	longRun = 200 // characters that stayed and are shown in full
	context = 40  // of a longer stretch, what is shown next to a change
)

// shorten leaves out what stayed far from every change.
func shorten(runs []Run) []Run {
	var out []Run
	for i, r := range runs {
		text := []rune(r.Text)
		if r.Op != Same || len(text) <= longRun {
			out = append(out, r)
			continue
		}
		from, to := context, len(text)-context
		if i == 0 {
			from = 0
		}
		if i == len(runs)-1 {
			to = len(text)
		}
		if from > 0 {
			out = append(out, Run{Op: Same, Text: string(text[:from])})
		}
		out = append(out, Run{Op: Skip, N: to - from})
		if to < len(text) {
			out = append(out, Run{Op: Same, Text: string(text[to:])})
		}
	}
	return out
}
