package load

import (
	"encoding"
	"errors"
	"reflect"
	"strconv"
	"strings"

	"rectify/site/model"
	"rectify/site/problem"
)

// What is wanted, and what is found.
var (
	wantKey    = problem.Both("项的名称", "the name of a key")
	wantText   = problem.Both("文字", "text")
	wantNumber = problem.Both("整数", "a whole number")
	wantTruth  = problem.Both("true 或 false", "true or false")
	wantOne    = problem.Both("单独一个值", "a single value")
	wantGroup  = problem.Both("一组“项: 值”", "a group of “key: value”")
	wantList   = problem.Both("列表", "a list")
	foundNone  = problem.Both("空的", "nothing")
)

// longestText is how much of a text is quoted in a message.
const longestText = 40

// isScalar tells the types that a scalar fills.
func isScalar(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.String, reflect.Int, reflect.Bool:
		return true
	}
	return reflect.PointerTo(t).Implements(unmarshalerType)
}

// wanted says in words what a type takes.
func wanted(t reflect.Type) string {
	switch {
	case reflect.PointerTo(t).Implements(unmarshalerType):
		return wantOne
	case t.Kind() == reflect.String:
		return wantText
	case t.Kind() == reflect.Int:
		return wantNumber
	case t.Kind() == reflect.Bool:
		return wantTruth
	case t.Kind() == reflect.Slice:
		return wantList
	}
	return wantGroup
}

// found says in words what a node is.
func found(n *node) string {
	switch {
	case n.Kind == mappingNode:
		return wantGroup
	case n.Kind == sequenceNode:
		return wantList
	case strings.TrimSpace(n.Value) == "":
		return foundNone
	}
	quoted := "“" + short(n.Value) + "”"
	return problem.Both("文字"+quoted, "text "+quoted)
}

// short cuts a text that is quoted in a message.
func short(text string) string {
	runes := []rune(text)
	if len(runes) <= longestText {
		return text
	}
	return string(runes[:longestText]) + "…"
}

func (d *decoder) wrongType(key string, n *node, want string) outcome {
	return d.fail(problem.New(problem.WrongType, d.at(n), key, want, found(n)))
}

// isNothing tells a value that is not written. The words null and ~ are text
// like any other.
func isNothing(n *node) bool {
	return n.Kind == scalarNode && n.Value == "" && n.Style&unplainStyles == 0
}

// scalar fills a text, a number, a truth value or a checked type from the
// characters that stand in the file. A blank value counts as absent.
func (d *decoder) scalar(key string, n *node, v reflect.Value) outcome {
	if n.Kind != scalarNode {
		return d.wrongType(key, n, wanted(v.Type()))
	}
	text := n.Value
	if n.Style&blockStyles != 0 {
		text = strings.TrimRight(text, "\n")
	}
	if n.Style&doubleQuoted != 0 {
		// An escape like \0 hides what the source does not show.
		if at := strings.IndexFunc(text, isControl); at >= 0 {
			return d.fail(problem.New(problem.ControlCharacter, d.at(n), codePoint([]rune(text[at:])[0])))
		}
	}
	checked, isChecked := v.Addr().Interface().(encoding.TextUnmarshaler)
	// A colour is written with a # elsewhere: here that makes it a comment.
	_, isColour := v.Interface().(model.Colour)
	isColour = isColour && text == ""
	cut := v.Kind() == reflect.String && (!isChecked || isColour) && d.commentBehind(n)
	if strings.TrimSpace(text) == "" {
		if cut {
			d.failed++
			return failed
		}
		return absent
	}
	switch {
	case isChecked:
		return d.checked(n, checked, text)
	case v.Kind() == reflect.String:
		v.SetString(text)
	case v.Kind() == reflect.Int:
		number, err := strconv.Atoi(text)
		switch {
		case errors.Is(err, strconv.ErrRange) || number < 0:
			return d.fail(problem.New(problem.BadValue, d.at(n), short(text), problem.Both("不小于 0 的数,位数正常", "a number of usual size, 0 or more")))
		case err != nil:
			return d.wrongType(key, n, wantNumber)
		}
		v.SetInt(int64(number))
	default:
		if text != "true" && text != "false" {
			return d.wrongType(key, n, wantTruth)
		}
		v.SetBool(text == "true")
	}
	return done
}

// checked hands a text to its type, which says what is wrong but not where.
func (d *decoder) checked(n *node, into encoding.TextUnmarshaler, text string) outcome {
	err := into.UnmarshalText([]byte(text))
	if err == nil {
		return done
	}
	var p problem.Problem
	if !errors.As(err, &p) {
		p = problem.New(problem.BadValue, problem.Place{}, short(text), err.Error())
	}
	p.Place = d.at(n)
	return d.fail(p)
}

// commentBehind reports the comment that YAML drops behind a plain text. The
// library hangs some comments on other nodes, so the source is read: the end
// of the value is where all its characters that are not blank have passed.
func (d *decoder) commentBehind(n *node) bool {
	if n.Style&unplainStyles != 0 {
		return false
	}
	at := d.offset(n.Line, n.Column)
	for i := range len(n.Value) {
		if isBlank(n.Value[i]) {
			continue
		}
		for at < len(d.text) && isBlank(d.text[at]) {
			at++
		}
		if at >= len(d.text) || d.text[at] != n.Value[i] {
			return false // a tag stands before the value; it has been reported
		}
		at++
	}
	end := at
	for at < len(d.text) && (d.text[at] == ' ' || d.text[at] == '\t') {
		at++
	}
	if at == end || at == len(d.text) || d.text[at] != '#' {
		return false
	}
	comment, _, _ := strings.Cut(d.text[at:], "\n")
	d.list = append(d.list, problem.New(problem.CommentAfterText, d.place(at), short(strings.TrimSpace(comment))))
	return true
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' }
