package importer

import "slices"

// ranks orders the classes of a document by what it shows: a class whose first
// item comes directly behind a line of another class stands below that one, and
// a class that counts on behind another one stands above it. Where the document
// shows nothing, the usual order holds.
type ranks [classes]int

// Votes: to count on is the stronger sign, since a list may also start anew
// because the line above it lost its mark.
const (
	voteOpens  = 1
	voteCloses = 2
	voteNeeded = 2 // more than the other way round, to go against the usual order
)

func rankClasses(lines []line) ranks {
	var above [classes][classes]int
	seen := map[class]int{}
	// first[a][b] is the number with which b was first seen behind the last a: a
	// list inside an item of a starts at 1, one that a stands in goes on.
	var first [classes][classes]int
	previous := noClass
	for i := range lines {
		m := lines[i].mark
		if !lines[i].heading {
			continue
		}
		if previous != noClass && previous != m.class {
			switch {
			case m.class == boxed: // it counts nothing, so it may stand anywhere
			case previous == boxed:
				above[boxed][m.class] += voteOpens
			case m.num <= 1 && m.num >= 0 && m.class != bare:
				above[previous][m.class] += voteOpens
			case seen[m.class] != m.num-1:
			case slices.Max(first[m.class][:]) > 1:
				above[previous][m.class] += voteOpens // numbers that run through all headings
			default:
				above[m.class][previous] += voteCloses
			}
		}
		for c := range first {
			if first[c][m.class] == 0 {
				first[c][m.class] = max(m.num, 1)
			}
		}
		first[m.class] = [classes]int{}
		seen[m.class] = m.num
		previous = m.class
	}
	// A class that does not occur would keep its neighbours apart.
	var order []class
	for c := noClass + 1; c < classes; c++ {
		if _, ok := seen[c]; ok {
			order = append(order, c)
		}
	}
	// A bubble sort keeps the usual order wherever no vote speaks against it.
	for range order {
		moved := false
		for i := 0; i+1 < len(order); i++ {
			a, b := order[i], order[i+1]
			if above[b][a] >= above[a][b]+voteNeeded {
				order[i], order[i+1] = b, a
				moved = true
			}
		}
		if !moved {
			break
		}
	}
	var r ranks
	for i, c := range order {
		r[c] = i + 1
	}
	return r
}
