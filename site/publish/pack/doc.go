// Package pack publishes across an air gap: to a folder or a zip file that
// somebody carries on a stick to the machine of the host.
//
// A package holds the files that changed since a release that the host has, or
// all of them, and everything that is needed to check them there:
//
//	README.txt          what to do, also without this program
//	package.json        the whole list of the site's files, which of them are here
//	SHA256SUMS          for “sha256sum -c”: the files that are here
//	SITE.sha256         the same for the whole site, once it is put together
//	DELETED.txt         what the site has no more
//	signed/…            the signed manifest of the release, as it is in the archive, the
//	                    sums that it names, and the signatures over package.json
//	files/…             the files
//
// On the other side, Open reads a package and Verify holds every byte of it
// against the list before anything else is touched. What it gives is a
// publish.Tree, so the same engine that publishes to a folder applies it, and
// refuses it where the host lacks what the package leaves out.
//
// Nothing in a package is trusted for having been carried here: paths are
// checked, nothing is unpacked before it was verified, no more is read than the
// list says. The list also names the digests of the texts for people, because they
// say what to delete and what to type: who signs the list signs all of it. Where
// only the manifest of the release is signed, it has the last word on the list,
// and the rest is nobody's word; the caller checks both.
package pack
