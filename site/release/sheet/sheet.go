package sheet

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"rsc.io/qr"

	"rectify/site/problem"
	"rectify/site/release/diff"
)

// Sheet is an approval sheet.
type Sheet struct {
	Lang       problem.Lang
	ID         string // of the release
	Portal     string
	Unit       string
	Day        string // on which it was made
	Content    string // digest of the content: "sha256:…"
	Code       string // the same, short
	Previous   string // id of the release before, "" for none
	Checkpoint string // of the log, "" without one
	Keys       []Key
	Changes    *diff.Changes
	Full       []Paragraph // what was not published before, item by item: of a first release all
}

// Key is a key that signs.
type Key struct{ Name, Fingerprint, From, Until string }

// Paragraph is an item that was not published before.
type Paragraph struct{ Heading, Text string }

// Comparison is what “rectify diff --html” shows.
type Comparison struct {
	Lang    problem.Lang
	Portal  string
	From    string // a release
	To      string // a release, or "" for the working data
	Changes *diff.Changes
}

//go:embed sheet.html
var text string

var form = template.Must(template.New("sheet.html").Funcs(template.FuncMap{
	"words": func(lang problem.Lang, c diff.Change) diff.Words { return c.In(lang) },
	"word":  func(lang problem.Lang, k diff.ItemKind) string { return k.Word(lang) },
	"say":   say,
	"qr":    drawn,
	"lines": func(text string) []string { return strings.Split(strings.TrimSpace(text), "\n") },
	"totals": func(lang problem.Lang, c *diff.Changes) []diff.Total {
		if c.Before == nil {
			return diff.Differing(diff.Totals{}, c.After, lang)
		}
		return diff.Differing(*c.Before, c.After, lang)
	},
	"dict": func(pairs ...any) map[string]any {
		m := map[string]any{}
		for i := 0; i+1 < len(pairs); i += 2 {
			m[pairs[i].(string)] = pairs[i+1]
		}
		return m
	},
}).Parse(text))

// Write prints the sheet.
func (s Sheet) Write(w io.Writer) error {
	if err := form.ExecuteTemplate(w, "approval", s); err != nil {
		return fmt.Errorf("write the approval sheet: %w", err)
	}
	return nil
}

// Write prints the comparison.
func (c Comparison) Write(w io.Writer) error {
	if err := form.ExecuteTemplate(w, "comparison", c); err != nil {
		return fmt.Errorf("write the comparison: %w", err)
	}
	return nil
}

// drawn is a QR code as SVG: one path, a run of dark modules a step.
func drawn(content string) (template.HTML, error) {
	code, err := qr.Encode(content, qr.M)
	if err != nil {
		return "", err
	}
	const quiet = 4 // modules of white that readers want around it (ISO/IEC 18004)
	var path strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			n := 0
			for x+n < code.Size && code.Black(x+n, y) {
				n++
			}
			if n > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", x+quiet, y+quiet, n, n)
				x += n
			}
		}
	}
	side := code.Size + 2*quiet
	return template.HTML(fmt.Sprintf(`<svg class="qr" role="img" aria-label="QR" viewBox="0 0 %d %d" shape-rendering="crispEdges"><path d="M0 0h%dv%dH0z" fill="#fff"/><path d="%s"/></svg>`,
		side, side, side, side, path.String())), nil
}

// pair is a word in both languages, indexed by problem.Lang.
type pair [2]string

var sayings = map[string]pair{
	"sheet": {"网站公布审签单", "Approval sheet"}, "release": {"期号", "Release"}, "portal": {"网站", "Site"}, "unit": {"公布单位", "Published by"}, "day": {"制单日期", "Made on"},
	"previous": {"上一期", "Release before"}, "none": {"无(首次公布)", "none (first release)"}, "content": {"内容摘要", "Digest of the content"}, "code": {"短码", "Short code"},
	"drafted": {"拟稿", "Drafted by"}, "reviewed": {"保密审查", "Secrecy review"}, "approved": {"签发", "Approved by"}, "name": {"签名", "Signature"}, "date": {"日期", "Date"}, "opinion": {"意见", "Remarks"},
	"changes": {"变动", "Changes"}, "totals": {"前后对照", "Before and after"}, "site": {"网站", "The site"}, "reports": {"通报", "Reports"}, "issues": {"问题", "Issues"},
	"log": {"公布日志检查点(上一期之后)", "Checkpoint of the release log (after the release before)"}, "nolog": {"还没有(首次公布之后产生)", "none yet (it comes with the first release)"},
	"keys": {"签名密钥的指纹", "Fingerprint of the signing key"}, "nokeys": {"没有密钥,这一期没有签名", "no key: the release will not be signed"}, "from": {"起用", "from"}, "until": {"止", "until"},
	"how":        {"核对:批准之后数据不得再改。执行公布的人以内容摘要(或短码)核对,与本单不符时程序拒绝公布。请把本单存档:群众可以凭单上的指纹和检查点核对网站。", "To check: the data must not change after the approval. Whoever releases compares the digest (or the short code); where it differs from this sheet the program refuses. Keep this sheet: with its fingerprint and checkpoint anybody can check the site."},
	"nothing":    {"没有变化", "Nothing changed"},
	"skip":       {"……(略)……", "…"},
	"vanished":   {"不见了(没有写撤回)", "vanished (without a withdrawal)"},
	"back":       {"又出现了(曾撤回)", "back (it had been withdrawn)"},
	"comparison": {"变动对照", "What changed"},
	"working":    {"现在的数据", "the working data"},
	"to":         {"与", "and"},
	"first":      {"首次公布的全部问题", "All issues of the first release"},
	"fresh":      {"新增内容的全文", "The whole text of what is new"},
}

// say is a word of the sheet.
func say(lang problem.Lang, key string) (string, error) {
	words, ok := sayings[key]
	if !ok {
		return "", fmt.Errorf("there is no word %q", key)
	}
	return words[lang], nil
}
