// Package undo changes files of a portal's folder by the program's own hand and
// keeps the way back.
//
// A command that rewrites what a person has written owes two things: that no
// crash leaves half of it, and that the person can have the old state again. So
// a change is one record under .rectify/undo/<time>/:
//
//	record.json    which files, with the digest of each before and after
//	old/<path>     what stood there, whole
//	new/<path>     what will stand there, until it is moved in place
//
// The old files, the new ones and the record are on the disk before the first
// data file is touched; then each new file gets its name by one atomic rename.
// A change that was cut short in between is named by Unfinished, and Back takes
// it back like any other: it compares each file with both digests of the
// record and restores what was changed.
//
// # What it must not do
//
// It knows nothing of what the files mean and imports nothing of ours but the one
// place that knows the locks of systems: two changes at once would leave some
// files of each. It never
// overwrites a file that is not as the caller has seen it, neither forward
// (Write compares) nor back (Back refuses where a file was edited since), and
// never writes to a name that is a link. Records are never deleted.
package undo
