package scaffold

import (
	"archive/zip"
	"context"
	"html"
	"io"
	"net/url"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/afero"

	"rectify/site"
	"rectify/site/model"
	"rectify/site/problem"
)

func TestPortalsBuildAndShowNothingInternal(t *testing.T) {
	for _, kind := range []Kind{Blank, Example} {
		t.Run(string(kind), func(t *testing.T) {
			disk, dir := afero.NewOsFs(), t.TempDir()
			if err := Write(disk, dir, kind); err != nil {
				t.Fatal(err)
			}
			result, err := site.Build(context.Background(), site.Options{Dir: dir, Out: "public"})
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range result.Problems {
				if kind == Example && p.Severity == problem.Warning && p.Code != problem.MissingMarks {
					t.Errorf("the example is to be exemplary: %s", p.Format(problem.Chinese))
				}
			}
			_, portal := laid(t, kind)
			forbidden := append(internalIDs(portal), withdrawnTitles(portal)...)
			looked := 0
			for name, text := range tree(t, disk, dir+"/public") {
				for _, text := range unpacked(t, name, text) {
					looked++
					if marked(name) || marked(text) {
						t.Errorf("%s holds something internal", name)
					}
					for _, words := range forbidden {
						if strings.Contains(name, words) || strings.Contains(text, words) {
							t.Errorf("%s holds %s", name, words)
						}
					}
				}
			}
			if looked <= result.Files {
				t.Errorf("looked into %d files of %d: nothing was unpacked", looked, result.Files)
			}
		})
	}
}

var escapes = regexp.MustCompile(`(%[0-9A-Fa-f]{2})+`)

// unpacked gives the text of a file in every form in which it could hide: as it
// is, with escapes of addresses undone, lines of calendars unfolded, and each
// part of a package.
func unpacked(t *testing.T, name, text string) []string {
	t.Helper()
	texts := []string{text}
	plain := escapes.ReplaceAllStringFunc(text, func(s string) string {
		if plain, err := url.PathUnescape(s); err == nil {
			return plain
		}
		return s
	})
	if plain != text {
		texts = append(texts, plain)
	}
	switch path.Ext(name) {
	case ".ics":
		texts = append(texts, strings.ReplaceAll(text, "\r\n ", ""))
	case ".xlsx", ".zip":
		pack, err := zip.NewReader(strings.NewReader(text), int64(len(text)))
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range pack.File {
			file, err := part.Open()
			if err != nil {
				t.Fatal(err)
			}
			data, err := io.ReadAll(file)
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, part.Name, html.UnescapeString(string(data)))
		}
	}
	return texts
}

// withdrawnTitles are what withdrawn issues were called.
func withdrawnTitles(portal *model.Portal) []string {
	var titles []string
	for _, report := range portal.Reports {
		for _, issue := range report.Issues {
			if issue.Withdrawn != nil {
				titles = append(titles, issue.Title)
			}
		}
	}
	return titles
}

func internalIDs(portal *model.Portal) []string {
	var ids []string
	for _, report := range portal.Reports {
		for _, issue := range report.Issues {
			if issue.Visibility == model.Internal {
				ids = append(ids, issue.ID.String())
			}
		}
	}
	return ids
}
