package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"

	"rectify/site"
	"rectify/site/emit"
	"rectify/site/problem"
)

// The exit codes, the same for every command.
const (
	exitGood        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitData        = 3
	exitOutput      = 4
	exitTarget      = 5
	exitInterrupted = 130
)

// version is set by the Makefile (-ldflags -X main.version=…).
var version = "devel"

// world is what the program touches beside the portal's folder.
type world struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	getenv         func(string) string
}

// words is a text in both languages, indexed by problem.Lang.
type words [2]string

// command is one row of the table. setup registers its flags and returns the
// function that does the work.
type command struct {
	name    string
	summary words
	help    words // examples first
	setup   func(flags *flag.FlagSet) func(ctx context.Context, s *session, args []string) error
}

func commands() []command {
	return []command{
		initCommand, importCommand, ledgerCommand, checkCommand, buildCommand, serveCommand,
		approveCommand, releaseCommand, diffCommand, snapshotCommand, restoreCommand, verifyCommand, keyCommand, redactCommand,
		publishCommand, statusCommand, rollbackCommand, applyCommand, hostCommand,
		schemaCommand, versionCommand, helpCommand,
	}
}

// session is one run of one command: the world with the flags that all
// commands share.
type session struct {
	world
	lang    problem.Lang
	dir     string
	json    bool
	quiet   bool
	verbose bool
}

// usageError says that the words of the call are off.
type usageError struct{ text words }

func (e *usageError) Error() string { return e.text[problem.English] }

// run is the whole program but for the process around it.
func run(ctx context.Context, w world, args []string) (code int) {
	s := &session{world: w, lang: localeLang(w.getenv)}
	defer func() {
		if fault := recover(); fault != nil {
			s.say(words{"程序出错了,这不是您的问题;请把下面的内容发给维护者", "the program failed, which is not your fault; please send what follows to its maintainers"})
			fmt.Fprintf(s.stderr, "rectify %s: %v\n%s", version, fault, debug.Stack())
			code = exitFailed
		}
	}()
	err := s.dispatch(ctx, args)
	return s.finish(ctx, err)
}

func (s *session) dispatch(ctx context.Context, args []string) error {
	s.foresee(args)
	flags, lang := s.flags("rectify")
	showVersion := flags.Bool("version", false, "")
	err := flags.Parse(args)
	switch rest := flags.Args(); {
	case errors.Is(err, flag.ErrHelp):
		return helpRun(s, rest)
	case err != nil:
		return flagError(err)
	case s.setLang(*lang) != nil:
		return s.setLang(*lang)
	case *showVersion:
		args = []string{"version"}
	case len(rest) == 0 && !isPortal(s.dir):
		return helpRun(s, nil)
	case len(rest) == 0:
		// A double click on the program in a portal's folder: build, then show
		// the site. What is wrong with the data the preview says again.
		dir := s.dir
		s.finish(ctx, s.dispatch(ctx, []string{"build", "-C", dir}))
		args = []string{"serve", "--open", "-C", dir}
	default:
		args = rest
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return s.command(ctx, c, args[1:])
		}
	}
	return unknownCommand(args[0])
}

func unknownCommand(name string) error {
	return &usageError{words{"没有命令“" + name + "”;rectify help 列出所有命令", "there is no command “" + name + "”; rectify help lists all"}}
}

// command parses the flags of a command and runs it.
func (s *session) command(ctx context.Context, c command, args []string) error {
	flags, lang := s.flags(c.name)
	do := c.setup(flags)
	rest, err := parseFlags(flags, args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return helpRun(s, []string{c.name})
	case err != nil:
		return flagError(err)
	}
	if err := s.setLang(*lang); err != nil {
		return err
	}
	return do(ctx, s, rest)
}

// flags makes a set with the flags that all commands share. They may stand
// before the command's name too, so what was read there is the default.
func (s *session) flags(name string) (flags *flag.FlagSet, lang *string) {
	flags = flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	if s.dir == "" {
		s.dir = "."
	}
	flags.StringVar(&s.dir, "C", s.dir, "")
	flags.BoolVar(&s.json, "json", s.json, "")
	flags.BoolVar(&s.quiet, "q", s.quiet, "")
	flags.BoolVar(&s.verbose, "v", s.verbose, "")
	return flags, flags.String("lang", "", "")
}

// foresee looks for --json and --lang before anything else can go wrong, so
// that even a mistyped call is answered in the form and language asked for.
func (s *session) foresee(args []string) {
	for i, arg := range args {
		name, value, joined := strings.Cut(strings.TrimPrefix(arg, "-"), "=")
		switch {
		case arg == "--":
			return
		case arg == "-json" || arg == "--json":
			s.json = true
		case strings.HasPrefix(arg, "-") && strings.TrimPrefix(name, "-") == "lang":
			if !joined && i+1 < len(args) {
				value = args[i+1]
			}
			if lang, ok := problem.ParseLang(value); ok {
				s.lang = lang
			}
		}
	}
}

func (s *session) setLang(name string) error {
	if name == "" {
		return nil
	}
	lang, ok := problem.ParseLang(name)
	if !ok {
		return &usageError{words{"--lang 只能是 zh 或 en,不能是 " + name, "--lang takes zh or en, not " + name}}
	}
	s.lang = lang
	return nil
}

// parseFlags lets flags stand before and behind the other arguments, as people
// write them; what follows "--" is no flag.
func parseFlags(flags *flag.FlagSet, args []string) (rest []string, err error) {
	for {
		if err := flags.Parse(args); err != nil {
			return nil, err
		}
		left := flags.Args()
		if read := len(args) - len(left); read > 0 && args[read-1] == "--" {
			return append(rest, left...), nil
		}
		if len(left) == 0 {
			return rest, nil
		}
		rest, args = append(rest, left[0]), left[1:]
	}
}

// flagError says in both languages what the flag package says in English.
func flagError(err error) error {
	text := err.Error()
	for _, form := range []struct{ english, chinese string }{
		{"flag provided but not defined: ", "没有这个选项:"},
		{"flag needs an argument: ", "选项缺少值:"},
		{"invalid boolean flag ", "选项的值不对:"},
		{"invalid value ", "选项的值不对:"},
	} {
		if what, ok := strings.CutPrefix(text, form.english); ok {
			return &usageError{words{form.chinese + what, text}}
		}
	}
	return &usageError{words{"命令写法有误:" + text, text}}
}

// localeLang follows the locale as POSIX orders its variables. Without one the
// program speaks Chinese, the language of the people who use it.
func localeLang(getenv func(string) string) problem.Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := getenv(name); value != "" {
			lang, _ := problem.ParseLang(value)
			return lang
		}
	}
	return problem.Chinese
}

// say tells the user something on the way; -q silences it.
func (s *session) say(text words) {
	if !s.quiet {
		fmt.Fprintln(s.stderr, text[s.lang])
	}
}

// result prints what the command was asked for: v as JSON with --json, text
// otherwise.
func (s *session) result(v any, text string) error {
	if s.json {
		return s.printJSON(v)
	}
	_, err := fmt.Fprintln(s.stdout, text)
	return err
}

func (s *session) printJSON(v any) error {
	encoder := json.NewEncoder(s.stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(v)
}

// failure is what --json prints when a command fails.
type failure struct {
	OK       bool            `json:"ok"`
	Exit     int             `json:"exit"`
	Message  string          `json:"message"`
	Problems []problemRecord `json:"problems"`
}

// problemRecord is a problem for machines, with the words of one language.
type problemRecord struct {
	problem.Problem
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

func (s *session) records(list problem.List) []problemRecord {
	records := make([]problemRecord, len(list))
	for i, p := range list {
		records[i] = problemRecord{p.In(s.lang), p.Text(s.lang), p.Hint(s.lang)}
	}
	return records
}

// finish is the one place where an error becomes words and an exit code.
func (s *session) finish(ctx context.Context, err error) int {
	if err == nil {
		return exitGood
	}
	var said *reported
	if errors.As(err, &said) {
		return said.code
	}
	code, text, problems := s.explain(ctx, err)
	if s.json {
		// Nothing better can be done where standard output is gone.
		_ = s.printJSON(failure{Exit: code, Message: text, Problems: s.records(problems)})
		return code
	}
	s.printProblems(problems)
	fmt.Fprintln(s.stderr, "rectify: "+text)
	return code
}

func (s *session) printProblems(list problem.List) {
	shown := s.shown(list)
	for i, p := range shown {
		if i == flood && !s.verbose {
			fmt.Fprintf(s.stderr, words{"……还有 %d 个,用 -v 全部列出\n", "… and %d more, -v lists all\n"}[s.lang], len(shown)-i)
			break
		}
		fmt.Fprintln(s.stderr, p.Format(s.lang))
	}
}

// flood is how many problems are listed unless -v asks for all: behind a
// hundred messages nobody finds the first.
const flood = 50

// shown is the part of a list that the user wants to see: with -q errors, with
// -v all, otherwise errors and warnings.
func (s *session) shown(list problem.List) problem.List {
	least := problem.Warning
	switch {
	case s.quiet:
		least = problem.Error
	case s.verbose:
		least = problem.Info
	}
	return slices.DeleteFunc(slices.Clone(list), func(p problem.Problem) bool { return p.Severity < least })
}

func (s *session) explain(ctx context.Context, err error) (code int, text string, problems problem.List) {
	var (
		usage  *usageError
		failed *site.ProblemError
	)
	if text, code, ok := targetWords(ctx, err); ok && !errors.As(err, &failed) && !errors.As(err, &usage) {
		return code, text[s.lang], nil
	}
	switch {
	case errors.As(err, new(*site.ArchivedError)):
		// Also where the release was interrupted: it is there, and must be known.
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		return exitInterrupted, words{"已中断;输出文件夹没有改动", "interrupted; the output folder is unchanged"}[s.lang], nil
	case errors.As(err, &usage):
		return exitUsage, usage.text[s.lang], nil
	case errors.As(err, &failed):
		text := words{"数据有 %d 个错误,网站保持原样;改好后请再运行一次,可能还有后续的校验", "errors in the data: %d; the site is left as it is; run it again when they are mended, since more rules may follow"}
		code = exitData
		if failed.Output {
			text = words{"生成的网站有 %d 个错误,没有写出", "errors in the site: %d; it was not written"}
			code = exitOutput
		}
		return code, fmt.Sprintf(text[s.lang], failed.Problems.Count(problem.Error)), failed.Problems
	}
	var papers *site.PaperError
	if errors.As(err, &papers) {
		return exitData, fmt.Sprintf(words{"没有导入:%d 个文件读不了", "nothing was imported; files that cannot be read: %d"}[s.lang], papers.Problems.Count(problem.Error)), papers.Problems
	}
	var marked *markedError
	if errors.As(err, &marked) {
		return exitData, fmt.Sprintf(words{
			"台账里有 %d 处要改正,没有写任何数据;标红的台账在 %s,照着改好再导入",
			"mistakes in the workbook: %d; no data were written. A copy with red cells is in %s: put them right there and import it",
		}[s.lang], marked.Problems.Count(problem.Error), marked.copy), marked.Problems
	}
	for _, wordsOf := range []func(error) (words, bool){folderWords, importWords, ledgerWords, initWords, releaseWords} {
		if text, ok := wordsOf(err); ok {
			return exitFailed, text[s.lang], nil
		}
	}
	return exitFailed, err.Error(), nil
}

// folderWords says what emit found in the way of a build.
func folderWords(err error) (text words, ok bool) {
	var (
		locked   *emit.LockedError
		foreign  *emit.ForeignError
		full     *emit.FullError
		conflict *emit.ConflictError
		link     *emit.LinkError
	)
	switch {
	case errors.As(err, &locked):
		return words{"另一个构建正在写 " + locked.Dir + ",请等它结束", locked.Error()}, true
	case errors.As(err, &foreign):
		return words{
			"输出文件夹 " + foreign.Dir + " 里有不是本程序写的文件(" + foreign.Found + "),没有动它;请用 --out 换一个空文件夹,或先把这些文件移走",
			foreign.Error(),
		}, true
	case errors.As(err, &full):
		return words{"写 " + full.Path + " 时磁盘满了;请腾出空间后再构建一次", full.Error() + "; make room and build again"}, true
	case errors.As(err, &conflict):
		return words{conflict.Found + " 挡住了要写的 " + conflict.Path + ";请把它移走后再构建", conflict.Error()}, true
	case errors.As(err, &link):
		return words{link.Path + " 是链接或特殊文件,不能写入;请删去后再构建", link.Error()}, true
	case errors.Is(err, emit.ErrChanged):
		return words{"构建期间有人改动了输出文件夹;请再构建一次", err.Error() + "; build again"}, true
	case errors.Is(err, emit.ErrNewer):
		return words{"输出文件夹是较新版本的 rectify 写的;请换用新版本,或用 --out 换一个空文件夹", err.Error()}, true
	}
	return words{}, false
}
