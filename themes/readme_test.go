package themes_test

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rectify/site/page"
)

// keysOf are the JSON keys of a struct in their order. What it embeds is left out.
func keysOf(data any) []string {
	var keys []string
	for _, field := range reflect.VisibleFields(reflect.TypeOf(data)) {
		if len(field.Index) == 1 && !field.Anonymous {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			keys = append(keys, name)
		}
	}
	return keys
}

var quoted = regexp.MustCompile("`([^`]+)`")

// listed are the words of the first `…` behind a mark in a text.
func listed(t *testing.T, text, mark string) []string {
	t.Helper()
	_, rest, found := strings.Cut(strings.Join(strings.Fields(text), " "), mark)
	words := quoted.FindStringSubmatch(rest)
	if !found || words == nil {
		t.Fatalf("README.md lists nothing behind %q", mark)
	}
	return strings.Fields(words[1])
}

// TestReadmeTellsWhatEachLayoutGets holds the table that designers work from
// against the structs.
func TestReadmeTellsWhatEachLayoutGets(t *testing.T) {
	file, err := os.ReadFile("civic/README.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(file)
	told := map[string][]string{}
	for line := range strings.Lines(text) {
		cells := strings.Split(line, "|")
		if len(cells) != 5 || quoted.FindString(cells[3]) == "" {
			continue
		}
		layout := quoted.FindStringSubmatch(cells[1])
		if layout != nil && contract[layout[1]] != nil {
			told[layout[1]] = strings.Fields(quoted.FindStringSubmatch(cells[3])[1])
		}
	}
	for _, layout := range page.Layouts() {
		if want := keysOf(contract[layout]); !slices.Equal(told[layout], want) {
			t.Errorf("README.md says of the layout %s\n\t%s\nbut it gets\n\t%s", layout, strings.Join(told[layout], " "), strings.Join(want, " "))
		}
	}
	for mark, data := range map[string]any{"Every page has": page.Frame{}, "`site.Params` has": page.Site{}} {
		if got, want := listed(t, text, mark), keysOf(data); !slices.Equal(got, want) {
			t.Errorf("%s in README.md\n\t%s\nbut it is\n\t%s", mark, strings.Join(got, " "), strings.Join(want, " "))
		}
	}
}
