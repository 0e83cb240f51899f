// Package tilelog is the release log: a list to which one line is added for
// each release, in a form in which nobody can change what stands there without
// being found out (a Merkle tree, RFC 6962), made of static files that any web
// server serves (C2SP tlog-tiles).
//
//	checkpoint            origin, number of entries, root of the tree; signed (C2SP tlog-checkpoint)
//	tile/<level>/<n>      hashes, 256 to a file
//	tile/entries/<n>      entries, 256 to a file
//	tile/…/<n>.p/<width>  the last file of a level while it is not full
//
// An old checkpoint that somebody kept, on paper for one, pins everything
// before it: if the entries of today do not give the same root, the log was
// rewritten, whoever signed it.
//
// golang.org/x/mod/sumdb/tlog does the hashing, as in the Go checksum database.
// A log of releases is short, so it is held in memory whole, and every check
// computes the tree again from the entries instead of following proofs.
//
// What the room must not do: know what an entry says, sign, read a disk.
package tilelog
