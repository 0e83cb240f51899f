// Package publish brings a site to the host that people really have: a folder, an
// SFTP account, object storage. At once or not at all: whatever breaks on the way,
// visitors see whole files, of the old site or of the new one, and the next run
// goes on from there.
//
// # Words
//
//	tree       what is to be published: the files of a release, or of a draft
//	target     a place to publish to, and how it is to be used
//	host       the far end of a target; a Disk (folders, links, renaming) or a
//	           Store (whole files under names)
//	layout     how a target keeps a site, see Layout
//	plan       what a publication would do; made first, and shown
//	item       a file as the target is to have it: one of the tree, one compressed
//	           from it (its twin, a.html.gz), or an old asset that stays for a while
//	record     what a publisher put on a target, with sizes, digests and stamps
//	stamp      what a host says of a file without reading it; it changes with the
//	           content
//	shelf      the folder StateDir on a target: records, history, lock. No server
//	           hands it out, and it names nothing but public files
//	drift      what somebody changed on the host by hand
//	beside     said of files that are published with a release and are not of it,
//	           such as the release log; they may change while it stays what it is
//
// # The order of things
//
// Every run connects, locks, sweeps what a dead run was writing, plans, sends,
// lists what is there by then, switches, cleans up. Each step can be repeated, by
// the same process or by another, so a link that breaks is answered by doing all
// of it again: what has arrived is found and not sent twice. A file is written
// under another name, synced, read back, and only then gets its own.
//
// In LayoutReleases the new release is put together in releases/<id>.part, from
// hard links to what the live one has unchanged and from what is sent; then that
// folder is renamed, and the link “current” is replaced in one step. Over a network
// an old release that nobody needs becomes that folder: most of it is right
// already, says its record. Either way all that is in the folder is listed before
// the switch, and what was not sent has to have the stamp by which it is known; if
// it has not, the folder is put right from what is found there. In LayoutPlain,
// for hosts without links, files are replaced one by one: assets, then data, then
// pages, then the front door, with barriers between; what is stale goes last.
// Where a host cannot even replace a file in one step (SFTP without OpenSSH's
// extensions), one that changes is missing for a moment, and the plan says so.
//
// The lock is asked for before each step that visitors notice, and a run that lost
// it ends: one computer that slept must not undo what another has published since.
//
// Hashed assets of the release before stay for an hour, for readers who hold one
// of its pages.
//
// # What is trusted
//
// Nothing on a target. Links are not followed, paths and names from records are
// checked, a stamp counts only if it cannot have been left by a later change, and a
// record that is too large is as good as none. Files that rectify did not put there
// are neither written over, nor removed, nor read. Nor is what is to be sent: it is
// held against its digest while it is read.
//
// # What it must not do
//
// It knows no release, no archive and no portal: package site makes trees of
// them. It prints nothing and reads no configuration and no environment. The rooms
// below, local, sftp and s3, know one kind of host each and nothing of releases;
// pack is for hosts that nothing reaches.
package publish
