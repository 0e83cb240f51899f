// Package vcdiff writes and reads the difference between two versions of a
// file in the VCDIFF format (RFC 3284), so that an archive need not keep a page
// again of which one date has changed.
//
// It is a standard format on purpose: what an archive holds must be readable
// without this program. Here the plainest part of it is used. Every window
// refers to the whole old file, instructions are ADD and COPY with explicit
// sizes (codes 1 and 19 of the default code table), addresses are absolute
// (VCD_SELF), and there is no secondary compression: the archive compresses
// many differences at once, which does more. Any reader of the format
// (xdelta3, open-vcdiff) takes what Encode writes; a reader of this part alone
// is forty lines long, and an archive carries one (restore.py).
//
// Decode takes what Encode writes and says so of anything else.
package vcdiff
