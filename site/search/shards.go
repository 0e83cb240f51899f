package search

import (
	"cmp"
	"iter"
	"maps"
	"math/bits"
	"slices"
)

// byHash gives the lists of a table, with the hashes of their keys, in the order
// of these.
func (t *table) byHash() iter.Seq2[uint32, *postings] {
	return func(yield func(uint32, *postings) bool) {
		order := make([]int, len(t.keys))
		for i := range order {
			order[i] = i
		}
		slices.SortFunc(order, func(a, b int) int { return cmp.Compare(spread(t.keys[a]), spread(t.keys[b])) })
		for _, i := range order {
			if !yield(spread(t.keys[i]), &t.lists[i]) {
				return
			}
		}
	}
}

// singles makes family a.
func (w *writer) singles(yield func(member) bool) {
	var lists []coded
	for hash, p := range w.index.singles.byHash() {
		lists = append(lists, w.coder.single(hash, p))
	}
	w.meta.Singles = shardCount(lists)
	shards("a", lists, w.meta.Singles, yield)
}

// pairs makes families b and c.
func (w *writer) pairs(yield func(member) bool) {
	var lists []coded
	for hash, p := range w.index.pairs.byHash() {
		list, more := w.coder.pair(hash, p, yield)
		if !more {
			return
		}
		lists = append(lists, list)
	}
	w.meta.Pairs = shardCount(lists)
	w.meta.Often = often(lists, w.meta.Places)
	shards("b", lists, w.meta.Pairs, yield)
}

// shardCount is how many shards hold the lists.
func shardCount(lists []coded) int {
	total := 0
	for _, l := range lists {
		total += l.bits/8 + 4
	}
	return min(rounded(total/shardBytes), mostShards)
}

// shards writes lists, which are sorted by their hashes, into n files.
func shards(family string, lists []coded, n int, yield func(member) bool) {
	var w bitWriter
	for shard := range n {
		size := 0
		for size < len(lists) && shardOf(lists[size].hash, n) == shard {
			size++
		}
		w.reset()
		w.gamma(uint64(size) + 1)
		k := parameter((1<<32)/float64(n), float64(size))
		next := base(shard, n)
		for _, l := range lists[:size] {
			w.rice(uint64(l.hash-next), k)
			next = l.hash + 1
			w.gamma(uint64(l.docs))
			w.raw(l.data, l.bits)
		}
		lists = lists[size:]
		if !yield(member{family, groupOf(shard, n), packed(numbered(family, shard), w.base64())}) {
			return
		}
	}
}

// Of the most frequent pairs the browser is told, with the first bits of their
// hashes, how frequent they are. Of the pairs in a text it then takes others,
// whose lists are short and say more. A wrong guess costs bytes, nothing else.
const (
	oftenMost = 600
	oftenBits = 14
)

// often writes the hashes of the pairs that stand in one document of sixteen
// at least, with 0 for those in fewer than one of eight, 1 of four, 2 of two.
func often(lists []coded, places int) string {
	lists = slices.DeleteFunc(slices.Clone(lists), func(l coded) bool { return l.docs*16 < places || l.docs < 32 })
	slices.SortFunc(lists, func(a, b coded) int { return cmp.Or(cmp.Compare(b.docs, a.docs), cmp.Compare(a.hash, b.hash)) })
	level := map[uint32]int{}
	for _, l := range lists[:min(len(lists), oftenMost)] {
		prefix := l.hash >> (32 - oftenBits)
		level[prefix] = max(level[prefix], min(3, bits.Len(uint(l.docs*16/places))-1))
	}
	var w bitWriter
	w.gamma(uint64(len(level)) + 1)
	k := parameter(1<<oftenBits, float64(len(level)))
	next := uint32(0)
	for _, prefix := range slices.Sorted(maps.Keys(level)) {
		w.rice(uint64(prefix-next), k)
		w.bits(uint64(level[prefix]), 2)
		next = prefix + 1
	}
	return string(w.base64())
}
