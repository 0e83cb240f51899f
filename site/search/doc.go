// Package search makes the index that the search in the browser reads.
//
// The promise: every substring, of one character or more, of what a page says
// is found; what is found holds it; and the number is exact. There is no cutting
// into words, for nobody can say where words of Chinese end. The reader's side is
// in themes/civic/assets/js/search and nowhere else; whoever changes one side
// changes the other, and tests compare them character by character (the normal
// form), list by list (the layout) and answer by answer (with a look through all
// texts).
//
// An Indexer watches the pages go by, so that index and pages cannot disagree,
// and hands out files when all have passed. It must not look at the data behind
// the pages: what is on no page cannot be found.
//
// # Words
//
//   - A document is a page that says something which no other page says better:
//     an issue, a section, a report, a contact page, prose, and of a full text
//     those paragraphs that no other page shows. Its number is its place in a
//     row, see number.go: newer ones have higher numbers, and a new one takes a
//     free place and moves no other.
//   - A block is a field of the data: a title, a measure, a name. No phrase
//     reaches from one block into the next.
//   - A unit is one of UTF-16, as browsers count. A position is the place of a
//     unit in a document.
//   - A key is what is looked for in the index: a unit, two units side by side,
//     three digits in a row, or the number of an issue.
//   - A list is the documents that have a key and, for all keys but single units
//     and numbers, the positions of it.
//   - A shard is a file of lists, a chunk the positions of some documents in a
//     list that is too long, a piece the text of a document around a window of
//     positions, from which a result is shown.
//   - A generation is three characters, of which a browser takes that a file is
//     still what it was.
//
// # The normal form
//
// Two texts that say the same have the same normal form: NFKC, lower case,
// without white space, controls and what has no width. Punctuation is left out
// too, so that a phrase is found however it is pointed: one form costs nothing,
// where a second one beside it would make the index nearly twice as large. But
// between two digits a run of it stays, as “.” if it is that and as U+001F if it
// is anything else: 4.89 is not 489. A query of nothing but punctuation is
// looked for among the runs of punctuation of a document, which stand behind its
// blocks, each once.
//
// NFKC is applied to a character with the marks that follow it, as far as these
// compose (U+0300–036F, U+3099, U+309A, U+1161–11FF), so that each unit of a form
// comes from a known place in its text: that is where highlights go. Characters
// that came with a mapping after Unicode 11 and the planes above the first, but
// for mathematical letters (U+1D400–1D7FF) and compatibility ideographs
// (U+2F800–2FBFF), stand for themselves: browsers of 2018 and of today differ
// there, and the same query must have the same answer in both.
//
// # Why positions
//
// Lists of documents alone cannot tell a document with both halves of a phrase
// from one with the phrase, and of everything tried (bits of the next character,
// triples, sentences) only positions prove it. They are in the list where the
// list is short, and in chunks where it is long, of which only those are fetched
// that hold a candidate. One character or two need no positions at all. Hashes
// are a permutation of the keys, so what is compared is the whole key:
// fingerprints lost a few of a hundred finds. Pairs of digits are in nearly every
// document, which is why numbers have triples.
//
// A document's status is no text: its word is looked for in meta and its
// documents are those of the filter. So a status that changes touches the pieces
// of its document, the filter and meta, and no list.
//
// # Order
//
// Of what is found first comes what has the words in its title; then, for
// several words, what has them in a row (at each seam the last unit of one and
// the first of the next); then what has them several times; and of equals the
// higher number comes first, which is the newer report and in it the issue that
// stands earlier. Title and several times are what the flags of the first two
// keys of each word agree on. So the order of a query is known from the first
// lists, and never depends on what was looked at before.
//
// # Layout
//
// All files are below search/ and have one line, which is a call of a function
// that the theme's script defines, with the name of the file from there without
// its end and with its value:
//
//	rectifySearch("b/0/2f","q8Zb…")
//
// A value is JSON, and in the families a, b and c a string of base64 (RFC 4648,
// section 4). As scripts they load from a folder, under a policy that allows
// scripts of the site alone, and in an archive. Numbers in names are hexadecimal.
//
//	meta                     what must be known to read the others
//	a/<n÷256>/<n mod 256>    shard n of the lists of units and of issue numbers
//	b/<n÷256>/<n mod 256>    shard n of the lists of pairs and triples of digits
//	c/<h÷2²⁴>/<h mod 2²⁴>-<i>  chunk i of the list with the hash h
//	d/<n÷256>/<n mod 256>-<i>  piece i of document n
//	f/<filter>               values of a filter
//	f/section/<report>       values of the filter of sections within a report
//
// Bits are read from the lowest of the first byte upwards; what is left of the
// last byte is zero. Numbers are written as
//
//	bits(k)    k bits, the lowest first
//	unary      v zeros and a one
//	gamma      v ≥ 1: unary of n = ⌊log₂ v⌋, then the lowest n bits of v (Elias)
//	rice(k)    unary of v÷2ᵏ, then bits(k) of v
//	golomb(k)  gamma of v÷2ᵏ + 1, then bits(k) of v (of order k, exponential)
//
// The k of a list of n numbers below a limit, parameter(limit, n), is the largest
// of 0…31 with 3·n·2ᵏ ≤ 2·limit, or 0. A gap is the distance from the number
// before, less one; the first is a distance from zero.
//
//	meta     {"format": 1,
//	          "places": length of the row of documents,
//	          "spot":   k of the positions in a document,
//	          "a", "b": how many shards these families have,
//	          "often":  base64 of often, below,
//	          "status": normal forms of the status words that occur, each with a line break,
//	          "filters": those that have more than one value,
//	          "report": the id of the only report, or "",
//	          "v":      {family: the generations of its groups, three characters each}}
//	often    gamma(n+1), n × {gap rice(parameter(2¹⁴, n)), level bits(2)}
//	shard    gamma(n+1), n × {hash, list}; hashes rise; gap rice(parameter(2³²/shards, n)),
//	         the first counted from ⌊shard·2³²/shards⌋
//	list     gamma(documents), then in family a
//	           documents × {document, flags}
//	         and in family b a bit 0 and
//	           documents × {document, flags, positions}
//	         or a bit 1, the width w as bits(5) and
//	           documents × {document, flags}
//	         with the gap of a document as rice(parameter(places, documents))
//	flags    0 none, 10 several times, 110 in the title, 111 both
//	positions  after the flag several gamma(n−1), else n = 1; n gaps as golomb(spot)
//	chunk    positions of each document d of the list with ⌊d÷2ʷ⌋ = i, in its order
//	piece    [pieces of the document, path, title, status, day, unit, [text, …]]
//	values   [[key, text, base64 of runs], …] in the order in which they are shown
//	runs     gamma(n), n × {gamma(distance from the end of the run before, plus 1), gamma(length)}
//
// A key of family a is a unit that is no half of a character, or 2¹⁶ + the number
// of an issue; one of family b is first·2¹⁶ + second of a pair, or 2¹⁶ + the
// number that three digits make: no normal form holds U+0001. The hash is
// spread(key), see key.go. Of n shards a hash belongs to number ⌊hash·n÷2³²⌋.
//
// The title begins at position 0; a hit below the end of the title is in the
// title. Further blocks begin behind a free position, and those that may grow at a
// multiple of 64. Piece i is of the positions 512·i to 512·i+511, with up to 24
// more before and 64 behind within the same block: a phrase of up to 60 units
// is whole in the piece in which it begins.
//
// often tells of pairs and triples that at least one document in sixteen has, by
// the first 14 bits of their hashes, how frequent they are: level 0 below 1/8, 1
// below 1/4, 2 below 1/2, 3 above. The browser looks for a phrase by its rarest
// keys and does not find out by fetching which these are.
//
// # What changes
//
// Documents keep their numbers, blocks mostly their positions, and what depends
// on a size depends on its rounded form (rounded, in key.go), so that an edit
// changes a few files, and a new issue the lists of its keys and no texts of
// others. A family's files form up to 48 groups, file n of m belonging to group
// ⌊n·min(48, m)÷m⌋ (for c: by the upper 16 bits of the hash of 2¹⁶; f is one
// group). The browser asks for a file with ?v= and the generation of its group, and
// for meta with the minute, which it thus never has older than that; a server
// may keep all of them for good. Where a file is not there with a query, as in
// some archives, it is asked for without.
//
// # Cost
//
// All lists are kept in memory, packed as postings, and nothing else of a document
// but its pieces. Shards are made one by one from lists that are sorted by their
// hashes, and no file is kept. A process that makes the pages of 10,000 issues
// needed 128 MB, and 217 MB with the index (“make bench-search”). Sorting in buckets
// on the disk would bound that. But buckets are files outside the one step in which
// a build writes: they need room, and someone to sweep them up after a crash, to
// save 89 MB.
//
// # Libraries
//
// golang.org/x/text/unicode/norm has NFKC, which no one should write again;
// golang.org/x/net/html reads the blocks of prose.
package search
