// Package archive keeps every release of a portal for good: in one folder,
// added to and never rewritten, readable with ordinary tools.
//
// # Words
//
//	release    one approved state of the portal, named by its id ("2025-03")
//	part       site: what a host serves; data: the public part of the data files
//	manifest   what a release says of itself; small, signed, and through the
//	           digests of its lists answerable for every file
//	list       the files of a part: path, size, SHA-256, media type
//	pack       a .tar.gz of what is new or has changed since the release before
//	companion  a file that lies beside the site under a fixed path: manifests,
//	           signatures, log, redactions, kept snapshots
//	redaction  the tombstone of a content that had to go
//
// # The folder
//
//	README.txt, restore.py             how to read all this without this program
//	releases/<id>/manifest.json        what is signed
//	              manifest.json.minisig, manifest.json.sig
//	              checkpoint           of the log, with this release as its last entry
//	              changes.json.gz      what changed since the release before
//	              lists.tar.gz         data.jsonl and site.jsonl
//	              files.tar.gz         the files
//	              <id>.zip, <id>.wacz  snapshots that were kept; they may go
//	redactions/<digest>/               redaction.json, signatures, checkpoint
//	log/checkpoint, log/tile/…         the release log
//	.lock, .stage/                     of a release being written
//
// A pack holds full/<part>/<path> for a file and delta/<part>/<path> for its
// difference (VCDIFF, RFC 3284) from the version of the release before. To
// unpack the packs from the first release to the one that is wanted, applying
// the differences on the way, gives that release; its list says which files
// belong to it. After at most 32 differences a file is there in full again.
//
// # Why it is built so
//
// One object a file, compressed and named by its digest, was the plan, and is
// what such stores usually do. Measured with 10,347 pages and 20,743 files of
// this program's sites: the first release takes 58 MB that way, and a release
// in which one newer status moved the day in every footer 39 MB more, because
// every page is another file then. In one pack the same pages share the window
// of the compressor (25 MB with data files), and the difference of a page is
// some 50 bytes with its header. A pack also is one file to write, to sync and
// to copy to a stick instead of 20,000.
//
// # Promises
//
//   - A release is there whole or not at all: everything is written and synced
//     in .stage, and the last step is the rename of its folder. A process that
//     dies leaves .stage behind, which the next one removes.
//   - Nothing that is there is written again, but log/checkpoint, which is a
//     copy of the newest entry's, and the packs that hold a redacted content.
//   - The same files give the same lists and contents; the bytes of packs are
//     promised for one version of Go's compressor only.
//   - A file is never handed out without having been held against its digest.
//   - Reading goes through packs side by side in the order of their paths, so
//     memory is that of one file, whatever the size of the archive.
//
// # What it must not do
//
// It knows nothing of signatures, of the tree of the log or of what changed:
// it keeps bytes that it is given. It prints nothing and reads no clock.
package archive
