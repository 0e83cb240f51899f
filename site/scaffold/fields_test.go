package scaffold

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"rectify/site/model"
)

// fields tells of every field of the model that a person can fill, as
// “Issue.goal”, whether anything in the portal fills it.
func fields(portal *model.Portal) map[string]bool {
	filled := map[string]bool{}
	var look func(v reflect.Value)
	look = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			if v.IsNil() {
				v = reflect.New(v.Type().Elem())
			}
			look(v.Elem())
		case reflect.Slice:
			for i := range v.Len() {
				look(v.Index(i))
			}
		case reflect.Struct:
			t := v.Type()
			for i := range t.NumField() {
				if tag, ok := t.Field(i).Tag.Lookup("data"); ok {
					key, _, _ := strings.Cut(tag, ",")
					name := t.Name() + "." + key
					filled[name] = filled[name] || !v.Field(i).IsZero()
				} else if t.Field(i).Anonymous {
					continue
				}
				look(v.Field(i))
			}
		}
	}
	look(reflect.ValueOf(portal))
	return filled
}

func unfilled(portal *model.Portal) []string {
	var names []string
	for name, filled := range fields(portal) {
		if !filled {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// leftOut are the fields that the example never fills, with the reason.
var leftOut = map[string]string{
	"Official.site_id_code":   "official numbers are never made up",
	"Official.icp":            "official numbers are never made up",
	"Official.police_filing":  "official numbers are never made up",
	"Official.police_url":     "leads to a filing that does not exist",
	"Official.party_mark_url": "leads to a mark that was not given",
	"Official.error_url":      "leads to a register that does not know the site",

	"Official.party_mark_image": "official marks are never made up",
	"Official.error_image":      "official marks are never made up",
	"Official.police_image":     "official marks are never made up",

	"Trust.keys": "a key that is nobody's would be trusted",
}

func TestExampleFillsEveryFieldOfTheModel(t *testing.T) {
	_, portal := laid(t, Example)
	for _, name := range unfilled(portal) {
		if leftOut[name] == "" {
			t.Errorf("the example never fills %s: add it to site/scaffold/example, or give a reason in leftOut", name)
		}
	}
	known := fields(portal)
	for name := range leftOut {
		if filled, ok := known[name]; !ok || filled {
			t.Errorf("%s needs no exception", name)
		}
	}
	if len(known) < 100 {
		t.Errorf("only %d fields found", len(known))
	}
}

func TestExampleHasEveryCode(t *testing.T) {
	_, portal := laid(t, Example)
	status, deadline, visible, counted := map[model.StatusCode]bool{}, map[model.DeadlineKind]bool{}, map[model.Visibility]bool{}, map[model.Counted]bool{}
	for _, report := range portal.Reports {
		for _, d := range report.Declared {
			counted[d.Of] = true
		}
		for _, issue := range report.Issues {
			s := issue.Status
			if s.Printed != "" && s.AsOf != "" && s.Basis != "" {
				status[s.Code] = true
			}
			if issue.Deadline != nil && issue.Deadline.Printed != "" {
				deadline[issue.Deadline.Kind] = true
			}
			visible[issue.Visibility] = true
		}
	}
	if len(status) != len(model.StatusCodes()) {
		t.Errorf("status codes with words, day and basis: %v", slices.Sorted(maps.Keys(status)))
	}
	if len(deadline) != len(model.DeadlineKinds()) {
		t.Errorf("deadline kinds: %v", slices.Sorted(maps.Keys(deadline)))
	}
	if !visible[model.Internal] {
		t.Error("no internal item")
	}
	for _, of := range append(model.Countable(), "") {
		if !counted[of] {
			t.Errorf("no declared total beside %q", of)
		}
	}
}

// A line of the blank portal that starts with “# ” holds a key that can be
// filled. Without these marks the files have to load, and to fill every field.
func TestBlankOffersEveryFieldOfTheModelReadyToBeFilled(t *testing.T) {
	disk, _ := laid(t, Blank)
	for name, text := range tree(t, disk, ".") {
		if strings.HasSuffix(name, ".yaml") {
			put(t, disk, name, uncommented(text))
		}
	}
	for _, name := range unfilled(loaded(t, disk)) {
		if name == "Trust.keys" {
			continue // rectify key new writes that file
		}
		t.Errorf("the blank portal does not offer %s", name)
	}
}

func uncommented(text string) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		indented := strings.TrimLeft(line, " ")
		if rest, ok := strings.CutPrefix(indented, "# "); ok && !strings.HasPrefix(rest, modeline) {
			line = line[:len(line)-len(indented)] + rest
		}
		out.WriteString(line)
	}
	return out.String()
}

func TestPortalsLoadWithoutAnyProblem(t *testing.T) {
	for _, kind := range []Kind{Blank, Example} {
		laid(t, kind)
	}
}
