// Bench measures rectify beside what a user would take instead, on portals of
// 30 to 100,000 invented items, and prints one table. “make bench” runs it with
// all that it needs.
//
// # Contestants
//
//	rectify          the program as it is: check, pages, search index, minify, audit, exports
//	hugo             the hugo command with the same theme and the same content, as front
//	                 matter (what “rectify build --stage” writes), with --minify; lists and
//	                 numbers are in the content already, so Hugo is spared from making them
//	hugo+pagefind    the same, and an index of its output by Pagefind
//	eleventy         Eleventy on the issues as “data/issues.json” has them: a page per issue and
//	                 lists of a hundred, with a template of a few lines instead of the theme
//
// # Cases
//
//	clean        nothing is there
//	unchanged    the same again
//	one item     an issue got a status
//	footer       a line of the footer changed, which stands on every page
//
// Only rectify remembers; the others make everything again each time, as their
// commands do.
//
// # How it measures
//
// Each run is one process. Wall time is that of the process, CPU time and peak
// memory are what the system says of it (getrusage) when it has ended. Everything
// lies in one folder, which should be a tmpfs: the noise of a disk is larger than
// most of what is measured. Contestants take turns within a case, so that what
// else the machine does meets them alike, and of several rounds the one with the
// smallest CPU time counts. Ratios within one table are to be trusted, times are
// those of the machine that it names.
//
// A process that takes more memory than --most is ended and said to have done so.
package main
