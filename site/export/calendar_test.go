package export

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"

	"rectify/site/model"
)

// events reads a calendar by a parser that knows nothing of ours.
func events(t *testing.T, data []byte) (*ical.Calendar, []ical.Event) {
	t.Helper()
	calendar, err := ical.NewDecoder(bytes.NewReader(data)).Decode()
	if err != nil {
		t.Fatal(err)
	}
	return calendar, calendar.Events()
}

func TestCalendarHasAnEventForEachPromiseThatNamesADay(t *testing.T) {
	for name, portal := range portals(t) {
		var want []string
		for _, report := range portal.Public().Reports {
			for _, issue := range report.Issues {
				for _, f := range issue.FollowUps {
					if f.Due != "" && issue.Withdrawn == nil {
						want = append(want, strings.ReplaceAll(string(f.Due.End()), "-", "")+" "+issue.Title+" "+f.Text)
					}
				}
			}
		}
		data, ok := made(t, exporter(portal, base))[calendarPath]
		if ok != (len(want) > 0) {
			t.Errorf("%s: %d promises, calendar: %v", name, len(want), ok)
		}
		if !ok {
			continue
		}
		calendar, all := events(t, data)
		if version, _ := calendar.Props.Text(ical.PropVersion); version != "2.0" {
			t.Errorf("%s: version %q", name, version)
		}
		var got []string
		seen := map[string]bool{}
		for _, event := range all {
			start := event.Props.Get(ical.PropDateTimeStart)
			uid, _ := event.Props.Text(ical.PropUID)
			summary, _ := event.Props.Text(ical.PropSummary)
			description, _ := event.Props.Text(ical.PropDescription)
			if start.ValueType() != ical.ValueDate || uid == "" || seen[uid] {
				t.Errorf("%s: %v is of type %s, UID %q", name, start.Value, start.ValueType(), uid)
			}
			seen[uid] = true
			if at, err := event.Props.DateTime(ical.PropDateTimeStamp, nil); err != nil || at.IsZero() {
				t.Errorf("%s: DTSTAMP %v %v", name, at, err)
			}
			text, _, _ := strings.Cut(description, "\n")
			_, title, _ := strings.Cut(summary, "：")
			if portal.Language == "en" {
				_, title, _ = strings.Cut(summary, ": ")
			}
			got = append(got, start.Value+" "+title+" "+text)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestCalendarLinesAreAsTheFormatWantsThem(t *testing.T) {
	for name, portal := range portals(t) {
		data := string(made(t, exporter(portal, base))[calendarPath])
		for line := range strings.Lines(data) {
			line, ok := strings.CutSuffix(line, "\r\n")
			if !ok || len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
				t.Errorf("%s: %d octets: %q", name, len(line), line)
			}
		}
	}
}

func TestMonthOrYearStandsForItsLastDayAndSaysSo(t *testing.T) {
	_, all := events(t, made(t, exporter(small(t), base))[calendarPath])
	month, _ := all[0].Props.Text(ical.PropDescription)
	day, _ := all[1].Props.Text(ical.PropDescription)
	if all[0].Props.Get(ical.PropDateTimeStart).Value != "20250630" || !strings.Contains(month, "原文只写到 2025-06，这里按最后一天 2025-06-30 列出。") {
		t.Errorf("%s", month)
	}
	if strings.Contains(day, "最后一天") {
		t.Errorf("%s", day)
	}
}

func TestAppointmentKeepsItsIdentity(t *testing.T) {
	uids := func(data []byte) (out []string) {
		_, all := events(t, data)
		for _, event := range all {
			uid, _ := event.Props.Text(ical.PropUID)
			out = append(out, uid)
		}
		return out
	}
	before := uids(made(t, exporter(small(t), base))[calendarPath])
	portal := small(t)
	portal.Name += "(改)"
	issue := portal.Reports[0].Issues[0]
	issue.Title += "(改)"
	issue.FollowUps[0].Text += "(改)"
	issue.FollowUps = append(issue.FollowUps[1:2:2], issue.FollowUps[0])
	after := uids(made(t, exporter(portal, "https://elsewhere.example.org/"))[calendarPath])
	if diff := cmp.Diff(before, []string{after[1], after[0]}); diff != "" {
		t.Error(diff)
	}
}

func TestStampIsTheDayInChinaInUTC(t *testing.T) {
	for day, want := range map[model.Date]string{"2025-03-01": "20250228T160000Z", "2025-01-01": "20241231T160000Z"} {
		if got := stamp(day); got != want {
			t.Errorf("%s: got %s, want %s", day, got, want)
		}
	}
}
