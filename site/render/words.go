package render

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"rectify/site/problem"
)

// Hugo's messages nest: the page that was rendered, the layout, the partial in
// the layout, each with its position, and what went wrong at the end:
//
//	render of "/rectify/content/000017.md" failed: "/rectify/layouts/text.html:2:3":
//	execute of template failed: template: page-text.html:2:3: executing "main" at
//	<partial "bad.html" .>: error calling partial: "/rectify/layouts/_partials/bad.html:2:12":
//	execute of template failed: template: _partials/bad.html:2:12: executing
//	"_partials/bad.html" at <.Params.title.foo>: can't evaluate field foo in type string
//
// The reader wants the innermost place and the last words.
var (
	inTemplate = regexp.MustCompile(`(?:html/)?template: ?([\w./-]+\.html)(?::(\d+))?(?::(\d+))?:? `)
	inFile     = regexp.MustCompile(`"` + regexp.QuoteMeta(root) + `[/\\]([^":]+):(\d+):(\d+)":? ?`)
	inContent  = regexp.MustCompile(`content[/\\](\d{6})\.md`)
	executing  = regexp.MustCompile(`^executing "[^"]*" (at <)`)
	noWord     = regexp.MustCompile(`^i18n\|MISSING_TRANSLATION\|([^|]*)\|(.*)$`)
	onlyCount  = regexp.MustCompile(`^logged \d+ error\(s\)$`)
)

// problems turns what Hugo said and why it stopped into problems of the theme.
// pages are those of the batch, whose paths stand for Hugo's content files.
func (t *Theme) problems(talk []said, stopped error, pages []Content) problem.List {
	var list problem.List
	failed := false
	for _, s := range talk {
		failed = failed || s.failed
		if m := noWord.FindStringSubmatch(s.text); m != nil {
			name, _ := t.words(m[1])
			list = append(list, problem.New(problem.NoWord, problem.Place{File: t.label(name)}, m[2]))
			continue
		}
		code := problem.ThemeWarning
		if s.failed {
			code = problem.ThemeFailed
		}
		list = append(list, t.problem(code, s.text, pages))
	}
	for _, err := range causes(stopped) {
		// Build's last word after errors in the log is how many there were.
		if failed && onlyCount.MatchString(err.Error()) {
			continue
		}
		list = append(list, t.problem(problem.ThemeFailed, err.Error(), pages))
	}
	return list
}

// causes takes joined errors apart.
func causes(err error) []error {
	for e := err; e != nil; {
		switch u := e.(type) {
		case interface{ Unwrap() []error }:
			var out []error
			for _, each := range u.Unwrap() {
				out = append(out, causes(each)...)
			}
			return out
		case interface{ Unwrap() error }:
			e = u.Unwrap()
		default:
			return []error{err}
		}
	}
	if err == nil {
		return nil
	}
	return []error{err}
}

func (t *Theme) problem(code problem.Code, text string, pages []Content) problem.Problem {
	file, line, column, rest := place(text)
	at := t.somewhere()
	if file != "" {
		at = problem.Place{File: t.label(file), Line: line, Column: t.characters(file, line, column)}
	}
	return problem.New(code, at, words(rest)+pageOf(text, pages))
}

// somewhere is the place of what Hugo says without naming a template: a
// warnf, a function that is going away, a file too many.
func (t *Theme) somewhere() problem.Place { return problem.Place{File: t.label("layouts")} }

// place finds the innermost file of the theme in a message and what is said
// behind it. Column is Hugo's: bytes, from 0.
func place(text string) (file string, line, column int, rest string) {
	rest = text
	at := 0
	if m := last(inFile, text); m != nil {
		file, line, column = filepath.ToSlash(text[m[2]:m[3]]), number(text, m, 2), number(text, m, 3)
		at, rest = m[1], text[m[1]:]
	}
	// The name that html/template gives stands behind the file's, and is right
	// where Hugo blames baseof.html for a layout that cannot be parsed.
	if m := last(inTemplate, text); m != nil && m[1] > at {
		file, line, column = layoutOf(text[m[2]:m[3]]), number(text, m, 2), number(text, m, 3)
		rest = text[m[1]:]
	}
	return file, line, column, rest
}

func last(re *regexp.Regexp, text string) []int {
	all := re.FindAllStringSubmatchIndex(text, -1)
	if len(all) == 0 {
		return nil
	}
	return all[len(all)-1]
}

// number reads group i of a match; 0 where it took no part.
func number(text string, match []int, i int) int {
	if match[2*i] < 0 {
		return 0
	}
	n, err := strconv.Atoi(text[match[2*i]:match[2*i+1]])
	if err != nil {
		return 0
	}
	return n
}

// characters turns a column in bytes from 0 into one in characters from 1.
func (t *Theme) characters(file string, line, column int) int {
	lines := strings.Split(string(t.files[file]), "\n")
	if line < 1 || line > len(lines) || column > len(lines[line-1]) {
		return 0
	}
	return utf8.RuneCountInString(lines[line-1][:column]) + 1
}

// words leaves what the reader can use: no advice on Hugo's configuration,
// which this program does not offer.
func words(text string) string {
	for _, end := range []string{"; the current security configuration is:", "\nYou can suppress this", "\n"} {
		text, _, _ = strings.Cut(text, end)
	}
	return strings.TrimSpace(executing.ReplaceAllString(text, "$1"))
}

// pageOf names the page that was being rendered, where a message tells.
func pageOf(text string, pages []Content) string {
	m := inContent.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	if i, err := strconv.Atoi(m[1]); err == nil && i < len(pages) {
		return fmt.Sprintf(" (%s)", pages[i].Path)
	}
	return ""
}
