// Package load reads the data folder of a portal: YAML and Markdown under an
// afero.Fs become a model.Portal. It is strict, it never stops at the first
// problem, and every value keeps its place.
//
// Vocabulary:
//
//   - a folder (folder.go) is the data folder, the only way to the disk. It
//     refuses links that lead out of it, files over the limit and things that
//     are no files;
//   - a decoder (decode.go) fills one struct of model from one file. It reads
//     the `data` tags; the shape of a type (shape.go) is what they say;
//   - a draft (report.go) is a report with what is known to be lost of it, so
//     that a broken file is reported once and not by all that refer to it;
//   - what is published (written.go) is the way back: the files of a public
//     portal as an archive keeps them. It stands here because whoever reads
//     the format should be the one to write it; a test holds both together.
//
// # Why YAML is read this way
//
// The YAML library's own typing loses what a clerk wrote, without a word:
//
//   - `text: 一是 # 二是` is cut to 一是, and `label: #1` to nothing. A comment
//     behind a plain text value is a problem; on a line of its own it is fine.
//     The library hangs comments on neighbouring nodes, so the source itself
//     is looked at;
//   - `2024-1-2` becomes a timestamp, `1e3` a float, `yes` a truth value, `0x10`
//     sixteen, `null` and `~` nothing. Here a scalar is the characters that
//     stand in the file. Only a value that is not written at all, or is blank,
//     counts as absent;
//   - `text: ! 注意` loses its first character, which is a tag. Tags, anchors,
//     aliases and merge keys are refused, and with them alias bombs;
//   - `|` and `|-` differ by a line end that nobody sees: line ends behind a
//     block are dropped;
//   - U+0085, U+2028 and U+2029 are line ends to the library and to nobody else,
//     so its line numbers drift. They are refused like control characters;
//   - its syntax errors name the line where the surrounding block starts, or
//     one too few, or none. The place is searched for instead (syntax.go);
//   - it signals errors by panics, some of which are not its own errors.
//
// gopkg.in/yaml.v3 is the client's choice, its upstream is archived, and
// go.yaml.in/yaml/v3 continues it: yaml.go is the one file that imports it.
//
// A file's nodes are dropped when it is decoded: 10,000 files with their nodes
// held 161 MB. File names and keys are shared, not copied.
//
// # What load does not do
//
// It does not judge what was written: whether a promise is overdue, a date
// likely, a file in the folder unknown or a part missing is for check. It does
// not write and does not print.
package load
