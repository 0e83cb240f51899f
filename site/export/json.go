package export

import (
	"bufio"
	"encoding/json"
	"io"

	"rectify/site/internal/quickjson"
)

// fromData is the address of a file of data/ as another file of data/ names it.
func fromData(path string) string { return path[len("data/"):] }

// writeIssuesJSON writes one issue a line: a reader may take the file line by
// line, and two releases of it can be compared with any tool.
func (e *Exporter) writeIssuesJSON(w io.Writer) error {
	out := bufio.NewWriterSize(w, 1<<16)
	head, err := quickjson.Append(nil, issuesHead{
		Schema: fromData(issuesSchemaPath), Format: outputFormat,
		Portal: portalRef{e.portal.Name, e.portal.Unit, e.base}, AsOf: e.portal.NewestDay(),
	})
	if err != nil {
		return err
	}
	// The head is a whole object; the lists go in before its closing bracket.
	_, _ = out.Write(head[:len(head)-1])
	_, _ = out.WriteString(",\n\"issues\":[")
	err = e.lines(out, func(r *row) any {
		if r.withdrawn != nil {
			return nil
		}
		return r.issueRecord
	})
	if err != nil {
		return err
	}
	_, _ = out.WriteString("],\n\"withdrawn\":[")
	err = e.lines(out, func(r *row) any {
		if r.withdrawn == nil {
			return nil
		}
		return withdrawnRecord{r.place, r.withdrawn.On, r.withdrawn.Why}
	})
	if err != nil {
		return err
	}
	_, _ = out.WriteString("]}\n")
	return out.Flush() // which also tells of errors before it
}

// lines writes the entries of a list, each on a line of its own. Rows for
// which entry gives nil are passed over.
func (e *Exporter) lines(out *bufio.Writer, entry func(*row) any) error {
	separator := "\n"
	var line []byte
	for r := range e.rows() {
		value := entry(r)
		if value == nil {
			continue
		}
		var err error
		if line, err = quickjson.Append(line[:0], value); err != nil {
			return err
		}
		_, _ = out.WriteString(separator)
		if _, err := out.Write(line); err != nil {
			return err
		}
		separator = ",\n"
	}
	if separator != "\n" {
		_, _ = out.WriteString("\n")
	}
	return nil
}

// writeIndented writes JSON for people too.
func writeIndented(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

func (e *Exporter) writePortalJSON(w io.Writer) error { return writeIndented(w, e.portalDocument()) }
