// Package ledger is the clerk's workbook (整改台账), there and back. It writes the
// portal's issues as an .xlsx file with a sheet a report, and reads such a file
// again: which cells she has changed, which rows she has added, and what is
// wrong with either.
//
// Vocabulary:
//
//   - a column (column.go) is a value of an issue: how it is shown in a cell, and
//     how a cell becomes the value again;
//   - the base is what every cell said when the workbook was written. It lies in
//     a hidden sheet. A cell that still says the same was not edited, whatever
//     has become of the data meanwhile; one that was edited while the data
//     changed too is a conflict, and a person decides;
//   - a mistake is a problem with a sheet and a cell. Mark (mark.go) gives the
//     clerk her own workbook back with red cells, a comment in each, and a sheet
//     that lists them.
//
// The words of a deadline, of a status and of a measure are understood by the
// importer; it is handed in as functions (Words), since no room calls the next.
//
// # What it must not do
//
// It changes no data: it says what should change. It never removes an issue
// because its row is gone, and never guesses a day.
//
// excelize is the library: the only living one in Go that keeps what it does not
// know of a workbook when it writes it again.
package ledger
