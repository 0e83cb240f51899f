// Package cache is the room that remembers what earlier builds made, so that a
// build makes only what is new. It knows nothing of what it keeps.
//
// # Words
//
//	key     what a value depends on, all of it, as a hash: a value never changes
//	value   bytes under a key
//	pack    one file with the values that one run made, and an index behind them
//	used    asked for, or made, in this run
//	kin     values that are much alike, as pages of one layout are: all but the
//	        first in a pack are written down as what differs from that one
//
// # Promises
//
//   - It may be deleted at any time. Without it a build takes longer and makes
//     the same.
//   - It never makes a build fail. What cannot be read was not there; what cannot
//     be written, because the disk is full or may only be read, is not kept.
//   - It never gives a wrong value. A pack counts when it has its name, which it
//     gets when it is complete; behind a crash or a power cut, which may leave
//     less on the disk than a program wrote, each index and each value still
//     has to match its checksum.
//   - Any number of processes may use one cache at once. Each writes a pack of
//     its own, and nobody changes a pack that has its name. A pack may be removed
//     while others read it: they keep it, or miss it.
//   - It is bounded. A run that has seen all that it needs (Close with done) leaves
//     no more than twice what it used, but for what other ways of building the
//     portal used lately, and of that no more than Limit.
//
// Nothing is flushed to the disk: the checksums make that needless, and waiting
// for a disk is what most builds would do most of their time.
//
// # Why files like these
//
// A file for each value would be 100,000 files more, and slow where a virus
// scanner looks at each. A database would bring locks, a server or a library of
// megabytes, for something that is only ever added to. github.com/klauspost/compress
// (s2, with a value of the same kin as dictionary) makes a twelfth of a site's
// pages at the speed of memory; the standard library's flate makes a quarter at a
// tenth of the speed.
//
// # What it must not do
//
// It must not be trusted with anything that cannot be made again, and imports
// nothing of ours.
package cache
