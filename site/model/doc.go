// Package model holds the nouns of a transparency portal: Portal, Report,
// Inspection, Section, Issue, Measure, Status, FollowUp, Part, Declared,
// Contact. They are plain values with their invariants; no I/O, no YAML and no
// Hugo is known here.
//
// A field's `data` tag is its key in the data files; the word "required"
// behind it says that it may not be left out. Its `doc` tag says in Chinese what
// the person who fills it has to know; the `doc` tag of an embedded Where says
// it of the whole struct. Loader, schema and documentation read the same tags,
// so a field is described in one place.
//
// Every struct that a person writes in a file embeds Where, which remembers
// the place of each value, so that a rule that looks at the model can still
// point at the line.
//
// Text is what the source prints: nothing here trims, corrects or converts it.
package model
