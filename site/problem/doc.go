// Package problem holds what can be wrong with a portal: one type for a
// finding, one table of all codes, and the words in Chinese and English.
//
// Vocabulary:
//
//   - a Problem is one finding: a Code, a Place, and the arguments of its text;
//   - a Place is a file with line and column, or a sheet with a cell;
//   - the code table (codes_<room>.go) says for each Code how severe it is, what is
//     said, and what the reader can do about it;
//   - a Frame is the line of the file with a mark under the place.
//
// Rooms collect problems and hand them on; nobody prints here. A room never
// stops at the first problem: the reader wants all of them in one pass.
// The package imports nothing of ours.
package problem
