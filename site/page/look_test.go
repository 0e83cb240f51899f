package page_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"rectify/site/model"
	"rectify/site/page"
)

func siteOf(portal model.Portal) page.Site {
	if portal.Language == "" {
		portal.Language = model.SimplifiedChinese
	}
	return page.New(&portal, page.Options{}).Site()
}

func TestShadesOfAnyColourThatCheckLetsThroughCanBeRead(t *testing.T) {
	const darkPage = "#1b1817" // as in the theme's tokens
	dice := rand.New(rand.NewPCG(1, 2))
	for tried := 0; tried < 300; {
		colour := model.Colour(fmt.Sprintf("#%06x", dice.IntN(1<<24)))
		if colour.Contrast(model.White) < 4.5 {
			continue
		}
		tried++
		shades := map[string]model.Colour{}
		for _, s := range siteOf(model.Portal{Look: model.Look{Colour: colour}}).Shades {
			shades[s.Name] = model.Colour(s.Value)
		}
		for _, pair := range []struct {
			what       string
			text, page model.Colour
			want       float64
		}{
			{"white on the strip, and on the band of the dark", model.White, shades["main-80"], 7},
			{"white on the strip of the dark", model.White, shades["main-90"], 7},
			{"white on the band", model.White, shades["main-70"], 4.5},
			{"the unit's name on the band", shades["main-20"], shades["main-70"], 4.5},
			{"the unit's name on the band of the dark", shades["main-20"], shades["main-80"], 4.5},
			{"the colour as text", shades["main-70"], model.White, 4.5},
			{"the colour as text in the dark", shades["main-30"], darkPage, 7},
		} {
			if got := pair.text.Contrast(pair.page); got < pair.want {
				t.Errorf("%s: %s: %s on %s is %.2f", colour, pair.what, pair.text, pair.page, got)
			}
		}
	}
}

func TestAPortalWithoutAColourKeepsTheThemes(t *testing.T) {
	if site := siteOf(model.Portal{}); site.Colour != "" || len(site.Shades) > 0 {
		t.Errorf("got %q, %v", site.Colour, site.Shades)
	}
	if site := siteOf(model.Portal{Look: model.Look{Colour: "#1f5b47"}}); site.Colour != "1f5b47" {
		t.Errorf("got %q", site.Colour)
	}
}

func TestImagesKeepTheirProportionsAndMissingOnesAreLeftOut(t *testing.T) {
	portal := model.Portal{
		Images: []model.Image{{Name: "宽.png", Width: 300, Height: 100}, {Name: "坏.png"}},
		Look:   model.Look{Logo: "宽.png"}, Official: model.Official{PartyMark: "坏.png", ErrorMark: "没有.png"},
	}
	site := siteOf(portal)
	if site.Logo == nil || *site.Logo != (page.Image{Src: "images/%E5%AE%BD.png", Width: "144", Height: "48"}) {
		t.Errorf("got %+v", site.Logo)
	}
	if site.Official.PartyMark != nil || site.Official.ErrorMark != nil {
		t.Errorf("got %+v, %+v", site.Official.PartyMark, site.Official.ErrorMark)
	}
}

func TestReadersAreToldOfOldDataAfterAsManyDaysAsThePortalSays(t *testing.T) {
	days := func(n model.Days) *model.Days { return &n }
	reports := []*model.Report{{ID: "demo", AsOf: "2025-03-01"}}
	for _, c := range []struct {
		portal model.Portal
		want   string
	}{
		{model.Portal{Reports: reports}, "365"},
		{model.Portal{Reports: reports, StaleAfter: days(90)}, "90"},
		{model.Portal{Reports: reports, StaleAfter: days(0)}, ""},
		{model.Portal{}, ""}, // nothing says how old the data are
	} {
		if got := siteOf(c.portal).Stale; got != c.want {
			t.Errorf("%v: got %q, want %q", c.portal.StaleAfter, got, c.want)
		}
	}
}

func TestABrowserWatchesADayOnlyWhereTheDataDoNotTellItsOutcome(t *testing.T) {
	for _, c := range []struct {
		due    model.Period
		status model.StatusCode
		want   string
	}{
		{"2025-03-02", model.NotStated, "2025-03-02"},
		{"2025", model.InProgress, "2025-12-31"},
		{"2025-04", model.Overdue, "2025-04-30"},
		{"2025-02-28", model.NotStated, ""}, // the data say that it has passed
		{"2025-04", model.Done, ""},
		{"2025-04", model.BasicallyDone, ""},
		{"", model.NotStated, ""},
	} {
		issue := &model.Issue{
			ID: 200001, Title: "示例", Section: "a", Status: model.Status{Code: c.status},
			Deadline: &model.Deadline{Date: c.due, Kind: model.ByDate}, FollowUps: []model.FollowUp{{Due: c.due, Text: "示例"}},
		}
		report := &model.Report{
			ID: "demo", Title: "示例", AsOf: "2025-03-01", Issues: []*model.Issue{issue},
			Outline: []model.Section{{ID: "a", Title: "示例", Issues: []model.IssueID{issue.ID}}},
		}
		portal := &model.Portal{Language: model.SimplifiedChinese, Reports: []*model.Report{report}}
		for p := range page.New(portal, page.Options{}).Pages() {
			if data, ok := p.Data.(page.Issue); ok {
				if d, f := data.Issue.Deadline.Watch, data.Issue.FollowUps[0].Watch; d != c.want || f != c.want {
					t.Errorf("%s %s: deadline %q, promise %q", c.due, c.status, d, f)
				}
			}
		}
	}
}
