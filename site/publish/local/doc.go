// Package local publishes to a folder of this machine, or of a share that is
// mounted here: the folder that a web server serves.
//
// All calls go through an os.Root, so no link and no “..” in a name, in a
// record, or planted by somebody leads out of the folder. (The folder itself
// may be reached through a link: that is the administrator's choice.)
//
// Windows gives links only to those with a special right, so a folder there has
// the plain layout. There, too, a virus scanner opens every new file for a
// moment, and a file that is open cannot be replaced: such a step is repeated
// for two seconds. After that the publication stops with what Windows says; the
// old file stays in its place, whole, and the next publication goes on from there.
// A file that nobody holds is replaced in one step, as elsewhere.
//
// It knows nothing of releases; package publish does.
package local
