// Package audit takes the last look at the finished files, before anything is
// written: a portal that fails here never reaches a reader.
//
// It looks at bytes, not at intentions. What the theme, the minifier and the
// exporters were meant to do does not matter; what a browser would find does.
//
// Vocabulary:
//
//   - a file is one output of a build, named by its path below public/ with
//     forward slashes ("issues/482913.html"); that path is Place.File of every
//     problem, and Line and Column count characters of the finished bytes. A
//     minified page is one line, so the column is not capped: it is the only
//     way to the place;
//   - an address is what stands in an href or src; its target is the file it
//     leads to, resolved as a browser does when the portal lies in a folder
//     (file://). There is no server to turn a folder into its index.html, so
//     an address that names no file is broken even if the folder exists;
//   - an own address is an absolute one under the portal's base_url; formats
//     that need a server anyway (canonical, feeds, sitemap.xml) use it, and
//     there the index of a folder is found;
//   - an anchor is an id that an address names after #. In search.html a
//     fragment with = is the state of the search and no anchor;
//   - a load is whatever the browser fetches without being asked (script,
//     style sheet, image) and a submission is where a form goes: neither may
//     leave the portal. A plain link may;
//   - the policy is the content security policy that every page declares
//     (Policy); markup that it blocks would fail without a word, so it is an
//     error here;
//   - a place is kept for the first few pages of a broken target only: a
//     mistake in the header of 100,000 pages is one mistake.
//
// Add looks at one file and keeps of it what the look across files needs: the
// paths it leads to (each stored once for all), and the hashes of its ids.
// Finish compares these. Both are safe to call from several goroutines, and
// the result does not depend on the order in which files came.
//
// What the room must not do: change a file, read a disk, ask a network, know
// how a page was made, or judge what check already judged (whether the site's
// owner has configured SiteIDCode, SiteDomain and the official marks). Files
// below files/ are evidence as somebody else made it: they can be linked to,
// and are searched for private text, but their markup is not ours to judge.
package audit
