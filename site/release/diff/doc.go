// Package diff says what changed between two public states of a portal, item by
// item, from the data and not from the pages.
//
// Vocabulary: a side is one state, a public model with the digests of its
// evidence; a change is one thing that became different (a status, a deadline,
// a measure); an item is an issue with all of its changes; a run is a stretch
// of text that stayed, went or came.
//
// What it promises:
//
//   - both sides are public portals, so nothing internal can be told. Of an item
//     that was withdrawn only the day and the reason are told, of what had to be
//     redacted nothing;
//   - whatever of the public model differs shows as some change: a test edits
//     every field in turn;
//   - the same sides give the same changes, in the order of the portal.
//
// Texts are compared by character, as Chinese needs it: a word-wise comparison
// would colour whole clauses, since no space divides them. Digits and Latin
// letters in a row count as one character, so that 15 becoming 16 is a changed
// number and not a changed 5. The comparison is Myers' (An O(ND) Difference
// Algorithm, 1986) over these, and then made readable: a single character that
// stayed by chance between two changes joins them, and a change that can slide
// stands where a clause begins. sergi/go-diff was looked at: it cleans up for
// words and lines, and splits numbers.
//
// What the room must not do: load data, know an archive, decide what a release
// may do.
package diff
