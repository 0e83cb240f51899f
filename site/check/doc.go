// Package check holds the rules that look across the data: each rule is a file
// with one function from a portal to problems. Whether a single file can be
// read is load's business; whether the data as a whole make sense is checked
// here, on the complete model, before anything internal is dropped.
//
// A rule never changes the model and never stops at its first problem.
package check
