// Package importer turns the papers that a clerk already has into data files
// and proves that nothing was lost on the way. It reads a published text, a web
// page, a Word file or a ledger into a Document, recognises the structure of
// the report in it, and says of every paragraph where it went.
//
// Vocabulary:
//
//   - a document (document.go) is a source as read: paragraphs, each with what
//     the format itself says of it (a heading's level, a table's cells, page
//     furniture). Its paragraphs are those of the later source.txt;
//   - a mark (mark.go) is what a line starts with and counts: 一、 (一) 1. ① 一是.
//     Its class is the way of counting;
//   - a node (tree.go) is a line with a mark and all that stands under it. Which
//     class opens which is the document's own pattern (rank.go), not a fixed
//     table;
//   - a role (role.go) is what a node becomes: narrative part, section, issue,
//     or measure;
//   - a span is a stretch of one paragraph. Every text of the data is made of
//     spans, and each use of a span is recorded as a claim (fate.go);
//   - a ledger (table.go, ledger.go) is a table with a row an issue; its columns
//     are known by their names (row.go);
//   - a role of an owner (owners.go) is printed before the name, as a key, or behind
//     it, as （牵头）;
//   - a fate is what became of a paragraph: used, furniture (with the reason)
//     or unclaimed.
//
// # What holds
//
// Stored text is the source's text. Normal forms (norm.go) are for comparing
// only. Nothing is invented: a status needs words for it, an owner a name in
// the text, a year that is only implied is inferred and a note says so. Where
// the importer decides between two readings it leaves a note (problem codes
// I…), so that a clerk knows where to look (doubt.go). What is said of one measure,
// or of what was counted, is not said of the issue.
//
// Two proofs stand beside a result: Totals counts the characters of the content
// that are in the data, and Differences looks every use up in the data again,
// without trusting how it got there. Proof shows both to a person.
//
// # What it does not do
//
// It does not touch the disk: bytes come in, files go out, and the command puts
// them in their place. It does not judge the data; that is for check. There is
// no model of language behind it: it knows how such reports are counted and
// which words they use, and says so when it does not know.
package importer
