package importer

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"rectify/site/model"
	"rectify/site/problem"
)

var update = flag.Bool("update", false, "write the expected structures anew")

// TestShapes reads invented reports of all shapes. Each file shows a source and
// the structure that has to come of it.
func TestShapes(t *testing.T) {
	files, err := filepath.Glob("testdata/shapes/*.txtar")
	must(t, err)
	if len(files) == 0 {
		t.Fatal("no shapes")
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			must(t, err)
			doc, list := Read("source.txt", archive.Files[0].Data)
			if doc == nil {
				t.Fatal(list)
			}
			result := Import(doc, Options{ID: "example"})
			sound(t, result)
			if totals := result.Totals(); totals.Kept != totals.Characters {
				t.Errorf("%d of %d characters are in the data", totals.Kept, totals.Characters)
			}
			if diff := cmp.Diff(result.Report, reload(t, result), sameData); diff != "" {
				t.Errorf("written (-) and loaded (+):\n%s", diff)
			}
			got := show(result)
			if *update {
				archive.Files[1].Data = []byte(got)
				must(t, os.WriteFile(file, txtar.Format(archive), 0o644))
				return
			}
			if diff := cmp.Diff(string(archive.Files[1].Data), got); diff != "" {
				t.Errorf("want (-) and got (+):\n%s", diff)
			}
		})
	}
}

// shapeSources gives the sources of all shapes.
func shapeSources(t testing.TB) [][]byte {
	t.Helper()
	files, err := filepath.Glob("testdata/shapes/*.txtar")
	must(t, err)
	var out [][]byte
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		must(t, err)
		out = append(out, archive.Files[0].Data)
	}
	return out
}

// shower prints the structure of a report, one value a line, nothing that is
// empty.
type shower struct{ strings.Builder }

func (s *shower) line(indent int, format string, args ...any) {
	s.WriteString(strings.Repeat("  ", indent))
	fmt.Fprintf(s, format, args...)
	s.WriteByte('\n')
}

func (s *shower) value(indent int, key, text string) {
	if text != "" {
		s.line(indent, "%s %s", key, strings.ReplaceAll(text, "\n", "⏎"))
	}
}

// show prints what was recognised in a document.
func show(result *Result) string {
	s, r := &shower{}, result.Report
	s.value(0, "title", r.Title)
	for _, line := range r.TitleLines {
		s.value(0, "title line", line)
	}
	s.value(0, "issuer", r.Issuer)
	s.value(0, "unit", r.Unit)
	s.value(0, "region", r.Region)
	s.value(0, "source", r.Source)
	s.value(0, "published", string(r.PublishedAt))
	s.value(0, "signed by", r.SignedBy)
	s.value(0, "signed on", string(r.SignedOn))
	in := r.Inspection
	for _, pair := range [][2]string{{"level", in.Level}, {"round", in.Round}, {"kind", in.Kind}, {"team", in.Team}, {"start", string(in.Start)}, {"end", string(in.End)}, {"findings on", string(in.FindingsOn)}} {
		s.value(0, "inspection "+pair[0], pair[1])
	}
	if c := r.Contact; c != nil {
		s.line(0, "contact %s|%s|%s|%s|%s", c.Unit, strings.Join(c.Phones, "、"), c.Address, strings.Join(c.Emails, "、"), c.Hours)
	}
	for _, d := range r.Declared {
		s.line(0, "declared %s %d %s|%s|%s|%s", d.Label, d.N, d.Unit, d.AsOf, d.Of, d.Quote)
	}
	for _, m := range r.Metrics {
		s.line(0, "metric %s %s %s|%s", m.Kind, m.Value, m.Unit, m.Quote)
	}
	s.parts(0, r.Parts)
	issues := map[model.IssueID]*model.Issue{}
	for _, issue := range r.Issues {
		issues[issue.ID] = issue
	}
	s.sections(0, r.Outline, issues)
	for i, f := range result.Fates {
		switch f.Kind {
		case Furniture:
			s.line(0, "furniture %s|%s", f.Reason, r.Paragraphs[i])
		case Unclaimed, Partly:
			s.line(0, "%s %q", f.Kind, f.Missing(r.Paragraphs[i]))
		}
	}
	for _, n := range result.Notes {
		s.line(0, "note %s %s", n.Code, n.Text(problem.Chinese))
	}
	return s.String()
}

func (s *shower) parts(indent int, parts []model.Part) {
	for _, part := range parts {
		mark := ""
		if part.Outline {
			mark = " (issues)"
		}
		s.line(indent, "part %s|%s%s", part.Label, part.Title, mark)
		s.value(indent+1, "text", part.Text)
		s.parts(indent+1, part.Parts)
	}
}

func (s *shower) sections(indent int, sections []model.Section, issues map[model.IssueID]*model.Issue) {
	for _, section := range sections {
		s.line(indent, "section %s|%s|%s", section.Label, section.Lead, section.Title)
		s.value(indent+1, "summary", section.Summary)
		for _, id := range section.Issues {
			s.issue(indent+1, issues[id])
		}
		s.sections(indent+1, section.Sections, issues)
	}
}

func (s *shower) issue(indent int, i *model.Issue) {
	s.line(indent, "issue %s|%s|%s", i.Label, i.Lead, i.Title)
	indent++
	s.value(indent, "finding", i.Finding)
	s.value(indent, "goal", i.Goal)
	for _, m := range i.Measures {
		s.value(indent, "intro", m.Intro)
		s.line(indent, "measure %s|%s|%s", m.Label, m.Title, strings.ReplaceAll(m.Text, "\n", "⏎"))
	}
	s.value(indent, "result", i.Result)
	if i.Status.Code != model.NotStated || i.Status.Printed != "" {
		s.line(indent, "status %s|%s|%s", i.Status.Code, i.Status.Printed, i.Status.Basis)
	}
	if i.Deadline != nil {
		s.line(indent, "deadline %s|%s|%s", i.Deadline.Kind, i.Deadline.Date, i.Deadline.Printed)
	}
	s.value(indent, "leader", i.Owners.Leader)
	s.value(indent, "lead units", strings.Join(i.Owners.LeadUnits, "、"))
	s.value(indent, "co-units", strings.Join(i.Owners.CoUnits, "、"))
	s.value(indent, "supervisor", i.Owners.Supervisor)
	for _, f := range i.FollowUps {
		s.line(indent, "follow-up %s|%d|%s", f.Due, f.Measure, f.Text)
	}
	if i.Publicity != nil {
		s.line(indent, "publicity %s %s", i.Publicity.Start, i.Publicity.End)
	}
}
