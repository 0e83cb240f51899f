package snapshot

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"
)

// Release is what a snapshot is made of.
type Release struct {
	ID      string
	Name    string    // of the portal
	Unit    string    // that publishes
	Lang    string    // of the interface: zh-CN, en
	BaseURL string    // the portal's address with a slash at its end; "" where it has none
	Time    time.Time // of the release
	Content string    // its content digest
	Version string    // of the program that makes the snapshot

	// Files gives the site and what lies beside it in the order of their paths.
	Files iter.Seq2[File, error]
	// Data gives the data files in the order of their paths; for a bag.
	Data iter.Seq2[File, error]
}

// File is a file of a release.
type File struct {
	Path string
	Type string // media type
	Data []byte
}

// MarkName is the one file that Zip and WACZ replace.
const MarkName = "state.css"

// Names of files that a snapshot has beside the site.
const (
	ReadmeName = "README.txt"
	SumsName   = "SHA256SUMS.txt"
)

//go:embed README.txt
var explanation string

// explanations are all that versions of this program wrote, the newest first.
// Who changes README.txt keeps the older text and adds it here: snapshots of the
// past have it.
var explanations = []string{explanation}

// Explanation is for people who have never seen this program. It needs of the
// release its id, name, unit, time and content.
func (r Release) Explanation() []byte { return r.fill(explanations[0]) }

// Explains tells whether a text is the explanation of the release, by this
// version of the program or an earlier one.
func (r Release) Explains(text []byte) bool {
	return slices.ContainsFunc(explanations, func(one string) bool { return bytes.Equal(r.fill(one), text) })
}

func (r Release) fill(text string) []byte {
	return []byte(strings.NewReplacer(
		"{ID}", r.ID, "{NAME}", r.Name, "{UNIT}", r.Unit, "{TIME}", r.Time.Format("2006-01-02 15:04"), "{CONTENT}", r.Content,
	).Replace(text))
}

// Mark is the style sheet that shows an archived copy for what it is. It has
// nothing that could load from elsewhere.
func Mark(id, lang string, day time.Time) []byte {
	text := fmt.Sprintf("已归档：这是 %s 公布的第 %s 期，此后的变动不在其中。", day.Format("2006-01-02"), id)
	if lang == "en" {
		text = fmt.Sprintf("Archived: this is release %s of %s; what changed later is not in it.", id, day.Format("2006-01-02"))
	}
	return fmt.Appendf(nil, `body::before {
  content: "%s";
  display: block;
  padding: 0.75em 1em;
  border-bottom: 3px solid #7a4f01;
  background: #fff4d6;
  color: #4a3000;
  font-weight: bold;
  line-height: 1.5;
  text-align: center;
}
`, text)
}

// marked gives the files of the site with the mark in its place.
func (r Release) marked() iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		for f, err := range r.Files {
			if f.Path == MarkName {
				f.Data = Mark(r.ID, r.Lang, r.Time)
			}
			if !yield(f, err) || err != nil {
				return
			}
		}
	}
}

func hexDigest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
