// Package export makes the files that machines read. For now that is the
// description of the data files themselves, as JSON Schema of draft 7, which
// editors use to complete keys, to explain them and to underline mistakes.
//
// A schema is made from the types of model by reflection: the `data` tags give
// keys and what is required, the `doc` tags the words, and the type of a field
// its form. Nothing is written down twice, and a test holds schema and loader
// against each other.
//
// # What a schema cannot know
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
