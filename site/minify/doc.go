// Package minify makes rendered files smaller without changing what they say:
// what a browser shows, what a script does, what a machine reads.
//
// It is the room between render and audit. It sees one file at a time, knows
// neither portal nor page, and imports nothing of ours. It starts no goroutine:
// package site runs one worker per core, and more would only stand in line.
// It must not be given evidence (files/…), which is published byte by byte.
//
// # Why a library, and which
//
// github.com/tdewolff/minify is the client's choice. It is alive, pure Go, and
// what Hugo uses; its version is pinned in go.mod, since a release has to be
// the same bytes on every machine. It minifies pages and scripts. Its word for
// the rest was tried and not taken: with every option it changes values, and
// what it saves over dropping white space is 0.3 % of a style sheet and 2 to
// 12 % of a picture, after gzip. library_test.go holds all that it does wrong, as
// a test against the pinned version.
//
//	page          the library's minifier, with shields
//	script        the library's minifier, with parentheses
//	style sheet   the library's lexer; comments and white space go
//	XML, SVG      encoding/xml; comments and indentation go
//	JSON          encoding/json; white space goes
//
// # Pages
//
// The options, and what would be lost without each:
//
//	KeepDocumentTags     html, head, body: validators and simple readers look for them
//	KeepEndTags          no-implicit-close of html-validate
//	KeepQuotes           attr-quotes of html-validate
//	KeepDefaultAttrVals  type="text" and type="submit" are asked for by
//	                     html-validate, and style sheets select by them
//	KeepWhitespace       the space between two list items or two terms: the
//	                     room does not know whether a style sheet puts them
//	                     into one line. It costs 0.3 % after gzip
//
// Comments go. A run of white space becomes one character, and a line break
// stays a line break: between two Chinese characters browsers may drop it, but
// not a space. So a theme must not use white-space: pre-line on anything but
// pre and textarea. U+3000 and U+00A0 are letters here, as they are for HTML.
// Scripts and styles inside a page stay as they are, since the policy of a
// portal forbids them; JSON in a script loses its white space. SVG inside a
// page stays too.
//
// Some habits of the library have no option. Where a page holds what it would
// spoil, a shield hides that from it: see shield.go and the table in html.go.
// What remains is equal in meaning: an empty class, id, name, dir or action
// goes, alt="" is written alt, a radio button loses value="on", spaces in
// lists such as class become one, and of the white space on both sides of a
// comment the first is kept.
//
// # Scripts
//
// Version 2009 keeps the library from writing newer syntax than that, except
// for a few cases that js.go takes care of. One is left: do…while may come out
// without its semicolon, which the standard allows since 2015 and browsers
// always did. Minifying a script twice renames its variables twice; all other
// kinds are the same after the second time as after the first.
//
// # Names
//
// The content hash in assets/main.0f2c.css is that of the unminified file. The
// same source gives the same bytes for one version of this program only.
package minify
