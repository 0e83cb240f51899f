// Package emit is the room where a build meets the disk: it turns named bytes
// into the files of the output folder, public/ by default.
//
// A web server or a rsync may be reading that folder while it is written, and
// the power may go at any moment. The room exists so that neither matters:
// whatever happens, each file under a public name is whole, the folder says of
// itself whether it is finished, and the next build repairs what a dead one
// left.
//
// # Words
//
//	folder     the output folder, what a host serves
//	build      one Tx: Begin, any number of Put, then Commit or Abort
//	state      <folder>/.rectify/, which belongs to this room alone
//	manifest   what the last finished build put there: path, size, SHA-256
//	journal    the paths that a commit under way makes, and those it removes
//	stage      new files, complete and on the disk, under numbers for names
//	owned      a path that the manifest or the journal names
//	stale      owned, but not part of this build
//	unknown    in the folder, but not owned: somebody else's, kept for ever
//
// # The folder as a state machine
//
//	            Begin, Put          Commit: journal         Commit: manifest,
//	            (stage only)        is on the disk          journal removed
//	Absent   ─┐
//	Empty    ─┼─> Unfinished(1) ───> Unfinished ───────────> Finished ─┐
//	Finished ─┼─> Finished      ───> Unfinished ───────────> Finished  │
//	          └────────────────────────────────────────────────────────┘
//	Foreign   ──> refused, nothing is touched
//
// (1) A first build that has nothing public yet. Abort takes it back to Absent
// or Empty. A kill in any other column leaves the state of that column; the
// next Begin wipes the stage and goes on from there. Inspect tells the state
// without a lock and without writing.
//
// A commit is, in this order, each step on the disk before the next relies on
// it:
//
//  1. manifest and seen are written beside their names, so that a full disk is
//     met here, before anything public moves;
//  2. the journal gets its name;
//  3. stale files that stand in the way of a new path go;
//  4. staged files get their public names, one atomic rename each;
//  5. the other stale files go, and the folders that they leave empty: after
//     the new pages are there, so that a reader meets no hole;
//  6. every folder touched is fsynced, once;
//  7. the manifest gets its name;
//  8. the journal goes.
//
// Repair needs no replay. The journal only says which paths are ours, so the
// next build compares each file with the data that it has and moves what
// differs. An aborted build leaves the journal of a dead one where it is, and a
// new journal names all paths of its own build and all that are stale, those of
// the old journal among them: no file is ever forgotten.
//
// # Promises
//
//   - The same files give the same folder and the same manifest, byte for byte,
//     in whatever order and from however many workers they are Put.
//   - A file that is already right is not touched: its mtime stays.
//   - Until the journal is there nothing public has changed. Put only stages; a
//     build that fails on bad data leaves the folder as it was, and Finished.
//   - A file edited by hand is put right again and named in Result.Replaced.
//   - A file added by hand is kept and named in Result.Unknown.
//   - A folder that holds files and no state of ours is refused.
//   - One build at a time. The lock is the operating system's, so the lock of
//     a dead process is gone with it.
//   - No symbolic link inside the folder is followed. (The folder itself may be
//     a link: that is how a host switches releases.)
//   - Every path can live on Windows, macOS and Linux: see PathError.
//   - Memory grows with the number of files (about 400 bytes each), never with
//     their contents.
//
// # How a file is known to be unchanged
//
// To find that none of 100,000 files has changed by reading them all is quick
// where they lie in memory already (10,000 files: 0.04 s of 0.26 s), and slow
// where each costs a seek of a cold disk or the look of a virus scanner. So a
// file is trusted unread when its size is the manifest's and its mtime is the
// one in .rectify/seen.json. That mtime is recorded only for a file that was
// read and found right, and whose mtime lay at least two seconds before the
// build that read it began. An edit after that reading has a later mtime even
// where a file system counts in steps of two seconds (FAT), so the test errs
// towards reading: each file is read once in a build after the one that wrote
// it, then no more. Only an edit of equal size whose author sets the mtime back
// is missed; Options.Reread, which trusts nothing, finds that too.
//
// The mtimes stand apart from the manifest because the manifest is the same on
// every machine and mtimes are not. seen.json names the manifest it goes with
// and is ignored beside any other.
//
// # What it must not do
//
// It knows nothing of pages, Hugo or portals and imports nothing of ours but the
// few things that it needs of the operating system. It
// prints nothing. It never removes a file that it does not own, never writes
// outside the folder, and never writes into a public file: contents arrive by
// rename only. Whoever sends the folder somewhere leaves StateDir out: it is
// bookkeeping, and its stage may hold pages that an audit has just refused.
package emit
