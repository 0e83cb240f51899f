// Package preview shows a portal to the person who is editing it: a server on
// this machine only, which builds again when a file is saved and brings the
// browser along.
//
// Vocabulary: a State is what one build came to, the site's files and the
// problems; the newest good site stays underneath when a build finds errors.
//
// The pages' own policy (script-src 'self', nothing else may be fetched) is not
// loosened. The server adds one classic script to each page it serves; that
// script asks for further scripts, each of which the server answers only when
// there is something to say. Nothing of this is ever written to a folder.
//
// The room knows nothing of how a site is built: it is given a function.
package preview
