package importer

import (
	"strings"
)

// groupRow tells a row with a Chinese numeral and a title and nothing else: 一
// 党的领导方面.
func (l *ledger) groupRow(row *Row) bool {
	numbered, titled := false, false
	for i, c := range row.Cells {
		if inkless(c) {
			continue
		}
		switch {
		case i >= len(l.kinds):
			return false
		case l.kinds[i] == keyNumber:
			numbered = strings.Trim(squeeze(c), cnNumerals+"、.．（）()") == ""
		case l.kinds[i] == keyIssue:
			titled = true
		default:
			return false
		}
	}
	return numbered && titled
}

// onlyFault tells a row with nothing but what is wrong, in the column of issues: an
// issue of which nothing more is said, not the heading of a group.
func (l *ledger) onlyFault(row *Row) bool {
	for i, c := range row.Cells {
		if i != l.title && !inkless(c) {
			return false
		}
	}
	text := squeeze(row.Cells[l.title])
	_, counted := parseMark(text)
	return l.title > 0 && isFault(text) && !counted && !strings.HasSuffix(text, "方面")
}

// says tells a row with more than a number and a section.
func (l *ledger) says(row *Row) bool {
	for i, c := range row.Cells {
		if inkless(c) || i >= len(l.kinds) {
			continue
		}
		if k := l.kinds[i]; k != keyNumber && k != keySection {
			return true
		}
	}
	return false
}

// onlyNumber tells a row that was counted and never filled in.
func (l *ledger) onlyNumber(row *Row) bool {
	for i, c := range row.Cells {
		if !inkless(c) && (i >= len(l.kinds) || l.kinds[i] != keyNumber) {
			return false
		}
	}
	return true
}

// continues tells a row whose one text belongs to the issue above.
func (l *ledger) continues(row *Row) bool {
	if l.now == nil {
		return false
	}
	for i, c := range row.Cells {
		if c != "" && i < len(l.kinds) && (l.kinds[i] == keyIssue || l.kinds[i] == keyNumber || l.kinds[i] == keySection) {
			return false
		}
	}
	return true
}
