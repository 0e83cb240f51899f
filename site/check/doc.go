// Package check holds the rules that look across the data: each rule is a file
// with one function from a portal to problems. Whether a single file can be
// read is load's business; whether the data as a whole make sense is checked
// here, on the complete model, before anything internal is dropped.
//
// A rule never changes the model and never stops at its first problem. Rules
// run at the same time and know nothing of each other.
//
// Vocabulary:
//
//   - the subject (check.go) is what rules look at: the whole portal, what of it
//     is public, the clock, and the files. Rules look at what is public, except
//     those that ask whether something internal shows;
//   - a walk (walk.go) meets every text or every date of a file of data, with
//     its place;
//   - the pass (scan.go) is the one reading of all texts. It looks for personal
//     data (personal.go), for characters that were lost or garbled
//     (characters.go), and at punctuation (punctuation.go), so that ten thousand
//     issues are read once;
//   - locate (locate.go) turns a passage within a text into line and column. The
//     model knows where a value starts, which is of little help in a paragraph
//     of a thousand characters.
//
// # Which severity
//
// An error stops the build, so it is only for what cannot be right or must not
// be published: an end before its beginning, a status without grounds, the
// number of a citizen. What may be printed so in the source is a warning or an
// info: truth goes before order. A doubt has to be cheap to resolve, so the hint
// says when the data may stay as they are.
//
// # Personal data
//
// No message and no frame shows a number that was found. Run makes the frames
// of files that hold some itself, with the numbers masked; problems that have a
// frame keep it (see problem.List.AddFrames). What the contact of the portal or
// of a report gives to the public may stand anywhere.
//
// # What check does not do
//
// It does not repeat load: forms of ids and codes, what the outline names,
// paragraphs that the source lacks. It asks no clock: the day against which
// deadlines are held is given, or is the newest as_of. It does not judge
// figures that contradict each other in the source, and it infers no status.
package check
