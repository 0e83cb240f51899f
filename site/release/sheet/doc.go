// Package sheet prints what changed for people: the approval sheet (审签单) that
// is signed on paper before a release, and a comparison to read on screen. Both
// are one HTML file that needs nothing else: it lies on somebody's desk, not on
// the site, so its styles stand in it.
//
// The sheet carries what paper is good for. The digest of the content, as text,
// as a short code and as QR, ties the signatures to the data. The checkpoint of
// the log and the fingerprint of the key are what a citizen can hold against
// the site, since whoever changes the site cannot change the paper.
//
// rsc.io/qr makes the code: it is small, has no dependency, and is what Hugo
// itself uses. It is drawn as SVG here.
//
// What the room must not do: know where anything comes from.
package sheet
