package load

import (
	"fmt"
	"iter"
	"path"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spf13/afero"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"rectify/site/model"
)

// File is a file of a data folder, by its path below the folder.
type File struct {
	Name string
	Data []byte
}

// Published writes the data folder of a public portal (see model.Portal.Public)
// as an archive keeps it: reading it with Load gives the same public portal
// again, and nothing that is not public stands in it. YAML is written anew, so
// comments are gone, and with them notes that were nobody else's business. The
// source texts and the prose are what they are in the folder dir of fs, but for
// the paragraphs of withdrawn issues and for comments. Images and evidence are
// not among the files: the site holds them as they are.
func Published(fs afero.Fs, dir string, portal *model.Portal) iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		for file, err := range published(folder{fs, dir}, portal) {
			if err != nil {
				err = fmt.Errorf("copy the data: %w", err)
			}
			if !yield(file, err) || err != nil {
				return
			}
		}
	}
}

func published(f folder, portal *model.Portal) iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		if !yield(File{"portal.yaml", yamlOf(portal)}, nil) {
			return
		}
		if portal.Trust != nil && !yield(File{"trust.yaml", yamlOf(portal.Trust)}, nil) {
			return
		}
		for _, prose := range portal.Prose {
			name := "pages/" + string(prose.Name) + ".md"
			data, err := f.read(path.Join(f.root, name), nil)
			if !yield(File{name, withoutComments(data)}, err) {
				return
			}
		}
		for _, report := range portal.Reports {
			for file, err := range publishedReport(f, report) {
				if !yield(file, err) {
					return
				}
			}
		}
	}
}

func publishedReport(f folder, report *model.Report) iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		dir := "reports/" + string(report.ID) + "/"
		if !yield(File{dir + "report.yaml", yamlOf(report)}, nil) {
			return
		}
		if len(report.Paragraphs) > 0 {
			data, err := f.read(path.Join(f.root, dir+"source.txt"), nil)
			if !yield(File{dir + "source.txt", withoutEmptied(data, report)}, err) {
				return
			}
		}
		for _, issue := range report.Issues {
			if issue.Withdrawn != nil {
				issue = stub(issue, report)
			}
			if !yield(File{dir + "issues/" + issue.ID.String() + ".yaml", yamlOf(issue)}, nil) {
				return
			}
		}
	}
}

// withdrawnText stands where the text of a withdrawn issue was: a title is
// required, and a paragraph that went would move the numbers of all behind it.
const withdrawnText = "(已撤回)"

// stub is a withdrawn issue as it can be loaded again.
func stub(issue *model.Issue, report *model.Report) *model.Issue {
	out := *issue
	out.Title = withdrawnText
	for n := 1; n <= len(report.Paragraphs); n++ {
		if report.Emptied[n] == issue.ID {
			out.Source.Paragraphs = append(out.Source.Paragraphs, n)
		}
	}
	return &out
}

// withoutEmptied takes the text out of the paragraphs that only withdrawn
// issues are made from.
func withoutEmptied(data []byte, report *model.Report) []byte {
	if len(report.Emptied) == 0 {
		return data
	}
	var out strings.Builder
	n := 0
	for line := range strings.Lines(string(data)) {
		if strings.TrimSpace(strings.TrimPrefix(line, byteOrderMark)) != "" {
			n++
			if _, emptied := report.Emptied[n]; emptied {
				line = withdrawnText + "\n"
			}
		}
		out.WriteString(line)
	}
	return []byte(out.String())
}

// withoutComments takes the comments out of Markdown: readers never see them.
func withoutComments(data []byte) []byte {
	type span struct{ from, to int }
	var cuts []span
	doc := markdown.Parser().Parse(text.NewReader(data))
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.HTMLBlock:
			for i := range n.Lines().Len() {
				cuts = append(cuts, span{n.Lines().At(i).Start, n.Lines().At(i).Stop})
			}
			if n.HasClosure() {
				cuts = append(cuts, span{n.ClosureLine.Start, n.ClosureLine.Stop})
			}
		case *ast.RawHTML:
			for i := range n.Segments.Len() {
				cuts = append(cuts, span{n.Segments.At(i).Start, n.Segments.At(i).Stop})
			}
		}
		return ast.WalkContinue, nil
	})
	var out []byte
	at := 0
	for _, c := range cuts {
		if c.from >= at {
			out = append(out, data[at:c.from]...)
			at = c.to
		}
	}
	return append(out, data[at:]...)
}

// yamlOf writes a struct of model as a file that load reads back. Texts stand
// in double quotes, or in blocks where they are long: nothing in them can be
// mistaken for YAML.
func yamlOf(value any) []byte {
	w := &writer{}
	w.mapping(0, reflect.ValueOf(value).Elem(), false)
	return []byte(w.String())
}

type writer struct{ strings.Builder }

func (w *writer) indent(n int) { w.WriteString(strings.Repeat(" ", n)) }

// mapping writes the keys of a struct. inline tells that the first one stands
// behind a dash.
func (w *writer) mapping(indent int, v reflect.Value, inline bool) {
	for _, f := range shapeOf(v.Type()).fields {
		value := v.Field(f.index)
		if isAbsent(value) {
			continue
		}
		if !inline {
			w.indent(indent)
		}
		inline = false
		w.WriteString(f.key + ":")
		w.value(indent, value)
	}
}

// isAbsent tells what is not written. A pointer that leads to nothing in
// particular is: that it is there says something.
func isAbsent(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice:
		return v.Len() == 0
	case reflect.Struct:
		for _, f := range shapeOf(v.Type()).fields {
			if !isAbsent(v.Field(f.index)) {
				return false
			}
		}
		return true
	}
	return v.IsZero()
}

// value writes what stands behind “key:” or a dash.
func (w *writer) value(indent int, v reflect.Value) {
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Struct:
		if isAbsent(v) {
			w.WriteString(" {}\n")
			return
		}
		w.WriteByte('\n')
		w.mapping(indent+2, v, false)
	case reflect.Slice:
		w.list(indent, v)
	case reflect.String:
		w.text(indent, v.String())
	default:
		fmt.Fprintf(w, " %v\n", v.Interface())
	}
}

func (w *writer) list(indent int, v reflect.Value) {
	if kind := v.Type().Elem().Kind(); kind == reflect.Int || kind == reflect.Uint32 {
		words := make([]string, v.Len())
		for i := range words {
			words[i] = fmt.Sprint(v.Index(i).Interface())
		}
		w.WriteString(" [" + strings.Join(words, ", ") + "]\n")
		return
	}
	w.WriteByte('\n')
	for i := range v.Len() {
		item := v.Index(i)
		w.indent(indent + 2)
		w.WriteByte('-')
		if item.Kind() == reflect.Struct && !isAbsent(item) {
			w.WriteByte(' ')
			w.mapping(indent+4, item, true)
			continue
		}
		w.value(indent+2, item)
	}
}

// shortText is how many characters stand on the line of their key.
const shortText = 60

func (w *writer) text(indent int, text string) {
	if !isBlock(text) {
		w.WriteString(" " + quoted(text) + "\n")
		return
	}
	w.WriteString(" |-\n")
	for line := range strings.Lines(text) {
		w.indent(indent + 2)
		w.WriteString(strings.TrimSuffix(line, "\n") + "\n")
	}
}

// isBlock tells long texts that a block keeps as they are. One that begins or
// ends with white space, or has lines of nothing else, does not.
func isBlock(text string) bool {
	if utf8.RuneCountInString(text) <= shortText && !strings.Contains(text, "\n") {
		return false
	}
	for line := range strings.SplitSeq(text, "\n") {
		if line == "" || strings.TrimSpace(line) != line || strings.ContainsFunc(line, isControl) || strings.Contains(line, "\t") {
			return false
		}
	}
	return true
}

// quoted writes a text in double quotes. Characters that load refuses in a
// text are not in the model.
func quoted(text string) string {
	var out strings.Builder
	out.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			out.WriteByte('\\')
			out.WriteRune(r)
		case r == '\n':
			out.WriteString(`\n`)
		case r == '\t':
			out.WriteString(`\t`)
		case r == '\ufeff':
			out.WriteString(`\uFEFF`)
		case !strconv.IsPrint(r) && r < 0x10000:
			fmt.Fprintf(&out, `\u%04X`, r)
		case !strconv.IsPrint(r):
			fmt.Fprintf(&out, `\U%08X`, r)
		default:
			out.WriteRune(r)
		}
	}
	out.WriteByte('"')
	return out.String()
}
