// Package snapshot takes one release out of the archive in a form that people
// keep and open:
//
//	Zip   the site; unpacked, it opens by double click on index.html
//	WACZ  the site as a web archive, for ReplayWeb.page (WACZ 1.1.1, WARC 1.1, ISO 28500)
//	Bag   site and data for hand-over to an archive (BagIt, RFC 8493)
//
// A snapshot holds the site with what lies beside it (manifest, signatures,
// log), so that it can be verified without the archive, and a README for people
// who have never seen this program. Zip and WACZ replace one file, state.css,
// by Mark: the pages then show that they are an archived copy; no page byte
// differs. A bag holds everything as it was.
//
// Everything is deterministic: files in the order of their paths, the time of
// the release for every date, record ids from digests. The same release gives
// the same bytes with the same version of the program (the compressor of
// another Go may give others; contents are the same always).
//
// WACZ is written by hand: no Go library for WARC or WACZ that fits is to be
// had. The HTTP headers in it are made up, since no crawler fetched the pages,
// and the warcinfo record says so. The index is compressed in blocks with a
// second index (pywb ignores the name .cdxj), and at most 100 pages are listed:
// with all 10,000 a replay starts in 7 seconds instead of 2.
//
// Open and OpenFolder read all that back. They refuse what this program does not
// write, and name the files that a snapshot's own lists do not bear out: a header
// in a web archive can send the reader to another page than the one whose digest
// is right.
//
// What the room must not do: read an archive, open a file but the spool it is
// given, judge signatures or what a manifest says.
package snapshot
