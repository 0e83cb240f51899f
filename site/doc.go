// Package site is the conductor: it knows the order of the rooms and nothing
// else. Data flow one way,
//
//	load → model → check → page → render → minify → audit → emit
//
// and every arrow is a value that this package hands over; no room calls the
// next one. What the rooms find wrong comes back as one sorted list.
//
// A page that is rendered flows on at once: a worker per core minifies it,
// audits it and stages it, so memory does not grow with the number of pages.
// Nothing reaches the output folder before the last page has been looked at.
//
// What earlier builds made is remembered (memory.go), and of each build as a
// whole a receipt (receipt.go): where no file that a build reads has another size
// or time, and the output folder holds what came out, there is nothing to do.
package site
