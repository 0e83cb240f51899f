package search

// A key is what a list belongs to: in family a a unit, or the number of an
// issue above all units; in family b a pair of units that stand side by side, or
// three digits in a row: pairs of digits are in nearly all documents and say
// nothing of a sum or a year.

const numbers = 0x10000 // the keys of issue numbers begin here

func pairKey(first, second uint16) uint32 { return uint32(first)<<16 | uint32(second) }

// tripleKey takes the place of pairs whose first unit is a control character,
// which no normal form has.
func tripleKey(a, b, c uint16) uint32 {
	return pairKey(1, (a-'0')*100+(b-'0')*10+c-'0')
}

// spread distributes keys evenly over 32 bits and never gives the same for two: what
// an entry says of its key is the whole key.
func spread(key uint32) uint32 {
	key = (key ^ key>>16) * 0x7feb352d
	key = (key ^ key>>15) * 0x846ca68b
	return key ^ key>>16
}

// shardOf is the shard, of so many, that holds a hash: they share the hashes
// out in even ranges.
func shardOf(h uint32, shards int) int { return int(uint64(h) * uint64(shards) >> 32) }

// mostShards keeps base exact in the double precision that JavaScript has.
const mostShards = 1 << 20

// base is a number at or below the first hash of a shard.
func base(shard, shards int) uint32 { return uint32(uint64(shard) << 32 / uint64(shards)) }

// rounded is the next number of the form 4…7 × 2^k. What depends on a size
// depends on its rounded form, so that a portal which grows keeps most of its
// files.
func rounded(n int) int {
	step := 1
	for n > 7*step {
		step *= 2
	}
	return max(4, (n+step-1)/step) * step
}
