package problem

import (
	"maps"
	"slices"
)

// Code names a kind of problem. D codes are about data, T codes about the
// theme, O codes about the output, I codes about imported papers, R codes about
// releases and the archive. A code keeps its meaning for ever; one that is no
// longer used is not given to another.
type Code string

// entry is one row of the table; text and hint are indexed by Lang, and {0},
// {1} … stand for the arguments that the code's comment names.
type entry struct {
	severity   Severity
	text, hint [2]string
}

// table holds every code; the families stand in codes_<room>.go.
var table = merge(loadCodes, checkCodes, themeCodes, outputCodes, importCodes, ledgerCodes, releaseCodes)

func merge(families ...map[Code]entry) map[Code]entry {
	all := map[Code]entry{}
	for _, family := range families {
		maps.Copy(all, family)
	}
	return all
}

func (c Code) entry() entry {
	e, ok := table[c]
	if !ok {
		panic("problem: code " + string(c) + " is not in the table")
	}
	return e
}

// Codes lists every code of the table in order.
func Codes() []Code {
	out := make([]Code, 0, len(table))
	for c := range table {
		out = append(out, c)
	}
	slices.Sort(out)
	return out
}
