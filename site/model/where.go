package model

import (
	"iter"
	"slices"

	"rectify/site/problem"
)

// Where remembers where a struct and its values stand in a data file. It is
// compact: a portal of 100,000 issues holds about two million places, and the
// YAML nodes they come from would be ten times larger.
type Where struct {
	file  string
	spots []spot
}

// spot is the place of one value. index tells the entries of a list apart; it
// is -1 for the value of the key itself. The spot with an empty key is the
// struct's own.
type spot struct {
	key          string
	index        int32
	line, column uint32
}

// Mark records the place of the value under key, or of entry index of the list
// under key (index -1: the value itself). An empty key is the struct's own
// place. Keys should be constants: they are kept, not copied.
func (w *Where) Mark(file, key string, index, line, column int) {
	w.file = file
	w.spots = append(w.spots, spot{key, int32(index), uint32(line), uint32(column)})
}

// Self gives the struct's own place.
func (w *Where) Self() problem.Place { return w.At("") }

// At gives the place of the value under key, or the struct's own place where
// the key was not written.
func (w *Where) At(key string) problem.Place { return w.AtEntry(key, -1) }

// AtEntry gives the place of entry index of the list under key.
func (w *Where) AtEntry(key string, index int) problem.Place {
	place := problem.Place{File: w.file}
	for _, s := range w.spots {
		if s.key == key && s.index == int32(index) {
			return problem.Place{File: w.file, Line: int(s.line), Column: int(s.column)}
		}
		if s.key == "" {
			place.Line, place.Column = int(s.line), int(s.column)
		}
	}
	return place
}

// Spot is the place of one value, as Mark takes it.
type Spot struct {
	Key                 string
	Index, Line, Column int
}

// Spots gives all places in the order in which they were marked.
func (w *Where) Spots() iter.Seq[Spot] {
	return func(yield func(Spot) bool) {
		for _, s := range w.spots {
			if !yield(Spot{s.key, int(s.index), int(s.line), int(s.column)}) {
				return
			}
		}
	}
}

// Len is how many places there are.
func (w *Where) Len() int { return len(w.spots) }

// Expect makes room for n more places.
func (w *Where) Expect(n int) { w.spots = slices.Grow(w.spots, n) }
