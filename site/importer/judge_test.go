package importer

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"rectify/site/model"
)

// A judge writes papers and says what is in them, without looking at the
// importer. testdata/judge holds such pairs as txtar: a source and expect.json.
// -judge DIR takes a folder of them too: NAME.docx (.txt .html .xlsx .csv) with
// NAME.json beside it.
//
// expect.json has the form of “rectify import --json”, as far as the judge cares
// to say: issues with title, parents (the headings above, from the outermost),
// measures {label, title, text}, status {code, printed}, owners {leader,
// lead_units}, deadline {printed, date}. A list of issues is whole: what is
// recognised beyond it is wrong. Two things are the house's custom and not the
// judge's to say: the bracket with owners behind a measure, and 已完成。 behind a
// paragraph that counts nothing, stay in its text, as they are printed.
var judgeFolder = flag.String("judge", "", "score the papers of this folder too")

type judgement struct {
	Issues []struct {
		Title    string   `json:"title"`
		Parents  []string `json:"parents"`
		Measures []struct {
			Label string `json:"label"`
			Title string `json:"title"`
			Text  string `json:"text"`
		} `json:"measures"`
		Status struct {
			Code    model.StatusCode `json:"code"`
			Printed string           `json:"printed"`
		} `json:"status"`
		Owners struct {
			Leader    string   `json:"leader"`
			LeadUnits []string `json:"lead_units"`
		} `json:"owners"`
		Deadline struct {
			Date    string `json:"date"`
			Printed string `json:"printed"`
		} `json:"deadline"`
	} `json:"issues"`
}

func (j *judgement) expects() []expected {
	var out []expected
	for _, i := range j.Issues {
		e := expected{forgedIssue: forgedIssue{title: i.Title, status: i.Status.Printed, deadline: i.Deadline.Printed, leader: i.Owners.Leader, leads: i.Owners.LeadUnits}}
		if i.Status.Code != model.NotStated {
			e.code = i.Status.Code
		}
		e.due = i.Deadline.Date
		if e.deadline == "" {
			e.deadline = e.due
		}
		for _, p := range i.Parents {
			e.path += "/" + tidy(p)
		}
		for _, m := range i.Measures {
			e.measures = append(e.measures, forgedMeasure{m.Label, m.Title + m.Text})
		}
		out = append(out, e)
	}
	return out
}

type judged struct {
	name         string
	source, want []byte
	ours         bool // of testdata
}

func judgedPapers(t *testing.T) []judged {
	t.Helper()
	var out []judged
	files, err := filepath.Glob("testdata/judge/*.txtar")
	must(t, err)
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		must(t, err)
		if len(archive.Files) != 2 || archive.Files[1].Name != "expect.json" {
			t.Fatalf("%s: wanted a source and expect.json", file)
		}
		out = append(out, judged{filepath.Base(file) + "/" + archive.Files[0].Name, archive.Files[0].Data, archive.Files[1].Data, true})
	}
	if *judgeFolder == "" {
		return out
	}
	files, err = filepath.Glob(filepath.Join(*judgeFolder, "*.json"))
	must(t, err)
	for _, file := range files {
		want, err := os.ReadFile(file)
		must(t, err)
		papers, err := filepath.Glob(strings.TrimSuffix(file, ".json") + ".*")
		must(t, err)
		for _, paper := range papers {
			if paper == file {
				continue
			}
			source, err := os.ReadFile(paper)
			must(t, err)
			out = append(out, judged{paper, source, want, false})
		}
	}
	return out
}

func TestPapersOfAJudgeAreTakenApart(t *testing.T) {
	papers := judgedPapers(t)
	if len(papers) == 0 {
		t.Fatal("no papers")
	}
	var all scores
	for _, paper := range papers {
		var j judgement
		if err := json.Unmarshal(paper.want, &j); err != nil {
			t.Errorf("%s: %v", paper.name, err)
			continue
		}
		doc, list := Read(paper.name, paper.source)
		if doc == nil {
			t.Errorf("%s: %v", paper.name, list)
			continue
		}
		result := Import(doc, Options{ID: "judged"})
		sound(t, result)
		s, wrong := score(result, j.expects())
		s.log(t, paper.name)
		if len(wrong) > 0 {
			t.Logf("  %s", strings.Join(wrong, "\n  "))
		}
		if paper.ours {
			s.demand(t) // a single mistake in such a short paper is too much
		}
		all.add(s)
	}
	all.log(t, "all")
	all.demand(t)
}
