package minify

import (
	"errors"
	"io"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/css"
)

// minifyStyle drops comments, the last semicolon of a block, and white space
// that separates nothing. Every value keeps its bytes, so no browser meets
// syntax that the author did not write. Comments that begin with /*! stay.
//
// The library's lexer tells the tokens; its minifier is not used: see doc.go.
func minifyStyle(data []byte) ([]byte, error) {
	lexer := css.NewLexer(parse.NewInput(scratch(data)))
	w := styleWriter{out: make([]byte, 0, len(data)), last: styleToken{kind: css.LeftBraceToken}}
	for {
		kind, text := lexer.Next()
		switch kind {
		case css.ErrorToken:
			if err := lexer.Err(); !errors.Is(err, io.EOF) {
				return nil, err
			}
			w.semicolon()
			return w.out, nil
		case css.BadStringToken, css.BadURLToken:
			// A browser gives up such a value at the next line break, which
			// therefore has to stay where it is.
			return data, nil
		case css.DelimToken:
			if text[0] == '\\' {
				return data, nil // no escape, but before a space it would be one
			}
			w.write(styleToken{kind, text})
		case css.WhitespaceToken:
			w.space = true
		case css.CommentToken:
			if len(text) > 2 && text[2] == '!' {
				w.write(styleToken{kind, text})
			} else {
				w.comment = true
			}
		default:
			w.write(styleToken{kind, text})
		}
	}
}

type styleToken struct {
	kind css.TokenType
	text []byte
}

// styleWriter writes tokens with as little as possible between them.
type styleWriter struct {
	out     []byte
	last    styleToken // the last token, which a held semicolon is not
	space   bool       // there was white space since
	comment bool       // there was a comment since
	held    bool       // there was a semicolon since, or several: the last of a block is not needed
	depth   int        // of open braces; outside of them, a second semicolon spoils the next rule
}

func (w *styleWriter) write(t styleToken) {
	if t.kind == css.SemicolonToken && w.depth > 0 && w.last.kind != css.ColonToken {
		w.held, w.space, w.comment = true, false, false
		return
	}
	switch t.kind {
	case css.LeftBraceToken:
		w.depth++
	case css.RightBraceToken:
		w.depth--
	}
	switch {
	case w.held && t.kind == css.RightBraceToken:
		w.held = false
	case w.held:
		w.semicolon()
	case w.space && w.separates(t):
		w.out = append(w.out, ' ')
	case w.comment && !w.space && !w.last.endsAlone() && !t.beginsAlone():
		// Two tokens that only a comment kept apart: "a/**/b".
		w.out = append(w.out, "/**/"...)
	}
	w.out = append(w.out, t.text...)
	w.last, w.space, w.comment = t, false, false
}

func (w *styleWriter) semicolon() {
	if w.held {
		w.out = append(w.out, ';')
		w.held = false
		w.last = styleToken{kind: css.SemicolonToken}
	}
}

// separates reports whether white space before t means something.
func (w *styleWriter) separates(t styleToken) bool {
	if w.last.kind == css.ColonToken {
		// Only in "--empty: ;", which without it is no declaration for a
		// browser of the Chrome 70 class.
		return t.kind == css.SemicolonToken || t.kind == css.RightBraceToken
	}
	return !w.last.opens() && !t.closes() && !w.combines(t)
}

// opens reports whether white space behind the token means nothing. Behind ")"
// and "]" it does: "a:not(b) c".
func (t styleToken) opens() bool {
	switch t.kind {
	case css.LeftBraceToken, css.RightBraceToken, css.SemicolonToken, css.CommaToken,
		css.LeftParenthesisToken, css.LeftBracketToken, css.FunctionToken:
		return true
	}
	return false
}

// closes reports whether white space before the token means nothing. Before
// ":", "(" and "[" it does: "a :hover", "and (", "a [href]".
func (t styleToken) closes() bool {
	switch t.kind {
	case css.LeftBraceToken, css.RightBraceToken, css.CommaToken,
		css.RightParenthesisToken, css.RightBracketToken:
		return true
	}
	return t.isDelim('!')
}

// combines reports whether white space before t stands at a ">" or "~". A "+"
// is not among them, since in calc() it needs its white space; nor is "~ =",
// which without would be another token.
func (w *styleWriter) combines(t styleToken) bool {
	return w.last.isDelim('>') || w.last.isDelim('~') && !t.isDelim('=') ||
		t.isDelim('~') || t.isDelim('>') && !w.last.isDelim('-')
}

func (t styleToken) isDelim(c byte) bool {
	return t.kind == css.DelimToken && t.text[0] == c
}

// endsAlone and beginsAlone report whether a token ends or begins with a
// character that no token next to it can swallow.
func (t styleToken) endsAlone() bool {
	return t.opens() || t.kind == css.ColonToken || t.kind == css.RightParenthesisToken || t.kind == css.RightBracketToken
}

func (t styleToken) beginsAlone() bool {
	return t.closes() || t.kind == css.ColonToken
}
