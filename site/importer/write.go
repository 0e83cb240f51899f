package importer

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"rectify/site/model"
)

// File is one file of a report's folder.
type File struct {
	Name string // relative to the folder of the report, with forward slashes
	Data []byte
}

// Files gives the files of the report's folder: report.yaml, one file an issue,
// and the source text. The same report gives the same bytes. Loading them gives
// the report again.
func (r *Result) Files() []File { return Files(r.Report, r.names, r.Document.Text) }

// Files writes a report for its folder. names are those of the issues' files
// without their ending, by issue; where one is missing, the id is the name.
// text becomes source.txt.
func Files(report *model.Report, names []string, text string) []File {
	out := []File{{"report.yaml", ReportFile(report)}}
	for i, issue := range report.Issues {
		name := issue.ID.String()
		if i < len(names) {
			name = names[i]
		}
		out = append(out, File{"issues/" + name + ".yaml", IssueFile(issue)})
	}
	return append(out, File{"source.txt", []byte(text)})
}

const reportHead = `# 通报的基本情况和目录。文字、数字、标点都照原文（source.txt），不作更正。
# 各问题的措施写在 issues/ 里，一个问题一个文件；问题的先后和归属只看这里的 outline。
# 段号（paragraphs、furniture）是 source.txt 中非空行的序号，从 1 数起。
`

// remarks stand above the blocks of report.yaml.
var remarks = map[string]string{
	"declared":  "# 声明数：原文自己写出的总数。of 指明与数据中的哪个公开数并列；两者不同也都不改。\n",
	"parts":     "# 叙述部分，按原文先后。outline: true 的一节，末尾接目录里的全部问题。\n",
	"outline":   "# 目录：方面 > 类 > 问题。\n",
	"furniture": "# 原文中不属于通报正文的段。\n",
}

// ReportFile writes report.yaml.
func ReportFile(report *model.Report) []byte {
	w := &writer{}
	w.WriteString(reportHead)
	v := reflect.ValueOf(report).Elem()
	for _, f := range fieldsOf(v.Type()) {
		value := v.Field(f.index)
		if isEmpty(value) {
			continue
		}
		if value.Kind() != reflect.String && f.key != "title_lines" {
			w.WriteByte('\n')
			w.WriteString(remarks[f.key])
		}
		w.field(0, f.key, value)
	}
	return []byte(w.String())
}

// IssueFile writes the file of one issue.
func IssueFile(issue *model.Issue) []byte {
	w := &writer{}
	w.mapping(0, reflect.ValueOf(issue).Elem(), false)
	return []byte(w.String())
}

// writer makes YAML as a person would: no library knows when a text reads
// better as a block.
type writer struct{ strings.Builder }

type keyField struct {
	key   string
	index int
}

// fieldsOf lists the keys of a struct in the order in which people read them.
func fieldsOf(t reflect.Type) []keyField {
	var out []keyField
	for i := range t.NumField() {
		if tag, ok := t.Field(i).Tag.Lookup("data"); ok {
			name, _, _ := strings.Cut(tag, ",")
			out = append(out, keyField{name, i})
		}
	}
	return out
}

// isEmpty tells values that are left out.
func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice:
		return v.Len() == 0
	case reflect.Struct:
		if status, ok := v.Interface().(model.Status); ok && status.Code == model.NotStated && status.Printed == "" && status.Basis == "" {
			return true
		}
		for _, f := range fieldsOf(v.Type()) {
			if !isEmpty(v.Field(f.index)) {
				return false
			}
		}
		return true
	}
	return v.IsZero()
}

// blocks are the keys whose text is prose.
var blocks = []string{"text", "intro", "summary", "finding", "goal", "result"}

func (w *writer) indent(n int) { w.WriteString(strings.Repeat(" ", n)) }

// mapping writes the keys of a struct. started tells that the first one stands
// behind a dash that is already written.
func (w *writer) mapping(indent int, v reflect.Value, started bool) {
	for _, f := range fieldsOf(v.Type()) {
		value := v.Field(f.index)
		if isEmpty(value) {
			continue
		}
		if started {
			started = false
		} else {
			w.indent(indent)
		}
		w.entry(indent, f.key, value)
	}
}

func (w *writer) field(indent int, key string, v reflect.Value) {
	w.indent(indent)
	w.entry(indent, key, v)
}

// entry writes “key: value” behind an indent that is already written.
func (w *writer) entry(indent int, key string, v reflect.Value) {
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	w.WriteString(key + ":")
	switch v.Kind() {
	case reflect.Struct:
		if ref, ok := v.Interface().(model.SourceRef); ok {
			w.WriteString(" {paragraphs: " + numbers(ref.Paragraphs) + "}\n")
			return
		}
		w.WriteByte('\n')
		w.mapping(indent+2, v, false)
	case reflect.Slice:
		w.list(indent, v)
	case reflect.String:
		text := v.String()
		if slices.Contains(blocks, key) || strings.Contains(text, "\n") {
			w.block(indent+2, text)
			return
		}
		w.WriteString(" " + scalar(text, v.Type() == reflect.TypeFor[string]() || v.Type() == reflect.TypeFor[model.Slug]()) + "\n")
	default:
		fmt.Fprintf(w, " %v\n", v.Interface())
	}
}

func (w *writer) list(indent int, v reflect.Value) {
	switch list := v.Interface().(type) {
	case []int:
		w.WriteString(" " + numbers(list) + "\n")
		return
	case []model.IssueID:
		words := make([]string, len(list))
		for i, id := range list {
			words[i] = id.String()
		}
		w.WriteString(" [" + strings.Join(words, ", ") + "]\n")
		return
	}
	w.WriteByte('\n')
	for i := range v.Len() {
		w.indent(indent + 2)
		w.WriteString("- ")
		item := v.Index(i)
		if item.Kind() == reflect.String {
			w.WriteString(scalar(item.String(), true) + "\n")
			continue
		}
		if isEmpty(item) {
			w.WriteString("{}\n")
			continue
		}
		w.mapping(indent+4, item, true)
	}
}

func numbers(list []int) string {
	words := make([]string, len(list))
	for i, n := range list {
		words[i] = strconv.Itoa(n)
	}
	return "[" + strings.Join(words, ", ") + "]"
}

// block writes prose: nothing in it can be mistaken for YAML.
func (w *writer) block(indent int, text string) {
	w.WriteString(" |-\n")
	for line := range strings.Lines(text) {
		w.indent(indent)
		w.WriteString(strings.TrimRight(line, "\n") + "\n")
	}
}

// other reads as something else than text to YAML's own rules, 1.1 or 1.2.
var other = regexp.MustCompile(`^(?i:[-+]?[0-9][0-9_,.]*(e[-+]?[0-9]+)?|[-+]?\.[0-9]+|0x[0-9a-f]+|0o?[0-7]+|\d{4}-\d\d?-\d\d?.*|[-+]?\d+(:\d+)+(\.\d*)?|y|n|yes|no|on|off|true|false|null|~|[-+]?\.inf|\.nan|<<|=)$`)

// scalar writes a value on one line, plain where that is safe. Values of
// checked types are always plain.
func scalar(text string, isText bool) string {
	if !isText {
		return text
	}
	plain := text != "" && strings.TrimSpace(text) == text && !strings.ContainsAny(text[:1], "?:,[]{}#&*!|>'\"%@`") &&
		!strings.HasPrefix(text, "- ") && text != "-" && !strings.HasPrefix(text, "---") && !strings.HasPrefix(text, "...") &&
		!strings.Contains(text, ": ") && !strings.HasSuffix(text, ":") && !strings.Contains(text, " #") &&
		!strings.ContainsAny(text, "\t") && !strings.Contains(text, ":\u00a0") && !other.MatchString(text)
	switch {
	case plain:
		return text
	case !strings.ContainsAny(text, "\"\\\t"):
		return `"` + text + `"`
	}
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}
