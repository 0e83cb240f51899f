// Package export makes the files that machines read, in two directions: what
// the portal publishes beside its pages, and the description of the data files
// that it is made from.
//
// # What a portal publishes
//
//	data/issues.json          every issue with all that is public of it
//	data/issues.csv           one row for each issue (RFC 4180, UTF-8 with BOM, CRLF)
//	data/measures.csv         one row for each measure
//	data/issues.xlsx          both tables, for reading (ISO/IEC 29500)
//	data/portal.json          portal, reports with both kinds of totals, outlines, list of files
//	data/schema/*.schema.json JSON Schema (draft 7) of the two JSON files
//	feed.atom, feed.json      what changed (RFC 4287; JSON Feed 1.1); the same for each
//	                          report beside its page
//	follow-ups.ics            promises that name a day, month or year (RFC 5545, 7986)
//	sitemap.xml, robots.txt   for search engines (sitemaps.org, RFC 9309)
//
// New takes the portal and its pages, Files makes the files one after the
// other and each when it is written, LeftOut says what is missing and why, and
// Catalogue describes what exists to the page about open data. All of them read
// one list of products, so that they cannot contradict each other.
//
// Rules:
//
//   - What is exported is model.Portal.Public, whatever the caller hands over.
//     The source text never leaves by this door: a sentence of an internal
//     issue may stand in it. Of a withdrawn issue only its number, the day and
//     the reason are told, in every file.
//   - Names of members and columns are those of the data files. A member that
//     the data do not fill is left out. Members may be added; outputFormat grows
//     when one changes its meaning. A test fills every field of the model and
//     looks for it; what is in no file stands in a list there with the reason.
//   - There is no clock: times come from the data and are China's (+08:00), and
//     the same data give the same bytes. Excelize is given its dates and its
//     package is put in order afterwards, since it takes sheets from a map.
//   - Identities (RFC 9562, version 5) are made of what does not change when a
//     text is put right or the portal moves: units, ids, days, places in lists.
//   - A format that needs absolute addresses is left out where base_url is not
//     known. Addresses are written in ASCII.
//   - In CSV a text that a spreadsheet could take for a formula begins with an
//     apostrophe; in the workbook every cell is a text and stands as it is.
//     Spreadsheets that open CSV also turn “(2)” into −2 and a date into their
//     own form, which no quoting prevents: the workbook is the one to read.
//   - A status is news only if it is younger than its report, and if no entry of
//     the history tells it: a first publication is one entry, not fifty.
//   - A promise is an event of a whole day and no VTODO, which few calendars show.
//
// Nobody may change the files afterwards, not even by minifying them:
// issues.json has a line for each issue, which keeps two releases of it
// comparable, and is written line by line, since 100,000 issues make 180 MB.
//
// # Libraries
//
// github.com/xuri/excelize/v2 writes the workbook: the one library for the
// format that is maintained, has a writer that streams, and needs no cgo. All
// other formats are text of a few lines and are written here. Tests read what
// was written with others' eyes: encoding/csv, excelize, gofeed, go-ical,
// jsonschema, xmllint and, with the tag office, LibreOffice.
//
// # The description of the data files
//
// Schema describes them as JSON Schema of draft 7, which editors use to
// complete keys, to explain them and to underline mistakes.
//
// A schema is made from the types of model by reflection: the `data` tags give
// keys and what is required, the `doc` tags the words, and the type of a field
// its form. Nothing is written down twice, and a test holds schema and loader
// against each other.
//
// What a schema refuses, load refuses too, with these exceptions, where load
// forgives and the schema asks for the usual way of writing: a key without a
// value (load: not written), a number in quotes, and values that YAML takes for
// nothing (~, null).
//
// What a schema accepts may still be wrong: it sees one file and knows neither
// the other files nor comments behind a text. Those are for load and check.
//
// YAML takes 2025 for a number and 2024-02-20 for a text (YAML 1.2), and load
// takes both for what stands in the file. So wherever a text is wanted a
// number will do.
package export
