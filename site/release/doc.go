// Package release knows what a release promises and how to prove it: the digest
// of its content, its signatures, its place in the log, and the verdict of
// verify on an archive, a published folder, or a snapshot.
//
// The order of a release avoids circles. What changed is computed from data
// before the build. The site of release N shows the digests of releases up to
// N−1 and its own content digest; its manifest, signatures and log entry lie
// beside the site (archive.Companion) under paths that it links to. The
// approval names the content digest.
//
// Rooms below this one, each with one job:
//
//	archive    keeps releases
//	vcdiff     the difference of two versions of a file
//	tilelog    the log of releases
//	sign       keys and signatures
//	diff       what changed between two public states
//	snapshot   a release as WACZ, zip or BagIt
//	sums       lists of digests, as sha256sum writes them
//	sheet      the approval sheet
//
// What the room must not do: load data, build a site, or write outside the
// archive; that is for package site.
package release
